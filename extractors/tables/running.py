"""Running text of a page as lines: heading, bold, indent, list mark, paragraph gap."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import regex

from extractors.marks import split_bullet
from extractors.tables.geometry import Ink, Sheet, base_lines, box_of, middle, text_of
from schemas.document import Page, Place
from schemas.table import TextLine

PARAGRAPH = 1.18  # times the closest line distance around: a wider gap is a paragraph's
NEAR = 2  # lines above and below that tell the line distance
LONG = 110  # characters: a longer line is no heading
ALIKE = 3.0  # points within which two margins are the same

_ENDS = regex.compile(r"[.,;:]$")
_CAPITALS = regex.compile(r"\p{Lu}")
_LETTER = regex.compile(r"\p{L}")
_SMALL = regex.compile(r"\p{Ll}")


@dataclass(frozen=True, slots=True)
class Placed:
    """A text line with where it stands in the page's own direction (points): top, bottom, left, right."""

    line: TextLine
    top: float
    bottom: float
    left: float
    right: float
    size: float


def text_lines(sheet: Sheet, free: list[int]) -> list[Placed]:
    """The words `free` of a page as its text lines, top down."""
    if not free:
        return []
    page, ink, words = sheet.page, sheet.ink, sheet.ink.words
    shift = down_shift(page, ink.frame)
    placed = []
    for line in _pieces(ink, base_lines(ink, free)):
        box = box_of(ink, line)
        text = text_of(ink, [line])
        heavy = [i for i in line if words[i].bold]
        bold = sum([len(ink.text[i]) for i in heavy]) * 2 > sum([len(ink.text[i]) for i in line]) if heavy else False
        bullet, rest = split_bullet(text)
        out = TextLine(rest if bullet else text, Place(page.number, None, ink.out(box)), bold=bold, bullet=bullet)
        size = middle([ink.size[i] for i in line])
        placed.append(Placed(out, box.top + shift, box.bottom + shift, box.x0, box.x1, size))
    return placed


def _pieces(ink: Ink, lines: list[list[int]]) -> list[list[int]]:
    """Lines as they are, but turned ones (marks at the page's sides) as single words: they may lie far apart."""
    return [part for line in lines for part in ([[i] for i in line] if ink.turned[line[0]] else [line])]


def down_shift(page: Page, frame: int) -> float:
    """What makes heights in a frame count from the top of the page as its text is read."""
    return {90: page.width, 180: page.height}.get(frame, 0.0)


def finish(placed: list[Placed], broken: list[float]) -> list[TextLine]:
    """The lines with what only their neighbours tell: indent, heading, paragraph gap. `broken` are the tops of tables:
    a line after one begins anew."""
    if not placed:
        return []
    left = _share([p.left for p in placed], 0.1)
    right = _share([p.right for p in placed], 0.9)
    size = middle([p.size for p in placed])
    steps = [b.bottom - a.bottom for a, b in pairwise(placed)]
    out = []
    for k, p in enumerate(placed):
        above = placed[k - 1] if k else None
        table = above is not None and any(above.top < t < p.top for t in broken)
        gap = above is not None and not table and steps[k - 1] > PARAGRAPH * _usual(placed, steps, k)
        line = p.line
        out.append(
            TextLine(
                line.text,
                line.place,
                heading=_heading(p, left, right, size),
                bold=line.bold,
                indent=round(max(p.left - left, 0.0), 1),
                bullet=line.bullet,
                blank_before=table or gap,
            )
        )
    return out


def _share(values: list[float], share: float) -> float:
    """The value below which a share of the values lies, between two of them by the straight line that joins them."""
    ordered = sorted(values)
    at = (len(ordered) - 1) * share
    k = int(at)
    low, high = ordered[k], ordered[min(k + 1, len(ordered) - 1)]
    t = at - k
    # From the nearer end, as NumPy's quantile does it: the same number to the last bit.
    return high - (high - low) * (1 - t) if t >= 0.5 else low + (high - low) * t


def _usual(placed: list[Placed], steps: list[float], k: int) -> float:
    """The closest distance between lines of like type around line k: what its paragraph's lines keep."""
    p = placed[k]
    near = [
        steps[n]
        for n in range(max(0, k - NEAR), min(len(steps), k + NEAR))
        if steps[n] > 0.9 * p.size
        and abs(placed[n].size - p.size) < 0.6 > abs(placed[n + 1].size - p.size)
        and placed[n].line.bold == placed[n + 1].line.bold == p.line.bold
    ]
    return min(near, default=1.25 * p.size)


def _heading(p: Placed, left: float, right: float, size: float) -> bool:
    text = p.line.text
    if not text or len(text) > LONG or _ENDS.search(text) or not _LETTER.search(text):
        return False
    if p.line.bold or p.size > 1.12 * size:
        return True
    if _CAPITALS.search(text) and not _SMALL.search(text) and len(text) > 4:
        return True
    centred = abs((p.left - left) - (right - p.right)) < 2 * ALIKE and p.left - left > 30
    return centred and bool(_CAPITALS.match(text))
