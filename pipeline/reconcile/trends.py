"""Words of change against the figures of the same sentence: rise and fall, rank, year by year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

from pipeline.reconcile.prose import Paragraph, snippet
from pipeline.reconcile.screen import folded, positions, stems
from schemas.document import Place
from schemas.vocab import load

SERIES = 3  # figures that must follow each other, before "year by year" can be tested
NEAR = 70  # characters between a word of change and its figures
_NUMBER = r"(?<![\d.,/-])\d{1,3}(?:\.\d{3})*(?:[.,]\d{1,2})?(?![\d/]|[.,]\d)"
_YEAR = r"(?:19|20)\d\d"


@dataclass(frozen=True, slots=True)
class Trend:
    """A word of change with the figures it is said of; `holds` tells whether they change that way."""

    what: str
    words: str
    figures: str
    place: Place
    sentence: str
    holds: bool
    expected: str | None = None


@cache
def words(kind: str) -> tuple[str, ...]:
    """Words of one kind, the longest first."""
    return tuple(sorted((row["kata"] for row in load("kata_tren") if row["jenis"] == kind), key=len, reverse=True))


@cache
def _any(kind: str) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words(kind))


@cache
def has(kind: str) -> re.Pattern[str]:
    """Whether a text has a word of one kind."""
    return re.compile(rf"(?<!\w)(?:{_any(kind)})(?!\w)", re.IGNORECASE)


def trends(text: Sequence[Paragraph]) -> Iterator[Trend]:
    """All statements of change that their own figures can test, in order."""
    moved = stems(*words("naik"), *words("turun"))
    ways = (
        (_series, set(positions(text, moved, stems(*words("selalu"))))),
        (_steps, set(positions(text, moved, stems(*words("dari")), stems(*words("menjadi"))))),
        (_compared, set(positions(text, ("banding",), moved))),
    )
    for position in sorted(set().union(*(there for _, there in ways))):
        paragraph = text[position]
        mine = [way for way, there in ways if position in there]
        for start, end in paragraph.sentences():
            sentence = paragraph.text[start:end]
            if not any(map(folded(sentence).__contains__, moved)):
                continue
            for trend, at in (found for way in mine for found in way(sentence)):
                around = snippet(paragraph.text, start + at, start + at + 10, 150)
                yield Trend(
                    trend.what,
                    trend.words,
                    trend.figures,
                    paragraph.place_at(start + at),
                    around,
                    trend.holds,
                    trend.expected,
                )


def _value(text: str) -> Decimal:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    return Decimal(text.replace(",", "."))


def _trend(what: str, words: str, figures: str, holds: bool, expected: str | None = None) -> Trend:
    return Trend(what, " ".join(words.split()), " ".join(figures.split()), Place(), "", holds, expected)


@cache
def _serial() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of a change year by year, and the figures of it."""
    said = re.compile(
        rf"(?:mengalami\s+)?(?:(?P<up>{_any('naik')})|(?P<down>{_any('turun')}))(?:\s+\w+){{0,3}}?\s+(?:{_any('selalu')})(?!\w)",
        re.IGNORECASE,
    )
    when = rf"(?:\s*\(?\s*(?:pada\s+)?(?:tahun\s+)?{_YEAR}\s*\)?)?"
    one = rf"{_NUMBER}\s*%?{when}"
    listed = re.compile(rf"{one}(?:\s*(?:,|;|dan|lalu|kemudian)+\s*{one}){{{SERIES - 1},}}")
    return said, listed


def _series(sentence: str) -> Iterator[tuple[Trend, int]]:
    """ "kenaikan dari tahun ke tahun yaitu 5,17, 5,45, 5,45"."""
    said, listed = _serial()
    for found in said.finditer(sentence):
        series = listed.search(sentence, found.end(), found.end() + 2 * NEAR)
        if series is None:
            continue
        numbers = re.findall(_NUMBER, re.sub(rf"(?<![\d.,]){_YEAR}(?![\d.,])", " ", series[0]))
        values = [_value(number) for number in numbers]
        steps = [b - a for a, b in pairwise(values)]
        holds = all(step > 0 for step in steps) if found["up"] else all(step < 0 for step in steps)
        yield _trend("other_series", found[0], series[0], holds), found.start()


