"""A line that was read from a picture as words: where its blanks are, each word's box, baseline, size and confidence.

The recogniser gives characters with rough places; the ink says where words really begin and end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from extractors.read.recognise import Reading
from extractors.read.textboxes import Blots

GAP = 0.2  # of the size: a wider gap in the ink parts two words
GAP_FIGURES = 0.34  # the same between digits and their separators, whose spacing is wider
CLOSED = 0.13  # of the size: a blank read between two digits counts only over a wider gap
SPACED = 4  # letters that stand apart at even distances are one word from this many
CAPITAL, SMALL = 0.69, 0.46  # height of capitals and digits, and of small letters, to the size of the type
HIGH = set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789bdfhklt%&/()[]|!?")
INK = set("-–—_=~.,;:'\"“”‘’•·*^…")  # signs that do not tell the size
NUMERIC = set("0123456789.,")


@dataclass(frozen=True, slots=True)
class PictureWord:
    """A word in pixels of the picture that was read: left, right, baseline, size of type; `probs` one a character."""

    text: str
    probs: tuple[float, ...]
    x0: float
    x1: float
    base: float
    size: float
    confidence: float
    stroke: float = 0.0  # mean width of its strokes, pixels
    other: str | None = None


def confidence_of(text: str, probs: tuple[float, ...]) -> float:
    """Of a word its characters' mean, of a figure its weakest: one wrong digit is a wrong figure."""
    if not probs:
        return 0.0
    return round(min(probs) if any(c.isdigit() for c in text) else sum(probs) / len(probs), 4)


def words_of(reading: Reading, blots: Blots, left: float, right: float, usual: float) -> list[PictureWord]:
    """The words of one line whose picture went from `left` to `right`; `blots` are the line's own.

    `usual` is the size of type (pixels) for a line that does not tell its own.
    """
    signs = [(c, p, left + a * (right - left)) for c, p, a in zip(reading.text, reading.probs, reading.at, strict=True)]
    shown = [s for s in signs if not s[0].isspace()]
    if not shown or not len(blots):
        return []
    base, size = _measure("".join(s[0] for s in shown), blots, usual)
    segments = _segments(blots)
    told = {sum(not c.isspace() for c in reading.text[:i]) for i, c in enumerate(reading.text) if c.isspace()}
    cuts = _cuts(shown, {t for t in told if 0 < t < len(shown)}, segments, size)
    out = []
    bounds = [0, *sorted(cuts), len(shown)]
    for first, last in pairwise(bounds):
        text = "".join(s[0] for s in shown[first:last])
        probs = tuple(s[1] for s in shown[first:last])
        low = cuts[first] if first else -np.inf
        high = cuts[last] if last < len(shown) else np.inf
        own = [s for s in segments if low <= (s[0] + s[1]) / 2 < high]
        x0 = own[0][0] if own else shown[first][2] - 0.25 * size
        x1 = own[-1][1] if own else shown[last - 1][2] + 0.25 * size
        out.append(PictureWord(text, probs, x0, x1, base, size, confidence_of(text, probs)))
    return _unspaced(out)


def _unspaced(words: list[PictureWord]) -> list[PictureWord]:
    """Words printed with their letters apart (J U M L A H), put together."""
    out: list[PictureWord] = []
    start = 0
    while start < len(words):
        end = start + 1
        while end < len(words) and all(len(w.text) == 1 and w.text.isalpha() for w in words[start : end + 1]):
            end += 1
        run = words[start:end]
        steps = [b.x0 + b.x1 - a.x0 - a.x1 for a, b in pairwise(run)]
        if len(run) >= SPACED and max(steps) < 1.6 * min(steps):
            text, probs = "".join(w.text for w in run), tuple(p for w in run for p in w.probs)
            run = [replace(run[0], text=text, probs=probs, x1=run[-1].x1, confidence=confidence_of(text, probs))]
        out += run
        start = end
    return out


def _measure(text: str, blots: Blots, usual: float) -> tuple[float, float]:
    """Baseline and size of the type, from the heights of the letters."""
    telling = [c for c in text if c not in INK]
    if not telling:
        size = usual or float(blots.height.max())
        return float(blots.y0.min() + blots.y1.max()) / 2 + 0.25 * size, size
    big = blots.height >= 0.45 * blots.height.max()
    base = float(np.median(blots.y1[big]))
    rise = np.sort(base - blots.y0[big])[::-1]
    high = sum(c in HIGH for c in telling)
    size = float(rise[min(high // 2, len(rise) - 1)]) / CAPITAL if high else float(np.median(rise)) / SMALL
    return base, max(size, 1.0)


def _segments(blots: Blots) -> list[tuple[float, float]]:
    """Stretches of the line that hold ink, from the left."""
    out: list[tuple[float, float]] = []
    for a, b in sorted(zip(blots.x0.tolist(), blots.x1.tolist(), strict=True)):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return out


def _cuts(
    shown: list[tuple[str, float, float]], told: set[int], segments: list[tuple[float, float]], size: float
) -> dict[int, float]:
    """Where words part: index of the character that begins a word -> position of the cut."""
    middles = np.array([s[2] for s in shown])
    widest: dict[int, tuple[float, float]] = {}  # index -> width and middle of the gap in the ink before it
    for (_, end), (start, _) in pairwise(segments):
        gap, at = start - end, (start + end) / 2
        index = int(np.searchsorted(middles, at))
        near = [i for i in (index, index - 1, index + 1) if i in told]
        index = near[0] if near and gap > 0.5 * CLOSED * size else index
        if 0 < index < len(shown) and gap > widest.get(index, (0.0, 0.0))[0]:
            widest[index] = (gap, at)
    cuts: dict[int, float] = {}
    for index in told | set(widest):
        gap, at = widest.get(index, (0.0, float(middles[index - 1] + middles[index]) / 2))
        figures = shown[index - 1][0] in NUMERIC and shown[index][0] in NUMERIC
        blank = index in told and shown[index - 1][0] not in ".," and shown[index][0] not in ".,"
        needed = (CLOSED if blank else GAP_FIGURES) if figures else (0.0 if index in told else GAP)
        if gap >= needed * size:
            cuts[index] = at
    return cuts
