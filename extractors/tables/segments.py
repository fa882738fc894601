"""Printed lines as segments (words held together by ordinary blanks), and regions of lines that stand in columns."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from extractors.tables.figures import is_amount, is_figure, is_mark, is_year
from extractors.tables.geometry import Ink, Lines
from schemas.values import cached_property, value

WIDE = 1.0  # of the size: a wider blank parts segments
PROSE = 0.93  # share of the page's text width that a line of justified prose fills
FAR = 2.6  # times the size from baseline to baseline beyond which lines in columns are no neighbours in a table
LOOSE = 2.1  # the same for a line that is in one column alone
LEAST_SIZE = 0.01  # points: what a size is rounded to; that of a spoilt font may be nought
TIGHT = 1.3  # and for a line over several columns that belongs to the header below it
MANY = 3_000  # horizontal rules of a page: beyond, it is a drawing
TAIL = 12  # lines in columns, the nearest ones, that tell where the columns of a table are
EMPTY = 12.0  # points: an empty band higher than this between two rules lies between two tables
_CAPTION = regex.compile(r"\W*(?:tabel|table|gambar|grafik|sumber|source)\b", regex.I)
_LEADERS = ("....", "……", "____")


@value(frozen=True, slots=True)
class Segment:
    """A run of words on one line, with its text, its extent and its baseline in points of the frame."""

    words: tuple[int, ...]
    text: str
    x0: float
    x1: float
    base: float


@dataclass(eq=False)
class Row:
    """A printed line: the words of its segments, its baseline, its type size, and the margins of the text around it.

    What is asked of few lines (their texts, whether they are prose) is found when it is asked for.
    """

    ink: Ink
    parts: list[list[int]]
    base: float
    size: float
    x0: float
    x1: float
    margins: tuple[float, float] = (0.0, 0.0)
    dealt: tuple[list[tuple[float, float]], list[tuple[int, Segment]]] | None = None  # its segments in some columns

    @cached_property
    def words(self) -> list[int]:
        return [i for part in self.parts for i in part]

    @cached_property
    def segments(self) -> list[Segment]:
        return [segment(self.ink, part) for part in self.parts]

    @cached_property
    def bold(self) -> bool:
        """Most of its words are bold."""
        return sum([self.ink.bold[i] for i in self.words]) * 2 > len(self.words)

    @cached_property
    def prose(self) -> bool:
        """No line of a table, whatever its gaps."""
        return _is_prose(self.ink, self, *self.margins)

    @cached_property
    def tabular(self) -> bool:
        """Two segments at least besides a list mark, and no line of prose, contents list or key and value."""
        least = 3 if len(self.parts) > 1 and is_mark(self.segments[0].text) else 2
        return len(self.parts) >= least and not self.prose

    @cached_property
    def figures(self) -> int:
        """How many of the segments are figures (years do not count)."""
        return sum(1 for s in self.segments if is_figure(s.text) and not is_year(s.text))


@dataclass(eq=False)
class Region:
    """Consecutive lines that stand in columns. `floors` are ruling lines (y, x0, x1) that part its rows."""

    rows: list[Row]
    floors: list[tuple[float, float, float]] = field(default_factory=list)

    @cached_property
    def x0(self) -> float:
        return min(r.x0 for r in self.rows)

    @cached_property
    def x1(self) -> float:
        return max(r.x1 for r in self.rows)


def rows_of(ink: Ink, index: list[int]) -> list[Row]:
    """The upright words `index` as printed lines, top down."""
    return rows_in(ink, segments_of(ink, index))


def segments_of(ink: Ink, index: list[int]) -> list[list[list[int]]]:
    """For each printed line of the upright words `index`, top down, the words of its segments."""
    found = []
    x0, x1, size = ink.x0, ink.x1, ink.size
    for line in ink.lines([i for i in index if not ink.turned[i]] if ink.mixed else index):
        part = line[:1]
        segments = [part]
        end = x1[part[0]]
        for i in line[1:]:
            own = x1[i]
            if x0[i] - end <= WIDE * size[i]:
                part.append(i)
                if own > end:
                    end = own
            else:
                segments.append(part := [i])
                end = own
        found.append(segments)
    return found


def rows_in(ink: Ink, lines: list[list[list[int]]]) -> list[Row]:
    """Printed lines, given by their segments' words, as rows."""
    rows = []
    for parts in lines:
        sizes = max([max(map(ink.size.__getitem__, part)) for part in parts])
        first = parts[0][0]
        right = max(map(ink.x1.__getitem__, parts[-1]))
        rows.append(Row(ink, parts, ink.base[first], sizes, ink.x0[first], right))
    if rows:
        margins = _text_width(rows)
        for row in rows:
            row.margins = margins
    return rows