@cache
def _step() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:(?P<up>{_any('naik')})|(?P<down>{_any('turun')}))(?!\w)(?P<between>[^.;:\d]{{0,{NEAR}}}?)"
        rf"(?<!\w)(?:{_any('dari')})\s+(?P<a1>(?:[a-z]+\s+){{0,2}}?)(?P<a>{_NUMBER})\s*(?P<ua>%|persen|poin|orang)?"
        rf"(?P<mid>[^.;:\d]{{0,25}}?(?:tahun\s+{_YEAR}[^.;:\d]{{0,12}}?)?)(?:{_any('menjadi')})\s+"
        rf"(?:[a-z]+\s+){{0,2}}?(?P<b>{_NUMBER})\s*(?P<ub>%|persen|poin|orang)?",
        re.IGNORECASE,
    )


def _steps(sentence: str) -> Iterator[tuple[Trend, int]]:
    """ "meningkat dari 90 menjadi 95", "kenaikan peringkat yang semula 13 menjadi 18"."""
    for found in _step().finditer(sentence):
        first, second = _value(found["a"]), _value(found["b"])
        other = has("turun" if found["up"] else "naik")
        if other.search(found["between"]) or has("ingkar").search(found["between"]):
            continue
        if any(word.casefold() == "target" for word in re.findall(r"\w+", found["between"] + found["a1"])):
            continue
        if (found["ua"] or "") != (found["ub"] or "") and found["ua"] and found["ub"]:
            continue
        rank = has("peringkat").search(found["between"] + found["a1"] + found["mid"]) is not None
        better = second < first if rank else second > first
        worse = second > first if rank else second < first
        holds = better if found["up"] else worse
        what = "other_rank" if rank else "other_change"
        expected = ("penurunan" if found["up"] else "kenaikan") if rank or first != second else None
        yield _trend(what, found[0], f"{found['a']} → {found['b']}", holds, expected), found.start()


@cache
def _comparison() -> re.Pattern[str]:
    return re.compile(
        rf"tahun\s+(?P<year>{_YEAR})[^.;]{{0,20}}?dibanding(?:kan)?\s+(?:dengan\s+)?(?P<years>tahun\s+{_YEAR}(?:(?:\s*,\s*|\s+dan\s+)"
        rf"(?:tahun\s+)?{_YEAR})*)\s+(?:terdapat|mengalami|terjadi|ada)?\s*(?:(?P<up>{_any('naik')})|(?P<down>{_any('turun')}))",
        re.IGNORECASE,
    )


def _compared(sentence: str) -> Iterator[tuple[Trend, int]]:
    """ "tahun 2024 dibandingkan dengan tahun 2023 dan 2022 terdapat penurunan", with the figure of each year."""
    found = _comparison().search(sentence)
    if found is None:
        return
    values = {
        int(pair[2]): _value(pair[1])
        for pair in re.finditer(
            rf"({_NUMBER})\s*%?\s*\(?\s*(?:pada\s+)?tahun\s+({_YEAR})\s*\)?", sentence[found.end() :], re.I
        )
    }
    year, others = int(found["year"]), [int(other) for other in re.findall(_YEAR, found["years"])]
    if year not in values or any(other not in values for other in others):
        return
    now = values[year]
    holds = all(now > values[other] if found["up"] else now < values[other] for other in others)
    shown = "; ".join(f"{other}: {str(values[other]).replace('.', ',')}" for other in sorted({*others, year}))
    word = found["up"] or found["down"]
    words = f"{word} dibandingkan {found['years']}"
    yield _trend("other_compared", words, shown, holds), found.start()
