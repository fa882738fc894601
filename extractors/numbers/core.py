"""Digits and separators: which numbers a run of them can be, and which one it is.

A *strict* form is one that Indonesian (1.234,56) or English (1,234.56) notation writes. Where a run has several
strict readings the style of its column decides; where it has none it is written wrongly, and gets the value it
evidently means.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.numbers.model import Style
from schemas.values import value

MAX_DIGITS = 19  # the national budget has 16 and two decimals; longer runs are grown together, or no figures
_GROWN = re.compile(r"(?:\d{1,3}(?:\.\d{3})+,\d{2}){2,}|(?:\d{1,3}(?:,\d{3})+\.\d{2}){2,}")
_STRICT = {
    "id": re.compile(r"(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(?P<fraction>\d+))?"),
    "en": re.compile(r"(?P<whole>[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.(?P<fraction>\d+))?"),
}
_THOUSANDS = {"id": ".", "en": ","}
TWO = "tampaknya lebih dari satu angka dalam satu sel"
MIXED = "satu angka memakai cara tulis yang berbeda dari kolomnya"
MIXED_FAULT = "tanda ribuan dan desimal berbeda dari kolomnya"
TWO_WAYS = "titik atau koma dapat berarti ribuan maupun desimal"


@value(frozen=True, slots=True)
class Core:
    """The number a run of digits means: `value` None where it is no number; see `Parsed` for `doubt` and `why`."""

    value: Decimal | None
    decimals: int = 0
    doubt: str | None = None
    why: str | None = None


@value(frozen=True, slots=True)
class Reading:
    """One strict reading of a run."""

    grouping: str
    value: Decimal
    decimals: int


def strict(run: str) -> tuple[Reading, ...]:
    """The strict readings of a run of digits and separators: none, one, or two that differ in value."""
    found: list[Reading] = []
    for grouping, pattern in _STRICT.items():
        match = pattern.fullmatch(run)
        if not match:
            continue
        fraction = match["fraction"] or ""
        whole = match["whole"].replace(".", "").replace(",", "")
        value = Decimal(f"{whole}.{fraction}" if fraction else whole)
        if not any((r.value, r.decimals) == (value, len(fraction)) for r in found):
            found.append(Reading(grouping, value, len(fraction)))
    return tuple(found)


def evidence(run: str) -> tuple[str, str] | None:
    """What a run tells of its writer's style: (grouping, form), None where it tells nothing (`100`, `1.234`).

    `form` is full (groups and decimals, 1.234,56), groups (1.234.567), decimal (12,5), or same (1.234.567.00: one sign
    for both; the grouping then names the notation whose thousands sign that is).
    """
    signs = re.sub(r"\d", "", run)
    groups = re.split(r"[.,]", run)
    if not signs or not all(groups):
        return None
    if len(signs) > 1 and len(set(signs)) == 1 and len(groups[-1]) == 2 and _grouped(groups[:-1]):
        return ("id" if signs[0] == "." else "en"), "same"
    readings = strict(run)
    if len(readings) != 1:
        return None
    form = "decimal" if len(signs) == 1 else "full" if len(set(signs)) == 2 else "groups"
    return readings[0].grouping, form


def read_core(run: str, style: Style, kind: str, *, scaled: bool = False, scale_reads: str = "gaya") -> Core:
    """The number that `run` (digits, points, commas; begins with a digit or a separator) means.

    `kind` is money, percent, plain or any; `scaled` tells that a word or a header multiplies it, so that rupiah may
    have three decimals; `scale_reads` is "desimal" where that word makes a lone group of three a fraction.
    """
    if _GROWN.fullmatch(run):
        return Core(None, doubt=TWO)
    if sum(c.isdigit() for c in run) > MAX_DIGITS:
        return Core(None, doubt="deret angka terlalu panjang untuk sebuah besaran")
    readings = strict(run)
    if kind == "money" and not scaled:
        readings = tuple(r for r in readings if r.decimals <= 2) or tuple(
            r for r in readings if _both_signs(run) or run[0] == "0"
        )
    if len(readings) == 2:
        return _choose(run, readings, style, kind, scaled, scale_reads)
    if len(readings) == 1:
        return _single(run, readings[0], style, kind, scaled)
    return _repair(run, style, kind)


def _choose(run: str, readings: tuple[Reading, ...], style: Style, kind: str, scaled: bool, scale_reads: str) -> Core:
    """Two strict readings: a lone separator before three digits (`1.234`, `1,234`)."""
    thousands, decimal = sorted(readings, key=lambda r: r.decimals)
    if scale_reads == "desimal":
        return Core(decimal.value, decimal.decimals, TWO_WAYS)
    grouping = style.grouping if style.grouping != "unknown" else "id"
    chosen = next(r for r in readings if r.grouping == grouping)
    sure = style.grouping != "unknown" and not style.same_separator and not scaled
    doubt = None if sure and chosen is thousands else TWO_WAYS  # three decimals are rare: never taken without a doubt
    if kind == "percent":
        # A share in the ten thousands of percent is no share; one of some thousands may be an achievement.
        if thousands.value >= 10000 or style.same_separator:
            chosen = decimal
        doubt = TWO_WAYS
    return Core(chosen.value, chosen.decimals, doubt)


def _single(run: str, reading: Reading, style: Style, kind: str, scaled: bool) -> Core:
    """One strict reading; it may contradict the style of its column."""
    signs = re.sub(r"\d", "", run)
    if kind == "money" and not scaled and reading.decimals > 2:
        return Core(reading.value, reading.decimals, TWO_WAYS, "rupiah dengan lebih dari dua desimal")
    if not signs or style.grouping in ("unknown", reading.grouping):
        return Core(reading.value, reading.decimals)
    if style.same_separator and set(signs) == {_THOUSANDS[style.grouping]}:
        return Core(reading.value, reading.decimals)
    if len(signs) == 1 and reading.decimals:  # 4.95 among 4,85: a plain decimal, whoever wrote it
        return Core(reading.value, reading.decimals, MIXED)
    return Core(reading.value, reading.decimals, MIXED, MIXED_FAULT)


def _repair(run: str, style: Style, kind: str) -> Core:
    """A run that no notation writes: the value it evidently means, or None where nothing is evident."""
    trimmed = run.rstrip(".,")
    if trimmed != run:
        if not trimmed:
            return Core(None)
        inner = read_core(trimmed, style, kind)
        lost = run[len(trimmed) :]
        if lost == ".":  # the full stop of a sentence
            return inner
        return Core(inner.value, inner.decimals, inner.doubt, inner.why or "desimal di belakang koma tidak tertulis")
    if run[0] in ".,":
        inner = read_core("0" + run, style, kind) if re.fullmatch(r"[.,]\d+", run) else Core(None)
        return Core(inner.value, inner.decimals, "awal angka tidak tertulis", "angka di depan koma tidak tertulis")
    if re.search(r"[.,]{2,}", run):
        inner = read_core(re.sub(r"[.,]*([.,])", r"\1", run), style, kind)
        return Core(inner.value, inner.decimals, inner.doubt, inner.why or "tanda pemisah ganda")
    groups, signs = re.split(r"[.,]", run), re.sub(r"\d", "", run)
    return _repair_groups(groups, signs, style, kind)


def _repair_groups(groups: list[str], signs: str, style: Style, kind: str) -> Core:
    if _code_like(groups, kind):
        return Core(None, doubt="lebih mirip kode atau tanggal daripada angka")
    head, last = groups[:-1], groups[-1]
    if len(head) > 1 and len(last) == 2 and len(head[-1]) == 2:  # 132.275.000,00,00
        same = last in ("00", head[-1])
        inner = read_core("".join(g + s for g, s in zip(head[:-1], signs, strict=False)) + head[-1], style, kind)
        doubt = inner.doubt if same else "dua bagian desimal yang berbeda"
        return Core(inner.value, inner.decimals, doubt, "desimal tertulis dua kali")
    if len(last) in (1, 2):
        value = Decimal("".join(head) + "." + last)
        one_sign = len(set(signs)) == 1
        if len(signs) > 1 and one_sign and _grouped(head):
            complete = last == "00" or (style.same_separator and len(last) == 2)
            doubt = None if complete else "angka mungkin terpotong di belakang"
            return Core(value, len(last), doubt, "satu tanda dipakai untuk ribuan dan desimal")
        why = (
            "tanda ribuan dan desimal tercampur"
            if len(set(signs[:-1])) > 1
            else "tanda ribuan hilang atau salah tempat"
        )
        return Core(value, len(last), _odd(head), why)
    if len(last) % 3 == 0 or kind == "money":
        whole = Decimal("".join(groups))
        doubt = _odd(groups)
        if len(set(signs)) > 1 or len(signs) == 1:
            doubt = doubt or TWO_WAYS
        return Core(whole, 0, doubt, "tanda ribuan hilang atau salah tempat")
    return Core(None, doubt="susunan titik dan koma tidak dapat dibaca sebagai satu angka")


def _both_signs(run: str) -> bool:
    return "." in run and "," in run


def _grouped(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= 3 and groups[0][0] != "0" and all(len(g) == 3 for g in groups[1:])


def _odd(groups: list[str]) -> str | None:
    """A doubt unless every group after the first holds three digits, or six where a sign is missing."""
    whole = all(len(g) % 3 == 0 for g in groups[1:])
    return None if whole else "kelompok ribuan tidak berisi tiga angka"


def _code_like(groups: list[str], kind: str) -> bool:
    """Account codes (8.01.06.2.01), dates (31.12.2024), versions: few groups of three among several."""
    tail = groups[1:]
    if len(tail) == 2 and len(groups[0]) in (2, 3) and [len(g) for g in tail] == [2, 2]:
        return kind != "percent" and kind != "money" and tail[1] != "00"
    threes = sum(len(g) % 3 == 0 for g in tail)
    return len(tail) >= 2 and threes * 2 < len(tail) and not (threes and kind == "money")
