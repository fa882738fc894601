"""Hostile input, made from a seed: files that try to crash, fill, stall or mislead a reader.

`files(seed)` yields every made-up file, `mutations(...)` the samples cut short and with flipped bits, `folder(...)`
(`corpus.tree`) lays out a folder with names, links and pipes that files can have. Nothing is read from anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus import pdf_bombs, pdf_fonts, pdf_images, pdf_structure, pdf_wrappers, texts
from corpus.case import Case

MODULES = (pdf_bombs, pdf_structure, pdf_images, pdf_fonts, pdf_wrappers, texts)


def files(seed: int = 1, *, small: bool = False) -> Iterator[Case]:
    """Every made-up file; `small` leaves out those whose size is their point (over 20 MB on the disk)."""
    for module in MODULES:
        for case in module.cases(seed):
            if not (small and case.big):
                yield case
