"""Figures that auditors say we misread: honoured by the checks, named wherever they were used, and nowhere in the data."""

from __future__ import annotations

from decimal import Decimal

from pipeline.overlay import Correction, apply, canonical, doubts, marked, understood
from schemas.checks import Outcome
from schemas.figure import Status


def test_the_right_figure_stands_in_its_place_for_the_checks(build):
    line = build.line("Program Taman", "100.000,00", "90.000,00")
    report = build.report()
    wrong = Correction(line.anggaran.id, "100.000,00", "700.000,00")
    laid = apply(report, (wrong,))
    figure = laid.anggaran[0].anggaran
    assert (figure.value, figure.text, figure.unit, figure.decimals) == (Decimal("700000.00"), "700.000,00", "rp", 2)
    assert figure.place == line.anggaran.place
    assert laid.anggaran[0].realisasi == line.realisasi
    assert report.anggaran[0].anggaran.text == "100.000,00"


def test_the_scale_of_the_column_holds_unless_a_word_says_otherwise(build):
    line = build.line("Program Taman", build.figure("1500", scale=Decimal(1000)), "900")
    laid = apply(build.report(), (Correction(line.anggaran.id, "1500", "1.600"),))
    assert laid.anggaran[0].anggaran.value == Decimal(1_600_000)
    laid = apply(build.report(), (Correction(line.anggaran.id, "1500", "Rp 1,6 miliar"),))
    assert laid.anggaran[0].anggaran.value == Decimal(1_600_000_000)


def test_cells_that_rules_read_say_the_same(build):
    line = build.line("Program Taman", build.figure("Program Taman", table_id="t1", row=1, col=0))
    laid = apply(build.report(), (Correction(line.anggaran.id, "Program Taman", "5"),))
    assert laid.tables[0].raw.rows[1][0].text == "5"


def test_what_was_read_otherwise_since_is_left_alone_and_told(build):
    line = build.line("Program Taman", "100")
    report = build.report()
    stale = (Correction(line.anggaran.id, "999", "700"), Correction("tidak-ada", "1", "2"))
    assert apply(report, stale) is report
    told = doubts(report, stale)
    assert [doubt.kind for doubt in told] == ["salah_baca_usang"] * 2
    assert "kini terbaca '100'" in told[0].reason
    assert "tidak ada lagi" in told[1].reason


def test_checks_findings_and_doubts_name_the_correction(build):
    line = build.line("Program Taman", "100", "90")
    other = build.line("Program Jalan", "5", "4")
    report = build.report()
    overlay = (Correction(line.anggaran.id, "100", "700"),)
    checks = (
        build.check(line.anggaran, line.realisasi, outcome=Outcome.TIDAK_COCOK),
        build.check(other.anggaran, other.realisasi),
    )
    findings = (build.finding(line.anggaran), build.finding(other.anggaran))
    told, found = marked(report, overlay, checks, findings)
    assert told[0].reason == "salah baca: '100' dipakai sebagai '700'"
    assert found[0].pesan.endswith("[Angka dibetulkan pemeriksa: terbaca 100, tercetak 700.]")
    assert found[0].message.endswith("[Figure corrected by a reviewer: read as 100, printed as 700.]")
    assert (told[1], found[1]) == (checks[1], findings[1])
    (doubt,) = doubts(report, overlay)
    assert (doubt.kind, doubt.text, doubt.table_id) == ("salah_baca", "100", "t1")


def test_without_corrections_nothing_changes(build):
    build.line("Program Taman", "100")
    report = build.report()
    assert apply(report, ()) is report
    assert canonical(()) == ""
    assert canonical((Correction("b", "1", "2"), Correction("a", "1", "2"))) == canonical(
        (Correction("a", "1", "2"), Correction("b", "1", "2"))
    )


def test_how_a_typed_figure_would_be_read():
    assert understood("2.067.763.150,00", "rp").value == Decimal("2067763150.00")
    assert understood("98,71", "persen").value == Decimal("98.71")
    assert understood("-", "rp").status is Status.STRIP
    assert understood("entah", "rp").status is Status.KATA
