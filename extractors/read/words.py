"""Glyphs to words: geometry decides, not the order or the blanks of the content stream alone.

Glyphs are first taken as runs (as the content wrote them), runs are cut to words at blanks, gaps and ruling lines, and
words that touch are joined again, so that lines of neighbouring cells at nearly the same height are never mixed.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray

from extractors.read.frames import Floats, point_into, sides_out
from extractors.read.gather import GATHER
from extractors.read.glyphs import Glyphs
from extractors.read.records import Cuts, FindWords, Gather
from schemas.columns import Columns, Words
from schemas.document import Rule, Word

GAP = 0.19  # of the size: a wider gap between two glyphs parts two words
TOUCH = 0.12  # of the size: words of two runs nearer than this are one word
SPACED = 0.11  # of the size: gaps of this median make a letter-spaced run
ASCENT, DESCENT = 0.78, 0.22  # of the size: every word gets the same box about its baseline, whatever the font says
PAIRS = 200_000  # of gaps and walls that are held against each other at a time
HYPHENS = "\x02\ufffe"  # what pdfium gives for a hyphen at a line's end
BLANK = np.zeros(0x10000, dtype=np.bool_)  # by code; the last stands for all beyond
BLANK[[9, 10, 11, 12, 13, 32, 0xA0, *range(0x2000, 0x200C), 0x202F, 0x3000, 0xFEFF]] = True
SOFT_HYPHEN = "\u00ad"
# Two complete amounts without a blank between them: the second begins right after the decimals of the first.
GLUED = regex.compile(r"(?<=\d[.,]\d{3}[.,]\d{2})(?=\(?\d{1,3}[.,]\d{3})")


CUTS = Cuts(BLANK, GAP, SPACED, TOUCH, ASCENT, DESCENT)

Bools = NDArray[np.bool_]


class _Runs(NamedTuple):
    """Words in the making, in the frame of their rotation: one entry of each column for each."""

    text: list[str]
    u0: Floats
    u1: Floats
    v: Floats  # baseline
    size: Floats
    bold: Bools
    italic: Bools
    tight: Bools  # ends without a blank after it

    def at(self, order: NDArray[np.intp]) -> _Runs:
        columns: list[Any] = [column[order] for column in self[1:]]
        return _Runs([self.text[i] for i in order.tolist()], *columns)


def read_words(
    glyphs: Glyphs, rules: tuple[Rule, ...], width: float, height: float, gather: Gather = GATHER
) -> Sequence[Word]:
    """The words of a displayed page of `width` x `height` points, turned ones too, in no order to rely on."""
    usual = _usual(glyphs, rules, width, height, gather.words) if gather.words else None
    if usual is not None:
        return usual
    found: list[Words] = []
    keep = (glyphs.ox > -2) & (glyphs.ox < width + 2) & (glyphs.oy > -2) & (glyphs.oy < height + 2)
    if glyphs.hidden.any() and not glyphs.hidden.all():
        keep &= ~glyphs.hidden  # unseen text counts only where nothing else is written
    for rotation in (0, 90, 180, 270):
        chosen = np.flatnonzero(keep & (glyphs.rotation == rotation))
        if not len(chosen):
            continue
        walls = _walls(rules, rotation)
        found.append(_words(_join(_cut(glyphs, chosen, rotation, walls), walls), rotation))
    return found[0] if len(found) == 1 else tuple(chain.from_iterable(found))


def _usual(glyphs: Glyphs, rules: tuple[Rule, ...], width: float, height: float, find: FindWords) -> Words | None:
    """The words of the usual page, found at once (`words` in `_native.c`); None of another page.

    On the usual page all text is upright, none printed twice or letter-spaced, and the content stream cuts no word.
    """
    code = np.frombuffer(glyphs.char.encode("utf-32-le"), dtype="<u4")
    columns = [code, glyphs.ox, glyphs.oy, glyphs.advance, glyphs.size, glyphs.rotation, glyphs.source]
    walls = _walls(rules, 0)
    found = find([*columns, glyphs.bold, glyphs.italic, glyphs.hidden], _by_place(walls), width, height, CUTS)
    if found is None:
        return None
    texts, x0, top, x1, bottom, size, bold, italic = found
    texts = _cleaned(texts)
    of_all = Columns(texts, x0, top, x1, bottom, size, bold, italic, [1.0] * len(texts), True)
    return Words(of_all if all(texts) else _printed(of_all), 0)


def _printed(columns: Columns) -> Columns:
    """The words of which something can be printed."""
    kept = [i for i, text in enumerate(columns.text) if text]
    lists: dict[str, Any] = {name: [getattr(columns, name)[i] for i in kept] for name in Columns._fields[:-1]}
    return columns._replace(**lists)


def _by_place(walls: Floats) -> Floats:
    return walls[np.argsort(walls[:, 0])] if len(walls) > 1 else walls


def _words(runs: _Runs, rotation: int) -> Words:
    texts = _cleaned(runs.text)
    if not all(texts):  # nothing that can be printed is left of some
        runs = runs.at(np.array([i for i, text in enumerate(texts) if text], dtype=np.intp))
        texts = [text for text in texts if text]
    base, size = runs.v, runs.size
    corners = sides_out(rotation, runs.u0, base - ASCENT * size, runs.u1, base + DESCENT * size)
    x0, top, x1, bottom = (side.tolist() for side in corners)
    exact = size.tolist()
    rounded = {size: round(size, 2) for size in set(exact)}
    sizes, bold = list(map(rounded.__getitem__, exact)), runs.bold.tolist()
    columns = Columns(texts, x0, top, x1, bottom, sizes, bold, runs.italic.tolist(), [1.0] * len(texts), rotation == 0)
    return Words(columns, rotation)


def _walls(rules: tuple[Rule, ...], rotation: int) -> Floats:
    """Rules that stand across the text of a frame, as rows (u, v0, v1)."""
    rows = [(r.x0, r.top, r.x1, r.bottom) for r in rules]
    if not rows:
        return np.zeros((0, 3))
    x0, top, x1, bottom = np.array(rows, dtype=np.float64).T
    across = (x1 - x0 >= bottom - top) != (rotation in (0, 180))
    u0, v0 = point_into(rotation, x0[across], top[across])
    u1, v1 = point_into(rotation, x1[across], bottom[across])
    return np.stack([(u0 + u1) / 2, np.minimum(v0, v1), np.maximum(v0, v1)], axis=1)


def _cut(glyphs: Glyphs, index: NDArray[np.intp], rotation: int, walls: Floats) -> _Runs:
    code = np.frombuffer(glyphs.char.encode("utf-32-le"), dtype="<u4")[index]
    blank = BLANK[np.minimum(code, 0xFFFF)]
    ink = np.flatnonzero(~blank)
    if not len(ink):
        none, no = np.zeros(0), np.zeros(0, np.bool_)
        return _Runs([], none, none, none, none, no, no, no)
    blanks_before = np.cumsum(blank)[ink]
    after_blank = np.concatenate([[True], blanks_before[1:] > blanks_before[:-1]])
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
    jump = (np.abs(v[1:] - v[:-1]) > 0.3 * em) | (gap < -0.6) | (gap > 1.3)
    jump |= (size[1:] > 1.8 * em) | (size[:-1] > 1.8 * em)
    bold, italic = glyphs.bold[at], glyphs.italic[at]
    letters = code.tobytes().decode("utf-32-le")
    limit, forced = _limits(gap, jump, after_blank[1:], letters, bold, size)
    new = jump | forced | (gap > limit)
    new |= _walled(walls, u0, u1, v, size, source, gap, letters, ~new)
    starts = np.concatenate([[0], np.flatnonzero(new) + 1])
    ends = np.concatenate([starts[1:], [len(at)]])
    return _Runs(
        [letters[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)],
        np.minimum.reduceat(u0, starts),
        np.maximum.reduceat(u1, starts),
        v[starts],
        np.maximum.reduceat(size, starts),
        _mostly(bold, starts, ends),
        _mostly(italic, starts, ends),
        ~before_blank[ends - 1],
    )


def _mostly(marked: Bools, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> Bools:
    """For each stretch whether more than half of it is marked."""
    if not marked.any():
        return np.zeros(len(starts), np.bool_)
    found: Bools = np.add.reduceat(marked, starts, dtype=np.intp) * 2 > ends - starts
    return found


def _doubles(
    code: NDArray[np.uint32], u0: Floats, v: Floats, size: Floats, source: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Which glyphs are the same letter printed again on (nearly) the same spot by another text object: a fake bold."""
    out = np.zeros(len(code), dtype=np.bool_)
    line = np.round(v)
    if not _crowded(code, u0, line, size):
        return out
    order = np.lexsort((u0, line, code))
    code, u0, v, size, source = code[order], u0[order], v[order], size[order], source[order]
    for shift in (1, 2):
        # Most neighbours in this order are the same letter, but few of them stand on one spot.
        i = np.flatnonzero(np.abs(u0[shift:] - u0[:-shift]) < 1.2)
        k = i + shift
        near = (
            (code[i] == code[k])
            & (np.abs(u0[i] - u0[k]) < 0.14 * size[i])
            & (np.abs(v[i] - v[k]) < 0.14 * size[i])
            & (source[i] != source[k])
        )
        out[np.maximum(order[i], order[k])[near]] = True
    return out


