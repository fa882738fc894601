"""Words as arrays, and the small geometry that every table reader shares. All in the frame of one text direction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.read.frames import Floats, box_into, box_out
from extractors.read.words import DESCENT
from schemas.document import Box, Place, Rule, Word
from schemas.table import Cell

SAME_BASE = 0.45  # of the size: words whose baselines differ by less stand on one line


@dataclass(frozen=True, slots=True)
class Ink:
    """The words of a page in one frame: `words[i]` has the upright box `x0[i], top[i], x1[i], bottom[i]`, its baseline
    `base[i]`, its type size `size[i]`, and is `turned[i]` when its text runs another way than the frame."""

    words: tuple[Word, ...]
    frame: int
    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    base: Floats
    size: Floats
    turned: NDArray[np.bool_]

    @property
    def x(self) -> Floats:
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> Floats:
        return (self.top + self.bottom) / 2

    def out(self, box: Box) -> Box:
        """A box of this frame on the displayed page."""
        return box_out(self.frame, box)


@dataclass(frozen=True, slots=True)
class Lines:
    """Ruling lines in one frame: horizontal rows (y, x0, x1), vertical rows (x, y0, y1)."""

    across: Floats
    down: Floats


def ink_of(words: tuple[Word, ...], frame: int) -> Ink:
    """`words` in the frame of `frame` degrees."""
    boxes = [box_into(frame, w.box) for w in words]
    a = np.array([(b.x0, b.top, b.x1, b.bottom) for b in boxes], dtype=np.float64).reshape(-1, 4)
    size = np.array([w.size for w in words], dtype=np.float64)
    turned = np.array([w.rotation != frame for w in words], dtype=np.bool_)
    return Ink(words, frame, a[:, 0], a[:, 1], a[:, 2], a[:, 3], a[:, 3] - DESCENT * size, size, turned)


def lines_of(rules: tuple[Rule, ...], frame: int) -> Lines:
    """`rules` in the frame of `frame` degrees."""
    across, down = [], []
    for r in rules:
        b = box_into(frame, Box(r.x0, r.top, r.x1, r.bottom))
        if b.width >= b.height:
            across.append(((b.top + b.bottom) / 2, b.x0, b.x1))
        else:
            down.append(((b.x0 + b.x1) / 2, b.top, b.bottom))
    return Lines(
        np.array(across, dtype=np.float64).reshape(-1, 3),
        np.array(down, dtype=np.float64).reshape(-1, 3),
    )


def main_frame(words: tuple[Word, ...]) -> int:
    """The direction in which a page is read: upright, unless its letters mostly run another way."""
    letters: dict[int, int] = {}
    for w in words:
        letters[w.rotation] = letters.get(w.rotation, 0) + len(w.text)
    letters[0] = letters.get(0, 0) * 3 // 2  # a few long headers set upwards do not turn a table
    return max(letters, key=lambda r: (letters[r], -r))


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
    upright = [i for i in index if not ink.turned[i]]
    lines: list[list[int]] = []
    last = 0.0
    for i in sorted(upright, key=lambda i: float(ink.base[i])):
        base = float(ink.base[i])
        if lines and base - last <= SAME_BASE * min(ink.size[i], ink.size[lines[-1][0]]):
            lines[-1].append(i)
        else:
            lines.append([i])
            last = base
    lines = [sorted(line, key=lambda i: float(ink.x0[i])) for line in lines]
    if len(upright) == len(index):
        return lines
    for frame in sorted({ink.words[i].rotation for i in index if ink.turned[i]}):
        chosen = [i for i in index if ink.turned[i] and ink.words[i].rotation == frame]
        inner = ink_of(tuple(ink.words[i] for i in chosen), frame)
        lines += [[chosen[k] for k in line] for line in base_lines(inner, list(range(len(chosen))))]
    return lines


def text_of(ink: Ink, lines: list[list[int]]) -> str:
    """The text of printed lines, their breaks as one blank."""
    return " ".join(ink.words[i].text for line in lines for i in line)


def box_of(ink: Ink, index: list[int]) -> Box:
    """The box around some words, in the frame."""
    return Box(
        float(ink.x0[index].min()),
        float(ink.top[index].min()),
        float(ink.x1[index].max()),
        float(ink.bottom[index].max()),
    )


def cell_of(
    ink: Ink, page: int, row: int, col: int, index: list[int], box: Box, row_span: int = 1, col_span: int = 1
) -> Cell:
    """A cell that holds some words (none: an empty cell), `box` in the frame."""
    text = text_of(ink, base_lines(ink, index)) if index else ""
    words = [ink.words[i] for i in index]
    letters = sum(len(w.text) for w in words)
    return Cell(
        row,
        col,
        text,
        Place(page, None, ink.out(box)),
        row_span,
        col_span,
        bold=letters > 0 and sum(len(w.text) for w in words if w.bold) * 2 > letters,
        italic=letters > 0 and sum(len(w.text) for w in words if w.italic) * 2 > letters,
        confidence=min((w.confidence for w in words), default=1.0),
    )
