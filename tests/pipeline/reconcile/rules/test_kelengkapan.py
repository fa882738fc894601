"""The list of what a report must hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.reconcile import reconcile
from pipeline.reconcile.rules.kelengkapan import check, items


def outcome_of(checks: Any) -> dict[str, str]:
    names = {name: key for key, name in items().items()}
    return {names[one.subject]: str(one.outcome) for one in checks}


def full(b: Any) -> None:
    b.performance("T1", ["indikator", "target"], [["Persentase arsip", "80"]], title="Perjanjian Kinerja Tahun 2024")
    b.performance("T2", ["indikator", "target", "realisasi"], [["Persentase arsip", "80", "72"]])
    b.performance("T3", ["indikator", "realisasi 2023", "realisasi 2024"], [["Persentase arsip", "70", "72"]])
    b.performance("T4", ["indikator", "efisiensi"], [])
    b.budget("T4", "Program Arsip", "100", "90")
    b.say("Perbandingan dengan target jangka menengah dan standar nasional.")
    b.say("Analisis penyebab keberhasilan serta program dan kegiatan yang menunjang.")


def test_a_report_that_holds_all(b: Any) -> None:
    full(b)
    assert set(outcome_of(check(b.report())).values()) == {"cocok"}


def test_what_is_wanting_is_listed_and_no_finding(b: Any) -> None:
    b.performance("T2", ["indikator", "target", "realisasi"], [["Persentase arsip", "80", "72"]])
    checks, findings = reconcile(b.report())
    told = outcome_of(one for one in checks if one.rule == "kelengkapan")
    assert told.pop("target") == "cocok"
    assert told.pop("standar") == "tak_teruji"  # asked for where there is one
    assert set(told.values()) == {"tidak_cocok"}
    assert len(told) == 7
    assert findings == ()


def test_a_part_of_a_report(b: Any) -> None:
    b.performance("T1", ["indikator", "target"], [["Persentase arsip", "80"]], title="Perjanjian Kinerja Tahun 2024")
    told = outcome_of(check(b.report()))
    assert told.pop("perjanjian") == "cocok"
    assert set(told.values()) == {"tak_teruji"}


def test_plans_are_asked_for_nothing(b: Any) -> None:
    report = b.report()
    assert list(check(replace(report, identity=replace(report.identity, jenis="rkt")))) == []
