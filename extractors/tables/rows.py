"""Questions about rows of cells: is it a row of column numbers, a header row, how does a short row fit the columns?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import regex

from extractors.roles import is_header_text
from extractors.tables.figures import KEPT
from schemas.table import Cell

Row = tuple[Cell | None, ...]
COLUMN_NUMBER = regex.compile(r"^\(?\s*(?P<n>\d{1,2})[a-d]?\s*\)?\.?\s*(?:\)?\s*[=:].*)?$")
FIGURE = regex.compile(
    r"^[(]?\s*(?:R?p\.?\s*)*[-–(<>≤≥±]*\s*\d[\d.,\s]*\)?\s*(?:%|,-|-)?\s*\)?$|^\s*(?:Rp\.?)?\s*[-–]+\s*$|^[\d.,]+\s*%?\s*\([\p{L}\s]+\)$",
    regex.I,
)
LIST_NUMBER = regex.compile(r"^\(?(?:\d{1,3}|[a-zA-Z]|[IVXivx]{1,5})[.),]*$|^\d{1,2}(?:\.\d{1,2}){1,3}\.?$")
_FORMULA = regex.compile(r"^\(?\s*(?P<n>\d{1,2})\s*[=:].*$")
_YEAR = regex.compile(r"(?:19|20)\d{2}")
_NUMBER = regex.compile(r"\d{1,3}[.)]?")
_SHORT = regex.compile(r"\d{1,2}")
_QUARTER = regex.compile(r"[IViv]{1,3}")
LONGEST = 2_000  # characters of a cell beyond which it is no figure, nor several
CLEARLY = 2.5  # how much better a moved row must fit: about one cell of the wrong kind and one of the wrong length
CURRENCY = regex.compile(r"^(?:Rp|IDR)\.?$", regex.I)


def texts(row: Row) -> list[str]:
    """The texts of a row, "" for covered or absent cells."""
    return [c.text.strip() if c is not None else "" for c in row]


def filled(row: Row) -> list[str]:
    """The non-empty texts of a row."""
    return [t for c in row if c is not None and (t := c.text.strip())]


def is_filled(row: Row) -> bool:
    """Whether a row has a text at all."""
    return any(c is not None and c.text.strip() for c in row)


@lru_cache(maxsize=KEPT)
def is_figure(text: str) -> bool:
    """Does the cell hold a number (or a dash) and nothing else?"""
    return len(text) <= LONGEST and FIGURE.match(text.strip()) is not None


@lru_cache(maxsize=KEPT)
def is_list_number(text: str) -> bool:
    """A running number, letter or Roman number, or a short code of two to four levels."""
    return " " not in text and LIST_NUMBER.match(text) is not None


def is_column_numbers(row: Row) -> bool:
    """`(1) (2) (3)=...` or `1 2 3 4`: numbers from 1 upwards, one a column, nothing else."""
    cells, numbers = [], []
    for cell in row:
        text = cell.text.strip() if cell is not None else ""
        if not text:
            continue
        # "4 = 3 : 2 x 100", "(5=4/3)" and letters "a b c" are the same custom.
        match = COLUMN_NUMBER.match(text) or _FORMULA.match(text)
        if not match:
            return False
        cells.append(text)
        numbers.append(int(match["n"]))
    if len(cells) < 2 or not any(texts(row)[:2]):
        return False  # numbers that begin further right are months or quarters under a group
    bracketed = sum(t.startswith("(") for t in cells)
    steps = [b - a for a, b in pairwise(numbers)]
    rising = all(0 <= s <= 2 for s in steps) and numbers[0] in (1, 2)
    return rising and (bracketed >= len(cells) / 2 or (len(numbers) >= 3 and all(s == 1 for s in steps)))


def header_score(row: Row) -> float:
    """Share of a row's filled cells that could be column headers (0 when a cell holds a figure that is no year)."""
    cells = filled(row)
    if not cells:
        return 0.0
    good = sum(map(is_header_text, cells))
    bad = sum(is_figure(t) and not is_header_text(t) for t in cells)
    return 0.0 if bad > good else good / len(cells)


def count_header_rows(rows: Sequence[Row]) -> tuple[int, int]:
    """(title rows to drop, header rows) at the top of a piece, the row of column numbers not counted.

    Title rows are full-width texts above the header ("PEMERINTAH KOTA ..."). (0, 0): the piece begins with data.
    """
    limit = min(len(rows), 9)
    width = max((len(r) for r in rows), default=0)
    numbers = next((i for i in range(1, limit) if is_column_numbers(rows[i])), None)
    title = 0
    while (
        title < min(limit - 1, 6)
        and _is_title(rows[title], width)
        and any(_is_strong(rows[k]) for k in range(title + 1, min(title + 6, limit)))
    ):
        title += 1
    if title and not _is_strong(rows[title]):
        title = 0
    # Header cells merged downwards tell how many rows the header has.
    spanned = (
        max((c.row_span for c in rows[title] if c is not None and is_header_text(c.text)), default=1) if rows else 1
    )
    if not 1 < spanned <= 5 or title + spanned >= len(rows):
        spanned = 1
    if numbers is not None and numbers - title <= 6:
        return min(title, numbers - 1), numbers - min(title, numbers - 1)
    if not rows or not _is_strong(rows[title]):
        return 0, 0
    count = spanned
    while title + count < limit and count < 5:
        row = rows[title + count]
        if not filled(row) or not _continues_header(rows[title : title + count], row):
            break
        count += 1
    return title, count


def _is_title(row: Row, width: int) -> bool:
    cells = filled(row)
    return width > 2 and len(cells) == 1 and not is_figure(cells[0])


