"""Pieces -> whole tables. One table is one table, however many pieces.

A piece goes on the table before it when nothing but blank space (or a caption that says "lanjutan") stands between and
either its header repeats the table's, or it has no header and its columns fit. The decision looks at headers, columns and
typography, never at sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractors.marks import squash
from extractors.roles import is_header_text
from extractors.tables.boxes import open_boxes
from extractors.tables.captions import (
    Caption,
    caption_above,
    caption_below,
    is_contents_heading,
    is_source_line,
    same_label,
)
from extractors.tables.contents import is_contents
from extractors.tables.regrid import common_edges, regrid
from extractors.tables.rows import (
    Row,
    count_header_rows,
    filled,
    fit_row,
    is_column_numbers,
    is_figure,
    is_filled,
    is_list_number,
    profile,
    texts,
)
from extractors.tables.whole import Draft, is_currency_column, merged, whole_table
from schemas.table import Block, Cell, RawTable, TablePiece, TextLine
from schemas.vocab import words

_TOTAL = regex.compile(r"(?i)^(?:grand\s*)?(?:total|jumlah)\b")
_DIGIT = regex.compile(r"\d")
_OPEN_NUMBER = regex.compile(r"\d[.,]$")
_FEW_DIGITS = regex.compile(r"[.,]\d{1,2}$")
_DIGITS_ON = regex.compile(r"^\d{1,2}(?:[.,]\d|$)")
_GROUPS_OPEN = regex.compile(r"^(?:Rp\.?\s*)?\d{1,3}(?:\.\d{3})+\.\d{1,2}$", regex.I)
PAGE_FURNITURE = regex.compile(r"^\W*(?:hal(?:aman)?\.?\s*+[-–|]*+\s*)?(?:\d{1,3}|[ivxlc]{1,6})\W*$", regex.I)
_LETTERS = regex.compile(r"\p{L}+")
MOST_LEADING = 120  # letters of a line that leads on to a table


@dataclass(frozen=True, slots=True)
class _Top:
    """What a piece begins with: how many rows of titles, where its body begins, and its header rows."""

    titles: int
    end: int
    header: list[Row]


def stitch(blocks: Sequence[Block]) -> tuple[list[RawTable], list[TextLine]]:
    """(whole tables in reading order, running text outside tables, captions and page furniture left out)."""
    blocks = open_boxes(blocks)
    drafts: list[Draft] = []
    used: set[int] = set()
    last_piece = -1
    contents = False
    numbers = [isinstance(b, TextLine) and _is_page_number(b.text) for b in blocks]
    for i, block in enumerate(blocks):
        if isinstance(block, TextLine):
            if is_contents_heading(block.text):
                contents = True
            elif contents and not numbers[i] and len(block.text) > 3:
                contents = block.heading and "daftar" in block.text.casefold()
            continue
        if is_contents(block, after_contents=contents):
            contents = True
            last_piece = i
            continue
        contents = False
        between = [b for k in range(last_piece + 1, i) if not numbers[k] and isinstance(b := blocks[k], TextLine)]
        draft = drafts[-1] if drafts else None
        top = _top_of(block)
        caption = caption_above(blocks, i, last_piece + 1)
        if draft and _goes_on(draft, block, top, between, caption):
            if caption:
                used.update(caption.indexes)
            _extend(draft, block, top)
        else:
            new = _begin(block, top, caption)
            if caption:
                used.update(caption.indexes)
            elif draft and all(_leads_on(b.text) for b in between):
                # A second table right under the first one (its source line between) shares its caption.
                new.caption = draft.caption
            if not new.header:
                _loose_header(new, blocks, i, last_piece, used)
            if new.caption is None or new.caption.label is None:
                below = caption_below(blocks, i)
                if below:
                    new.caption = below
                    used.update(below.indexes)
            drafts.append(new)
        last_piece = i
    text = [b for i, b in enumerate(blocks) if isinstance(b, TextLine) and i not in used and not numbers[i]]
    tables: list[RawTable] = []
    for draft in drafts:
        table = whole_table(draft, f"t{len(tables) + 1:03}")
        if table:
            tables.append(table)
    return tables, text


def _leads_on(text: str) -> bool:
    """May this line stand between two tables under one caption? A source, a header's words, "rinciannya sebagai berikut"."""
    return (
        is_source_line(text)
        or is_header_text(text)
        or (len(text) <= MOST_LEADING and not words("leads").isdisjoint(_LETTERS.findall(text.casefold())))
    )


