"""Sums in budget tables, tables of counts and lists of running text."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.reconcile.rules.sum import check


def family(b: Any, parent: str, *children: str) -> None:
    top = b.budget("T1", "Program Pengelolaan Arsip", parent)
    for number, amount in enumerate(children):
        b.budget("T1", f"Kegiatan {number}", amount, level="kegiatan", parent=top)


def test_children_that_add_up(b: Any, outcomes: Any) -> None:
    family(b, "300.000,00", "100.000,00", "200.000,00")
    assert outcomes(check, b) == ["cocok"]


def test_children_that_do_not(b: Any, failing: Any) -> None:
    family(b, "300.000", "100.000", "200.001")
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected), one.result) == ("300000.00", "300001.00", "f1")
    assert one.operands == ("f2", "f3")
    assert one.subject == "Program Pengelolaan Arsip: anggaran"


def test_one_child_counts_too(b: Any, failing: Any) -> None:
    family(b, "300.000", "200.000")
    assert len(failing(check, b)) == 1


def test_scaled_amounts_round(b: Any, outcomes: Any) -> None:
    from decimal import Decimal

    def million(text: str, value: str) -> Any:
        return b.figure(text, "rp", value=Decimal(value), decimals=1, scale=Decimal(1_000_000))

    family(b, million("3,1", "3100000"), million("1,5", "1500000"), million("1,5", "1500000"))
    family_two = b.budget("T2", "Program Lain", million("3,4", "3400000"))
    b.budget("T2", "Kegiatan", million("3,1", "3100000"), level="kegiatan", parent=family_two)
    assert outcomes(check, b) == ["cocok", "tidak_cocok"]


@pytest.mark.parametrize(("missing", "reason"), [("", "tidak dicantumkan"), ("belum ada data", "berupa kata")])
def test_a_missing_child_makes_it_untestable(b: Any, missing: str, reason: str) -> None:
    family(b, "300.000", "100.000", missing)
    (one,) = check(b.report())
    assert one.outcome == "tak_teruji"
    assert reason in (one.reason or "")


def test_a_dash_is_nil(b: Any, outcomes: Any) -> None:
    family(b, "100.000", "100.000", "-")
    assert outcomes(check, b) == ["cocok"]


def test_children_of_another_stage_are_not_counted(b: Any, outcomes: Any) -> None:
    top = b.budget("T1", "Program", "300.000", stage="perubahan")
    b.budget("T1", "Kegiatan", "300.000", level="kegiatan", parent=top, stage="perubahan")
    b.budget("T1", "Kegiatan", "100.000", level="kegiatan", parent=top, stage="murni")
    assert outcomes(check, b) == ["cocok"]


def test_children_of_two_levels_are_untestable(b: Any) -> None:
    top = b.budget("T1", "Program", "300.000")
    b.budget("T1", "Kegiatan", "200.000", level="kegiatan", parent=top)
    b.budget("T1", "Sub Kegiatan", "200.000", level="sub_kegiatan", parent=top)
    (one,) = check(b.report())
    assert one.outcome == "tak_teruji"


def test_a_total_row_sums_the_top_lines_alone(b: Any, outcomes: Any) -> None:
    family(b, "300.000", "100.000", "200.000")
    b.budget("T1", "Program Kedua", "50.000")
    b.budget("T1", "Jumlah", "350.000", level="total")
    assert outcomes(check, b) == ["cocok", "cocok"]


def test_a_wrong_total_row(b: Any, failing: Any) -> None:
    b.budget("T1", "Program Satu", "300.000")
    b.budget("T1", "Program Dua", "50.000")
    b.budget("T1", "Jumlah", "360.000", level="total")
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected)) == ("360000.00", "350000.00")


def test_subtotals_and_a_grand_total(b: Any, outcomes: Any) -> None:
    for name, amount, level in (
        ("Satu", "100", "program"), ("Sub Jumlah", "100", "total"), ("Dua", "50", "program"),
        ("Sub Jumlah", "50", "total"), ("Jumlah Keseluruhan", "150", "total"),
    ):  # fmt: skip
        b.budget("T1", name, amount, level=level)
    assert outcomes(check, b) == ["cocok"] * 3


def test_a_wrong_grand_total_over_right_subtotals(b: Any, failing: Any) -> None:
    for name, amount, level in (
        ("Penataan Arsip", "100.000", "kegiatan"), ("Alih Media", "150.000", "kegiatan"),
        ("Jumlah Dana", "250.000", "total"), ("Pembinaan", "50.000", "kegiatan"), ("Jumlah Dana", "50.000", "total"),
        ("TOTAL", "330.000", "total"),
    ):  # fmt: skip
        b.budget("T1", name, amount, level=level)
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected)) == ("330000.00", "300000.00")


def test_totals_of_parts_that_are_not_printed_claim_nothing(b: Any, outcomes: Any) -> None:
    b.budget("T1", "Jumlah Dana", "100", level="total")
    b.budget("T1", "Jumlah Dana", "900", level="total")
    assert outcomes(check, b) == ["tak_teruji", "tak_teruji"]


STAFF = ["No", "Pendidikan", "Laki-Laki", "Perempuan", "Total"]


def test_staff_tables_add_up_down_and_along(b: Any, outcomes: Any) -> None:
    b.staff("T1", STAFF, [["1", "S2", "3", "2", "5"], ["2", "S1", "3", "6", "9"], ["", "Jumlah", "6", "8", "14"]])
    assert set(outcomes(check, b)) == {"cocok"}


def test_a_wrong_count_is_found(b: Any, failing: Any) -> None:
    rows = [["1", "S2", "3", "2", "5"], ["2", "S1", "3", "6", "9"], ["3", "SMA", "1", "1", "2"]]
    b.staff("T1", STAFF, [*rows, ["", "Jumlah", "8", "9", "16"]])
    down, along = failing(check, b)
    assert (str(down.stated), str(down.expected)) == ("8", "7")
    assert (str(along.stated), str(along.expected)) == ("16", "17")


def test_group_rows_with_numbers_of_their_own(b: Any, outcomes: Any) -> None:
    head = ["No", "Jabatan", "Jumlah Orang"]
    rows = [["A.", "Administrasi", "5"], ["1.", "Pelaksana", "3"], ["2.", "Pengawas", "2"], ["B.", "Fungsional", "1"]]
    b.staff("T1", head, [*rows, ["", "Jumlah", "6"]])
    b.staff("T2", head, [*rows, ["", "Jumlah", "7"]])
    assert outcomes(check, b) == ["cocok", "tak_teruji"]


def test_averages_and_percentages_are_not_summed(b: Any, outcomes: Any) -> None:
    b.staff(
        "T1",
        ["No", "Bidang", "Rata-rata", "Persentase"],
        [["1", "A", "4", "3%"], ["2", "B", "4", "3%"], ["", "Jumlah", "4", "9%"]],
    )
    assert outcomes(check, b) == []


def listed(b: Any, amounts: list[str]) -> None:
    b.budget("T1", "Program Pengelolaan Arsip Daerah", "300.000")
    b.say("Program Pengelolaan Arsip Daerah, yang dijabarkan dalam 2 (dua) kegiatan yaitu :", "1)")
    for letter, amount in zip("abc", amounts, strict=False):
        b.claim(f"Kegiatan {letter} yang panjang namanya", anggaran=amount)
        b.line -= 1
        b.say(f"Kegiatan {letter} dengan anggaran sebesar Rp {amount}", f"{letter}.")


def test_a_list_in_the_text_against_the_row_it_names(b: Any, outcomes: Any, failing: Any) -> None:
    listed(b, ["100.000", "200.000"])
    assert outcomes(check, b) == ["cocok"]


def test_a_list_in_the_text_that_does_not_add_up(b: Any, failing: Any) -> None:
    listed(b, ["100.000", "200.150"])
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected), one.table_id) == ("300000.00", "300150.00", "T1")


def test_a_statement_with_statements_under_it(b: Any, failing: Any) -> None:
    top = b.claim("Program Arsip", anggaran="300.000", tingkat="program")
    b.claim("Kegiatan Satu", anggaran="100.000", tingkat="kegiatan", induk=top)
    b.claim("Kegiatan Dua", anggaran="250.000", tingkat="kegiatan", induk=top)
    assert [str(one.expected) for one in failing(check, b)] == ["350000.00"]


def test_a_list_that_may_go_on_is_untestable(b: Any, outcomes: Any) -> None:
    top = b.claim("Program Arsip", anggaran="300.000", tingkat="program")
    b.claim("Kegiatan Satu", anggaran="100.000", tingkat="kegiatan", induk=top)
    b.claim("Pembinaan", anggaran="200.000")
    assert outcomes(check, b) == ["tak_teruji"]


def test_a_row_without_a_parent_among_the_children_makes_a_failing_sum_untestable(b: Any, outcomes: Any) -> None:
    top = b.budget("T1", "Program", "300.000")
    b.budget("T1", "Kegiatan Satu", "100.000", level="kegiatan", parent=top)
    b.budget("T1", "Kegiatan Dua", "150.000", level="kegiatan")
    b.budget("T1", "Kegiatan Tiga", "50.000", level="kegiatan", parent=top)
    assert outcomes(check, b) == ["tak_teruji"]


def test_a_sum_that_is_far_off_is_rather_our_misreading(b: Any, outcomes: Any) -> None:
    family(b, "300.000", "100.000", "990.123")  # a part above its parent
    b.budget("T2", "Uraian Satu", "123.000")
    b.budget("T2", "Uraian Dua", "245.000")
    b.budget("T2", "Uraian Tiga", "331.000")
    b.budget("T2", "Jumlah", "576.000", level="total")  # 123.000 counted too much: a line that is no part?
    assert outcomes(check, b) == ["tak_teruji", "tak_teruji"]


def test_a_slip_explains_even_a_sum_that_is_far_off(b: Any, outcomes: Any) -> None:
    family(b, "300", "100.000", "200.000")  # three digits dropped
    b.budget("T2", "Uraian Satu", "100.123")
    b.budget("T2", "Uraian Dua", "200.456.000")  # three digits too many
    b.budget("T2", "Jumlah", "300.579", level="total")
    assert outcomes(check, b) == ["tidak_cocok", "tidak_cocok"]


def test_lines_of_two_levels_read_as_one_are_untestable(b: Any, outcomes: Any) -> None:
    b.budget("T1", "1. Program Arsip", "300.000")
    b.budget("T1", "1. Penataan Arsip", "300.000")
    b.budget("T1", "Jumlah", "300.000", level="total")
    assert outcomes(check, b) == ["tak_teruji"]


def test_a_gap_in_the_numbers_of_the_parts_may_be_a_row_we_lost(b: Any, outcomes: Any) -> None:
    from dataclasses import replace

    top = b.budget("T1", "Program Arsip", "600.000")
    for number in (1, 2, 3, 4, 6):
        b.budget("T1", f"Kegiatan {number}", "100.000", level="kegiatan", parent=top)
        b.anggaran[-1] = replace(b.anggaran[-1], nomor=str(number))
    assert outcomes(check, b) == ["tak_teruji"]


def test_a_rows_own_percentage_tells_a_misprint_from_a_row_misread(b: Any, failing: Any) -> None:
    top = b.budget("T1", "Program Arsip", "300.000.000", "240.000.000", "80,00")
    b.budget("T1", "Kegiatan Satu", "100.000.000", "80.000.000", "80,00", level="kegiatan", parent=top)
    b.budget(
        "T1", "Kegiatan Dua", "731.000.000", "160.000.000", "80,00", level="kegiatan", parent=top
    )  # for 200.000.000
    (one,) = failing(check, b)
    assert str(one.expected) == "831000000.00"


def test_sen_that_a_total_in_whole_rupiah_leaves_out(b: Any, outcomes: Any) -> None:
    family(b, "300.000,00", "100.000,40", "200.000,50")
    family_two = b.budget("T2", "Program Lain", "300.000,00")
    b.budget("T2", "Kegiatan", "300.002,40", level="kegiatan", parent=family_two)
    assert outcomes(check, b) == ["cocok", "tidak_cocok"]


def test_a_second_total_without_parts_of_its_own_is_not_held_against_the_first(b: Any, outcomes: Any) -> None:
    b.budget("T1", "Program Satu", "300.000")
    b.budget("T1", "Program Dua", "50.000")
    b.budget("T1", "Jumlah Belanja Langsung", "350.000", level="total")
    b.budget("T1", "Jumlah Belanja Tidak Langsung", "120.000", level="total")
    assert outcomes(check, b) == ["cocok", "tak_teruji"]
