from __future__ import annotations

from decimal import Decimal

from extractors.read.doubts import ScannedWords
from schemas.document import Box, Document, Page, Place, Word
from schemas.figure import Figure, Status
from schemas.records import Klaim


def word(text: str, x: float, top: float, confidence: float = 0.99, other: str | None = None) -> Word:
    return Word(text, Box(x, top, x + 50, top + 10), 10, confidence=confidence, other=other)


def figure(text: str, box: Box, confidence: float, table_id: str | None = "t001") -> Figure:
    place = Place(1, None, box)
    return Figure("f", text, Decimal(1), 0, None, Status.ANGKA, place, confidence, table_id, 2, 3)


def document(*words: Word, method: str = "ocr") -> Document:
    return Document("x.pdf", "0" * 64, "scan", pages=(Page(1, 600, 800, words=words, method=method),))


CELL = Box(90, 95, 160, 115)


def test_an_unsure_figure_is_a_doubt_at_its_place() -> None:
    found = ScannedWords.of(document(word("614,40", 100, 100, 0.7))).doubts([figure("614,40", CELL, 0.7)])
    assert [(d.kind, d.text, d.table_id, d.row, d.col, d.confidence) for d in found] == [
        ("ocr", "614,40", "t001", 2, 3, 0.7)
    ]
    assert "0,70" in found[0].reason


def test_two_readings_are_both_told() -> None:
    words = document(word("514,40", 100, 100, 0.6, other="614,40"))
    (doubt,) = ScannedWords.of(words).doubts([figure("514,40", CELL, 0.6)])
    assert '"514,40" atau "614,40"' in doubt.reason


def test_sure_figures_and_text_pages_raise_none() -> None:
    sure = document(word("614,40", 100, 100))
    assert ScannedWords.of(sure).doubts([figure("614,40", CELL, 0.99)]) == ()
    typed = document(word("614,40", 100, 100, 0.5), method="text")
    assert ScannedWords.of(typed).doubts([figure("614,40", CELL, 0.5)]) == ()


def test_a_claim_is_as_sure_as_the_word_that_gives_its_figure() -> None:
    line = Box(50, 100, 500, 110)
    words = document(word("95%", 100, 20, 0.2), word("sebesar", 50, 100, 0.5), word("95%,", 200, 112, 0.7))
    claim = Klaim("k1", Place(1, None, line), "", None, None, None, None, persen=figure("95%", line, 1.0, None))
    (weighed,) = ScannedWords.of(words).weigh([claim])
    assert weighed.persen is not None
    assert weighed.persen.confidence == 0.7
    assert ScannedWords.of(document(method="text")).weigh([claim]) == (claim,)
