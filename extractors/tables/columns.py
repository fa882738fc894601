"""The columns of a region without vertical lines: white strips that run down between its words."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, pairwise

import regex

from extractors.tables.figures import has_digits_only, is_code, is_figure, is_mark, is_year
from extractors.tables.geometry import Ink
from extractors.tables.segments import Region, Row, Segment, segment

LONG = 0.45  # of the region's width: a longer segment may be a title over several columns
MOST_CROSSED = 0.35  # share of lines that may run across a border that the header shows
FEW = 4  # lines up to which a strip must be wide to count
NARROW_STRIP = 0.38  # of the size: width of a strip that many lines leave white
WIDE_STRIP = 0.75  # the same for few lines
_ITEM = regex.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[IVXivx]{1,5})[.)]|\d{1,2}")
_NUMBERED = regex.compile(r"\d{1,2}")
_CURRENCY = regex.compile(r"R[pP]\.?")


@dataclass(slots=True, eq=False)
class Column:
    """A column: the extent of its words, and what they are."""

    x0: float
    x1: float
    figures: int = 0
    entries: int = 0
    marks: int = 0
    codes: int = 0
    letters: int = 0
    leading: bool = False  # nothing but columns of its kind at its left

    @property
    def numeric(self) -> bool:
        """Most entries are figures (running numbers and codes are not)."""
        few_letters = self.letters < 5 * self.entries  # figures at the ends of texts do not make a column of figures
        return self.entries > 0 and self.figures * 2 > self.entries and few_letters and not self.counter

    @property
    def counter(self) -> bool:
        """A column of running numbers or list marks, before all others."""
        return self.leading and self.marks * 2 > self.entries

    @property
    def coded(self) -> bool:
        return self.entries > 0 and self.codes * 2 > self.entries


def head_length(rows: list[Row]) -> int:
    """How many of the first lines are the header: before the first line that carries figures, or while all is bold."""
    for k, row in enumerate(rows):
        if is_numbering(row):
            return k
        numbers = [s for s in row.segments if has_digits_only(s.text)]
        if row.bold and k < 8 and all(is_year(s.text) or len(s.text) <= 3 for s in numbers):
            continue
        if k and _ITEM.fullmatch(row.segments[0].text) and len(row.segments) > 1:
            return k
        figures = [s for s in row.segments if is_figure(s.text) and not is_year(s.text)]
        if figures or any(is_code(s.text) for s in row.segments):
            return k
    return min(1, len(rows) - 1) if rows and rows[0].tabular else 0


def is_numbering(row: Row) -> bool:
    """A row that numbers the columns: (1) (2) (3) or 1 2 3."""
    if len(row.parts) < 3 or not _NUMBERED.match(row.segments[0].text.strip("()[]. ")):
        return False
    texts = [s.text.strip("()[]. ") for s in row.segments]
    leading = [_NUMBERED.match(t) for t in texts]
    return all(leading) and [int(m.group()) for m in leading if m] == list(
        range(int(leading[0].group()), int(leading[0].group()) + len(texts))  # type: ignore[union-attr]
    )


def columns_of(ink: Ink, region: Region, head: int) -> list[Column]:
    """The columns of a region, left to right, from its body lines (and from header lines where the body is empty)."""
    body = [r for r in region.rows[head:] if not _spanning(r, region)] or region.rows
    size = sorted(r.size for r in body)[len(body) // 2]
    limit = size * (WIDE_STRIP if len(body) <= FEW else NARROW_STRIP)
    columns = _strips(ink, body, limit)
    long = LONG * (region.x1 - region.x0)
    wide = {r for r in body if r.x1 - r.x0 > long and any(p.x1 - p.x0 > long for p in r.segments)}
    if 0 < len(wide) <= max(1, len(body) // 5) and len(body) - len(wide) >= 2:
        without = _strips(ink, [r for r in body if r not in wide], limit)
        if len(without) > len(columns):  # the long lines are titles over several columns
            columns = without
            body = [r for r in body if r not in wide]
    body, columns = _without_totals(ink, body, columns, limit)
    over = _blocks(region.rows[:head])
    columns = _parted_by_header(ink, over, body, columns)
    _take_header(over, columns)
    columns.sort(key=lambda c: c.x0)
    columns = _overlaps_joined(columns)
    columns = _lone_joined(ink, body, columns, size)
    lines = [parts(ink, row, columns) for row in body]
    describe(lines, columns)
    return _currency_joined(lines, columns)


def _take_header(over: list[tuple[float, float]], columns: list[Column]) -> None:
    """Give header words that stand `over` no column to the nearest one without a header, else a column of their own."""
    headed = [c for c in columns if any(c.x0 - 1 < x1 and c.x1 + 1 > x0 for x0, x1 in over)]
    bare = [c for c in columns if c not in headed]
    loose = [Column(x0, x1) for x0, x1 in over if not any(c.x0 - 1 < x1 and c.x1 + 1 > x0 for c in headed)]
    pairs = sorted(
        (max(b.x0 - h.x1, h.x0 - b.x1), n, m)
        for n, h in enumerate(loose)
        for m, b in enumerate(bare)
        if not any(min(h.x1, b.x1) < c.x0 < max(h.x0, b.x0) for c in headed)
    )
    done: set[int] = set()
    for _, n, m in pairs:
        if n in done or bare[m] in headed:
            continue
        done.add(n)
        headed.append(bare[m])
        bare[m].x0, bare[m].x1 = min(bare[m].x0, loose[n].x0), max(bare[m].x1, loose[n].x1)
    columns += [h for n, h in enumerate(loose) if n not in done]


def _parted_by_header(
    ink: Ink, over: list[tuple[float, float]], body: list[Row], columns: list[Column]
) -> list[Column]:
    """Part columns that a few long lines hold together where the header has two cells and most lines leave a gap."""
    out: list[Column] = []
    for c in columns:
        inside = [b for b in over if c.x0 - 2 < (b[0] + b[1]) / 2 < c.x1 + 2]
        lines = [[i for i in row.words if c.x0 - 1 <= ink.x[i] <= c.x1 + 1] for row in body] if len(inside) > 1 else []
        lines = [line for line in lines if line]
        rest = c
        for left, right in pairwise(inside):
            cut = _least_crossed(ink, lines, (left[0] + left[1]) / 2, (right[0] + right[1]) / 2)
            if cut is not None and rest.x0 < cut < rest.x1:
                out.append(Column(rest.x0, cut - 1.0))
                rest = Column(cut + 1.0, rest.x1)
        out.append(rest)
    return out


def _least_crossed(ink: Ink, lines: list[list[int]], low: float, high: float) -> float | None:
    """A place between two header cells that few lines run across, and that some lines have words on both sides of."""
    ends = {round(ink.x1[i] + 2.0, 1) for line in lines for i in line} | {
        round(ink.x0[i] - 2.0, 1) for line in lines for i in line
    }
    sides = [_sides(ink, line) for line in lines]
    best: tuple[int, float] | None = None
    for cut in sorted(e for e in ends if low <= e <= high):
        crossed = both = 0
        for size, middles, befores, afters in sides:
            k = bisect_left(middles, cut)
            if 0 < k < len(middles):
                before, after = befores[k - 1], afters[k]
                together = after - before < NARROW_STRIP * size or before > cut or after < cut
                crossed += together
                both += not together
        if both and crossed <= MOST_CROSSED * len(lines) and (best is None or crossed < best[0]):
            best = (crossed, cut)
    return best[1] if best else None


def _sides(ink: Ink, line: list[int]) -> tuple[float, list[float], list[float], list[float]]:
    """A line's type size, the middles of its words in ascending order, and at each of them how far the words up to it
    reach to the right and those from it on to the left."""
    order = sorted(line, key=ink.x.__getitem__)
    befores = list(accumulate((ink.x1[i] for i in order), max))
    afters = list(accumulate((ink.x0[i] for i in reversed(order)), min))
    return ink.size[line[0]], [ink.x[i] for i in order], befores, afters[::-1]


def _blocks(rows: list[Row]) -> list[tuple[float, float]]:
    """The header's words as blocks (left, right): lines of one header cell stand over each other."""
    out: list[tuple[float, float]] = []
    for x0, x1 in sorted((p.x0, p.x1) for row in rows for p in row.segments if any(map(str.isalnum, p.text))):
        if out and x0 < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], x1))
        else:
            out.append((x0, x1))
    return out