def _is_strong(row: Row) -> bool:
    cells = filled(row)
    if len(cells) < 2:
        return False
    return header_score(row) >= (0.5 if len(cells) >= 3 else 1.0) and not any(
        is_figure(t) and not is_header_text(t) for t in cells
    )


def _continues_header(above: Sequence[Row], row: Row) -> bool:
    """A second, third, fourth header row: what it holds is header text, and it fills in under the rows above."""
    cells = filled(row)
    first = texts(row)[0] if row else ""
    if len(cells) == 1 and len(row) > 2 and (first or len(cells[0]) > 40):
        return False  # a group title over the whole width ("MISI KELIMA: ...")
    if not first and _is_series(cells):
        return True
    if header_score(row) < 1.0 and not (header_score(row) >= 0.6 and len(cells) >= 3):
        return False
    # A data row begins with its number; years in every cell are a header row.
    return _NUMBER.fullmatch(first) is None or _YEAR.fullmatch(first) is not None


def _is_series(cells: Sequence[str]) -> bool:
    """1 2 3 ... 12 (months), I II III IV (quarters) under a spanning header, perhaps with a word for the sum."""
    numbers = [t for t in cells if _SHORT.fullmatch(t)]
    roman = [t.upper() for t in cells if _QUARTER.fullmatch(t)]
    rest = len(cells) - max(len(numbers), len(roman))
    months = [int(t) for t in numbers] == list(range(1, 13))
    return rest <= 2 and (months or roman == ["I", "II", "III", "IV"] or [int(t) for t in numbers] == [1, 2, 3, 4])


def profile(rows: Sequence[Row], width: int) -> list[dict[str, float]]:
    """For each column: share of figures, of list numbers, of filled cells, and the mean length of its texts."""
    stats = []
    whole = [texts(r) for r in rows if len(r) == width]
    for j in range(width):
        column = [cells[j] for cells in whole]
        used = [t for t in column if t]
        n = len(used) or 1
        stats.append(
            {
                "figure": sum(map(is_figure, used)) / n,
                "number": sum(map(is_list_number, used)) / n,
                "filled": len(used) / (len(column) or 1),
                "length": sum(map(len, used)) / n,
            }
        )
    return stats


def fit_row(row: Row, width: int, stats: Sequence[dict[str, float]]) -> Row:
    """A row with too few or too many cells laid on `width` columns.

    Cells keep their order; each goes to the column whose content it is most like (figures to figure columns, long texts
    to long text columns); ties go left. Surplus empty cells are dropped. A row that does not fit keeps its first cells.
    """
    if len(row) == width:
        return row
    cells = [c for c in row if c is not None and c.text.strip()] if len(row) > width else list(row)
    while cells and (cells[-1] is None or not cells[-1].text.strip()):
        cells.pop()
    if len(cells) > width:
        cells = [c for c in cells if c is not None and c.text.strip()]
    if len(cells) > width:
        return tuple(cells[:width])
    best = _assign(cells, width, stats)
    out: list[Cell | None] = [None] * width
    for cell, j in zip(cells, best, strict=True):
        out[j] = replace(cell, col=j) if cell else None
    anchor = next((c for c in row if c is not None), None)
    if anchor is None:
        return tuple(out)
    return tuple(c if c is not None else Cell(anchor.row, j, "", anchor.place) for j, c in enumerate(out))


def shift_row(row: Row, width: int, stats: Sequence[dict[str, float]]) -> Row:
    """A row whose first cells a converter lost, so that all its texts stand too far left, moved back to its columns.

    Only a row that ends in empty cells can have been shifted; it is moved when its contents fit the columns clearly
    better that way (a long text under "No", a figure under a name).
    """
    cells = list(row)
    while cells and (cells[-1] is None or not cells[-1].text.strip()):
        cells.pop()
    if len(cells) == len(row) or len([c for c in cells if c is not None and c.text.strip()]) < 2 or len(row) != width:
        return row
    as_is = sum(_likeness(c, stats[j]) for j, c in enumerate(cells))
    places = _assign(cells, width, stats)
    moved = sum(_likeness(c, stats[j]) for c, j in zip(cells, places, strict=True))
    if moved - as_is < CLEARLY:
        return row
    return fit_row(tuple(cells), width, stats)


def _assign(cells: Sequence[Cell | None], width: int, stats: Sequence[dict[str, float]]) -> list[int]:
    k = len(cells)
    slack = width - k
    table = [[float("-inf")] * (slack + 1) for _ in range(k + 1)]
    table[0] = [0.0] * (slack + 1)
    back = [[0] * (slack + 1) for _ in range(k + 1)]
    for i in range(1, k + 1):
        for s in range(slack + 1):
            # the cell i-1 stands in column i-1+s; the cell before it had a shift of at most s
            previous = max(range(s + 1), key=lambda q: (table[i - 1][q], -q))
            table[i][s] = table[i - 1][previous] + _likeness(cells[i - 1], stats[i - 1 + s]) - 0.01 * s
            back[i][s] = previous
    s = max(range(slack + 1), key=lambda q: (table[k][q], -q))
    places = [0] * k
    for i in range(k, 0, -1):
        places[i - 1] = i - 1 + s
        s = back[i][s]
    return places


def _likeness(cell: Cell | None, stat: dict[str, float]) -> float:
    text = cell.text.strip() if cell else ""
    if not text:
        return 0.6 * (1 - stat["filled"])
    if is_figure(text) and not is_list_number(text):
        return 2.0 * stat["figure"] - 1.0
    if is_list_number(text):
        return 1.0 * stat["number"] + 0.5 * stat["figure"] - (0.5 if stat["length"] > 12 else 0.0)
    closeness = 1.0 - min(1.0, abs(len(text) - stat["length"]) / (len(text) + stat["length"] + 1))
    return 1.0 - 2.0 * stat["figure"] - 1.0 * stat["number"] + closeness
