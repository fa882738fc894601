"""Regions in running text: "Kota Pontianak", "Prov. Jawa Barat"; which are official, and which is the report's own."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz

from pipeline.reconcile.screen import folded

LONGEST = 4  # words of a region's name that are looked at
SPELT = 82  # likeness of a misspelt name of the own region
_KIND = re.compile(r"\s*,?\s*(?P<kind>provinsi|propinsi|prov\.|kabupaten|kab\.|kota)\s+(?=[^\W\d_])", re.IGNORECASE)
_WORD = re.compile(r"\s*([^\W\d_][\w'’-]*)")
_LEVEL = {
    "provinsi": "provinsi",
    "propinsi": "provinsi",
    "prov.": "provinsi",
    "kabupaten": "kabupaten",
    "kab.": "kabupaten",
}
_STOP = frozenset({"tahun", "nomor", "anggaran", "dan", "untuk", "yang", "dalam", "pada", "dengan", "adalah"})


@dataclass(frozen=True, slots=True)
class Region:
    """A region as named: its level, its name without the kind, where the mention ends, and whether it is official."""

    level: str
    name: str
    end: int
    official: bool

    @property
    def full(self) -> str:
        return f"{self.level.title()} {self.name}"


@cache
def _official() -> dict[str, frozenset[str]]:
    """Names by level, squashed (source: schemas/reference/README.md)."""
    text = (files("schemas") / "reference" / "wilayah.csv").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {"provinsi": set(), "kabupaten": set(), "kota": set()}
    for row in csv.DictReader(text.splitlines()):
        found[row["tingkat"]].add(squash(re.sub(r"^(?:Kota|Kabupaten)\s+", "", row["nama"])))
    return {level: frozenset(names) for level, names in found.items()}


def squash(text: str) -> str:
    return re.sub(r"[\W_]+", "", folded(text).casefold())


def _level(kind: str) -> str:
    """The level that a word names, in whatever letters ("PROVİNSİ")."""
    low = folded(kind)
    return _LEVEL.get(low, low)


def split(full: str) -> tuple[str, str]:
    """Level and name of a region with its kind ("Kota Pontianak")."""
    kind, _, name = full.partition(" ")
    return _level(kind), name


def is_official(full: str) -> bool:
    level, name = split(full)
    return squash(name) in _official().get(level, frozenset())


def region_at(text: str, start: int) -> Region | None:
    """The region that is named at a place of a text, with its kind; None where none is."""
    found = _KIND.match(text, start)
    if found is None:
        return None
    level = _level(found["kind"])
    words: list[str] = []
    ends: list[int] = []
    at = found.end()
    while len(words) < LONGEST and (word := _WORD.match(text, at)):
        words.append(word[1])
        ends.append(word.end())
        at = word.end()
    for count in range(len(words), 0, -1):
        if squash("".join(words[:count])) in _official()[level]:
            return Region(level, " ".join(words[:count]), ends[count - 1], True)
    capitals = 0
    while capitals < len(words) and words[capitals][:1].isupper() and words[capitals].casefold() not in _STOP:
        capitals += 1
    return Region(level, " ".join(words[:capitals]), ends[capitals - 1], False) if capitals else None


def is_own(text: str, start: int, own: str) -> bool:
    """Whether what stands at a place of a text is the report's own region, with its kind, perhaps misspelt."""
    found = _KIND.match(text, start)
    level, name = split(own)
    if found is None or _level(found["kind"]) != level:
        return False
    words: list[str] = []
    at = found.end()
    for _ in name.split():
        word = _WORD.match(text, at)
        if word is None:
            return False
        words.append(word[1])
        at = word.end()
    return fuzz.ratio(squash("".join(words)), squash(name)) >= SPELT
