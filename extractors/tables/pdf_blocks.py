"""A PDF document -> blocks in reading order, page by page: text lines and table pieces, without headers and footers."""

from __future__ import annotations

from operator import itemgetter

from extractors.read.frames import box_into
from extractors.tables.choose import page_tables
from extractors.tables.furniture import furniture
from extractors.tables.geometry import sheet_of
from extractors.tables.running import Placed, down_shift, finish, text_lines
from extractors.tables.second import SecondOpinions
from schemas.document import Document, Page, PageStatus
from schemas.table import Block, TablePiece


def blocks(document: Document) -> list[Block]:
    """Running text and table pieces of the pages that were read, in reading order."""
    opinions = SecondOpinions()
    laid = []
    for page in document.pages:
        if page.status is PageStatus.READ and page.words:
            sheet = sheet_of(page)
            pieces, free = opinions.review(sheet, *page_tables(sheet))
            laid.append((page, sheet.frame, pieces, text_lines(sheet, free)))
    dropped = furniture([(page.width if frame in (90, 270) else page.height, lines) for page, frame, _, lines in laid])
    out: list[Block] = []
    for (page, frame, pieces, lines), drop in zip(laid, dropped, strict=True):
        out += _ordered(page, frame, pieces, [p for k, p in enumerate(lines) if k not in drop])
    return out


def _ordered(page: Page, frame: int, pieces: list[TablePiece], lines: list[Placed]) -> list[Block]:
    shift = down_shift(page, frame)
    boxes = [piece.place_first.box for piece in pieces]
    tops = [box_into(frame, box).top + shift if box is not None else 0.0 for box in boxes]
    items: list[tuple[float, Block]] = list(zip([p.top for p in lines], finish(lines, tops), strict=True))
    items += zip(tops, pieces, strict=True)
    return [block for _, block in sorted(items, key=itemgetter(0))]
