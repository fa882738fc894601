"""The summary of a report in sentences, Indonesian and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pipeline.report.labels import KIND_SHORT, SEVERITIES, SEVERITY, Both
from pipeline.report.load import Data
from pipeline.report.model import Coverage, Row
from pipeline.report.numerals import number, rupiah
from pipeline.report.text import visible


def who(head: Row) -> Both:
    """Agency and region, as one name."""
    names = [visible(head["instansi"], 200), visible(head["wilayah"], 100)]
    if names[1].casefold() in names[0].casefold():
        names.pop()
    name = " ".join(part for part in names if part)
    return Both(name, name) if name else Both("Instansi tidak dikenal", "Unknown agency")


def year_of(head: Row) -> Both:
    return (
        Both(f"Tahun {head['year']}", f"Year {head['year']}")
        if head["year"]
        else Both("Tahun tidak dikenal", "Year unknown")
    )


def summary(data: Data, coverage: Coverage, severities: Mapping[str, int], money: Decimal, n_money: int) -> list[Both]:
    """What was read, what it says in total, what was checked, what was found, what was not read."""
    if data.head["status"] == "failed":
        why = visible(data.head["error"], 500)
        return [Both(f"Berkas ini tidak dapat dibaca: {why}", f"This file could not be read: {why}")]
    verdict = _found(severities, money, n_money) if coverage.total or severities else None
    found = [_read(data), _spent(data), _checked(coverage), verdict, _pages(data), _doubts(data)]
    return [sentence for sentence in found if sentence is not None]


def _read(data: Data) -> Both:
    head = data.head
    name, kind = who(head), KIND_SHORT.get(head["jenis"] or "", "") if head["jenis"] != "lain" else ""
    counts = [number(head[column]) for column in ("n_tabel", "n_anggaran", "n_kinerja", "n_klaim")]
    year, year_en = (f" tahun {head['year']}", f" for {head['year']}") if head["year"] else ("", "")
    return Both(
        f"{kind or 'Dokumen'} {name.id}{year}: terbaca {counts[0]} tabel dengan {counts[1]} baris anggaran dan {counts[2]} "
        f"baris kinerja, serta {counts[3]} pernyataan berangka dalam teks.",
        f"{kind or 'Document'} of {name.en}{year_en}: {counts[0]} tables were read, with {counts[1]} budget lines and "
        f"{counts[2]} indicator lines, and {counts[3]} statements with figures in the text.",
    )


def _spent(data: Data) -> Both | None:
    """Spending in total: the lines that may be added up. Nothing where the report prints none for its year."""
    mine = [row for row in data["ringkasan"] if row["dijumlahkan"] and row["kelompok"] == "belanja"]
    budgets = [row["anggaran"] for row in mine if row["anggaran"] is not None]
    actuals = [row["realisasi"] for row in mine if row["realisasi"] is not None]
    if not budgets:
        return None
    budget = sum(budgets, Decimal(0))
    if len(actuals) < len(budgets) or not budget:
        return Both(
            f"Baris belanjanya berjumlah {rupiah(budget)} anggaran.",
            f"Its spending lines add up to a budget of {rupiah(budget)}.",
        )
    actual = sum(actuals, Decimal(0))
    percent = number((actual / budget * 100).quantize(Decimal("0.01")))
    return Both(
        f"Baris belanjanya berjumlah {rupiah(actual)} realisasi dari {rupiah(budget)} anggaran ({percent} % menurut hitungan "
        "kami).",
        f"Its spending lines add up to an actual of {rupiah(actual)} out of a budget of {rupiah(budget)} ({percent} % by our "
        "own calculation).",
    )


def _checked(coverage: Coverage) -> Both:
    agree, differ, untested = (number(coverage.count(outcome)) for outcome in ("cocok", "tidak_cocok", "tak_teruji"))
    n = number(coverage.total)
    if not coverage.total:
        return Both("Tidak ada yang dapat diperiksa di dalamnya.", "There was nothing in it that could be checked.")
    return Both(
        f"Dari {n} pemeriksaan, {agree} cocok, {differ} tidak cocok, dan {untested} tidak dapat diuji.",
        f"Of {n} checks, {agree} agree, {differ} disagree and {untested} could not be made.",
    )


def _found(severities: Mapping[str, int], money: Decimal, n_money: int) -> Both:
    n = sum(severities.values())
    if not n:
        return Both(
            "Tidak ada temuan: semua yang dapat diuji cocok.", "There are no findings: all that could be tested agrees."
        )
    parts = [(SEVERITY[name], number(severities.get(name, 0))) for name in SEVERITIES]
    id_ = ", ".join(f"{count} {label.id.lower()}" for label, count in parts)
    en = ", ".join(f"{count} {label.en.lower()}" for label, count in parts)
    tail, tail_en = "", ""
    if n_money:
        tail = f" Selisih rupiah pada {number(n_money)} temuan berjumlah {rupiah(money)}."
        tail_en = f" The differences in rupiah of {number(n_money)} findings add up to {rupiah(money)}."
    return Both(f"Ada {number(n)} temuan: {id_}.{tail}", f"There are {number(n)} findings: {en}.{tail_en}")


def _pages(data: Data) -> Both | None:
    lost = [row for row in data["halaman"] if row["status"] == "failed"]
    if not lost:
        return None
    n = number(len(lost))
    return Both(
        f"{n} halaman tidak terbaca; isinya tidak diperiksa.",
        f"{n} pages could not be read; what they hold is not checked.",
    )


def _doubts(data: Data) -> Both | None:
    n = len(data["keraguan"])
    if not n:
        return None
    return Both(
        f"Pada {number(n)} tempat pembacaan kami sendiri meragukan.",
        f"Our own reading is in doubt at {number(n)} places.",
    )
