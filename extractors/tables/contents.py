"""Tables of contents: rows of titles and page numbers. They look like tables and are none."""

from __future__ import annotations

import regex

from extractors.tables.rows import filled
from schemas.table import TablePiece

PAGE_NUMBER = regex.compile(r"^(?:\d{1,3}|[ivxlc]{1,7}|[IVXLC]{1,7})$")
LONGEST = 7  # letters of a page number
ENTRY = regex.compile(
    r"^(?:bab|tabel|table|gambar|grafik|bagan|lampiran|daftar|kata pengantar|ikhtisar|ringkasan|[IVX]+\.|[A-Z]\.|"
    r"\d{1,2}(?:\.\d{1,2})*\.?\s|\d{1,2}(?:\.\d{1,2})+)",
    regex.I,
)
LEADERS = ("....", "……", "____")


def is_contents(piece: TablePiece, *, after_contents: bool) -> bool:
    """Is the piece (a part of) a table of contents? `after_contents`: it follows such a heading or such a piece."""
    if not after_contents and piece.n_cols > 4:
        return False
    rows = [cells for row in piece.rows for cells in [filled(row)] if cells]
    if not rows:
        return False
    share = sum(len(c[-1]) <= LONGEST and PAGE_NUMBER.match(c[-1]) is not None for c in rows) / len(rows)
    if after_contents:
        return share >= 0.4 or any(map(_has_leaders, rows))
    if share < 0.6:
        return False
    return sum(map(_is_entry, rows)) >= 0.6 * len(rows) or sum(map(_has_leaders, rows)) >= 0.3 * len(rows)


def _is_entry(cells: list[str]) -> bool:
    return any(ENTRY.match(t) for t in cells[:2])


def _has_leaders(cells: list[str]) -> bool:
    text = " ".join(cells)
    return any(dots in text for dots in LEADERS)
