"""Budget lines joined to official lines: misspelt, cut, coded, local, old."""

from __future__ import annotations

import csv
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.datafiles import reference
from extractors.resmi import bearing_name, code_known, indicator_of, letters_alike, likeness, named_by_code
from extractors.standar import link
from schemas.document import Place
from schemas.records import Anggaran, Identity

REFERENCE = Path(__file__).parents[2] / ".." / "shared" / "reference"
KOTA = Identity("Dinas Kebun", "Kota Pontianak", "61.71", 2024, "lkjip")
PROVINSI = Identity("Dinas Kebun", "Provinsi Jawa Barat", "32", 2024, "lkjip")
NAMES = [
    row
    for row in reference("nomenklatur.csv.gz")
    if row["tingkat"] in ("program", "kegiatan", "sub_kegiatan")
    and "k" in row["pemda"]
    and row["kode"][:1] != "9"
    and row["kode"].split(".")[3:4] in ([], ["1"], ["2"])  # others are of special regions, and KOTA is none
]


def line(name: str, kode: str | None = None, tingkat: str = "kegiatan", number: int = 1, **more) -> Anggaran:
    given = {"tahun": 2024, "induk": None, "kelompok": "belanja"} | more
    return Anggaran(
        record_id=f"a{number}", table_id="t1", row=number, place=Place(line=number), kode=kode, tingkat=tingkat,
        uraian=name, periode=None, tahap=None, anggaran=None, realisasi=None, persen=None, **given,
    )  # fmt: skip


def kode_of(*lines: Anggaran, identity: Identity = KOTA) -> list[str | None]:
    return [one.standar.resmi.kode if one.standar and one.standar.resmi else None for one in link(lines, identity)]


@pytest.mark.parametrize(
    ("name", "kode", "tingkat", "official"),
    [
        ("Penyediaan Gaji dan Tunjangan ASN", None, "sub_kegiatan", "X.XX.01.2.02.0001"),
        ("Penyediaan Gaji danTunjangan ASN", "8.01.01.2.02.01", "sub_kegiatan", "X.XX.01.2.02.0001"),
        ("1. Program Penguatan Ideologi Pancasiladan Karakter Kebangsaan", None, "program", "8.01.02"),
        ("Program Penunjang Urusan Pemerintah Daerah Kabupaten/Kota", "8.01.01", "program", "X.XX.01"),
        # words missing at the end
        (
            "Perumusan Kebijakan Teknis dan Pemantapan Pelaksanaan Bidang Ideologi Pancasila",
            None,
            "kegiatan",
            "8.01.02.2.01",
        ),
        # an older wording under today's code
        ("Pembinaan Lanjutan Purnapaskibra", "8.01.02.2.01.0009", "sub_kegiatan", "8.01.02.2.01.0009"),
        # a code that is written wrongly: the name tells
        ("Administrasi Keuangan Perangkat Daerah", "8.01.0121.02", "kegiatan", "X.XX.01.2.02"),
        # the name is another line's than the code: the name is what the money is for
        ("Administrasi Umum Perangkat Daerah", "8.01.01.2.02", "kegiatan", "X.XX.01.2.06"),
        # a telling word differs
        ("Penyediaan Gaji dan Tunjangan Guru Honorer", None, "sub_kegiatan", None),
        ("Festival Layang-layang Pantai", "8.01.02.2.09.0042", "sub_kegiatan", None),
        ("Kebun", None, "kegiatan", None),
        ("", None, "kegiatan", None),
    ],
)
def test_one_line(name: str, kode: str | None, tingkat: str, official: str | None) -> None:
    assert kode_of(line(name, kode, tingkat)) == [official]


def test_lines_older_than_the_nomenclature_stay_unjoined() -> None:
    old = line("Penyediaan Gaji dan Tunjangan ASN", None, "kegiatan", tahun=2019)
    assert kode_of(old) == [None]
    assert kode_of(replace(old, tahun=None), identity=replace(KOTA, year=2019)) == [None]
    assert kode_of(replace(old, tahun=None), identity=replace(KOTA, year=0)) == [None]
    coded = line("Administrasi Keuangan Perangkat Daerah", "8.01.01.2.02", tahun=2020)
    assert kode_of(coded) == ["X.XX.01.2.02"]  # only today's nomenclature has this code with this name


def test_totals_objectives_and_revenue_are_not_looked_up() -> None:
    for more in ({"tingkat": "total"}, {"tingkat": "sasaran"}, {"tingkat": "lain", "kelompok": "pendapatan"}):
        assert link([line("Administrasi Keuangan Perangkat Daerah", **more)], KOTA)[0].standar is None


def test_a_province_has_its_own_lines() -> None:
    name = "Administrasi Keuangan Perangkat Daerah"
    assert kode_of(line(name)) == ["X.XX.01.2.02"]
    assert kode_of(line(name), identity=PROVINSI) == ["X.XX.01.1.02"]


