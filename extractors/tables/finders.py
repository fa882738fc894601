"""The table finders of pdfplumber and camelot, fed with our words and ruling lines. Only borders are taken from them: the
cells, their rows and their characters stay our own.

pdfplumber believes only cells that four lines close, so that a line which strays through a table does not spoil it.
camelot's network looks for texts that are aligned both ways, so that it needs no lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import StringIO
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy as np

from extractors.deferred import apart, bare_package, deferred, instead
from extractors.tables.aligned import grid_in_columns
from extractors.tables.columns import Column
from extractors.tables.geometry import Ink, Lines
from extractors.tables.ruled import Grid, grid_of
from extractors.tables.segments import Region, Segment, rows_of
from schemas.document import Box

MANY_LINES = 250  # of one direction: pdfplumber tries all pairs
MANY_TEXTS = 1_200  # segments of a page: camelot tries all pairs of neighbours
SNAP = 3.0  # points: borders of two cells nearer than this are one
MEET = 4.0  # points: lines that miss each other by less still meet
SHARE = 0.6  # share of the texts in question that a network must hold
HEIGHT = 10_000.0  # camelot counts upwards

# What the two import for reading files, which they are not asked for: by module.
PDFPLUMBER_READS = {
    "pdfplumber.utils.pdfinternals": (
        "decode_psl_list",
        "decode_text",
        "resolve",
        "resolve_all",
        "resolve_and_decode",
    )
}
CAMELOT_READS = {
    "camelot.backends": ("ImageConversionBackend",),
    "camelot.image_processing": ("undo_rotation",),
    "playa": (),
    "playa.miner": (
        "LAParams",
        "LTAnno",
        "LTChar",
        "LTContainer",
        "LTImage",
        "LTItem",
        "LTTextLine",
        "LTTextLineHorizontal",
        "LTTextLineVertical",
    ),
    "urllib.request": ("Request", "urlopen"),
}


class _Unasked:
    """Stands for what is not asked for; nothing is one of it."""


def closed_grids(ink: Ink, lines: Lines, area: Box, words: list[int]) -> list[Grid]:
    """The grids that pdfplumber's table finder makes of the lines within `area`, holding only `words`."""
    edges = [_edge(x0, y, x1, y, "h") for y, x0, x1 in lines.across.tolist() if _near(area, x0, y, x1, y)]
    edges += [_edge(x, y0, x, y1, "v") for x, y0, y1 in lines.down.tolist() if _near(area, x, y0, x, y1)]
    if not edges or len(edges) > 2 * MANY_LINES:
        return []
    page = SimpleNamespace(edges=edges, bbox=(area.x0, area.top, area.x1, area.bottom))
    settings = {"snap_tolerance": SNAP, "join_tolerance": SNAP, "intersection_tolerance": MEET}
    try:
        tables = _table_finder()(page, settings).tables
    except Exception:  # noqa: BLE001 - what another finder stumbles over leaves our own answer
        return []
    out = []
    for table in tables:
        across = [(y, c[0], c[2]) for c in table.cells for y in (c[1], c[3])]
        down = [(x, c[1], c[3]) for c in table.cells for x in (c[0], c[2])]
        grid = grid_of(ink, np.array(sorted(set(across))), np.array(sorted(set(down))), words)
        if grid is not None:
            out.append(grid)
    return out


@contextmanager
def _without(modules: Mapping[str, Sequence[str]]) -> Iterator[None]:
    """Meanwhile the names in these modules stand for nothing."""
    with ExitStack() as stack:
        for module, names in modules.items():
            stack.enter_context(instead(module, **dict.fromkeys(names, _Unasked)))
        yield


@cache
def _table_finder() -> Any:
    """pdfplumber's finder, without the readers of files around it."""
    try:
        with apart("pdfplumber"), _without(PDFPLUMBER_READS):
            from pdfplumber.table import TableFinder
    except ImportError:  # a version that is put together otherwise: all of it is loaded
        from pdfplumber.table import TableFinder
    return TableFinder


def _edge(x0: float, top: float, x1: float, bottom: float, orientation: str) -> dict[str, object]:
    return {
        "object_type": "line",
        "orientation": orientation,
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }


def _near(area: Box, x0: float, y0: float, x1: float, y1: float) -> bool:
    return x1 > area.x0 - SNAP and x0 < area.x1 + SNAP and y1 > area.top - SNAP and y0 < area.bottom + SNAP


