"""Running text as paragraphs: printed lines joined, with the way back from a character to the line it stands in.

A line of a text file is a paragraph already; of a PDF it is one printed line. A paragraph ends where a gap, a list mark
or a heading begins the next line; it goes on over a gap (a page break) where it ends within a sentence and the next line
goes on in lower case.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from pipeline.reconcile.once import once
from schemas.document import Place
from schemas.records import Report
from schemas.table import TextLine
from schemas.values import value

_ENDS = (".", ":", ";", "!", "?", "”", '"')
_NEW = re.compile(r"[A-Z]")
_GOES_ON = re.compile(r"^[a-z(,]")
SHORT_FORM = 8  # characters: no short form that ends with a full stop is longer
_BREAK = re.compile(r"(?<=[.!?;])\s+(?=[A-Z“\"])")
_SHORT = re.compile(r"(?:^|[\s(.])(?:Rp|No|Jl|Drs|Dra|Ir|Dr|Hj?|Prof|Tgl|Kab|Prov|Kec|Kel|Th|Thn|[A-Z]|\d{1,2})\.$")


@value(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together as one text (lines joined by a blank). `first` is the position of the first line."""

    text: str
    lines: tuple[TextLine, ...]
    starts: tuple[int, ...]
    first: int

    @property
    def bullet(self) -> str | None:
        return self.lines[0].bullet

    @property
    def heading(self) -> bool:
        return self.lines[0].heading

    @property
    def place(self) -> Place:
        return self.lines[0].place

    @property
    def last(self) -> int:
        """Position of the last line."""
        return self.first + len(self.lines) - 1

    def line_at(self, offset: int) -> int:
        """Position (in the report's text) of the line that holds a character of the paragraph."""
        return self.first + bisect_right(self.starts, offset) - 1

    def place_at(self, offset: int) -> Place:
        return self.lines[self.line_at(offset) - self.first].place

    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Begin and end of each sentence; a full stop after a short form ("Rp.", "No.") ends none."""
        return _sentences(self.text)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Begin and end of the sentence that holds a character."""
        for start, end in self.sentences():
            if offset < end:
                return start, end
        return 0, len(self.text)


@lru_cache(maxsize=4096)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    found = []
    start = 0
    for end in _BREAK.finditer(text):
        near = max(0, start - 1, end.start() - SHORT_FORM)  # with the blank before the sentence
        if not _SHORT.search(text, near, end.start()):
            found.append((start, end.start()))
            start = end.end()
    if start < len(text):
        found.append((start, len(text)))
    return tuple(found)


@once
def paragraphs_of(report: Report) -> tuple[Paragraph, ...]:
    """All paragraphs of a report's text, in order."""
    return paragraphs(report.text)


def paragraphs(lines: Sequence[TextLine]) -> tuple[Paragraph, ...]:
    """All paragraphs of a text, in order."""
    result: list[Paragraph] = []
    begin = 0
    for position in range(1, len(lines) + 1):
        if position == len(lines) or _begins(lines[position - 1], lines[position]):
            result.append(_joined(lines[begin:position], begin))
            begin = position
    return tuple(result) if lines else ()


def _begins(before: TextLine, line: TextLine) -> bool:
    """Whether a line begins a new paragraph."""
    if line.bullet or line.heading != before.heading:
        return True
    end = before.text.rstrip()
    if end.endswith(":") and _NEW.match(line.text):
        return True
    if not line.blank_before:
        return False
    return end.endswith(_ENDS) or not _GOES_ON.match(line.text)


def _joined(lines: Sequence[TextLine], first: int) -> Paragraph:
    if len(lines) == 1:
        return Paragraph(lines[0].text, tuple(lines), (0,), first)
    texts = [line.text for line in lines]
    starts = accumulate([len(text) + 1 for text in texts[:-1]], initial=0)
    return Paragraph(" ".join(texts), tuple(lines), tuple(starts), first)


def snippet(text: str, start: int, end: int, around: int = 80) -> str:
    """What stands at a place of a text with some words before and after it, cut at blanks."""
    left, right = max(0, start - around), min(len(text), end + around)
    if left:
        left = text.find(" ", left) + 1 or left
    if right < len(text):
        right = text.rfind(" ", end, right) if " " in text[end:right] else right
    words = " ".join(text[left:right].split())
    return ("… " if left else "") + words + (" …" if right < len(text) else "")
