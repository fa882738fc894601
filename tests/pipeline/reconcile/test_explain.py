"""The smallest change: which cell, which value, on what grounds, and how sure."""

from __future__ import annotations

from typing import Any

from pipeline.reconcile import reconcile
from schemas.checks import Finding


def findings(b: Any) -> tuple[Finding, ...]:
    return reconcile(b.report())[1]


def table(b: Any, *rows: tuple[str, str, str], total: tuple[str, str, str], name: str = "T1") -> None:
    top = b.budget(name, "Program Penguatan Arsip Daerah", *total)
    for number, row in enumerate(rows):
        b.budget(name, f"Kegiatan {'ABCDEF'[number]} Penataan {number}", *row, level="kegiatan", parent=top)


def test_a_slip_and_what_is_printed_elsewhere_are_the_grounds(b: Any) -> None:
    table(
        b,
        ("55.075.000", "52.075.000", "94,55"),
        ("40.000.000", "40.000.000", "100"),
        total=("92.075.000", "92.075.000", "100"),
    )
    b.claim("Kegiatan A Penataan 0", anggaran="52.075.000")
    (one,) = [f for f in findings(b) if f.rule == "sum"]
    assert one.saran is not None
    assert one.saran.startswith("52.075.000,00 (")
    assert "berbeda satu angka" in one.saran
    assert "tercetak juga di" in one.saran
    assert one.saran.endswith("keyakinan tinggi)")
    assert one.suggestion is not None
    assert one.suggestion.startswith("52,075,000.00 (")
    assert "one digit away" in one.suggestion
    assert "Dengan 52.075.000,00, jumlah 2 bagian sama dengan 92.075.000,00" in one.pesan


def test_two_rows_that_hold_each_others_value_are_one_finding(b: Any) -> None:
    table(
        b, ("50.000.000", "30.000.000", "80,00"), ("60.000.000", "40.000.000", "50,00"),
        ("10.000.000", "10.000.000", "100"), total=("120.000.000", "80.000.000", "66,67"),
    )  # fmt: skip
    (one,) = findings(b)
    assert (one.rule, one.stated, one.expected) == ("swapped", "30000000.00", "40000000.00")
    assert "tertukar dengan" in one.pesan
    assert "exchanged" in one.message
    assert "Kegiatan B" in (one.saran or "")


def test_a_figure_copied_from_the_cell_above(b: Any) -> None:
    table(
        b, ("41.234.000", "41.234.000", "100"), ("41.234.000", "20.000.000", "40,00"),
        total=("91.234.000", "61.234.000", "67,12"),
    )  # fmt: skip
    (one,) = findings(b)
    assert (one.stated, one.expected) == ("41234000.00", "50000000.00")
    assert "sama dengan angka di atas" in (one.saran or "")


def test_the_figure_of_another_stage_of_the_same_row(b: Any) -> None:
    from dataclasses import replace

    for stage, parts, total in (
        ("murni", ("45.671.000", "30.000.000"), "75.671.000"),
        ("perubahan", ("45.671.000", "30.000.000"), "80.000.000"),
    ):
        top = b.budget("T1", "Program Arsip Daerah", total, stage=stage)
        for number, part in enumerate(parts):
            b.budget("T1", f"Kegiatan ke{number} arsip", part, level="kegiatan", parent=top, stage=stage)
    rows = {"Program Arsip Daerah": 1, "Kegiatan ke0 arsip": 2, "Kegiatan ke1 arsip": 3}
    b.anggaran = [
        replace(
            r, row=rows[r.uraian], anggaran=replace(r.anggaran, row=rows[r.uraian], col=1 if r.tahap == "murni" else 2)
        )
        for r in b.anggaran
    ]
    b.claim("Kegiatan ke0 arsip", anggaran="50.000.000", tahap="perubahan")
    b.claim("Kegiatan ke0 arsip", anggaran="50.000.000", tahap="perubahan")
    (one,) = findings(b)
    assert (one.stated, one.expected) == ("45671000.00", "50000000.00")
    assert "angka murni 2024 dari baris yang sama" in (one.saran or "")


def test_a_calculation_that_comes_out_weighs_more_than_two_sentences_that_agree(b: Any) -> None:
    table(
        b,
        ("27.694.000", "13.847.000", "50,00"),
        ("10.000.000", "5.000.000", "50,00"),
        total=("37.694.000", "18.847.000", "50,00"),
    )
    for _ in range(2):
        b.claim("Kegiatan A Penataan 0", anggaran="27.964.000")
    found = findings(b)
    assert {(one.rule, one.stated, one.expected) for one in found} == {("narrative", "27964000.00", "27694000.00")}


def test_one_wrong_figure_in_two_tables_is_a_finding_for_each(b: Any) -> None:
    for name in ("T1", "T2"):
        b.indicator(name, "Indeks arsip daerah", "36,9", "39,00", "106,00")
    b.indicator("T3", "Indeks arsip daerah", None, None, "105,69")
    found = [(one.table_id, one.stated, one.expected) for one in findings(b)]
    assert found == [("T1", "106.00", "105.69"), ("T2", "106.00", "105.69")]


def test_two_explanations_as_good_as_each_other_are_both_named(b: Any) -> None:
    b.indicator("T1", "Indeks arsip daerah", "80", "70", None)
    b.indicator("T2", "Indeks arsip daerah", "80", "60", None)
    (one,) = findings(b)
    assert "sama kuatnya" in (one.saran or "")
    assert "keyakinan rendah" in (one.saran or "")
    assert "just as likely" in (one.suggestion or "")


def test_the_wrong_part_of_a_sum_is_not_guessed(b: Any) -> None:
    table(b, ("10.000.000", "1", ""), ("20.000.000", "1", ""), total=("31.000.000", "2", ""))
    (one,) = [f for f in findings(b) if f.rule == "sum"]
    assert (one.stated, one.expected) == ("31000000.00", "30000000.00")
    assert "atau salah satu bagiannya" in (one.saran or "")


def test_words_and_notation_get_no_value(b: Any) -> None:
    b.say("sebanyak 3 (dua) orang")
    (one,) = findings(b)
    assert one.saran is None
    assert one.suggestion is None
