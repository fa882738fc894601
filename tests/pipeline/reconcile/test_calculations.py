"""Calculations of the text, worked out again."""

from __future__ import annotations

from typing import Any

from pipeline.reconcile import reconcile
from pipeline.reconcile.rules.percent import check
from schemas.document import Place
from schemas.records import Rumus


def printed(b: Any, form: str, result: str, *numbers: str, subject: str = "Persentase arsip yang tertata") -> Any:
    from dataclasses import replace

    figures = tuple(b.figure(number) for number in numbers)
    stated = b.figure(result, "persen")
    one = Rumus("R1", Place(line=5), "hitungan", form, stated, figures, subject)
    return replace(b.report(), formulas=(one,))


def test_a_percentage_of_two_counts(b: Any) -> None:
    (one,) = check(printed(b, "0/1*100", "39,00", "342", "881"))
    assert (one.outcome, str(one.stated), str(one.expected)) == ("tidak_cocok", "39.00", "38.82")


def test_one_that_comes_out(b: Any) -> None:
    (one,) = check(printed(b, "0/1*100", "38,82", "342", "881"))
    assert one.outcome == "cocok"


def test_an_average_of_percentages_times_a_hundred_percent(b: Any) -> None:
    (one,) = check(printed(b, "(0+1+2)/3*100", "100,18", "100,53", "100", "100", "3"))
    assert one.outcome == "cocok"


def test_growth_and_its_message(b: Any) -> None:
    _, found = reconcile(printed(b, "(0-1)/2*100", "15,36", "27.694.035", "24.240.445", "24.240.445"))
    (one,) = [finding for finding in found if finding.rule == "percent"]
    assert (one.stated, one.expected) == ("15.36", "14.25")
    assert "(27.694.035,00 - 24.240.445,00) : 24.240.445,00 x 100 = 14,25" in one.pesan
    assert one.subject.startswith("Persentase arsip yang tertata")


def test_a_division_by_nil_is_untestable(b: Any) -> None:
    (one,) = check(printed(b, "0/1*100", "10,00", "342", "0"))
    assert one.outcome == "tak_teruji"
