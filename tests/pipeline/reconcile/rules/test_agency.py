"""Names of other agencies and regions in the place of the own one."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.reconcile import reconcile
from pipeline.reconcile.regions import is_own, region_at
from pipeline.reconcile.rules.agency import check

OWN = "Dinas Arsip dan Buku Kota Sukamaju"


@pytest.fixture
def report(b: Any) -> Any:
    b.instansi = "Dinas Arsip dan Buku"
    for _ in range(3):
        b.say(f"{OWN} mengelola arsip daerah.", blank_before=True)
    return b


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("unit di lingkungan Dinas Arsip dan Buku Kabupaten Sukamundur harus", "Dinas Arsip dan Buku Kabupaten Sukamundur"),
        ("Pada tahun ini, Dinas Arsip dan Buku Provinsi Jawa Barat juga melakukan reviu.", "Dinas Arsip dan Buku Provinsi Jawa Barat"),
        ("Indikator Kinerja Utama Dinas Arsip dan Buku Provinsi Jawa Barat Tahun 2024", "Dinas Arsip dan Buku Provinsi Jawa Barat"),
        ("alat kendali yang menjadi tekad di lingkungan Dinas Arsip dan Buku Provinsi Banten", "Dinas Arsip dan Buku Provinsi Banten"),
        ("sesuai data Kantor Arsip dan Buku Kota Sukamaju jumlah arsip", "Kantor Arsip dan Buku Kota Sukamaju"),
        ("sasaran Badan arsip dan buku meliputi", "Badan arsip dan buku"),
    ],
)  # fmt: skip
def test_left_over_names(report: Any, failing: Any, sentence: str, stated: str) -> None:
    report.say(sentence, blank_before=True)
    (one,) = failing(check, report)
    assert one.stated == stated
    assert str(one.expected).startswith("Dinas Arsip dan Buku")
    assert stated in reconcile(report.report())[1][0].pesan


@pytest.mark.parametrize(
    "sentence",
    [
        f"{OWN} menetapkan target.",
        "Dinas Arsip dan Buku Kota Sukamajju menetapkan target.",  # misspelt
        "Dinas berkoordinasi dengan Dinas Arsip dan Buku Provinsi Jawa Barat.",
        "telaahan Renstra Dinas Arsip dan Buku Provinsi Jawa Barat",
        "Peraturan Daerah Nomor 3 Tahun 2010 tentang Kantor Arsip dan Buku Kota Sukamaju",
        "Dinas ini semula bernama Kantor Arsip dan Buku Kota Sukamaju.",
        "Kantor Arsip dan Buku Kota Sukamaju kemudian menjadi Dinas.",
        "rapat bertempat di Kantor Arsip dan Buku Kota Sukamaju",
        "Kementerian Dalam Negeri, Bidang Arsip dan Buku, dan Inspektorat Kota Sukamaju menetapkan",
    ],
)
def test_other_agencies_that_are_meant(report: Any, failing: Any, sentence: str) -> None:
    report.say(sentence, blank_before=True)
    assert failing(check, report) == []


def test_what_cannot_be_told(report: Any, outcomes: Any) -> None:
    report.say("Arsip Dinas Arsip dan Buku Provinsi Jawa Barat banyak.", blank_before=True)
    assert outcomes(check, report) == ["tak_teruji", "cocok"]


def test_an_agency_that_is_mostly_called_otherwise(b: Any, failing: Any) -> None:
    b.instansi = "Dinas Arsip dan Buku"
    b.say("Kantor Arsip dan Buku Kota Sukamaju melaksanakan tugas.")
    assert failing(check, b) == []  # too little is said to know which name is the right one


def test_captions(report: Any, failing: Any) -> None:
    title = "Perjanjian Kinerja Dinas Arsip dan Buku Provinsi Jawa Barat Tahun 2024"
    report.performance("T1", ["indikator", "target"], [], title=title)
    report.performance("T2", ["indikator", "target"], [], title=f"Perbandingan dengan {title}")
    assert len(failing(check, report)) == 1


def scope(b: Any, *regions: str) -> None:
    for region in regions:
        b.say(f"Terbatasnya pembinaan arsip di wilayah {region};", blank_before=True)


def test_another_level_among_like_sentences(b: Any, failing: Any) -> None:
    scope(b, "kota sukamaju", "provinsi sesuai ketentuan", "kota sukamaju")
    (one,) = failing(check, b)
    assert (one.stated, one.expected, one.place.line) == ("di wilayah provinsi", "di wilayah Kota Sukamaju", 2)


@pytest.mark.parametrize("region", ["provinsi, kabupaten dan kota", "Provinsi Jawa Barat", "kota lain"])
def test_other_regions_that_are_meant(b: Any, failing: Any, region: str) -> None:
    scope(b, "kota sukamaju", region, "kota sukamaju")
    assert failing(check, b) == []


def test_one_sentence_alone(b: Any, failing: Any) -> None:
    scope(b, "provinsi", "kota sukamaju")
    assert failing(check, b) == []


def test_regions() -> None:
    text = "Dinas Kabupaten Bandung Barat Tahun 2024"
    found = region_at(text, 5)
    assert found is not None
    assert (found.full, found.official, text[found.end :]) == ("Kabupaten Bandung Barat", True, " Tahun 2024")
    assert region_at("Kota yang besar", 0) is None
    assert is_own("KOTA PONTINAK TAHUN", 0, "Kota Pontianak")
    assert not is_own("Kabupaten Pontianak", 0, "Kota Pontianak")
