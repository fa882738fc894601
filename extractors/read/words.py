"""Glyphs to words: geometry decides, not the order or the blanks of the content stream alone.

Glyphs are first taken as runs (as the content wrote them), runs are cut to words at blanks, gaps and ruling lines, and
words that touch are joined again, so that lines of neighbouring cells at nearly the same height are never mixed.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from extractors.read.frames import Floats, box_out, point_into
from extractors.read.glyphs import Glyphs
from schemas.document import Box, Rule, Word

GAP = 0.19  # of the size: a wider gap between two glyphs parts two words
TOUCH = 0.12  # of the size: words of two runs nearer than this are one word
SPACED = 0.11  # of the size: gaps of this median make a letter-spaced run
ASCENT, DESCENT = 0.78, 0.22  # of the size: every word gets the same box about its baseline, whatever the font says
HYPHENS = "\x02\ufffe"  # what pdfium gives for a hyphen at a line's end
SOFT_HYPHEN = "\u00ad"
# Two complete amounts without a blank between them: the second begins right after the decimals of the first.
GLUED = regex.compile(r"(?<=\d[.,]\d{3}[.,]\d{2})(?=\(?\d{1,3}[.,]\d{3})")


@dataclass(frozen=True, slots=True)
class _Run:
    """A word in the making, in the frame of its rotation."""

    text: str
    u0: float
    u1: float
    v: float  # baseline
    size: float
    bold: bool
    italic: bool
    tight: bool  # ends without a blank after it


def read_words(glyphs: Glyphs, rules: tuple[Rule, ...], width: float, height: float) -> tuple[Word, ...]:
    """The words of a displayed page of `width` x `height` points, turned ones too, in no order to rely on."""
    words: list[Word] = []
    keep = (glyphs.ox > -2) & (glyphs.ox < width + 2) & (glyphs.oy > -2) & (glyphs.oy < height + 2)
    if glyphs.hidden.any() and not glyphs.hidden.all():
        keep &= ~glyphs.hidden  # unseen text counts only where nothing else is written
    for rotation in np.unique(glyphs.rotation[keep]).tolist() if len(glyphs) else []:
        chosen = np.flatnonzero(keep & (glyphs.rotation == rotation))
        for run in _join(_cut(glyphs, chosen, rotation, _walls(rules, rotation)), _walls(rules, rotation)):
            text = _clean(run.text)
            if not text:
                continue
            box = box_out(rotation, Box(run.u0, run.v - ASCENT * run.size, run.u1, run.v + DESCENT * run.size))
            words.append(Word(text, box, round(run.size, 2), run.bold, rotation, 1.0, run.italic))
    return tuple(words)


def _walls(rules: tuple[Rule, ...], rotation: int) -> Floats:
    """Rules that stand across the text of a frame, as rows (u, v0, v1)."""
    upright = rotation in (0, 180)
    rows = [
        (*point_into(rotation, r.x0, r.top), *point_into(rotation, r.x1, r.bottom))
        for r in rules
        if r.horizontal != upright
    ]
    if not rows:
        return np.zeros((0, 3))
    a = np.array(rows, dtype=np.float64)
    return np.stack([(a[:, 0] + a[:, 2]) / 2, np.minimum(a[:, 1], a[:, 3]), np.maximum(a[:, 1], a[:, 3])], axis=1)


def _extent(glyphs: Glyphs, index: NDArray[np.intp], rotation: int) -> tuple[Floats, Floats, Floats, Floats]:
    """u0 and u1 of each glyph by pen positions, u centre of its ink, baseline v."""
    u0, v = point_into(rotation, glyphs.ox[index], glyphs.oy[index])
    a, _ = point_into(rotation, glyphs.x0[index], glyphs.top[index])
    b, _ = point_into(rotation, glyphs.x1[index], glyphs.bottom[index])
    return u0, u0 + glyphs.advance[index], (a + b) / 2, v


def _cut(glyphs: Glyphs, index: NDArray[np.intp], rotation: int, walls: Floats) -> list[_Run]:
    chars = [glyphs.char[i] for i in index.tolist()]
    blank = np.array([c.isspace() or c == "\xa0" or c == "\u200b" for c in chars], dtype=np.bool_)
    ink = np.flatnonzero(~blank)
    if not len(ink):
        return []
    blanks_before = np.cumsum(blank)[ink]
    after_blank = np.concatenate([[True], np.diff(blanks_before) > 0])
    before_blank = np.concatenate([after_blank[1:], [len(index) - 1 != ink[-1]]])
    at = index[ink]
    u0, u1, middle, v = _extent(glyphs, at, rotation)
    size, source = glyphs.size[at], glyphs.source[at]
    doubled = _doubles(chars, ink, u0, v, size, source)
    if doubled.any():
        keep = ~doubled
        ink, at, u0, u1, middle, v = ink[keep], at[keep], u0[keep], u1[keep], middle[keep], v[keep]
        size, source, after_blank, before_blank = size[keep], source[keep], after_blank[keep], before_blank[keep]
    em = np.maximum(np.minimum(size[1:], size[:-1]), 0.1)
    gap = (u0[1:] - u1[:-1]) / em
    jump = (np.abs(np.diff(v)) > 0.3 * em) | (gap < -0.6) | (gap > 1.3) | (size[1:] > 1.8 * em) | (size[:-1] > 1.8 * em)
    bold, italic = glyphs.bold[at], glyphs.italic[at]
    letters = [chars[i] for i in ink.tolist()]
    kinds = list(zip(letters, bold.tolist(), np.round(size, 1).tolist(), strict=True))
    limit, forced = _limits(gap, jump, after_blank[1:], kinds)
    new = jump | forced | (gap > limit)
    new |= _walled(walls, u0, u1, v, size, source, gap, letters)
    starts = np.concatenate([[0], np.flatnonzero(new) + 1])
    ends = np.concatenate([starts[1:], [len(ink)]])
    left, right = np.minimum.reduceat(u0, starts), np.maximum.reduceat(u1, starts)
    biggest = np.maximum.reduceat(size, starts)
    shares = np.add.reduceat(bold, starts) * 2 > (ends - starts), np.add.reduceat(italic, starts) * 2 > (ends - starts)
    return [
        _Run("".join(letters[s:e]), a, b, v[s].item(), c, d, i, not open_end)
        for s, e, a, b, c, d, i, open_end in zip(
            starts.tolist(),
            ends.tolist(),
            left.tolist(),
            right.tolist(),
            biggest.tolist(),
            shares[0].tolist(),
            shares[1].tolist(),
            before_blank[ends - 1].tolist(),
            strict=True,
        )
    ]


def _doubles(
    chars: list[str], ink: NDArray[np.intp], u0: Floats, v: Floats, size: Floats, source: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Which glyphs are the same letter printed again on (nearly) the same spot by another text object: a fake bold."""
    code = np.array([ord(chars[i][0]) for i in ink.tolist()])
    out = np.zeros(len(ink), dtype=np.bool_)
    order = np.lexsort((u0, np.round(v), code))
    for shift in (1, 2):
        a, b = order[:-shift], order[shift:]
        near = (
            (code[a] == code[b])
            & (np.abs(u0[a] - u0[b]) < np.minimum(0.14 * size[a], 1.2))
            & (np.abs(v[a] - v[b]) < 0.14 * size[a])
            & (source[a] != source[b])
        )
        out[np.maximum(a, b)[near]] = True
    return out


