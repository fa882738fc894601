"""Which year each figure of a sentence belongs to."""

from __future__ import annotations

from dataclasses import replace

import regex

from extractors.klaim.cues import WORD
from extractors.klaim.ikat import Bound
from extractors.klaim.waktu import Year, find_stage, may_name_stage


def with_years(text: str, bound: list[Bound], years: tuple[Year, ...]) -> list[Bound]:
    """Give every figure the year named for it: before it, or behind it where the sentence has that habit."""
    if not bound:
        return []
    staged = may_name_stage(text)
    ends = [b.candidate.end for b in bound]
    behind = not any(y.end <= bound[0].candidate.start for y in years)
    result: list[Bound] = []
    used: set[int] = set()
    for i, item in enumerate(bound):
        low = ends[i - 1] if i else 0
        after_end = bound[i + 1].candidate.start if i + 1 < len(bound) else len(text)
        before = [y for y in years if low <= y.start and y.end <= item.candidate.start and y.start not in used]
        after = [y for y in years if item.candidate.end <= y.start < after_end and not y.compared]
        near = [y for y in after if len(WORD.findall(text[item.candidate.end : y.start])) <= (0 if y.bracket else 3)]
        year: Year | None = None
        if near and (near[0].bracket or (behind and not before)):
            year = near[0]
            used.add(year.start)
        elif before:
            plain = [y for y in before if not y.compared]
            year = (plain or before)[0] if len({y.year for y in before}) < 3 else before[-1]
        stage = find_stage(text[low : item.candidate.start]) if staged and item.matter == "uang" else None
        result.append(replace(item, year=year, stage=stage) if year or stage or item.year or item.stage else item)
    return _unsure_years(text, result)


def _unsure_years(text: str, bound: list[Bound]) -> list[Bound]:
    """ "yaitu 5,17 %, 5,45 %, 5,45 %": several values of one thing of which no year is told apart."""
    result = list(bound)
    for i in range(1, len(bound)):
        one, two = bound[i - 1], bound[i]
        gap = text[one.candidate.end : two.candidate.start]
        listed = two.carried and two.matter == "kinerja" and one.field == two.field and two.year is None
        if listed and regex.fullmatch(r"[\s,;]*(?:dan|serta)?\s*", gap):
            unknown = Year(one.candidate.end, one.candidate.end, None)
            result[i - 1], result[i] = replace(result[i - 1], year=unknown), replace(two, year=unknown)
    return result
