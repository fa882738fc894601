"""Words as arrays, and the small geometry that every table reader shares. All in the frame of one text direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from extractors.read.frames import Floats, box_into, box_out
from extractors.read.words import DESCENT
from schemas.columns import columns_of
from schemas.document import Box, Page, Place, Rule, Word
from schemas.table import Cell
from schemas.values import cached_property

SAME_BASE = 0.45  # of the size: words whose baselines differ by less stand on one line

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Ink:
    """The words of a page in one frame: `words[i]` has the text `text[i]`, the upright box `x0[i], top[i], x1[i], bottom[i]`
    with its middle at `x[i]`, its baseline `base[i]`, its type size `size[i]`, its typography `bold[i]` and `italic[i]`, and
    is `turned[i]` when its text runs another way than the frame.

    Plain lists, for most questions are about the few words of a cell or a line; `middles` and `extents` are arrays.
    """

    words: Sequence[Word]
    frame: int
    text: list[str]
    x0: list[float]
    top: list[float]
    x1: list[float]
    bottom: list[float]
    base: list[float]
    size: list[float]
    bold: list[bool]
    italic: list[bool]
    confidence: list[float]
    turned: list[bool]
    mixed: bool  # some words are turned
    _last: list[tuple[list[int], list[list[int]]]] = field(default_factory=list, compare=False)

    @cached_property
    def x(self) -> list[float]:
        return [(a + b) / 2 for a, b in zip(self.x0, self.x1, strict=True)]

    @cached_property
    def middles(self) -> tuple[Floats, Floats]:
        """The words' middles as arrays (x, y)."""
        top, bottom = np.array(self.top, dtype=np.float64), np.array(self.bottom, dtype=np.float64)
        return np.array(self.x, dtype=np.float64), (top + bottom) / 2

    @cached_property
    def extents(self) -> tuple[Floats, Floats, Floats]:
        """The words' left sides, right sides and sizes as arrays."""
        return (
            np.array(self.x0, dtype=np.float64),
            np.array(self.x1, dtype=np.float64),
            np.array(self.size, dtype=np.float64),
        )

    def lines(self, index: list[int]) -> list[list[int]]:
        """`base_lines` of many words, remembered: what stands outside tables is asked for twice."""
        if not self._last or self._last[0][0] != index:
            self._last[:] = [(index, base_lines(self, index))]
        return self._last[0][1]

    def out(self, box: Box) -> Box:
        """A box of this frame on the displayed page."""
        return box_out(self.frame, box)


