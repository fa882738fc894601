"""Claims of running text: what is one, which field each figure fills, what it is about. Agencies are made up."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest

from extractors.klaim import extract_claims
from schemas.document import Box, Place
from schemas.records import Klaim
from schemas.table import TextLine

FIELDS = ("anggaran", "realisasi", "persen", "target", "capaian", "terbilang")


def lines(*texts: str) -> list[TextLine]:
    """Paragraphs of a text file; "- " in front makes a list item."""
    made = []
    for number, text in enumerate(texts, 1):
        bullet = "-" if text.startswith("- ") else None
        made.append(TextLine(text[2:] if bullet else text, Place(line=number), bullet=bullet, blank_before=True))
    return made


def read(*texts: str, year: int = 2024) -> list[Klaim]:
    return list(extract_claims(lines(*texts), identity_year=year)[0])


def values(claim: Klaim) -> dict[str, str]:
    return {f: f"{getattr(claim, f).value:f}" for f in FIELDS if getattr(claim, f) is not None}


ONE = [
    (
        "Program Pengelolaan Taman dengan anggaran sebesar Rp. 864.137.800,00 dan realisasi anggaran sebesar"
        " Rp. 852.902.300,00 atau setara 98,70%",
        {"anggaran": "864137800.00", "realisasi": "852902300.00", "persen": "98.70"},
        "Program Pengelolaan Taman",
    ),
    (
        "Kegiatan Penataan Arsip memiliki pagu anggaran Rp 583.791.760 dan realisasi Rp 517.538.500, sehingga capaiannya 88,65%.",
        {"anggaran": "583791760", "realisasi": "517538500", "persen": "88.65"},
        "Kegiatan Penataan Arsip",
    ),
    (
        "Program dan kegiatan dapat terlaksana dengan serapan anggaran Rp. Rp.32.204.656.183,- atau 95,68% dari pagu"
        " anggaran sebesar Rp. 33.660.129.080,-.",
        {"anggaran": "33660129080", "realisasi": "32204656183", "persen": "95.68"},
        "serapan anggaran",
    ),
    (
        "Belanja Dinas Perpustakaan Kota Sukamaju dapat terealisasi sebesar Rp. 4.854.464.229,00 atau 86,33% dari anggaran"
        " belanja yang telah ditetapkan sebesar Rp. 5.623.321.866,00 atau kurang dari anggaran sebesar Rp. 768.857.637,00.",
        {"anggaran": "5623321866.00", "realisasi": "4854464229.00", "persen": "86.33"},
        "Belanja Dinas Perpustakaan Kota Sukamaju",
    ),
    (
        "Pelatihan Pustakawan dengan anggaran sebesar realisasi anggaran sebesar Rp. 514.500.125,00 dan realisasi"
        " anggaran sebesar Rp. 510.825.000,00",
        {"anggaran": "514500125.00", "realisasi": "510825000.00"},
        "Pelatihan Pustakawan",
    ),
    (
        "Jumlah anggaran yang digunakan untuk mencapai kinerja tersebut sebesar Rp. 23.720.614.866,- atau 87,66% dari"
        " anggaran sebesar Rp. 27.059.202.004,-.",
        {"anggaran": "27059202004", "realisasi": "23720614866", "persen": "87.66"},
        "Jumlah anggaran yang digunakan",
    ),
    (
        "Kegiatan Pembinaan Koperasi Rp. 50.000.000,00 dengan realisasi Rp. 48.430.719,00 (96,86%)",
        {"anggaran": "50000000.00", "realisasi": "48430719.00", "persen": "96.86"},
        "Kegiatan Pembinaan Koperasi",
    ),
    (
        "Penyediaan Logistik dengan alokasi anggaran sebesar Rp. 528.600.000,-;realisasi anggaran sebesar, Rp. 342.281.000"
        " (64.75 %) dan realisasi fisik sebesar (100 %)",
        {"anggaran": "528600000", "realisasi": "342281000", "persen": "64.75"},
        "Penyediaan Logistik",
    ),
    (
        "Penyediaan Jasa Kantor dengan angaran sebesar Rp. 41.000.000,00 danrealisasi anggaran sebesar 40.000.000,00 Setara 97,56%",
        {"anggaran": "41000000.00", "realisasi": "40000000.00", "persen": "97.56"},
        "Penyediaan Jasa Kantor",
    ),
    (
        "Jumlah Total Anggaran Sasaran Tahun 2024 : Rp. 38.063.841.925,00",
        {"anggaran": "38063841925.00"},
        "Jumlah Total Anggaran Sasaran Tahun 2024",
    ),
    (
        "Jumlah Realisasi Anggaran Tahun 2024 : Rp. 38.008.531.300,00",
        {"realisasi": "38008531300.00"},
        "Jumlah Realisasi Anggaran Tahun 2024",
    ),
    (
        "Serapan anggaran Dinas Pasar tahun 2024 mencapai 76,74 %.",
        {"persen": "76.74"},
        "Serapan anggaran Dinas Pasar tahun 2024",
    ),
    (
        "Untuk capaian dari aspek penggunaan anggaran tahun 2024 adalah 95,68 % dengan serapan anggaran Rp. 9.568.000,-"
        " dari pagu anggaran sebesar Rp. 10.000.000,-.",
        {"anggaran": "10000000", "realisasi": "9568000", "persen": "95.68"},
        "capaian dari aspek penggunaan anggaran tahun 2024",
    ),
    (
        "Target Persentase arsip yang tertata pada tahun 2024 adalah 95%, sedangkan realisasi sebesar 96%.",
        {"target": "95", "realisasi": "96"},
        "Persentase arsip yang tertata",
    ),
    (
        "Capaian persentase pasar yang bersih untuk tahun 2024 telah mencapai target yakni 100 % (Baik).",
        {"capaian": "100"},
        "persentase pasar yang bersih",
    ),
    (
        "Tahun 2024 realisasi indeks kepuasan sebesar 86,16% sehingga capainnya 115,65% dengan target 74,5%.",
        {"realisasi": "86.16", "capaian": "115.65", "target": "74.5"},
        "indeks kepuasan",
    ),
    (
        "Pada indikator Nilai SAKIP, dengan target 73,14 dan realisasi 75,51 menunjukkan komitmen Dinas Pasar.",
        {"target": "73.14", "realisasi": "75.51"},
        "Nilai SAKIP",
    ),
    (
        "Potensi Wajib Retribusi untuk Tahun 2024 terealisasi sebanyak 159 WR dari target sebanyak 150 WR.",
        {"realisasi": "159", "target": "150"},
        "Potensi Wajib Retribusi",
    ),
    (
        "Tingkat kemantapan jalan pada tahun 2024 mencapai target kinerja sebesar 98,01% atau melebihi target sebesar 100,01%.",
        {"realisasi": "98.01", "capaian": "100.01"},
        "Tingkat kemantapan jalan",
    ),
    (
        "Dengan realisasi persentase jalan mantap 4,28%, Dinas Jalan telah mencapai target 3%.",
        {"realisasi": "4.28", "target": "3"},
        "persentase jalan mantap",
    ),
    (
        "Realisasi persentase layanan tepat waktu yaitu sebesar 95,25% sehingga bila dibandingkan dengan target 2024 maka"
        " capaian kinerja yaitu sebesar 95,25/90*100% = 105,82%",
        {"realisasi": "95.25", "target": "90", "capaian": "105.82"},
        "persentase layanan tepat waktu",
    ),
    (
        "Angka Kebakaran Kota Sukamaju Tahun 2024 stabil dengan angka kebakaran 0 (nol), warga tenteram.",
        {"realisasi": "0", "terbilang": "0"},
        "Angka Kebakaran Kota Sukamaju",
    ),
    (
        "Persentase SDM bersertifikat sebesar 50,25% dari target 31%.",
        {"realisasi": "50.25", "target": "31"},
        "Persentase SDM bersertifikat",
    ),
    (
        "Dinas Pasar mendapat alokasi anggaran sebesar Rp. 2.500.000,00 (Dua juta lima ratus ribu rupiah).",
        {"anggaran": "2500000.00", "terbilang": "2500000"},
        "Dinas Pasar",
    ),
]


@pytest.mark.parametrize(("text", "expected", "subject"), ONE)
def test_one_statement_is_one_claim(text: str, expected: dict[str, str], subject: str) -> None:
    claims = read(text)
    assert [values(c) for c in claims] == [expected]
    assert claims[0].subjek == subject
    assert claims[0].tahun == 2024


NONE = [
    "Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas Kinerja Instansi Pemerintah.",
    "Pada tanggal 7 Oktober 2024 ditetapkan 5 (lima) sasaran dengan 9 indikator kinerja.",
    "Dinas Pasar didukung oleh 53 orang pegawai dan 12 kendaraan.",
    "Terdapat efisiensi anggaran sebesar Rp. 1.455.472.897,- atau 4,32%.",
    "Nilai efisiensi anggaran sebesar 1,02% dan sisa anggaran sebesar Rp. 5.000.000,00.",
    "Penyerapan anggaran kurang dari 100% menunjukkan dana mencukupi.",
    "Kategori Baik bila capaian 75% - 90%.",
    r"$$\frac{51}{53} \times 100\% = 96\%$$",
    "Nilai aset tetap sebesar Rp. 2.087.185.731,00.",
    "Bila dibandingkan dengan tahun lalu, realisasi belanja mengalami kenaikan sebesar Rp. 4.854.464.229,00.",
    "Tingkat kemiskinan secara nasional sebesar 9,36%.",
    "Realisasi fisik kegiatan mencapai 100%.",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_claim(text: str) -> None:
    assert read(text) == []


def test_years_part_the_claims_of_a_comparison() -> None:
    claims = read(
        "Persentase ormas aktif yang semula 92% (Tahun 2022) naik menjadi 100% (Tahun 2023) dan 96% (Tahun 2024)."
    )
    assert [(c.tahun, values(c)) for c in claims] == [
        (2022, {"realisasi": "92"}),
        (2023, {"realisasi": "100"}),
        (2024, {"realisasi": "96"}),
    ]
    assert {c.subjek for c in claims} == {"Persentase ormas aktif"}


def test_year_named_for_each_figure() -> None:
    claims = read(
        "Tahun 2022 realisasi indeks kepuasan sebesar 86,16% dengan target 74,5% sedangkan di tahun 2023 realisasinya"
        " 89,68% dengan target 76,05%."
    )
    assert [(c.tahun, values(c)) for c in claims] == [
        (2022, {"realisasi": "86.16", "target": "74.5"}),
        (2023, {"realisasi": "89.68", "target": "76.05"}),
    ]


def test_a_series_without_years_has_none() -> None:
    claims = read("Realisasi indeks kepuasan naik dari tahun ke tahun yaitu 5,17 %, 5,45 %, 5,50 %.")
    assert [c.tahun for c in claims] == [None, None, None]


def test_year_of_a_law_is_no_year_of_a_claim() -> None:
    claims = read("Sesuai Peraturan Daerah Nomor 7 Tahun 2016 Dinas Pasar mengelola anggaran sebesar Rp. 7.000.000,00.")
    assert [c.tahun for c in claims] == [2024]


def test_parts_of_a_total_are_claims_of_their_own() -> None:
    claims = read(
        "Dinas Pasar memperoleh total anggaran sebesar Rp. 24.000.000,00 yang terdiri dari Belanja Langsung sebesar"
        " Rp. 14.000.000,00 dan Belanja Tidak Langsung sebesar Rp. 10.000.000,00. Penyerapan anggaran tersebut"
        " masing-masing adalah Rp. 13.000.000,00 atau 92,86% untuk Belanja Langsung dan sebesar Rp. 9.000.000,00 atau"
        " 90,00% untuk Belanja Tidak Langsung. Dengan demikian, total penyerapan anggaran tahun 2024 adalah sebesar"
        " Rp. 22.000.000,00 atau 91,67%."
    )
    assert [(c.subjek, values(c)) for c in claims] == [
        ("Dinas Pasar", {"anggaran": "24000000.00"}),
        ("Belanja Langsung", {"anggaran": "14000000.00"}),
        ("Belanja Tidak Langsung", {"anggaran": "10000000.00"}),
        ("Belanja Langsung", {"realisasi": "13000000.00", "persen": "92.86"}),
        ("Belanja Tidak Langsung", {"realisasi": "9000000.00", "persen": "90.00"}),
        ("total penyerapan anggaran tahun 2024", {"realisasi": "22000000.00", "persen": "91.67"}),
    ]


def test_stages_of_a_budget() -> None:
    claims = read(
        "- DPA Murni : dengan alokasi anggaran sebesar Rp. 39.000.000,00",
        "- DPA Perubahan : dengan alokasi anggaran sebesar Rp. 41.000.000,00",
        "Anggaran Dinas Pasar semula sebesar Rp. 39.000.000,00 menjadi Rp. 41.000.000,00 setelah perubahan.",
    )
    assert [(c.tahap, values(c)["anggaran"]) for c in claims] == [
        ("murni", "39000000.00"),
        ("perubahan", "41000000.00"),
        ("murni", "39000000.00"),
        (None, "41000000.00"),
    ]
    assert [c.subjek for c in claims[:2]] == ["DPA Murni", "DPA Perubahan"]


def test_quarter() -> None:
    claims = read("Realisasi anggaran Dinas Pasar triwulan II tahun 2024 sebesar Rp. 5.000.000,00 atau 45%.")
    assert [(c.periode, values(c)) for c in claims] == [("TW2", {"realisasi": "5000000.00", "persen": "45"})]


def test_nested_list_gives_levels_and_parents() -> None:
    claims = read(
        "- Program Taman Kota dengan anggaran sebesar Rp. 30.000.000,00 guna membiayai Kegiatan sebagai berikut:",
        "- Penataan Taman dengan anggaran sebesar Rp. 30.000.000,00 guna membiayai Sub Kegiatan sebagai berikut:",
        "- SubKegiatan Penanaman Pohon dengan anggaran sebesar Rp. 10.000.000,00",
        "- Penyiraman Pohon dengan anggaran sebesar Rp. 20.000.000,00",
        "- Program Pasar Kota dengan anggaran sebesar Rp. 40.000.000,00",
    )
    by_name = {c.subjek: c for c in claims}
    assert [c.tingkat for c in claims] == ["program", "kegiatan", "sub_kegiatan", "sub_kegiatan", "program"]
    assert by_name["Penataan Taman"].induk == by_name["Program Taman Kota"].record_id
    assert by_name["Penanaman Pohon"].induk == by_name["Penataan Taman"].record_id
    assert by_name["Penyiraman Pohon"].induk == by_name["Penataan Taman"].record_id
    assert by_name["Program Pasar Kota"].induk is None


def test_list_items_take_their_role_from_the_line_that_introduces_them() -> None:
    claims = read(
        "Anggaran Dinas Pasar Tahun 2023 terdiri dari:",
        "- Belanja Pegawai Rp. 5.000.000,00",
        "- Belanja Modal Rp. 7.000.000,00",
    )
    assert [(c.subjek, c.tahun, values(c)) for c in claims] == [
        ("Belanja Pegawai", 2023, {"anggaran": "5000000.00"}),
        ("Belanja Modal", 2023, {"anggaran": "7000000.00"}),
    ]


def test_pronouns_are_resolved() -> None:
    claims = read(
        "- Kegiatan Rapat Kerja. Jumlah anggaran yang dialokasikan untuk pelaksanaan kegiatan ini sebesar"
        " Rp. 518.230.000,00, dan realisasi anggaran sebesar Rp. 494.663.970,00 dengan output 4 kali rapat.",
        "Indikator : Persentase pasar bersih",
        "Target capaian indikator untuk sasaran strategis III pada tahun 2024 adalah 95%, sedangkan realisasi sebesar 96%."
        " Hal ini berarti capaian sasaran strategis III telah mencapai target sebesar 101% (Baik Sekali).",
    )
    assert [(c.subjek, values(c)) for c in claims] == [
        ("Kegiatan Rapat Kerja", {"anggaran": "518230000.00", "realisasi": "494663970.00"}),
        ("Persentase pasar bersih", {"target": "95", "realisasi": "96", "capaian": "101"}),
    ]


def test_malformed_amount_keeps_its_status_and_its_printed_text() -> None:
    (claim,) = read("Penataan Arsip dengan anggaran sebesar Rp. 39.236.116,499,00")
    assert claim.anggaran is not None
    assert claim.anggaran.malformed
    assert claim.anggaran.value == Decimal("39236116499.00")
    assert claim.anggaran.text == "Rp. 39.236.116,499,00"


def test_figures_keep_the_place_of_their_own_line() -> None:
    cut = [
        TextLine(
            "Penataan Arsip dengan anggaran sebesar Rp. 5.000.000,00 dan realisasi anggaran sebesar Rp.", Place(line=7)
        ),
        TextLine("4.000.000,00 atau setara 80,00%", Place(line=9), blank_before=True),
    ]
    (claim,) = extract_claims(cut, identity_year=2024)[0]
    assert claim.anggaran is not None
    assert claim.persen is not None
    assert (claim.place.line, claim.anggaran.place.line, claim.persen.place.line) == (7, 7, 9)
    assert values(claim) == {"anggaran": "5000000.00", "realisasi": "4000000.00", "persen": "80.00"}


def test_ids_are_unique_and_repeatable() -> None:
    texts = [text for text, _, _ in ONE]
    first, second = read(*texts), read(*texts)
    ids = [getattr(c, f).id for c in first for f in FIELDS if getattr(c, f) is not None] + [c.record_id for c in first]
    assert len(ids) == len(set(ids))
    assert first == second


def test_pages_number_the_ids_of_a_pdf() -> None:
    line = TextLine("Pagu anggaran Dinas Pasar sebesar Rp. 7.000.000,00.", Place(page=3, box=Box(50, 50, 500, 60)))
    (claim,) = extract_claims([line], identity_year=2024)[0]
    assert claim.record_id == "K3-1"
    assert claim.anggaran is not None
    assert claim.anggaran.id == "k3-1"
    assert claim.anggaran.place == line.place


def test_unknown_year_stays_unknown() -> None:
    (claim,) = read("Pagu anggaran Dinas Pasar sebesar Rp. 7.000.000,00.", year=0)
    assert claim.tahun is None


def test_an_endless_sentence_is_a_doubt_and_no_claim() -> None:
    claims, doubts = extract_claims(lines("anggaran sebesar Rp. 5.000.000,00 dan " * 2000), identity_year=2024)
    assert claims == ()
    assert [d.kind for d in doubts] == ["klaim"]


def test_reading_nothing() -> None:
    assert extract_claims([], identity_year=2024) == ((), ())


SHARED = Path(__file__).resolve().parents[2] / "../shared"


@pytest.mark.skipif(not SHARED.exists(), reason="the shared gold reports are not here")
@pytest.mark.parametrize("name", ["pontianak-2024", "banjarbaru-2024"])
def test_against_the_gold_of_real_reports(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    sys.path.insert(0, str(SHARED / "tools"))
    from score import FIELDS as SCORED  # type: ignore[import-not-found]
    from score import score_rows

    from extractors.layout import blocks
    from extractors.read.text import read_text
    from extractors.tables.stitch import stitch

    gold = json.loads((SHARED / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    _, text = stitch(blocks(read_text(SHARED / "reports" / "text" / f"{name}.txt")))
    claims, _ = extract_claims(text, identity_year=gold["document"]["year"])
    rows = [
        {"line": c.place.line, "subjek": c.subjek, "tahun": c.tahun}
        | {f: getattr(c, f).value if getattr(c, f) else None for f in SCORED["klaim"]}
        for c in claims
    ]
    right, in_gold, in_found = score_rows("klaim", gold["klaim"], rows, 0)
    capsys.readouterr()
    assert right / in_gold >= 0.97
    assert right / in_found >= 0.95


def test_every_cue_phrase_has_one_role() -> None:
    from schemas import vocab

    phrases = [row["frasa"] for row in vocab.load("klaim_isyarat")]
    assert len(phrases) == len(set(phrases))


def test_reading_claims_loads_spacy_only_when_there_is_text() -> None:
    import subprocess

    code = "import sys, extractors.klaim; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
