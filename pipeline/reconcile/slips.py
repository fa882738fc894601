"""How people err when they type numbers: one digit, two digits exchanged, a group of three lost or doubled."""

from __future__ import annotations

from decimal import Decimal

from rapidfuzz.distance import OSA

GROUP = 3


def is_slip(printed: Decimal, meant: Decimal) -> bool:
    """Whether one slip of the hand turns the number that was meant into the printed one."""
    if printed == meant or meant == 0 or (printed < 0) != (meant < 0):
        return False
    a, b = _digits(printed), _digits(meant)
    return OSA.distance(a, b, score_cutoff=1) <= 1 or _group_lost(a, b) or _group_lost(b, a)


def _digits(value: Decimal) -> str:
    """The digits of a number, sen left out where there are none."""
    text = f"{abs(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text and not text.partition(".")[2].strip("0") else text


def _group_lost(shorter: str, longer: str) -> bool:
    """Whether the longer number is the shorter one with a group of three digits more (at a thousands point)."""
    if len(longer) - len(shorter) != GROUP:
        return False
    return any(longer[:at] + longer[at + GROUP :] == shorter for at in range(len(longer) % GROUP, len(longer), GROUP))