@dataclass(frozen=True, slots=True)
class Lines:
    """Ruling lines in one frame: horizontal rows (y, x0, x1), vertical rows (x, y0, y1)."""

    across: Floats
    down: Floats


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in the direction in which it is read: made once, and used by all that look for its tables and text."""

    page: Page
    ink: Ink
    lines: Lines

    @property
    def frame(self) -> int:
        return self.ink.frame


def sheet_of(page: Page) -> Sheet:
    """The words and ruling lines of a page in the frame of most of its letters."""
    frame = 0 if columns_of(page.words).upright else main_frame(page.words)
    return Sheet(page, ink_of(page.words, frame), lines_of(page.rules, frame))


def ink_of(words: Sequence[Word], frame: int) -> Ink:
    """`words` in the frame of `frame` degrees."""
    columns = columns_of(words)
    x0, top, x1, bottom = columns.x0, columns.top, columns.x1, columns.bottom
    if frame != 0:
        boxes = [box_into(frame, w.box) for w in words]
        x0, x1 = [b.x0 for b in boxes], [b.x1 for b in boxes]
        top, bottom = [b.top for b in boxes], [b.bottom for b in boxes]
    turned = [False] * len(words) if columns.upright and frame == 0 else [w.rotation != frame for w in words]
    base = [b - DESCENT * s for b, s in zip(bottom, columns.size, strict=True)]
    mixed = True in turned
    return Ink(
        words,
        frame,
        columns.text,
        x0,
        top,
        x1,
        bottom,
        base,
        columns.size,
        columns.bold,
        columns.italic,
        columns.confidence,
        turned,
        mixed,
    )


def lines_of(rules: tuple[Rule, ...], frame: int) -> Lines:
    """`rules` in the frame of `frame` degrees."""
    across, down = [], []
    for b in rules if frame == 0 else [box_into(frame, Box(r.x0, r.top, r.x1, r.bottom)) for r in rules]:
        x0, top, x1, bottom = b.x0, b.top, b.x1, b.bottom
        if x1 - x0 >= bottom - top:
            across.append(((top + bottom) / 2, x0, x1))
        else:
            down.append(((x0 + x1) / 2, top, bottom))
    return Lines(
        np.array(across, dtype=np.float64).reshape(-1, 3),
        np.array(down, dtype=np.float64).reshape(-1, 3),
    )


def main_frame(words: Sequence[Word]) -> int:
    """The direction in which a page is read: upright, unless its letters mostly run another way."""
    if {w.rotation for w in words} <= {0}:
        return 0
    letters: dict[int, int] = {}
    for w in words:
        letters[w.rotation] = letters.get(w.rotation, 0) + len(w.text)
    letters[0] = letters.get(0, 0) * 3 // 2  # a few long headers set upwards do not turn a table
    return max(letters, key=lambda r: (letters[r], -r))


def middle(values: list[float]) -> float:
    """The median of some numbers (of two in the middle their mean)."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def clusters(values: Floats, tolerance: float) -> Floats:
    """Centres of values that lie within `tolerance` of their neighbour, ascending (chains are cut at 2 x tolerance)."""
    out: list[float] = []
    group: list[float] = []
    for v in np.sort(values).tolist():
        if group and (v - group[-1] > tolerance or v - group[0] > 2 * tolerance):
            out.append(sum(group) / len(group))
            group = []
        group.append(v)
    if group:
        out.append(sum(group) / len(group))
    return np.array(out, dtype=np.float64)


def base_lines(ink: Ink, index: list[int]) -> list[list[int]]:
    """Words as printed lines, top down, each left to right (turned words by their own direction)."""
    if len(index) == 1:
        return [index]
    upright = [i for i in index if not ink.turned[i]] if ink.mixed else index
    lines: list[list[int]] = []
    bases, sizes = ink.base, ink.size
    last = size = 0.0
    line: list[int] = []
    for i in sorted(upright, key=bases.__getitem__):
        base, own = bases[i], sizes[i]
        if line and base - last <= SAME_BASE * (own if own < size else size):
            line.append(i)
        else:
            lines.append(line := [i])
            last, size = base, own
    for line in lines:
        if len(line) > 1:
            line.sort(key=ink.x0.__getitem__)
    if len(upright) == len(index):
        return lines
    for frame in sorted({ink.words[i].rotation for i in index if ink.turned[i]}):
        chosen = [i for i in index if ink.turned[i] and ink.words[i].rotation == frame]
        inner = ink_of(tuple(ink.words[i] for i in chosen), frame)
        lines += [[chosen[k] for k in line] for line in base_lines(inner, list(range(len(chosen))))]
    return lines


def cell_of(ink: Ink, row: int, col: int, lines: list[list[int]], place: Place, row_span: int, col_span: int) -> Cell:
    """A cell that holds some printed lines (none: an empty cell)."""
    if not lines:
        return Cell(row, col, "", place, row_span, col_span)
    index = lines[0] if len(lines) == 1 else [i for line in lines for i in line]
    if len(index) == 1:
        i = index[0]
        text = ink.text[i]
        some = text != ""
        bold, italic = some and ink.bold[i], some and ink.italic[i]
        return Cell(row, col, text, place, row_span, col_span, bold, italic, ink.confidence[i])
    of = itemgetter(*index)
    texts = of(ink.text)
    bold, italic = mostly(of(ink.bold), texts), mostly(of(ink.italic), texts)
    return Cell(row, col, " ".join(texts), place, row_span, col_span, bold, italic, min(of(ink.confidence)))


def mostly(marked: Sequence[bool], texts: Sequence[str]) -> bool:
    """Whether most letters of some words are in those that are marked."""
    if True not in marked:
        return False
    lengths = list(map(len, texts))
    return sum([n for n, yes in zip(lengths, marked, strict=True) if yes]) * 2 > sum(lengths)
