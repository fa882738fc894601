"""Years in running text and captions, and which of them a report can only mean as its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.reconcile.prose import Paragraph, snippet
from pipeline.reconcile.screen import YEARS, beginning, folded, holding, stems
from schemas.document import Place
from schemas.records import Report, TypedTable
from schemas.table import TextLine
from schemas.vocab import load

NEAR = 4  # a year further from the report's than this is no slip
REACH = 30  # lines of a text file within which the table follows that a sentence leads into
COVER = 40  # lines that a cover may have at most
_YEAR = r"(?<![\d.,/-])(?:19|20)\d\d(?![\d/]|[.,]\d)"
YEAR = re.compile(_YEAR)
SPAN = re.compile(rf"({_YEAR})\s*(?:-|–|—|s\.?\s?/?d\.?|sampai(?:\s+dengan)?|hingga)\s*(?:tahun\s*)?((?:19|20)\d\d)")
_LEADS = re.compile(r"(?:sebagai\s*berikut|berikut(?:\s+ini)?|di\s*bawah\s+ini|:)\s*[:.]?\s*$", re.IGNORECASE)
_LEADING = ("berikut", "ini", ":")  # with one of which, a full stop aside, ends what leads into something
_THIS_YEAR = re.compile(rf"tahun\s+{_YEAR}\s+ini(?!\w)", re.IGNORECASE)
LEADS = ("berikut", "bawah", ":")  # one of them is at the end of what leads into something
_CHAPTER = re.compile(r"^\W*(?:kata\s+pengantar|daftar\s+isi|bab\b|ikhtisar|ringkasan|pendahuluan)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A year that is named where the report's own is meant: `told` is the year it must be, `sure` whether that is sure."""

    how: str
    subject: str
    year: str
    told: str
    place: Place
    words: str
    table_id: str | None = None


@cache
def words(kind: str) -> tuple[str, ...]:
    """Words of one kind, the longest first."""
    return tuple(sorted((row["kata"] for row in load("kata_tahun") if row["jenis"] == kind), key=len, reverse=True))


@cache
def pattern(kind: str) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in words(kind))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


@cache
def ordinals() -> dict[str, int]:
    return {row["kata"]: int(row["nilai"]) for row in load("kata_tahun") if row["jenis"] == "urutan"}


@cache
def own_documents(jenis: str) -> str:
    """Names of the kind of document a report is, as alternatives of a pattern."""
    names = [row["frasa"] for row in load("jenis_laporan") if row["jenis"] == jenis and int(row["bobot"]) >= 2]
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))


def years_of(text: str) -> set[int]:
    """Years a text names, those of periods ("2021-2026") left out."""
    return {int(found[0]) for found in YEAR.finditer(SPAN.sub(" ", text))}


def spans_of(text: str) -> list[tuple[int, int]]:
    return [span_of(found) for found in SPAN.finditer(text)]


def span_of(found: re.Match[str]) -> tuple[int, int]:
    """First and last year of a match of SPAN."""
    return int(found[1]), int(found[2])


def leads_in(text: str) -> bool:
    """Whether a sentence leads into what follows it."""
    end = text.rstrip()
    if end.endswith(":"):
        return True
    end = folded(end.removesuffix(".").rstrip()[-len(_LEADING[0]) :])
    return end.endswith(_LEADING) and _LEADS.search(text) is not None


def position(place: Place) -> tuple[int, float]:
    """Where something stands in the order of reading."""
    return place.page or 0, float(place.line or 0) if place.box is None else place.box.top


def table_after(report: Report, place: Place) -> TypedTable | None:
    """The table that follows a place at once: on the same page or the next, or within some lines of a text file."""
    at = position(place)
    for table in report.tables:
        start = position(table.raw.caption_place or table.raw.place_first)
        if start > at:
            near = start[0] - at[0] <= 1 if place.page is not None else start[1] - at[1] <= REACH
            return table if near else None
    return None


def column_years(table: TypedTable) -> list[int]:
    """Years of a table's columns in order, those of a plan's end left out."""
    return [column.year for column in table.columns if column.year is not None and column.acuan is None]


def tells(table: TypedTable, year: int) -> bool:
    """Whether caption or columns name a year."""
    return year in years_of(table.raw.title or "") or year in column_years(table)


