"""Second opinions: where the structure of a piece is unsound, other finders are asked, and the soundest answer is taken.

Asked are pdfplumber's finder (cells that four lines close), our own columns of white space, and camelot's network. All
answers are made of the same words, and judged by `soundness` alone. Where a good answer differs from the one that is
taken, the piece carries a doubt.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.read.frames import box_into
from extractors.tables.aligned import aligned_grids
from extractors.tables.choose import is_table, piece_of
from extractors.tables.figures import is_figure, is_mark
from extractors.tables.finders import closed_grids, columns_grid, network_grid, networks
from extractors.tables.geometry import SAME_BASE, Ink, Sheet, ink_of, lines_of, main_frame
from extractors.tables.ruled import Grid
from extractors.tables.segments import WIDE, rows_of
from extractors.tables.soundness import Soundness, is_chart, soundness
from extractors.tables.split import split_rows
from schemas.document import Page
from schemas.table import TablePiece

SOUND = 0.88  # a piece at least this sound needs no second opinion
MARGIN = 0.06  # by which another structure must be sounder to be taken
DISAGREE = 0.8  # factor of the confidence where a good answer differs
MOST_PAGES = 24  # of one document: beyond them the first answer stands, so that no file takes for ever
MOST_WORDS = 2_500  # of one page
ALL = 0.97  # share of the letters that another structure must keep
FEW = 3  # figures: a piece with fewer holds nothing to be put in order
MISSED = 5  # lines that end in a figure, outside all tables, from which a table may have been missed
MISSED_SOUND, MISSED_ROWS = 0.95, 4  # how sound a table found by the network alone must be, and its least rows

FIRST, CLOSED, WHITE, NETWORK = "lines and white space", "closed cells (pdfplumber)", "white space", "network (camelot)"


@dataclass(frozen=True, slots=True)
class Opinion:
    """One way to read the words of a piece: the pieces it makes of them and how sound they are together."""

    by: str
    pieces: tuple[TablePiece, ...]
    score: float
    figures: int
    unnamed: int = 0

    @property
    def shape(self) -> str:
        return ", ".join(f"{len(p.rows)} x {p.n_cols}" for p in self.pieces)

    @property
    def texts(self) -> list[list[str]]:
        """What stands in a row together, blank rows and columns left out: two opinions that agree here are one."""
        rows = [[c.text for c in row if c is not None and c.text] for p in self.pieces for row in p.rows]
        return [r for r in rows if r]

    @property
    def letters(self) -> int:
        return sum(not ch.isspace() for row in self.texts for t in row for ch in t)


class SecondOpinions:
    """The second opinions of one document; it counts the pages that asked for one."""

    def __init__(self, most_pages: int = MOST_PAGES) -> None:
        self.left = most_pages

    def review(self, sheet: Sheet, pieces: list[TablePiece], free: list[int]) -> tuple[list[TablePiece], list[int]]:
        """The pieces of a page and the words outside them, charts let go and unsound pieces replaced."""
        page = sheet.page
        kept, sound = [], []
        loose = set(free)
        for piece in pieces:
            found = soundness(piece)
            if is_chart(piece, found):
                loose |= set(words_of(page, piece, pieces, loose))
            else:
                kept.append(piece)
                sound.append(found)
        if page.method != "text" or len(page.words) > MOST_WORDS or self.left <= 0:
            return kept, sorted(loose)
        out: list[TablePiece] = []
        asked = False
        for piece, found in zip(kept, sound, strict=True):
            if found.score >= SOUND or found.figures + found.packed < FEW:
                out.append(piece)
                continue
            asked = True
            words = words_of(page, piece, kept, loose)
            chosen = self._weighed(page, piece, found, words)
            out += chosen
            if chosen != [piece]:
                loose |= set(words) - {i for p in chosen for i in words_of(page, p, [], set())}
        rest = sorted(loose)
        if _ends_in_figures(sheet.ink, rest):
            asked = True
            for piece, used in _missed(sheet, rest):
                out.append(piece)
                loose -= used
        self.left -= asked
        return out, rest if len(rest) == len(loose) else sorted(loose)

    def _weighed(self, page: Page, piece: TablePiece, found: Soundness, words: list[int]) -> list[TablePiece]:
        first = Opinion(FIRST, (piece,), found.score, found.figures, found.unnamed)
        others = [
            o for o in _opinions(page, piece, words) if o.texts != first.texts and o.letters >= ALL * first.letters
        ]
        others = [o for o in others if o.unnamed <= first.unnamed]
        best = max([first, *others], key=lambda o: (o.score, o.figures, o is first))
        if best.score < first.score + MARGIN or best.figures < first.figures:
            best = first
        rivals = [o for o in others if o.score >= best.score - MARGIN and o.figures >= best.figures]
        if best is first and not rivals:
            return [piece]
        if best is not first:
            rivals = [first]
        against = rivals[0]
        doubt = (
            f"rows and columns differ: {best.by} gives {best.shape}, {against.by} {against.shape}; the first is taken"
        )
        return [replace(p, doubt=doubt, confidence=round(p.confidence * DISAGREE, 3)) for p in best.pieces]


def words_of(page: Page, piece: TablePiece, others: list[TablePiece], free: set[int]) -> list[int]:
    """The words (indices) in a piece's cells: those in its box that are not free and lie in no smaller piece within."""
    box = piece.place_first.box
    assert box is not None  # pieces of a page have one
    inner = [
        b for o in others for b in [o.place_first.box] if b is not None and b.width * b.height < box.width * box.height
    ]
    out = []
    for i, word in enumerate(page.words):
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
        if i in free or not (box.x0 <= x <= box.x1 and box.top <= y <= box.bottom):
            continue
        if not any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in inner):
            out.append(i)
    return out


