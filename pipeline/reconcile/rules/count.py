"""Counts in sentences: digits against the word in brackets, and against the list that follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.reconcile.achieved import achieved_counts
from pipeline.reconcile.checking import plain
from pipeline.reconcile.lists import TextList, text_lists
from pipeline.reconcile.running import running_numbers
from pipeline.reconcile.screen import joined
from pipeline.reconcile.words import count_of, kind, speaks_of
from schemas.checks import Check, Outcome
from schemas.document import Place
from schemas.records import Report
from schemas.table import TextLine

RULE = "count"
SOURCE = "arithmetic: a number, its word in brackets and the number of items listed are one count"

_WORDED = re.compile(
    r"(?<![\d.,/])(\d{1,3}(?:\.\d{3})*)\s*\(\s*([A-Za-z][A-Za-z \-\n]{1,60}?)\s*\)(?=(\s+[A-Za-z]+(?:\s+[A-Za-z]+)?)?)"
)
_AROUND = 60  # characters of the sentence that name what is counted


def check(report: Report) -> Iterator[Check]:
    """Jumlah dengan angka sama dengan hurufnya dalam kurung, dan dengan banyaknya butir yang didaftar sesudahnya."""
    whole = joined(report.text)  # a count may be cut by a line's end
    for match in _worded(whole.text):
        words = count_of(match[2])
        if words is None:
            continue
        line = report.text[whole.line_at(match.start())]
        digits = int(match[1].replace(".", ""))
        yield _words(line.place, digits, words, match, whole.text)
    for found in text_lists(report.text):
        yield from _listed(report.text, found)
    yield from achieved_counts(report, RULE)
    yield from running_numbers(report, RULE)


def _worded(text: str) -> Iterator[re.Match[str]]:
    """Counts with something in brackets behind them: what stands before each bracket is looked at."""
    bracket = text.find("(")
    while bracket >= 0:
        start = bracket
        while start and text[start - 1].isspace():
            start -= 1
        while start and (text[start - 1].isdecimal() or text[start - 1] in ".,/"):
            start -= 1
        match = _WORDED.match(text, start)
        if match is not None:
            yield match
        bracket = text.find("(", bracket + 1)


def _words(place: Place, digits: int, words: int, match: re.Match[str], text: str) -> Check:
    thing = " ".join((match[3] or "").split())
    around = " ".join(text[max(0, match.start() - _AROUND) : match.end() + _AROUND].split())
    return plain(
        RULE,
        "words",
        f"Jumlah {thing}".strip() + f" ({' '.join(match[0][: match.end(2) - match.start() + 1].split())})",
        Outcome.COCOK if digits == words else Outcome.TIDAK_COCOK,
        place,
        stated_as=str(digits),
        expected=str(words),
        detail=(("kalimat", around), ("huruf", " ".join(match[2].split())), ("baris", _where(place))),
    )


def _listed(lines: Sequence[TextLine], found: TextList) -> Iterator[Check]:
    """The last count of the sentence that ends with the colon, where it counts what such a list may hold."""
    intro = lines[found.intro].text
    counted = _last_count(intro)
    if counted is None or speaks_of("antara", intro):
        return
    stated, thing = counted
    there = len(found.items)
    outcome, reason = Outcome.COCOK, None
    if there != stated:
        certain = there > stated or (found.closed and there > 1)
        outcome = Outcome.TIDAK_COCOK if certain else Outcome.TAK_TERUJI
        reason = None if certain else "akhir daftar tidak jelas"
    place = lines[found.intro].place
    yield plain(
        RULE,
        "count",
        f"Jumlah {thing}: {_head(intro)}",
        outcome,
        place,
        stated_as=str(stated),
        expected=str(there),
        reason=reason,
        detail=(("kalimat", intro[-200:]), ("benda", thing), ("baris", _where(place))),
    )


@cache
def _counted() -> re.Pattern[str]:
    things = "|".join(re.escape(thing) for thing in sorted(kind("benda"), key=len, reverse=True))
    return re.compile(rf"(?<![\d.,/])(\d{{1,2}})\s*(?:\(\s*[A-Za-z ]+\s*\))?\s+({things})(?!\w)", re.IGNORECASE)


def _last_count(intro: str) -> tuple[int, str] | None:
    matches = list(_counted().finditer(intro))
    if len(matches) != 1 or len(intro) - matches[0].end() > _AROUND:
        return None
    return int(matches[0][1]), matches[0][2].casefold()


def _head(text: str) -> str:
    return " ".join(text.split()[:10])


def _where(place: Place) -> str:
    return f"{place.page or ''}/{place.line or ''}"
