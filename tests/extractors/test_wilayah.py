"""Regions in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.datafiles import reference
from extractors.wilayah import by_bare_name, find, lookup


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("di Kota Pontianak dan Kabupaten Sleman", ["Kota Pontianak", "Kabupaten Sleman"]),
        ("KOTA\nPONTIANAK", ["Kota Pontianak"]),
        ("KOTA\n\nPONTIANAK", []),
        ("Kota Pontinak Tahun 2024", ["Kota Pontianak"]),
        ("Kab. Wonosobo, Kab.Wonosobo, KAB WONOSOBO", ["Kabupaten Wonosobo"] * 3),
        ("Prov. Jabar dan Propinsi Jawa Barat", ["Provinsi Jawa Barat"] * 2),
        ("Kota Bandung dan Kabupaten Bandung", ["Kota Bandung", "Kabupaten Bandung"]),
        ("Kota Banjar, Kota Banjar Baru", ["Kota Banjar", "Kota Banjarbaru"]),
        ("Kabupaten Kotawaringin Barat", ["Kabupaten Kotawaringin Barat"]),
        ("Kota Pare-Pare", ["Kota Parepare"]),
        ("Daerah Istimewa Yogyakarta", ["Provinsi Daerah Istimewa Yogyakarta"]),
        ("Provinsi Kalimantan Barta", ["Provinsi Kalimantan Barat"]),
        ("Pemkot Cimahi", ["Kota Cimahi"]),
        ("Kabupaten/Kota Se-Jawa, KABUPATEN / KOTA\nNilai", []),
        ("di kota besar dan kabupaten tetangga", []),
        ("Kecamatan Kota Sumenep", []),
        ("KOTAPONTIANAK, Kotabaru, KOTAWARINGIN", ["Kota Pontianak"]),
        ("Kabupaten Kep. Mentawai", ["Kabupaten Kepulauan Mentawai"]),
        ("KOTA SUKAMAJU TAHUN 2024", ["Kota Sukamaju"]),
    ],
)
def test_find(text: str, names: list[str]) -> None:
    assert [mention.wilayah.nama for mention in find(text)] == names


def test_a_misspelling_never_becomes_a_region_that_is_as_near_as_another() -> None:
    near_two = [m.wilayah.kode for m in find("Kabupaten Lampung Tenga")]
    assert near_two == ["18.02"]  # Lampung Tengah: no other name is one letter away
    assert [m.wilayah.kode for m in find("Kota Semrang")] == [None]  # Semarang and Serang are a letter away each
    assert [m.wilayah.kode for m in find("Kota Sukabaru")] == [None]


def test_the_kind_is_never_exchanged() -> None:
    assert [(m.wilayah.nama, m.wilayah.kode) for m in find("Kabupaten Cimahi")] == [("Kabupaten Cimahi", None)]
    assert [m.wilayah.kode for m in find("Kota Bandung Barat")] != ["32.73"]


@pytest.mark.parametrize("row", reference("wilayah.csv")[::7], ids=lambda row: row["kode"])
def test_every_official_name_is_found_under_its_code(row: dict[str, str]) -> None:
    name = f"Provinsi {row['nama']}" if row["tingkat"] == "provinsi" else row["nama"]
    for text in (f"pada {name} tahun", name.upper()):
        assert [m.wilayah.kode for m in find(text)] == [row["kode"]]


def test_bare_names() -> None:
    assert by_bare_name("wonosobo") == lookup("kabupaten", "Wonosobo")
    assert by_bare_name("Pasuruan") is None
    assert by_bare_name("Bandung") is None
    assert by_bare_name("tangsel") == lookup("kota", "Tangerang Selatan")


@given(st.text(max_size=200))
def test_any_text_is_searched_without_an_error_and_offsets_hold(text: str) -> None:
    end = 0
    for mention in find(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
