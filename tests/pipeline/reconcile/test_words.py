"""Labels of totals and number words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from pipeline.reconcile.words import count_of, is_subtotal, is_total


@pytest.mark.parametrize(
    "label", ["JUMLAH", "Total", "Jumlah Keseluruhan", "<b>Total</b>", "Jumlah 43 orang", "Sub Total"]
)
def test_totals(label: str) -> None:
    assert is_total(label)


@pytest.mark.parametrize("label", ["Jumlah arsip yang ditata", "Penata", "", "12"])
def test_no_totals(label: str) -> None:
    assert not is_total(label)


def test_subtotals() -> None:
    assert is_subtotal("Sub Jumlah")
    assert not is_subtotal("Jumlah")


@given(st.integers(min_value=1, max_value=999_999))
def test_number_words_by_value(number: int) -> None:
    assert count_of(num2words(number, lang="id")) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [("seribu dua", 1002), ("Dua Puluh", 20), ("enam belas", 16), ("seratus sebelas", 111), ("nol", 0)],
)
def test_number_words(words: str, number: int) -> None:
    assert count_of(words) == number


@pytest.mark.parametrize("words", ["Dinas", "satu orang", "", "IV"])
def test_other_words_are_no_number(words: str) -> None:
    assert count_of(words) is None
