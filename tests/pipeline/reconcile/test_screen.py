"""Words sought in a whole text at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reconcile.once import forget
from pipeline.reconcile.prose import paragraphs
from pipeline.reconcile.screen import Joined, beginning, folded, holding, line_positions, positions, stems, where
from pipeline.reconcile.trends import words
from schemas.document import Place
from schemas.table import TextLine


def text(*lines: str):
    return paragraphs([TextLine(line, Place(line=at), bullet="-") for at, line in enumerate(lines, 1)])


def test_paragraphs_that_hold_a_word_of_every_need() -> None:
    told = text("Capaian NAIK setiap tahun", "turun", "", "kenaikan tiap tahun", "tahun ini")
    assert positions(told, ("naik", "turun")) == [0, 1, 3]
    assert positions(told, ("naik", "turun"), ("tahun",)) == [0, 3]
    assert [paragraph.text for paragraph in holding(told, ("ini",))] == ["tahun ini"]
    assert positions(told, ("hilang",)) == []
    assert positions(text(), ("naik",)) == []
    forget()


def test_no_word_goes_over_the_end_of_a_paragraph() -> None:
    assert positions(text("ta", "hun"), ("tahun",)) == []
    forget()


def test_a_few_stems_stand_for_many_words() -> None:
    assert stems("naik", "kenaikan", "meningkat") == ("naik", "meningkat")
    assert stems("orang pegawai", "orang asn") == ("orang",)
    assert stems() == ()


@pytest.mark.parametrize("kind", ["naik", "selalu", "tercapai", "peringkat"])
def test_every_word_holds_a_stem(kind: str) -> None:
    assert all(any(stem in word for stem in stems(*words(kind))) for word in words(kind))


@given(st.text(alphabet="sSſiIİıkK\u212a aZ\u00df\ufb06", max_size=12), st.sampled_from(["sik", "i", "s", "k", "as"]))
def test_what_a_pattern_matches_in_any_capitals_is_found(printed: str, word: str) -> None:
    low = folded(printed)
    assert len(low) == len(printed)
    at = [match.start() for match in re.finditer(f"(?={word})", printed, re.IGNORECASE)]
    assert at == [match.start() for match in re.finditer(f"(?={word})", low)]


@given(st.text(alphabet="uUpP xX12", max_size=20))
def test_matches_are_those_of_finditer(printed: str) -> None:
    pattern = re.compile(r"(?<![a-z])(?:uu|pp)\s*(?:uu\s*)?\d", re.IGNORECASE)
    told = [match.span() for match in Joined.of([printed]).matches(pattern, ("uu", "pp"))]
    assert told == [match.span() for match in pattern.finditer(printed)]


def test_lines_of_the_paragraphs_that_hold_a_word(b: Any) -> None:
    for line in ("NIP 1", "tidak ada", "lain nip"):
        b.say(line)
    report = b.report()
    told = set(line_positions(report, ("nip",)))
    assert told >= {at for at, line in enumerate(report.text) if "nip" in line.text.casefold()}
    assert told <= set(range(len(report.text)))
    forget()


def test_paragraphs_in_which_a_match_begins() -> None:
    told = text("sebanyak orang", "sebanyak 12 orang", "SEBANYAK  Orang", "orang")
    assert beginning(told, re.compile(r"sebanyak\s+orang"), ("sebanyak",)) == {0, 2}
    assert where(told, ("orang",), lambda low, at: low[:at].endswith("12 ")) == {1}
    forget()


def test_the_line_of_a_character() -> None:
    whole = Joined.of(["ab", "", "cd"])
    assert whole.text == "ab  cd"
    assert [whole.line_at(at) for at in (0, 1, 4, 5)] == [0, 0, 2, 2]