def _lone_joined(ink: Ink, body: list[Row], columns: list[Column], size: float) -> list[Column]:
    """A first column that is used by a line or two (a total's name, set over two columns) is no column of its own."""
    if len(columns) < 3 or len(body) < FEW or columns[1].x0 - columns[0].x1 > size:
        return columns
    lines = [dict(parts(ink, row, columns)) for row in body]
    lone = [line for line in lines if 0 in line]
    if len(lone) * 5 > len([line for line in lines if 1 in line]) + 3 or any(1 in line for line in lone):
        return columns
    columns[1].x0 = columns[0].x0
    return columns[1:]


def _without_totals(ink: Ink, body: list[Row], columns: list[Column], limit: float) -> tuple[list[Row], list[Column]]:
    """Leave out lines that name a total across columns (the last lines, or bold ones) where the others show more."""
    some = {r for k, r in enumerate(body) if k >= len(body) - 2 or r.bold}
    others = [r for r in body if r not in some]
    if len(others) < 2 or len(some) > len(others):
        return body, columns
    more = _strips(ink, others, limit)
    if len(more) <= len(columns):
        return body, columns
    gaps = [(a.x1, b.x0) for a, b in pairwise(more)]
    kept = [r for r in body if r not in some or not any(p.x0 < a and p.x1 > b for p in r.segments for a, b in gaps)]
    return kept, _strips(ink, kept, limit)