def _is_page_number(text: str) -> bool:
    first = text[:1]
    if first.isascii() and first.isalpha() and first not in "hHiIvVxXlLcC":
        return False  # begins with a word: the usual line, told at once
    return PAGE_FURNITURE.match(text) is not None


def _top_of(piece: TablePiece) -> _Top:
    titles, count = count_header_rows(piece.rows)
    header = [r for r in piece.rows[titles : titles + count] if not is_column_numbers(r)]
    return _Top(titles, titles + count, header)


def _begin(piece: TablePiece, top: _Top, caption: Caption | None) -> Draft:
    body = [r for r in piece.rows[top.end :] if not is_column_numbers(r)]
    return Draft(
        top.header,
        body,
        caption,
        1,
        piece.method,
        piece.confidence,
        piece.place_first,
        piece.place_last,
        piece.column_edges,
        list(piece.rows[: top.titles]),
        piece.doubt,
        _longest([*top.header, *body]),
    )


def _longest(rows: Sequence[Row]) -> int:
    return max(map(len, rows), default=0)


def _goes_on(draft: Draft, piece: TablePiece, top: _Top, between: Sequence[TextLine], caption: Caption | None) -> bool:
    header = top.header
    repeated = bool(header) and bool(draft.header) and _same_header(draft.header, header)
    if between:
        named = caption is not None and draft.caption is not None and caption.label is not None
        if not (
            named
            and caption
            and draft.caption
            and sum(not is_source_line(b.text) for b in between) <= len(caption.indexes)
            and same_label(draft.caption, caption)
        ):
            return False
        return repeated or (not header and _fits(draft, piece)) or bool(caption and caption.continued)
    if header:
        if not draft.body and not repeated and draft.header:
            return False
        if repeated and draft.body and _restarts(draft, piece, top.end):
            return False
        return repeated
    return _fits(draft, piece)


def _restarts(draft: Draft, piece: TablePiece, start: int) -> bool:
    """A repeated header whose rows count from 1 again under a table that has ended with a total is another table."""
    last = texts(draft.body[-1])
    ended = any(_TOTAL.match(t) for t in last[:3] if t)
    rows = [r for r in piece.rows[start:] if filled(r) and not is_column_numbers(r)]
    first = texts(rows[0])[0].strip(".) ") if rows else ""
    return ended and first == "1"


def _fits(draft: Draft, piece: TablePiece) -> bool:
    if draft.edges and piece.column_edges and len(draft.edges) == len(piece.column_edges):
        spread = max(abs(a - b) for a, b in zip(draft.edges, piece.column_edges, strict=True))
        if spread < 0.08 * max(1.0, draft.edges[-1] - draft.edges[0]):
            return True
    return abs(draft.width - piece.n_cols) <= 1 or common_edges(draft.edges, piece.column_edges) is not None


def _same_header(a: Sequence[Row], b: Sequence[Row]) -> bool:
    words_a = {squash(t) for r in a for t in filled(r)} - {""}
    words_b = {squash(t) for r in b for t in filled(r)} - {""}
    if not words_a or not words_b:
        return False
    common = len(words_a & words_b)
    joined_a, joined_b = "".join(sorted(words_a)), "".join(sorted(words_b))
    return common >= 0.7 * min(len(words_a), len(words_b)) and (
        common >= 0.5 * max(len(words_a), len(words_b)) or abs(len(joined_a) - len(joined_b)) < 0.3 * len(joined_a)
    )


