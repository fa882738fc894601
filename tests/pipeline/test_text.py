"""Text of reports can harm neither a terminal nor a spreadsheet."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import spreadsheet, terminal


@given(st.text())
def test_terminal_text_has_nothing_invisible(text: str):
    shown = terminal(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in shown)


def test_terminal_text_keeps_words():
    assert terminal("Anggaran\n\t Rp\u202e1.000\x1b[31m") == "Anggaran Rp1.000[31m"


def test_formulas_are_disarmed_and_numbers_stay():
    for text in ("=1+1", "+CMD()", "-2+3", "@SUM(A1)", "\tx", "\r=1", "-", "- .00"):
        assert spreadsheet(text) == "'" + text
    for text in ("-12.50", "+3", "12", "Program", ""):
        assert spreadsheet(text) == text