def _crowded(code: NDArray[np.uint32], u0: Floats, line: Floats, size: Floats) -> bool:
    """Whether a letter may stand twice on one spot: a screen, for sorting whole numbers takes a fraction of the time.

    Letters are sorted by code, line and place in steps of 1.25 points; only neighbours in this order can be doubles.
    """
    low, reach = float(line.min()), 0.14 * float(size.max()) + 1
    place = np.floor((u0 - u0.min()) / 1.25)
    if not (line.max() - low < 1 << 20 and place.max() < 1 << 20):
        return True
    key = np.sort((code.astype(np.int64) << 40) + ((line - low).astype(np.int64) << 20) + place.astype(np.int64))
    for shift in (1, 2):
        step = key[shift:] - key[:-shift]
        # Of the same letter, at most one place apart either way, on lines near enough.
        aside = (step + 1) & 0xFFFFF
        if ((aside <= 2) & ((step + 1) >> 20 <= reach)).any():
            return True
    return False


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
        spaced[r] = len(solid) >= 3 and _median(solid) > SPACED
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
    whole = _median(gap[chosen])
    for r in sorted(set(run[chosen].tolist())):
        here = chosen[run[chosen] == r]
        usual = _median(gap[here]) if len(here) >= 3 else whole
        own = np.array([least.get(kinds[k], usual + 0.08) for k in here.tolist()])
        even = len(here) > 1 and np.ptp(gap[here]) < 0.2  # one word, however wide it is set
        limit[here] = 9.0 if even else np.minimum(own + 0.22, usual + 0.38)
        forced[here] = False
    return limit, forced


