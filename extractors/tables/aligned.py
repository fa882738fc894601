"""Tables held by white space, with horizontal rules or without any lines.

Columns are white strips (`columns`); rows begin where a key stands: a running number, a code, or figures in most of the
figure columns. What columns and rows are found is drawn as borders, so that the grid of `ruled` makes the cells.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from extractors.tables.columns import columns_of, edges_of, head_length, is_numbering, parts
from extractors.tables.figures import has_digits_only, is_code, is_figure, is_half, is_mark, is_whole, is_year
from extractors.tables.geometry import Ink, Lines
from extractors.tables.header import Draft, Rule, header_rows, spans_of
from extractors.tables.ruled import Grid, grid_of
from extractors.tables.segments import Region, Row, Segment, regions, rows_of

NAME = 6  # letters: the entries of a column of names are longer on average
CLEAR = 1.22  # times the usual line distance: a gap that parts two rows for certain
ABOVE = 0.80  # of the size: a border above a line stands this far over its baseline
BELOW = 0.30  # of the size: and a border below it this far under


def aligned_grids(ink: Ink, lines: Lines, free: set[int]) -> list[Grid]:
    """The tables among the words `free` that white space holds, as grids."""
    out = []
    for region in regions(rows_of(ink, sorted(free)), lines):
        grid = _grid(ink, region)
        if grid is not None:
            out.append(grid)
    return out


def _grid(ink: Ink, region: Region) -> Grid | None:
    head = head_length(region.rows)
    columns = columns_of(ink, region, head)
    if len(columns) < 2:
        return None
    draft = Draft(region, columns, head, [dict(parts(ink, r, columns)) for r in region.rows])
    edges = edges_of(columns, region)
    top = region.rows[0].base - ABOVE * region.rows[0].size - 1
    bottom = region.rows[-1].base + BELOW * region.rows[-1].size + 1
    floors = [f for f in region.floors if f[0] > top - 14]
    if floors:
        top, bottom = min(top, floors[0][0]), max(bottom, floors[-1][0])
    floors = _floors(draft, edges, floors, top, bottom)
    walls = _walls(draft, edges, [f[0] for f in floors], top, bottom)
    words = [i for r in region.rows for i in r.words]
    return grid_of(ink, np.array(floors), np.array(walls), words)


def _floors(draft: Draft, edges: list[float], drawn: list[Rule], top: float, bottom: float) -> list[Rule]:
    """The borders between rows: the ruling lines there are, and one before every line at which a row begins."""
    rows = draft.region.rows
    left, right = edges[0], edges[-1]
    out: list[Rule] = [(top, left, right), (bottom, left, right)]
    out += [(y, left if a < left + 12 else a, right if b > right - 12 else b) for y, a, b in drawn]
    for k, spans in header_rows(draft, drawn).items():
        y = _between(rows[k - 1], rows[k])
        out += [(y, edges[a], edges[b]) for a, b in spans]
    for k in sorted(_body_starts(draft, drawn)):
        if k == 0 or (drawn and _parted(draft, drawn, k)):
            continue
        y = _between(rows[k - 1], rows[k])
        out += [(y, a, b) for a, b in _stretches(draft, edges, k)]
    return sorted(out)


def _parted(draft: Draft, drawn: list[Rule], k: int) -> bool:
    """Whether a ruling line stands between line k and the line above it."""
    rows = draft.region.rows
    return any(rows[k - 1].base - 1 < y < rows[k].base and b - a > 60 for y, a, b in drawn)


def _between(above: Row, below: Row) -> float:
    low, high = above.base + BELOW * above.size, below.base - ABOVE * below.size
    return (low + high) / 2


def _stretches(draft: Draft, edges: list[float], k: int) -> list[tuple[float, float]]:
    """Where the border above line k is drawn: not across cells that go on from the row above (merged downwards)."""
    open_columns = _going_on(draft, k)
    out: list[tuple[float, float]] = []
    for c in range(len(draft.columns)):
        if c in open_columns:
            continue
        if out and out[-1][1] == edges[c]:
            out[-1] = (out[-1][0], edges[c + 1])
        else:
            out.append((edges[c], edges[c + 1]))
    return out


def _going_on(draft: Draft, k: int) -> set[int]:
    """Columns whose cell goes on below the border above line k.

    Only between a column of running numbers that says nothing here and the column that names the row: a word there that
    would not have fitted on the line above is the same cell's next line.
    """
    counter = next((c for c, col in enumerate(draft.columns) if col.counter), None)
    first_figure = next((c for c, col in enumerate(draft.columns) if col.numeric and c != counter), None)
    if counter is None or first_figure is None or counter in draft.lines[k]:
        return set()
    names = [c for c in range(counter + 1, first_figure) if draft.columns[c].letters > NAME * draft.columns[c].entries]
    out = set()
    for c in names[:-1]:
        here, above = draft.lines[k].get(c), draft.lines[k - 1].get(c)
        if here is not None and above is not None and not _would_fit(draft, c, above, here):
            out.add(c)
    return out | {counter} if out else set()


def _would_fit(draft: Draft, column: int, above: Segment, here: Segment) -> bool:
    """Whether the first word of a cell's line had still fitted on the line above: then the break was wanted."""
    first = len(here.text.split()[0]) / max(len(here.text), 1) * (here.x1 - here.x0)
    return above.x1 + 3.0 + first < draft.columns[column].x1 - 1.0


