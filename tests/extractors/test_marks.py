"""Marks of converters: taken out of the text, kept as typography."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.marks import split_bullet, squash, strip_marks


@pytest.mark.parametrize(
    ("raw", "text", "bold", "italic"),
    [
        ("<i>Administrasi Umum</i>", "Administrasi Umum", False, True),
        ("**Tabel 3.7 Perbandingan", "Tabel 3.7 Perbandingan", True, False),
        ("*Tabel 1.1*", "Tabel 1.1", False, True),
        ("mencapai **100% (Baik)**.", "mencapai 100% (Baik).", False, False),
        ("Satu<br>dua &amp; tiga", "Satu dua & tiga", False, False),
        ("2 * 3 * 4", "2 * 3 * 4", False, False),
        ("< 50 dan > 40", "< 50 dan > 40", False, False),
    ],
)
def test_marks_become_flags(raw: str, text: str, bold: bool, italic: bool) -> None:
    marked = strip_marks(raw)
    assert (marked.text, marked.bold, marked.italic) == (text, bold, italic)


def test_breaks_may_be_kept() -> None:
    assert strip_marks("a<br/>b", keep_breaks=True).text == "a\nb"


@pytest.mark.parametrize(
    ("text", "bullet", "rest"),
    [
        ("- a. Program", "- a.", "Program"),
        ("1) Satu", "1)", "Satu"),
        ("• Satu", "•", "Satu"),
        ("1.2 Latar belakang", None, "1.2 Latar belakang"),
        ("100.000 orang", None, "100.000 orang"),
        ("Program", None, "Program"),
    ],
)
def test_list_marks(text: str, bullet: str | None, rest: str) -> None:
    assert split_bullet(text) == (bullet, rest)


def test_squash_joins_what_a_narrow_column_broke() -> None:
    assert squash("Realisa si (%)") == squash("REALISASI(%)") == "realisasi%"


@given(st.from_regex(r"[0-9.,%]{1,20}", fullmatch=True))
def test_no_character_of_a_figure_is_ever_lost(figure: str) -> None:
    assert strip_marks(f"<b>{figure}</b>").text == figure
    assert strip_marks(figure).text == figure
