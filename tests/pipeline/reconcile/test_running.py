"""Running numbers through a table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.reconcile import reconcile
from pipeline.reconcile.running import running_numbers


def table(b: Any, skip: int | None, *, wrong: bool = False, parts: int = 12) -> None:
    number = 0
    for programme in range(3):
        count = parts // 3
        top = b.budget("T1", f"Program ke{programme}", f"{count * 100 + (5 if wrong else 0)}.000")
        for _ in range(count):
            number += 2 if number + 1 == skip else 1
            b.budget("T1", f"Kegiatan nomor{number}", "100.000", level="kegiatan", parent=top)
            b.anggaran[-1] = replace(b.anggaran[-1], nomor=str(number))


def outcomes(b: Any) -> list[str]:
    return [str(check.outcome) for check in running_numbers(b.report(), "count")]


def test_numbers_in_order(b: Any) -> None:
    table(b, None)
    assert outcomes(b) == ["cocok"]


def test_a_number_left_out_though_all_sums_agree(b: Any) -> None:
    table(b, 6)
    assert outcomes(b) == ["tidak_cocok"]
    (one,) = [one for one in reconcile(b.report())[1] if one.rule == "count"]
    assert (one.stated, one.expected) == ("13", "12")
    assert "satu nomor terlewat" in one.pesan


def test_a_gap_with_sums_that_fail_may_be_our_own_loss(b: Any) -> None:
    table(b, 6, wrong=True)
    assert outcomes(b) == ["tak_teruji"]


def test_a_short_list_means_nothing(b: Any) -> None:
    table(b, 3, parts=6)
    assert outcomes(b) == []
