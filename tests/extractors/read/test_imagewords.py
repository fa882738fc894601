from __future__ import annotations

import numpy as np

from extractors.read.imagewords import confidence_of, words_of
from extractors.read.recognise import Reading
from extractors.read.textboxes import Blots

SIZE = 20.0
LETTER, NARROW = 8.0, 1.5  # width of a letter's ink, usual gap


def printed(text: str, gaps: dict[int, float]) -> Blots:
    """Letters of 8 x 14 pixels on a baseline at 100; `gaps[i]` is the blank before character i."""
    x, boxes = 10.0, []
    for i, _ in enumerate(text):
        x += gaps.get(i, NARROW)
        boxes.append((x, 86.0, x + LETTER, 100.0, 60.0))
        x += LETTER
    return Blots(*np.array(boxes).T)


def reading(text: str, blots: Blots, probs: float = 0.99) -> Reading:
    shown = [c for c in text if c != " "]
    middles = ((blots.x0 + blots.x1) / 2 / 200).tolist()
    at, k = [], 0
    for c in text:
        at.append(middles[k] if c != " " else middles[k] - 0.03)
        k += c != " "
    assert k == len(shown)
    return Reading(text, (probs,) * len(text), tuple(at))


def texts(text: str, gaps: dict[int, float]) -> list[str]:
    blots = printed(text.replace(" ", ""), gaps)
    return [w.text for w in words_of(reading(text, blots), blots, 0, 200, SIZE)]


def test_a_gap_in_the_ink_parts_words_that_were_read_as_one() -> None:
    assert texts("sasarankinerja"[:12], {7: 6.0}) == ["sasaran", "kiner"]
    assert texts("sasaran", {}) == ["sasaran"]


def test_a_blank_read_inside_a_figure_counts_only_over_a_gap() -> None:
    assert texts("1. 250.000", {}) == ["1.250.000"]
    assert texts("1 250.000", {1: 7.0}) == ["1", "250.000"]


def test_figures_stand_wider_than_letters_do() -> None:
    assert texts("11.250", {1: 5.0}) == ["11.250"]


def test_words_have_the_box_of_their_own_ink() -> None:
    blots = printed("abcd", {2: 10.0})
    first, second = words_of(reading("ab cd", blots), blots, 0, 200, SIZE)
    assert (first.x0, first.x1) == (blots.x0[0], blots.x1[1])
    assert (second.x0, second.x1) == (blots.x0[2], blots.x1[3])
    assert first.base == 100
    assert abs(first.size - 14 / 0.69) < 0.1


def test_a_figure_is_as_sure_as_its_weakest_digit() -> None:
    assert confidence_of("1.234", (0.9, 1.0, 0.4, 1.0, 1.0)) == 0.4
    assert confidence_of("kata", (1.0, 1.0, 0.6, 1.0)) == 0.9
    assert confidence_of("", ()) == 0.0


def test_letters_printed_apart_are_one_word() -> None:
    apart = dict.fromkeys(range(1, 6), 9.0)
    assert texts("J U M L A H", apart) == ["JUMLAH"]
    assert texts("A B", {1: 9.0}) == ["A", "B"]
