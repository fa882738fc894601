"""How people err when they type numbers: one digit, two digits exchanged, a group of three lost or doubled, a separator."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from rapidfuzz.distance import OSA

GROUP = 3
TELLING = 4  # digits a number must have before a slip in it is no coincidence


class Slip(StrEnum):
    """One slip of the hand."""

    DIGIT = "angka"  # one digit wrong, lost or too many
    EXCHANGED = "tukar"  # two neighbouring digits exchanged
    GROUP_LOST = "kelompok"  # three digits lost or doubled
    SEPARATOR = "pemisah"  # the same digits with the decimal sign elsewhere


def is_slip(printed: Decimal, meant: Decimal) -> bool:
    """Whether one slip of the hand turns the number that was meant into the printed one."""
    return slip(printed, meant) is not None


def slip(printed: Decimal, meant: Decimal) -> Slip | None:
    """The slip that turns the number that was meant into the printed one, or None."""
    if printed == meant or meant == 0 or (printed < 0) != (meant < 0):
        return None
    a, b = _digits(printed), _digits(meant)
    if _group_lost(a, b) or _group_lost(b, a):
        return Slip.GROUP_LOST
    if a.replace(".", "").strip("0") == b.replace(".", "").strip("0"):
        return Slip.SEPARATOR
    if len(a) == len(b) and sorted(a) == sorted(b) and OSA.distance(a, b, score_cutoff=1) <= 1:
        return Slip.EXCHANGED
    return Slip.DIGIT if OSA.distance(a, b, score_cutoff=1) <= 1 else None


def is_telling(printed: Decimal, meant: Decimal) -> bool:
    """Whether both numbers have so many digits that a slip between them is no coincidence."""
    return min(len(_significant(printed)), len(_significant(meant))) >= TELLING


def variants(printed: Decimal, decimals: int, within: tuple[Decimal, Decimal] | None = None) -> Iterator[Decimal]:
    """The numbers that one slip turns into the printed one, digits from the left: one digit, then an exchange.

    `within` leaves out those that are smaller or larger.
    """
    unit = Decimal(1).scaleb(-decimals)
    digits = f"{abs(printed) / unit:.0f}"
    whole, sign = int(digits), -1 if printed < 0 else 1
    low, high = 0, 10 ** (len(digits) + 1)
    if within is not None:
        ends = sorted(sign * end / unit for end in within)
        low, high = max(low, math.floor(ends[0])), min(high, math.ceil(ends[1]))
    place = 10 ** len(digits)
    for at, digit in enumerate(map(int, digits)):
        place //= 10
        rest = whole - digit * place
        for other in range(max(0 if at else 1, -((rest - low) // place)), min(9, (high - rest) // place) + 1):
            if other != digit:
                yield sign * (rest + other * place) * unit
        step = (digit - int(digits[at - 1])) * 9 * place if at else 0
        if step and low <= whole + step <= high:
            yield sign * (whole + step) * unit


def _digits(value: Decimal) -> str:
    """The digits of a number, sen left out where there are none."""
    text = f"{abs(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text and not text.partition(".")[2].strip("0") else text


def _significant(value: Decimal) -> str:
    return f"{abs(value):f}".replace(".", "").strip("0")


def _group_lost(shorter: str, longer: str) -> bool:
    """Whether the longer number is the shorter one with a group of three digits more (at a thousands point)."""
    if len(longer) - len(shorter) != GROUP:
        return False
    return any(longer[:at] + longer[at + GROUP :] == shorter for at in range(len(longer) % GROUP, len(longer), GROUP))
