"""Seeking finds what the patterns find when they are tried at every character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import instansi, tahun, wilayah
from extractors.seek import LONG, either, either_capital, findable, holds_rare, lowered, positions, seek
from extractors.threes import PART, candidates

WORDS = """
tahun anggaran TAHUN ta. T.A. 2024 2019 20245 nomor No. uu 53/2014 PP undang-undang permenpan peraturan
LKjIP lakip LAPORAN kinerja rencana tahunan perjanjian penetapan realisasi capaian 31 desember
Kota KOTA kotaPontianak kab. Kabupaten Bupati walikota Pemkot provinsi Prov. Pontianak Sleman Jakarta DKI
İstanbul ıkan ſekretariat K ß - – / . , ( ) : ;
"""
PIECES = (*WORDS.split(), " ", "\n", "\n\n")
SOUGHT = (
    (tahun._LAW, tahun._LAWS),
    (tahun._OWN, tahun._KINDS),
    (tahun._KIND_YEAR, tahun._KINDS),
    (tahun._BUDGET_YEAR, tahun._NAMES),
    (tahun._NAMED, tahun._NAMES),
    (tahun._RESULT, tahun._RESULTS),
    (wilayah._PREFIX, wilayah._BEGINNINGS),
    (wilayah._GLUED, wilayah._BEGINNINGS),
)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(("", " ")))
def test_the_same_matches_as_everywhere(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    for pattern, beginnings in SOUGHT:
        found = [m.span() for m in seek(pattern, beginnings, text, lowered(text))]
        assert found == [m.span() for m in pattern.finditer(text)]


@settings(max_examples=150)
@given(st.lists(st.sampled_from((*PIECES, "é", "\0", "t", "no", "@")), max_size=40), st.sampled_from(("", " ")))
def test_many_literals_are_found_at_once_as_one_by_one(pieces: list[str], gap: str) -> None:
    text = lowered(gap.join(pieces))
    for _, beginnings in (*SOUGHT, (None, ("t", "ta", "kota", "@", "\0"))):
        found = [at for at in candidates(beginnings, text) if text.startswith(beginnings, at)]
        assert (
            found == [at for at in range(len(text)) if text.startswith(beginnings, at)] == positions(beginnings, text)
        )
        long = text + "\n" * LONG
        assert positions(beginnings, long) == found


@pytest.mark.parametrize("at", [0, 1, 2, PART - 3, PART - 2, PART - 1, PART, PART + 1, PART + 2, 2 * PART + 3])
@pytest.mark.parametrize("behind", [0, 1, 5])
def test_a_long_text_is_looked_through_in_parts(at: int, behind: int) -> None:
    literals = ("kota", "kab", "ta", "t")
    text = "-" * at + "kab" + "-" * behind + "t"
    assert [k for k in candidates(literals, text) if text.startswith(literals, k)] == [at, len(text) - 1]


def test_lower_case_keeps_every_place() -> None:
    text = "İstanbul KOTA ıſK ẞ"
    assert len(lowered(text)) == len(text)
    assert lowered(text).startswith("istanbul kota isk")
    assert positions(("kota", "ota"), lowered(text)) == [9, 10]


@pytest.mark.parametrize("text", ["Dinas Kesehatan", "dinas\nkesehatan", "Dinas", "Badan Riset", "Kota Dinas"])
def test_either_takes_the_longest_spelling(text: str) -> None:
    spellings = ["Dinas", "Dinas Kesehatan", "Badan", "Dinkes"]
    plain = "|".join(r"\s+".join(s.split()) for s in sorted(spellings, key=len, reverse=True))
    assert re.findall(either(spellings, r"\s+"), text, re.I) == re.findall(plain, text, re.I)


def test_places_without_a_first_letter_of_a_region_name_none() -> None:
    assert {literal[:3] for literal in wilayah._BEGINNINGS} == wilayah._FIRST
    assert instansi.at("Sekretariat Kota Pontianak", 0) is None
    region = instansi.at("Sekretariat Kota Pontianak", 12)
    assert region is not None
    assert region.wilayah.nama == "Kota Pontianak"


@pytest.mark.parametrize(
    "text", ["Sekretariat Daerah", "ſekretariat Daerah", "KECAMATAN X, \u212aecamatan", "x.Dinas aDinas"]
)
def test_heads_are_found_as_with_every_capital_that_re_knows(text: str) -> None:
    spellings = ["Dinas", "Sekretariat Daerah", "Kecamatan"]
    plain = rf"(?<![\w.])(?=[^\W\d_a-z])(?i:{'|'.join(spellings)})"
    found = either_capital(spellings, r"\s+", behind=r"[\w.]", rare=holds_rare(text))
    assert [m.span() for m in re.finditer(found, text)] == [m.span() for m in re.finditer(plain, text)]


@given(st.text(alphabet="nNoOkKsSiIıİſ\u212a–é \ud800", max_size=30))
def test_literals_are_found_where_they_stand_in_lower_case(text: str) -> None:
    assert positions(("no", "k", "si"), findable(text)) == positions(("no", "k", "si"), lowered(text))
    assert len(findable(text)) == len(text)
