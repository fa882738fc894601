"""Sentences that say a target is met, against the capaian they or the tables give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pipeline.reconcile.absent import agreed_tables
from pipeline.reconcile.figures import usable
from pipeline.reconcile.interval import FULL
from pipeline.reconcile.names import NameIndex
from pipeline.reconcile.prose import Paragraph, snippet
from pipeline.reconcile.screen import positions, stems
from pipeline.reconcile.trends import has, words
from pipeline.reconcile.years import YEAR
from schemas.checks import Evidence
from schemas.document import Place
from schemas.figure import Figure
from schemas.records import Kinerja, Klaim, Report

BEFORE = 90  # characters before the words that may deny them
_ALL = re.compile(
    r"target(?:\s+\w+){0,6}?\s+(?:dapat|telah|sudah|berhasil)?\s*(?:dicapai|tercapai|terpenuhi)(?!\w)", re.IGNORECASE
)
_NOT_MET = re.compile(r"^\s*(?:kinerja(?:nya)?\s+)?(?:sebesar|hingga|sampai|akhir|renstra|rpjmd|jangka)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Met:
    """A sentence that says a target is met; `short` is the figure that says it is not (None: it is met)."""

    what: str
    subject: str
    words: str
    place: Place
    sentence: str
    capaian: str | None
    seen: tuple[Evidence, ...] = ()


@cache
def _said() -> re.Pattern[str]:
    return has("tercapai")


def met(report: Report, text: Sequence[Paragraph]) -> Iterator[Met]:
    """Every such sentence that a figure can test: of one indicator (in its paragraph), or of all of them."""
    claims: dict[tuple[int | None, int | None, float | None], list[Klaim]] = {}
    for klaim in report.klaim:
        claims.setdefault(_spot(klaim.place), []).append(klaim)
    fulfilled = stems(*words("tercapai"))
    every = set(positions(text, (*fulfilled, "target"), stems(*words("semua"))))
    for position in positions(text, (*fulfilled, "target")):
        paragraph = text[position]
        mine = [klaim for line in paragraph.lines for klaim in claims.get(_spot(line.place), [])]
        yield from _one(paragraph, mine)
        if position in every:
            yield from _whole(report, paragraph)


def _spot(place: Place) -> tuple[int | None, int | None, float | None]:
    return place.page, place.line, place.box.top if place.box is not None else None


def _one(paragraph: Paragraph, claims: Sequence[Klaim]) -> Iterator[Met]:
    """A paragraph about one indicator, whose capaian it gives."""
    given = [klaim for klaim in claims if klaim.capaian is not None and usable(klaim.capaian)]
    if len(given) != 1:
        return
    capaian, target, realisasi = given[0].capaian, given[0].target, given[0].realisasi
    if capaian is None or target is None or realisasi is None or not usable(target) or not usable(realisasi):
        return
    for start, end in paragraph.sentences():
        sentence = paragraph.text[start:end]
        found = _said().search(sentence)
        if found is None or has("ingkar").search(sentence[max(0, found.start() - BEFORE) : found.start()]):
            continue
        if _NOT_MET.match(sentence[found.end() :]) or has("semua").search(sentence):
            continue
        reached = _reaches(capaian) or target.value == realisasi.value
        name = f"{given[0].subjek or 'indikator'}: target"
        said = " ".join(found[0].split())
        around = snippet(paragraph.text, start + found.start(), start + found.end(), 140)
        shown = None if reached else capaian.text.strip()
        place = paragraph.place_at(start + found.start())
        yield Met("other_target", name, said, place, around, shown, (Evidence(said, place), _evidence(capaian)))


def _evidence(figure: Figure) -> Evidence:
    return Evidence(figure.text, figure.place, figure.table_id, figure.row, figure.col)


def _reaches(figure: Figure) -> bool:
    half = Decimal(1).scaleb(-figure.decimals) / 2
    return figure.value is not None and figure.value + (half if figure.decimals == 0 else 0) >= FULL


def _whole(report: Report, paragraph: Paragraph) -> Iterator[Met]:
    """ "target kinerja 2024 dapat dicapai secara keseluruhan", against the indicators of the agreement."""
    for start, end in paragraph.sentences():
        sentence = paragraph.text[start:end]
        found = _said().search(sentence) or _ALL.search(sentence)
        if found is None or not has("semua").search(sentence) or has("ingkar").search(_before(sentence, found)):
            continue
        years = {int(year[0]) for year in YEAR.finditer(sentence)}
        if "kinerja" not in sentence.casefold() and "indikator" not in sentence.casefold():
            continue
        if years - {report.identity.year} or re.search(
            r"\b(?:program|kegiatan|anggaran|jangka|akhir)\b", found[0], re.I
        ):
            continue
        short = list(_short(report))
        said = " ".join(found[0].split())
        place = paragraph.place_at(start + found.start())
        around = snippet(paragraph.text, start + found.start(), start + found.end(), 140)
        seen = (Evidence(said, place), *(evidence for _, evidence in short))
        shown = "; ".join(name for name, _ in short) or None
        yield Met("other_targets", "Target seluruh indikator kinerja", said, place, around, shown, seen)


def _before(sentence: str, found: re.Match[str]) -> str:
    """The words of a sentence just before the statement and in it, where it may be denied."""
    return sentence[max(0, found.start() - BEFORE // 2) : found.end()]


def _short(report: Report) -> Iterator[tuple[str, Evidence]]:
    """Indicators of the agreement that a table of this year's results shows below their target."""
    names: NameIndex[str] = NameIndex()
    agreed = {table.raw.table_id for table in agreed_tables(report)}
    for record in report.kinerja:
        if record.table_id in agreed:
            names.add(record.indikator, "agreed")
    told: set[str] = set()
    for record in report.kinerja:
        if (
            record.table_id in agreed
            or record.tahun != report.identity.year
            or record.acuan != "tahunan"
            or record.periode
        ):
            continue
        if names.find(record.indikator) is None or record.indikator in told:
            continue
        figure = _below(record)
        if figure is not None:
            told.add(record.indikator)
            yield f"{record.indikator} ({figure.text.strip()})", _evidence(figure)


def _below(record: Kinerja) -> Figure | None:
    """The figure of a row that is below its target; a bare result only where the target is the full 100 %."""
    if record.capaian is not None and usable(record.capaian):
        return None if _reaches(record.capaian) or not record.capaian.value else record.capaian
    target, realisasi = record.target, record.realisasi
    if target is None or realisasi is None or not usable(target) or not usable(realisasi) or target.value != FULL:
        return None
    return realisasi if realisasi.value is not None and 0 < realisasi.value < FULL else None
