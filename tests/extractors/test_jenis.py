"""The kind of a document."""

from __future__ import annotations

import pytest

from extractors.jenis import kind_of
from extractors.naskah import Baris, Naskah


def kind(*lines: Baris, name: str = "a.pdf") -> str:
    return kind_of(Naskah(lines=list(lines)), name)[0]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("LAPORAN KINERJA", "lkjip"),
        ("LKj", "lkjip"),
        ("Laporan Akuntabilitas Kinerja Instansi Pemerintah", "lkjip"),
        ("L A P O R A N K I N E R J A", "lkjip"),
        ("LAPORANKINERJAINSTANSIPEMERINTAH", "lkjip"),
        ("RENCANA KINERJA TAHUNAN", "rkt"),
        ("PENETAPAN KINERJA", "pk"),
        ("RENCANA KERJA DAN ANGGARAN", "lain"),
        ("CATATAN ATAS LAPORAN KEUANGAN", "lain"),
        ("DINAS CONTOH", "lain"),
    ],
)
def test_titles(title: str, expected: str) -> None:
    assert kind(Baris(title, cover=True)) == expected


def test_a_cover_outweighs_what_is_annexed() -> None:
    annexed = [Baris("PERJANJIAN KINERJA TAHUN 2023", heading=True)] * 5
    assert kind(Baris("LAPORAN KINERJA", cover=True), *annexed) == "lkjip"


def test_chapters_of_a_report_tell_where_no_title_does() -> None:
    assert kind(Baris("BAB III AKUNTABILITAS KINERJA", heading=True)) == "lkjip"
    assert kind(Baris("Perencanaan dan Perjanjian Kinerja", heading=True)) == "lkjip"
    assert kind(Baris("Uraian capaian kinerja")) == "lain"


def test_a_file_name_tells_only_where_there_is_no_text() -> None:
    assert kind(name="lkip_2016.pdf") == "lkjip"
    assert kind(Baris("Uraian."), name="lkip_2016.pdf") == "lain"