def _body_starts(draft: Draft, drawn: list[Rule]) -> set[int]:
    """Body lines at which a row begins."""
    rows, head = draft.region.rows, draft.head
    if head >= len(rows):
        return set()
    keys = [k for k in range(head, len(rows)) if _is_key(draft, k)]
    if drawn:
        bands = 1 + sum(_parted(draft, drawn, k) for k in range(head + 1, len(rows)))
        # Lines under every row part the rows; lines under the header and the last row alone do not.
        return {head, *keys} if len(keys) > 2 * bands else {head} if head and _parted(draft, drawn, head) else set()
    usual = _usual_step(rows[head:])
    dense = len(keys) >= 0.6 * (len(rows) - head)  # rows of one line: then names alone are rows too
    starts = {head}
    for k in range(head + 1, len(rows)):
        step = rows[k].base - rows[k - 1].base
        wanted = (dense or step > usual + 0.12) and _wanted_break(draft, k)
        if k in keys or step > CLEAR * usual or wanted:
            starts.add(k)
    return _centred_rows(draft, keys, starts, usual) if len(keys) > 1 else starts


def _usual_step(rows: list[Row]) -> float:
    """The line distance inside cells: a low quantile of all distances."""
    steps = sorted(b.base - a.base for a, b in pairwise(rows))
    return steps[len(steps) // 5] if steps else 12.0


def _is_key(draft: Draft, k: int) -> bool:
    """Whether a row begins at line k: a running number, a code, or figures in half of the figure columns at least, and
    no numbers that only complete those of the line above."""
    line = draft.lines[k]
    above = draft.lines[k - 1] if k > draft.head else {}
    if is_numbering(draft.region.rows[k]):
        return True
    for c, part in line.items():
        if draft.columns[c].counter and is_mark(part.text):
            return True
        if draft.columns[c].coded and is_code(part.text) and not (c in above and is_half(above[c].text)):
            return True
    figure_columns = [c for c, col in enumerate(draft.columns) if col.numeric]
    here = [c for c in figure_columns if c in line and (has_digits_only(line[c].text) or is_figure(line[c].text))]
    if not here:
        return False
    completing = [c for c in here if c in above and _completes(above[c].text, line[c].text)]
    if completing and len(completing) * 2 >= len(here):
        return False
    usual = max(1, min(_usual_count(draft, figure_columns), len(figure_columns)))
    return len(here) * 2 >= usual


def _usual_count(draft: Draft, figure_columns: list[int]) -> int:
    counts = sorted(n for line in draft.lines[draft.head :] if (n := len([c for c in figure_columns if c in line])))
    return counts[-1 - len(counts) // 4] if counts else 1


def _completes(above: str, here: str) -> bool:
    """Whether `here` only completes the number above it in a narrow cell."""
    if here in ("%", ")"):
        return True
    if not has_digits_only(here) or is_year(here):
        return False
    return is_half(above) or not (is_whole(above) or not any(ch.isdigit() for ch in above))


def _wanted_break(draft: Draft, k: int) -> bool:
    """Whether a line of names alone begins a row: the line above it in its column had room for its first word."""
    line, above = draft.lines[k], draft.lines[k - 1]
    names = [c for c in line if not draft.columns[c].numeric]
    if len(names) != len(line) or not names:
        return False
    for c in names:
        if c not in above or not _would_fit(draft, c, above[c], line[c]) or not line[c].text[:1].isupper():
            return False
    return all(c in above for c in names)


def _centred_rows(draft: Draft, keys: list[int], starts: set[int], usual: float) -> set[int]:
    """Rows by gaps where keys stand in the middle of their row's lines (cells centred vertically)."""
    rows, head = draft.region.rows, draft.head
    breaks = [k for k in range(head + 1, len(rows)) if rows[k].base - rows[k - 1].base > CLEAR * usual]
    blocks = [*zip([head, *breaks], [*breaks, len(rows)], strict=True)]
    single = sum(1 for a, b in blocks if len([k for k in keys if a <= k < b]) == 1)
    if len(blocks) > 1 and single >= 0.7 * len(blocks) and len(blocks) >= 0.7 * len(keys):
        extra = {k for a, b in blocks for k in keys if a < k < b and len([q for q in keys if a <= q < b]) > 1}
        return {a for a, _ in blocks} | extra
    return starts


def _walls(draft: Draft, edges: list[float], floors: list[float], top: float, bottom: float) -> list[Rule]:
    """The borders between columns: through every band, but not through a cell that spans several columns."""
    ys = sorted({top, bottom, *floors})
    out: list[Rule] = [(edges[0], top, bottom), (edges[-1], top, bottom)]
    rows = draft.region.rows
    for a, b in pairwise(ys):
        band = [k for k, r in enumerate(rows) if a < r.base - 0.3 * r.size <= b]
        spanned: set[int] = set()
        for k in band:
            if k < draft.head:
                spanned |= {c for s, e in spans_of(draft, k) for c in range(s + 1, e)}
            elif len(rows[k].segments) == 1:
                part = rows[k].segments[0]
                spanned |= {c for c in range(1, len(edges) - 1) if part.x0 + 2 < edges[c] < part.x1 - 2}
        out += [(edges[c], a, b) for c in range(1, len(edges) - 1) if c not in spanned]
    return out