def _extend(draft: Draft, piece: TablePiece, top: _Top) -> None:
    header = top.header
    rows = [r for r in piece.rows[top.end :] if is_filled(r) and not is_column_numbers(r)]
    grid = common_edges(draft.edges, piece.column_edges)
    if grid and (len(draft.edges) != len(grid) or len(piece.column_edges) != len(grid)):
        draft.header = regrid(draft.header, draft.edges, grid)
        draft.body = regrid(draft.body, draft.edges, grid)
        header, rows = regrid(header, piece.column_edges, grid), regrid(rows, piece.column_edges, grid)
        draft.edges = grid
        draft.width = _longest([*draft.header, *draft.body])
    if header and not draft.header:
        draft.header = header
        draft.width = max(draft.width, _longest(header))
    width = draft.width
    if rows and draft.body:
        first = rows[0] if len(rows[0]) == width else fit_row(rows[0], width, profile(draft.body, width))
        if _is_cut(draft.body[-1], first):
            draft.body[-1] = merged(draft.body[-1], first)
            draft.width = max(draft.width, len(draft.body[-1]))
            rows = rows[1:]
    draft.body.extend(rows)
    draft.width = max(draft.width, _longest(rows))
    draft.pieces += 1
    draft.last = piece.place_last
    draft.confidence = min(draft.confidence, piece.confidence)
    draft.doubt = draft.doubt or piece.doubt


def _is_cut(last: Row, first: Row) -> bool:
    """Is `first` the rest of `last`, cut by the page break? (its name or its number goes on)"""
    a, b = texts(last), texts(first)
    n = min(len(a), len(b))
    if not any(b) or (b[0] and is_list_number(b[0])):
        return False
    if is_figure(b[0]) and b[0]:
        return False
    conflict = any(
        a[j] and b[j] and is_figure(a[j]) and is_figure(b[j]) and not _broken_number(a[j], b[j]) for j in range(n)
    )
    if conflict:
        return False
    figures_a = [j for j in range(n) if is_figure(a[j]) and not is_list_number(a[j])]
    figures_b = [j for j in range(n) if is_figure(b[j])]
    words_b = [j for j in range(n) if b[j] and j not in figures_b]
    if not figures_b:
        # Only words go on: a row of its own would have a number, a code, or be a group row over the whole width.
        joins = [j for j in words_b if a[j]]
        return bool(joins) and (bool(figures_a) or _goes_on_in_words(a, b, joins) or len(words_b) == len(joins))
    if any(_broken_number(a[j], b[j]) for j in figures_b if a[j]):
        return True
    if _goes_on_in_words(a, b, [j for j in words_b if a[j]]):
        return True
    # Figures of `first` fill cells that `last` left empty, and it lacks a text that every record has.
    lacking = [j for j in range(1, n) if a[j] and not b[j] and not is_figure(a[j]) and not is_list_number(a[j])]
    return bool(lacking) and not figures_a and bool(words_b)


def _goes_on_in_words(a: Sequence[str], b: Sequence[str], columns: Sequence[int]) -> bool:
    for j in columns:
        tail = a[j].split()[-1].casefold() if a[j].split() else ""
        if b[j][:1].islower() or tail in words("dangling") or a[j][-1:] in {",", "/", "-", "(", "&"}:
            return True
    return False


def _broken_number(a: str, b: str) -> bool:
    """ "4.227." + "640.044", "1.234.5" + "67": a number broken by the page."""
    return bool(_OPEN_NUMBER.search(a) and _DIGIT.match(b)) or bool(
        _FEW_DIGITS.search(a) and _DIGITS_ON.match(b) and _GROUPS_OPEN.match(a)
    )


def _loose_header(draft: Draft, blocks: Sequence[Block], index: int, floor: int, used: set[int]) -> None:
    """Header words that a converter left as lines of their own above a piece without header."""
    width = len([j for j in range(max(map(len, draft.body), default=0)) if not is_currency_column(draft.body, j)])
    found: list[TextLine] = []
    i = index - 1
    while i > floor and isinstance(blocks[i], TextLine) and len(found) < width:
        line = blocks[i]
        assert isinstance(line, TextLine)
        if not is_header_text(line.text) or len(line.text) > 60:
            break
        found.insert(0, line)
        i -= 1
    if len(found) == width >= 2:
        cells: list[Cell | None] = []
        names = iter(found)
        for j in range(max(map(len, draft.body))):
            if is_currency_column(draft.body, j):
                cells.append(Cell(0, j, "", found[0].place))
            else:
                line = next(names)
                cells.append(Cell(0, j, line.text, line.place))
        draft.header = [tuple(cells)]
        used.update(k for k in range(i + 1, index))
