"""What a column holds, told without its header: figures, money, percentages, codes, list numbers, texts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from extractors.tables.figures import KEPT
from extractors.tables.rows import is_figure, is_list_number
from schemas.values import value

RUPIAH = regex.compile(r"\bRp\b|rupiah", regex.I)
# An account code; an amount with groups of three digits is none.
CODE = regex.compile(r"^(?!\d{1,3}(?:\.\d{3})+$)\d{1,2}(?:[.\-]\d{1,4}){1,7}\.?$")
_NO_DIGIT = regex.compile(r"\D")
_PADDED = regex.compile(r"\d{2,3}")


@value(frozen=True, slots=True)
class Content:
    """What a column's body holds: shares among its filled cells."""

    figures: float
    money: float
    percent: float
    list_numbers: float
    codes: float
    rupiah: bool
    length: float
    filled: int
    padded: float  # 1.0 for numbers of one width with leading zeros ("01", "10"), as codes are written


@lru_cache(maxsize=KEPT)
def _is_code(text: str) -> bool:
    return " " not in text and CODE.match(text) is not None


def _names_rupiah(text: str) -> bool:
    return "p" in text.lower() and (RUPIAH.search(text) is not None or text.lower().startswith("rp"))


def content_of(cells: Sequence[str]) -> Content:
    used = [c for c in cells if c]
    n = len(used) or 1
    figures = [c for c in used if is_figure(c)]
    digits = [_NO_DIGIT.sub("", c) for c in figures]
    money = len([c for c, d in zip(figures, digits, strict=True) if len(d) >= 7 or _names_rupiah(c)])
    return Content(
        figures=len(figures) / n,
        money=money / (len([d for d in digits if d and d.strip("0")]) or 1) if figures else 0.0,
        percent=len([c for c in used if "%" in c]) / n,
        list_numbers=sum(map(is_list_number, used)) / n,
        codes=sum(map(_is_code, used)) / n,
        rupiah=any(c.startswith(("Rp", "rp", "RP", "rP")) for c in used),
        length=sum(map(len, used)) / n,
        filled=len(used),
        padded=float(
            any(_PADDED.fullmatch(c) for c in used[:1])
            and len({len(c) for c in used}) == 1
            and all(_PADDED.fullmatch(c) for c in used)
            and any(c.startswith("0") for c in used)
        ),
    )
