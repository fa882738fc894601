"""What a performance report must hold: present or not, as a list in `pemeriksaan`. Never a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.reconcile.absent import agreed_tables
from pipeline.reconcile.checking import plain
from pipeline.reconcile.figures import given
from pipeline.reconcile.once import once
from pipeline.reconcile.screen import line_positions, stems
from schemas.checks import Check, Evidence, Outcome
from schemas.document import Place
from schemas.records import Report
from schemas.vocab import load

RULE = "kelengkapan"
SOURCE = "PermenPAN-RB 53/2014, annex II: what the report of performance accountability contains (chapters II and III)"

ABSENT = "tidak ditemukan dalam laporan"
IF_ANY = "hanya diminta bila ada standarnya"
PART = "dokumen ini tampaknya hanya sebagian dari laporan"
THERE = "ada"
NOT_THERE = "tidak ada"

Found = Evidence | None
_RESULTS = re.compile(r"^\W*bab\s+(?:iii|3)\b", re.IGNORECASE)  # the chapter that reports results


def check(report: Report) -> Iterator[Check]:
    """Unsur laporan kinerja yang diminta PermenPAN-RB 53/2014 ada (daftar periksa, tidak pernah menjadi temuan)."""
    if report.identity.jenis != "lkjip":
        return
    results = any(given(record.realisasi) or given(record.capaian) for record in report.kinerja)
    for item, name in items().items():
        found = _by_records(item, report) or _by_words(item, report)
        reason = None
        outcome = Outcome.COCOK
        if found is None:
            outcome, reason = Outcome.TIDAK_COCOK, ABSENT
            if item == "standar":
                outcome, reason = Outcome.TAK_TERUJI, IF_ANY
            elif not results:
                outcome, reason = Outcome.TAK_TERUJI, PART
        yield plain(
            RULE,
            "order",
            name,
            outcome,
            found.place if found is not None else _start(report),
            stated_as=THERE if found is not None else NOT_THERE,
            expected=THERE,
            table_id=found.table_id if found is not None else None,
            reason=reason,
            seen=(found,) if found is not None else (),
        )


@cache
def items() -> dict[str, str]:
    """What is asked for: key -> as the regulation names it."""
    return {row["butir"]: row["uraian"] for row in load("kelengkapan") if row["uraian"]}


@cache
def _spoken(item: str) -> tuple[str, ...]:
    return tuple(row["kata"] for row in load("kelengkapan") if row["butir"] == item)


@cache
def _words(item: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word).replace(r"\ ", r"\s+") for word in _spoken(item)), re.IGNORECASE)


def _by_words(item: str, report: Report) -> Found:
    """A caption or a sentence that speaks of it."""
    for table in report.tables:
        if _words(item).search(table.raw.title or ""):
            return Evidence(table.raw.title or "", table.raw.place_first, table.raw.table_id)
    start = _results(report) if item != "perjanjian" else 0
    for position in line_positions(report, stems(*_spoken(item))):
        line = report.text[position]
        if position >= start and _words(item).search(line.text):
            return Evidence(line.text, line.place)
    return None


@once
def _results(report: Report) -> int:
    """The line that begins the chapter of results; the first of all where none does."""
    found = [at for at in line_positions(report, ("bab",)) if _RESULTS.match(report.text[at].text)]
    return found[-1] if found else 0


def _by_records(item: str, report: Report) -> Found:
    """A table whose columns hold it."""
    year = report.identity.year
    if item == "perjanjian":
        tables = agreed_tables(report)
        return _at(report, tables[0].raw.table_id) if tables else None
    if item == "efisiensi":
        return next(
            (_at(report, t.raw.table_id) for t in report.tables if any(c.role == "efisiensi" for c in t.columns)), None
        )
    if item == "anggaran":
        rows = (row for row in report.anggaran if given(row.anggaran) and given(row.realisasi))
        return next((_at(report, row.table_id) for row in rows), None)
    if item == "akhir_rencana":
        return next((_at(report, row.table_id) for row in report.kinerja if row.acuan == "akhir_rencana"), None)
    if item == "target":
        rows_ = (row for row in report.kinerja if given(row.target) and given(row.realisasi) and row.tahun == year)
        return next((_at(report, row.table_id) for row in rows_), None)
    if item == "tahun_lalu":
        years: dict[str, set[int | None]] = {}
        for row in report.kinerja:
            if given(row.realisasi) or given(row.capaian):
                years.setdefault(row.table_id, set()).add(row.tahun)
        return next((_at(report, table) for table, told in years.items() if len(told) > 1), None)
    return None


def _at(report: Report, table_id: str) -> Evidence:
    table = next(table for table in report.tables if table.raw.table_id == table_id)
    return Evidence(table.raw.title or table_id, table.raw.place_first, table_id)


def _start(report: Report) -> Place:
    return report.text[0].place if report.text else Place()
