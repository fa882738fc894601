"""Unsound structures are judged again by other finders; charts are no tables; a disagreement is told, sums are not asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from extractors.read.pdf import read_pdf
from extractors.tables import finders
from extractors.tables.choose import page_tables
from extractors.tables.geometry import ink_of, lines_of, sheet_of
from extractors.tables.pdf_blocks import blocks
from extractors.tables.second import SOUND, SecondOpinions
from extractors.tables.soundness import is_chart, several, soundness
from extractors.tables.stitch import stitch
from pipeline.extract import report_of
from schemas.document import Box, Page, Place
from schemas.table import Cell, TablePiece

ROWS: list[tuple[str, ...]] = [
    ("Program Penataan Taman", "1.250.000", "1.200.500", "96,04"),
    ("Program Perpustakaan", "750.000", "748.250", "99,77"),
    ("Program Olahraga", "310.000", "290.000", "93,55"),
    ("Program Kesenian", "120.000", "119.500", "99,58"),
    ("Program Pariwisata", "95.000", "95.000", "100,00"),
]
ENDS = (220, 290, 350)  # right ends of the figure columns


def half_ruled(sheet: Any, rows: Sequence[tuple[str, ...]] = ROWS) -> Any:
    """Lines around the names and around all figures together: the figures' own columns are held by white space."""
    page = sheet()
    for k, row in enumerate([("Uraian", "Anggaran", "Realisasi", "Persen"), *rows]):
        base = 54 + 20 * k
        page.text(34, base, row[0])
        for end, text in zip(ENDS, row[1:], strict=True):
            page.text(end - 5.56 * len(text), base, text)
        page.line(30, base - 14, 370, base - 14)
    bottom = 54 + 20 * len(rows) + 6
    page.line(30, bottom, 370, bottom)
    for x in (30, 160, 370):
        page.line(x, 40, x, bottom)
    return page


def piece_of(rows: Sequence[Sequence[str | None]], confidence: float = 1.0) -> TablePiece:
    box = Box(0, 0, 100, 100)
    cells = tuple(
        tuple(None if t is None else Cell(i, j, t, Place(1, None, box)) for j, t in enumerate(row))
        for i, row in enumerate(rows)
    )
    return TablePiece(cells, "ruled", Place(1, None, box), Place(1, None, box), confidence)


def rows_in(piece: TablePiece) -> list[tuple[str, ...]]:
    return [tuple(c.text for c in row if c is not None and c.text) for row in piece.rows]


def vars_of(record: Any) -> list[Any]:
    return [getattr(record, f.name) for f in fields(record)]


def test_the_first_answer_is_unsound_and_the_second_is_taken(sheet: Any, typeset: Callable[..., Path]) -> None:
    (page,) = read_pdf(typeset(half_ruled(sheet))).pages
    pieces, free = page_tables(sheet_of(page))
    assert [p.n_cols for p in pieces] == [2]
    assert soundness(pieces[0]).score < SOUND
    (piece,), free = SecondOpinions().review(sheet_of(page), pieces, free)
    assert rows_in(piece) == [("Uraian", "Anggaran", "Realisasi", "Persen"), *ROWS]
    assert "6 x 4" in piece.doubt
    assert "6 x 2" in piece.doubt
    assert piece.confidence < pieces[0].confidence
    assert free == []


def test_camelots_network_alone_finds_the_columns(sheet: Any, typeset: Callable[..., Path]) -> None:
    (page,) = read_pdf(typeset(half_ruled(sheet))).pages
    ink = ink_of(page.words, 0)
    grid = finders.network_grid(ink, list(range(len(page.words))), lines_of((), 0))
    assert grid is not None
    assert len(grid.xs) == 5
    assert sorted(grid.words) == list(range(len(page.words)))


def test_pdfplumber_makes_cells_of_our_lines(sheet: Any, typeset: Callable[..., Path]) -> None:
    (page,) = read_pdf(typeset(half_ruled(sheet))).pages
    ink, lines = ink_of(page.words, 0), lines_of(page.rules, 0)
    (grid,) = finders.closed_grids(ink, lines, Box(30, 40, 370, 160), list(range(len(page.words))))
    assert [round(x) for x in grid.xs] == [30, 160, 370]
    assert len(grid.ys) == len(ROWS) + 2
    inside = [i for i in range(len(page.words)) if page.words[i].box.bottom < 40]
    assert finders.closed_grids(ink, lines, Box(30, 40, 370, 160), inside)[0].words == []


def test_the_doubt_reaches_keraguan(sheet: Any, typeset: Callable[..., Path]) -> None:
    document = read_pdf(typeset(half_ruled(sheet)))
    (table,), _ = stitch(blocks(document))
    assert table.doubt
    assert table.method == "aligned"
    (told,) = [d for d in report_of(document).doubts if d.kind == "tabel"]
    assert (told.place.page, told.table_id) == (1, table.table_id)
    assert table.doubt in vars_of(told)
    assert told.confidence == table.confidence < 1.0


def test_sums_are_never_asked(sheet: Any, typeset: Callable[..., Path]) -> None:
    """The same structure is chosen whether the total under the columns is right or wrong."""
    right = [*ROWS, ("Jumlah", "2.525.000", "2.453.250", "97,16")]
    wrong = [*ROWS, ("Jumlah", "9.999.999", "1.111.111", "55,55")]
    found = []
    for name, rows in (("benar.pdf", right), ("salah.pdf", wrong)):
        (page,) = read_pdf(typeset(half_ruled(sheet, rows), name=name)).pages
        (piece,), _ = SecondOpinions().review(sheet_of(page), *page_tables(sheet_of(page)))
        found.append((piece.doubt, piece.confidence, piece.column_edges, [len(r) for r in rows_in(piece)]))
    assert found[0] == found[1]


