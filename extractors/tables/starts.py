"""At which printed lines the rows of a table begin, where no line or gap alone tells.

A row begins where a key stands: a running number, a code, or figures in most of the figure columns.
"""

from __future__ import annotations

from extractors.tables.balance import NameLine, best_partition
from extractors.tables.columns import is_numbering
from extractors.tables.figures import has_digits_only, is_code, is_figure, is_half, is_mark, is_whole, is_year
from extractors.tables.header import Draft, Rule
from extractors.tables.segments import Row, Segment

ODD = 0.3  # share of rows whose figures do not stand beside their first line, from which they are set otherwise
BESIDE = 0.05  # line distances: a name no farther from its figures stands beside them
CLEAR = 1.22  # times the usual line distance: a gap that parts two rows for certain
ABOVE = 0.80  # of the size: a border above a line stands this far over its baseline
BELOW = 0.30  # of the size: and a border below it this far under


def parted(draft: Draft, drawn: list[Rule], k: int) -> bool:
    """Whether a ruling line stands between line k and the line above it."""
    rows = draft.region.rows
    return any(rows[k - 1].base - 1 < y < rows[k].base and b - a > 60 for y, a, b in drawn)


def between(above: Row, below: Row) -> float:
    """Where a border between two lines stands (points down the page)."""
    low, high = above.base + BELOW * above.size, below.base - ABOVE * below.size
    return (low + high) / 2


def would_fit(draft: Draft, column: int, above: Segment, here: Segment) -> bool:
    """Whether the first word of a cell's line had still fitted on the line above: then the break was wanted."""
    first = len(here.text.split()[0]) / max(len(here.text), 1) * (here.x1 - here.x0)
    return above.x1 + 3.0 + first < draft.columns[column].x1 - 1.0


def row_starts(draft: Draft, drawn: list[Rule]) -> set[int]:
    """Body lines at which a row begins."""
    rows, head = draft.region.rows, draft.head
    if head >= len(rows):
        return set()
    columns = [c for c, col in enumerate(draft.columns) if col.numeric]
    usual = max(1, min(_usual_count(draft, columns), len(columns)))
    keys = [k for k in range(head, len(rows)) if _is_key(draft, k, columns, usual)]
    if drawn:
        bands = 1 + sum(parted(draft, drawn, k) for k in range(head + 1, len(rows)))
        # Lines under every row part the rows; lines under the header and the last row alone do not.
        return {head, *keys} if len(keys) > 2 * bands else {head} if head and parted(draft, drawn, head) else set()
    if len(keys) > 1:
        balanced = _balanced(draft, keys)
        if balanced is not None:
            return balanced
    steps = _steps(draft)
    dense = len(keys) >= 0.6 * (len(rows) - head)  # rows of one line: then names alone are rows too
    starts, filled = {head}, set(draft.lines[head])
    for k in range(head + 1, len(rows)):
        line = set(draft.lines[k])
        wanted = (dense or steps[k] > 1.01) and _wanted_break(draft, k)
        # A gap parts rows where the row above has all these columns: else the row has its text set lower there.
        if k in keys or wanted or (steps[k] > CLEAR and line <= filled):
            starts.add(k)
            filled = set()
        filled |= line
    return starts


def _balanced(draft: Draft, keys: list[int]) -> set[int] | None:
    """The rows where figures stand beside the middle or the foot of their names; None where they stand at the top.

    Lines of names above the first figures then belong to the first row: the draft's header ends before them.
    """
    names = [c for c, col in enumerate(draft.columns) if col.letters > 3 * col.entries and not col.numeric]
    begin = _before_first(draft, names)
    lines = [k for k in range(begin, len(draft.lines)) if any(c in draft.lines[k] for c in names)]
    if not lines:
        return None
    found, lead = _name_lines(draft, names, lines)
    figured = [k for k in keys if any(draft.columns[c].numeric for c in draft.lines[k])]
    if figured and len(figured) >= len(keys) / 2 - 1:
        keys = figured  # running numbers at the top of a row whose figures stand lower are no rows of their own
    figures = [_figure_base(draft, k) for k in keys]
    if len(found) == len(figures) and all(
        abs(n.base - y) <= BESIDE * lead for n, y in zip(found, figures, strict=True)
    ):
        return None  # one line a row, each beside its figures: no partition explains that better
    near = [min(found, key=lambda line: abs(line.base - y)) for y in figures]
    between_lines = sum(abs(n.base - y) > 0.3 * lead for n, y in zip(near, figures, strict=True))
    within_names = sum(n.continued for n in near)
    if between_lines < ODD * len(keys) and within_names < 2 * ODD * len(keys):
        return None
    place, groups = best_partition([NameLine(n.base, n.step / lead, n.continued) for n in found], figures, lead)
    if place == "top" or not groups:
        return None
    draft.head = min(draft.head, lines[groups[0][0]])
    starts = {draft.head} | {min(lines[a], keys[j]) if j is not None else lines[a] for a, _, j in groups}
    return starts | {keys[j] for j in range(len(keys)) if j not in {g[2] for g in groups}}


