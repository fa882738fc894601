"""Which lines a dashboard may add up: one breakdown of the money, each rupiah exactly once.

A report prints its money several times over: by programme, by activity, by account, by objective. One of these
breakdowns is marked, never two: the highest level of the national nomenclature that is printed; without one, the
outermost spending lines of the table that lists most of them; then objectives; then other lines; and a total only
where nothing else stands and it is the only one. Where it cannot be told whether a line is part of another, it is left
out: a sum that lacks a line is seen against the printed total, one that counts it twice is believed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.ringkasan.keys import NOMENCLATURE


@dataclass(frozen=True, slots=True)
class Line:
    """What this stage needs of a line: `kode` plain; `parent` the key of the line above; `tables` that print it."""

    key: str
    kelompok: str
    tingkat: str
    kode: str | None
    parent: str | None
    tables: frozenset[str]


def addable(lines: Sequence[Line]) -> set[str]:
    """Keys of the lines to add up, for each of belanja, pendapatan, pembiayaan by itself."""
    marked: set[str] = set()
    for kelompok in dict.fromkeys(line.kelompok for line in lines):
        marked |= _addable_group([line for line in lines if line.kelompok == kelompok])
    return marked


def _addable_group(lines: Sequence[Line]) -> set[str]:
    by_level: dict[str, list[Line]] = {}
    for line in lines:
        by_level.setdefault(line.tingkat, []).append(line)
    top = next((level for level in NOMENCLATURE if level in by_level), None)
    if top is not None:
        return {line.key for line in by_level[top]} | _orphans(lines, by_level[top], top)
    for level in ("belanja", "sasaran", "lain"):
        if level in by_level:
            return _outermost(by_level[level])
    return {line.key for line in lines} if len(lines) == 1 else set()


def _orphans(lines: Sequence[Line], tops: Sequence[Line], top: str) -> set[str]:
    """Coded lines of lower levels whose programme is printed nowhere: part of no marked line, nor of one another."""
    lower = [line for line in lines if line.tingkat in NOMENCLATURE and line.tingkat != top and line.kode]
    if any(line.kode is None for line in tops):
        return set()  # one of the lines without a code may be the missing programme
    coded = [line.kode for line in (*tops, *lower) if line.kode]
    return {
        line.key for line in lower if not any(_above(kode, line.kode or "") for kode in coded) and line.parent is None
    }


def _above(upper: str, kode: str) -> bool:
    return kode.startswith(upper + ".")


def _outermost(lines: Sequence[Line]) -> set[str]:
    """Lines without a line of the same level above them, of the one table that lists most of them."""
    keys = {line.key for line in lines}
    outer = [
        line
        for line in lines
        if line.parent not in keys and not any(_above(o.kode or "?", line.kode or "") for o in lines)
    ]
    count = Counter(table for line in outer for table in sorted(line.tables))
    if not count:
        return set()
    main = max(count, key=lambda table: count[table])  # the first of equals: Counter keeps document order
    return {line.key for line in outer if main in line.tables}


def parent_keys(
    keys: Mapping[str, str], induk: Mapping[str, str | None], kode: Mapping[str, str | None]
) -> dict[str, str]:
    """Key of a line to the key of the line above it: by the records' own parents, else by the longest code above it.

    `keys`: record id to key; `induk`: record id to parent record id; `kode`: key to plain code.
    """
    parents: dict[str, str] = {}
    for record, key in keys.items():
        above = keys.get(induk.get(record) or "")
        if above is not None and above != key:
            parents.setdefault(key, above)
    coded = {code: key for key, code in kode.items() if code and key == code}
    for key, code in kode.items():
        if key in parents or not code:
            continue
        parts = code.split(".")
        above = next(
            (coded[upper] for n in range(len(parts) - 1, 0, -1) if (upper := ".".join(parts[:n])) in coded), None
        )
        if above is not None and above != key:
            parents[key] = above
    return parents
