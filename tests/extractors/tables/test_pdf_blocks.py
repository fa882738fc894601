from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.tables.pdf_blocks import blocks
from schemas.document import Box, Document, Page, PageStatus, Rule, Word
from schemas.table import Block, Cell, TablePiece, TextLine

LETTER = 5.0  # points: every letter of these pages is as wide, in type of 10 points


def words(x: float, base: float, text: str, *, size: float = 10.0, bold: bool = False, rotation: int = 0) -> list[Word]:
    """A line of words from (x, base) on; rotation 90 goes down the page, 270 up."""
    out, at = [], 0.0
    step = LETTER * size / 10
    for part in text.split():
        a, b = at, at + step * len(part)
        up, down = -0.78 * size, 0.22 * size
        box = {
            0: Box(x + a, base + up, x + b, base + down),
            90: Box(x - down, base + a, x - up, base + b),
            270: Box(x + up, base - b, x + down, base - a),
        }[rotation]
        out.append(Word(part, box, size, bold, rotation))
        at = b + step / 2
    return out


def grid(xs: list[float], ys: list[float]) -> list[Rule]:
    return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]


def page(*parts: list[Word] | list[Rule], number: int = 1, width: float = 600, height: float = 800) -> Page:
    flat = list(itertools.chain.from_iterable(parts))
    return Page(
        number,
        width,
        height,
        words=tuple(i for i in flat if isinstance(i, Word)),
        rules=tuple(i for i in flat if isinstance(i, Rule)),
    )


def lay(*pages: Page) -> list[Block]:
    return blocks(Document("x.pdf", "0" * 64, "pdf", pages=pages))


def tables(*pages: Page) -> list[TablePiece]:
    return [b for b in lay(*pages) if isinstance(b, TablePiece)]


def lines(*pages: Page) -> list[str]:
    return [b.text for b in lay(*pages) if isinstance(b, TextLine)]


def texts(piece: TablePiece) -> list[list[str | None]]:
    return [[None if c is None else c.text for c in row] for row in piece.rows]


def cell(piece: TablePiece, row: int, col: int) -> Cell:
    found = piece.rows[row][col]
    assert found is not None
    return found


def test_a_ruled_grid_with_cells_merged_both_ways() -> None:
    xs, ys = [50.0, 150.0, 250.0, 350.0], [100.0, 120.0, 140.0, 160.0]
    rules = [
        Rule(50, 100, 350, 100),
        Rule(150, 120, 350, 120),  # the first column's cell goes over two rows
        Rule(50, 140, 350, 140),
        Rule(50, 160, 350, 160),
        Rule(50, 100, 50, 160),
        Rule(150, 100, 150, 160),
        Rule(250, 120, 250, 160),  # the header's cell goes over two columns
        Rule(350, 100, 350, 160),
    ]
    (piece,) = tables(
        page(
            rules,
            words(60, 115, "Uraian"),
            words(160, 115, "Tahun 2024", bold=True),
            words(160, 135, "Target"),
            words(260, 135, "Realisasi"),
            words(60, 155, "Belanja"),
            words(160, 155, "1.000"),
            words(260, 155, "900"),
        )
    )
    assert texts(piece) == [["Uraian", "Tahun 2024", None], [None, "Target", "Realisasi"], ["Belanja", "1.000", "900"]]
    assert (cell(piece, 0, 0).row_span, cell(piece, 0, 0).col_span) == (2, 1)
    assert (cell(piece, 0, 1).row_span, cell(piece, 0, 1).col_span) == (1, 2)
    assert cell(piece, 0, 1).bold
    assert not cell(piece, 2, 0).bold
    assert piece.method == "ruled"
    assert piece.column_edges == tuple(xs)
    assert cell(piece, 2, 1).place.box == Box(150, 140, 250, 160)
    assert piece.place_first.page == 1
    assert piece.place_first.box == Box(xs[0], ys[0], xs[-1], ys[-1])


def test_an_empty_cell_is_a_cell() -> None:
    rules = grid([50, 150, 250], [100, 120, 140])
    (piece,) = tables(page(rules, words(60, 115, "a"), words(160, 115, "1"), words(60, 135, "b")))
    assert texts(piece) == [["a", "1"], ["b", ""]]


def test_a_table_cut_open_by_the_page_break_keeps_its_last_row() -> None:
    rules = [Rule(50, 700, 350, 700), Rule(50, 720, 350, 720), *(Rule(x, 700, x, 745) for x in (50, 150, 350))]
    (piece,) = tables(page(rules, words(60, 715, "Kegiatan A"), words(160, 715, "10"), words(60, 738, "Kegiatan B")))
    assert texts(piece) == [["Kegiatan A", "10"], ["Kegiatan B", ""]]