def _limits(
    gap: Floats, jump: NDArray[np.bool_], blank: NDArray[np.bool_], kinds: list[tuple[str, bool, float]]
) -> tuple[Floats, NDArray[np.bool_]]:
    """For each gap the width (in sizes) beyond which it parts words, and whether a printed blank parts them anyway.

    A letter-spaced run has gaps everywhere: there only a gap clearly wider than the usual one parts words, and blanks
    printed between single letters do not count. `kinds` tells the letter before each gap: where its width is misjudged,
    all gaps after it are wide.
    """
    limit = np.full(len(gap), GAP)
    forced = blank.copy()
    if not len(gap):
        return limit, forced
    run = np.concatenate([[0], np.cumsum(jump)[:-1]])
    inside = np.bincount(run, weights=~jump)
    wide = np.bincount(run, weights=(gap > SPACED) & ~jump)
    blanks = np.bincount(run, weights=blank & ~jump)
    spaced = (inside >= 3) & (wide >= 0.7 * inside)
    for r in np.flatnonzero(spaced & (blanks > 0) & (blanks < 0.8 * inside)).tolist():
        solid = gap[(run == r) & ~jump & ~blank]
        spaced[r] = len(solid) >= 3 and np.median(solid) > SPACED
    if not spaced.any():
        return limit, forced
    if inside[spaced].sum() > 0.6 * inside.sum():  # the page is set so: then its short runs are, too
        spaced |= (inside > 0) & (wide == inside) & (blanks == 0)
    chosen = np.flatnonzero(spaced[run] & ~jump)
    after: dict[tuple[str, bool, float], list[float]] = {}
    for k in chosen.tolist():
        after.setdefault(kinds[k], []).append(float(gap[k]))
    least = {kind: min(gaps) for kind, gaps in after.items() if len(gaps) > 1}
    whole = float(np.median(gap[chosen]))
    for r in np.unique(run[chosen]).tolist():
        here = chosen[run[chosen] == r]
        usual = float(np.median(gap[here])) if len(here) >= 3 else whole
        own = np.array([least.get(kinds[k], usual + 0.08) for k in here.tolist()])
        even = len(here) > 1 and np.ptp(gap[here]) < 0.2  # one word, however wide it is set
        limit[here] = 9.0 if even else np.minimum(own + 0.22, usual + 0.38)
        forced[here] = False
    return limit, forced


