"""Columns of a table of which one is the product of the others (days x places x hours = hours in a year)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import prod

from pipeline.reconcile.figures import usable
from schemas.figure import Figure
from schemas.records import Report, TypedTable

LARGE = Decimal(1000)  # a product this large is no coincidence
ROWS = {2: 3, 3: 2}  # rows in which the product must be exact, by the number of factors
NEAR = 20  # columns before a product among which its factors are looked for: of three, that is 1140 ways
EXACT = Decimal(10) ** 27  # a product below it is not rounded


@dataclass(frozen=True, slots=True)
class Product:
    """A row whose last figure is (or is not) the product of the factors before it."""

    name: str
    result: Figure
    factors: tuple[Figure, ...]
    expected: Decimal

    @property
    def holds(self) -> bool:
        return self.result.value == self.expected


def products(report: Report) -> Iterator[Product]:
    """Rows of tables in which some rows, exactly, are products of the same columns: all of them must be."""
    rows: dict[str, dict[int, dict[int, Figure]]] = defaultdict(lambda: defaultdict(dict))
    for figure in report.counts:
        if (
            figure.table_id
            and figure.row is not None
            and figure.col is not None
            and usable(figure)
            and not figure.decimals
        ):
            rows[figure.table_id][figure.row][figure.col] = figure
    for table in report.tables:
        if table.kind == "lain":
            yield from _in_table(table, rows[table.raw.table_id])


def _in_table(table: TypedTable, rows: Mapping[int, Mapping[int, Figure]]) -> Iterator[Product]:
    columns = sorted({col for row in rows.values() for col in row})
    values = [{col: figure.value for col, figure in row.items() if figure.value} for row in rows.values()]
    for result in reversed(columns):
        large = [row for row in values if row.get(result, 0) >= LARGE]
        if len(large) < min(ROWS.values()):
            continue
        before = [col for col in columns if col < result][-NEAR:]
        factors = _factors(large, before, result)
        if factors:
            found = (_row(table, number, row, factors, result) for number, row in rows.items())
            yield from (one for one in found if one is not None)
            return


def _factors(rows: Sequence[Mapping[int, Decimal]], before: Sequence[int], result: int) -> tuple[int, ...]:
    """The first columns of `before`, three or else two, whose product is the result in enough rows; () where none are.

    `rows` are the values by column, none of them nought.
    """
    counted: Counter[tuple[int, ...]] = Counter()
    for row in rows:
        stated = row[result]
        parts = [(col, row[col]) for col in before if col in row]
        if stated < EXACT and all(value == int(value) for _, value in parts):
            parts = [(col, value) for col, value in parts if not stated % value]  # whole numbers divide their product
        for many in ROWS:
            for chosen in combinations(parts, many):
                if prod((value for _, value in chosen), start=Decimal(1)) == stated:
                    counted[tuple([col for col, _ in chosen])] += 1
    for many in sorted(ROWS, reverse=True):
        exact = [columns for columns, times in counted.items() if len(columns) == many and times >= ROWS[many]]
        if exact:
            return min(exact)
    return ()


def _row(
    table: TypedTable, number: int, row: Mapping[int, Figure], factors: Sequence[int], result: int
) -> Product | None:
    figures = [row.get(col) for col in factors]
    stated = row.get(result)
    parts = [figure for figure in figures if figure is not None and figure.value]
    if stated is None or stated.value is None or len(parts) < len(factors):
        return None
    expected = prod((figure.value for figure in parts if figure.value is not None), start=Decimal(1))
    cells = [cell for cell in table.raw.rows[number] if cell is not None and cell.col < min(factors)]
    header = " ".join(table.columns[result].header.split(">")[-1].split())
    name = f"{' '.join(cells[-1].text.split()) if cells else f'baris {number}'}: {header}"
    return Product(name, stated, tuple(parts), expected)
