"""Whatever is written, parsers answer or refuse with a sentence; the same examples every time (the long run is
`benchmarks/fuzz.py`)."""

from __future__ import annotations

from corpus.fuzz import NUMBERS, PDF_BYTES, TABLES, WORDS, number, pdf, table, words
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

QUICK = settings(
    max_examples=80, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
FEW = settings(QUICK, max_examples=25)


@QUICK
@given(NUMBERS)
def test_numbers(text: str):
    number(text)


@QUICK
@given(WORDS)
def test_words_of_numbers(text: str):
    words(text)


@FEW
@given(TABLES)
def test_tables_of_text(text: str):
    table(text)


@FEW
@given(PDF_BYTES, st.integers(0, 2**32))
def test_pdfs(contents: bytes, seed: int):
    pdf(contents, seed)
