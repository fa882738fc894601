"""What a piece of text looks like, as far as layout needs to know: a figure, a year, a list mark, half a number."""

from __future__ import annotations

from functools import lru_cache

import regex

KEPT = 8192  # answers remembered: the short texts of a report come again and again

# One figure: an amount, a count, a percentage, a ratio, a dash for nil; brackets and Rp. allowed.
_FIGURE = regex.compile(
    r"(?:[≥≤<>±~]\s*)?\(?\s*(?:R[pP]?\s*[.:]?\s*)?[-–]?\s*"
    r"(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2}){0,2}|\d+(?:[.,]\d+)?|\d+\s*:\s*\d+(?:[.,]\d+)*)"
    r"\s*[.,]?\s*-?\s*\)?\s*%?\)?"
)
_EDGES = regex.compile(r"^[(\s]+|[)%\s]+$")
_SHORT = regex.compile(r"\d{1,3}[.,]\d{1,3}")
_LOOSE = regex.compile(r"[\d.,()%/:–\-\s]*\d[\d.,()%/:–\-\s]*")
_DASH = regex.compile(r"(?:R[pP]\.?)?\s*[-–—]+|-\s*[.,]\s*0+|#REF!|n/?a\.?", regex.I)
_YEAR = regex.compile(r"\(?(?:19|20)\d\d\)?\*?")
_MARK = regex.compile(r"(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]?|[-•●▪‣◦○➢✓\uf000-\uf0ff])")
_CODE = regex.compile(r"(?:\d{1,4}[.\-/])*(?:\d{1,5}|[xX]{1,3})\.?(?:[.\-/](?:\d{1,5}|[xX]{1,3}))*\.?")
_HALF = regex.compile(r"(?:.*[.,(/]|R[pP]\.?|.*\d[.,]\d{0,1})")
_GROUPED = regex.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?")


@lru_cache(maxsize=KEPT)
def is_figure(text: str) -> bool:
    """A complete figure, or a dash that stands for one."""
    return _FIGURE.fullmatch(text) is not None or _DASH.fullmatch(text) is not None


@lru_cache(maxsize=KEPT)
def has_digits_only(text: str) -> bool:
    """Digits and the signs that go with them, whole figure or part of one."""
    return _LOOSE.fullmatch(text) is not None


def is_year(text: str) -> bool:
    return _YEAR.fullmatch(text) is not None


@lru_cache(maxsize=KEPT)
def is_mark(text: str) -> bool:
    """A list mark or a running number."""
    return _MARK.fullmatch(text) is not None


@lru_cache(maxsize=KEPT)
def is_code(text: str) -> bool:
    """An account or programme code (several numbered levels)."""
    return _CODE.fullmatch(text) is not None and sum(text.count(c) for c in ".-/") >= 2


def is_half(text: str) -> bool:
    """Text that a narrow cell has evidently cut: the number goes on in the next line."""
    return _HALF.fullmatch(text) is not None and not is_mark(text)


@lru_cache(maxsize=KEPT)
def is_amount(text: str) -> bool:
    """A figure with thousands groups."""
    return _GROUPED.search(text) is not None and is_figure(text)


@lru_cache(maxsize=KEPT)
def is_whole(text: str) -> bool:
    """A figure that cannot be the beginning of a longer one cut by its cell: groups whole, decimals closed."""
    bare = _EDGES.sub("", text).removeprefix("Rp").lstrip(". ")
    if "." in bare or "," in bare:
        return _GROUPED.fullmatch(bare) is not None or _SHORT.fullmatch(bare) is not None
    return bare.isdigit()
