"""What one file may ask of the reader. Beyond a limit a file, or a page of it, is refused with one sentence.

The limits stand far above what reports have; they keep a file that was made to fill the memory or the day from doing so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

_VALUE = re.compile(r"(?P<digits>[1-9]\d{0,14})(?P<unit>[kKmMgG]?)", re.ASCII)
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}


@dataclass(frozen=True, slots=True)
class Limits:
    """Every number is a positive whole one. Of a page that is beyond `glyphs` or `pixels` only that page is refused."""

    file: int = 1_000_000_000
    """Bytes of a PDF."""
    text: int = 100_000_000
    """Bytes of a text file."""
    pages: int = 3_000
    """Pages of a PDF."""
    unpacked: int = 32_000_000
    """Bytes of one stream of a PDF (contents, fonts, tables of objects) once unpacked; a picture has four to the pixel."""
    pixels: int = 100_000_000
    """Pixels of one picture of a PDF."""
    glyphs: int = 400_000
    """Letters of one page."""
    objects: int = 60_000
    """Drawn objects of one page; what is drawn beyond is not looked at."""
    lines: int = 1_000_000
    """Lines of a text file."""
    line: int = 50_000
    """Characters of one line of a text file."""
    columns: int = 1_000
    """Cells of one line of a text file."""

    @classmethod
    def parse(cls, given: Iterable[str]) -> Limits:
        """The limits with some in the place of the usual ones: `pages=5000`, `unpacked=64M` (k, M, G: thousands, millions,
        thousands of millions). Raises ValueError with what cannot be understood."""
        known = {field.name for field in fields(cls)}
        found: dict[str, int] = {}
        for one in given:
            name, _, value = one.partition("=")
            match = _VALUE.fullmatch(value.strip())
            if name.strip() not in known or match is None:
                raise ValueError(one)
            found[name.strip()] = int(match["digits"]) * _UNITS[match["unit"].lower()]
        return replace(cls(), **found)

    def of_rows(self) -> str:
        """Those limits that decide what the rows of a file say, not only whether there are any, in a canonical form; empty
        where they are the usual ones."""
        changed = [n for n in ("glyphs", "objects", "pixels") if getattr(self, n) != getattr(USUAL, n)]
        return ",".join(f"{name}={getattr(self, name)}" for name in changed)


USUAL = Limits()
NAMES = tuple(field.name for field in fields(Limits))
