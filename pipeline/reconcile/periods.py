"""Periods that are named over and over ("Masa Bakti 2023-2026"): one of them with another end is a slip."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.reconcile.names import squash
from pipeline.reconcile.prose import Paragraph, snippet
from pipeline.reconcile.screen import YEARS, holding
from schemas.document import Place

USUAL = 3  # times a period is named, before another end of it is a slip
_PERIOD = re.compile(
    r"(?<!\w)(?P<label>masa\s+bh?a[kc]h?th?i|masa\s+jabatan|renstra|rencana\s+strategis|rpjmd|rpd)(?!\w)"
    r"(?P<whose>[^.;:\d]{0,60}?)(?:tahun\s+)?(?P<first>(?:19|20)\d\d)\s*(?:-|–|—|s/d)\s*(?P<last>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """A period as named; `usual` is the end all others of that label and beginning have, where this one differs."""

    label: str
    stated: str
    usual: str | None
    place: Place
    sentence: str


def periods(text: Sequence[Paragraph]) -> Iterator[Period]:
    """Every period that is named often enough under one label with one beginning."""
    found: dict[tuple[str, str], list[tuple[Paragraph, re.Match[str]]]] = defaultdict(list)
    for paragraph in holding(text, YEARS, ("masa", "renstra", "rencana", "rpjmd", "rpd")):
        for match in _PERIOD.finditer(paragraph.text):
            found[_label(match["label"]), match["first"]].append((paragraph, match))
    for group in found.values():
        counts = Counter(match["last"] for _, match in group)
        last, often = counts.most_common(1)[0]
        if often < USUAL:
            continue
        for paragraph, match in group:
            odd = match["last"] != last and counts[match["last"]] == 1
            yield Period(
                " ".join(match["label"].split()),
                f"{match['first']}-{match['last']}",
                f"{match['first']}-{last}" if odd else None,
                paragraph.place_at(match.start()),
                snippet(paragraph.text, match.start(), match.end(), 100),
            )


def _label(text: str) -> str:
    plain = squash(text)
    if plain.startswith("masab"):
        return "masabakti"
    return "renstra" if plain.startswith("rencanastr") else plain
