"""Text lines -> blocks: tab-separated rows and Markdown pipe rows are table pieces, the rest is running text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from extractors.marks import BREAK, split_bullet, strip_marks
from extractors.tables.broken import split_row
from schemas.document import Document, Place, SourceLine
from schemas.table import Block, Cell, TablePiece, TextLine

LISTED = regex.compile(r"[-*•]\s+(?=\|)")
PIPE_SPLIT = regex.compile(r"(?<!\\)\|")
DASHES = regex.compile(r"[\s:|+=_-]*")
STROKE = regex.compile(r"[-=_]{2}")
MARKDOWN_HEADING = regex.compile(r"^#{1,6}\s+")


def blocks(document: Document) -> list[Block]:
    """Blocks of a text document in reading order; every cell and line carries its line number."""
    found: list[Block] = []
    rows: list[tuple[SourceLine, list[str]]] = []
    blank = False
    for line in document.lines:
        cells = split_cells(line.text)
        if cells is None:
            if rows:
                found.extend(_piece(rows))
                rows = []
            if not line.text.strip():
                blank = True
                continue
            found.append(_text_line(line, blank))
            blank = False
        elif all(not c.strip() or _is_rule(c) for c in cells) and any(c.strip() for c in cells):
            continue  # a converter's separator under (or over) rows: neither a row nor the end of the table
        else:
            blank = False
            rows.append((line, cells))
    if rows:
        found.extend(_piece(rows))
    return found


def _is_rule(cell: str) -> bool:
    """A cell of nothing but strokes."""
    return DASHES.fullmatch(cell) is not None and STROKE.search(cell) is not None


def split_cells(text: str) -> list[str] | None:
    """The raw cells of a table line, or None for running text."""
    bare = text.strip()
    row = bare[listed.end() :] if (listed := LISTED.match(bare)) else bare
    if len(row) > 1 and row[0] == row[-1] == "|" and "\n" not in row:
        return [c.replace("\\|", "|").strip() for c in PIPE_SPLIT.split(row[1:-1])]
    if "\t" in text and text.strip():
        cells = [c.strip() for c in text.rstrip("\r\n").split("\t")]
        # One text with a stray tab before or behind it is no row.
        return cells if len([c for c in cells if c]) > 1 or len(cells) > 2 else None
    return None


def _piece(rows: Iterable[tuple[SourceLine, list[str]]]) -> Iterator[Block]:
    table: list[tuple[Cell | None, ...]] = []
    places: list[Place] = []
    for line, cells in rows:
        if not any(c.strip() for c in cells):
            continue
        for part in split_row(cells):
            place = Place(line=line.number)
            table.append(tuple(_cell(len(table), j, raw, place) for j, raw in enumerate(part)))
            places.append(place)
    if table:
        width = max(map(len, table))
        yield TablePiece(
            rows=tuple(table),
            method="tabbed",
            place_first=places[0],
            place_last=places[-1],
            confidence=1.0 if all(len(r) == width for r in table) else 0.9,
        )


def _cell(row: int, col: int, raw: str, place: Place) -> Cell:
    marked = strip_marks(raw)
    return Cell(row, col, marked.text, place, bold=marked.bold, italic=marked.italic)


def _text_line(line: SourceLine, blank: bool) -> TextLine:
    raw = line.text.replace("\x0c", "").expandtabs(4)
    indent = len(raw) - len(raw.lstrip())
    heading_mark = MARKDOWN_HEADING.match(raw.lstrip())
    stripped = MARKDOWN_HEADING.sub("", raw.strip())
    bullet, _ = split_bullet(BREAK.sub(" ", stripped))
    marked = strip_marks(stripped[len(bullet) :] if bullet and stripped.startswith(bullet) else stripped)
    inner, text = split_bullet(marked.text) if bullet else (None, marked.text)
    letters = [c for c in text if c.isalpha()]
    capitals = bool(letters) and all(c.isupper() for c in letters) and len(letters) > 2
    return TextLine(
        text=text,
        place=Place(line=line.number),
        heading=bool(heading_mark) or capitals or (marked.bold and len(text) < 160),
        bold=marked.bold,
        indent=float(indent),
        bullet=" ".join(b for b in (bullet, inner) if b) or None,
        blank_before=blank,
    )
