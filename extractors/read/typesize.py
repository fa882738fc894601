"""The size of the type of words read from a picture.

Heights of letters in pixels are coarse; the width of a word of known letters is not. Widths tell how the sizes of a
page's words stand to each other, heights tell how large they are in all.
"""

from __future__ import annotations

import numpy as np

from extractors.read.frames import Floats
from extractors.read.imagewords import PictureWord

ALIKE = 0.35  # sizes of one line that differ by less are one
SAME_SIZE = 0.045  # sizes of lines that differ by less are one
FEW = 14  # characters: the size of so short a line is that of the lines around it, where they agree
TELLING = 4  # characters of a word whose width tells its size
BEARING = 0.06  # of the size: blank at both sides of a word's ink that its letters' widths include
PLAUSIBLE = 0.3  # share by which widths and heights may tell different sizes

ASCII = "".join(map(chr, range(33, 127)))
# Widths of ! to ~ in thousandths of the size: Adobe's metrics of Times-Roman and of Helvetica, which most others follow.
TIMES = (
    "333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 278 564 564 "
    "564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611 "
    "333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 "
    "500 500 444 480 200 480 541"
)
HELVETICA = (
    "278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 "
    "584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 "
    "611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 "
    "722 500 500 500 334 260 334 584"
)
FACES = tuple(dict(zip(ASCII, map(int, face.split()), strict=True)) for face in (TIMES, HELVETICA))


def even_sizes(words: list[PictureWord]) -> list[float]:
    """The words' sizes in pixels, those that differ only by measuring made one: along each line, then over the page."""
    lines = _lines(words)
    weight = np.array([float(len(w.text)) for w in words])
    own = _by_width(words, weight)
    letters = np.array([weight[line].sum() for line in lines])
    usual = _clustered(np.array([_middle(own[line], weight[line]) for line in lines]), letters)
    out = own.copy()
    for k, line in enumerate(lines):
        near = {float(usual[j]) for j in (k - 1, k + 1) if 0 <= j < len(lines)}
        size = float(usual[k])
        if letters[k] < FEW and len(near) == 1 and abs(max(near) / size - 1) < ALIKE:
            size = max(near)
        for i in line:
            if abs(own[i] / size - 1) < ALIKE:
                out[i] = size
    return [float(s) for s in out]


def _by_width(words: list[PictureWord], weight: Floats) -> Floats:
    """Sizes by the words' widths, in the face that fits the page best; by heights where a width tells nothing."""
    heights = np.array([w.size for w in words])
    telling = np.array([len(w.text) >= TELLING and w.text.isascii() for w in words])
    if telling.sum() < 2 * TELLING:
        return heights
    ink = np.array([w.x1 - w.x0 for w in words])
    best, spread = heights, np.inf
    for face in FACES:
        ems = np.array([sum(face.get(c, 500) for c in w.text) / 1000 - BEARING for w in words])
        sizes = ink / np.maximum(ems, 0.1)
        ratio = heights / sizes
        factor = _middle(ratio[telling], weight[telling])
        off = _middle(abs(np.log(ratio[telling] / factor)), weight[telling])
        if off < spread:
            best, spread = sizes * factor, off
    plausible = telling & (abs(best / heights - 1) < PLAUSIBLE)
    return np.where(plausible, best, heights)


def _lines(words: list[PictureWord]) -> list[list[int]]:
    """Indices of the words by the line they stand on, top down."""
    out: list[list[int]] = []
    for i in sorted(range(len(words)), key=lambda i: words[i].base):
        if out and words[i].base - words[out[-1][-1]].base < 0.2 * words[i].size:
            out[-1].append(i)
        else:
            out.append([i])
    return out


def _middle(values: Floats, weight: Floats) -> float:
    """The weighted median."""
    order = np.argsort(values)
    at = int(np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2))
    return float(values[order][min(at, len(values) - 1)])


def _clustered(sizes: Floats, weight: Floats) -> Floats:
    """Sizes within `SAME_SIZE` of each other as one, the commonest first."""
    out = sizes.copy()
    left = np.ones(len(sizes), dtype=bool)
    while left.any():
        grown = [(weight[left & (abs(sizes / s - 1) < SAME_SIZE)].sum(), s) for s in np.unique(sizes[left])]
        same = left & (abs(sizes / max(grown)[1] - 1) < SAME_SIZE)
        out[same] = _middle(sizes[same], weight[same])
        left &= ~same
    return out
