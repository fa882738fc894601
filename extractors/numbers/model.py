"""The types of number reading."""

from __future__ import annotations

from decimal import Decimal

from schemas.figure import Status
from schemas.values import value


@value(frozen=True, slots=True)
class Style:
    """How a column (or a document) writes numbers.

    `grouping`: "id" (1.234,56), "en" (1,234.56) or "unknown". `same_separator`: one sign groups thousands and begins
    the decimals through a whole table (9,955,711,600,00 / 81.900.000.00); `grouping` then names that sign's notation.
    `torn_head`: wide letter spacing parts the first digits from the rest in most cells ("1 5,706,334,647.00").
    """

    grouping: str
    same_separator: bool = False
    torn_head: bool = False


UNKNOWN = Style("unknown")


@value(frozen=True, slots=True)
class Parsed:
    """What one printed figure says.

    `value` is in the figure's unit, after `scale` (the multiplier of a word such as "juta", or of the header) is
    applied; a percentage is the number of percent; None for KOSONG and KATA, and for a STRIP outside money. `decimals`
    are those printed. `unit` is "rp", "persen", another unit as printed ("rasio" for a ratio, which has no value), or
    None. `relation` is "≥", ">", "≤", "<" for a bound or the sign between the ends of a range, whose upper end is
    `high`. `doubt` says what we are unsure of in our own reading; `why_malformed` (with status RUSAK) what is wrong
    with the printed form.
    """

    value: Decimal | None
    decimals: int
    unit: str | None
    status: Status
    relation: str | None = None
    high: Decimal | None = None
    scale: Decimal = Decimal(1)
    doubt: str | None = None
    why_malformed: str | None = None


@value(frozen=True, slots=True)
class Found:
    """A figure in running text: `text` is `source[start:end]`; `money` and `percent` say what its own signs make it."""

    start: int
    end: int
    text: str
    parsed: Parsed
    money: bool
    percent: bool
