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
BLANKS = np.array([9, 10, 11, 12, 13, 32, 0xA0, *range(0x2000, 0x200C), 0x202F, 0x3000, 0xFEFF], dtype=np.uint32)
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
        walls = _walls(rules, rotation)
        for run in _join(_cut(glyphs, chosen, rotation, walls), walls):
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


def _cut(glyphs: Glyphs, index: NDArray[np.intp], rotation: int, walls: Floats) -> list[_Run]:
    whole = len(index) == len(glyphs)
    text = glyphs.char if whole else "".join([glyphs.char[i] for i in index.tolist()])
    code = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    blank = np.isin(code, BLANKS)
    ink = np.flatnonzero(~blank)
    if not len(ink):
        return []
    blanks_before = np.cumsum(blank)[ink]
    after_blank = np.concatenate([[True], np.diff(blanks_before) > 0])
    before_blank = np.concatenate([after_blank[1:], [len(index) - 1 != ink[-1]]])
    at = index[ink]
    u0, v = point_into(rotation, glyphs.ox[at], glyphs.oy[at])
    u1 = u0 + glyphs.advance[at]
    size, source, code = glyphs.size[at], glyphs.source[at], code[ink]
    doubled = _doubles(code, u0, v, size, source)
    if doubled.any():
        keep = ~doubled
        at, u0, u1, v, code = at[keep], u0[keep], u1[keep], v[keep], code[keep]
        size, source, after_blank, before_blank = size[keep], source[keep], after_blank[keep], before_blank[keep]
    em = np.maximum(np.minimum(size[1:], size[:-1]), 0.1)
    gap = (u0[1:] - u1[:-1]) / em
    jump = (np.abs(np.diff(v)) > 0.3 * em) | (gap < -0.6) | (gap > 1.3) | (size[1:] > 1.8 * em) | (size[:-1] > 1.8 * em)
    bold, italic = glyphs.bold[at], glyphs.italic[at]
    letters = code.astype("<u4").tobytes().decode("utf-32-le")
    limit, forced = _limits(gap, jump, after_blank[1:], letters, bold, size)
    new = jump | forced | (gap > limit)
    new |= _walled(walls, u0, u1, v, size, source, gap, letters)
    starts = np.concatenate([[0], np.flatnonzero(new) + 1])
    ends = np.concatenate([starts[1:], [len(at)]])
    left, right = np.minimum.reduceat(u0, starts), np.maximum.reduceat(u1, starts)
    biggest = np.maximum.reduceat(size, starts)
    shares = np.add.reduceat(bold, starts) * 2 > (ends - starts), np.add.reduceat(italic, starts) * 2 > (ends - starts)
    columns = (starts, ends, left, right, v[starts], biggest, *shares, ~before_blank[ends - 1])
    return [
        _Run(letters[s:e], a, b, base, height, heavy, slanted, tight)
        for s, e, a, b, base, height, heavy, slanted, tight in zip(*(c.tolist() for c in columns), strict=True)
    ]


def _doubles(
    code: NDArray[np.uint32], u0: Floats, v: Floats, size: Floats, source: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Which glyphs are the same letter printed again on (nearly) the same spot by another text object: a fake bold."""
    out = np.zeros(len(code), dtype=np.bool_)
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
    gap: Floats,
    jump: NDArray[np.bool_],
    blank: NDArray[np.bool_],
    letters: str,
    bold: NDArray[np.bool_],
    size: Floats,
) -> tuple[Floats, NDArray[np.bool_]]:
    """For each gap the width (in sizes) beyond which it parts words, and whether a printed blank parts them anyway.

    A letter-spaced run has gaps everywhere: there only a gap clearly wider than the usual one parts words, and blanks
    printed between single letters do not count. Where a letter's width is misjudged, all gaps after it are wide:
    `letters`, `bold` and `size` tell the letter before each gap.
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
    kinds = {k: (letters[k], bool(bold[k]), round(float(size[k]), 1)) for k in chosen.tolist()}
    after: dict[tuple[str, bool, float], list[float]] = {}
    for k, kind in kinds.items():
        after.setdefault(kind, []).append(float(gap[k]))
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
    letters: str,
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
            out[i] = other or bool(GLUED.search(letters[max(0, i - 12) : i + 8]))
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
