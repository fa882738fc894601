"""The same figure in two tables."""

from __future__ import annotations

from typing import Any

from pipeline.reconcile.rules.cross_table import check


def programmes(b: Any, table: str, amounts: list[str], **more: Any) -> None:
    for number, amount in enumerate(amounts):
        b.budget(table, f"Program Pengelolaan {['Arsip', 'Buku', 'Kertas'][number]}", amount, **more)


def test_tables_that_agree(b: Any, outcomes: Any) -> None:
    programmes(b, "T1", ["100.000", "200.000", "300.000"])
    programmes(b, "T2", ["100.000", "200.000", "300.000"])
    assert outcomes(check, b) == ["cocok"] * 3


def test_one_figure_that_differs(b: Any, failing: Any) -> None:
    programmes(b, "T1", ["100.000", "200.000", "300.000"])
    programmes(b, "T2", ["100.000", "210.000", "300.000"])
    (one,) = failing(check, b)
    assert {one.result, *one.operands} == {"f2", "f5"}


def test_the_minority_is_stated_against_the_majority(b: Any, failing: Any) -> None:
    for table, amount in (("T1", "210.000"), ("T2", "200.000"), ("T3", "200.000")):
        programmes(b, table, ["100.000", amount, "300.000"])
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected), one.table_id) == ("210000.00", "200000.00", "T1")


def test_tables_that_differ_in_most_lines_are_two_versions(b: Any, outcomes: Any) -> None:
    programmes(b, "T1", ["100.000", "200.000", "300.000"])
    programmes(b, "T2", ["110.000", "220.000", "300.000"])
    assert outcomes(check, b) == ["tak_teruji", "tak_teruji", "cocok"]


def test_stages_and_years_are_never_compared(b: Any, outcomes: Any) -> None:
    programmes(b, "T1", ["100.000"], stage="murni")
    programmes(b, "T2", ["200.000"], stage="perubahan")
    programmes(b, "T3", ["300.000"], year=2023)
    assert outcomes(check, b) == []


def test_a_table_without_a_stage_may_agree_with_the_revised_one_but_not_fail(b: Any, outcomes: Any) -> None:
    programmes(b, "T1", ["100.000", "200.000"], stage="perubahan")
    programmes(b, "T2", ["100.000", "210.000"])
    assert outcomes(check, b) == ["cocok", "tak_teruji"]


def test_a_name_under_two_parents_is_told_apart_by_them(b: Any, outcomes: Any) -> None:
    for table, amounts in (("T1", ["1.000", "2.000"]), ("T2", ["1.000", "2.000"])):
        for letter, amount in zip("AB", amounts, strict=True):
            top = b.budget(table, f"Program {letter * 5}", amount)
            b.budget(table, "Perumusan Kebijakan Teknis", amount, level="kegiatan", parent=top)
    assert outcomes(check, b) == ["cocok"] * 4


def test_rounding_between_tables(b: Any, outcomes: Any) -> None:
    for table, capaian in (("T1", "97,22"), ("T2", "97,2"), ("T3", "97")):
        b.indicator(table, "Persentase Arsip Tertata", "20%", "19,44%", capaian)
    assert set(outcomes(check, b)) == {"cocok"}


def test_a_full_hundred_is_no_rounding_of_a_result(b: Any, failing: Any) -> None:
    for table, real in (("T1", "99,94"), ("T2", "100%"), ("T3", "100%")):
        b.indicator(table, "Persentase Arsip Tertata", "100%", real)
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected)) == ("99.94", "100")


def test_an_end_target_is_another_thing(b: Any, outcomes: Any) -> None:
    b.indicator("T1", "Persentase Arsip Tertata", "80")
    b.indicator("T2", "Persentase Arsip Tertata", "95", acuan="akhir_rencana")
    assert outcomes(check, b) == []


def test_a_column_that_differs_throughout_means_something_else(b: Any, outcomes: Any) -> None:
    for number in range(3):
        name = f"Persentase Arsip {['Statis', 'Dinamis', 'Vital'][number]}"
        b.indicator("T1", name, "80", "90", "112,5")
        b.indicator("T2", name, "80", "90", "112,5")
        b.indicator("T3", name, "95", "90", "94,74")  # the plan's end target, and the capaian that follows from it
    assert "tidak_cocok" not in outcomes(check, b)


def test_tables_of_indicators_that_share_telling_figures_have_no_versions(b: Any, failing: Any) -> None:
    names = [f"Persentase {thing} yang terawat" for thing in ("arsip", "naskah", "koleksi", "lontar", "rekaman")]
    for name, first, second in zip(
        names,
        ("153,60", "164,52", "115,35", "111,12", "106,29"),
        ("153,60", "164,52", "108,14", "106,92", "108,59"),
        strict=True,
    ):
        b.indicator("T1", name, None, None, first)
        b.indicator("T2", name, None, None, second)
    assert sorted(str(one.stated) for one in failing(check, b)) == ["106.92", "108.14", "108.59"]


def test_results_up_to_a_year_are_the_years_own_their_sum_or_wrong(b: Any, outcomes: Any) -> None:
    years = ((2022, "16,13"), (2023, "8,75"), (2024, "15,36"))
    for year, value in years:
        b.indicator("T1", "Kenaikan kunjungan", None, value, year=year)
        b.indicator("T1", "Indeks literasi", None, value, year=year)
        b.indicator("T1", "Indeks arsip", None, "84,80", year=year)
        b.indicator("T1", "Indeks naskah", None, "71,20", year=year)
    for name, value in (
        ("Kenaikan kunjungan", "40,24"),
        ("Indeks literasi", "15,36"),
        ("Indeks arsip", "84,3"),
        ("Indeks naskah", "71,20"),
    ):
        b.indicator("T2", name, None, value, year=2024, acuan="akhir_rencana")
    assert outcomes(check, b).count("tidak_cocok") == 1


def test_a_calculation_named_by_row_and_column_is_the_indicators_result(b: Any, failing: Any) -> None:
    b.staff(
        "T1", ["No", "Uraian", "Kenaikan (%)"], [["1", "Kunjungan Perpustakaan", "14,25"], ["2", "Anggota", "3,10"]]
    )
    b.indicator("T2", "Kenaikan kunjungan perpustakaan", "10", "15,36", "153,60")
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected), one.result) == ("15.36", "14.25", b.kinerja[0].realisasi.id)


def test_a_number_that_can_be_read_in_two_ways_is_untestable(b: Any, outcomes: Any) -> None:
    from decimal import Decimal

    b.indicator("T1", "Kapasitas tampung situ", "150.000", None, None)
    b.indicator(
        "T2", "Kapasitas tampung situ", b.figure("150,000", None, value=Decimal("150.000"), decimals=3), None, None
    )
    assert outcomes(check, b) == ["tak_teruji"]
