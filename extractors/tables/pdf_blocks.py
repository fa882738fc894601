"""A PDF document -> blocks in reading order, page by page: text lines and table pieces, without headers and footers."""

from __future__ import annotations

from extractors.read.frames import box_into
from extractors.tables.choose import page_tables
from extractors.tables.furniture import furniture
from extractors.tables.geometry import main_frame
from extractors.tables.running import Placed, down_shift, finish, text_lines
from extractors.tables.second import SecondOpinions
from schemas.document import Document, Page, PageStatus
from schemas.table import Block, TablePiece


def blocks(document: Document) -> list[Block]:
    """Running text and table pieces of the pages that were read, in reading order."""
    pages = [p for p in document.pages if p.status is PageStatus.READ and p.words]
    opinions = SecondOpinions()
    laid = []
    for page in pages:
        pieces, free = opinions.review(page, *page_tables(page))
        laid.append((page, pieces, text_lines(page, free)))
    dropped = furniture([(_height(page), lines) for page, _, lines in laid])
    out: list[Block] = []
    for (page, pieces, lines), drop in zip(laid, dropped, strict=True):
        out += _ordered(page, pieces, [p for k, p in enumerate(lines) if k not in drop])
    return out


def _height(page: Page) -> float:
    return page.width if main_frame(page.words) in (90, 270) else page.height


def _ordered(page: Page, pieces: list[TablePiece], lines: list[Placed]) -> list[Block]:
    frame = main_frame(page.words)
    tops = []
    for piece in pieces:
        box = piece.place_first.box
        tops.append(box_into(frame, box).top + down_shift(page, frame) if box is not None else 0.0)
    items: list[tuple[float, Block]] = [(p.top, p.line) for p in finish(lines, tops)]
    items += zip(tops, pieces, strict=True)
    return [block for _, block in sorted(items, key=lambda item: item[0])]
