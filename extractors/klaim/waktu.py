"""Years, periods and budget stages that a sentence names around its figures."""

from __future__ import annotations

from functools import cache

import regex

from extractors.seek import lowered
from schemas import vocab
from schemas.values import value

LAW = regex.compile(
    r"(?:nomor|no\.?|pasal|ayat)\s*:?\s*[\w./-]+\s+(?:tahun|thn)\s+\d{4}|(?:tabel|gambar|grafik)\s+[\w.]+", regex.I
)
SPAN = regex.compile(
    r"(?:19|20)\d{2}\s*(?:[-–—/]|s\.?/?d\.?|sampai(?: dengan)?|hingga)\s*(?:tahun\s*)?(?:19|20)\d{2}", regex.I
)
YEAR = regex.compile(
    r"(?:(?P<named>\b(?:tahun(?:\s+anggaran)?|thn\.?|th\.?|t\.?a\.?)\s*:?\s*)|(?P<bracket>[(\[]\s*)"
    r"|(?P<cue>\b(?:realisasi|target|capaian|anggaran|apbd|dpa|(?:tw|triwulan)\s+[ivx\d]+|desember|januari)\s+))"
    r"(?P<year>(?:19|20)\d{2})(?![\d.,]*\d)(?P<more>(?:\s*(?:,|dan|&|serta|ke)\s*(?:tahun\s*)?(?:19|20)\d{2}(?![\d.,]*\d))*)",
    regex.I,
)
RELATIVE = regex.compile(r"\btahun\s+(?P<when>lalu|sebelumnya|kemarin|ini)\b", regex.I)
BACK = frozenset({"lalu", "sebelumnya", "kemarin"})
QUARTER = regex.compile(
    r"\b(?:triwulan|tribulan|kuartal|tw|trw)\.?\s*(?:ke-?\s*)?(?P<n>iv|iii|ii|i|[1-4]|pertama|kedua|ketiga|keempat)\b",
    regex.I,
)
HALF = regex.compile(r"\bsemester\s*(?:ke-?\s*)?(?:i|1|pertama)\b", regex.I)
PERIODS = ("triwulan", "tribulan", "kuartal", "tw", "trw", "semester")  # one of which stands in all that these two find
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4}
COMPARED = regex.compile(r"(?:dibanding(?:kan)?|daripada|perbandingan)(?:\s+\w+){0,4}\s*$", regex.I)


@value(frozen=True, slots=True)
class Year:
    """A year named at `start`..`end`; `year` is None where several are named at once ("tahun 2022 dan 2023")."""

    start: int
    end: int
    year: int | None
    bracket: bool = False
    compared: bool = False  # "dibandingkan tahun 2022": not the year of what went before


def find_years(text: str, identity_year: int) -> tuple[Year, ...]:
    """The fiscal years a sentence names; years of laws, tables and plan periods are left out."""
    found: list[Year] = []
    if "19" in text or "20" in text:
        _named_years(text, found)
    if identity_year and "tahun" in text.lower():
        for match in RELATIVE.finditer(text):
            year = identity_year - (lowered(match["when"]) in BACK)
            found.append(Year(match.start(), match.end(), year))
    return tuple(sorted(found, key=lambda y: y.start))


def _named_years(text: str, found: list[Year]) -> None:
    taken = [m.span() for m in LAW.finditer(text)]
    for match in SPAN.finditer(text):
        if not _inside(match.span(), taken):
            found.append(Year(match.start(), match.end(), None))
            taken.append(match.span())
    for match in YEAR.finditer(text):
        if not _inside((match.start("year"), match.end("year")), taken):
            year = None if match["more"] else int(match["year"])
            compared = COMPARED.search(text, max(0, match.start() - 40), match.start()) is not None
            bracket = match["bracket"] is not None or text[: match.start()].rstrip().endswith(("(", "["))
            found.append(Year(match.start(), match.end(), year, bracket, compared))


def _inside(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def find_period(text: str) -> str | None:
    """TW1..TW4 where the text names one quarter (the first half-year ends with the second quarter)."""
    low = lowered(text)
    if not any(map(low.__contains__, PERIODS)):
        return None
    match = QUARTER.search(text)
    if match:
        name = lowered(match["n"])
        return f"TW{QUARTERS.get(name) or int(name)}"
    return "TW2" if HALF.search(text) else None


def find_stage(text: str) -> str | None:
    """murni or perubahan, where the text names a budget's stage; of several the last."""
    if not may_name_stage(text):
        return None
    last = None
    for match in _stages().finditer(text):
        last = match
    return _stage_of()[regex.sub(r"\s+", " ", lowered(last[0]))] if last else None


def may_name_stage(text: str) -> bool:
    """Whether a word stands in the text without which it names no stage."""
    return any(map(lowered(text).__contains__, _stage_words()))


@cache
def _stage_of() -> dict[str, str]:
    return {row["frasa"]: row["tahap"] for row in vocab.load("klaim_tahap")}


@cache
def _stage_words() -> frozenset[str]:
    """The last word of each of these phrases: it stands seldom elsewhere."""
    return frozenset(phrase.split()[-1] for phrase in _stage_of())


@cache
def _stages() -> regex.Pattern[str]:
    phrases = sorted(_stage_of(), key=len, reverse=True)
    return regex.compile(r"\b(?:" + "|".join(regex.escape(p).replace(r"\ ", r"\s+") for p in phrases) + r")\b", regex.I)
