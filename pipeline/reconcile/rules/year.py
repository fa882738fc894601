"""Sentences, captions and covers left over from the report of another year."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.reconcile import yearfigures, years
from pipeline.reconcile.checking import plain
from pipeline.reconcile.figures import name_of
from pipeline.reconcile.prose import Paragraph, paragraphs_of, snippet
from pipeline.reconcile.years import Named
from schemas.checks import Check, Evidence, Outcome
from schemas.document import Place
from schemas.figure import Figure
from schemas.records import Report

RULE = "year"
SOURCE = "PermenPAN-RB 53/2014: the report is that of one fiscal year; its own identity and its tables tell which"


def check(report: Report) -> Iterator[Check]:
    """Sampul, judul tabel dan kalimat tentang tahun pelaporan menyebut tahun pelaporan (bukan sisa laporan tahun lain)."""
    if not report.identity.year:
        return
    text = paragraphs_of(report)
    for named, line in years.covers(report):
        yield _wrong(named) if named else _right("Sampul", line.place, line.text)
    for source in (years.own_year, years.lead_ins, years.plan_years):
        for named, paragraph, at in source(report, text):
            yield _wrong(named) if named else _right_at(paragraph, at)
    for named, table in years.captions(report):
        title = table.raw.title or ""
        yield _wrong(named) if named else _right(title, table.raw.place_first, title, table.raw.table_id)
    for named, paragraph in yearfigures.dated_lists(report, text):
        yield _wrong(named) if named else _right_at(paragraph, 0)
    for told in yearfigures.claims(report):
        name = f"{name_of(told.klaim)}: tahun"
        yield _wrong(told.named, told.figures) if told.named else _right(name, told.klaim.place, told.klaim.kalimat)
    for found in (
        *years.shifted(report, text),
        *years.same_twice(text),
        *yearfigures.running_totals(report),
        *yearfigures.headers(report),
        *yearfigures.formulas(report, text),
    ):
        yield _wrong(found)


def _wrong(named: Named, figures: tuple[Figure, ...] = ()) -> Check:
    return plain(
        RULE,
        "words",
        named.subject,
        Outcome.TIDAK_COCOK,
        named.place,
        operands=figures,
        stated_as=named.year,
        expected=named.told,
        table_id=named.table_id,
        detail=(("pesan", named.how), ("kalimat", named.words), ("berat", "rendah")),
        seen=(Evidence(named.words, named.place, named.table_id),),
    )


def _right_at(paragraph: Paragraph, at: int) -> Check:
    words = snippet(paragraph.text, at, at + 4, 60)
    return _right(" ".join(words.split()[:14]), paragraph.place_at(at), words)


def _right(subject: str, place: Place, words: str, table_id: str | None = None) -> Check:
    return plain(
        RULE,
        "words",
        f"Tahun: {' '.join(subject.split()[:14])}",
        Outcome.COCOK,
        place,
        table_id=table_id,
        seen=(Evidence(words, place, table_id),),
    )
