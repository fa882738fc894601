"""Words against digits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pipeline.reconcile.rules.terbilang import check
from schemas.figure import Status


def words(b: Any, value: str | None, text: str = "seratus ribu rupiah") -> Any:
    status = Status.ANGKA if value else Status.KATA
    return b.figure(text, "rp", value=Decimal(value) if value else None, decimals=0, status=status)


def test_agreement_and_disagreement(b: Any, outcomes: Any, failing: Any) -> None:
    b.claim("Program Arsip", anggaran="100.000,00", terbilang=words(b, "100000"))
    b.claim("Program Buku", anggaran="110.000,00", terbilang=words(b, "100000"))
    assert outcomes(check, b) == ["cocok", "tidak_cocok"]
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected)) == ("100000.00", "110000.00")


def test_sen_need_not_be_said(b: Any, outcomes: Any) -> None:
    b.claim("Program Arsip", anggaran="100.000,45", terbilang=words(b, "100000"))
    b.claim("Program Arsip", anggaran="100.001,00", terbilang=words(b, "100000"))
    assert outcomes(check, b) == ["cocok", "tidak_cocok"]


def test_the_field_the_words_repeat_decides(b: Any, outcomes: Any) -> None:
    given = {"anggaran": "100.000", "realisasi": "90.000"}
    b.claim("Program Arsip", **given, terbilang=words(b, "90000"), terbilang_dari="anggaran")
    b.claim("Program Arsip", **given, terbilang=words(b, "90000"))
    b.claim("Program Arsip", **given, terbilang=words(b, "80000"))
    assert outcomes(check, b) == ["tidak_cocok", "cocok", "tak_teruji"]


def test_untestable(b: Any) -> None:
    b.claim("Program Arsip", anggaran="100.000", terbilang=words(b, None, "seratus rbu"))
    b.claim("Program Arsip", terbilang=words(b, "100000"))
    assert [one.reason for one in check(b.report())] == [
        "kata bilangan tidak terbaca: 'seratus rbu'",
        "angka yang dibilang tidak ditemukan",
    ]