def _opinions(page: Page, piece: TablePiece, words: list[int]) -> Iterator[Opinion]:
    own = tuple(page.words[i] for i in words)
    frame = main_frame(own if len(own) > FEW else page.words)
    ink, lines = ink_of(page.words, frame), lines_of(page.rules, frame)
    box = piece.place_first.box
    assert box is not None
    area = box_into(frame, box)
    yield from _opinion(page, ink, CLOSED, closed_grids(ink, lines, area, words), "ruled")
    white = aligned_grids(ink, lines, set(words))
    yield from _opinion(page, ink, WHITE, white if len(white) == 1 else [], "aligned")
    grid = network_grid(ink, words, lines)
    yield from _opinion(page, ink, NETWORK, [grid] if grid is not None else [], "aligned")


def _opinion(page: Page, ink: Ink, by: str, grids: list[Grid], method: str) -> Iterator[Opinion]:
    pieces = []
    for grid in grids:
        if is_table(grid):
            split_rows(ink, grid)
            pieces.append(piece_of(page, ink, grid, method))
    found = [soundness(p) for p in pieces]
    figures = sum(f.figures for f in found)
    if figures:
        score = sum(f.score * f.figures for f in found) / figures
        yield Opinion(by, tuple(pieces), round(score, 3), figures, sum(f.unnamed for f in found))


def _ends_in_figures(ink: Ink, free: list[int]) -> bool:
    """Whether MISSED lines of free words at least end in a figure that stands apart from what is before it."""
    text, left, right = ink.text, ink.x0, ink.x1
    others = [i for i in free if not (t := text[i]).isalpha() or len(t) < 3]  # words of letters are no figures
    figures = [i for i in others if is_figure(text[i]) and not is_mark(text[i])]
    if len(figures) < MISSED:
        return False  # the usual case, told at once
    order = sorted(free, key=ink.base.__getitem__)
    bases = [ink.base[i] for i in order]
    found = 0
    for i in figures:
        base, near, x0, x1 = ink.base[i], SAME_BASE * ink.size[i], left[i], right[i]
        around = order[bisect_left(bases, base - near - 1) : bisect_right(bases, base + near + 1)]
        line = [k for k in around if abs(ink.base[k] - base) < near]
        if not any(left[k] > x1 for k in line):
            before = max([right[k] for k in line if right[k] <= x0 + 1], default=x0)
            found += x0 - before > WIDE * ink.size[i]
            if found == MISSED:
                return True
    return False


def _missed(sheet: Sheet, free: list[int]) -> Iterator[tuple[TablePiece, set[int]]]:
    """Tables among the free words that only the network finds: names and figures in columns, row by row."""
    page, ink, lines = sheet.page, sheet.ink, sheet.lines
    y = ink.middles[1].tolist()
    plain = [i for r in rows_of(ink, free) if not r.prose for i in r.words]
    for network in networks(ink, plain):
        b = network.box
        words = [i for i in plain if b.x0 <= ink.x[i] <= b.x1 and b.top <= y[i] <= b.bottom]
        grid = columns_grid(ink, words, network.walls, lines) if network.walls else None
        for opinion in _opinion(page, ink, NETWORK, [grid] if grid is not None else [], "aligned"):
            (piece,) = opinion.pieces
            found = soundness(piece)
            named = any(sum(ch.isalpha() for ch in c.text) > FEW for row in piece.rows for c in row if c is not None)
            if found.score >= MISSED_SOUND and found.columns and found.rows >= MISSED_ROWS and named:
                doubt = f"found by {NETWORK} alone: {opinion.shape}"
                yield replace(piece, doubt=doubt, confidence=round(piece.confidence * DISAGREE, 3)), set(words)
