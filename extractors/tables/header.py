"""The header of a table that white space holds: its rows, and the cells that span several columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from extractors.tables.columns import Column, edges_of
from extractors.tables.figures import is_year
from extractors.tables.segments import Region, Segment

Rule = tuple[float, float, float]
Spans = list[tuple[int, int]]  # column ranges: first, after last


@dataclass(slots=True)
class Draft:
    """A region with its columns, how many of its lines are the header, and for each line the segments by column."""

    region: Region
    columns: list[Column]
    head: int
    lines: list[dict[int, Segment]]
    _spans: dict[tuple[int, int], Spans] = field(default_factory=dict)

    def spans(self, k: int) -> Spans:
        """The column ranges (first, after last) over which segments of header line k stand, where more than one column."""
        if (k, self.head) not in self._spans:
            self._spans[k, self.head] = _spans_of(self, k)
        return self._spans[k, self.head]


def header_rows(draft: Draft, drawn: list[Rule]) -> dict[int, Spans]:
    """Header lines at which a new header row begins, with the columns over which a border parts it from the row above.

    Titles above the header, sub-headers below a cell that spans them, and a line that repeats one word ("Realisasi")
    under each of several columns. Where ruling lines part the header, they alone say.
    """
    rows, head = draft.region.rows, draft.head
    if head < 2 or any(rows[0].base < y < rows[head - 1].base for y, _, _ in drawn):
        return {}
    out: dict[int, Spans] = {}
    titles = next((k for k in range(head) if len(rows[k].segments) > 1), 0)
    if titles >= head - titles + 2:
        for k in range(1, titles + 1):
            if k == titles or rows[k].bold != rows[k - 1].bold:
                out[k] = [(0, len(draft.columns))]
    else:
        titles = 0
    for k in range(titles + 1, head):
        below = {c for c in draft.lines[k] if not any(a <= c < b for a, b in draft.spans(k))}
        groups = {g for j in range(titles, k) for g in draft.spans(j)}
        parted = [(a, b) for a, b in groups if len([c for c in below if a <= c < b]) >= 2]
        texts = {s.text.casefold() for s in rows[k].segments}
        if parted:
            out[k] = sorted(parted)
        elif len(rows[k].segments) > 1 and len(texts) == 1 and all(c in draft.lines[k - 1] for c in draft.lines[k]):
            out[k] = [(c, c + 1) for c in sorted(draft.lines[k])]
        else:
            continue
        break
    return out


def _spans_of(draft: Draft, k: int) -> Spans:
    out = []
    taken = [_overlapped(draft, s) for s in draft.region.rows[k].segments]
    for n, (part, (a, b)) in enumerate(zip(draft.region.rows[k].segments, taken, strict=True)):
        low = taken[n - 1][1] if n else 0
        high = taken[n + 1][0] if n + 1 < len(taken) else len(draft.columns)
        if b - a >= 2 or _between_columns(draft, part):
            out.append(_centred(draft, part, a, b, low, high))
        elif _over_years(draft, k, a) and low < a and b < high:
            out.append(_centred(draft, part, a - 1, b + 1, low, high))
    return [s for s in out if s[1] - s[0] >= 2]


def _overlapped(draft: Draft, part: Segment) -> tuple[int, int]:
    cols = [c for c, col in enumerate(draft.columns) if min(col.x1, part.x1) - max(col.x0, part.x0) > 2.0]
    if not cols:
        middle = (part.x0 + part.x1) / 2
        c = min(range(len(draft.columns)), key=lambda c: abs((draft.columns[c].x0 + draft.columns[c].x1) / 2 - middle))
        return c, c + 1
    return cols[0], cols[-1] + 1


def _between_columns(draft: Draft, part: Segment) -> bool:
    """Whether a segment stands over the strip between two columns rather than over either."""
    middle, width = (part.x0 + part.x1) / 2, part.x1 - part.x0
    over = max(min(c.x1, part.x1) - max(c.x0, part.x0) for c in draft.columns)
    parted = any(a.x1 + 1 < middle < b.x0 - 1 for a, b in pairwise(draft.columns))
    return parted and width > 12 and over < 0.3 * width


def _over_years(draft: Draft, k: int, column: int) -> bool:
    """Whether the header below gives years to a column and both its neighbours, which have nothing of their own in this
    line: then the cell over the middle one spans them."""
    around = range(column - 1, column + 2)
    under = [next((n for n in range(k + 1, draft.head) if c in draft.lines[n]), None) for c in around]
    if under[0] is None or len(set(under)) > 1:
        return False
    below = draft.lines[under[0]]
    return all(is_year(below[c].text) and (c == column or c not in draft.lines[k]) for c in around)


def _centred(draft: Draft, part: Segment, a: int, b: int, low: int, high: int) -> tuple[int, int]:
    """The range of columns around a..b, within low..high, whose middle is nearest to the segment's own."""
    edges = edges_of(draft.columns, draft.region)
    middle = (part.x0 + part.x1) / 2
    choices = [(i, j) for i in range(low, a + 1) for j in range(b, high + 1) if j - i >= 2]
    if not choices:
        return a, b
    return min(choices, key=lambda r: (round(abs((edges[r[0]] + edges[r[1]]) / 2 - middle) / 4), r[1] - r[0]))
