"""Which paragraphs can hold what a rule looks for: words are sought in a whole text at once, before any pattern is tried.

A screen leaves out only what the pattern cannot match: all its words are necessary, in any mixture of capitals.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from pipeline.reconcile.once import once
from pipeline.reconcile.prose import Paragraph, paragraphs_of
from schemas.records import Report
from schemas.table import TextLine
from schemas.values import value

YEARS = ("19", "20")  # how years begin
_LIKE_ASCII = {0x130: "i", 0x131: "i", 0x17F: "s"}  # what `re.IGNORECASE` takes for a small letter and `lower` does not


def folded(text: str) -> str:
    """The text in small letters, as long as it was, so that what `re.IGNORECASE` matches is found in it."""
    if not text.isascii() and any(chr(letter) in text for letter in _LIKE_ASCII):
        text = text.translate(_LIKE_ASCII)
    return text.lower()


@lru_cache(maxsize=256)
def stems(*words: str) -> tuple[str, ...]:
    """Few short words of which every one of the given words or phrases holds one."""
    found: list[str] = []
    for word in sorted(map(folded, words), key=lambda word: (len(word), word)):
        if not any(stem in part for part in word.split() for stem in found):
            found.append(max(word.split(), key=len))
    return tuple(found)


def places(low: str, words: Iterable[str]) -> Iterator[int]:
    """Where words stand in a folded text, word by word."""
    for word in words:
        at = low.find(word)
        while at >= 0:
            yield at
            at = low.find(word, at + 1)


@value(frozen=True, slots=True)
class Joined:
    """Lines as one text (joined by blanks), the same folded, and where each line begins."""

    text: str
    low: str
    starts: list[int]

    @classmethod
    def of(cls, lines: Sequence[str]) -> Joined:
        text = " ".join(lines)
        return cls(text, folded(text), list(accumulate((len(line) + 1 for line in lines), initial=0))[:-1])

    def line_at(self, offset: int) -> int:
        """Position of the line that holds a character."""
        return bisect_right(self.starts, offset) - 1

    def matches(self, pattern: re.Pattern[str], beginnings: Iterable[str]) -> Iterator[re.Match[str]]:
        """What `finditer` gives of a pattern whose matches all begin with one of some (folded) words, in any capitals."""
        end = 0
        for at in sorted(places(self.low, beginnings)):
            match = pattern.match(self.text, at) if at >= end else None
            if match is not None:
                yield match
                end = match.end()


@once
def joined(lines: Sequence[TextLine]) -> Joined:
    """All lines of running text as one."""
    return Joined.of([line.text for line in lines])


class _Text:
    """Paragraphs as one folded text, with where each begins; what was sought is kept."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.low = folded("\n".join([paragraph.text for paragraph in paragraphs]))
        self.starts: list[int] = []
        length = 0
        for paragraph in paragraphs:
            self.starts.append(length)
            length += len(paragraph.text) + 1
        self.starts.append(length)
        self._found: dict[str, frozenset[int]] = {}

    def having(self, words: Iterable[str]) -> set[int]:
        """Positions of the paragraphs that hold one of the words."""
        return set().union(*map(self._one, words))

    def holds(self, position: int, words: Iterable[str]) -> bool:
        """Whether a paragraph holds one of the words."""
        find, start, end = self.low.find, self.starts[position], self.starts[position + 1]
        for word in words:  # noqa: SIM110 - asked some thousand times a report
            if find(word, start, end) >= 0:
                return True
        return False

    def where(self, words: Iterable[str], test: Callable[[str, int], object]) -> set[int]:
        """Positions of the paragraphs in which one of the words stands where the test is passed."""
        return {bisect_right(self.starts, at) - 1 for at in places(self.low, words) if test(self.low, at)}

    def _one(self, word: str) -> frozenset[int]:
        if word not in self._found:
            self._found[word] = frozenset(self._places(word))
        return self._found[word]

    def _places(self, word: str) -> Iterator[int]:
        at = self.low.find(word)
        while at >= 0:
            position = bisect_right(self.starts, at) - 1
            yield position
            at = self.low.find(word, self.starts[position + 1])


@once
def _text(text: Sequence[Paragraph]) -> _Text:
    return _Text(text)


def positions(text: Sequence[Paragraph], *needs: Sequence[str]) -> list[int]:
    """Positions of the paragraphs that hold a word of every need, in order. Words are folded, without blanks.

    Only the first need is sought everywhere: let it be a rare one, or one of few words.
    """
    folded_ = _text(text)
    first, *others = needs
    found = sorted(folded_.having(first))
    return [position for position in found if all(folded_.holds(position, words) for words in others)]


def beginning(text: Sequence[Paragraph], pattern: re.Pattern[str], words: Iterable[str]) -> set[int]:
    """Positions of the paragraphs that can hold a match of a pattern that begins with one of some (folded) words."""
    return _text(text).where(words, pattern.match)


def where(text: Sequence[Paragraph], words: Iterable[str], test: Callable[[str, int], object]) -> set[int]:
    """Positions of the paragraphs in which a (folded) word stands at a place of the folded text that passes a test."""
    return _text(text).where(words, test)


def holding(text: Sequence[Paragraph], *needs: Sequence[str]) -> list[Paragraph]:
    """The paragraphs that hold a word of every need, in order (see `positions`)."""
    return [text[position] for position in positions(text, *needs)]


def line_positions(report: Report, *needs: Sequence[str]) -> Iterator[int]:
    """Positions of the lines of the paragraphs that hold a word of every need: all lines that do are among them."""
    for paragraph in holding(paragraphs_of(report), *needs):
        yield from range(paragraph.first, paragraph.last + 1)


def lines_holding(report: Report, *needs: Sequence[str]) -> Iterator[TextLine]:
    """The lines of the paragraphs that hold a word of every need: all lines that do are among them."""
    return (report.text[position] for position in line_positions(report, *needs))
