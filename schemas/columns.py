"""The words of a page as columns: one list for each of their qualities, for what asks all words the same."""

from __future__ import annotations

from typing import NamedTuple

from schemas.document import Word


class Columns(NamedTuple):
    """`words[i]` has the text `text[i]`, the box `x0[i], top[i], x1[i], bottom[i]` in points of the displayed page, the type
    size `size[i]` and is `bold[i]`; `upright` when all of them are. Nobody changes the lists: they are shared."""

    text: list[str]
    x0: list[float]
    top: list[float]
    x1: list[float]
    bottom: list[float]
    size: list[float]
    bold: list[bool]
    upright: bool


class Words(tuple[Word, ...]):
    """The words of a page with the columns that the reader made them of; a tuple like any other otherwise."""

    columns: Columns | None = None

    def __reduce__(self) -> tuple[type[tuple[Word, ...]], tuple[list[Word]]]:
        return tuple, (list(self),)


def columns_of(words: tuple[Word, ...]) -> Columns:
    """The columns of some words, made where they do not have them."""
    kept = words.columns if isinstance(words, Words) else None
    if kept is not None:
        return kept
    boxes = [w.box for w in words]
    return Columns(
        [w.text for w in words],
        [b.x0 for b in boxes],
        [b.top for b in boxes],
        [b.x1 for b in boxes],
        [b.bottom for b in boxes],
        [w.size for w in words],
        [w.bold for w in words],
        {w.rotation for w in words} <= {0},
    )
