"""Words that keep the columns they were made of."""

from __future__ import annotations

import pickle

from schemas.columns import Columns, Words, columns_of
from schemas.document import Box, Word

PLAIN = (Word("Belanja", Box(10.0, 20.0, 50.0, 30.0), 9.0, True), Word("5.1", Box(60.0, 20.0, 80.0, 30.0), 9.0))
COLUMNS = Columns(
    ["Belanja", "5.1"], [10.0, 60.0], [20.0, 20.0], [50.0, 80.0], [30.0, 30.0], [9.0, 9.0], [True, False], True
)


def test_columns_are_made_of_words_that_have_none() -> None:
    assert columns_of(PLAIN) == columns_of(Words(PLAIN)) == COLUMNS
    assert not columns_of((*PLAIN, Word("cap", Box(0.0, 0.0, 9.0, 40.0), 9.0, rotation=90))).upright
    assert columns_of(()).upright


def test_kept_columns_are_not_made_again() -> None:
    words = Words(PLAIN)
    words.columns = COLUMNS
    assert columns_of(words) is COLUMNS


def test_words_with_columns_are_a_tuple_like_any_other() -> None:
    words = Words(PLAIN)
    words.columns = COLUMNS
    assert words == PLAIN
    assert hash(words) == hash(PLAIN)
    again = pickle.loads(pickle.dumps(words))
    assert type(again) is tuple
    assert again == PLAIN
