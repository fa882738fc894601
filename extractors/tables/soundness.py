"""How sound the structure of a table piece is: one figure a cell, figures in the columns of figures, rows alike.

It looks at shapes only. Whether figures add up is never asked: a table is believed by how it is built, so that what does
not add up in it can be told as what the report says.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import regex

from extractors.tables.figures import KEPT, is_amount, is_figure, is_mark, is_year
from schemas.table import TablePiece

MOSTLY = 0.6  # share of a column's cells that are figures from which it is a column of figures
LIKE = 0.5  # share of rows that fill as many figure columns as the usual row: fewer, and the rows are mixed up
UNNAMED = 0.3  # weight of the share of rows whose figures have no words beside them
HOLES = 0.3  # share of a grid that lies in no cell, from which it is boxes of a chart and not a table
SMALL = 12  # places of a grid too small to tell
BARE = 0.8  # share of empty cells from which a grid without columns of figures is a chart's paper
LONGEST_MARK = 7  # letters of a list mark
LETTERS = frozenset("RrPpNnAaEeFf")  # that stand in figures: Rp, n/a, #REF!
BLANK, FIGURE, MARK, PACKED, WORDS = "", "figure", "mark", "packed", "words"
_WITH_UNIT = regex.compile(r"\S*\d\S*(?: [\p{L}%/]+){1,2}")  # "1.320 Sampel"
_DECIMAL = regex.compile(r"\d+[.,]\d{1,2}")
_SIGNED = regex.compile(r"(?:R[pP]\.?|%|,-|\(|\))")


@dataclass(frozen=True, slots=True)
class Soundness:
    """`score` from 0 to 1; `figures`: cells that hold one figure; `columns`: columns of figures; `rows`: rows with figures
    in them; `packed`: cells with several figures; `unnamed`: rows whose figures have no words beside them."""

    score: float
    figures: int
    columns: int
    rows: int
    packed: int
    unnamed: int


def soundness(piece: TablePiece) -> Soundness:
    """What the shape of a piece tells of how well its rows and columns were found.

    The words above a column's first figure are its header, whatever rows they stand in.
    """
    rows = [[c.text if c is not None else "" for c in r] for r in piece.rows]
    rows = [r for r in rows if any(r)]
    kinds = [list(map(_kind, r)) for r in rows]
    packed = sum(r.count(PACKED) for r in kinds)
    columns = []
    stray = single = figures = 0
    for j in range(piece.n_cols):
        column = [r[j] for r in kinds if j < len(r)]
        good = column.count(FIGURE)
        single += good
        first = column.index(FIGURE) if good else len(column)
        below = len(column) - first - column[first:].count(BLANK) - column[first:].count(MARK)
        if good and good > MOSTLY * below:
            columns.append(j)
            stray += below - good
            figures += good
    counted = [(len([j for j in columns if j < len(r) and r[j] == FIGURE]), WORDS in r) for r in kinds]
    filled = [n for n, _ in counted if n]
    usual = max(Counter(filled).values(), default=0) / len(filled) if filled else 1.0
    cells = max(figures + stray + packed, 1)
    score = piece.confidence * (1.0 - min(1.0, 2.0 * packed / cells)) * (1.0 - 0.5 * stray / cells)
    score *= 1.0 - 0.3 * max(0.0, LIKE - usual) / LIKE
    unnamed = 0
    if columns:
        valued = [named for n, named in counted if n]
        if sum(valued) > MOSTLY * len(valued):  # figures without a name among rows that have one: rows cut in two
            unnamed = len(valued) - sum(valued)
            score *= 1.0 - UNNAMED * unnamed / len(valued)
    return Soundness(round(score, 3), single, len(columns), len(filled), packed, unnamed)


def is_chart(piece: TablePiece, found: Soundness) -> bool:
    """Whether a piece is no table: boxes that stand apart (an organisation chart), or the paper of a diagram."""
    width = piece.n_cols
    places = len(piece.rows) * width
    if found.columns or places < SMALL:
        return False
    covered = {
        (i, j)
        for c in (c for row in piece.rows for c in row if c is not None)
        for i in range(c.row, c.row + c.row_span)
        for j in range(c.col, c.col + c.col_span)
    }
    filled = sum(1 for row in piece.rows for c in row if c is not None and c.text)
    return places - len(covered) > HOLES * places or filled < (1.0 - BARE) * places


@lru_cache(maxsize=KEPT)
def _kind(text: str) -> str:
    text = text.strip()
    if not text:
        return BLANK
    first = text.partition(" ")[0]
    if len(text) > LONGEST_MARK and first.isalpha() and not LETTERS.issuperset(first):
        return WORDS  # begins with a word that is in no figure: the usual text, told at once
    if is_mark(text) and not any(c in text for c in "-–"):
        return MARK if not text.isdigit() else FIGURE
    if is_figure(text) or is_figure(_SIGNED.sub("", text).strip() or "x"):
        return FIGURE
    if _WITH_UNIT.fullmatch(text) and is_figure(text.split()[0]):
        return FIGURE
    return PACKED if several(text) else WORDS


def several(text: str) -> bool:
    """Whether a cell holds two or more whole figures and no words: cells of its neighbours have slipped into it."""
    if any(c.isalpha() for c in _SIGNED.sub("", text)):
        return False
    parts = [p for p in _SIGNED.sub(" ", text).split() if any(c.isdigit() for c in p)]
    if len(parts) < 2 or all(is_year(p) or is_mark(p) for p in parts):
        return False
    return sum(is_amount(p) or _DECIMAL.fullmatch(p) is not None for p in parts) >= 2