def test_a_name_of_several_lines_is_told_by_the_line_above() -> None:
    name = "Pembangunan Perpustakaan Sekolah"
    assert len({one.kode for one in bearing_name(name, "k")}) > 1
    assert kode_of(line(name, tingkat="sub_kegiatan")) == [None]
    parents = [
        line("Pengelolaan Pendidikan Sekolah Dasar", number=1),
        line("Pengelolaan Pendidikan Sekolah Menengah Pertama", number=3),
    ]
    children = [
        line(name, tingkat="sub_kegiatan", number=2, induk="a1"),
        line(name, tingkat="sub_kegiatan", number=4, induk="a3"),
    ]
    found = kode_of(parents[0], children[0], parents[1], children[1])
    assert found[1] == "1.01.02.2.01.0005"
    assert found[3] == "1.01.02.2.02.0005"


def test_more_may_be_missing_below_a_line_that_is_known() -> None:
    parent = line(
        "Perumusan Kebijakan Teknis dan Pemantapan Pelaksanaan Bidang Ideologi Pancasila dan Karakter Kebangsaan"
    )
    name = "Pelaksanaan Koordinasi di Bidang Ideologi Wawasan Kebangsaan, Bela Negara, Karakter Bangsa"
    short = line(name, tingkat="sub_kegiatan", number=2, induk="a1")
    assert kode_of(parent, short)[1] == "8.01.02.2.01.0004"
    assert kode_of(short) == [None]


@pytest.mark.parametrize(
    ("kode", "name", "official"),
    [
        ("5.1.02.01", "Belanja Barang", "5.1.02.01"),
        ("5.1.2", "Belanja Barang dan Jasa", "5.1.02"),
        ("5.1.1", "Belanja Pegawai", "5.1.01"),
        (None, "BELANJA MODAL", "5.2"),
        ("5.1.02.88", "Belanja Kerajinan Tangan", None),
    ],
)
def test_accounts(kode: str | None, name: str, official: str | None) -> None:
    (one,) = link([line(name, kode, "belanja")], KOTA)
    assert (one.standar.resmi.kode if one.standar and one.standar.resmi else None) == official
    if official:
        assert one.standar.resmi.tingkat == "akun"


def test_what_the_rule_needs_stands_beside() -> None:
    (one,) = link([line("Administrasi Umum Perangkat Daerah", "8.01.01.2.02")], KOTA)
    assert one.standar is not None
    assert one.standar.menurut_kode is not None
    assert one.standar.menurut_kode.nama == "Administrasi Keuangan Perangkat Daerah"
    assert [(n.kode, n.kemiripan, n.induk) for n in one.standar.menurut_nama] == [("X.XX.01.2.06", 1.0, "X.XX.01")]
    assert one.standar.kode_dikenal == "kegiatan"


@pytest.mark.parametrize(
    ("kode", "known"),
    [
        ("8.01.01.2.02.01", "sub_kegiatan"),
        ("8.01.01.2.02.0977", "kegiatan"),
        ("8.01.02", "program"),
        ("8.01.77", "bidang"),
        ("8.07.02", "urusan"),
        ("0.07.02", "none"),
        ("X.XX.01", None),
        ("5.1.02", None),
        ("1.20.05.57.01", None),
        (None, None),
    ],
)
def test_how_far_a_code_is_known(kode: str | None, known: str | None) -> None:
    assert code_known(kode) == known


def test_indicators_and_units_of_sub_kegiatan() -> None:
    found = indicator_of("X.XX.01.2.02.0001")
    assert found is not None
    assert "Gaji" in found[0]
    assert found[1]
    assert indicator_of("8.01.02") is None


def _typo(name: str, seed: int) -> str:
    rnd = random.Random(seed)
    at = rnd.randrange(1, len(name) - 1)
    return rnd.choice([name[:at] + name[at + 1 :], name[:at] + rnd.choice("aeiounr") + name[at + 1 :]])


@given(st.sampled_from(NAMES), st.integers(0, 10**6))
def test_a_misspelt_name_is_never_joined_to_another_line(row: dict[str, str], seed: int) -> None:
    name = _typo(row["nama"], seed)
    code = row["kode"].replace("X.XX", "2.10")
    (with_code,) = kode_of(line(name, code, row["tingkat"]))
    assert with_code == row["kode"]
    (alone,) = kode_of(line(name, None, row["tingkat"]))
    if alone not in (None, row["kode"]):  # the misspelling made another official name, or one as near
        other = max(letters_alike(name, one.nama) for one in named_by_code(alone, accounts=False))
        assert other >= letters_alike(name, row["nama"]) or likeness(name, row["nama"]) == 0


@given(st.text(max_size=60), st.one_of(st.none(), st.text(max_size=20)))
def test_any_text_is_survived(name: str, kode: str | None) -> None:
    (one,) = link([line(name, kode)], KOTA)
    assert one.standar is None or one.standar.resmi is None or 0 <= one.standar.resmi.kemiripan <= 1


@pytest.mark.skipif(not REFERENCE.exists(), reason="the shared reference lists are not here")
def test_the_indicators_are_those_of_the_lists() -> None:
    with (REFERENCE / "nomenklatur_kepmen900_kabkota.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["level"] == "sub_kegiatan" and row["indikator"].strip()]
    assert all(indicator_of(row["kode"].strip()) for row in rows)