def _strips(ink: Ink, rows: list[Row], limit: float) -> list[Column]:
    """The extents of words that no strip wider than `limit` parts."""
    index = [i for r in rows for i in r.words]
    extents = sorted(zip(map(ink.x0.__getitem__, index), map(ink.x1.__getitem__, index), strict=True))
    if not extents:
        return []
    columns: list[Column] = []
    left, right = extents[0]
    for x0, x1 in extents[1:]:
        if x0 - right >= limit:
            columns.append(Column(left, right))
            left, right = x0, x1
        elif x1 > right:
            right = x1
    return [*columns, Column(left, right)]


def _spanning(row: Row, region: Region) -> bool:
    """A line that says nothing of the columns: one long segment over more than half of the region."""
    return len(row.parts) == 1 and row.x1 - row.x0 > 0.55 * (region.x1 - region.x0)


def _overlaps_joined(columns: list[Column]) -> list[Column]:
    out: list[Column] = []
    for c in columns:
        if out and c.x0 <= out[-1].x1:
            out[-1].x1 = max(out[-1].x1, c.x1)
        else:
            out.append(c)
    return out


def describe(lines: list[list[tuple[int, Segment]]], columns: list[Column]) -> None:
    """Count in each column what the entries of some lines, given as their `parts`, are."""
    for line in lines:
        for k, part in line:
            c, text = columns[k], part.text
            c.entries += 1
            c.marks += is_mark(text)
            c.letters += sum(map(str.isalpha, text))
            c.codes += is_code(text)
            c.figures += is_figure(text) and not is_code(text)
    for c in columns:
        c.leading = True
        if not c.counter and not c.coded:
            break


def parts(ink: Ink, row: Row, columns: list[Column]) -> list[tuple[int, Segment]]:
    """A line's words by column, as segments (column index, segment), left to right."""
    spans = [(c.x0, c.x1) for c in columns]
    if row.dealt is None or row.dealt[0] != spans:
        by: dict[int, list[int]] = {}
        for i in row.words:
            by.setdefault(column_at(ink.x[i], spans), []).append(i)
        row.dealt = spans, [(k, segment(ink, words)) for k, words in sorted(by.items())]
    return row.dealt[1]


def column_at(x: float, spans: list[tuple[float, float]]) -> int:
    """The column (given by its left and right side) that x lies in or nearest to."""
    nearest, least = 0, float("inf")
    for k, (x0, x1) in enumerate(spans):
        before, behind = x0 - x, x - x1
        apart = before if before > behind else behind
        if apart <= 0.0:
            return k
        if apart < least:
            nearest, least = k, apart
    return nearest


def _currency_joined(lines: list[list[tuple[int, Segment]]], columns: list[Column]) -> list[Column]:
    """A column of nothing but `Rp` belongs to the amounts at its right."""
    texts: list[set[str]] = [set() for _ in columns]
    for line in lines:
        for k, part in line:
            texts[k].add(part.text)
    out: list[Column] = []
    k = 0
    while k < len(columns):
        c = columns[k]
        if texts[k] and all(_CURRENCY.fullmatch(t) for t in texts[k]) and k + 1 < len(columns):
            after = columns[k + 1]
            after.x0 = c.x0
            out.append(after)
            k += 2
            continue
        out.append(c)
        k += 1
    return out


def edges_of(columns: list[Column], region: Region) -> list[float]:
    """Borders of the columns: the middles of the white strips, and the outer sides."""
    inner = [(a.x1 + b.x0) / 2 for a, b in pairwise(columns)]
    return [min(columns[0].x0, region.x0) - 4.0, *inner, max(columns[-1].x1, region.x1) + 4.0]
