"""Account codes that do not fit the codes around them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.records import Anggaran, Report

ENOUGH = 5  # rows with the usual width before one that differs is called wrong


@dataclass(frozen=True, slots=True)
class Misfit:
    """A code that is written unlike the others of its table, with what its neighbours say it should be."""

    record: Anggaran
    code: str
    expected: str
    neighbour: str


def misfits(report: Report) -> Iterator[Misfit]:
    """Codes with a part as wide as in no other row, where the rows below give the code that is missing in its place."""
    tables: dict[str, dict[int, Anggaran]] = defaultdict(dict)
    for record in report.anggaran:
        if record.kode:
            tables[record.table_id].setdefault(record.row, record)
    for rows in tables.values():
        yield from _in_table([rows[row] for row in sorted(rows)])


def _in_table(rows: Sequence[Anggaran]) -> Iterator[Misfit]:
    codes = ["".join((row.kode or "").split()).strip(".") for row in rows]
    parts = [code.split(".") for code in codes]
    widths: dict[int, Counter[int]] = defaultdict(Counter)
    for part in parts:
        for position, text in enumerate(part):
            widths[position][len(text)] += 1
    for number, part in enumerate(parts):
        odd = any(
            widths[position][len(text)] == 1 and widths[position].most_common(1)[0][1] >= ENOUGH
            for position, text in enumerate(part[:-1])
        )
        if not odd or number + 1 >= len(rows):
            continue
        below = codes[number + 1]
        expected = below.rpartition(".")[0]
        if expected and expected not in codes and expected != codes[number]:
            yield Misfit(rows[number], rows[number].kode or "", expected, below)
