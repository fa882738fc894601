"""Running text of a page as lines: heading, bold, indent, list mark, paragraph gap."""

from __future__ import annotations

from itertools import pairwise
from operator import itemgetter

import regex

from extractors.marks import split_bullet
from extractors.tables.geometry import Ink, Sheet, middle, mostly
from schemas.document import Box, Page, Place
from schemas.table import TextLine
from schemas.values import value

PARAGRAPH = 1.18  # times the closest line distance around: a wider gap is a paragraph's
NEAR = 2  # lines above and below that tell the line distance
LONG = 110  # characters: a longer line is no heading
ALIKE = 3.0  # points within which two margins are the same

ENDS = ".,;:"  # a line that ends in one of them goes on, or is a sentence
_CAPITALS = regex.compile(r"\p{Lu}")
_LETTER = regex.compile(r"\p{L}")
_SMALL = regex.compile(r"\p{Ll}")


@value(frozen=True, slots=True)
class Placed:
    """A text line to be, with where it stands in the page's own direction (points): top, bottom, left, right."""

    text: str
    bullet: str | None
    bold: bool
    place: Place
    top: float
    bottom: float
    left: float
    right: float
    size: float


def text_lines(sheet: Sheet, free: list[int]) -> list[Placed]:
    """The words `free` of a page as its text lines, top down."""
    if not free:
        return []
    number, ink = sheet.page.number, sheet.ink
    shift = down_shift(sheet.page, ink.frame)
    placed = []
    for line in _pieces(ink, ink.lines(free)):
        first = line[0]
        left = ink.x0[first]  # words stand from left to right
        if len(line) == 1:
            top, right, bottom, size = ink.top[first], ink.x1[first], ink.bottom[first], ink.size[first]
            text, bold = ink.text[first], ink.bold[first] and ink.text[first] != ""
        else:
            of = itemgetter(*line)
            top, right, bottom, sizes, texts = (
                min(of(ink.top)),
                max(of(ink.x1)),
                max(of(ink.bottom)),
                of(ink.size),
                of(ink.text),
            )
            size = sizes[0] if sizes.count(sizes[0]) == len(sizes) else middle(sizes)
            text, bold = " ".join(texts), mostly(of(ink.bold), texts)
        bullet, rest = split_bullet(text)
        box = Box(left, top, right, bottom)
        place = Place(number, None, box if ink.frame == 0 else ink.out(box))
        placed.append(
            Placed(rest if bullet else text, bullet, bold, place, top + shift, bottom + shift, left, right, size)
        )
    return placed


def _pieces(ink: Ink, lines: list[list[int]]) -> list[list[int]]:
    """Lines as they are, but turned ones (marks at the page's sides) as single words: they may lie far apart."""
    if not ink.mixed:
        return lines
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
        table = bool(broken) and above is not None and any(above.top < t < p.top for t in broken)
        gap = above is not None and not table and _gap(placed, steps, k)
        indent = p.left - left
        indent = round(indent, 1) if indent > 0.0 else 0.0
        out.append(TextLine(p.text, p.place, _heading(p, left, right, size), p.bold, indent, p.bullet, table or gap))
    return out


def _gap(placed: list[Placed], steps: list[float], k: int) -> bool:
    """Whether line k stands farther below the line above it than the lines of its paragraph do."""
    step, size = steps[k - 1], placed[k].size
    least = min(steps[max(0, k - NEAR) : k + NEAR])
    if least > 0.9 * size and step <= PARAGRAPH * min(least, 1.25 * size):
        return False  # not more than the closest lines around, whatever their type
    return step > PARAGRAPH * _usual(placed, steps, k)


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
    size, bold = placed[k].size, placed[k].bold
    first = max(0, k - NEAR)
    here = [p.bold == bold and abs(p.size - size) < 0.6 for p in placed[first : k + NEAR + 1]]
    near = [s for n, s in enumerate(steps[first : k + NEAR]) if here[n] and here[n + 1] and s > 0.9 * size]
    return min(near, default=1.25 * size)


def _heading(p: Placed, left: float, right: float, size: float) -> bool:
    text = p.text
    if not text or len(text) > LONG or text[-1] in ENDS:
        return False
    if p.bold or p.size > 1.12 * size:
        return _LETTER.search(text) is not None
    if len(text) > 4 and (text.isupper() if text.isascii() else _CAPITALS.search(text) and not _SMALL.search(text)):
        return True
    centred = abs((p.left - left) - (right - p.right)) < 2 * ALIKE and p.left - left > 30
    return centred and bool(_CAPITALS.match(text))