def segment(ink: Ink, index: list[int]) -> Segment:
    """Some words of one line as a segment."""
    if len(index) == 1:
        i = index[0]
        return Segment((i,), ink.text[i], ink.x0[i], ink.x1[i], ink.base[i])
    text = " ".join([ink.text[i] for i in index])
    ends = max([ink.x1[i] for i in index])
    return Segment(tuple(index), text, ink.x0[index[0]], ends, ink.base[index[0]])


def _text_width(rows: list[Row]) -> tuple[float, float]:
    lefts, rights = sorted(r.x0 for r in rows), sorted(r.x1 for r in rows)
    return lefts[len(lefts) // 10], rights[-1 - len(rights) // 10]


def _is_prose(ink: Ink, row: Row, left: float, right: float) -> bool:
    """A justified line of running text (its blanks all alike), a line of a contents list, or a dotted line."""
    words = row.words
    text = " ".join([ink.text[i] for i in words])
    if any(dots in text for dots in _LEADERS):
        return True
    if len(words) < 5 or row.x1 - row.x0 < 0.6 * (right - left):
        return False
    steps = [max(ink.x0[b] - ink.x1[a], 0.0) for a, b in pairwise(words)]
    gaps = sorted(steps)
    usual = gaps[len(gaps) // 2]
    if max(steps[1:]) > usual + 0.6 * row.size:
        return False
    alike = sum(1 for g in gaps if 0.7 * usual - 0.5 <= g <= 1.4 * usual + 0.5)
    if usual > 0.5 * row.size and row.x1 - row.x0 < PROSE * (right - left):
        return False  # so wide blanks are there only to fill the line
    # A list mark with its tab, or a change of font, leaves an odd blank or two in a line of prose.
    return usual <= 1.6 * row.size and len(gaps) - alike <= max(1, len(gaps) // 6)


class _Run:
    """Lines that stand together in columns: the first and the last, how far they reach, and the last ones in columns."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.first = self.last = rows[0]
        self.left, self.right = rows[0].x0, rows[0].x1
        self.tail: deque[Row] = deque(maxlen=TAIL)
        for row in rows:
            self.add(row)

    def add(self, row: Row) -> None:
        """Take a line at the foot."""
        self.last = row
        self.left, self.right = min(self.left, row.x0), max(self.right, row.x1)
        if row.tabular:
            self.tail.append(row)

    def head(self, row: Row) -> None:
        """Take a line at the top."""
        self.first = row
        self.left, self.right = min(self.left, row.x0), max(self.right, row.x1)
        if row.tabular and len(self.tail) < TAIL:
            self.tail.appendleft(row)


def regions(rows: list[Row], lines: Lines) -> list[Region]:
    """The groups of lines that stand in columns: between horizontal rules, or by alignment alone."""
    found, taken = _between_rules(rows, lines)
    run: list[Row] = []
    rest: list[list[Row]] = []
    for k, row in enumerate(rows):
        if k in taken:
            rest.append(run)
            run = []
        else:
            run.append(row)
    rest.append(run)
    for part in rest:
        found += _by_alignment(part)
    return sorted((r for r in found if r.rows), key=lambda r: r.rows[0].base)


def _between_rules(rows: list[Row], lines: Lines) -> tuple[list[Region], set[int]]:
    """Regions of horizontal rules without verticals: bands between rules that hold text in columns."""
    rules = sorted((float(y), float(a), float(b)) for y, a, b in lines.across.tolist() if b - a > 60)
    if not 2 <= len(rules) <= MANY or not rows:
        return [], set()
    bases = [r.base for r in rows]
    out: list[Region] = []
    taken: set[int] = set()
    for group in _stacks(rules):
        borders = [g[0] for g in group]
        bands = [range(bisect_right(bases, a), bisect_right(bases, b)) for a, b in pairwise(borders)]
        left, right = group[0][1] - 8, group[0][2] + 8
        good = [
            _band_fits([rows[k] for k in band], a, b) and all(left < rows[k].x0 and rows[k].x1 < right for k in band)
            for band, (a, b) in zip(bands, pairwise(borders), strict=True)
        ]
        start = 0
        while start < len(bands):
            if not good[start]:
                start += 1
                continue
            end = start
            while end < len(bands) and good[end]:
                end += 1
            members = [k for band in bands[start:end] for k in band]
            inside = [rows[k] for k in members]
            if _stands(inside, end - start) and not any(k in taken for k in members):
                floors = [f for f in rules if borders[start] - 1 <= f[0] <= borders[end] + 1]
                if end == len(bands):
                    more = _past_last(rows, members[-1] + 1, inside, left, right)
                    inside += [rows[k] for k in more]
                    members += more
                out.append(Region(inside, floors))
                taken.update(members)
            start = end
    return out, taken


def _past_last(rows: list[Row], k: int, inside: list[Row], left: float, right: float) -> list[int]:
    """The lines of a row that the page break cut: they stand below the last rule as if the table went on."""
    begin, run = k, _Run(inside)
    while k < len(rows) and left < rows[k].x0 and rows[k].x1 < right and _goes_on(run, rows[k], above=False):
        if k == begin and not _same_columns(run, rows[k]):
            break
        k += 1
    found = rows[begin:k]
    return list(range(begin, k)) if any(r.tabular and r.figures > 1 for r in found) else []


def _stands(inside: list[Row], bands: int) -> bool:
    """Whether the lines between rules make a table: two in columns, or one with figures or with a header of its own."""
    tabular = [r for r in inside if r.tabular]
    return len(tabular) >= 2 or (len(tabular) == 1 and (bands > 1 or tabular[0].figures > 0))


def _stacks(rules: list[tuple[float, float, float]]) -> list[list[tuple[float, float, float]]]:
    """Rules of the same left and right end, top down; rules closer than a line of text count once."""
    stacks: list[list[tuple[float, float, float]]] = []
    for rule in rules:
        for stack in stacks:
            if abs(stack[0][1] - rule[1]) < 6 and abs(stack[0][2] - rule[2]) < 6:
                if rule[0] - stack[-1][0] > 5:
                    stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [s for s in stacks if len(s) > 1]


def _band_fits(rows: list[Row], top: float, bottom: float) -> bool:
    """Whether the lines between two rules can be a row (or rows) of a table rather than the text between two tables."""
    if not rows:
        return bottom - top < EMPTY
    if any(r.prose for r in rows):
        return False
    if any(r.tabular for r in rows):
        steps = [b.base - a.base for a, b in pairwise(rows)]
        return all(s <= FAR * 1.5 * r.size for s, r in zip(steps, rows, strict=False))
    size = rows[0].size
    tight = all(b.base - a.base <= 1.45 * size for a, b in pairwise(rows))
    return tight and rows[0].base - top <= 2.0 * size and bottom - rows[-1].base <= 1.6 * size


def _by_alignment(rows: list[Row]) -> list[Region]:
    """Regions of lines held in columns by white space alone."""
    out: list[Region] = []
    k = taken = 0
    while k < len(rows):
        if len(rows[k].parts) < 2 or not rows[k].tabular:
            k += 1
            continue
        start = k
        end = k + 1
        run = _Run(rows[start:end])
        while end < len(rows):
            step = 1 if _goes_on(run, rows[end], above=False) else _bridge(run, rows, end)
            if not step:
                break
            for row in rows[end : end + step]:
                run.add(row)
            end += step
        while start > taken and _goes_on(run, rows[start - 1], above=True):
            start -= 1
            run.head(rows[start])
        taken = end
        out += _parts(rows[start:end])
        k = max(end, k + 1)
    return out


def _goes_on(run: _Run, row: Row, *, above: bool) -> bool:
    """Whether `row` belongs to the table whose lines are `run`: near, of the same type size, within its columns."""
    edge = run.first if above else run.last
    step = abs(row.base - edge.base) / max(edge.size, row.size, LEAST_SIZE)
    if row.prose or step > FAR or abs(row.size - edge.size) > 1.6:
        return False
    if row.tabular:
        return True
    if step > LOOSE or (above and (_CAPTION.match(row.segments[0].text) or row.bold != edge.bold)):
        return False
    if not above and _under(edge, row):
        return True
    left, right = run.left, run.right
    if row.x0 < left - 3 or row.x1 > right + 12:
        return False
    spans = _gutters(run.tail)
    if not spans:
        return False
    if not any(a > s.x0 + 1 and b < s.x1 - 1 for a, b in spans for s in row.segments):
        return True
    # Over several columns: the upper line of a header, but not a title over them all.
    return above and step <= TIGHT and row.x0 > spans[0][1] - 3 and row.x1 - row.x0 < 0.6 * (right - left)


def _under(edge: Row, row: Row) -> bool:
    """Whether a line goes on below a segment with room at its right: the second line of a cell over several columns."""
    if row.base - edge.base > 1.45 * row.size:
        return False
    ends = [s.x0 for s in edge.segments[1:]] + [edge.x1 + 200]
    for n, (part, end) in enumerate(zip(edge.segments, ends, strict=True)):
        begin = edge.segments[n - 1].x1 if n else part.x0 - 60
        centred = abs(part.x0 + part.x1 - row.x0 - row.x1) < 5 and row.x0 > begin + 2
        if (abs(part.x0 - row.x0) < 2.5 and n + 1 < len(edge.segments)) or centred:
            return row.x1 < end - 2.0
    return False


def _bridge(run: _Run, rows: list[Row], end: int) -> int:
    """How many of the lines from `end` cross the columns of `run` (a group's title) and stand between lines of one table;
    0 where none do."""
    for count in (1, 2):
        after = end + count
        if after >= len(rows) or not rows[after].tabular or not rows[after].figures:
            continue
        between = rows[end:after]
        chain = rows[end - 1 : after + 1]
        near = all(b.base - a.base <= 1.75 * a.size for a, b in pairwise(chain))
        alike = all(abs(r.size - rows[end - 1].size) < 0.6 and not r.prose for r in between)
        within = all(r.x0 >= run.left - 3 and r.x1 <= run.right + 3 for r in between)
        if near and alike and within and _same_columns(run, rows[after]):
            return count
    return 0


def _same_columns(run: _Run, row: Row) -> bool:
    spans = _gutters(run.tail)
    return bool(spans) and not any(a > s.x0 + 1 and b < s.x1 - 1 for a, b in spans for s in row.segments)


def _gutters(rows: Iterable[Row]) -> list[tuple[float, float]]:
    """White strips that no segment of the rows covers, within their common width."""
    extents = sorted((s.x0, s.x1) for r in rows for s in r.segments)
    out = []
    end = extents[0][1] if extents else 0.0
    for x0, x1 in extents:
        if x0 - end > 2.0:
            out.append((end, x0))
        end = max(end, x1)
    return out


def _parts(rows: list[Row]) -> list[Region]:
    """A run of lines as tables: lines at its ends that only seemed to belong are left outside."""
    first = next((k for k, r in enumerate(rows) if r.tabular), None)
    if first is None or not _is_table(rows):
        return []
    return [Region(rows)]


def _is_table(rows: list[Row]) -> bool:
    """By the evidence of figures and alignment: is this run of lines a table?"""
    tabular = [r for r in rows if r.tabular]
    if any(s.text in (":", "=") for r in tabular for s in r.segments) and not any(r.figures > 1 for r in tabular):
        return False
    gutters = _gutters(tabular)
    columns = len(gutters) + 1
    figures = sum(r.figures for r in tabular)
    amounts = sum(1 for r in tabular for s in r.segments if is_amount(s.text))
    if columns < 2:
        return False
    if columns == 2:
        return (amounts >= 1 and figures >= 2) or (figures >= 3 and len(tabular) >= 3)
    if figures == 0:
        return columns >= 3 and len(tabular) >= 3
    return len(tabular) >= 2 or figures >= 2
