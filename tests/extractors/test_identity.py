"""Who reports, where, for which year. All names here are made up, but for regions (which are public facts)."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.identity import UNKNOWN, identify, slug
from schemas.document import Place
from schemas.table import Block, Cell, TablePiece, TextLine

SHARED = Path(__file__).parents[2] / ".." / "shared"
TEXTS = SHARED / "reports" / "text"
PDFS = SHARED / "reports" / "real"


def lines(text: str) -> list[Block]:
    """Text as blocks: one TextLine for each line; `\\f` begins a new page."""
    blocks: list[Block] = []
    number = 0
    pages = text.split("\f")
    for page, content in enumerate(pages, 1):
        gap = True
        for line in content.splitlines():
            number += 1
            if not line.strip():
                gap = True
                continue
            place = Place(page=page) if len(pages) > 1 else Place(line=number)
            blocks.append(TextLine(line.strip(), place, blank_before=gap))
            gap = False
    return blocks


def table(*rows: tuple[str, ...]) -> TablePiece:
    place = Place(line=99)
    cells = tuple(tuple(Cell(i, j, text, place) for j, text in enumerate(row)) for i, row in enumerate(rows))
    return TablePiece(cells, "tabbed", place, place)


BODY = """
BAB I PENDAHULUAN

Laporan Kinerja ini disusun menurut Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 53
Tahun 2014 tentang Petunjuk Teknis Perjanjian Kinerja dan Undang-Undang Nomor 23 Tahun 2014. Kementerian Dalam Negeri
dan Badan Pusat Statistik menerbitkan data, dan Dinas Sosial Provinsi Jawa Timur melaporkan hal yang sama.
"""


def told(text: str, name: str = "berkas.txt") -> tuple[str | None, str | None, str | None, int, str]:
    found = identify(name, lines(text))
    return found.instansi, found.wilayah, found.kode_wilayah, found.year, found.jenis


@pytest.mark.parametrize(
    ("cover", "agency", "region", "year", "kind"),
    [
        (
            "**BADAN KESATUAN BANGSA DAN POLITIK KOTA\nPONTIANAK**\n\nJl. Contoh No. 1\n\nLAKIP 2025\n\n"
            "LAPORAN AKUNTABILITAS KINERJA INSTANSI PEMERINTAH\nTAHUN 2024",
            "Badan Kesatuan Bangsa dan Politik",
            "Kota Pontianak",
            2024,
            "lkjip",
        ),
        (
            "PEMERINTAH KABUPATEN WONOSOBO\nDINAS PEKERJAAN UMUM, PERUMAHAN RAKYAT\nDAN KAWASAN PERMUKIMAN\n\n"
            "LAPORAN KINERJA\nINSTANSI PEMERINTAH\n(LKjIP)\nTAHUN ANGGARAN 2022",
            "Dinas Pekerjaan Umum, Perumahan Rakyat dan Kawasan Permukiman",
            "Kabupaten Wonosobo",
            2022,
            "lkjip",
        ),
        (
            "LKjIP\n2023\n\nSATUAN POLISI PAMONG PRAJA\nPROVINSI DKI JAKARTA",
            "Satuan Polisi Pamong Praja",
            "Provinsi Daerah Khusus Ibukota Jakarta",
            2023,
            "lkjip",
        ),
        (
            "RENCANA KINERJA TAHUNAN (RKT) 2021\n\n**Kantor Kesatuan Bangsa dan Sosial Politik\nKota Pasuruan**",
            "Kantor Kesatuan Bangsa dan Sosial Politik",
            "Kota Pasuruan",
            2021,
            "rkt",
        ),
        (
            "PERJANJIAN KINERJA TAHUN 2020\nRSUD CONTOH SEHAT KOTA BANJAR BARU",
            "RSUD Contoh Sehat",
            "Kota Banjarbaru",
            2020,
            "pk",
        ),
        (
            "LAPORAN KINERJA\nKECAMATAN CIMAHI UTARA\nKOTA CIMAHI\nTAHUN 2019",
            "Kecamatan Cimahi Utara",
            "Kota Cimahi",
            2019,
            "lkjip",
        ),
        (
            "LAPORAN KINERJA TAHUN 2023\nBAGIAN ORGANISASI\nSEKRETARIAT DAERAH\nKABUPATEN SLEMAN",
            "Bagian Organisasi Sekretariat Daerah",
            "Kabupaten Sleman",
            2023,
            "lkjip",
        ),
        (
            "LAPORAN REALISASI ANGGARAN\nPEMERINTAH KOTA CIMAHI\nTAHUN YANG BERAKHIR SAMPAI DENGAN\n31 DESEMBER 2010",
            "Pemerintah Kota Cimahi",
            "Kota Cimahi",
            2010,
            "lain",
        ),
        (
            "LAPORAN KINERJA 2024\n\nKEMENTERIAN URUSAN PERCONTOHAN",
            "Kementerian Urusan Percontohan",
            None,
            2024,
            "lkjip",
        ),
        (
            "LAKIP TAHUN 2018\nBAKESBANGPOL KAB. SLEMAN",
            "Badan Kesatuan Bangsa dan Politik",
            "Kabupaten Sleman",
            2018,
            "lkjip",
        ),
        (
            "LAPORAN KINERJA INSTANSI PEMERINTAH TAHUN 2024\nDINAS KEBUN RAYA KOTA SUKAMAJU",
            "Dinas Kebun Raya",
            "Kota Sukamaju",
            2024,
            "lkjip",
        ),
        (
            "LAPORAN KINERJA TAHUN 2021\nUPTD PUSKESMAS CONTOH\nDINAS KESEHATAN KABUPATEN SLEMAN",
            "UPTD Puskesmas Contoh",
            "Kabupaten Sleman",
            2021,
            "lkjip",
        ),
        (
            "PEMERINTAH KABUPATEN SLEMAN\nDINAS CONTOH\nUNTUK TAHUN YANG BERAKHIR 31 DESEMBER 2022 DAN 2021\n"
            "CATATAN ATAS LAPORAN KEUANGAN",
            "Dinas Contoh",
            "Kabupaten Sleman",
            2022,
            "lain",
        ),
        (
            "L A P O R A N K I N E R J A\nKEMANTREN CONTOH\nKOTAYOGYAKARTA\n2022",
            "Kemantren Contoh",
            "Kota Yogyakarta",
            2022,
            "lkjip",
        ),
        (
            "PERJANJIAN KINERJA PERUBAHAN\nDINAS SOSIAL KOTA CIMAHI 2023",
            "Dinas Sosial",
            "Kota Cimahi",
            2023,
            "pk",
        ),
        (
            "LAPORAN KINERJA 2023\nBADAN PUSAT STATISTIK\nKABUPATEN SLEMAN",
            "Badan Pusat Statistik",
            "Kabupaten Sleman",
            2023,
            "lkjip",
        ),
        (
            "LAPORANKINERJA\nDinas Pengendalian Penduduk, Keluarga Berencana,\n"
            "Pemberdayaan Perempuan Dan Anak\n(DPPKBPPA)\n"
            "Kabupaten Grobogan\nTA. 2021",
            "Dinas Pengendalian Penduduk, Keluarga Berencana, Pemberdayaan Perempuan dan Anak",
            "Kabupaten Grobogan",
            2021,
            "lkjip",
        ),
    ],
)
def test_covers(cover: str, agency: str, region: str | None, year: int, kind: str) -> None:
    found = told(cover + "\n" + BODY)
    assert (found[0], found[1], found[3], found[4]) == (agency, region, year, kind)


def test_passages_of_another_agency_do_not_outvote_the_cover() -> None:
    cover = "LAPORAN KINERJA TAHUN 2024\n\nBADAN KETERTIBAN\nKOTA PONTIANAK\n\nKATA PENGANTAR\n\n"
    copied = "Badan Ketertiban Provinsi Kalimantan Barat melaksanakan program.\n"
    assert told(cover + copied * 12)[:3] == ("Badan Ketertiban", "Kota Pontianak", "61.71")


def test_a_cover_with_the_year_of_publication_gives_way_to_the_text() -> None:
    text = "DINAS CONTOH\nKABUPATEN SLEMAN\nTAHUN 2017\n\nIKHTISAR EKSEKUTIF\n\n" + "".join(
        f"Laporan Kinerja Dinas Contoh Tahun 2016 memuat sasaran {i}.\n\nTabel {i} Realisasi Tahun 2016\n\n"
        for i in range(5)
    )
    assert told(text)[3] == 2016


def test_a_plan_that_looks_back_keeps_its_own_year() -> None:
    text = "RENCANA KINERJA TAHUNAN\nDINAS CONTOH KOTA CIMAHI\nTAHUN 2021\n\nKATA PENGANTAR\n\n" + "".join(
        f"Tabel 2.{i} Program Tahun 2020\n\nSasaran {'a' * i} pada tahun 2020 dan tahun 2019 diuraikan.\n\n"
        for i in range(8)
    )
    text += "Cimahi, Januari 2021\nRencana Kinerja Tahunan Dinas Contoh Kota Cimahi Tahun 2021 ini disusun.\n"
    assert told(text)[3:] == (2021, "rkt")


def test_a_chapter_without_a_cover_is_known_by_its_running_head() -> None:
    page = "Dinas Contoh Provinsi Jawa Barat | LKIP 2016 | Bab III\nIII. {n}\n\nPada tahun 2015 dan tahun 2016.\n"
    text = "\f".join(page.format(n=n) for n in range(1, 7))
    assert told(text, "bab3.pdf") == ("Dinas Contoh", "Provinsi Jawa Barat", "32", 2016, "lkjip")


def test_a_chapter_without_head_or_cover_is_known_by_its_sentences() -> None:
    text = (
        "BAB III\nAKUNTABILITAS KINERJA\n\nPengukuran capaian kinerja Dinas Contoh Kabupaten Sleman Tahun 2018\n"
        "dilakukan dengan membandingkan target dan realisasi. Inspektorat Kabupaten Sleman mereviu laporan ini.\n\n"
        "Pada tahun 2018 Dinas Contoh Kabupaten Sleman melaksanakan 3 program.\n"
    )
    assert told(text) == ("Dinas Contoh", "Kabupaten Sleman", "34.04", 2018, "lkjip")


def test_the_statement_of_review_does_not_make_the_inspectorate_the_reporter() -> None:
    text = (
        "LAPORAN KINERJA\nDINAS CONTOH KOTA CIMAHI\nTAHUN 2022\n\nKATA PENGANTAR\n\nUraian.\n\n"
        "PERNYATAAN TELAH DIREVIU\n\nINSPEKTORAT KOTA CIMAHI\n\n"
        "Kami telah mereviu Laporan Kinerja Dinas Contoh Kota Cimahi Tahun 2022.\n\n"
        "Inspektur Inspektorat Kota Cimahi\n"
    )
    assert told(text)[0] == "Dinas Contoh"


def test_a_performance_agreement_inside_a_report_does_not_change_its_kind() -> None:
    text = (
        "LAPORAN KINERJA INSTANSI PEMERINTAH\nDINAS CONTOH KOTA CIMAHI\n2023\n\nBAB II PERENCANAAN KINERJA\n\n"
        "2.3 Perjanjian Kinerja\n\nPERJANJIAN KINERJA TAHUN 2023\n\nKami yang bertanda tangan di bawah ini:\n"
    )
    assert told(text)[4] == "lkjip"


def test_a_box_that_names_the_unit_tells_where_nothing_else_does() -> None:
    found = identify(
        "x.pdf", [table(("Nama SKPD", "Dinas Contoh Kabupaten Sleman")), table(("Tahun Berjalan", "2017"))]
    )
    assert (found.instansi, found.wilayah) == ("Dinas Contoh", "Kabupaten Sleman")


def test_the_place_of_signature_tells_a_region_only_when_one_region_bears_the_name() -> None:
    text = "Dinas Contoh\nLaporan Realisasi Anggaran\nTA 2017\n\n{place}, 15 Februari 2018\nKepala Dinas Contoh,\n"
    assert told(text.format(place="Wonosobo"))[1:4] == ("Kabupaten Wonosobo", "33.07", 2017)
    assert told(text.format(place="Pasuruan"))[1] is None  # a kota and a kabupaten
    assert told(text.format(place="Surabaya"))[1] is None  # the province's offices sign there too


def test_the_file_name_is_asked_last() -> None:
    blank = "Uraian kegiatan.\n"
    assert told(blank, "wonosobo_diskominfo_kegiatan2018.pdf") == (
        "Dinas Komunikasi dan Informatika",
        "Kabupaten Wonosobo",
        "33.07",
        2018,
        "lain",
    )
    text = "LAPORAN KINERJA\nDINAS CONTOH KOTA CIMAHI\nTAHUN 2022\n" + BODY
    assert told(text, "diskominfo_wonosobo_2019.pdf") == ("Dinas Contoh", "Kota Cimahi", "32.77", 2022, "lkjip")


def test_nothing_known_is_said_so() -> None:
    found = identify("a.txt", [])
    assert (found.instansi, found.wilayah, found.kode_wilayah, found.year, found.jenis) == (None, None, None, 0, "lain")
    assert found.agency == UNKNOWN
    assert found.places == ()


def test_places_are_those_of_the_lines_that_told() -> None:
    text = "LAPORAN KINERJA TAHUN 2024\n\nDINAS CONTOH KOTA CIMAHI\n" + BODY
    assert {place.line for place in identify("a.txt", lines(text)).places} == {1, 3}


def test_slug_joins_agency_and_region_once() -> None:
    assert slug("Badan Kesatuan Bangsa dan Politik", "Kota Pontianak") == (
        "badan-kesatuan-bangsa-dan-politik-kota-pontianak"
    )
    assert slug("Pemerintah Kota Cimahi", "Kota Cimahi") == "pemerintah-kota-cimahi"
    assert slug("Dinas Contoh") == "dinas-contoh"
    assert slug(None, "Kota Cimahi") == UNKNOWN
    assert slug("../../etc/passwd\x00", "C:\\Kota") == "etc-passwd-c-kota"
    assert slug("🏛️", "Kota") == UNKNOWN


def test_long_names_that_share_their_beginning_keep_two_slugs() -> None:
    one, other = slug("Dinas " + "Amat " * 80 + "Panjang"), slug("Dinas " + "Amat " * 80 + "Lebar")
    assert one != other
    assert max(len(one), len(other)) <= 120


@given(st.text(max_size=400), st.text(max_size=60))
def test_a_slug_is_always_a_safe_path_component(agency: str, region: str) -> None:
    made = slug(agency, region)
    assert set(made) <= set(string.ascii_lowercase + string.digits + "-")
    assert re.fullmatch(r"[a-z0-9].{0,119}", made)


@given(st.text(alphabet=string.printable, max_size=300))
def test_any_text_is_identified_without_an_error(text: str) -> None:
    assert identify("x", lines(text)).jenis in {"lkjip", "rkt", "pk", "lain"}


REAL = {
    "pontianak-2024": ("Badan Kesatuan Bangsa dan Politik", "Kota Pontianak", 2024, "lkjip"),
    "banjarbaru-2024": ("Badan Kesatuan Bangsa dan Politik", "Kota Banjarbaru", 2024, "lkjip"),
    "pasuruan-2023": ("Badan Kesatuan Bangsa dan Politik", "Kota Pasuruan", 2023, "lkjip"),
    "pontianak-rkt-2021": ("Kantor Kesatuan Bangsa dan Sosial Politik", "Kota Pontianak", 2021, "rkt"),
    "jabar_dispenda_lkip2016_bab3": ("Dinas Pendapatan", "Provinsi Jawa Barat", 2016, "lkjip"),
    "jabar_kesbangpol_lkip2016_draft": ("Badan Kesatuan Bangsa dan Politik", "Provinsi Jawa Barat", 2016, "lkjip"),
    "jabar_bpbd_lkip2016": ("Badan Penanggulangan Bencana Daerah", "Provinsi Jawa Barat", 2016, "lkjip"),
    "jabar_disbun_lkip2016": ("Dinas Perkebunan", "Provinsi Jawa Barat", 2016, "lkjip"),
    "cimahi_apbd2016_perubahan": ("Pemerintah Kota Cimahi", "Kota Cimahi", 2016, "lain"),
    "wonosobo_diskominfo_program_kegiatan2017": (
        "Dinas Komunikasi dan Informatika",
        "Kabupaten Wonosobo",
        2017,
        "lain",
    ),
}


@pytest.mark.skipif(not TEXTS.exists(), reason="the shared reports are not here")
@pytest.mark.parametrize("stem", REAL)
def test_real_reports(stem: str) -> None:
    source = TEXTS / f"{stem}.txt"
    if source.exists():
        text, name = source.read_text(encoding="utf-8"), source.name
    else:
        import pypdfium2

        name = f"{stem}.pdf"
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(PDFS / name)]
        text = "\f".join(page.replace("\r", "") for page in pages)
    found = told(text, name)
    assert (found[0], found[1], found[3], found[4]) == REAL[stem]
