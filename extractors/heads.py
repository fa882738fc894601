"""Running heads and feet of a PDF: what layout leaves out of the text, and what tells whose pages these are."""

from __future__ import annotations

import re
from collections import defaultdict
from operator import itemgetter

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
    rotations = [word.rotation for word in page.words]
    turned = (rotations.count(90) + rotations.count(270)) * 2 > len(rotations)
    size = page.width if turned else page.height
    low, high = _MARGIN * size, (1 - _MARGIN) * size
    boxes = ((word.box, word) for word in page.words)
    if turned:
        edges = [(x, word) for box, word in boxes if not low < (x := (box.x0 + box.x1) / 2) < high]
    else:
        edges = [(y, word) for box, word in boxes if not low < (y := (box.top + box.bottom) / 2) < high]
    lines: list[tuple[float, list[Word]]] = []
    for middle, word in sorted(edges, key=itemgetter(0)):
        if not lines or middle - lines[-1][0] > 4:
            lines.append((middle, []))
        lines[-1][1].append(word)
    return [(y, " ".join([w.text for w in sorted(line, key=lambda w: _along(w, turned))])) for y, line in lines]


def _along(word: Word, turned: bool) -> float:
    if not turned:
        return word.box.x0
    return word.box.top if word.rotation == 90 else -word.box.bottom
