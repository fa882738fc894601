"""People who sign: one person has one NIP."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from pipeline.reconcile.names import squash
from pipeline.reconcile.screen import line_positions
from schemas.checks import Evidence
from schemas.document import Place
from schemas.records import Report
from schemas.vocab import load

DIGITS = 18
ABOVE = 3  # lines above a NIP that may hold the name
ALIKE = 4  # digits in which the NIPs of one person may differ by a slip; more are two people of one name
_NIP = re.compile(r"\bNIP\b\s*[.:]*\s*(\d(?:[\d ]|\d)*\d)", re.IGNORECASE)
_NAME = re.compile(r"^\W*(?:nama\s*:)?\s*([A-Z][A-Za-z.,'’ -]{4,60})\W*$")
_TITLE = re.compile(r"\b(?:drs?|dra|ir|hj?|prof|s\.?\s?\w{1,4}|m\.?\s?\w{1,4}|ph\.?d|s[hte]|mm)\b\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signature:
    """A NIP with the person above it and where it stands."""

    name: str
    shown: str
    digits: str
    place: Place


def signatures(report: Report) -> Iterator[Signature]:
    """Every NIP of 18 digits that has a name above it."""
    ranks = {row["kata"] for row in load("pangkat")}
    lines = report.text
    for number in line_positions(report, ("nip",)):
        line = lines[number]
        found = _NIP.search(line.text)
        if found is None or len(_NIP.findall(line.text)) > 1:
            continue
        digits = found[1].replace(" ", "")
        if len(digits) != DIGITS:
            continue
        for above in reversed(lines[max(0, number - ABOVE) : number]):
            named = _NAME.match(above.text)
            if named is None or any(word in above.text.casefold() for word in ranks):
                continue
            bare = squash(_TITLE.sub(" ", named[1]))
            if len(bare) >= 5:
                yield Signature(bare, " ".join(found[1].split()), digits, line.place)
            break


def one_person(report: Report) -> Iterator[tuple[Signature, str | None, tuple[Evidence, ...]]]:
    """Signatures of people who sign more than once: the NIP most of them have where one differs, and where it stands."""
    people: dict[str, list[Signature]] = defaultdict(list)
    for signature in signatures(report):
        people[signature.name].append(signature)
    for found in people.values():
        if len(found) < 2:
            continue
        counts = Counter(one.digits for one in found)
        usual, often = counts.most_common(1)[0]
        shown = next(one for one in found if one.digits == usual)
        if often < 2 and len(counts) > 1:
            continue
        for one in found:
            if one.digits == usual:
                yield one, None, ()
            elif OSA.distance(one.digits, usual) <= ALIKE:
                yield one, shown.shown, (Evidence(one.shown, one.place), Evidence(shown.shown, shown.place))
