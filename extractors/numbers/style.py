"""Which notation a column, or a whole document, writes its numbers in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from extractors.numbers.core import evidence
from extractors.numbers.join import is_torn_head, join
from extractors.numbers.model import UNKNOWN, Style
from extractors.numbers.normal import normalise

_NUMBER = re.compile(r"[\d., ]+%?")
_DIGITS_ALONE = re.compile(r"[\d., ]+")
_RUN = re.compile(r"(?<![\w.,])\d[\d.,]*\d(?![\w])")
_GLUED_CURRENCY = re.compile(r"(?i)\b(?:rp|idr|r)[.,:]?\s*(?=\d)")
KEPT = 8192  # cells remembered: a column is asked by itself, with its table, and with its document
_SHORT = 15  # characters beside a number in a cell; more is a sentence or a heading, where 3.1 may be a chapter
_AGREED = 3  # a style holds where its forms weigh at least three times those against it; groups weigh as three decimals
_OTHER = {"id": "en", "en": "id"}
Tally = Counter[tuple[str, str]]


def decide_style(texts: Iterable[str], fallback: Style | None = None) -> Style:
    """The style that the unambiguous forms among `texts` (the cells of a column, or a document's lines) show.

    Forms with groups of thousands outweigh lone decimals ("4.95" is written in any style). Where the forms contradict
    each other the style is unknown; where there are none it is `fallback` (the document's style), or unknown.
    """
    cells = [_look(text) for text in texts]
    torn = _torn_heads(cells)
    tally: Tally = Counter(chain.from_iterable(_told(c.plain, torn_head=True) if torn else c.told for c in cells))
    if not tally:
        style = fallback or UNKNOWN
    elif fallback and fallback.same_separator and _same_hand(tally, fallback.grouping):
        style = fallback
    else:
        style = _same(tally) or _majority(tally) or UNKNOWN
    return style if style.torn_head is torn else replace(style, torn_head=torn)


class _Cell(NamedTuple):
    """What one cell adds to the decision."""

    plain: str
    number: bool  # digits and separators alone, more than three characters
    torn: bool  # its first digits stand apart
    told: tuple[tuple[str, str], ...]  # what its numbers tell


@lru_cache(maxsize=KEPT)
def _look(text: str) -> _Cell:
    plain = _GLUED_CURRENCY.sub(" ", normalise(text)).strip()
    number = len(plain) > 3 and _NUMBER.fullmatch(plain) is not None
    torn = number and " " in plain and is_torn_head(plain.rstrip("% "))
    return _Cell(plain, number, torn, _told(plain, torn_head=False))


def _torn_heads(cells: list[_Cell]) -> bool:
    """Whether wide letter spacing parts the first digits in most cells of a column."""
    torn = sum(cell.torn for cell in cells)
    return torn > 2 and torn > sum(cell.number for cell in cells) // 2


def _told(plain: str, *, torn_head: bool) -> tuple[tuple[str, str], ...]:
    """What the numbers of a cell tell of its writer's style."""
    if " " in plain and _DIGITS_ALONE.fullmatch(plain):
        plain = join(plain, torn_head=torn_head)[0] or plain
    found: list[tuple[str, str]] = []
    for run in _RUN.finditer(plain):
        told = evidence(run[0])
        if told is None:
            continue
        after = plain[run.end() : run.end() + 2]
        unfinished = told[1] == "same" and re.match(r" \d", after)  # 102.780.80 0
        loose = told[1] == "decimal" and "%" not in after and len(plain) - len(run[0]) > _SHORT
        if not unfinished and not loose:
            found.append(told)
    return tuple(found)


def _same(tally: Tally) -> Style | None:
    """One sign for groups and decimals, where that is how most amounts with decimals are written."""
    for grouping, other in _OTHER.items():
        against = sum(tally[g, "full"] for g in _OTHER) + tally[other, "groups"] + tally[other, "same"]
        if tally[grouping, "same"] > max(1, against):
            return Style(grouping, same_separator=True)
    return None


def _same_hand(tally: Tally, grouping: str) -> bool:
    """Whether a column can be of a hand that writes 1,234,567,00: groups and decimals (12,50) have one sign."""
    return set(tally) <= {(grouping, "same"), (grouping, "groups"), (_OTHER[grouping], "decimal")}


def _majority(tally: Tally) -> Style | None:
    """Groups of thousands decide, unless many lone decimals say that the column mixes both notations."""
    weight = {g: tally[g, "decimal"] + _AGREED * (tally[g, "groups"] + tally[g, "full"]) for g in _OTHER}
    best = max(weight, key=lambda g: weight[g])
    return Style(best) if weight[best] and weight[best] >= _AGREED * weight[_OTHER[best]] else None
