"""Rows as the pages show them. Text of reports is hostile: it goes to tables and plain text, never to Markdown or HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipeline.report.numerals import as_decimal, number, short
from pipeline.report.text import csv_text, visible

if TYPE_CHECKING:
    import pandas as pd

FIGURE_SPACE = "\u2007"  # as wide as a digit
_MARKS = "\\`*_{}[]()<>#+-.!|~:$&^="

Tell = Callable[[str, str], str]


def teller(lang: str) -> Tell:
    """Chooses between the Indonesian and the English of a text."""
    return (lambda _id, en: en) if lang == "en" else (lambda id_, _en: id_)


def plain(text: str | None, longest: int = 400) -> str:
    """Text of a report, for places that read Markdown: every sign that means something there stands for itself."""
    return "".join(f"\\{char}" if char in _MARKS else char for char in visible(text, longest))


def money(value: Decimal | None) -> str:
    """Rupiah as Indonesians print them, every digit kept."""
    return "" if value is None else number(short(value))


def figure(value: Decimal | int | None) -> str:
    """A number with the decimals it has; nothing where there is none."""
    if value is None:
        return ""
    return number(short(value)) if isinstance(value, Decimal) else number(value)


def stated(text: str | None) -> str:
    """A number of a finding as Indonesians print it; words as they are."""
    value = as_decimal(text)
    return visible(text, 200) if value is None else number(value)


def frame(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    """A table for showing: `columns` gives, for a key of the rows, its heading and what it is: money, number or text.

    Numbers are texts of one width with figure spaces around them, so that they stand right, sort as numbers do and no
    browser rounds them. What a spreadsheet would take for a formula is made harmless: a table can be copied.
    """
    import pandas as pd

    made: dict[str, list[str]] = {}
    for key, (heading, kind) in columns.items():
        values = [row.get(key) for row in rows]
        if kind in ("money", "number"):
            texts = [(money if kind == "money" else figure)(value) for value in values]
            made[heading] = _aligned(texts)
        else:
            made[heading] = [csv_text("" if value is None else str(value)) for value in values]
    return pd.DataFrame(made, dtype="string")


def _aligned(texts: Sequence[str]) -> list[str]:
    """The numbers with their decimal commas below each other."""
    parts = [text.partition(",") for text in texts]
    before = max((len(whole) for whole, _, _ in parts), default=0)
    after = max((len(comma + decimals) for _, comma, decimals in parts), default=0)
    return [
        whole.rjust(before, FIGURE_SPACE) + (comma + decimals).ljust(after, FIGURE_SPACE) if whole else ""
        for whole, comma, decimals in parts
    ]
