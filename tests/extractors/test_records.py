"""Rows -> budget lines and indicators, from text to records."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from extractors.slots import slots_of
from pipeline.extract import report_of
from schemas.document import Document, SourceLine
from schemas.figure import Status
from schemas.records import Anggaran, Column, Identity, Report

WHO = Identity("Dinas Contoh", "Kota Sukamaju", None, 2024, "lkjip", "dinas-contoh-kota-sukamaju")


def report(text: str, year: int = 2024, jenis: str = "lkjip") -> Report:
    lines = tuple(SourceLine(i, t) for i, t in enumerate(text.split("\n"), 1))
    document = Document("a.txt", hashlib.sha256(text.encode()).hexdigest(), "text", lines)
    who = Identity(WHO.instansi, WHO.wilayah, None, year, jenis, WHO.agency)
    return report_of(document, lambda _: who)


def amounts(record: Anggaran) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return tuple(f.value if f else None for f in (record.anggaran, record.realisasi, record.persen))  # type: ignore[return-value]


CODED = """Kode\tUraian Program/Kegiatan/Sub Kegiatan\tAnggaran (Rp)\tRealisasi (Rp)\t%
8.01.01\tProgram Satu\t3.000.000,00\t2.700.000,00\t90,00
8.01.01.2.01\tKegiatan A\t3.000.000,00\t2.700.000,00\t90,00
8.01.01.2.01.0001\tSub A1\t1.000.000,00\t900.000,00\t90,00
8.01.01.2.01.0002\tSub A2\t2.000.000,00\t1.800.000,00\t90,00
Jumlah\t\t3.000.000,00\t2.700.000,00\t90,00"""


def test_levels_and_parents_come_from_the_code() -> None:
    found = report(CODED).anggaran
    assert [a.tingkat for a in found] == ["program", "kegiatan", "sub_kegiatan", "sub_kegiatan", "total"]
    assert [a.induk for a in found] == [None, "a00001", "a00002", "a00002", None]
    assert amounts(found[2]) == (Decimal("1000000.00"), Decimal("900000.00"), Decimal("90.00"))
    assert found[4].place.line == 6


def test_parents_do_not_come_from_sums() -> None:
    wrong = CODED.replace("2.000.000,00\t1.800.000,00", "7.000.000,00\t1.800.000,00")
    assert [a.induk for a in report(wrong).anggaran] == [a.induk for a in report(CODED).anggaran]


def test_levels_without_codes_come_from_words_and_numbering() -> None:
    found = report(
        "No\tProgram/Kegiatan\tAnggaran (Rp)\n1\tProgram Satu\t300.000.000\n\tPerencanaan\t100.000.000\n\tKeuangan\t200.000.000\n2\tProgram Dua\t50.000.000"
    ).anggaran
    assert [a.tingkat for a in found] == ["program", "kegiatan", "kegiatan", "program"]
    assert [a.induk for a in found] == [None, "a00001", "a00001", None]


def test_stages_give_a_record_each_and_the_realisation_goes_to_the_revised_one() -> None:
    found = report(
        "Program\tAnggaran\t\tRealisasi\t%\n\tMurni\tPerubahan\t\t\nSatu\t1.000.000\t2.000.000\t1.500.000\t75,00"
    ).anggaran
    assert [(a.tahap, *amounts(a)) for a in found] == [
        ("murni", Decimal(1000000), None, None),
        ("perubahan", Decimal(2000000), Decimal(1500000), Decimal("75.00")),
    ]


def test_years_give_a_record_each() -> None:
    found = report(
        "Uraian\tAnggaran\tRealisasi 2024\t(%)\tRealisasi 2023\nBelanja Pegawai\t1.000.000,00\t900.000,00\t90,00\t800.000,00"
    ).anggaran
    assert [(a.tahun, *amounts(a)) for a in found] == [
        (2024, Decimal("1000000.00"), Decimal("900000.00"), Decimal("90.00")),
        (2023, None, Decimal("800000.00"), None),
    ]


def test_blank_dash_zero_and_words_are_four_things() -> None:
    found = report(
        "Program\tAnggaran (Rp)\tRealisasi (Rp)\nSatu\t-\t0\nDua\t1.000.000\t\nTiga\t1.000.000\tbelum ada"
    ).anggaran
    one, two, three = found
    assert one.anggaran is not None
    assert (one.anggaran.status, one.anggaran.value) == (Status.STRIP, Decimal(0))
    assert one.realisasi is not None
    assert (one.realisasi.status, one.realisasi.value) == (Status.ANGKA, Decimal(0))
    assert two.realisasi is None
    assert three.realisasi is not None
    assert (three.realisasi.status, three.realisasi.value) == (Status.KATA, None)


def test_an_agreement_and_its_revision_have_stages() -> None:
    table = "\n\nProgram\tAnggaran\nSatu\tRp 1.000.000\n\n"
    found = report(
        f"PERJANJIAN KINERJA TAHUN 2024{table}kalimat pemisah di sini.\n\nPERJANJIAN KINERJA PERUBAHAN TAHUN 2024{table}"
    ).anggaran
    assert [a.tahap for a in found] == ["murni", "perubahan"]
    assert [a.tahap for a in report(f"PERJANJIAN KINERJA TAHUN 2024{table}").anggaran] == [None]


def test_merged_objectives_are_filled_down_and_goals_are_not() -> None:
    found = report(
        "Tujuan\tSasaran\tIndikator\tTarget\nMutu\t\tIndeks tujuan\t80\n\tMeningkatnya layanan\tIndeks A\t81\n\t\tIndeks B\t82"
    ).kinerja
    assert [k.sasaran for k in found] == [None, "Meningkatnya layanan", "Meningkatnya layanan"]


def test_group_rows_name_the_objective() -> None:
    found = report(
        "No\tIndikator\tSatuan\tTarget\tRealisasi\tCapaian\n1\tSasaran strategis I : Meningkatnya mutu\t\t\t\t\n\tIndeks\t%\t95%\t96%\t101%"
    ).kinerja
    assert [(k.sasaran, k.indikator, k.satuan) for k in found] == [
        ("Sasaran strategis I : Meningkatnya mutu", "Indeks", "persen")
    ]
    assert found[0].target is not None
    assert found[0].target.value == 95


def test_five_targets_are_five_records_and_a_final_state_that_repeats_is_none() -> None:
    found = report("Indikator\tTarget\t\t\tKondisi Akhir\n\t2023\t2024\t2025\t\nIndeks\t70\t75\t80\t80").kinerja
    assert [(k.tahun, k.target.value if k.target else None) for k in found] == [(2023, 70), (2024, 75), (2025, 80)]


def test_words_in_place_of_a_number_are_kept_as_words() -> None:
    found = report("Indikator\tTarget\tRealisasi\tCapaian\nIndeks\t4,85\tBelum diketahui\t100").kinerja
    assert found[0].realisasi is not None
    assert (found[0].realisasi.value, found[0].realisasi.text) == (None, "Belum diketahui")


def test_last_years_caption_counts_only_when_the_report_says_so() -> None:
    table = "Indikator\tTarget\tCapaian (%)\nIndeks\t80\t75"
    assert report(f"Tabel 2.6\nCapaian Kinerja Tahun 2020\n\n{table}", 2021, "rkt").kinerja[0].tahun == 2020
    assert report(f"Tabel 2.6\nCapaian Kinerja Tahun 2023\n\n{table}").kinerja[0].tahun == 2024


def test_every_figure_has_its_own_id_and_place() -> None:
    found = report(CODED)
    figures = [f for a in found.anggaran for f in (a.anggaran, a.realisasi, a.persen) if f]
    assert len({f.id for f in figures}) == len(figures) == 15
    assert all(f.place.line for f in figures)


def test_counts_of_other_tables_are_kept_for_checking() -> None:
    found = report("No\tJabatan\tJumlah (orang)\n1\tKepala\t1\n2\tStaf\t4\n\tJumlah\t5")
    assert [f.value for f in found.counts] == [1, 4, 5]
    assert found.anggaran == ()


def test_slots_join_a_derived_column_to_the_record_before_it() -> None:
    columns = [
        Column(0, "indikator", "Indikator"),
        Column(1, "target", "Target", year=2023),
        Column(2, "realisasi", "Realisasi", year=2023),
        Column(3, "capaian", "%"),
        Column(4, "target", "Target", year=2024),
        Column(5, "capaian", "Capaian 2023", year=2023),
    ]
    slots = slots_of(columns, ("target", "realisasi", "capaian"), year=2024, name_role="indikator")
    assert [(s.year, s.fields) for s in slots] == [
        (2023, {"target": 1, "realisasi": 2, "capaian": 3}),
        (2024, {"target": 4}),
        (2023, {"capaian": 5}),
    ]


def test_a_unit_in_brackets_after_the_name() -> None:
    found = report(
        "Indikator Kinerja\tTarget\nJumlah produksi padi (Ton)\t379.860\nTingkat layanan (%)\t70\nIndeks (IKM)\t82,5"
    ).kinerja
    assert [k.satuan for k in found] == ["Ton", "persen", None]
