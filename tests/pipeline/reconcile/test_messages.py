"""Sentences of findings in both languages."""

from __future__ import annotations

import string
from decimal import Decimal
from typing import Any

import pytest

from pipeline.reconcile import reconcile
from pipeline.reconcile.messages import BASIS, LANGUAGES, OPENING, SUGGESTION, SURE, number


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (Decimal("55075000.00"), "55.075.000,00", "55,075,000.00"),
        (Decimal("98.70"), "98,70", "98.70"),
        (Decimal("100"), "100", "100"),
        (Decimal("-33660129080.00"), "-33.660.129.080,00", "-33,660,129,080.00"),
        ("1.01.05", "1.01.05", "1.01.05"),
    ],
)
def test_numbers(value: Decimal | str, indonesian: str, english: str) -> None:
    assert number(value, "id") == indonesian
    assert number(value, "en") == english


def test_templates_have_both_languages_with_the_same_blanks() -> None:
    for templates in (OPENING, BASIS, SUGGESTION, SURE):
        for key, texts in templates.items():
            assert set(texts) == set(LANGUAGES), key
            blanks = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts.values()]
            assert blanks[0] == blanks[1], key


def test_a_sum_is_explained(b: Any) -> None:
    top = b.budget("T1", "Program Arsip", "300.000", kode="1.02")
    b.budget("T1", "Kegiatan", "100.000", level="kegiatan", parent=top)
    b.budget("T1", "Kegiatan", "150.000", level="kegiatan", parent=top)
    (one,) = reconcile(b.report())[1]
    assert one.pesan == (
        "Tabel T1, baris 1, 1.02 Program Arsip: anggaran: tercetak 300.000,00, seharusnya 250.000,00; "
        "selisih 50.000,00. Jumlah 2 bagiannya 250.000,00."
    )
    assert one.message == (
        "Table T1, line 1, 1.02 Program Arsip: anggaran: 300,000.00 is printed where 250,000.00 is expected; "
        "the difference is 50,000.00. Its 2 parts add up to 250,000.00."
    )


def test_no_blank_is_left_open(b: Any) -> None:
    b.budget("T1", "Program Arsip Daerah Kota", "300.000", "310.000", "95")
    b.claim("Program Arsip Daerah Kota", anggaran="350.000")
    b.say("sebanyak 3 (dua) orang")
    b.say("NIP. 19700101 199503 002")
    found = reconcile(b.report())[1]
    assert len(found) >= 4
    for one in found:
        assert "{" not in one.pesan + one.message + (one.saran or "")
        assert one.pesan != one.message
