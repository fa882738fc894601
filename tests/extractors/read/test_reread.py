from __future__ import annotations

import numpy as np
import pytest

from extractors.read import reread
from extractors.read.imagewords import PictureWord
from extractors.read.recognise import Reading
from extractors.read.reread import Look, column_forms, doubtful, is_figure_like, is_shaped, read_again


def word(text: str, confidence: float = 0.99, x1: float = 300.0, base: float = 50.0) -> PictureWord:
    return PictureWord(text, (confidence,) * len(text), x1 - 8 * len(text), x1, base, 16.0, confidence)


class Says:
    """A recogniser that gives prepared readings."""

    def __init__(self, *texts: str, prob: float = 0.99) -> None:
        self.texts, self.prob = texts, prob

    def read(self, lines: list[object], figures: bool = False) -> list[Reading]:
        return [Reading(t, (self.prob,) * len(t), (0.5,) * len(t)) for t in self.texts[: len(lines)]]


def again(first: PictureWord, second: str, prob: float = 0.99, form: str | None = None) -> PictureWord:
    look = Look(np.full((200, 700), 255, np.uint8), 2.0)
    return read_again([first], [form], look, Says(second, prob=prob))[0]  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reread, "_tesseract", lambda: None)


@pytest.mark.parametrize(
    "text", ["1.250.000", "84,50", "98,75%", "(33.660,00)", "1.03.02", "12-01-2024", "2.", "Rp.500"]
)
def test_shapes_of_figures(text: str) -> None:
    assert is_figure_like(text)
    assert is_shaped(text)


@pytest.mark.parametrize("text", ["1.2S0.000", "l.250.000", "1.25.000,00", "31B,90", "1.250.00O"])
def test_shapes_that_no_figure_has(text: str) -> None:
    assert is_figure_like(text)
    assert not is_shaped(text)


@pytest.mark.parametrize("text", ["Kegiatan", "P4GN", "-", "A1"])
def test_words_are_not_read_again(text: str) -> None:
    assert not is_figure_like(text)
    assert doubtful([word(text, 0.3)], [None]) == []


def test_doubtful_are_the_unsure_the_misshapen_and_those_unlike_their_column() -> None:
    column = [word(f"{n}.500,00", base=20.0 * n) for n in range(1, 9)]
    words = [*column, word("9.500.00", base=200), word("1.2S0,00", base=220), word("7.500,00", 0.7, base=240)]
    assert sorted(doubtful(words, column_forms(words))) == [8, 9, 10]
    assert len(doubtful(words, column_forms(words), coarse=True)) == len(words)


def test_agreement_makes_surer() -> None:
    settled = again(word("1.250", 0.7), "1.250", 0.97)
    assert (settled.text, settled.other) == ("1.250", None)
    assert settled.confidence == 0.97


def test_two_readings_that_differ_are_both_kept_and_doubted() -> None:
    settled = again(word("614,40", 0.80), "514,40", 0.95)
    assert (settled.text, settled.other) == ("514,40", "614,40")
    assert settled.confidence <= 0.6


def test_letters_in_a_figure_give_way_to_digits_with_a_doubt() -> None:
    settled = again(word("1.25O.000", 0.95), "1.250.000", 0.99)
    assert (settled.text, settled.other) == ("1.250.000", "1.25O.000")
    assert settled.confidence == 0.8


def test_the_columns_way_of_writing_decides_between_two_readings() -> None:
    settled = again(word("905,64", 0.7), "905.64", 0.99, form=",2")
    assert (settled.text, settled.other) == ("905,64", "905.64")
    assert settled.confidence <= 0.8


def test_nothing_read_at_the_second_look_changes_nothing() -> None:
    first = word("12", 0.5)
    assert again(first, "") == first


def test_tesseract_votes_between_two_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reread, "_tesseract", lambda: "tesseract")
    monkeypatch.setattr(reread, "tesseract_reading", lambda crop: "614,40")
    settled = again(word("614,40", 0.80), "514,40", 0.95)
    assert (settled.text, settled.other) == ("614,40", "514,40")
    monkeypatch.setattr(reread, "tesseract_reading", lambda crop: "814,40")
    assert again(word("614,40", 0.80), "514,40", 0.95).text == "514,40"
