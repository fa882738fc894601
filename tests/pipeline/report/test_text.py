"""Hostile text is harmless before it reaches a page, a workbook or a CSV."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.text import LONGEST, csv_text, visible


def test_direction_marks_are_shown_not_obeyed():
    assert visible("Rp 1\u202e000.2\u202c") == "Rp 1[U+202E]000.2[U+202C]"


def test_control_and_zero_width_characters_go_away():
    assert visible("a\x00b\u200bc\ufeffd\x1b[31m") == "abcd[31m"


def test_lines_and_unusual_spaces_become_one_space():
    assert visible(" a\r\n\tb\u00a0\u2028c ") == "a b c"


def test_a_long_text_is_cut_and_says_how_long_it_was():
    shown = visible("x" * 100_000)
    assert len(shown) < LONGEST + 40
    assert shown.endswith("… [100.000 karakter]")


def test_a_short_list_entry_just_ends():
    assert visible("satu dua tiga", 8) == "satu dua…"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "\t=", "\u200b=", " ="])
def test_csv_never_starts_a_formula(start: str):
    assert csv_text(start + "HYPERLINK(1)").startswith("'")


def test_csv_is_safe_where_a_spreadsheet_splits_at_semicolons():
    assert csv_text("a;=HYPERLINK(1)") == "a;'=HYPERLINK(1)"
    assert csv_text("a; b") == "a; b"


def test_plain_numbers_stay_numbers_in_csv():
    assert csv_text("-150.00") == "-150.00"


@given(st.text(max_size=200))
def test_whatever_is_read_is_printable_and_stable(text: str):
    shown = visible(text)
    assert shown == "" or shown.isprintable()
    assert visible(shown) == shown
