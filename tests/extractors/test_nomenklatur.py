"""Levels of budget lines by code and by official name."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.datafiles import reference
from extractors.nomenklatur import kelompok_of, level_of, level_of_code, match_name, names_of

REFERENCE = Path(__file__).parents[2] / ".." / "shared" / "reference"


@pytest.mark.parametrize(
    ("kode", "level"),
    [
        ("8.01.01", "program"),
        ("8.01.01.", "program"),
        ("8.01.01.2.01", "kegiatan"),
        ("8.01.01.2.01.01", "sub_kegiatan"),
        ("8.01.01.2.01.0001", "sub_kegiatan"),
        ("8 .01.01. 2.01 .0001", "sub_kegiatan"),
        ("X.XX.01.2.06", "kegiatan"),
        ("5.01.02", "program"),  # urusan 5, not account 5
        ("4.01.03.2.02", "kegiatan"),
        ("8.01.01.2.01.0001.5.1.02.01", "belanja"),
        ("5.1", "belanja"),
        ("5.1.02.01.01.0001", "belanja"),
        ("5.2.2.01", "belanja"),
        ("4.1.1.02", None),
        ("6.1", None),
        ("1.20.05.57", "program"),
        ("1.20.05.57.01", "kegiatan"),
        ("1.20.05.01.002", "kegiatan"),
        ("1.20.5.59.02", "kegiatan"),
        ("1.20.1.20.05.57", "program"),
        ("2.10.2.10.1.02.07", "kegiatan"),
        ("2.10.2.10.1.02", "program"),
        ("1.20.05.57.01.5.2.2", "belanja"),
        ("2.16.2.20.2.21.01.0000", None),
        ("2.16.2.20.2.21.01.0000.2.16.02.2.01", "kegiatan"),
        ("5", None),
        ("01", None),
        ("1.1", None),
        ("12.500.000", None),
        ("a.1", None),
        ("", None),
        (None, None),
    ],
)
def test_level_by_code(kode: str | None, level: str | None) -> None:
    assert level_of_code(kode) == level


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA", "program"),
        ("Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota", "program"),
        ("Program Penunjang Urusan Pemerintah Daerah Kabupaten/Kota", "program"),  # misspelt
        ("Administrasi Keuangan Perangkat Daerah", "kegiatan"),
        ("Penyediaan Gaji & Tunjangan ASN", "sub_kegiatan"),
        ("Penyediaan Gaji danTunjangan ASN", "sub_kegiatan"),
        ("Belanja Pegawai", "belanja"),
        ("PENDAPATAN DAERAH", None),
        ("Penanganan Bencana", None),  # a program and a sub kegiatan bear the name
        ("Pelatihan Merangkai Bunga Kertas", None),
        ("", None),
    ],
)
def test_level_by_name(name: str, level: str | None) -> None:
    assert level_of(None, name) == level


def test_the_code_outweighs_the_name() -> None:
    assert level_of("8.01.01.2.02", "Penyediaan Gaji dan Tunjangan ASN") == "kegiatan"


def test_a_row_number_is_no_account() -> None:
    assert level_of("5.1", "Penyediaan Gaji dan Tunjangan ASN") == "sub_kegiatan"
    assert level_of("5.1", "Belanja Operasi") == "belanja"
    assert kelompok_of("4", "Program Penunjang Urusan") == "belanja"
    assert kelompok_of("4.1", "Program Penunjang Urusan") == "belanja"


def test_before_2021_the_names_of_sub_kegiatan_were_kegiatan() -> None:
    assert level_of("01", "Penyediaan jasa surat menyurat", 2017) == "kegiatan"
    assert level_of("01", "Penyediaan jasa surat menyurat", 2022) == "sub_kegiatan"


@pytest.mark.parametrize(
    ("kode", "name", "group"),
    [
        ("4.1.1", "Hasil Pajak Daerah", "pendapatan"),
        ("4.01.01", "PROGRAM PENUNJANG", "belanja"),
        ("6.2.3", "Pembayaran Pokok Utang", "pembiayaan"),
        ("5.1", "Belanja Operasi", "belanja"),
        (None, "SISA LEBIH/KURANG PEMBIAYAAN TAHUN BERKENAAN", "pembiayaan"),
        (None, "Lain – Lain Pendapatan yang Sah", "pendapatan"),
        (None, "Program Pengelolaan Pendapatan Daerah", "belanja"),
        ("4", "PENDAPATAN DAERAH", "pendapatan"),
    ],
)
def test_group(kode: str | None, name: str, group: str) -> None:
    assert kelompok_of(kode, name) == group


def test_match_gives_the_official_line_and_its_likeness() -> None:
    match = match_name("Penyediaan Komponen Instalasi Listrik/Penerangan Bangunan Kntor")
    assert match is not None
    assert match.nama == "Penyediaan Komponen Instalasi Listrik/Penerangan Bangunan Kantor"
    assert match.tingkat == "sub_kegiatan"
    assert 92 <= match.score < 100
    assert match_name("Penyediaan Komponen Instalasi Listrik/Penerangan Bangunan Kantor", "program") is None


def test_names_of_a_code() -> None:
    assert "Penyusunan Dokumen Perencanaan Perangkat Daerah" in names_of("8.01.01.2.01.01")
    assert names_of("8.01.01.2.01.0001") == names_of("8.01.01.2.01.01")
    assert any("IDEOLOGI PANCASILA" in name.upper() for name in names_of("8.01.02"))
    assert names_of("9.99.99") == ()
    assert names_of("5.1.01") == ()


@given(st.sampled_from([row for row in reference("nomenklatur.csv.gz") if row["tingkat"] not in ("urusan", "bidang")]))
def test_every_official_line_is_known_by_code_and_name(row: dict[str, str]) -> None:
    assert level_of(row["kode"], row["nama"]) == row["tingkat"]
    match = match_name(row["nama"].upper(), row["tingkat"])
    assert match is not None
    assert match.score == 100
    assert row["nama"] in names_of(row["kode"])


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_code_and_name_have_a_group_and_no_error(kode: str, name: str) -> None:
    assert kelompok_of(kode, name) in {"belanja", "pendapatan", "pembiayaan"}
    assert level_of(kode, name) in {"program", "kegiatan", "sub_kegiatan", "belanja", None}


@pytest.mark.skipif(not REFERENCE.exists(), reason="the shared reference lists are not here")
def test_the_compact_data_hold_the_whole_list() -> None:
    with (REFERENCE / "nomenklatur_kepmen900_kabkota.csv").open(encoding="utf-8", newline="") as stream:
        full = {(row["kode"].strip(), row["level"]) for row in csv.DictReader(stream)}
    assert full <= {(row["kode"], row["tingkat"]) for row in reference("nomenklatur.csv.gz")}