def _median(values: Floats) -> float:
    """As NumPy's own, which loads its masked arrays."""
    ordered = np.sort(values)
    half = len(ordered) // 2
    return float(ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2)


def _walled(
    walls: Floats,
    u0: Floats,
    u1: Floats,
    v: Floats,
    size: Floats,
    source: NDArray[np.int32],
    gap: Floats,
    letters: str,
    asked: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Between which neighbours a ruling line stands that parts them (not one that an overlong text runs over); looked for
    only where it is `asked`."""
    out = np.zeros(len(gap), dtype=np.bool_)
    if not len(walls) or not len(gap):
        return out
    slack = 0.12 * size[:-1]
    low, high = np.minimum(u1[:-1], u0[1:]) - slack, np.maximum(u1[:-1], u0[1:]) + slack
    y = v[:-1] - 0.3 * size[:-1]
    order = np.argsort(walls[:, 0])
    at = walls[order, 0]
    first, last = np.searchsorted(at, low), np.searchsorted(at, high)
    for near in _by_share(np.flatnonzero(asked & (last > first)), last - first):
        # Each gap with each wall it may meet.
        count = (last - first)[near]
        i = np.repeat(near, count)
        step = np.arange(len(i)) - np.repeat(np.cumsum(count) - count, count)
        _, top, bottom = walls[order[first[i] + step]].T
        # One shorter than the letters is a letter's own stroke.
        met = (bottom - top > size[i]) & (top <= y[i]) & (y[i] <= bottom)
        for k in sorted(set(i[met].tolist())):
            other = source[k] != source[k + 1] or gap[k] > 0.05
            out[k] = other or bool(GLUED.search(letters[max(0, k - 12) : k + 8]))
    return out


def _by_share(index: NDArray[np.intp], cost: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """`index` cut so that the costs of each part come to a bounded sum, however many there are."""
    if not len(index):
        return []
    share = np.cumsum(cost[index]) // PAIRS
    return np.split(index, np.flatnonzero(share[1:] != share[:-1]) + 1)


def _join(runs: _Runs, walls: Floats) -> _Runs:
    """Words cut only because the content stream jumped (a bold digit, a kerned letter) joined where they touch.

    Words come in order, those on one baseline after each other.
    """
    if len(runs.text) < 2:
        return runs
    runs = runs.at(_by_line(runs))
    touching = np.flatnonzero(_touch(runs, np.arange(len(runs.text) - 1))).tolist()
    if not touching:
        return runs  # as on nearly all pages
    kept = np.ones(len(runs.text), np.bool_)
    last = 0
    for i in touching:
        if i >= last:
            last = i + 1
            while last < len(runs.text) and _touch(runs, i, last) and not _between(walls, runs, i, last):
                _append(runs, i, last)
                kept[last] = False
                last += 1
    return runs.at(np.flatnonzero(kept))


def _by_line(runs: _Runs) -> NDArray[np.intp]:
    """Runs so ordered that neighbours on one baseline follow each other."""
    order = np.lexsort((runs.u0, runs.v))
    return order[np.lexsort((runs.u0[order], _lines(runs.v[order], 0.2 * runs.size[order])))]


def _lines(v: Floats, reach: Floats) -> NDArray[np.intp]:
    """The number of each run's line, for ascending baselines: a run stands on the line of the one before it unless it is
    farther than its `reach` below the first on that line."""
    parted = v[1:] - v[:-1] > reach[1:]
    number = np.concatenate([[0], np.cumsum(parted)])
    firsts = v[np.concatenate([[0], np.flatnonzero(parted) + 1])]
    if (v - firsts[number] <= reach).all():  # as on nearly all pages: no line goes down in small steps
        return number
    lines: list[int] = []
    first, line = -math.inf, 0
    for at, near in zip(v.tolist(), reach.tolist(), strict=True):
        if at - first > near:
            first = at
            line += 1
        lines.append(line)
    return np.array(lines)


def _touch(runs: _Runs, a: Any, b: Any = None) -> Any:
    """Whether run `b` (or the next one) goes on where run `a` ends; for arrays of them as well."""
    b = a + 1 if b is None else b
    em = np.minimum(runs.size[a], runs.size[b])
    away = runs.u0[b] - runs.u1[a]
    level = np.abs(runs.v[a] - runs.v[b]) <= 0.2 * em
    return runs.tight[a] & level & (-0.25 * em < away) & (away < TOUCH * em)


def _between(walls: Floats, runs: _Runs, a: int, b: int) -> bool:
    if not len(walls):
        return False
    low, high = min(runs.u1[a], runs.u0[b]), max(runs.u1[a], runs.u0[b])
    slack, y = 0.1 * runs.size[a], runs.v[a] - 0.3 * runs.size[a]
    at = walls[:, 0]
    return bool(((at >= low - slack) & (at <= high + slack) & (walls[:, 1] <= y) & (walls[:, 2] >= y)).any())


def _append(runs: _Runs, a: int, b: int) -> None:
    """Make run `a` the word of both."""
    mine, its = len(runs.text[a]), len(runs.text[b])
    runs.text[a] += runs.text[b]
    runs.u1[a] = max(runs.u1[a], runs.u1[b])
    if runs.size[a] < runs.size[b]:
        runs.v[a], runs.size[a] = runs.v[b], runs.size[b]
    for column in (runs.bold, runs.italic):
        column[a] = (column[a] * mine + column[b] * its) * 2 > mine + its
    runs.tight[a] = runs.tight[b]


def _cleaned(texts: list[str]) -> list[str]:
    """`_clean` of each; on most pages there is nothing to be done, told at once."""
    together = "".join(texts)
    if together.isascii() and together.isprintable():
        return texts
    return [text if text.isascii() and text.isprintable() else _clean(text) for text in texts]


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
