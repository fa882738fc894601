"""Key-value boxes: two columns of keys and values that look like a table and are one record, or a list of statements."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractors.roles import role_of
from extractors.tables.rows import Row, count_header_rows, filled
from schemas.document import Place
from schemas.table import Block, Cell, TablePiece, TextLine

_WORD = regex.compile(r"\p{L}{3}")
NAMES = {"indikator", "program", "kegiatan", "sub_kegiatan", "uraian", "sasaran"}
VALUES = {"target", "realisasi", "capaian", "anggaran", "realisasi_anggaran", "persen", "satuan"}


def open_boxes(blocks: Sequence[Block]) -> list[Block]:
    """Blocks in which every key-value box is a one-row table (where it names a record) or lines of text."""
    out: list[Block] = []
    for block in blocks:
        pairs = _pairs(block) if isinstance(block, TablePiece) else None
        if pairs is None:
            out.append(block)
        elif isinstance(block, TablePiece):
            out.extend(_opened(block, pairs))
    return out


def _pairs(piece: TablePiece) -> list[tuple[Cell, Cell]] | None:
    """(key, value) of every row, or None where the piece is no such box."""
    if piece.n_cols > 3 or count_header_rows(piece.rows)[1]:
        return None
    pairs: list[tuple[Cell, Cell]] = []
    colons = 0
    for row in piece.rows:
        cells = [c for c in row if c is not None and c.text.strip()]
        if not cells:
            continue
        marked = [c for c in cells[1:] if c.text.strip().startswith(":")] or (
            [cells[0]] if cells[0].text.rstrip().endswith(":") else []
        )
        values = [c for c in cells[1:] if c.text.strip(" :")]
        if not _WORD.search(cells[0].text) or len(values) != 1:
            return None
        colons += bool(marked)
        pairs.append((cells[0], values[0]))
    return pairs if pairs and colons == len(pairs) else None


def _opened(piece: TablePiece, pairs: Sequence[tuple[Cell, Cell]]) -> list[Block]:
    roles = [role_of(key.text.strip(" :")) for key, _ in pairs]
    known = [r for r in roles if r]
    if len(set(known)) == len(known) and set(known) & NAMES and len(set(known) & VALUES) >= 2:
        header: Row = tuple(_cell(0, j, key.text.strip(" :"), key) for j, (key, _) in enumerate(pairs))
        record: Row = tuple(
            _cell(1, j, value.text.strip().lstrip(":").strip(), value) for j, (_, value) in enumerate(pairs)
        )
        return [TablePiece((header, record), piece.method, piece.place_first, piece.place_last, piece.confidence)]
    return [
        TextLine(
            f"{key.text.strip(' :')} : {value.text.strip().lstrip(':').strip()}", _first(piece, key), blank_before=True
        )
        for key, value in pairs
    ]


def _cell(row: int, col: int, text: str, cell: Cell) -> Cell:
    return Cell(row, col, text, cell.place, bold=cell.bold, italic=cell.italic, confidence=cell.confidence)


def _first(piece: TablePiece, cell: Cell) -> Place:
    return cell.place if filled((cell,)) else piece.place_first
