"""Totals, averages, differences and growth in tables that are no budget lines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.reconcile.rules.sum import check


def test_an_average_row(b: Any, outcomes: Any, failing: Any) -> None:
    rows = [["1", "Ruang Baca", "90,0"], ["2", "Ruang Anak", "80,0"], ["3", "Layanan Keliling", "85,0"]]
    b.staff("T1", ["No", "Layanan", "Kepuasan"], [*rows, ["", "Rata-rata", "85,0"]])
    assert outcomes(check, b) == ["cocok"]
    b.staff("T2", ["No", "Layanan", "Kepuasan"], [*rows, ["", "Nilai Rata-Rata", "86,0"]])
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected), one.relation) == ("86.0", "85.0", "formula")


def test_an_average_that_is_far_off_is_of_something_else(b: Any, outcomes: Any) -> None:
    rows = [["1", "Ruang Baca", "90"], ["2", "Ruang Anak", "80"]]
    b.staff("T1", ["No", "Layanan", "Kunjungan"], [*rows, ["", "Rata-rata per tahun", "1.020"]])
    assert outcomes(check, b) == ["tak_teruji"]


def test_an_average_column(b: Any, failing: Any) -> None:
    head = ["No", "Cabang", "Jan", "Feb", "Mar", "Rata-rata"]
    rows = [
        ["1", "Utara", "10", "20", "30", "20"],
        ["2", "Selatan", "1", "2", "3", "2"],
        ["3", "Timur", "4", "4", "5", "5"],
    ]
    b.staff("T1", head, rows)
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected)) == ("5", "4")


def test_a_total_without_a_label_counts_only_beside_one_that_agrees(b: Any, outcomes: Any) -> None:
    head = ["No", "Perangkat", "Jumlah", "Gangguan"]
    rows = [["1", "Komputer", "10", "2"], ["2", "Pencetak", "5", "1"]]
    b.staff("T1", head, [*rows, ["", "", "15", "3"]])
    b.staff("T2", head, [*rows, ["", "", "15", "4"]])
    b.staff("T3", head, [*rows, ["", "", "16", "4"]])
    assert outcomes(check, b) == ["cocok", "cocok", "cocok", "tidak_cocok", "tak_teruji", "tak_teruji"]


def test_a_total_of_totals_up_to_a_year(b: Any, outcomes: Any) -> None:
    rows = [["1", "Arsip", "7", "3"], ["2", "Buku", "4", "2"], ["", "Jumlah Tahun", "11", "5"]]
    b.staff("T1", ["No", "Pelatihan", "2023", "2024"], [*rows, ["", "Jumlah sampai dengan tahun ini", "16", ""]])
    assert outcomes(check, b) == ["cocok"] * 3


@pytest.mark.parametrize(("printed", "outcome"), [("14,25", "cocok"), ("15,36", "tidak_cocok")])
def test_growth_between_two_years(b: Any, outcomes: Any, printed: str, outcome: str) -> None:
    head = ["No", "Uraian", "2023", "2024", "Kenaikan (%)"]
    rows = [["1", "Kunjungan", "24.240.445", "27.694.035", printed], ["2", "Anggota", "100", "110", "10,00"]]
    b.staff("T1", head, [*rows, ["3", "Buku", "200", "210", "5,00"]])
    table = b.tables["T1"]
    years = {2: 2023, 3: 2024}
    b.tables["T1"] = replace(table, columns=tuple(replace(c, year=years.get(c.index)) for c in table.columns))
    assert outcomes(check, b) == [outcome, "cocok", "cocok"]


def test_a_column_of_percentages_is_added_up_only_where_it_says_so(b: Any, outcomes: Any) -> None:
    rows = [["1", "A", "88,89 %"], ["2", "B", "100,00 %"]]
    b.staff("T1", ["No", "Kegiatan", "Nilai"], [*rows, ["", "Jumlah", "94,44 %"]])
    b.staff("T2", ["No", "Kegiatan", "Hasil"], [*rows, ["", "Jumlah", "188,89 %"]])
    assert outcomes(check, b) == ["cocok"]


def test_totals_of_indicators_with_one_unit(b: Any, failing: Any) -> None:
    from schemas.records import Column

    b.staff("T1", ["No", "Kegiatan", "Target"], [["1", "Rapat", "3"], ["2", "Pelatihan", "4"], ["", "Jumlah", "8"]])
    table = b.tables["T1"]
    b.tables["T1"] = replace(
        table, kind="kinerja", columns=tuple(Column(n, r, "") for n, r in enumerate(("nomor", "kegiatan", "target")))
    )
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected)) == ("8", "7")


def test_a_column_worked_out_by_the_columns_its_header_numbers(b: Any, outcomes: Any) -> None:
    head = ["No", "Indikator", "Tahun lalu", "Tahun ini", "Tahun ini thdp tahun lalu (4/3)*100"]
    rows = [
        ["1", "Arsip", "2,15", "2,23", "103,72"],
        ["2", "Buku", "2,00", "2,50", "125,00"],
        ["3", "Peta", "4,00", "3,00", "57,00"],
    ]
    b.staff("T1", head, rows)
    assert outcomes(check, b) == ["cocok", "cocok", "tidak_cocok"]


def test_a_change_is_the_revised_budget_less_the_original(b: Any) -> None:
    b.staff(
        "T1",
        ["No", "Kegiatan", "Penetapan", "Perubahan", "Jumlah"],
        [["1", "A", "100", "20", "120"], ["2", "B", "80", "15", "95"], ["3", "C", "50", "9", "60"]],
    )
    table = b.tables["T1"]
    roles = (("nomor", None), ("kegiatan", None), ("anggaran", "murni"), ("selisih", None), ("anggaran", "perubahan"))
    columns = tuple(replace(c, role=role, stage=stage) for c, (role, stage) in zip(table.columns, roles, strict=True))
    b.tables["T1"] = replace(table, kind="anggaran", columns=columns)
    figures = {(f.row, f.col): f for f in b.counts}
    b.counts = [f for f in b.counts if f.col == 3]
    for row in (1, 2, 3):
        for col, stage in ((2, "murni"), (4, "perubahan")):
            b.budget("T9", f"Kegiatan {row}", None, level="kegiatan", stage=stage)
            b.anggaran[-1] = replace(b.anggaran[-1], table_id="T1", row=row, anggaran=figures[row, col])
    differences = [one for one in check(b.report()) if one.relation == "formula"]
    assert [str(one.outcome) for one in differences] == ["cocok", "cocok", "tidak_cocok"]
    assert str(differences[2].expected) == "10"


def test_percentages_that_are_shares_of_a_total(b: Any, failing: Any) -> None:
    rows = [["1", "SMA", "10", "25 %"], ["2", "Sarjana", "20", "50 %"], ["3", "Magister", "10", "52 %"]]
    b.staff("T1", ["No", "Pendidikan", "Jumlah", "Persentase"], [*rows, ["", "Jumlah", "40", "100 %"]])
    (one,) = [one for one in failing(check, b) if one.relation == "ratio"]
    assert (one.rule, str(one.stated), str(one.expected)) == ("percent", "52", "25")


def test_parts_that_are_all_nought_are_rather_rows_that_were_not_read(b: Any, outcomes: Any) -> None:
    rows = [["1", "Pelaksana", "0", "2"], ["2", "Fungsional", "0", "3"], ["", "Jumlah", "6", "5"]]
    b.staff("T1", ["No", "Jabatan", "Laki-laki", "Perempuan"], rows)
    assert sorted(outcomes(check, b)) == ["cocok", "tak_teruji"]