def cover(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    """Lines of the cover: those before the first chapter."""
    for line in lines[:COVER]:
        if _CHAPTER.match(line.text):
            return
        yield line


def covers(report: Report) -> Iterator[tuple[Named | None, TextLine]]:
    """Lines of the cover that name the kind of report with a year, and whether it is another than the report's."""
    year = report.identity.year
    kind = re.compile(rf"^\W*(?:{own_documents(report.identity.jenis)})\W*(?:tahun\W*)?({_YEAR})\W*$", re.IGNORECASE)
    lines = list(cover(report.text))
    for line in lines:
        found = kind.match(line.text)
        if found is None:
            continue
        others = [other for other in lines if other is not line and year in years_of(other.text)]
        if int(found[1]) == year:
            yield None, line
        elif others:
            yield Named("year_cover", "Sampul", found[0].strip("* "), str(year), line.place, line.text), line


def own_year(report: Report, text: Sequence[Paragraph]) -> Iterator[tuple[Named | None, Paragraph, int]]:
    """Sentences that name this very report with a year ("RKT ... Tahun 2020 ini memuat")."""
    year = report.identity.year
    kind = own_documents(report.identity.jenis)
    this = re.compile(rf"(?<!\w)(?:{kind})(?!\w)[^.;:]{{0,160}}?tahun\s+({_YEAR})\s+ini(?!\w)", re.IGNORECASE)
    for position in sorted(beginning(text, _THIS_YEAR, ("tahun",))):
        paragraph = text[position]
        for found in this.finditer(paragraph.text):
            if pattern("rencana").search(found[0]) and report.identity.jenis == "lkjip":
                continue
            if int(found[1]) == year:
                yield None, paragraph, found.start()
            elif abs(int(found[1]) - year) <= NEAR:
                name = " ".join(found[0].split()[:14])
                yield _named("year_own", name, found[1], year, paragraph, found.start(1)), paragraph, found.start()


def _named(how: str, subject: str, said: str, year: int, paragraph: Paragraph, at: int) -> Named:
    return Named(how, subject, said, str(year), paragraph.place_at(at), snippet(paragraph.text, at, at + 4, 120))


def lead_ins(report: Report, text: Sequence[Paragraph]) -> Iterator[tuple[Named | None, Paragraph, int]]:
    """Sentences about results of one year that lead into a table of results, against the years that table tells."""
    year = report.identity.year
    for paragraph in holding(text, YEARS, LEADS, stems(*words("hasil"))):
        for start, end in paragraph.sentences():
            sentence = paragraph.text[start:end]
            if not leads_in(sentence) or not pattern("hasil").search(sentence):
                continue
            named = years_of(sentence)
            if len(named) != 1 or spans_of(sentence):
                continue
            if any(pattern(kind).search(sentence) for kind in ("banding", "rencana", "hukum")):
                continue
            (said,) = named
            table = table_after(report, paragraph.place_at(end - 1))
            if table is None or abs(said - year) > NEAR:
                continue
            at = start + sentence.index(str(said))
            if said == year or tells(table, said):
                yield None, paragraph, at
            elif tells(table, year):
                name = " ".join(sentence.split()[:14])
                yield _named("year_lead", name, str(said), year, paragraph, at), paragraph, at


def captions(report: Report) -> Iterator[tuple[Named | None, TypedTable]]:
    """Captions that name one year, against the years of the table's columns."""
    year = report.identity.year
    for table in report.tables:
        title = table.raw.title or ""
        named, columns = years_of(title), column_years(table)
        if len(named) != 1 or not columns or spans_of(title):
            continue
        (said,) = named
        if said in columns or year not in columns or abs(said - year) > NEAR:
            yield None, table
            continue
        at = title.find(str(said))
        if at < 0:  # in digits of another width
            at = next(found.start() for found in YEAR.finditer(title) if int(found[0]) == said)
        before = title[:at][-60:]
        if not pattern("rencana").search(before):
            place = table.raw.caption_place or table.raw.place_first
            name = f"Judul Tabel {table.raw.label}" if table.raw.label else f"Judul tabel: {title[:60]}"
            yield Named("year_caption", name, str(said), str(year), place, title, table.raw.table_id), table


def shifted(report: Report, text: Sequence[Paragraph]) -> Iterator[Named]:
    """Sentences with a period that lead into a table of as many years, one or more years later."""
    for paragraph in holding(text, YEARS, LEADS):
        for start, end in paragraph.sentences():
            sentence = paragraph.text[start:end]
            if not leads_in(sentence) or len(spans := spans_of(sentence)) != 1 or pattern("rencana").search(sentence):
                continue
            table = table_after(report, paragraph.place_at(end - 1))
            years = sorted(set(column_years(table))) if table is not None else []
            first, last = spans[0]
            if len(years) < 2 or report.identity.year not in years or years != list(range(years[0], years[-1] + 1)):
                continue
            if last - first == years[-1] - years[0] and 0 < years[-1] - last <= NEAR:
                at = start + sentence.index(str(first))
                told = f"{years[0]}-{years[-1]}"
                name = " ".join(sentence.split()[:14])
                words_ = snippet(paragraph.text, at, at + 9, 120)
                yield Named("year_lead", name, f"{first}-{last}", told, paragraph.place_at(at), words_)


def same_twice(text: Sequence[Paragraph]) -> Iterator[Named]:
    """Comparisons of one thing in a year with the same thing in the same year."""
    compared = re.compile(
        rf"(?:perbandingan|membandingkan|dibandingkan|bandingkan)\s+(?:antara\s+)?(?P<what>[a-z ]{{4,60}}?)\s+"
        rf"tahun\s+(?P<year>{_YEAR})\s+(?:dengan|terhadap|dan)\s+(?:(?P=what)\s+)?tahun\s+(?P=year)(?!\d)",
        re.IGNORECASE,
    )
    for paragraph in holding(text, ("banding",), ("tahun",), YEARS):
        for found in compared.finditer(paragraph.text):
            year = int(found["year"])
            said = f"{year} dengan {year}"
            told = f"{year} dengan {year - 1}"
            name = f"Perbandingan {found['what']}"
            around = snippet(paragraph.text, found.start(), found.end(), 60)
            yield Named("year_twice", name, said, told, paragraph.place_at(found.start("year")), around)


def plan_years(report: Report, text: Sequence[Paragraph]) -> Iterator[tuple[Named | None, Paragraph, int]]:
    """The number of the report's year in a plan ("tahun ke IV Renstra 2024-2026"), counted from its first year."""
    year = report.identity.year
    numbers = "|".join(sorted(ordinals(), key=len, reverse=True))
    plans = "|".join(re.escape(word) for word in words("jangka"))
    counted = re.compile(
        rf"tahun\s+(?:ke[\s-]*(?=[\divx ]))?(?P<number>{numbers})(?!\w)[^.;:]{{0,60}}?(?<!\w)(?:{plans})(?!\w)[^.;:]{{0,140}}?"
        rf"(?P<first>{_YEAR})\s*(?:-|–|—|s/d|sampai\s+dengan)\s*(?P<last>(?:19|20)\d\d)",
        re.IGNORECASE,
    )
    numbered = re.compile(rf"tahun\s+(?:ke[\s-]*(?=[\divx ]))?(?:{numbers})(?!\w)", re.IGNORECASE)
    for position in sorted(beginning(text, numbered, ("tahun",))):
        paragraph = text[position]
        for found in counted.finditer(paragraph.text):
            first, last = int(found["first"]), int(found["last"])
            if not first <= year <= last or last - first > 5:
                continue
            number = ordinals()[folded(found["number"])]
            if number == year - first + 1:
                yield None, paragraph, found.start()
            else:
                told = _like(found["number"], year - first + 1)
                name = f"Tahun pelaksanaan rencana {first}-{last}"
                around = snippet(paragraph.text, found.start(), found.end(), 40)
                place = paragraph.place_at(found.start())
                yield Named("year_plan", name, found["number"], told, place, around), paragraph, found.start()


def _like(number: str, value: int) -> str:
    """A number of a year in the form the report uses ("IV", "4", "keempat")."""
    plain = number.casefold()
    kinds = [re.compile(r"[ivx]+"), re.compile(r"\d"), re.compile(r"ke\w+|pertama"), re.compile(r"\w+")]
    form = next(kind for kind in kinds if kind.fullmatch(plain))
    found = next(word for word, worth in ordinals().items() if worth == value and form.fullmatch(word))
    return found.upper() if number.isupper() else found
