"""A draft of a table, all its pieces in it, laid on one grid: the whole table.

Rows of other lengths are fitted to the columns, names that slipped below their figures are joined to them, and columns of
lone currency signs or of nothing are taken out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import regex

from extractors.tables.captions import Caption
from extractors.tables.rows import (
    CURRENCY,
    Row,
    filled,
    fit_row,
    is_figure,
    is_filled,
    is_list_number,
    profile,
    shift_row,
    texts,
)
from schemas.document import Place
from schemas.table import Cell, RawTable

_WORD = regex.compile(r"\p{L}{3}")


@dataclass(slots=True)
class Draft:
    """A table to be: the rows of its pieces so far, its caption and titles, and where its columns stand (`edges`)."""

    header: list[Row]
    body: list[Row]
    caption: Caption | None
    pieces: int
    method: str
    confidence: float
    first: Place
    last: Place
    edges: tuple[float, ...] = ()
    titles: list[Row] = field(default_factory=list)
    doubt: str = ""
    width: int = 0  # cells of its longest row


def whole_table(draft: Draft, table_id: str) -> RawTable | None:
    """The table of a draft, its cells numbered; None where it has no row with a text."""
    header = [r for r in draft.header if is_filled(r)]
    rows = header + [r for r in draft.body if is_filled(r)]
    if not rows:
        return None
    n_header = len(header)
    width = _width(rows, n_header)
    shifted = draft.method == "tabbed" and len(rows) - n_header >= 4
    even = all(len(r) == width for r in rows[n_header:])
    stats = profile(rows[n_header:], width) if shifted or not even else []
    fitted = [fit_row(r, width, stats) if i >= n_header else _pad(r, width) for i, r in enumerate(rows)]
    if shifted:
        fitted = [shift_row(r, width, stats) if i >= n_header else r for i, r in enumerate(fitted)]
    fitted = [*fitted[:n_header], *_join_names(fitted[n_header:])]
    fitted, width = _drop_currency(fitted, n_header, width)
    fitted, width = _drop_empty(fitted, width)
    numbered = tuple(
        tuple([c if c is None or (c.row == i and c.col == j) else _at(c, i, j) for j, c in enumerate(row)])
        for i, row in enumerate(fitted)
    )
    title = draft.caption.title if draft.caption else None
    if draft.titles and not (draft.caption and draft.caption.label):
        inside = " ".join(t for r in draft.titles for t in filled(r))
        title = f"{title} {inside}".strip() if title else inside
    return RawTable(
        table_id=table_id,
        label=draft.caption.label if draft.caption else None,
        title=title,
        rows=numbered,
        n_header=n_header,
        pieces=draft.pieces,
        method=draft.method,
        confidence=draft.confidence,
        place_first=draft.first,
        place_last=draft.last,
        caption_place=draft.caption.place if draft.caption else None,
        doubt=draft.doubt,
    )


def _at(cell: Cell, row: int, col: int) -> Cell:
    return Cell(
        row,
        col,
        cell.text,
        cell.place,
        cell.row_span,
        cell.col_span,
        cell.bold,
        cell.italic,
        cell.confidence,
    )


def _join_names(rows: list[Row]) -> list[Row]:
    """A record whose name slipped into a row of its own below it: figures without a word, then words without a figure."""
    out: list[Row] = []
    here: list[str] = []
    for row in rows:
        above, here = here, texts(row)
        if (
            here.count("") == len(here) - 1
            and len(above) == len(here)
            and any(is_figure(t) and not is_list_number(t) for t in above)
            and not any(_WORD.search(t) for t in above)
            and all(not t or (not above[j] and not is_figure(t) and not is_list_number(t)) for j, t in enumerate(here))
        ):
            out[-1] = merged(out[-1], row)
            here = texts(out[-1])
        else:
            out.append(row)
    return out


def merged(last: Row, first: Row) -> Row:
    """One row of two: `first` is the rest of `last`, cell by cell."""
    merged: list[Cell | None] = []
    for j in range(max(len(last), len(first))):
        a = last[j] if j < len(last) else None
        b = first[j] if j < len(first) else None
        if a is None or not a.text:
            if b and b.text:
                merged.append(replace(b, row=a.row if a else b.row, col=j))
            else:
                merged.append(a)
        elif b is None or not b.text:
            merged.append(a)
        else:
            glue = "" if a.text.endswith("-") and b.text[:1].islower() else " "
            merged.append(replace(a, text=f"{a.text}{glue}{b.text}"))
    return tuple(merged)


def _width(rows: Sequence[Row], n_header: int) -> int:
    """The number of columns that most body rows have (the header's, where they agree with it or there are none)."""
    counts: dict[int, int] = {}
    for row in rows[n_header:] or rows:
        counts[len(row)] = counts.get(len(row), 0) + 1
    usual = max(counts, key=lambda n: (counts[n], n))
    header = max((len(r) for r in rows[:n_header]), default=usual)
    # A continued table with one column more: the longest rows decide when their last cell is really filled.
    longest = max((len(r) for r in rows if r[-1] is not None and r[-1].text.strip()), default=usual)
    return max(usual, longest if longest - usual <= 1 else usual, header if header <= usual + 1 else usual)


def _pad(row: Row, width: int) -> Row:
    if len(row) >= width:
        return row[:width]
    anchor = next((c for c in row if c is not None), None)
    blanks = tuple(Cell(0, j, "", anchor.place) if anchor else None for j in range(len(row), width))
    return (*row, *blanks)


def _drop_currency(rows: list[Row], n_header: int, width: int) -> tuple[list[Row], int]:
    """A column of lone "Rp." beside the numbers is part of the number's column: its header moves to the number."""
    for j in range(width - 2, -1, -1):
        if not is_currency_column(rows, j, n_header):
            continue
        out = []
        for i, row in enumerate(rows):
            left, right = row[j], row[j + 1]
            if i < n_header and left and left.text and not (right and right.text):
                right = replace(left, col=j + 1)
            out.append((*row[:j], right, *row[j + 2 :]))
        rows, width = out, width - 1
    return rows, width


def is_currency_column(rows: Sequence[Row], j: int, start: int = 0) -> bool:
    """Whether a column of the rows from `start` on holds nothing but "Rp"."""
    some = False
    for row in islice(rows, start, None):
        cell = row[j] if j < len(row) else None
        text = cell.text.strip() if cell is not None else ""
        if text and not CURRENCY.match(text):
            return False
        some = some or bool(text)
    return some


def _drop_empty(rows: list[Row], width: int) -> tuple[list[Row], int]:
    """Columns without a single character, header included, are a converter's residue."""
    keep = [j for j in range(width) if any(r[j] is not None and r[j].text for r in rows if r[j] is not None)]  # type: ignore[union-attr]
    if len(keep) == width or not keep:
        return rows, width
    return [tuple(r[j] for j in keep) for r in rows], len(keep)
