"""Running heads and feet of a PDF: what layout leaves out of the text, and what tells whose pages these are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from operator import add, itemgetter

from schemas.columns import columns_of
from schemas.document import Document, Page, PageStatus, Place, Word
from schemas.table import TextLine

_NO_LETTERS = re.compile(r"[\W\d]+")
_MARGIN = 0.13  # share of the page, at its edges, where heads and feet stand
_LEAST = 3  # pages that must bear the same line
_ALIKE = 6.0  # points within which two lines of two pages stand at the same height


def running_heads(document: Document) -> list[TextLine]:
    """The lines at the same height in the margins of three pages or more, once for every page that bears them.

    Numbers aside, they are the same. Pages whose text stands on its side are measured along their own lines. A text
    file has none.
    """
    found: dict[str, list[tuple[float, str, int]]] = defaultdict(list)  # height, text, page
    for page in document.pages:
        if page.status is PageStatus.READ:
            for height, text in _margin_lines(page):
                key = _NO_LETTERS.sub("", text)
                if len(key) > 8:
                    found[key].append((height, text, page.number))
    return [line for lines in found.values() for line in _level(lines)]


def _level(lines: list[tuple[float, str, int]]) -> list[TextLine]:
    """Of lines that read the same, those that share one height; none where fewer than three do."""
    if len(lines) < _LEAST:
        return []
    middle = sorted(height for height, *_ in lines)[len(lines) // 2]
    level = {page: text for height, text, page in lines if abs(height - middle) <= _ALIKE}
    if len(level) < _LEAST:
        return []
    return [TextLine(text, Place(page=page), blank_before=True) for page, text in level.items()]


def _margin_lines(page: Page) -> list[tuple[float, str]]:
    """Lines of the upper and lower margin: their height on the page as it is read, and their text."""
    columns = columns_of(page.words)
    turned = not columns.upright and _is_turned(page.words)
    size = page.width if turned else page.height
    low, high = 2 * _MARGIN * size, 2 * (1 - _MARGIN) * size  # of the sum of two edges, which is twice the middle
    sums = map(add, columns.x0, columns.x1) if turned else map(add, columns.top, columns.bottom)
    edges = [(y / 2, k) for k, y in enumerate(sums) if not low < y < high]
    lines: list[tuple[float, list[int]]] = []
    for middle, k in sorted(edges, key=itemgetter(0)):
        if not lines or middle - lines[-1][0] > 4:
            lines.append((middle, []))
        lines[-1][1].append(k)
    along = [_down(word) for word in page.words] if turned else columns.x0
    text = columns.text
    return [(y, " ".join([text[k] for k in sorted(line, key=along.__getitem__)])) for y, line in lines]


def _down(word: Word) -> float:
    """Where a word that stands on its side begins along its line."""
    return word.box.top if word.rotation == 90 else -word.box.bottom


def _is_turned(words: Sequence[Word]) -> bool:
    """Whether most words stand on their side."""
    rotations = [word.rotation for word in words]
    return (rotations.count(90) + rotations.count(270)) * 2 > len(rotations)