def test_a_table_without_outer_sides() -> None:
    rules = [Rule(50, y, 350, y) for y in (100, 120, 140)] + [Rule(150, 100, 150, 140)]
    (piece,) = tables(
        page(rules, words(60, 115, "Nama"), words(160, 115, "Jumlah"), words(60, 135, "A"), words(160, 135, "7"))
    )
    assert texts(piece) == [["Nama", "Jumlah"], ["A", "7"]]


def test_borders_a_few_points_apart_are_one() -> None:
    rules = [*grid([50, 150, 250], [100, 120]), Rule(50, 140, 250, 140), Rule(50, 120, 50, 140)]
    rules += [Rule(156, 120, 156, 140), Rule(250, 120, 250, 140)]
    (piece,) = tables(page(rules, *(words(x, y, t) for x, y, t in ((60, 115, "a"), (160, 115, "1"), (60, 135, "b")))))
    assert piece.n_cols == 2


def test_frames_boxes_and_chart_paper_are_no_tables() -> None:
    frame = grid([20, 580], [20, 780])
    title = grid([100, 500], [300, 330])
    paper = grid([100 + 30.0 * k for k in range(8)], [400 + 30.0 * k for k in range(8)])
    found = lay(
        page(frame, title, paper, words(120, 320, "Meningkatnya Kualitas Pelayanan"), words(50, 60, "Kata 1 Pengantar"))
    )
    assert [b.text for b in found if isinstance(b, TextLine)] == ["Kata 1 Pengantar", "Meningkatnya Kualitas Pelayanan"]
    assert not any(isinstance(b, TablePiece) for b in found)


def test_rows_ruled_by_columns_only_are_parted() -> None:
    names = ["Pajak Hotel", "Pajak Hiburan", "PENDAPATAN LAIN", "Retribusi Jasa Umum dan", "Pasar", "Sewa", "Denda"]
    figures = ["1.000.000", "2.000.000", None, "3.000.000", None, "4.000.000", "5.000.000"]
    content = []
    for k, (name, figure) in enumerate(zip(names, figures, strict=True)):
        content += words(60, 140 + 13 * k, name)
        content += words(212, 140 + 13 * k, figure) if figure else []
    rules = grid([50, 198, 270], [100, 125, 240])
    (piece,) = tables(page(rules, words(60, 115, "Uraian"), words(212, 115, "Jumlah"), content))
    assert texts(piece) == [
        ["Uraian", "Jumlah"],
        ["Pajak Hotel", "1.000.000"],
        ["Pajak Hiburan", "2.000.000"],
        ["PENDAPATAN LAIN", ""],
        ["Retribusi Jasa Umum dan Pasar", "3.000.000"],
        ["Sewa", "4.000.000"],
        ["Denda", "5.000.000"],
    ]


def test_values_set_over_each_other_are_rows_of_their_own() -> None:
    rules = grid([50, 200, 280, 360], [100, 150])
    content = [
        *words(60, 112, "Aparatur berpendidikan"),
        *words(60, 124, "S1"),
        *words(60, 136, "S2"),
        *words(210, 124, "36,9"),
        *words(210, 136, "17,7"),
        *words(290, 112, "112,50"),
        *words(290, 124, "106,00"),
        *words(290, 136, "119,00"),
    ]
    (piece,) = tables(page(rules, content))
    assert texts(piece) == [
        ["Aparatur berpendidikan", "", "112,50"],
        ["S1", "36,9", "106,00"],
        ["S2", "17,7", "119,00"],
    ]


def test_a_number_cut_by_its_narrow_cell_stays_one_cell() -> None:
    rules = grid([50, 150, 185, 220], [100, 140])
    content = words(60, 115, "Kegiatan A") + words(154, 115, "95,6") + words(154, 127, "8")
    content += words(189, 115, "98,4") + words(189, 127, "1")
    (piece,) = tables(page(rules, content))
    assert texts(piece) == [["Kegiatan A", "95,6 8", "98,4 1"]]


def test_text_too_long_for_its_cell_stays_with_it() -> None:
    rules = grid([50, 150, 250], [100, 120, 140])
    content = (
        words(60, 115, "Hasil Penjualan Kekayaan") + words(230, 115, "-") + words(60, 135, "b") + words(230, 135, "1")
    )
    (piece,) = tables(page(rules, content))
    assert texts(piece) == [["Hasil Penjualan Kekayaan", "-"], ["b", "1"]]


