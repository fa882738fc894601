"""Amounts in words against the digits they repeat."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.reconcile.checking import plain, untestable
from pipeline.reconcile.figures import FIELDS, number, subject, usable
from pipeline.reconcile.interval import as_printed
from schemas.checks import Check, Outcome
from schemas.figure import Figure
from schemas.records import Klaim, Report

RULE = "terbilang"
SOURCE = "arithmetic: the words and the digits of one amount say the same number"


def check(report: Report) -> Iterator[Check]:
    """Bilangan dengan huruf menyebut jumlah yang sama dengan angkanya (sen boleh tidak disebut)."""
    for record in report.klaim:
        if record.terbilang is not None:
            yield _one(report, record, record.terbilang)


def _one(report: Report, record: Klaim, words: Figure) -> Check:
    name = subject(record, "terbilang", report)
    if words.value is None:
        return untestable(RULE, "words", name, f"kata bilangan tidak terbaca: {words.text!r}", result=words)
    candidates = _digits(record)
    if not candidates:
        return untestable(RULE, "words", name, "angka yang dibilang tidak ditemukan", result=words)
    digits = next((figure for figure in candidates if _same(words, figure)), None)
    if digits is None and len(candidates) > 1:
        reason = "tidak jelas angka mana yang dibilang"
        return untestable(RULE, "words", name, reason, result=words, operands=candidates)
    against = digits or candidates[0]
    outcome = Outcome.COCOK if digits else Outcome.TIDAK_COCOK
    expected = as_printed(number(against), against)
    stated = as_printed(number(words), against)
    place = words.place
    return plain(
        RULE, "words", name, outcome, place, result=words, operands=(against,), stated_as=stated, expected=expected
    )


def _digits(record: Klaim) -> list[Figure]:
    """The figure whose digits the words repeat, or all that they may repeat."""
    if record.terbilang_dari in FIELDS[Klaim]:
        figure: Figure | None = getattr(record, str(record.terbilang_dari))
        return [figure] if figure is not None and usable(figure) else []
    fields = [field for field in FIELDS[Klaim] if field != "terbilang"]
    figures = [getattr(record, field) for field in fields]
    return [figure for figure in figures if usable(figure)]


def _same(words: Figure, digits: Figure) -> bool:
    return abs(number(words) - number(digits)) < (Decimal(1) if digits.decimals == 2 else Decimal("0.000001"))
