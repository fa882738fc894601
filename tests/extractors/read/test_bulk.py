from __future__ import annotations

from itertools import repeat

import pytest

from extractors.read.bulk import made
from schemas.document import Box, Word


def test_values_are_those_that_their_own_constructor_makes() -> None:
    boxes = made(Box, 2, [1.0, 2.0], [3.0, 4.0], [5.0, 6.0], repeat(9.0))
    assert boxes == [Box(1.0, 3.0, 5.0, 9.0), Box(2.0, 4.0, 6.0, 9.0)]
    words = made(Word, 2, ["a", "b"], boxes, repeat(8.0), [True, False], *map(repeat, (90, 1.0, False, None)))
    assert words == [Word("a", boxes[0], 8.0, True, 90), Word("b", boxes[1], 8.0, False, 90)]
    assert hash(words[0]) == hash(Word("a", boxes[0], 8.0, True, 90))


def test_none_and_wrong_columns() -> None:
    assert made(Box, 0, [], [], [], []) == []
    with pytest.raises(ValueError, match="argument"):
        made(Box, 1, [1.0], [1.0])
