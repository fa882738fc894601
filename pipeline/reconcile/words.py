"""Words the checker goes by, all of them from `schemas/vocabulary`: totals, number words, what speaks of revenue."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from schemas.vocab import load

_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"</?[a-z]+/?>")
_NOT_LETTER = re.compile(r"[^a-z%]+")
_COUNT = re.compile(r"\d[\d.,]*(?:\s*orang)?", re.IGNORECASE)


@cache
def kind(name: str) -> frozenset[str]:
    """All words of one kind (`jenis`) of the checker's own list."""
    return frozenset(row["kata"] for row in load("reconcile") if row["jenis"] == name)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in sorted(kind(name), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


def speaks_of(name: str, text: str) -> bool:
    """Whether the text has a word of that kind."""
    return _pattern(name).search(text) is not None


def starts_with(name: str, text: str) -> bool:
    """Whether the text begins with a word of that kind."""
    return _pattern(name).match(text.strip(" *.:-")) is not None


@cache
def _rows(row_kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in load("row_words") if row["kind"] == row_kind)


def _squash(label: str) -> str:
    return _NOT_LETTER.sub("", _TAG.sub(" ", _COUNT.sub(" ", label.casefold())))


@lru_cache(maxsize=4096)
def is_total(label: str) -> bool:
    """Whether a row or column label is that of a total ("JUMLAH", "Total Keseluruhan")."""
    squashed = _squash(label)
    return any(pattern.fullmatch(squashed) for pattern in _rows("total")) or squashed.startswith(_subtotals())


def is_subtotal(label: str) -> bool:
    """Whether a total is by its label one of a part of the table."""
    return _squash(label).startswith(_subtotals())


@cache
def _subtotals() -> tuple[str, ...]:
    return tuple(word.replace(" ", "") for word in kind("subtotal"))


@cache
def _number_words() -> dict[str, tuple[str, int]]:
    """Word -> kind and worth, misspellings standing for their standard word."""
    rows = {row["kata"]: row for row in load("number_words")}
    result = {}
    for word, row in rows.items():
        standard = rows.get(row["baku"], row)
        if standard["value"]:
            result[word] = (standard["kind"], int(standard["value"]))
    return result


def count_of(words: str) -> int | None:
    """The whole number that words say ("dua puluh lima"), or None where they are not all number words.

    For counts in brackets; amounts of money in words are read by the extraction.
    """
    total = group = unit = 0
    spoken = _WORD.findall(words.casefold())
    for word in spoken:
        what, worth = _number_words().get(word, ("", 0))
        if what == "digit":
            unit = worth
        elif what in ("teen", "hundred"):
            group, unit = group + unit + worth, 0
        elif what == "belas":
            group, unit = group + unit + 10, 0
        elif what in ("puluh", "ratus"):
            group, unit = group + max(unit, 1) * worth, 0
        elif what == "one":
            total, group, unit = total + group + unit + worth, 0, 0
        elif what == "scale":
            total, group, unit = total + max(group + unit, 1) * worth, 0, 0
        else:
            return None
    return total + group + unit if spoken else None
