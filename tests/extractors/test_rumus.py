"""Calculations printed in the text, in one line and as fractions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.pecahan import stacked
from extractors.rumus import calculations
from schemas.document import Box, Document, Page, Place, Word
from schemas.figure import Figure, Status
from schemas.records import Klaim, Rumus
from schemas.table import TextLine


def read(*lines: str) -> tuple[Rumus, ...]:
    text = [TextLine(line, Place(line=n + 1)) for n, line in enumerate(lines)]
    return calculations(Document("a.txt", "0" * 64, "text"), text, ())


@pytest.mark.parametrize(
    ("line", "form", "numbers", "result"),
    [
        ("capaiannya adalah 159/150 x 100% = 106%", "0/1*100", ["159", "150"], "106"),
        ("yaitu = 83,68/84,00 x 100% sebesar 99,61%", "0/1*100", ["83.68", "84.00"], "99.61"),
        ("126,68/77 *100% = 165,00 dengan kategori", "0/1*100", ["126.68", "77"], "165.00"),
        ("30 / 2,849 X 100% = 0,01%", "0/1*100", ["30", "2849"], "0.01"),
        ("22 dokumen : 27 dokumen x 100 = 81,48", "0/1*100", ["22", "27"], "81.48"),
        ("(100% + 90%) / 2 = 95%", "(0+1)/2", ["100", "90", "2"], "95"),
        ("(120 - 100) / 100 x 100% = 20%", "(0-1)/2*100", ["120", "100", "100"], "20"),
        (r"$$\frac{51}{53} \times 100\% = \mathbf{96\%}$$", "0/1*100", ["51", "53"], "96"),
    ],
)
def test_one_line(line: str, form: str, numbers: list[str], result: str) -> None:
    (one,) = read(line)
    assert one.bentuk == form
    assert [figure.value for figure in one.angka] == [Decimal(n) for n in numbers]
    assert one.hasil.value == Decimal(result)
    assert one.hasil.unit == "persen" or form == "0/1"


def test_a_calculation_may_be_cut_by_a_line_end() -> None:
    (one,) = read("Persentase arsip tertata yaitu : 4,224 / 307,120", "x 100% = 1,37 % sehingga")
    assert one.hasil.place.line == 2
    assert one.subjek == "Persentase arsip tertata yaitu"


@pytest.mark.parametrize(
    "line",
    [
        "pada tanggal 12/10/2016 = hari Rabu",
        "Nomor 28/2009 tentang Kearsipan",
        "rasio 1 : 400 adalah target",
        "Jumlah arsip tertata / jumlah arsip x 100% = 50%",
        "capaian 90% dari target 100%",
    ],
)
def test_no_calculation(line: str) -> None:
    assert read(line) == ()


def test_the_figures_of_a_statement_stand_for_themselves() -> None:
    place = Place(line=1)

    def figure(name: str, text: str, value: str, unit: str | None = None) -> Figure:
        return Figure(name, text, Decimal(value), len(value.partition(".")[2]), unit, Status.ANGKA, place)

    klaim = Klaim(
        "K1-1", place, "", "Arsip tertata", 2024, None, None,
        realisasi=figure("k1", "159", "159"), target=figure("k2", "150", "150"),
        capaian=figure("k3", "106%", "106", "persen"),
    )  # fmt: skip
    line = TextLine("capaian kinerjanya adalah 159/150 x 100% = 106%", place)
    (one,) = calculations(Document("a.txt", "0" * 64, "text"), [line], (klaim,))
    assert (one.hasil.id, [f.id for f in one.angka], one.field) == ("k3", ["k1", "k2"], "capaian")
    assert one.subjek == "Arsip tertata"


def words(*lines: tuple[float, float, str]) -> tuple[Word, ...]:
    found = []
    for x, y, text in lines:
        for word in text.split():
            found.append(Word(word, Box(x, y, x + 6 * len(word), y + 11), 11))
            x += 6 * len(word) + 6
    return tuple(found)


def test_a_fraction_over_three_lines() -> None:
    page = Page(
        3, 600, 800,
        words=words(
            (72, 100, "Proporsi arsip yang tertata sampai tahun ini :"),
            (100, 150, "342"), (80, 160, "="), (180, 160, "x 100% = 39,00%"), (100, 170, "881"),
        ),
    )  # fmt: skip
    (one,) = stacked([page])
    assert (one.left, one.factor, one.result) == ("(342)/(881)", True, "39,00%")
    assert one.subject == "Proporsi arsip yang tertata sampai tahun ini"
    assert one.place.page == 3


def test_the_result_of_a_fraction_may_stand_below_it() -> None:
    page = Page(
        1, 600, 800,
        words=words(
            (90, 150, "27.694.000,00 - 24.240.000,00"), (80, 160, "="), (300, 160, "X 100%"),
            (130, 170, "24.240.000,00"), (80, 190, "= 14.25%"),
        ),
    )  # fmt: skip
    (one,) = stacked([page])
    assert (one.left, one.result) == ("(27.694.000,00 - 24.240.000,00)/(24.240.000,00)", "14.25%")


def test_a_fraction_of_words_is_none() -> None:
    page = Page(
        1, 600, 800,
        words=words((90, 150, "Jumlah arsip tertata"), (80, 160, "="), (300, 160, "x 100%"), (90, 170, "Jumlah arsip")),
    )  # fmt: skip
    assert list(stacked([page])) == []
