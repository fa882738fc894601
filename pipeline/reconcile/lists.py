"""Lists of running text: which lines are the items under a sentence that ends with a colon.

Only lists that are numbered or lettered are read ("a. b. c.", "1) 2) 3)"): where the next mark stands is then
certain. An item may go on over further lines; the list ends with a heading, a mark of the style the sentence itself
has, or a mark that does not follow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.reconcile.once import once
from schemas.table import TextLine

_MARK = re.compile(r"^\(?(?P<sign>\d{1,2}|[a-z])(?P<tail>[.)]|\.\))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A list mark: its style ("a)" or "1.") and its ordinal from 1."""

    style: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class TextList:
    """A sentence ending with a colon (its last line's position) and the positions of its items' first lines.

    `closed` tells that the list ends for certain after its last item (and not at a line that could not be read).
    """

    intro: int
    items: tuple[int, ...]
    end: int
    closed: bool


def mark(line: TextLine) -> Mark | None:
    """The list mark a line begins with, or None where it has none, or only a dash or dot."""
    match = _MARK.match((line.bullet or "").split(" ")[-1])
    if match is None:
        return None
    sign, tail = match["sign"].casefold(), match["tail"] or ""
    if sign.isdigit():
        return Mark(f"1{tail}", int(sign))
    return Mark(f"a{tail}", ord(sign) - ord("a") + 1)


@once
def text_lists(lines: Sequence[TextLine]) -> list[TextList]:
    """All numbered or lettered lists that follow a colon, in order."""
    result = []
    for position, line in enumerate(lines):
        if ":" in line.text and line.text.rstrip().endswith(":") and position + 1 < len(lines):
            first = mark(lines[position + 1])
            if first is not None and first.ordinal == 1:
                result.append(_follow(lines, position, first.style))
    return result


def _follow(lines: Sequence[TextLine], intro: int, style: str) -> TextList:
    own = _own_style(lines, intro)
    items: list[int] = []
    for position in range(intro + 1, len(lines)):
        line = lines[position]
        here = mark(line)
        if here is not None and here.style == style and here.ordinal == len(items) + 1:
            items.append(position)
        elif line.heading or (here is not None and (here.style == style or here.style == own)):
            return TextList(intro, tuple(items), position, True)
        elif not line.bullet and line.blank_before:
            return TextList(intro, tuple(items), position, False)
    return TextList(intro, tuple(items), len(lines), False)


def _own_style(lines: Sequence[TextLine], intro: int) -> str | None:
    """The style of the mark of the sentence itself, which may begin some lines above its colon."""
    for position in range(intro, max(-1, intro - 6), -1):
        found = mark(lines[position])
        if found is not None:
            return found.style
        if lines[position].blank_before:
            return None
    return None
