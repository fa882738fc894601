"""Failing checks that share figures become one finding for each wrong cell or sentence."""

from __future__ import annotations

import time
from typing import Any

from pipeline.reconcile import reconcile
from pipeline.reconcile.diagnose import defects
from schemas.checks import Check, Finding, Outcome
from schemas.document import Place

SECONDS = 1.0  # of the processor; 0.1 here, and 6 where every check was held against every defect before it


def findings(b: Any) -> tuple[Finding, ...]:
    return reconcile(b.report())[1]


def table(b: Any, *, child: str = "52.075.000", persen: str = "100", total: str = "864.137.800") -> None:
    top = b.budget("T1", "Program Penguatan Arsip Daerah", total, "852.902.300", "98,70", kode="1.02")
    for name, amount, real, percent in (
        ("Pelaksanaan Koordinasi Arsip Statis", "92.750.000", "90.315.000", "97,37"),
        ("Pembentukan Relawan Arsip", "719.312.800", "710.512.300", "98,78"),
        ("Pembinaan Lanjutan Kepada Penggiat Arsip", child, "52.075.000", persen),
    ):
        b.budget("T1", name, amount, real, percent, level="kegiatan", parent=top)


def test_a_clean_table_has_none(b: Any) -> None:
    table(b)
    b.claim("Pembentukan Relawan Arsip", anggaran="719.312.800", realisasi="710.512.300", persen="98,78%")
    assert findings(b) == ()


def test_a_wrong_part_is_named_where_the_text_and_the_sum_agree_on_it(b: Any) -> None:
    table(b, child="55.075.000", persen="94,55")
    b.claim("Pembinaan Lanjutan Kepada Penggiat Arsip", anggaran="52.075.000")
    b.claim("Pembinaan Lanjutan kepada penggiat arsip", anggaran="52.075.000")
    (one,) = findings(b)
    assert (one.rule, one.stated, one.expected, one.difference) == ("sum", "55075000.00", "52075000.00", "3000000.00")
    assert one.place.line == 4
    assert one.subject == "Pembinaan Lanjutan Kepada Penggiat Arsip: anggaran"
    assert len(one.checks) == 3
    assert one.evidence[0].text == "55.075.000"
    assert {item.place.line for item in one.evidence} >= {1, 2, 3, 4, 5, 6}


def test_a_wrong_total_is_named_where_nothing_tells_the_parts_apart(b: Any) -> None:
    table(b, total="864.000.000")
    sums = [one for one in findings(b) if one.rule == "sum"]
    assert [(one.stated, one.expected) for one in sums] == [("864000000.00", "864137800.00")]


def test_a_wrong_percentage_is_one_finding_though_the_text_has_it_right(b: Any) -> None:
    table(b, persen="99")
    b.claim("Pembinaan Lanjutan Kepada Penggiat Arsip", anggaran="52.075.000", realisasi="52.075.000", persen="100%")
    (one,) = findings(b)
    assert (one.rule, one.stated, one.expected, one.place.line) == ("percent", "99", "100", 4)


def test_a_wrong_amount_in_a_sentence_is_one_narrative_finding(b: Any) -> None:
    table(b)
    b.claim("Pembentukan Relawan Arsip", anggaran="719.312.800", realisasi="710.512,00", persen="98,78%")
    (one,) = findings(b)
    assert (one.rule, one.stated, one.expected, one.table_id) == ("narrative", "710512.00", "710512300.00", None)


def test_two_wrong_figures_of_one_sentence_are_one_finding(b: Any) -> None:
    for name in ("T1", "T2"):
        b.indicator(name, "Persentase arsip yang tertata", "20%", "72,72%", "363,6%", year=2022)
    b.claim("Persentase arsip yang tertata", money=False, tahun=2022, realisasi="19,44%", capaian="97,22%")
    (one,) = findings(b)
    assert len(one.checks) == 2
    assert "Juga" in one.pesan
    assert "Also" in one.message


def test_swapped_amounts_explain_all_that_fails_with_them(b: Any) -> None:
    b.budget("T1", "Belanja Daerah", "100.000", "95.680", "95,68", level="belanja")
    b.claim("Dinas Kearsipan", anggaran="95.680", realisasi="100.000", persen="95,68%")
    (one,) = findings(b)
    assert (one.rule, one.stated, one.expected) == ("swapped", "100000.00", "95680.00")
    assert len(one.checks) >= 3


def test_every_failing_check_belongs_to_exactly_one_finding(b: Any) -> None:
    table(b, child="55.075.000", persen="12")
    b.claim("Pembentukan Relawan Arsip", anggaran="719.312.801", realisasi="800.000.000", persen="98,78%")
    b.say("sebanyak 3 (dua) orang")
    checks, found = reconcile(b.report())
    failing = sorted(check.id for check in checks if check.outcome == "tidak_cocok")
    assert sorted(check for one in found for check in one.checks) == failing


def test_ids_are_stable_and_unique_and_the_input_is_left_alone(b: Any) -> None:
    table(b, child="55.075.000")
    report = b.report()
    first, second = reconcile(report), reconcile(report)
    assert first == second
    checks, found = first
    assert len({check.id for check in checks}) == len(checks)
    assert len({one.id for one in found}) == len(found)


def test_a_doubtful_reading_is_not_the_reports_error(b: Any) -> None:
    from dataclasses import replace

    table(b, child="55.075.000", persen="94,55")
    row = b.anggaran[3]
    b.anggaran[3] = replace(row, anggaran=replace(row.anggaran, confidence=0.4))
    (one,) = [one for one in findings(b) if one.rule == "sum"]
    assert one.severity == "rendah"
    assert one.pesan.startswith("Periksa pindaian")
    assert one.message.startswith("Check the scan")


def test_severity(b: Any) -> None:
    table(b, child="55.075.000", persen="94,55")
    b.indicator("T2", "Indeks Arsip", "80", "70", "101")
    b.indicator("T3", "Indeks Buku", "80", "70", "87,6")
    b.indicator("T4", "Indeks Kertas", "80", "70", "80,5")
    by_subject = {one.subject.split(":")[0]: str(one.severity) for one in findings(b)}
    assert by_subject["Indeks Arsip"] == "tinggi"  # met or not met turns on it
    assert by_subject["Indeks Buku"] == "rendah"  # last decimal only
    assert by_subject["Indeks Kertas"] == "sedang"
    assert "tinggi" in by_subject.values()


def _repeated(number: int, figure: str | None, *operands: str) -> Check:
    return Check(
        f"p{number}", "other", "order", Outcome.TIDAK_COCOK, "", figure, operands, None, None, Place(line=number)
    )


def test_what_cannot_be_solved_joins_the_first_defect_of_any_of_its_figures() -> None:
    checks = [
        _repeated(1, "f1"),
        _repeated(2, "f2"),
        _repeated(3, "f3", "f2", "f1"),
        _repeated(4, None),
        _repeated(5, None),
    ]
    found = defects(checks, {})
    assert [[check.id for check in defect.checks] for defect in found] == [["p1", "p3"], ["p2"], ["p4"], ["p5"]]


def test_thousands_of_defects_take_no_longer_each() -> None:
    checks = [_repeated(number, f"f{number}") for number in range(12_000)]
    start = time.process_time()
    assert len(defects(checks, {})) == len(checks)
    assert time.process_time() - start < SECONDS
