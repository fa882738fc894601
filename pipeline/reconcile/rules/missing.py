"""What must be there and is not: a result, a number, a list, an indicator, a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.reconcile.absent import (
    Absence,
    bare_signs,
    empty_rows,
    incomplete_tables,
    never_reported,
    total_below,
    unfounded,
)
from pipeline.reconcile.checking import plain
from pipeline.reconcile.figures import subject
from pipeline.reconcile.gaps import Gap, empty_lists, numbers_left_out
from pipeline.reconcile.prose import paragraphs_of
from pipeline.reconcile.references import Reference, references
from schemas.checks import Check, Evidence, Outcome
from schemas.figure import Figure
from schemas.records import Report

RULE = "missing"
SOURCE = "PermenPAN-RB 53/2014: every agreed indicator is reported with target, realisasi and capaian"
SCANNED = "halaman dibaca dari gambar: mungkin ada tetapi tidak terbaca"
NO_CAPTIONS = "judul tabel laporan tidak bernomor dengan cara itu"


def check(report: Report) -> Iterator[Check]:
    """Angka, daftar, indikator dan tabel yang seharusnya ada memang dicantumkan (capaian mempunyai realisasi).

    On a page that was read from an image nothing can be said to be missing: what is not there may not have been read.
    """
    scanned = {page.number for page in report.document.pages if page.method == "ocr"}
    for one in _all(report):
        if one.outcome is Outcome.TIDAK_COCOK and one.place.page in scanned:
            one = replace(one, outcome=Outcome.TAK_TERUJI, reason=SCANNED)
        yield one


def _all(report: Report) -> Iterator[Check]:
    for absence in bare_signs(report):
        yield _failing(absence)
    for record, none in unfounded(report):
        if none is not None:
            yield _failing(none)
        elif record.capaian is not None:
            name = subject(record, "realisasi", report)
            yield plain(RULE, "order", name, Outcome.COCOK, record.place, operands=[record.capaian])
    if report.identity.jenis in ("lkjip", "lain"):
        for promised, none in never_reported(report):
            if none is not None:
                yield _failing(none)
            else:
                name = subject(promised, "dilaporkan", report)
                yield plain(RULE, "order", name, Outcome.COCOK, promised.place, table_id=promised.table_id)
    for absence in empty_rows(report):
        yield _failing(absence)
    for table, none in incomplete_tables(report):
        if none is not None:
            yield _failing(none)
        else:
            name = f"Indikator dalam tabel {table.raw.table_id}"
            yield plain(RULE, "order", name, Outcome.COCOK, table.raw.place_first, table_id=table.raw.table_id)
    yield from _sentences(report)


def _sentences(report: Report) -> Iterator[Check]:
    text = paragraphs_of(report)
    for reference in references(report, text):
        yield _reference(reference)
    for gap in numbers_left_out(text):
        yield _gap(gap, total_below(report, gap.place) if gap.leads_in else None)
    for found, paragraph in empty_lists(text, report.klaim):
        if found is not None:
            yield _gap(found)
        else:
            name = f"Daftar capaian: {' '.join(paragraph.text.split()[:14])}"
            yield plain(RULE, "order", name, Outcome.COCOK, paragraph.place)


def _reference(reference: Reference) -> Check:
    """A table that a sentence promises."""
    outcome = Outcome.COCOK if reference.there else Outcome.TIDAK_COCOK
    return plain(
        RULE,
        "order",
        f"Tabel {reference.label}",
        outcome if reference.there is not None else Outcome.TAK_TERUJI,
        reference.place,
        stated_as=reference.words,
        reason=None if reference.there is not None else NO_CAPTIONS,
        detail=(("pesan", "missing_table"), ("kalimat", reference.sentence), ("berat", "rendah")),
        seen=(Evidence(reference.words, reference.place),),
    )


def _failing(absence: Absence) -> Check:
    return plain(
        RULE,
        "order",
        absence.subject,
        Outcome.TIDAK_COCOK,
        absence.place,
        operands=absence.figures,
        stated_as=absence.stated,
        expected=absence.expected,
        table_id=absence.table_id,
        detail=(("pesan", absence.what), ("dasar", _basis(absence)), *absence.detail),
        seen=absence.seen,
    )


def _basis(absence: Absence) -> str:
    return "missing_elsewhere" if absence.what == "missing_cell" and absence.expected else ""


def _gap(gap: Gap, total: Figure | None = None) -> Check:
    seen = [Evidence(gap.words, gap.place)]
    if total is not None:
        seen.append(Evidence(total.text, total.place, total.table_id, total.row, total.col))
    basis = "missing_elsewhere" if total is not None else ""
    return plain(
        RULE,
        "order",
        gap.subject,
        Outcome.TIDAK_COCOK,
        gap.place,
        stated_as=gap.words,
        expected=total.value if total is not None else None,
        detail=(("pesan", gap.what), ("dasar", basis), ("kalimat", gap.sentence), ("berat", "rendah")),
        seen=seen,
    )
