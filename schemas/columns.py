"""The words of a page as columns: one list for each of their qualities, for what asks all words the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import repeat
from typing import NamedTuple, overload

from schemas.document import Box, Word


class Columns(NamedTuple):
    """`words[i]` has the text `text[i]`, the box `x0[i], top[i], x1[i], bottom[i]` in points of the displayed page, the type
    size `size[i]`, the typography `bold[i]` and `italic[i]`, and is as sure as `confidence[i]`; `upright` when all of them are.
    Nobody changes the lists: they are shared."""

    text: list[str]
    x0: list[float]
    top: list[float]
    x1: list[float]
    bottom: list[float]
    size: list[float]
    bold: list[bool]
    italic: list[bool]
    confidence: list[float]
    upright: bool


class Words(Sequence[Word]):
    """The words of a page, all turned by `rotation`, by their columns; each is made when the first of them is asked for, which
    on most pages nobody does."""

    def __init__(self, columns: Columns, rotation: int) -> None:
        self.columns, self._rotation = columns, rotation

    @cached_property
    def _made(self) -> tuple[Word, ...]:
        c = self.columns
        boxes = map(Box, c.x0, c.top, c.x1, c.bottom)
        return tuple(map(Word, c.text, boxes, c.size, c.bold, repeat(self._rotation), c.confidence, c.italic))

    def __len__(self) -> int:
        return len(self.columns.text)

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Word]: ...
    def __getitem__(self, index: int | slice) -> Word | Sequence[Word]:
        return self._made[index]

    def __iter__(self) -> Iterator[Word]:
        return iter(self._made)

    def __eq__(self, other: object) -> bool:
        return self._made == (other._made if isinstance(other, Words) else other)

    def __hash__(self) -> int:
        return hash(self._made)

    def __repr__(self) -> str:
        return repr(self._made)


def columns_of(words: Sequence[Word]) -> Columns:
    """The columns of some words, made where they do not have them."""
    if isinstance(words, Words):
        return words.columns
    boxes = [w.box for w in words]
    return Columns(
        [w.text for w in words],
        [b.x0 for b in boxes],
        [b.top for b in boxes],
        [b.x1 for b in boxes],
        [b.bottom for b in boxes],
        [w.size for w in words],
        [w.bold for w in words],
        [w.italic for w in words],
        [w.confidence for w in words],
        {w.rotation for w in words} <= {0},
    )
