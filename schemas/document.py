"""What reading a file yields: pages with words and ruling lines, or numbered lines of text.

Coordinates are PDF points (1/72 inch) of the page *as displayed* (its /Rotate applied), origin at the top left,
y growing downwards; `x0 < x1`, `top < bottom`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from enum import StrEnum

from schemas.values import value


@value(frozen=True, slots=True)
class Box:
    """A rectangle on a displayed page, in points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def union(self, other: Box) -> Box:
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )


@value(frozen=True, slots=True)
class Place:
    """Where something is printed: `page` (from 1) and `box` in a PDF, `line` (from 1) in a text file."""

    page: int | None = None
    line: int | None = None
    box: Box | None = None


@value(frozen=True, slots=True)
class Word:
    """A run of glyphs without white space.

    `rotation` is the direction of the text in degrees clockwise (0, 90, 180, 270); `confidence` is 1.0 for a text
    layer and the recogniser's own probability for a word read from an image; `other` is what a second reading made of
    such a word, where it differs.
    """

    text: str
    box: Box
    size: float = 0.0
    bold: bool = False
    rotation: int = 0
    confidence: float = 1.0
    italic: bool = False
    other: str | None = None


@value(frozen=True, slots=True)
class Rule:
    """A straight ruling line (or the thin filled rectangle drawn for one); horizontal when wider than high."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        return (self.x1 - self.x0) >= (self.bottom - self.top)


class PageStatus(StrEnum):
    READ = "read"
    SKIPPED = "skipped"
    FAILED = "failed"


@value(frozen=True, slots=True)
class Page:
    """One page of a PDF: its words, its ruling lines and its filled rectangles (header shading).

    A page read from a crooked picture was straightened first: its boxes are those of the page turned counter-clockwise
    about its middle by `skew` degrees.
    """

    number: int
    width: float
    height: float
    rotation: int = 0
    words: Sequence[Word] = ()
    rules: tuple[Rule, ...] = ()
    fills: tuple[Box, ...] = ()
    method: str = "text"  # text | ocr
    status: PageStatus = PageStatus.READ
    reason: str | None = None
    skew: float = 0.0


@value(frozen=True, slots=True)
class SourceLine:
    """One line of a text file: its 1-based number and its text without the line end."""

    number: int
    text: str


@value(frozen=True, slots=True)
class Document:
    """One input file as read. A text file has `lines` and no pages; a PDF has `pages` and no lines."""

    name: str
    sha256: str
    format: str  # text | pdf | scan | mixed
    lines: tuple[SourceLine, ...] = ()
    pages: tuple[Page, ...] = ()
    encoding: str | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def document_id(self) -> str:
        """First 16 hex digits of the file's SHA-256."""
        return self.sha256[:16]