def _before_first(draft: Draft, names: list[int]) -> int:
    """The first line after the header, counting lines of names that only stand above the first figures to the body."""
    rows, k = draft.region.rows, draft.head
    while k > 1 and set(draft.lines[k - 1]) <= set(names) and rows[k - 1].bold == rows[draft.head].bold:
        k -= 1
        gap = rows[k].base - rows[k - 1].base
        if gap > CLEAR * (rows[k + 1].base - rows[k].base) or rows[k].bold != rows[k - 1].bold:
            return k
    return draft.head


def _name_lines(draft: Draft, names: list[int], lines: list[int]) -> tuple[list[NameLine], float]:
    """The lines `lines` as lines of names (steps in points), and the line distance."""
    above: dict[int, Segment] = {}
    found: list[NameLine] = []
    steps: list[float] = []
    for k in lines:
        here = {c: part for c, part in draft.lines[k].items() if c in names}
        known = {c: part.base - above[c].base for c, part in here.items() if c in above}
        on = bool(known) and not any(would_fit(draft, c, above[c], here[c]) for c in known)
        found.append(NameLine(min(p.base for p in here.values()), min(known.values(), default=0.0), on))
        steps += known.values()
        above.update(here)
    return found, _low(steps, 12.0)


def _figure_base(draft: Draft, k: int) -> float:
    """The baseline of a row's figures, or of its number where it has none."""
    line = draft.lines[k]
    parts = [p for c, p in line.items() if draft.columns[c].numeric]
    parts = parts or [p for c, p in line.items() if draft.columns[c].counter or draft.columns[c].coded]
    return min(p.base for p in parts or line.values())


def _steps(draft: Draft) -> list[float]:
    """For each line how far it stands below the line above it in the same column, in that column's usual line distances
    (the nearest column's; 0 where none has a line above): cells of one row may be set at different heights."""
    found: list[dict[int, float]] = []
    last: dict[int, float] = {}
    for k, line in enumerate(draft.lines):
        found.append({c: p.base - last[c] for c, p in line.items() if c in last} if k > draft.head else {})
        if k >= draft.head:
            last.update({c: p.base for c, p in line.items()})
    every = _low([s for steps in found for s in steps.values()], 12.0)
    usual = {c: _low([s[c] for s in found if c in s], every) for c in range(len(draft.columns))}
    return [min((s / usual[c] for c, s in steps.items()), default=0.0) for steps in found]


def _low(steps: list[float], default: float) -> float:
    """The line distance inside cells: a low quantile of all distances; `default` where there are too few."""
    return sorted(steps)[len(steps) // 5] if len(steps) > 2 else default


def _is_key(draft: Draft, k: int, figure_columns: list[int], usual: int) -> bool:
    """Whether a row begins at line k: a running number, a code, or figures in half at least of the figure columns that
    rows have as a rule (`usual`), and no numbers that only complete those of the line above."""
    line = draft.lines[k]
    above = draft.lines[k - 1] if k > draft.head else {}
    if is_numbering(draft.region.rows[k]):
        return True
    for c, part in line.items():
        if draft.columns[c].counter and is_mark(part.text):
            return True
        if draft.columns[c].coded and is_code(part.text) and not (c in above and is_half(above[c].text)):
            return True
    here = [c for c in figure_columns if c in line and (has_digits_only(line[c].text) or is_figure(line[c].text))]
    if not here:
        return False
    completing = [c for c in here if c in above and _completes(above[c].text, line[c].text)]
    if completing and len(completing) * 2 >= len(here):
        return False
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
    rows = draft.region.rows
    changed = rows[k].bold != rows[k - 1].bold
    for c in names:
        if c not in above or not line[c].text[:1].isupper():
            return False
        middles = abs(above[c].x0 + above[c].x1 - line[c].x0 - line[c].x1) / 2
        outdented = above[c].x0 - line[c].x0 > 4.0 and middles > 6.0
        if not (changed or outdented or would_fit(draft, c, above[c], line[c])):
            return False
    return True
