"""What is tried on the parsers by hypothesis, and what must be true of their answers. Needs the `dev` extra."""

from __future__ import annotations

import random
import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from corpus.mutate import turn_over
from corpus.pdf import Pdf

PIECES = (
    *"0123456789.,-–()%/: \t|",
    "Rp",
    "Rp.",
    "sen",
    "juta",
    "miliar",
    "ribu",
    "triliun",
    "1.000",
    "1,5",
    "1e9",
    "e",
    "×",
    "½",
    "²",
    "٣",
    "１",
    "\u00a0",
    "\u202e",
    "NaN",
    "inf",
    "n/a",
    "orang",
    "dokumen",
    "II",
    "BB",
    "≥",
    "≤",
    "s.d.",
    "dari",
    "x",
    "+",
    "=",
    "a",
    "\x00",
    "\ud7ff",
    "\U0001f600",
)
SAID = (
    "nol",
    "satu",
    "se",
    "dua",
    "tiga",
    "sebelas",
    "belas",
    "puluh",
    "ratus",
    "seratus",
    "ribu",
    "seribu",
    "juta",
    "miliar",
    "milyar",
    "triliun",
    "koma",
    "per",
    "setengah",
    "rupiah",
    "persen",
    "dan",
    "-",
    "(",
    ")",
    " ",
    ",",
    "duapuluh",
    "serratus",
    "satujuta",
)
OPERATORS = (
    b"q ",
    b"Q ",
    b"BT ",
    b"ET ",
    b"/F1 9 Tf ",
    b"72 700 Td ",
    b"(1.000) Tj ",
    b"<41FF> Tj ",
    b"[(a) -900 (b)] TJ ",
    b"0 0 m ",
    b"500 0 l ",
    b"S ",
    b"0 0 99 99 re ",
    b"f ",
    b"1 0 0 1 9 9 cm ",
    b"0 0 0 0 0 0 Tm ",
    b"1e38 w ",
    b"/X Do ",
    b"BI ID EI ",
    b"3 Tr ",
    b"[",
    b"]",
    b"<<",
    b">>",
    b"(",
    b"-1e38 ",
    b"sh ",
    b"W n ",
    b"%\n",
    b"\x00",
)

NUMBERS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join)
WORDS = st.lists(st.sampled_from(SAID) | st.text(max_size=3), max_size=40).map(" ".join)
CELLS = (
    st.sampled_from(
        ("No", "Program", "Anggaran", "Realisasi", "%", "Jumlah", "1.000", "90,00", "", "Tabel 3.1", "2024")
    )
    | NUMBERS
)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=8).map("\t".join), min_size=1, max_size=25).map("\n".join)
PDF_BYTES = st.lists(st.sampled_from(OPERATORS) | st.binary(max_size=4), max_size=60).map(b"".join)


def number(text: str) -> None:
    """A cell and a running text: finite values, told from characters that are there."""
    from extractors.numbers import find_numbers, looks_numeric, parse

    looks_numeric(text)
    parsed = parse(text)
    assert parsed.value is None or (isinstance(parsed.value, Decimal) and parsed.value.is_finite())
    for found in find_numbers(text):
        assert found.parsed.value is None or found.parsed.value.is_finite()


def words(text: str) -> None:
    """A number in words: finite, and where it stands in the text."""
    from extractors.terbilang import find_words, parse_words

    value = parse_words(text)
    assert value is None or value.is_finite()
    for start, end, said, amount in find_words(text):
        assert 0 <= start < end <= len(text)
        assert said
        assert amount.is_finite()


def table(text: str) -> None:
    """A text file through everything: refused with a sentence, or read, checked and made into rows."""
    _whole(text.encode("utf-8", "replace"), ".txt")


def pdf(contents: bytes, seed: int) -> None:
    """A PDF of these contents, and the same with bits turned over."""
    data = Pdf(contents).bytes()
    _whole(data, ".pdf")
    _whole(turn_over(data, random.Random(seed)), ".pdf")


def _whole(data: bytes, suffix: str) -> None:
    from pipeline.extract import read_report
    from pipeline.reconcile import Materiality, reconcile
    from pipeline.rows import Origin, rows_of
    from schemas.errors import UnreadableInput

    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        file.write(data)
        file.flush()
        try:
            report = read_report(Path(file.name), name="kabur" + suffix, ocr="off")
        except UnreadableInput as refused:
            told = str(refused)
        else:
            told = ""
    if told:
        assert "\n" not in told
        return
    checks, findings = reconcile(report, Materiality())
    rows = rows_of(report, checks, findings, Origin("0" * 16, "kabur", (), report.document.sha256, "v"))
    assert len(rows["dokumen"]) == 1
