"""Codes and names of budget lines against the official list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.reconcile import reconcile
from pipeline.reconcile.rules.nomenclature import check
from schemas.records import Resmi, Standar

ARSIP = Resmi("2.24.02", "PROGRAM PENGELOLAAN ARSIP", "program", 1.0)
BACA = Resmi("2.23.02", "PROGRAM PEMBINAAN PERPUSTAKAAN", "program", 1.0)
DINAMIS = Resmi("2.24.02.2.01", "Pengelolaan Arsip Dinamis", "kegiatan", 1.0, "2.24.02", ARSIP.nama)
LAYANAN = Resmi("2.23.02.2.01", "Pengelolaan Perpustakaan Tingkat Kota", "kegiatan", 1.0, "2.23.02", BACA.nama)


def put(b: Any, name: str, kode: str | None, level: str, standar: Standar | None, **more: Any) -> Any:
    """A row of table T1 with what the list says of it; its record id."""
    record_id = b.budget("T1", name, "100", kode=kode, level=level, **more)
    b.anggaran[-1] = replace(b.anggaran[-1], standar=standar)
    return record_id


def by_code(official: Resmi, likeness: float, *named: Resmi, known: str = "program") -> Standar:
    """The printed code is that of `official`, whose name is as like the printed one as that; `named` bear the name."""
    return Standar(named[0] if named else None, replace(official, kemiripan=likeness), named, known)


def test_the_list_s_own_name_agrees(b: Any, outcomes: Any) -> None:
    put(b, "Program Pengelolaan Arsip", "2.24.02", "program", Standar(ARSIP, ARSIP, (ARSIP,), "program"))
    assert outcomes(check, b) == ["cocok"]


def test_misspelt_and_old_wordings_agree(b: Any, outcomes: Any) -> None:
    put(b, "Program Pengelolan Arsip", "2.24.02", "program", by_code(ARSIP, 0.95, ARSIP))
    joined = replace(ARSIP, kemiripan=0.6)
    put(b, "Program Penyelamatan dan Pengelolaan Arsip Daerah", "2.24.02", "program", Standar(joined, joined))
    assert outcomes(check, b) == ["cocok", "cocok"]


def test_a_name_of_another_code(b: Any, failing: Any) -> None:
    put(b, "Program Pengelolaan Arsip", "2.23.02", "program", by_code(BACA, 0.5, ARSIP))
    (one,) = failing(check, b)
    assert (one.stated, one.expected) == ("2.23.02", "2.24.02")
    (found,) = [f for f in reconcile(b.report())[1] if f.rule == "nomenclature"]
    assert found.severity == "sedang"
    assert found.pesan.endswith(
        "2.23.02 Program Pengelolaan Arsip: kode: tercetak 2.23.02, sedangkan kode resmi untuk nama itu 2.24.02. "
        'Menurut nomenklatur resmi, 2.23.02 adalah "PROGRAM PEMBINAAN PERPUSTAKAAN".'
    )
    assert "is printed while the official code of that name is 2.24.02" in found.message


def test_a_name_that_is_near_to_the_code_s_own_is_no_finding(b: Any, outcomes: Any) -> None:
    put(b, "Program Pengelolaan Arsip", "2.23.02", "program", by_code(BACA, 0.75, ARSIP))
    assert outcomes(check, b) == ["tak_teruji"]


def test_a_local_name_cannot_be_tested(b: Any, outcomes: Any) -> None:
    put(b, "Program Festival Layang-layang", "2.24.02", "program", by_code(ARSIP, 0.3))
    put(b, "Kegiatan Setempat", "2.24.02.2.77", "kegiatan", Standar(None, kode_dikenal="program"))
    assert outcomes(check, b) == ["tak_teruji", "tak_teruji"]


def test_a_code_that_cannot_exist(b: Any, failing: Any) -> None:
    put(b, "Kegiatan Setempat", "2.77.02.2.01", "kegiatan", Standar(None, kode_dikenal="urusan"))
    put(b, "Pengelolaan Arsip Dinamis", "2.24.02.2.91", "kegiatan", Standar(DINAMIS, None, (DINAMIS,), "program"))
    one, other = failing(check, b)
    assert (one.stated, one.expected) == ("2.77.02.2.01", None)
    assert (other.stated, other.expected) == ("2.24.02.2.91", "2.24.02.2.01")
    found = [f for f in reconcile(b.report())[1] if f.rule == "nomenclature"]
    assert [f.severity for f in found] == ["sedang", "rendah"]
    assert "tidak ada dalam nomenklatur resmi" in found[0].pesan


def test_the_general_programme_is_written_with_the_report_s_own_bidang(b: Any, failing: Any) -> None:
    right = Resmi("X.XX.01.2.06", "Administrasi Umum Perangkat Daerah", "kegiatan", 1.0, "X.XX.01", "PROGRAM PENUNJANG")
    money = replace(right, kode="X.XX.01.2.02", nama="Administrasi Keuangan Perangkat Daerah")
    put(b, right.nama, "2.24.01.2.02", "kegiatan", by_code(money, 0.65, right, known="kegiatan"))
    (one,) = failing(check, b)
    assert one.expected == "2.24.01.2.06"


def test_numbers_of_an_older_edition_are_no_finding(b: Any, outcomes: Any) -> None:
    right = Resmi("2.24.02.2.01.0003", "Pemusnahan Arsip", "sub_kegiatan", 1.0, "2.24.02.2.01", DINAMIS.nama)
    other = replace(right, kode="2.24.02.2.01.0007", nama="Penciptaan dan Penggunaan Arsip Dinamis")
    put(b, right.nama, "2.24.02.2.01.07", "sub_kegiatan", by_code(other, 0.3, right, known="sub_kegiatan"))
    put(b, right.nama, "2.24.02.2.01.0007", "sub_kegiatan", by_code(other, 0.3, right, known="sub_kegiatan"))
    assert outcomes(check, b) == ["tak_teruji", "tidak_cocok"]


def test_a_table_of_another_edition_is_not_held_against_this_one(b: Any, outcomes: Any) -> None:
    for _ in range(3):
        put(b, "Program Pengelolaan Arsip", "2.23.02", "program", by_code(BACA, 0.5, ARSIP))
    assert outcomes(check, b) == ["tak_teruji"] * 3


def test_a_name_under_another_programme(b: Any, failing: Any) -> None:
    top = put(b, "Program Pengelolaan Arsip", None, "program", Standar(ARSIP, None, (ARSIP,)))
    put(b, DINAMIS.nama, None, "kegiatan", Standar(DINAMIS, None, (DINAMIS,)), parent=top)
    put(b, LAYANAN.nama, None, "kegiatan", Standar(LAYANAN, None, (LAYANAN,)), parent=top)
    (one,) = failing(check, b)
    assert one.subject == f"{LAYANAN.nama}: induk"
    assert (one.stated, one.expected) == ("Program Pengelolaan Arsip", BACA.nama)
    (found,) = [f for f in reconcile(b.report())[1] if f.rule == "nomenclature"]
    assert f'(2.23.02.2.01) termasuk "{BACA.nama}"' in found.pesan


def test_a_name_that_several_programmes_have_fits_any_of_them(b: Any, outcomes: Any) -> None:
    shared = replace(LAYANAN, induk=ARSIP.kode, kode="2.24.02.2.09")
    top = put(b, "Program Pengelolaan Arsip", None, "program", Standar(ARSIP, None, (ARSIP,)))
    put(b, LAYANAN.nama, None, "kegiatan", Standar(shared, None, (LAYANAN, shared)), parent=top)
    assert outcomes(check, b) == ["cocok"]


def test_lines_the_list_does_not_speak_of_give_no_check(b: Any, outcomes: Any) -> None:
    put(b, "Program Lama", "1.20.05.57", "program", None)
    put(b, "Kegiatan Lama", None, "kegiatan", None, parent="a1")
    put(b, "Belanja Pegawai", "5.1.01", "belanja", Standar(None))
    assert outcomes(check, b) == []
