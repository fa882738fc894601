"""Calculations that the text prints ("342/881 x 100% = 39,00%") worked out again."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.reconcile.checking import formulas, ratios, untestable
from pipeline.reconcile.expressions import HUNDRED
from pipeline.reconcile.figures import usable, why_not
from schemas.checks import Check, Outcome
from schemas.records import Report, Rumus

RATIO = "0/1*100"
SHORT = 3  # words: a subject of fewer says too little


def printed_calculations(report: Report, rule: str, fields: tuple[str | None, ...]) -> Iterator[Check]:
    """The calculations whose result a statement calls one of `fields` (None: no statement holds it)."""
    for one in report.formulas:
        if one.field in fields:
            yield _one(one, rule)


def _one(one: Rumus, rule: str) -> Check:
    name = f"{_subject(one)}: {one.field or 'hasil hitungan'}"
    detail = (("teks", " ".join(one.teks.split())),)
    missing = next((figure for figure in (one.hasil, *one.angka) if not usable(figure)), None)
    if missing is not None:
        return untestable(rule, "ratio", name, why_not(missing, "angka"), result=one.hasil, operands=one.angka)
    if one.bentuk == RATIO:
        return ratios(rule, name, one.hasil, one.angka[0], one.angka[1], detail=detail)
    return formulas(rule, name, one.hasil, one.angka, _forms(one), detail)


def _forms(one: Rumus) -> list[str]:
    """The form as printed; where its numbers are percentages already, "x 100%" multiplies by one."""
    bare = one.bentuk.removesuffix(HUNDRED)
    forms = [one.bentuk]
    if one.bentuk.endswith(HUNDRED) and one.hasil.value is not None:
        forms.append(bare)
    elif one.hasil.unit == "persen" and not any(figure.unit == "persen" for figure in one.angka):
        forms.append(bare + HUNDRED)
    agreeing = [form for form in forms if formulas("", "", one.hasil, one.angka, [form]).outcome is Outcome.COCOK]
    return agreeing or sorted(forms, key=lambda form: _distance(one, form))


def _distance(one: Rumus, form: str) -> float:
    """How far the form's value is from the stated one, as an order of magnitude: 100 times off means the other form."""
    expected = formulas("", "", one.hasil, one.angka, [form]).expected
    stated = one.hasil.value
    if not stated or expected is None or isinstance(expected, str) or expected == 0:
        return float("inf")
    ratio = abs(expected / stated)
    return float(max(ratio, 1 / ratio))


def _subject(one: Rumus) -> str:
    words = (one.subjek or "").split()
    return " ".join(words[:24]) if len(words) >= SHORT else f"Perhitungan {' '.join(one.teks.split())}"
