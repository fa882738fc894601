"""Grouping: the figures of a sentence -> claims. One claim goes on until a field repeats, or the year or matter changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import regex

from extractors.klaim.ikat import Bound
from extractors.klaim.waktu import Year

FORMULA = regex.compile(
    r"(?<![\d.,/])(?P<upper>\d[\d.,]*)\s*%?\s*[/:÷]\s*(?P<lower>\d[\d.,]*)\s*%?\s*\)?\s*[x×*]\s*100\s*%?\s*(?:=|sebesar)\s*$",
    regex.I,
)


@dataclass(slots=True)
class Draft:
    """A claim in the making: its figures by field, the part of the sentence it covers."""

    matter: str
    start: int
    fields: dict[str, Bound] = field(default_factory=dict)

    @property
    def bounds(self) -> list[Bound]:
        bounds = list(self.fields.values())
        return bounds if len(bounds) < 2 else sorted(bounds, key=lambda b: b.candidate.found.start)

    @property
    def year(self) -> Year | None:
        return next((b.year for b in self.bounds if b.year), None)

    @property
    def stage(self) -> str | None:
        return next((b.stage for b in self.bounds if b.stage), None)


def group(bound: list[Bound]) -> list[Draft]:
    """Figures of one sentence -> claims."""
    drafts: list[Draft] = []
    for item in bound:
        draft = drafts[-1] if drafts else None
        item = _settle(draft, item)
        if draft is None or not _fits(draft, item):
            draft = Draft(item.matter, item.begin)
            drafts.append(draft)
        elif item.field in draft.fields:  # "mencapai target sebesar X atau melebihi target sebesar Y"
            first = draft.fields.pop(item.field)
            draft.fields["realisasi"] = replace(first, field="realisasi")
        draft.fields[item.field] = item
    return drafts


def operands(text: str, draft: Draft) -> list[tuple[str, int, int]]:
    """Figures that a formula before the capaian states: "... 95,25/90 x 100% = 105,82%" gives (field, start, end).

    The first operand is the realisasi and the second the target, unless the claim has printed one of them as its
    realisasi already: then the other one is the target.
    """
    result = draft.fields.get("capaian")
    if result is None or draft.matter != "kinerja" or "target" in draft.fields:
        return []
    match = FORMULA.search(text, max(0, result.candidate.start - 80), result.candidate.start)
    if match is None:
        return []
    upper, lower = match.span("upper"), match.span("lower")
    known = draft.fields.get("realisasi")
    if known is None:
        return [("realisasi", *upper), ("target", *lower)]
    printed = known.candidate.found.text.strip(" %")
    if printed in (match["upper"], match["lower"]):
        return [("target", *(lower if printed == match["upper"] else upper))]
    return []


def _settle(draft: Draft | None, item: Bound) -> Bound:
    """A percentage called realisasi or capaian beside an amount is the amount's percentage."""
    if draft is None or draft.matter != "uang" or item.matter != "kinerja":
        return item
    cue = item.cue
    if item.candidate.kind != "percent" or item.named or cue is None or "persen" in draft.fields:
        return item
    of_amount = cue.role in ("realisasi", "capaian") and "kinerja" not in cue.text.casefold()
    return replace(item, field="persen", matter="uang") if of_amount else item


def _fits(draft: Draft, item: Bound) -> bool:
    if item.matter != draft.matter:
        return False
    year = draft.year
    if item.year and year and item.year.year != year.year:
        return False
    if item.field not in draft.fields:
        return True
    first = draft.fields[item.field]
    exceeds = item.cue is not None and item.cue.role == "dicapai" and not item.carried
    reached = first.cue is not None and first.cue.role == "dicapai"
    return item.field == "capaian" and exceeds and reached and "realisasi" not in draft.fields
