"""One table whose pages are ruled into different columns."""

from __future__ import annotations

from extractors.tables.regrid import common_edges, regrid
from extractors.tables.stitch import stitch
from schemas.document import Place
from schemas.table import Cell, TablePiece

PLACE = Place(page=1)


def row(*texts: str | None, spans: dict[int, int] | None = None) -> tuple[Cell | None, ...]:
    return tuple(
        Cell(0, j, t, PLACE, col_span=(spans or {}).get(j, 1)) if t is not None else None for j, t in enumerate(texts)
    )


def test_the_finer_grid_holds_both() -> None:
    assert common_edges((0, 100, 200), (0, 101, 150, 200)) == (0, 101, 150, 200)
    assert common_edges((0, 100, 200), (0, 60, 140, 200)) is None
    assert common_edges((), (0, 1)) is None


def test_a_cell_covers_the_columns_between_its_borders() -> None:
    laid = regrid([row("a", "b")], (0, 100, 200), (0, 100, 150, 200))
    assert [c.text if c else None for c in laid[0]] == ["a", "b", None]
    assert laid[0][1] is not None
    assert laid[0][1].col_span == 2


def test_pieces_with_other_columns_are_one_table_with_its_header_in_place() -> None:
    first = TablePiece(
        (row("No", "Indikator", "Target"), row("1", "Satu", "10"), row("2", "Dua", "20")),
        "ruled",
        PLACE,
        PLACE,
        column_edges=(0, 50, 400, 500),
    )
    second = TablePiece(
        (row("No", "Indikator", None, "Target", spans={1: 2}), row("3", "3.1", "Tiga", "30")),
        "ruled",
        PLACE,
        PLACE,
        column_edges=(0, 50, 100, 400, 500),
    )
    tables, _ = stitch([first, second])
    assert len(tables) == 1
    assert [[c.text if c else None for c in r] for r in tables[0].rows] == [
        ["No", "Indikator", None, "Target"],
        ["1", "Satu", None, "10"],
        ["2", "Dua", None, "20"],
        ["3", "3.1", "Tiga", "30"],
    ]
