"""Tables of contents: rows of titles and page numbers. They look like tables and are none."""

from __future__ import annotations

import regex

from extractors.tables.rows import Row, filled
from schemas.table import TablePiece

PAGE_NUMBER = regex.compile(r"^(?:\d{1,3}|[ivxlc]{1,7}|[IVXLC]{1,7})$")
ENTRY = regex.compile(
    r"^(?:bab|tabel|table|gambar|grafik|bagan|lampiran|daftar|kata pengantar|ikhtisar|ringkasan|[IVX]+\.|[A-Z]\.|"
    r"\d{1,2}(?:\.\d{1,2})*\.?\s|\d{1,2}(?:\.\d{1,2})+)",
    regex.I,
)
LEADERS = regex.compile(r"\.{4,}|…{2,}|_{4,}")


def is_contents(piece: TablePiece, *, after_contents: bool) -> bool:
    """Is the piece (a part of) a table of contents? `after_contents`: it follows such a heading or such a piece."""
    rows = [r for r in piece.rows if filled(r)]
    if not rows:
        return False
    numbered = sum(bool(PAGE_NUMBER.match(filled(r)[-1])) for r in rows)
    entries = sum(_is_entry(r) for r in rows)
    leaders = sum(bool(LEADERS.search(" ".join(filled(r)))) for r in rows)
    share = numbered / len(rows)
    if after_contents:
        return share >= 0.4 or leaders > 0
    return share >= 0.6 and (entries >= 0.6 * len(rows) or leaders >= 0.3 * len(rows)) and piece.n_cols <= 4


def _is_entry(row: Row) -> bool:
    return any(ENTRY.match(t) for t in filled(row)[:2])
