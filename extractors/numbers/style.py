"""Which notation a column, or a whole document, writes its numbers in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from extractors.numbers.core import evidence
from extractors.numbers.model import UNKNOWN, Style
from extractors.numbers.normal import normalise

_RUN = re.compile(r"(?<![\w.,])\d[\d.,]*\d(?![\w])")
_GLUED_CURRENCY = re.compile(r"(?i)\b(?:rp|idr|r)[.,:]?\s*(?=\d)")
_AGREED = 3  # a style holds where its forms are at least three times as many as those against it


def decide_style(texts: Iterable[str], fallback: Style | None = None) -> Style:
    """The style that the unambiguous forms among `texts` (the cells of a column) show.

    Forms with groups of thousands outweigh lone decimals ("4.95" is written in any style). Where the forms contradict each
    other the style is unknown; where there are none it is `fallback` (the document's style), or unknown.
    """
    strong: Counter[str] = Counter()
    weak: Counter[str] = Counter()
    for text in texts:
        for run in _RUN.findall(_GLUED_CURRENCY.sub(" ", normalise(text))):
            told = evidence(run)
            if told:
                (strong if told[1] else weak)[told[0]] += 1
    if not strong and not weak:
        return fallback or UNKNOWN
    return _same(strong) or _majority(strong, weak) or UNKNOWN


def _same(strong: Counter[str]) -> Style | None:
    """One separator for both uses, where that is how most amounts with decimals are written."""
    for form, grouping in (("same,", "en"), ("same.", "id")):
        other = strong["id"] + strong["en"] + strong["same,"] + strong["same."] - strong[form]
        if grouping in strong:
            other -= strong[grouping]  # 1,234,567 beside 1,234,567,00 is the same hand
        if strong[form] and strong[form] > other:
            return Style(grouping, same_separator=True)
    return None


def _majority(strong: Counter[str], weak: Counter[str]) -> Style | None:
    """Groups of thousands decide, unless as many lone decimals say that the column mixes both notations."""
    tally = {g: strong[g] * _AGREED + weak[g] for g in ("id", "en")}
    best, other = sorted(tally, key=lambda g: -tally[g])
    if tally[best] >= _AGREED * tally[other] and tally[best]:
        return Style(best)
    return None
