"""What a header's words mean: the vocabulary of `headers.csv`, `header_words.csv`, `header_hints.csv`
and `months.csv` applied to a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

import regex

from extractors.marks import squash
from schemas.vocab import load

YEAR = regex.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
YEAR_RANGE = regex.compile(r"(?:19|20)\d{2}\s*[-–/s.d]+\s*(?:19|20)\d{2}")
# Cumulated up to a year; "2013 s.d. 2018" is a range.
UNTIL = regex.compile(
    r"(?<!\d\s*)(?:s\.?/?d\.?|sampai(?: dengan)?|hingga)\s*(?:tahun|thn|ta)?\.?\s*(?P<year>(?:19|20)\d{2})(?!\d)",
    regex.I,
)
COLUMN_NUMBER = regex.compile(r"\(\s*\d{1,2}\s*(?:=[^)]*)?\)\s*$")
# "Tahun n", "Tahun ke-", "T.A." say nothing about the role of a column.
NEUTRAL = regex.compile(
    r"(?:(?:tahun|thn|ta)(?:anggaran)?)?(?:19|20)\d{2}|(?:pada)?(?:tahun|thn|ta)(?:ke|n|ini|berjalan|anggaran|lalu)?"
)
CURRENCY_ONLY = regex.compile(r"^\(?\s*(?:dalam\s+)?(?:rp|rupiah|idr)\.?\s*\)?$", regex.I)

KEPT = 8192  # answers remembered: headers and short cells come again and again

_YEARS = regex.compile(r"(?:tahun|thn|ta)?(?:anggaran)?(?:19|20)\d{2}(?:(?:19|20)\d{2})*")
_WORD = regex.compile(r"\p{L}+")
_DIGIT = regex.compile(r"\d")
_SPAN = regex.compile(r"(?:tahun|bulan|s/?d|sd)|(?:19|20)\d{2}")
_BROKEN = regex.compile(r"(?<=\d)\s+(?=\d)")
_UNIT = regex.compile(r"\(?\s*(?:Rp\.?|%|rupiah)\s*\)?", regex.I)
_YEAR_N = regex.compile(r"(?:tahun|thn)\.?\s*(?:n|(?:19|20)\d{2}|ke\b.*)", regex.I)


@cache
def _roles() -> tuple[re.Pattern[str], dict[str | None, str]]:
    rows = load("headers")
    return _first_of(row["pattern"] for row in rows), {f"_{k}": row["role"] for k, row in enumerate(rows)}


@cache
def _hints() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((row["hint"], row["value"], re.compile(row["pattern"])) for row in load("header_hints"))


@cache
def _periods() -> tuple[re.Pattern[str], dict[str | None, str]]:
    rows = load("months")
    return _first_of(row["pattern"] for row in rows), {f"_{k}": row["period"] for k, row in enumerate(rows)}


def _first_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all: the name of its last group tells the first of them that matches a squashed text (which has
    letters, digits and % only). Python's `re` makes and tries it in a fifth of the time of one after the other."""
    return re.compile("|".join(f"(?P<_{k}>{pattern})" for k, pattern in enumerate(patterns)))


@lru_cache(maxsize=KEPT)
def role_of(text: str) -> str | None:
    """Role of one header text, or None when the vocabulary does not know it (years and "Rp" alone have no role)."""
    cleaned = COLUMN_NUMBER.sub("", text)
    squashed = squash(cleaned)
    if not squashed:
        return None
    without_year = _YEARS.sub("", squashed) or squashed
    for candidate in dict.fromkeys((squashed, without_year)):
        if NEUTRAL.fullmatch(candidate):
            continue
        pattern, roles = _roles()
        if found := pattern.fullmatch(candidate):
            return roles[found.lastgroup]
    for word in _WORD.findall(cleaned.casefold()):
        if role := _words().get(word):
            return role
    return _misspelt(without_year)


@cache
def _words() -> dict[str, str]:
    return {row["word"]: row["role"] for row in load("header_words")}


def _misspelt(squashed: str) -> str | None:
    """Role of a known term that is a typing error away; short words are not guessed."""
    if len(squashed) < 6 or _DIGIT.search(squashed):
        return None
    from rapidfuzz import fuzz, process

    terms = _terms()
    found = process.extractOne(squashed, terms.keys(), scorer=fuzz.ratio, score_cutoff=85)
    return terms[found[0]] if found else None


@cache
def _terms() -> dict[str, str]:
    return {row["term"]: row["role"] for row in load("header_terms")}


@lru_cache(maxsize=KEPT)
def hints_of(text: str) -> dict[str, str]:
    """Hints in a header text: stage, acuan, baseline, group, percent, total (first match of each kind)."""
    squashed = squash(text)
    found: dict[str, str] = {}
    for hint, value, pattern in _hints():
        if hint not in found and pattern.search(squashed):
            found[hint] = value
    return found


@lru_cache(maxsize=KEPT)
def period_of(text: str) -> str | None:
    """TW1..TW4, B01..B12 when the header names a single period and nothing else."""
    squashed = _SPAN.sub("", squash(text))
    pattern, periods = _periods()
    found = pattern.fullmatch(squashed) if squashed else None
    return periods[found.lastgroup] if found else None


@lru_cache(maxsize=KEPT)
def year_of(text: str) -> int | None:
    """The one year a header names; None for no year or a range of years."""
    compact = _BROKEN.sub("", text.strip())
    if YEAR.fullmatch(compact):
        return int(compact)  # "202 5": a year broken by a narrow column
    until = UNTIL.search(text)
    if until:
        return int(until["year"])  # "s.d. tahun 2016 (2014+2015+2016)"
    if YEAR_RANGE.search(text):
        return None
    years = {int(y) for y in YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


@lru_cache(maxsize=KEPT)
def is_header_text(text: str) -> bool:
    """Could this cell be (part of) a column header? A known role, a year, a period, a currency or a percent sign."""
    stripped = text.strip()
    if not stripped or len(stripped) > 120:
        return False
    bare = _UNIT.sub("", stripped).strip()
    if YEAR.fullmatch(bare):
        return True
    if (
        YEAR.fullmatch(_BROKEN.sub("", stripped))
        or CURRENCY_ONLY.match(stripped)
        or stripped in {"%", "(%)", "K", "Rp"}
    ):
        return True
    if "stage" in hints_of(stripped) and len(stripped) < 30:
        return True
    return role_of(stripped) is not None or period_of(stripped) is not None or _YEAR_N.fullmatch(stripped) is not None
