"""Which lines a dashboard may add up: one breakdown of the money, each rupiah exactly once.

A report prints its money several times over: by programme, by activity, by account, by objective. One of these
breakdowns is marked, never two: the highest level of the national nomenclature that is printed; without one, the
outermost spending lines of the table that lists most of them; then objectives; then other lines; and a total only
where nothing else stands and it is the only one. Where it cannot be told whether a line is part of another, it is left
out: a sum that lacks a line is seen against the printed total, one that counts it twice is believed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from pipeline.reconcile.words import is_total
from pipeline.ringkasan import accounts
from pipeline.ringkasan.keys import NOMENCLATURE


@dataclass(frozen=True, slots=True)
class Line:
    """What this stage needs of a line: `name` and `kode` plain; `parent` the key of the line above; `tables` that print
    it, in document order."""

    key: str
    name: str
    kelompok: str
    tingkat: str
    kode: str | None
    parent: str | None
    tables: tuple[str, ...]


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
        return {line.key for line in _one_listing(by_level[top])} | _orphans(lines, by_level[top], top)
    if "belanja" in by_level:
        return _outermost(by_level["belanja"] + _ancestors(by_level["belanja"], by_level.get("lain", [])))
    for level in ("sasaran", "lain"):
        if level in by_level:
            return _outermost(by_level[level])
    return {line.key for line in lines} if len(lines) == 1 else set()


def _one_listing(lines: Sequence[Line]) -> list[Line]:
    """The lines of the table that lists most of them, and what other tables add.

    A table that repeats any of the lines lists the same money again, in its own wording or in an earlier version, so
    what else it has is not added, unless codes tell it apart. A table that repeats none speaks of another part.
    """
    main = _main_table(lines)
    chosen = [line for line in lines if main in line.tables]
    known = set(chosen)
    for table in dict.fromkeys(table for line in lines for table in line.tables):
        fresh = [line for line in lines if table in line.tables and line not in known]
        repeats = any(table in line.tables for line in chosen)
        told_apart = all(line.kode for line in (*chosen, *fresh))
        if not repeats or told_apart:
            chosen += fresh
            known.update(fresh)
    return chosen


def _orphans(lines: Sequence[Line], tops: Sequence[Line], top: str) -> set[str]:
    """Coded lines of lower levels whose programme is printed nowhere: part of no marked line, nor of one another."""
    if any(line.kode is None for line in tops):
        return set()  # one of the lines without a code may be the missing programme
    listed = {table for line in tops for table in line.tables}
    lower = [line for line in lines if line.tingkat in NOMENCLATURE and line.tingkat != top and line.kode]
    codes = {line.kode for line in (*tops, *lower) if line.kode}
    return {
        line.key
        for line in lower
        if line.parent is None
        and not listed & set(line.tables)  # in a table with programmes the one above it is there, miswritten perhaps
        and not _within(line.kode, codes)
    }


def _within(kode: str | None, codes: Set[str]) -> bool:
    """Whether any of the codes stands above a code."""
    return any(kode[:at] in codes for at, sign in enumerate(kode) if sign == ".") if kode else False


def _ancestors(lines: Sequence[Line], others: Sequence[Line]) -> list[Line]:
    """Those of the other lines that stand above any of these."""
    by_key = {line.key: line for line in (*lines, *others)}
    found: dict[str, Line] = {}
    for line in lines:
        seen = {line.key}
        above = line.parent
        while above in by_key and above not in seen:
            seen.add(above)
            found[above] = by_key[above]
            above = by_key[above].parent
    return [line for line in others if line.key in found]


def _outermost(lines: Sequence[Line]) -> set[str]:
    """Lines of the table that lists most, without a line above them: by parent, by code, or by the name of the account.

    Where names alone tell the levels, lines whose name tells nothing are left out.
    """
    real = [line for line in lines if not is_total(line.name)]
    if not real:
        return set()
    main = _main_table(real)
    mine = [line for line in real if main in line.tables]
    keys = {line.key for line in mine}
    codes = {line.kode for line in mine if line.kode}
    outer = [line for line in mine if line.parent not in keys and not _within(line.kode, codes)]
    named = [line for line in outer if accounts.known(line.name)]
    inner = {
        low.key
        for i, low in enumerate(named)
        if any(accounts.above(up.name, low.name) for up in named)
        or any(accounts.same(first.name, low.name) for first in named[:i])
    }
    if not inner:
        return {line.key for line in outer}
    return {line.key for line in named} - inner


def _main_table(lines: Sequence[Line]) -> str:
    """The table that lists most of the lines, the first of equals."""
    count = Counter(table for line in lines for table in line.tables)
    return max(count, key=lambda table: count[table])


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
        upper = next((coded[u] for n in range(len(parts) - 1, 0, -1) if (u := ".".join(parts[:n])) in coded), None)
        if upper is not None and upper != key:
            parents[key] = upper
    return parents
