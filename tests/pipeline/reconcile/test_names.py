"""When two printed names mean one thing."""

from __future__ import annotations

import pytest

from pipeline.reconcile import names
from pipeline.reconcile.names import NameIndex, likeness

LONG = "Pelaksanaan Kebijakan di Bidang Kearsipan Statis, Penyelamatan Arsip, Pembinaan Unit Kearsipan Desa"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("PROGRAM PENGELOLAANARSIP DAERAH", "Program Pengelolaan Arsip Daerah"),
        ("Program Pengelolan Arsip Daerah", "Program Pengelolaan Arsip Daerah"),
        (
            "Koordinasi di Bidang Kearsipan Statis dan Dinamis",
            "Pelaksanaan Koordinasi Bidang Kearsipan Statis, Dinamis",
        ),
        (LONG, LONG + " dan Kelurahan"),
        ("Persentase ormas yang aktif", "Persentase Organisasi Kemasyarakatan yang aktif"),
        ("Pembinaan Lanjutan Kepada Penggiat Arsip", "Pembinaan Lanjutan Kepada Penggiat Arsip Kota"),
    ],
)
def test_misspelt_glued_and_cut_names_are_the_same(a: str, b: str) -> None:
    assert likeness(a, b) >= 0.8
    assert likeness(a, b) == likeness(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (LONG, LONG.replace("Kebijakan", "Koordinasi")),
        ("Persentase arsip aktif", "Persentase peningkatan jumlah arsip aktif"),
        ("Jumlah arsip yang ditata", "Persentase arsip yang ditata"),
        ("Sasaran strategis I", "Sasaran strategis II"),
        ("Belanja Modal", "Belanja Modal Peralatan dan Mesin"),
        ("", "Program"),
    ],
)
def test_siblings_are_not_the_same(a: str, b: str) -> None:
    assert likeness(a, b) < 0.8


def test_an_index_finds_the_one_name_and_nothing_where_two_are_as_like() -> None:
    index: NameIndex[int] = NameIndex()
    index.add(LONG, 1)
    index.add(LONG.replace("Kebijakan", "Koordinasi"), 2)
    index.add("Penyusunan Dokumen Arsip Tahun Berjalan Kantor Pusat", 3)
    index.add("Penyusunan Dokumen Arsip Tahun Berjalan Kantor Depan", 4)
    assert index.find(LONG.removeprefix("Pelaksanaan ")) == 1
    assert index.find(LONG.replace("Kebijakan", "Koordinasi").upper()) == 2
    assert index.find("Penyusunan Dokumen Arsip Tahun Berjalan Kantor") is None
    assert index.find("Pengadaan Kendaraan Dinas Operasional") is None


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("6. Jumlah naskah yang terawat", "Jumlah naskah yang terawat", True),
        ("Pegawai berpendidikan formal S1", "Pegawai berpendidikan formal S2", False),
        ("Pegawai berpendidikan formal", "Pegawai berpendidikan formal S2", False),
        ("Pegawai yang berpendidikan formal S-1", "Pegawai yang berpendidikan formal S1", True),
        ("Penyampaian laporan tepat waktu", "Penyampaian laporan tepat waktu (bulanan, triwulanan dan tahunan)", True),
        ("Rehabilitasi gedung arsip kota lama", "Rehabilitasi gedung arsip kota lama (DAK)", False),
        ("Proporsi pendapatan asli (di luar dana BOS/DAK)", "Proporsi pendapatan asli (di luar dana DAK)", True),
        ("Objek penerimaan di luar pajak daerah dan", "Objek penerimaan di luar pajak daerah dan retribusi daerah yang terpungut", True),
    ],
)  # fmt: skip
def test_numbers_degrees_brackets_and_cut_names(a: str, b: str, same: bool) -> None:
    assert (likeness(a, b) > 0.8) is same


def test_counting_one_by_one_and_in_arrays_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    index: NameIndex[int] = NameIndex()
    for number in range(60):
        index.add(f"Kegiatan Pembangunan Jalan Lingkungan Blok A{number}", number)
        index.add("Kegiatan Pembangunan Jalan Lingkungan Blok A0", 0)
    asked = ["pembangunan", "jalan", "a7", "tanpa"]
    few = index._sharing(asked, 2)
    monkeypatch.setattr(names, "COUNTED_ONE_BY_ONE", 0)
    assert index._sharing(asked, 2) == few
    assert few[0] == 7
    assert len(few) == names.TRIED
    assert few[1:] == sorted(few[1:])


def test_a_copy_learns_apart() -> None:
    index: NameIndex[int] = NameIndex()
    index.add("Program Pengelolaan Arsip Daerah", 1)
    other = index.copy()
    other.add("Program Perawatan Naskah Kuno", 2)
    assert other.find("Program Perawatan Naskah Kuno") == 2
    assert index.find("Program Perawatan Naskah Kuno") is None
