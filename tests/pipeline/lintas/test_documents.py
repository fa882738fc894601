"""Documents read back are what was written."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.lintas.documents import merged, reread, stored_documents
from schemas.figure import Status
from schemas.records import Resmi, Standar


def test_records_and_figures_come_back(out) -> None:
    def fill(b) -> None:
        standar = Standar(Resmi("8.01.02", "PROGRAM TAMAN", "program", 0.9))
        top = b.line("Program Taman", "1000.00", "900.00", "90.00", kode="8.01.02", standar=standar)
        b.line("Kegiatan Pupuk", None, "5.5", tingkat="kegiatan", induk=top.record_id, tahun=None)
        b.indicator("Persentase taman", "80.50", "Belum diketahui", "100")
        b.claim("Anggaran Rp1.000.", anggaran=b.figure("1000.00"))

    id_ = out.put("a.txt", fill)
    (stored,) = stored_documents(out.path)
    assert (stored.document_id, stored.year, stored.jenis, stored.kelompok) == (id_, 2024, "lkjip", None)
    report = reread(out.path, stored).report
    top, child = report.anggaran
    assert top.anggaran is not None
    assert (top.anggaran.value, top.anggaran.decimals, top.anggaran.unit) == (Decimal("1000.00"), 2, "rp")
    assert top.standar is not None
    assert top.standar.resmi == Resmi("8.01.02", "PROGRAM TAMAN", "program", 0.9)
    assert (child.induk, child.anggaran, child.tahun) == (top.record_id, None, 2024)
    assert child.realisasi is not None
    assert child.realisasi.value == Decimal("5.5")
    (indicator,) = report.kinerja
    assert indicator.target is not None
    assert indicator.realisasi is not None
    assert str(indicator.target.value) == "80.50"  # decimals as printed, not those of the column
    assert (indicator.realisasi.value, indicator.realisasi.status) == (None, Status.KATA)
    assert report.klaim[0].anggaran is not None
    assert report.tables[0].raw.label == "III.1"


@pytest.mark.parametrize(
    ("text", "value", "decimals", "scale", "bound", "span"),
    [
        ("4.732.296", "4732296000", 0, "1000", False, False),
        ("1,83", "1830000000000", 2, "1000000000000", False, False),
        ("4.732.296", "4732296", 0, "1", False, False),
        ("≥ 90", "90", 0, "1", True, False),
        ("91 - 100", "91", 0, "1", False, True),
        ("1.000,-", "1000", 0, "1", False, False),
    ],
)
def test_scales_bounds_and_ranges_are_told_by_the_print(
    out, text: str, value: str, decimals: int, scale: str, bound: bool, span: bool
) -> None:
    def fill(b) -> None:
        figure = replace(b.figure("1", table_id="t1"), text=text, value=Decimal(value), decimals=decimals)
        b.line("Program Taman", anggaran=figure)

    out.put("a.txt", fill)
    figure = reread(out.path, stored_documents(out.path)[0]).report.anggaran[0].anggaran
    assert figure is not None
    assert figure.value == Decimal(value)
    assert figure.scale == Decimal(scale)
    assert (figure.relation is not None, figure.high is not None) == (bound, span)


def test_parts_become_one_report_with_ids_of_their_own(out, results) -> None:
    ids = [out.put("bab 1.txt", results()), out.put("bab 2.txt", results("70"))]
    documents = [reread(out.path, one) for one in stored_documents(out.path)]
    whole = merged(documents)
    assert len({k.record_id for k in whole.kinerja}) == 10
    assert {k.record_id.partition("/")[0] for k in whole.kinerja} == set(ids)
    for record in whole.kinerja:
        assert record.target is not None
        assert record.target.id.partition("/")[0] == record.record_id.partition("/")[0]
        assert record.target.table_id == record.table_id


def test_a_document_that_failed_is_not_there(out, results) -> None:
    from pipeline.rows import Origin, failed_rows
    from pipeline.store import commit, stage

    out.put("a.txt", results())
    rows = failed_rows(Origin("f" * 16, "src/b.txt", (), None, "0"), "rusak")
    commit(out.path, stage(out.path, "f" * 16, rows, "tidak-dikenal", 0, "f" * 16))
    assert [one.sumber for one in stored_documents(out.path)] == ["src/a.txt"]
