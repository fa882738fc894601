"""The usual forms, read at once: `Rp. 1.234.567,00`, `12,34 %`, `100`, `1,234,567.00` in a column of English notation.

Read here is only what all the steps of `cell` would make the same `Parsed` of, without a doubt; all else is left to them.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.numbers.core import MAX_DIGITS
from extractors.numbers.model import Parsed, Style
from schemas.figure import Status

_ONE = Decimal(1)
_NIL = Decimal(0)
_EMPTY = Parsed(None, 0, None, Status.KOSONG)
_DASH = Parsed(None, 0, None, Status.STRIP)
_DASH_OF_MONEY = Parsed(_NIL, 0, "rp", Status.STRIP)
_NUMBER = (  # groups and one or two decimals, several groups, or none: what has one reading alone
    r"(?P<rp>Rp\.? ?)?"
    r"(?P<whole>[1-9]\d{{0,2}}(?:{0}\d{{3}})+(?={1})|[1-9]\d{{0,2}}(?:{0}\d{{3}}){{2,}}|\d+)(?:{1}(?P<cents>\d\d?))?"
    r"(?P<percent> ?%)?"
)
_ID = re.compile(_NUMBER.format(r"\.", ","))
_EN = re.compile(_NUMBER.format(",", r"\."))


def read_plain(text: str, style: Style, kind: str, scale: Decimal) -> Parsed | None:
    """What `parse` makes of a cell in one of the usual forms; None for all others."""
    if len(text) < 2 and not text.isdigit():
        if not text:
            return _EMPTY
        if text != "-":
            return None
        return _DASH_OF_MONEY if kind == "money" else _DASH
    english = style.grouping == "en"
    match = (_EN if english else _ID).fullmatch(text)
    if match is None or not text.isascii():
        return None
    rupiah, whole, cents, percent = match.groups()
    if percent:
        if rupiah:
            return None
        kind = "percent"
    elif rupiah:
        kind = "money"
    if len(whole) + 2 > MAX_DIGITS or (scale != 1 and kind != "percent"):
        return None
    digits = whole.replace("," if english else ".", "")
    unit = "rp" if kind == "money" else "persen" if kind == "percent" else None
    if cents:
        return Parsed(Decimal(f"{digits}.{cents}"), len(cents), unit, Status.ANGKA, scale=_ONE)
    return Parsed(Decimal(digits), 0, unit, Status.ANGKA, scale=_ONE)
