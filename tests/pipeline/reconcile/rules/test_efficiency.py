"""Stated efficiency and savings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.reconcile import reconcile
from pipeline.reconcile.rules.efficiency import check

HEADER = ["indikator", "capaian", "persen", "efisiensi"]


def table(b: Any, *rows: tuple[str, str, str]) -> None:
    """Rows of capaian, absorption and efficiency."""
    cells = [[f"Indikator {chr(65 + n)}", *row] for n, row in enumerate(rows)]
    b.performance("T1", HEADER, cells)
    for row, given in enumerate(cells, 1):
        for col in (2, 3):
            if given[col]:
                b.counts.append(b.figure(given[col], "persen", table_id="T1", row=row, col=col))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("100", "89,87", "10,13%"), ("98", "73,09", "26,91%")], ["cocok"] * 2),  # 100 - absorption
        ([("97,22", "83,68", "13,54"), ("142,6", "92,07", "50,53")], ["cocok"] * 2),  # capaian - absorption
        ([("103,24", "58,33", "77,0%"), ("100", "87,15", "14,7%")], ["cocok"] * 2),  # capaian / absorption - 1
        ([("100", "80", "1,25"), ("90", "60", "1,5")], ["cocok"] * 2),  # a ratio
        ([("100", "80", "20"), ("90", "60", "40"), ("95", "70", "33")], ["cocok", "cocok", "tidak_cocok"]),
        ([("100", "80", "20,0"), ("100", "66,66", "33,3")], ["cocok"] * 2),  # the rounding edge
        ([("100", "", "20"), ("0", "60", "40")], ["tak_teruji"] * 2),
        ([("100", "80", "55"), ("90", "60", "77")], ["tak_teruji"] * 2),  # nobody knows how
    ],
)
def test_columns(b: Any, outcomes: Any, rows: list[tuple[str, str, str]], expected: list[str]) -> None:
    table(b, *rows)
    assert sorted(outcomes(check, b)) == sorted(expected)


def test_a_wrong_row(b: Any, failing: Any) -> None:
    table(b, ("100", "80", "20"), ("90", "60", "40"), ("95", "70", "33"))
    (one,) = failing(check, b)
    assert (one.subject, one.stated, one.expected) == ("Indikator C: efisiensi", Decimal(33), Decimal(30))
    assert "100 - serapan" in reconcile(b.report())[1][-1].pesan


def test_two_rows_exchanged_are_one_finding(b: Any, failing: Any) -> None:
    table(b, ("103,24", "58,33", "77,0"), ("100", "87,15", "22,9"), ("107,09", "87,15", "14,7"))
    (one,) = failing(check, b)
    assert (one.stated, one.expected, dict(one.detail)["lain"]) == (Decimal("22.9"), Decimal("14.7"), "Indikator C")


def test_a_column_that_repeats_the_absorption(b: Any, failing: Any) -> None:
    table(b, ("90", "98,70", "99%"), ("90", "99,94", "100%"), ("85", "96,48", "96%"))
    (one,) = failing(check, b)
    assert (one.stated, one.expected) == ("99%; 100%; 96%", None)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Efisiensi anggaran sebesar 4.32% atau Rp.432.000,-.", []),
        ("Efisiensi atas penggunaan anggaran tersebut adalah sebesar 4,32 % (Rp 432.000,00).", []),
        ("penghematan sebesar Rp. 432.100,- atau 4,3%", [("432100", "432000.00")]),
        ("nilai efisiensi anggaran sebesar 5,5%", [("5.5", "4.3")]),
        ("nilai efisiensi anggaran sebesar 1,05%", [("1.05", "4.32")]),  # a ratio taken for a percentage
        ("secara efisien dan efektif, 20% kegiatan", []),
    ],
)
def test_sentences(b: Any, failing: Any, words: str, expected: list[tuple[str, str]]) -> None:
    b.claim("Anggaran dinas", anggaran="10.000.000", realisasi="9.568.000")
    b.say(words)
    b.klaim[0] = b.klaim[0].__class__(
        **{f: getattr(b.klaim[0], f) for f in b.klaim[0].__slots__} | {"place": b.text[0].place}
    )
    assert [(str(one.stated), str(one.expected)) for one in failing(check, b)] == expected


def test_a_ratio_is_told(b: Any) -> None:
    b.say("nilai efisiensi anggaran sebesar 1,05%")
    b.line -= 1
    b.claim("Anggaran dinas", anggaran="10.000.000", realisasi="9.568.000")
    assert "bukan persen" in reconcile(b.report())[1][0].pesan


def test_a_saving_of_nothing_that_is_named(b: Any, outcomes: Any) -> None:
    b.say("Penghematan sebesar 5%.")
    assert outcomes(check, b) == ["tak_teruji"]
