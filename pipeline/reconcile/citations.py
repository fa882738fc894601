"""Laws and regulations that the text cites: one regulation has one number and one year, however often it is cited.

Two citations are the same where kind and title are alike; what a well-known regulation's number and year are stands in
`schemas/vocabulary/peraturan.csv`. Amendments, which bear the title of what they amend, are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.reconcile.checking import plain
from pipeline.reconcile.names import tokens
from pipeline.reconcile.screen import joined
from schemas.checks import Check, Outcome
from schemas.document import Place
from schemas.records import Report
from schemas.table import TextLine
from schemas.vocab import load

LIKE = 0.8  # share of a known title's words that a citation must have
KINDS = (
    ("uu", r"Undang[\s-]*undang(?:\s*\(?UU\)?)?|UU"),
    (
        "permenpan",
        r"Peraturan\s+Menteri\s+(?:Negara\s+)?(?:Pendayagunaan|PAN)[^.;\d]{0,60}?|Permen\s?PAN[\s-]*(?:dan\s*)?(?:RB)?",
    ),
    ("permendagri", r"Peraturan\s+Menteri\s+Dalam\s+Negeri|Permendagri"),
    ("perpres", r"Peraturan\s+Presiden|Perpres"),
    ("inpres", r"Instruksi\s+Presiden(?:\s*\(?INPRES\)?)?|Inpres"),
    ("pp", r"Peraturan\s+Pemerintah|PP"),
)
_ALL = "|".join(f"(?P<{name}>{pattern})" for name, pattern in KINDS)
BEGINNINGS = ("undang", "uu", "peraturan", "permen", "perpres", "instruksi", "inpres", "pp")  # of every kind
CITATION = re.compile(
    rf"(?<![A-Za-z])(?:{_ALL})(?:\s+Republik\s+Indonesia|\s+RI)?(?:\s*\([A-Z]+\))?\s*(?:Nomor|No)\s*[.:]?\s*"
    r"(?P<number>\d{1,3})\s*(?:/[A-Z]+[^ ]*)?,?\s*(?:Tahun|Th\.?)\s*(?P<year>(?:19|20)\d\d)"
    r"(?P<after>\s*,?\s*tentang\s+(?P<title>[^;.(]{4,260})|\s+tersebut)?",
    re.IGNORECASE,
)
AMENDMENT = re.compile(r"perubahan|pengganti|pencabutan|jo\b|juncto|atas\s+peraturan", re.IGNORECASE)
FAMILY_WORDS = frozenset({"republik", "indonesia", "tahun", "nomor"})


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation: kind, number, year, the words of its title (none where it gives no title), and its place."""

    kind: str
    number: str
    year: str
    title: tuple[str, ...]
    text: str
    place: Place
    again: bool = False  # "... tersebut": the regulation cited last under this kind and number


@dataclass(frozen=True, slots=True)
class Regulation:
    """A regulation as it is known."""

    kind: str
    number: str
    year: str
    title: tuple[str, ...]


@cache
def _known() -> tuple[Regulation, ...]:
    rows = load("peraturan")
    return tuple(Regulation(r["jenis"], r["nomor"], r["tahun"], tokens(r["tentang"])) for r in rows)


def cited_wrongly(report: Report, rule: str) -> Iterator[Check]:
    """Checks of the citations of one report that can be told: against the known ones and against each other."""
    found = citations(report.text)
    for position, one in enumerate(found):
        meant = _meant(one, found[:position]) if one.again else _regulation(one, found)
        if meant is None:
            continue
        wrong = "number" if one.number != meant.number else "year" if one.year != meant.year else ""
        if one.number != meant.number and one.year != meant.year:
            continue  # another regulation of a like title
        stated, expected = (one.number, meant.number) if wrong == "number" else (one.year, meant.year)
        yield plain(
            rule,
            "words",
            f"{'Nomor' if wrong == 'number' else 'Tahun'} {_name(one)}",
            Outcome.TIDAK_COCOK if wrong else Outcome.COCOK,
            one.place,
            stated_as=stated,
            expected=expected,
            detail=(("pesan", "citation"), ("kalimat", one.text)),
        )


def citations(lines: Sequence[TextLine]) -> list[Citation]:
    """All citations of running text, in order."""
    text = joined(lines)
    found = []
    for match in text.matches(CITATION, BEGINNINGS):
        kind = next(name for name, _ in KINDS if match[name])
        title = "" if match["title"] is None or AMENDMENT.search(match["title"]) else match["title"]
        words = tuple(word for word in tokens(title) if word not in FAMILY_WORDS)
        again = (match["after"] or "").strip().casefold() == "tersebut"
        printed = " ".join(match[0].split())
        found.append(
            Citation(
                kind, match["number"], match["year"], words, printed, lines[text.line_at(match.start())].place, again
            )
        )
    return found


def _regulation(one: Citation, all_: Sequence[Citation]) -> Regulation | None:
    """What the citation means: a known regulation of its title, else the one most citations of that title give."""
    if len(one.title) < 2:
        return None
    known = [r for r in _known() if r.kind == one.kind and _same_title(r.title, one.title)]
    if len(known) == 1:
        return known[0]
    same = [c for c in all_ if c.kind == one.kind and len(c.title) > 3 and _same_title(c.title, one.title)]
    forms = [(c.number, c.year) for c in same]
    best = max(dict.fromkeys(forms), key=forms.count, default=None)
    if known or best is None or forms.count(best) <= forms.count((one.number, one.year)):
        return None
    return Regulation(one.kind, *best, one.title)


def _same_title(known: Sequence[str], cited: Sequence[str]) -> bool:
    """Whether a citation has (nearly) all words of a title, from its first one on."""
    if not cited or known[0] != cited[0]:
        return False
    there = sum(word in cited[: len(known) + 3] for word in known)
    return there >= LIKE * len(known)


def _meant(one: Citation, before: Sequence[Citation]) -> Regulation | None:
    last = next((c for c in reversed(before) if c.kind == one.kind and c.number == one.number), None)
    return _regulation(last, before) if last is not None and last.year == one.year and not last.again else None


def _name(one: Citation) -> str:
    return " ".join(one.text.split()[:24])
