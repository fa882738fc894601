"""What a row of a table is: a record, a total, an average, a group heading."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from extractors.marks import squash
from schemas.vocab import load

KEPT = 8192  # answers remembered: each line is asked several times, and its name stands in several tables
LEADING_NUMBER = regex.compile(r"^(?P<n>(?:\(?\d{1,3}[.)]|[A-Za-z][.)]|[IVX]{1,5}[.)]|\d{1,3}(?=\s+\p{Lu})))\s*(?=\S)")
LEADING_CODE = regex.compile(r"^(?P<code>\d{1,2}(?:[.\-]\s?\d{1,4}){2,7})\.?\s+(?=\p{L})")


@cache
def _patterns(kind: str) -> tuple[tuple[str, regex.Pattern[str]], ...]:
    return tuple((row["where"], regex.compile(row["pattern"])) for row in load("row_words") if row["kind"] == kind)


@lru_cache(maxsize=KEPT)
def is_word(kind: str, name: str) -> bool:
    """Is the name one of the words of `row_words.csv` of this kind (total, average, group)?"""
    squashed = squash(name)
    return any(p.match(squashed) if where == "start" else p.fullmatch(squashed) for where, p in _patterns(kind))


def split_number(name: str) -> tuple[str | None, str]:
    """("1", "Program ...") for a name that begins with its list number; the number stays part of the printed text."""
    match = LEADING_NUMBER.match(name)
    if not match:
        return None, name
    return match["n"].strip("(). "), name[match.end() :].strip()


def split_code(name: str) -> tuple[str | None, str]:
    """("8.01.01", "Program ...") for a name that begins with its account code."""
    match = LEADING_CODE.match(name)
    if not match:
        return None, name
    return regex.sub(r"\s", "", match["code"]), name[match.end() :].strip()


@cache
def _levels() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    return tuple((row["tingkat"], regex.compile(row["pattern"])) for row in load("levels"))


@lru_cache(maxsize=KEPT)
def level_word(name: str) -> str | None:
    """The level that a line's own first word says ("Program ...", "Belanja Pegawai")."""
    squashed = squash(split_number(name)[1])
    return next((level for level, p in _levels() if p.match(squashed)), None)