@dataclass(slots=True, eq=False)
class _Text:
    """A line of text as camelot's parsers take it (y upwards)."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str

    def get_text(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Network:
    """A table that camelot found: its box in the frame and the x positions between its columns."""

    box: Box
    walls: tuple[float, ...]


def networks(ink: Ink, words: list[int]) -> list[Network]:
    """What camelot's `network` parser takes for tables among some words, the largest first."""
    texts = [_text(ink, s) for row in rows_of(ink, words) for s in row.segments]
    if not 4 <= len(texts) <= MANY_TEXTS:
        return []
    parser: Any = _parser()()
    parser.prepare_page_parse("", None, (HEIGHT, HEIGHT), 1, [], texts, [], "", {})
    found = []
    try:
        with redirect_stdout(StringIO()), catch_warnings(), _unmasked():  # it prints what it could not place
            simplefilter("ignore")
            tables = parser.extract_tables()
    except Exception:  # noqa: BLE001 - what another finder stumbles over leaves our own answer
        return []
    for table in tables:
        x0, y0, x1, y1 = (float(n) for n in table._bbox)
        walls = tuple((float(a[1]) + float(b[0])) / 2 for a, b in pairwise(table.cols))
        found.append(Network(Box(x0, HEIGHT - y1, x1, HEIGHT - y0), walls))
    return sorted(found, key=lambda n: -n.box.width * n.box.height)


@contextmanager
def _unmasked() -> Iterator[None]:
    """Meanwhile nothing is a masked array: numpy loads all it has for those, 15 ms, only to see that a percentile's numbers
    are none."""
    if "ma" in vars(np):
        yield
        return
    stand_in = SimpleNamespace(is_masked=lambda _: False)
    vars(np)["ma"] = stand_in
    try:
        yield
    finally:
        if vars(np).get("ma") is stand_in:
            del vars(np)["ma"]


@cache
def _parser() -> Any:
    """camelot's `network` parser, of whose tables only the borders are asked."""
    # 0.4 seconds of a process, for frames, pictures and readers of files that nobody asks for.
    frames, reads = deferred("pandas", "cv2", "sqlite3"), _without(CAMELOT_READS)
    try:
        with apart("camelot"), bare_package("camelot.parsers"), frames, reads:
            from camelot.parsers.network import Network as Parser
    except ImportError:  # as above
        from camelot.parsers.network import Network as Parser

    class Borders(Parser):
        def _generate_table(self, table_idx: int, bbox: object, cols: object, rows: object, **kwargs: object) -> object:
            return SimpleNamespace(_bbox=bbox, cols=cols)

    return Borders


def _text(ink: Ink, s: Segment) -> _Text:
    top, bottom = min(ink.top[i] for i in s.words), max(ink.bottom[i] for i in s.words)
    return _Text(s.x0, HEIGHT - bottom, s.x1, HEIGHT - top, s.text)


def network_grid(ink: Ink, words: list[int], lines: Lines) -> Grid | None:
    """One grid for all of `words` in the columns of the network that holds most of them; None where none does."""
    y = ink.middles[1].tolist()
    for network in networks(ink, words):
        held = [i for i in words if _holds(network.box, ink.x[i], y[i])]
        if network.walls and len(held) >= SHARE * len(words):
            return columns_grid(ink, words, network.walls, lines)
    return None


def columns_grid(ink: Ink, words: list[int], walls: tuple[float, ...], lines: Lines) -> Grid | None:
    """A grid of `words` in columns parted at `walls`; rows as in every table that white space holds."""
    rows = rows_of(ink, words)
    if not rows:
        return None
    columns = []
    x = ink.extents[0][words], ink.extents[1][words]
    for low, high in pairwise((-np.inf, *walls, np.inf)):
        inside = (x[0] > low) & (x[1] < high)
        if inside.any():
            columns.append(Column(float(x[0][inside].min()), float(x[1][inside].max())))
    region = Region(rows)
    region.floors = [
        (y, a, b)
        for y, a, b in lines.across.tolist()
        if rows[0].base - 3 * rows[0].size < y < rows[-1].base + 2 * rows[-1].size
        and b > region.x0
        and a < region.x1
        and b - a > 0.3 * (region.x1 - region.x0)
    ]
    return grid_in_columns(ink, region, columns)


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 - 1 <= x <= box.x1 + 1 and box.top - 1 <= y <= box.bottom + 1
