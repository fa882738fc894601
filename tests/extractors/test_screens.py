"""The cheap screens before the patterns of running text change nothing but the time that is taken."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.klaim import nama, tingkat
from extractors.klaim.cues import find_cues
from extractors.numbers import Style, cell, find_numbers, parse, running

WORDS = """
Pada pada untuk di dalam akhir tahun Tahun TA ta.2024 tahunini 2019 2024 T.A. triwulan TW semester bulan s.d. II berdasarkan
Berdasarkan menurut sesuai seperti dari tabel rumus formulasi perhitungan 3.1 tersebut diatas maka sedangkan rata-rata
Serta yaitu yakni: Melalui kegiatan program sub sub-kegiatan bahwa diketahui dijelaskan dilihat memiliki dilaksanakan
didukung adalah telah sehingga sebesar senilai mencapai yang dan, dengan (dua) ( ) , . ; : 1. a) • - – Kesehatan Rp
Pelayanan belanja modal ſebesar İni KEGİATAN dilaKſanakan ini itu oleh masing-masing sampai lalu sebelumnya lain antara
sebagai berikut berikutini: 1) (2) 100 x 12/3 5:2 2024-01-02 1.2.2024 IV.3 199001012020011001 Rp1.000.000,00 98,5%
"""
TEXTS = st.lists(st.sampled_from((*WORDS.split(), "\t", "\n", " ")), max_size=14).flatmap(
    lambda pieces: st.sampled_from((" ".join(pieces), "".join(pieces)))
)
FORMS = ("Rp", "Rp. ", "0", "7", "123", ".", ",", ".000", ",123", ",00", " ", "%", " %", "-", "12345678901234567")
MANY = settings(max_examples=150)


class _Everything(frozenset[str]):
    """Lets each text pass a screen."""

    def __contains__(self, _: object) -> bool:
        return True

    def isdisjoint(self, _: object) -> bool:
        return False


@MANY
@given(TEXTS)
@pytest.mark.parametrize("function", [nama.clean, nama.strip_lead, nama.before_cue, nama.title_of])
def test_names(function: Callable[[str], str], text: str) -> None:
    screened = function(text)
    with pytest.MonkeyPatch.context() as patch:
        for screen in ("_openers", "_last_words", "_verb_words"):
            patch.setattr(nama, screen, _Everything)
        patch.setattr(nama, "REPORTING", _Everything())
        patch.setattr(nama, "NAMING", ("",))
        assert function(text) == screened


@MANY
@given(TEXTS)
def test_introductions(text: str) -> None:
    assert tingkat.introduces(text) == (tingkat.INTRODUCES.search(text[-tingkat.ENDING :]) is not None)


@MANY
@given(TEXTS)
def test_numbers(text: str) -> None:
    screened = find_numbers(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            running, "_NO_FIGURES", tuple((pattern, re.compile(""), ("",)) for pattern, *_ in running._NO_FIGURES)
        )
        patch.setattr(running, "_DIGIT", re.compile(r"(?=.*\d)|\d", re.S))
        patch.setattr(running, "_BEFORE_DIGITS", "")
        patch.setattr(cell, "read_plain", lambda *_: None)
        assert find_numbers(text) == screened


@given(
    st.lists(st.sampled_from(FORMS), max_size=6).map("".join),
    st.sampled_from([None, *(Style(grouping, same) for grouping in ("id", "en", "unknown") for same in (False, True))]),
    st.sampled_from(["any", "plain", "money", "percent"]),
    st.sampled_from([Decimal(1), Decimal(1000)]),
)
@settings(max_examples=600)
def test_usual_forms(text: str, style: Style | None, kind: str, scale: Decimal) -> None:
    read = parse(text, style=style, kind=kind, scale=scale)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cell, "read_plain", lambda *_: None)
        assert repr(parse(text, style=style, kind=kind, scale=scale)) == repr(read)


def test_phrases_do_not_reach_over_other_words() -> None:
    text = "realisasi dari pagu anggaran - realisasi dan target belanja, realisasi keuangan tanpa anggaran"
    cues = ["realisasi", "pagu anggaran", "realisasi", "target belanja", "realisasi keuangan", "anggaran"]
    assert [cue.text for cue in find_cues(text)] == cues
    assert find_cues("tanpa kata kunci") == ()
