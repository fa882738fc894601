"""Figures in sentences."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.numbers import Style, find_numbers, running
from schemas.figure import Status

ID = Style("id")


def values(text: str) -> list[str]:
    return [f"{f.parsed.value.normalize():f}" for f in find_numbers(text, style=ID) if f.parsed.value is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "anggaran sebesar Rp. 21.095.682.000 ,- dan realisasi Rp.95.000.000,- atau 95,68 %",
            ["21095682000", "95000000", "95.68"],
        ),
        ("sebesar 41.545.400,00 menjadi Rp38.800.000,00.", ["41545400", "38800000"]),
        ("dari Rp. 132.275.000,00,00.", ["132275000"]),
        ("mencapai 99, % dari target 100\\%", ["99", "100"]),
        ("antara 75% - 90% pada", ["75", "90"]),
        ("Rp 1,2 miliar untuk 18,4juta kendaraan", ["1200000000", "18400000"]),
        ("turun -5,2% atau minus 3 persen", ["-5.2", "-3"]),
        ("Rp. 4.227.640.0 44 untuk 50 orang", ["4227640044", "50"]),
        ("Rp. 5.000.000 10 orang", ["5000000", "10"]),
        ("12,5 3 orang", ["12.5", "3"]),
        ("sebanyak 2024 orang", ["2024"]),
        ("23 (dua puluh tiga) sasaran", ["23"]),
        ("(Rp 5.000.000)", ["5000000"]),
        ("$$\\frac{51}{53} \\times 100\\% = 96\\%$$", ["51", "53", "96"]),
        ("nilai **100 %** (Baik)", ["100"]),
    ],
)
def test_figures(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "pada 12 Januari 2024",
        "tanggal 12/01/2024 dan 2024-01-12",
        "Undang-Undang Nomor 23 Tahun 2014 Pasal 3 ayat (1) huruf a angka 2",
        "Peraturan Menteri 53/2014",
        "Tabel III.10 dan Gambar 2.1 pada halaman 7",
        "1. Perencanaan; 2) Pelaksanaan",
        "- 3. Program Perintis",
        "2.1. Visi dan Misi",
        "kode 8.01.06.2.01",
        "pukul 09.00 WIB",
        "periode 2021-2026",
        "19700101 199503 1 001",
        "rasio 1:400 dan 1 : 3",
        "TW2, IKU-3, PM10, S2",
        "Sasaran Strategis 2:",
        "KOTA SUKAMAJU - 70999",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert values(text) == []


def test_offsets_signs_and_units() -> None:
    text = "Realisasi\u00a0Rp\u00a012.500.000,00 atau 98,5 %, indeks 71 poin."
    money, percent, points = find_numbers(text, style=ID)
    for found in (money, percent, points):
        assert text[found.start : found.end] == found.text
    assert (money.money, money.percent, money.parsed.unit) == (True, False, "rp")
    assert (percent.money, percent.percent, percent.text) == (False, True, "98,5 %")
    assert (points.text, points.parsed.unit, points.money) == ("71", "poin", False)


def test_an_amount_without_currency_is_money_by_its_shape_unless_a_unit_follows() -> None:
    amount, vehicles = find_numbers("dari 41.545.400,00 untuk 14.736.803 kendaraan", style=ID)
    assert (amount.money, vehicles.money) == (True, False)


def test_a_text_has_no_column_to_differ_from() -> None:
    (found,) = find_numbers("sebesar Rp 4,221,367,123.00 saja", style=ID)
    assert (found.parsed.value, found.parsed.status, found.parsed.doubt) == (
        Decimal("4221367123.00"),
        Status.ANGKA,
        None,
    )


def test_faults_of_form_remain_faults() -> None:
    (found,) = find_numbers("sebesar R3.870.741.155,00 saja", style=ID)
    assert (found.text, found.parsed.status) == ("R3.870.741.155,00", Status.RUSAK)


def test_empty_text() -> None:
    assert find_numbers("") == []


@given(st.text(alphabet="abIVX.:-(* \n\t1,é\u2003/", max_size=32))
def test_the_word_before_a_number_is_among_the_last_two(text: str) -> None:
    by_search, found = running._WORD_BEFORE.search(text), running._word_before(text)
    assert (found and found.span("word")) == (by_search and by_search.span("word"))
    assert (found and found[0]) == (by_search and by_search[0])


@given(st.text(alphabet="0123459.,-/:)(* \tIVXx×|#>R\nA", max_size=40))
def test_no_pattern_is_left_out_that_finds_something(text: str) -> None:
    taken = bytearray(len(text))
    for pattern in (running._HEADING, *(pattern for pattern, _, _ in running._NO_FIGURES)):
        for match in pattern.finditer(text):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    assert running._not_figures(text) == taken
