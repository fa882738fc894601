"""Numbers and dates as Indonesians print them: 2.067.763.150,00. The same in both languages of the report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

_SWAP = str.maketrans(",.", ".,")
_MONTHS = (
    ("Januari", "January"),
    ("Februari", "February"),
    ("Maret", "March"),
    ("April", "April"),
    ("Mei", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("Agustus", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Desember", "December"),
)
_SCALES = ((12, "triliun", "trillion"), (9, "miliar", "billion"), (6, "juta", "million"))


def as_decimal(text: str | None) -> Decimal | None:
    """The number a decimal string of the datasets stands for ("2067763150.00"); None for words."""
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def number(value: Decimal | int) -> str:
    """With the decimals it has: Decimal("1234.50") is "1.234,50"; a true minus sign."""
    return f"{value:,f}".translate(_SWAP).replace("-", "−") if isinstance(value, Decimal) else _whole(value)


def _whole(value: int) -> str:
    return f"{value:,}".replace(",", ".").replace("-", "−")


def as_printed(value: Decimal, decimals: int) -> Decimal:
    """A value of a dataset (which pads with zeros) with the decimals the report printed, or more where it has more."""
    exponent = value.normalize().as_tuple().exponent
    needed = max(decimals, -exponent if isinstance(exponent, int) and exponent < 0 else 0)
    return value.quantize(Decimal(1).scaleb(-needed))


def short(value: Decimal) -> Decimal:
    """Without zeros at its end."""
    return as_printed(value, 0)


def with_unit(text: str, unit: str | None) -> str:
    """A number and its unit: Rp before, % after; other units stay with the report's own text."""
    if unit == "rp":
        return f"−Rp {text[1:]}" if text.startswith("−") else f"Rp {text}"
    return f"{text} %" if unit == "persen" else text


def stated(text: str | None, unit: str | None) -> str:
    """`stated`, `expected` or `difference` of a finding: a number with its unit, words as they are."""
    value = as_decimal(text)
    if value is None:
        return text or ""
    return with_unit(number(value), unit)


def rupiah(value: Decimal) -> str:
    """Whole where it is whole."""
    return with_unit(number(short(value)), "rp")


def rough_rupiah(value: Decimal) -> tuple[str, str]:
    """ "Rp 41,46 miliar", in both languages; below a million in full."""
    for power, name, name_en in _SCALES:
        if abs(value) >= Decimal(10) ** power:
            head = number(value.scaleb(-power).quantize(Decimal("0.01")))
            return f"Rp {head} {name}", f"Rp {head} {name_en}"
    return rupiah(value), rupiah(value)


def day(value: date) -> tuple[str, str]:
    """ "7 Mei 2025", in both languages."""
    return tuple(f"{value.day} {month} {value.year}" for month in _MONTHS[value.month - 1])  # type: ignore[return-value]