def test_a_sound_page_is_not_asked(sheet: Any, typeset: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finders, "networks", lambda *_: pytest.fail("asked"))
    page = half_ruled(sheet)
    for x in (225, 300):
        page.line(x, 40, x, 160)
    (read,) = read_pdf(typeset(page)).pages
    pieces, free = page_tables(sheet_of(read))
    opinions = SecondOpinions()
    assert opinions.review(sheet_of(read), pieces, free) == (pieces, free)
    assert opinions.left == SecondOpinions().left


def test_so_many_pages_and_no_more(sheet: Any, typeset: Callable[..., Path]) -> None:
    pages = read_pdf(typeset(half_ruled(sheet), half_ruled(sheet))).pages
    opinions = SecondOpinions(most_pages=1)
    widths = [opinions.review(sheet_of(p), *page_tables(sheet_of(p)))[0][0].n_cols for p in pages]
    assert widths == [4, 2]


def test_an_image_page_keeps_its_own_reading(sheet: Any, typeset: Callable[..., Path]) -> None:
    (page,) = read_pdf(typeset(half_ruled(sheet))).pages
    imaged: Page = replace(page, method="ocr")
    (piece,), _ = SecondOpinions().review(sheet_of(imaged), *page_tables(sheet_of(imaged)))
    assert piece.n_cols == 2


def test_an_organisation_chart_is_no_table(sheet: Any, typeset: Callable[..., Path]) -> None:
    page = sheet()

    def box(x0: float, y0: float, text: str) -> None:
        for line in ((x0, y0, x0 + 90, y0), (x0, y0 + 24, x0 + 90, y0 + 24)):
            page.line(*line)
        for x in (x0, x0 + 90):
            page.line(x, y0, x, y0 + 24)
        page.text(x0 + 6, y0 + 15, text)

    box(155, 30, "KEPALA DINAS")
    page.line(200, 54, 200, 100).line(65, 77, 335, 77)
    for k, name in enumerate(("BIDANG TAMAN", "BIDANG BUKU", "BIDANG SENI")):
        box(20 + 135 * k, 100, name)
        page.line(65 + 135 * k, 77, 65 + 135 * k, 100)
    page.line(200, 124, 200, 160)
    box(155, 160, "SEKSI RAWAT")
    (read,) = read_pdf(typeset(page)).pages
    pieces, free = page_tables(sheet_of(read))
    kept, loose = SecondOpinions().review(sheet_of(read), pieces, free)
    assert kept == []
    assert sorted(loose) == list(range(len(read.words)))


def test_an_empty_form_of_words_is_a_table() -> None:
    form = piece_of(
        [["No", "Sasaran", "Indikator"], *[[str(n), f"Sasaran {n}", f"Indikator {n}"] for n in range(1, 6)]]
    )
    assert not is_chart(form, soundness(form))


@pytest.mark.parametrize(
    ("text", "packed"),
    [
        ("1.250.000 1.200.500", True),
        ("1.250.000 96,04", True),
        ("Rp 1.250.000 Rp 750.000", True),
        ("1.250.000", False),
        ("Rp. 1.250.000", False),
        ("2015 2016 2017", False),
        ("Tahun 2015 sebesar 1.250.000 dan 750.000", False),
        ("-", False),
        ("", False),
    ],
)
def test_cells_with_several_figures(text: str, packed: bool) -> None:
    assert several(text) is packed


def test_what_makes_a_structure_unsound() -> None:
    good = piece_of([["Uraian", "Anggaran"], *[[name, a] for name, a, *_ in ROWS]])
    packed = piece_of([["Uraian", "Anggaran"], *[[name, f"{a} {b}"] for name, a, b, _ in ROWS]])
    mixed = piece_of([["Uraian", "Anggaran"], *[[name, a if k % 3 else name] for k, (name, a, *_) in enumerate(ROWS)]])
    cut = piece_of(
        [
            ["Uraian", "Anggaran"],
            *[r for name, a, *_ in ROWS[:2] for r in ([name, ""], ["", a])],
            *[[name, a] for name, a, *_ in ROWS * 2],
        ]
    )
    units = piece_of([["Uraian", "Target"], *[[name, f"{a} dokumen"] for name, a, *_ in ROWS]])
    assert soundness(good).score == soundness(units).score == 1.0
    assert soundness(cut).score < 1.0
    assert soundness(packed).score < soundness(mixed).score < soundness(good).score
    assert soundness(replace(good, confidence=0.5)).score == 0.5


def test_a_finder_that_stumbles_leaves_our_answer(
    sheet: Any, typeset: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: Any, **__: Any) -> Any:
        raise IndexError("list index out of range")

    monkeypatch.setattr(finders._parser(), "extract_tables", stumble)
    monkeypatch.setattr(finders._table_finder(), "get_edges", stumble)
    (page,) = read_pdf(typeset(half_ruled(sheet))).pages
    ink = ink_of(page.words, 0)
    words = list(range(len(page.words)))
    assert finders.networks(ink, words) == []
    assert finders.closed_grids(ink, lines_of(page.rules, 0), Box(30, 40, 370, 160), words) == []
