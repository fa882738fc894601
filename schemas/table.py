"""Blocks of a laid-out document, and tables.

Layout turns a `Document` into a sequence of blocks in reading order: lines of running text and pieces of tables. A piece
is what stands together on one page (or between two gaps of a text file); stitching makes whole tables of them.
"""

from __future__ import annotations

from schemas.document import Place
from schemas.values import value


@value(frozen=True, slots=True)
class TextLine:
    """One printed line outside tables, its marks (`**`, `<b>`) removed.

    `heading` is True for a line typeset as a heading (bold, centred, larger, all capitals); `indent` is in characters for
    text and points for PDF; `bullet` is the list mark the line begins with ("-", "a.", "1)"), removed from `text`.
    `blank_before` tells that a paragraph gap stands above the line.
    """

    text: str
    place: Place
    heading: bool = False
    bold: bool = False
    indent: float = 0.0
    bullet: str | None = None
    blank_before: bool = False


@value(frozen=True, slots=True)
class Cell:
    """One cell of a table. `row`, `col` count from 0; `text` is as printed (line breaks inside the cell as one blank).

    `bold`/`italic` carry typography (it tells levels); `confidence` is below 1.0 only for text read from an image.
    """

    row: int
    col: int
    text: str
    place: Place
    row_span: int = 1
    col_span: int = 1
    bold: bool = False
    italic: bool = False
    confidence: float = 1.0


@value(frozen=True, slots=True)
class TablePiece:
    """The part of a table that stands on one page: rows of cells, every row with the same number of columns.

    `rows[i][j]` is None where a cell is covered by a merged neighbour or absent; an empty printed cell is a `Cell` with
    text "". `column_edges` are the x positions of the column borders in points (n_cols + 1 of them; empty for text).
    `doubt` tells where two ways of finding its rows and columns differ ("" where none was asked or they agree).
    """

    rows: tuple[tuple[Cell | None, ...], ...]
    method: str  # tabbed | ruled | aligned | ocr
    place_first: Place
    place_last: Place
    confidence: float = 1.0
    column_edges: tuple[float, ...] = ()
    doubt: str = ""

    @property
    def n_cols(self) -> int:
        return max((len(r) for r in self.rows), default=0)


Block = TextLine | TablePiece


@value(frozen=True, slots=True)
class RawTable:
    """One whole table: all its pieces over page breaks, with repeated headers and column-number rows taken out.

    `rows` as in `TablePiece`, header rows first (`n_header` of them, 0 where the table has none). `label` is the printed
    number ("III.10"), `title` the caption without it; `doubt` is the first of its pieces'.
    """

    table_id: str
    label: str | None
    title: str | None
    rows: tuple[tuple[Cell | None, ...], ...]
    n_header: int
    pieces: int
    method: str
    confidence: float
    place_first: Place
    place_last: Place
    caption_place: Place | None = None
    doubt: str = ""

    @property
    def n_cols(self) -> int:
        return max((len(r) for r in self.rows), default=0)
