"""The vocabulary of numbers, made ready: units, scale words, words of bounds and ranges, words for nil."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import islice

from schemas.vocab import load, words

_SLASH = re.compile(r"\s*/\s*")
_TOKEN = re.compile(r"[^\s,;()]+")


@dataclass(frozen=True, slots=True)
class Scale:
    """A word that multiplies: `reads` tells how a lone group of three digits before it is meant (desimal, gaya)."""

    factor: Decimal
    where: str  # any | capital | money
    reads: str


@cache
def scales() -> dict[str, Scale]:
    """Scale words, case-folded."""
    return {r["kata"]: Scale(Decimal(r["factor"]), r["where"], r["group"]) for r in load("scale_words")}


def scale_word(word: str, *, money: bool) -> Scale | None:
    """The scale that `word`, as printed, stands for beside an amount of rupiah (`money`) or any number."""
    scale = scales().get(word.casefold())
    if scale is None:
        return None
    if scale.where == "money":
        return scale if money and word.isupper() else None
    if scale.where == "capital":
        return scale if word.isupper() else None
    return scale


@cache
def bounds() -> dict[str, str]:
    """Words before a number that make it a bound, with the sign they stand for."""
    return {r["kata"]: r["relation"] for r in load("bound_words") if r["kind"] == "bound"}


@cache
def bound_pattern() -> re.Pattern[str]:
    """A relation sign or a bound word at the beginning of a text."""
    return re.compile(rf"(?P<rel>[≤≥<>±~]|{_any(bounds())}(?![a-z]))\s*", re.IGNORECASE)


@cache
def range_pattern() -> re.Pattern[str]:
    """What stands between the ends of a range."""
    between = _any([r["kata"] for r in load("bound_words") if r["kind"] == "range"])
    return re.compile(rf"\s*(?P<rel>[≤≥<>]|(?:{between})(?![a-z])|-)\s*(?:[xX]\s*[≤≥<>]\s*)?", re.IGNORECASE)


@cache
def nil_words() -> dict[str, str]:
    """Words in a number's place: word -> nihil | tak_diketahui."""
    return {r["kata"]: r["arti"] for r in load("nil_words")}


@lru_cache(maxsize=10_000)
def is_unit(text: str) -> bool:
    """Whether `text` is a unit of the vocabulary ("orang", "dokumen", "orang/bulan")."""
    return _unit_form(text) in words("units")


def _unit_form(text: str) -> str:
    return _SLASH.sub("/", text.strip().casefold()).replace("²", "2").replace("³", "3")


@lru_cache(maxsize=10_000)
def _begins_unit(token: str) -> bool:
    """Whether a unit of the vocabulary may begin with a word, as printed."""
    return _unit_form(token).rstrip(".") in _unit_beginnings()


@cache
def _unit_beginnings() -> frozenset[str]:
    return frozenset(unit[:end] for unit in words("units") for end in range(len(unit) + 1))


def unit_at(text: str) -> str | None:
    """The longest unit of the vocabulary that `text` begins with, as printed."""
    first = _TOKEN.match(text)
    if first is None or not _begins_unit(first[0]):
        return None
    tokens = list(islice(_TOKEN.finditer(text), 4))
    for token in reversed(tokens):
        candidate = text[tokens[0].start() : token.end()].rstrip(".")
        if tokens[0].start() == 0 and is_unit(candidate):
            return candidate
    return None


def _any(items: list[str] | dict[str, str]) -> str:
    return "|".join(re.escape(w) for w in sorted(items, key=len, reverse=True))
