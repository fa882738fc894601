"""Regulations that the text cites, and counts of achieved indicators."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.reconcile import reconcile
from pipeline.reconcile.achieved import achieved_counts
from pipeline.reconcile.citations import cited_wrongly

RIGHT = "Undang-Undang Nomor 28 Tahun 1999 tentang Penyelenggaraan Negara yang Bersih dan Bebas dari Korupsi, Kolusi dan Nepotisme"


def test_a_known_regulation_with_another_year_and_its_next_mention(b: Any) -> None:
    b.say(RIGHT.replace("1999", "2009") + ".")
    b.say("Dalam UU No. 28 Tahun 2009 tersebut dinyatakan")
    first, second = cited_wrongly(b.report(), "narrative")
    assert [(c.outcome, c.stated, c.expected, c.place.line) for c in (first, second)] == [
        ("tidak_cocok", "2009", "1999", 1),
        ("tidak_cocok", "2009", "1999", 2),
    ]
    (one, _) = reconcile(b.report())[1]
    assert "tercetak 2009" in one.pesan


@pytest.mark.parametrize(
    "sentence",
    [
        RIGHT,
        "Undang-Undang Nomor 32 Tahun 2004 tentang Pemerintahan Daerah",  # an older one of the same title
        "Undang-Undang Nomor 9 Tahun 2015 tentang Perubahan Kedua atas Undang-Undang Nomor 23 Tahun 2014",
        "Peraturan Pemerintah Nomor 41 Tahun 2007 tentang Organisasi Perangkat Daerah",
        "Peraturan Daerah Nomor 39 Tahun 2014 tentang Sistem Akuntabilitas Kinerja Instansi Pemerintah",
        "UU No. 28 Tahun 2009",
    ],
)
def test_nothing_to_say(b: Any, sentence: str) -> None:
    b.say(sentence)
    assert [c for c in cited_wrongly(b.report(), "narrative") if c.outcome != "cocok"] == []


def test_an_unknown_regulation_against_most_of_its_mentions(b: Any) -> None:
    title = "tentang Penataan Arsip Statis dan Perpustakaan Digital"
    for number in ("12", "12", "21"):
        b.say(f"Peraturan Presiden Nomor {number} Tahun 2018 {title};")
    outcomes = [(c.stated, c.expected) for c in cited_wrongly(b.report(), "narrative")]
    assert outcomes == [("21", "12")]


def indicators(b: Any, *capaian: str) -> None:
    names = ("Indeks arsip daerah", "Indeks literasi warga", "Persentase koleksi terawat", "Jumlah naskah kuno")
    for name, value in zip(names, capaian, strict=False):
        b.indicator("T1", name, "80", "80" if value == "100" else "70", value)


@pytest.mark.parametrize(("met", "rest", "outcomes"), [("2", "1", ["cocok"] * 2), ("3", "0", ["tidak_cocok"] * 2)])
def test_achieved_indicators(b: Any, met: str, rest: str, outcomes: list[str]) -> None:
    indicators(b, "100", "100", "87,5")
    b.say(f"Dari tiga indikator kinerja yang ditetapkan, sebanyak {met} indikator kinerja telah berhasil dicapai,")
    b.say(f"sedangkan {rest} indikator kinerja belum tercapai.")
    assert [str(c.outcome) for c in achieved_counts(b.report(), "count")] == outcomes


def test_another_number_of_indicators_than_the_tables_have_claims_nothing(b: Any) -> None:
    indicators(b, "100", "100", "87,5")
    b.say("Dari 5 indikator kinerja, sebanyak 5 indikator kinerja telah berhasil dicapai.")
    assert list(achieved_counts(b.report(), "count")) == []
