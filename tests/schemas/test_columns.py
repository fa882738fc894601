"""Words that are made of their columns when they are asked for."""

from __future__ import annotations

import pickle

from schemas.columns import Columns, Words, columns_of
from schemas.document import Box, Word

PLAIN = (Word("Belanja", Box(10.0, 20.0, 50.0, 30.0), 9.0, True), Word("5.1", Box(60.0, 20.0, 80.0, 30.0), 9.0))
COLUMNS = Columns(
    ["Belanja", "5.1"],
    [10.0, 60.0],
    [20.0, 20.0],
    [50.0, 80.0],
    [30.0, 30.0],
    [9.0, 9.0],
    [True, False],
    [False, False],
    [1.0, 1.0],
    True,
)


def test_columns_are_made_of_words_that_have_none() -> None:
    assert columns_of(PLAIN) == COLUMNS
    assert not columns_of((*PLAIN, Word("cap", Box(0.0, 0.0, 9.0, 40.0), 9.0, rotation=90))).upright
    assert columns_of(()).upright


def test_words_are_made_of_their_columns() -> None:
    words = Words(COLUMNS, 0)
    assert columns_of(words) is COLUMNS
    assert len(words) == 2
    assert tuple(words) == PLAIN
    assert words[1] == PLAIN[1]
    assert Words(COLUMNS, 90)[0].rotation == 90


def test_words_of_columns_equal_the_same_words_elsewhere() -> None:
    words = Words(COLUMNS, 0)
    assert words == PLAIN
    assert words == Words(COLUMNS, 0)
    assert words != PLAIN[:1]
    assert hash(words) == hash(PLAIN)
    assert pickle.loads(pickle.dumps(words)) == words