def _walled(
    walls: Floats,
    u0: Floats,
    u1: Floats,
    v: Floats,
    size: Floats,
    source: NDArray[np.int32],
    gap: Floats,
    chars: list[str],
) -> NDArray[np.bool_]:
    """Between which neighbours a ruling line stands that parts them (not one that an overlong text runs over)."""
    out = np.zeros(len(gap), dtype=np.bool_)
    if not len(walls) or not len(gap):
        return out
    slack = 0.12 * size[:-1]
    low, high = np.minimum(u1[:-1], u0[1:]) - slack, np.maximum(u1[:-1], u0[1:]) + slack
    y = v[:-1] - 0.3 * size[:-1]
    order = np.argsort(walls[:, 0])
    at = walls[order, 0]
    first, last = np.searchsorted(at, low), np.searchsorted(at, high)
    for i in np.flatnonzero(last > first).tolist():
        near = walls[order[first[i] : last[i]]]
        near = near[near[:, 2] - near[:, 1] > size[i]]  # a shorter one is a letter's own stroke
        if ((near[:, 1] <= y[i]) & (y[i] <= near[:, 2])).any():
            other = source[i] != source[i + 1] or gap[i] > 0.05
            out[i] = other or bool(GLUED.search("".join(chars[max(0, i - 12) : i + 8])))
    return out


def _join(runs: list[_Run], walls: Floats) -> list[_Run]:
    """Words cut only because the content stream jumped (a bold digit, a kerned letter) joined where they touch."""
    runs.sort(key=lambda r: (round(r.v), r.u0))
    out: list[_Run] = []
    for run in sorted(runs, key=lambda r: (r.u0, r.v)) if len(runs) < 2 else _by_line(runs):
        last = out[-1] if out else None
        if last is not None and _touches(last, run) and not _between(walls, last, run):
            total = len(last.text) + len(run.text)
            out[-1] = _Run(
                last.text + run.text,
                last.u0,
                max(last.u1, run.u1),
                last.v if last.size >= run.size else run.v,
                max(last.size, run.size),
                (last.bold * len(last.text) + run.bold * len(run.text)) * 2 > total,
                (last.italic * len(last.text) + run.italic * len(run.text)) * 2 > total,
                run.tight,
            )
        else:
            out.append(run)
    return out


def _by_line(runs: list[_Run]) -> list[_Run]:
    """Runs so ordered that neighbours on one baseline follow each other."""
    ordered = sorted(runs, key=lambda r: r.v)
    lines: list[list[_Run]] = []
    for run in ordered:
        if lines and run.v - lines[-1][0].v <= 0.2 * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    return [run for line in lines for run in sorted(line, key=lambda r: r.u0)]


def _touches(a: _Run, b: _Run) -> bool:
    em = min(a.size, b.size)
    return a.tight and abs(a.v - b.v) <= 0.2 * em and -0.25 * em < b.u0 - a.u1 < TOUCH * em


def _between(walls: Floats, a: _Run, b: _Run) -> bool:
    if not len(walls):
        return False
    low, high, y = min(a.u1, b.u0) - 0.1 * a.size, max(a.u1, b.u0) + 0.1 * a.size, a.v - 0.3 * a.size
    return bool(((walls[:, 0] >= low) & (walls[:, 0] <= high) & (walls[:, 1] <= y) & (walls[:, 2] >= y)).any())


def _clean(text: str) -> str:
    """Ligatures and width forms taken apart, soft hyphens dropped, line-end hyphens given back."""
    if text.isascii() and "\x02" not in text:
        return text if text.isprintable() else "".join(c for c in text if c.isprintable())
    for mark in HYPHENS:
        text = text.replace(mark, "-")
    text = text.replace(SOFT_HYPHEN, "")
    text = "".join(unicodedata.normalize("NFKC", c) if _folded(c) else c for c in text)
    return "".join(c for c in unicodedata.normalize("NFC", text) if c.isprintable()).strip()


def _folded(char: str) -> bool:
    code = ord(char)
    return 0xFB00 <= code <= 0xFB06 or 0xFF01 <= code <= 0xFF5E