def test_header_text_set_upwards() -> None:
    rules = grid([50, 150, 180], [100, 200, 220])
    (piece,) = tables(
        page(
            rules,
            words(60, 150, "Uraian"),
            words(168, 190, "Jumlah Dana", rotation=270),
            words(60, 215, "A"),
            words(155, 215, "12"),
        )
    )
    assert texts(piece) == [["Uraian", "Jumlah Dana"], ["A", "12"]]


@pytest.mark.parametrize("rotation", [90, 270])
def test_a_table_turned_on_an_upright_page(rotation: int) -> None:
    """Its columns run up or down the page; read in its own direction, shown where it is printed."""

    # u runs along the text, v from line to line; both begin where the turned table does.
    def at(u: float, v: float) -> tuple[float, float]:
        return (300 - v, 100 + u) if rotation == 90 else (300 + v, 500 - u)

    rules = []
    for v in (0.0, 20.0, 40.0):
        (x0, y0), (x1, y1) = at(0, v), at(250, v)
        rules.append(Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    for u in (0.0, 150.0, 250.0):
        (x0, y0), (x1, y1) = at(u, 0), at(u, 40)
        rules.append(Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    content = []
    for u, v, text in ((10, 14, "Program"), (160, 14, "Pagu"), (10, 34, "Pembinaan"), (160, 34, "75.000.000")):
        content += words(*at(u, v), text, rotation=rotation)
    upright = words(50, 60, "Lampiran Perjanjian Kinerja Tahun 2024 yang panjang sekali") + words(
        50, 80, "dan barisnya lagi"
    )
    found = lay(page(rules, content, upright))
    (piece,) = [b for b in found if isinstance(b, TablePiece)]
    assert texts(piece) == [["Program", "Pagu"], ["Pembinaan", "75.000.000"]]
    box = cell(piece, 1, 1).place.box
    assert box is not None
    x, y = at(200, 30)
    assert box.x0 < x < box.x1
    assert box.top < y < box.bottom
    assert next(b.text for b in found if isinstance(b, TextLine)).startswith("Lampiran")
    assert list(piece.column_edges) == sorted(piece.column_edges)


def plain_rows(top: float, step: float) -> list[Word]:
    out = (
        words(60, top, "No", bold=True) + words(100, top, "Program", bold=True) + words(320, top, "Anggaran", bold=True)
    )
    out += words(430, top, "Realisasi", bold=True)
    rows = [
        ("1", ["Program Penunjang Urusan", "Pemerintahan Daerah"], "3.870.741.155,00", "3.448.583.365,00"),
        ("2", ["Program Pembinaan"], "132.275.000,00", "-"),
        ("3", ["Program Pemberdayaan dan", "Pengawasan Organisasi"], "499.625.000,00", "482.050.000,00"),
    ]
    base = top + step
    for number, name, budget, actual in rows:
        out += words(62, base, number) + words(310, base, budget) + words(420, base, actual)
        for line in name:
            out += words(100, base, line)
            base += step
    return out


def prose(top: float, count: int = 3) -> list[Word]:
    text = "Capaian kinerja organisasi merupakan tolok ukur keberhasilan pelaksanaan program dan kegiatan yang ada"
    return [w for k in range(count) for w in words(50, top + 14 * k, text)]


EXPECTED = [
    ["No", "Program", "Anggaran", "Realisasi"],
    ["1", "Program Penunjang Urusan Pemerintahan Daerah", "3.870.741.155,00", "3.448.583.365,00"],
    ["2", "Program Pembinaan", "132.275.000,00", "-"],
    ["3", "Program Pemberdayaan dan Pengawasan Organisasi", "499.625.000,00", "482.050.000,00"],
]


def test_a_table_that_white_space_holds() -> None:
    caption = words(250, 160, "Tabel 3.1") + words(50, 178, "Anggaran Program Tahun 2024")
    source = words(50, 330, "Sumber: Subbagian Keuangan")
    one = page(prose(100), caption, plain_rows(200, 13), source)
    (piece,) = tables(one)
    assert texts(piece) == EXPECTED
    assert piece.method == "aligned"
    assert lines(one)[-3:] == ["Tabel 3.1", "Anggaran Program Tahun 2024", "Sumber: Subbagian Keuangan"]


def test_a_table_with_horizontal_rules_only() -> None:
    rules = [Rule(50, y, 520, y) for y in (188, 204, 230, 243, 269)]
    (piece,) = tables(page(prose(100), rules, plain_rows(200, 13)))
    assert texts(piece) == EXPECTED


def test_a_table_with_rules_under_its_header_and_at_its_end_only() -> None:
    rules = [Rule(50, y, 520, y) for y in (188, 204, 269)]
    (piece,) = tables(page(prose(100), rules, plain_rows(200, 13)))
    assert texts(piece) == EXPECTED


def test_a_header_that_spans_columns_without_lines() -> None:
    content = words(60, 200, "Indikator") + words(290, 200, "Realisasi")
    for x, year in zip((250, 310, 370), ("2022", "2023", "2024"), strict=True):
        content += words(x, 212, year)
    for k, (name, figures) in enumerate((("Indeks A", ("5,17", "5,45", "5,50")), ("Indeks B", ("71", "72", "73")))):
        content += words(60, 225 + 13 * k, name)
        for x, figure in zip((250, 310, 370), figures, strict=True):
            content += words(x, 225 + 13 * k, figure)
    (piece,) = tables(page(content))
    assert texts(piece)[0][:2] == ["Indikator", "Realisasi"]
    assert cell(piece, 0, 1).col_span == 3
    assert texts(piece)[1][1:] == ["2022", "2023", "2024"]
    assert texts(piece)[3] == ["Indeks B", "71", "72", "73"]


def test_prose_lists_and_contents_are_no_tables() -> None:
    listed = words(50, 200, "1. Program Pembinaan dengan anggaran sebesar Rp 132.275.000,00")
    listed += words(50, 214, "2. Program Pemberdayaan dengan anggaran sebesar Rp 499.625.000,00")
    contents = words(50, 300, "BAB I PENDAHULUAN " + "." * 40 + " 1") + words(
        50, 314, "BAB II PENUTUP " + "." * 43 + " 27"
    )
    found = lay(page(prose(100, 4), listed, contents))
    assert all(isinstance(b, TextLine) for b in found)


def test_page_headers_and_footers_are_left_out() -> None:
    pages = []
    for number in range(1, 6):
        head = words(60, 40, "LAPORAN KINERJA DINAS CONTOH TAHUN 2024")
        foot = words(300, 770, f"Halaman {number}")
        body = words(60, 100 + 7 * number, f"Isi halaman ke {number} yang berbeda dari halaman lain")
        pages.append(page(head, foot, body, number=number))
    assert lines(*pages) == [f"Isi halaman ke {n} yang berbeda dari halaman lain" for n in range(1, 6)]


def test_captions_at_the_same_place_of_many_pages_stay() -> None:
    pages = [page(words(60, 40, f"Tabel 3.{n}"), prose(120), number=n) for n in range(1, 6)]
    assert [t for t in lines(*pages) if t.startswith("Tabel")] == [f"Tabel 3.{n}" for n in range(1, 6)]


def test_text_lines_carry_their_typography() -> None:
    content = words(50, 100, "3.1 CAPAIAN KINERJA", bold=True) + prose(130) + words(70, 190, "a. pembinaan lapangan")
    content += words(70, 204, "b. rapat koordinasi")
    found = [b for b in lay(page(content)) if isinstance(b, TextLine)]
    heading, first, second, _, item, _ = found
    assert (heading.heading, heading.bold) == (True, True)
    assert (first.heading, first.blank_before, second.blank_before) == (False, True, False)
    assert (item.bullet, item.text, item.indent) == ("a.", "pembinaan lapangan", 20)
    assert item.blank_before
    assert first.place.page == 1
    assert first.place.box is not None


def test_text_and_tables_in_reading_order() -> None:
    rules = grid([50, 150, 250], [100, 120, 140])
    cells = words(60, 115, "a") + words(160, 115, "1") + words(60, 135, "b") + words(160, 135, "2")
    order = [type(b) for b in lay(page(words(50, 80, "Di atas"), rules, cells, words(50, 170, "Di bawah")))]
    assert order == [TextLine, TablePiece, TextLine]


def test_pages_that_were_not_read_give_nothing() -> None:
    assert lay(Page(1, 600, 800, status=PageStatus.FAILED, reason="rusak"), page(number=2)) == []


@given(
    st.lists(st.integers(40, 110), min_size=1, max_size=6),
    st.lists(st.integers(18, 40), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_every_word_of_a_grid_is_in_exactly_one_cell(widths: list[int], heights: list[int], random: object) -> None:
    xs = [50.0, *itertools.accumulate(widths, initial=50)][1:]
    ys = [100.0, *itertools.accumulate(heights, initial=100)][1:]
    content, expected = [], []
    for r, (top, bottom) in enumerate(itertools.pairwise(ys)):
        row = []
        for c, left in enumerate(xs[:-1]):
            text = f"r{r}c{c}"
            content += words(left + 4, (top + bottom) / 2 + 3, text)
            row.append(text)
        expected.append(row)
    found = tables(page(grid(list(xs), list(ys)), content))
    if len(xs) < 3:
        assert found == []  # one column: a box of text
    else:
        assert [texts(p) for p in found] == [expected]
