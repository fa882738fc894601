"""How long a document will take, before it is read: by its pages, and by whether they have to be recognised.

Only the order of work and the time that a document is given rest on this, never what is read.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.location import Location
from schemas.errors import UnreadableInput
from schemas.limits import USUAL

SCANNED = 5  # pages with text for which a page that must be recognised counts, in time allowed
RECOGNISED = 60.0  # the same, in time taken: measured, docs/performance.md
PLAIN = 0.3  # pages of a PDF for which a page of a text file counts, in time taken
ROOM = 50  # pages for which `--timeout` is meant; a longer document is given more in proportion
TEXT_PAGE = 2500  # bytes of a text file that make a page
PDF_PAGE = 50_000  # bytes of a PDF that make a page, where it cannot be looked into
LEAST_PAGE = 100  # bytes that a page of a PDF takes at least: a file that says it has more of them has not
CHECKED = 300_000_000  # bytes of a PDF whose streams are looked at before it is opened
LOOKS = 5  # pages of a PDF that are looked at
PICTURE = 0.5  # share of a page that a picture covers from which the page is one


@dataclass(frozen=True, slots=True)
class Shape:
    """How many pages a document has, the share of them that are pictures, and whether it is a text file."""

    pages: int
    scanned: float = 0.0
    plain: bool = False


def guess(path: Location, size: int) -> Shape:
    """The shape of a file by its name and its size in bytes. A PDF may be a scan for all we know."""
    if path.suffix.casefold() == ".pdf":
        return Shape(max(1, size // PDF_PAGE), 1.0)
    return Shape(max(1, size // TEXT_PAGE), plain=True)


def cost(shape: Shape, ocr: str) -> float:
    """The time a document takes, in pages of a PDF with text."""
    scanned = _scanned(shape, ocr)
    return shape.pages * (PLAIN if shape.plain else 1 - scanned + scanned * RECOGNISED)


def seconds(shape: Shape, ocr: str, timeout: float) -> float:
    """The time a document is given: `timeout`, and more in proportion where it has more pages than that is meant for."""
    scanned = _scanned(shape, ocr)
    return timeout * max(1.0, shape.pages * (1 - scanned + scanned * SCANNED) / ROOM)


def _scanned(shape: Shape, ocr: str) -> float:
    """The share of pages that will be recognised, with `--ocr` auto, off or force."""
    return {"off": 0.0, "force": 1.0}.get(ocr, shape.scanned) if not shape.plain else 0.0


def look(path: Path, password: str | None) -> Shape | None:
    """The shape of a PDF, by opening it and looking at a few of its pages; None where that cannot be done.

    To be called in a process of its own: what is wrong with the file may end the process.
    """
    import pypdfium2

    from extractors.read.files import open_regular
    from extractors.read.unpacked import refuse_bombs

    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size <= CHECKED:
                refuse_bombs(file.readall(), path.name, USUAL)
        pdf = pypdfium2.PdfDocument(path, password=password)
    except (pypdfium2.PdfiumError, OSError, UnreadableInput):
        return None
    try:
        count = len(pdf)
        if count == 0:
            return None
        count = min(count, 1 + size // LEAST_PAGE)
        looked = sorted({count * step // LOOKS for step in range(LOOKS)})
        return Shape(count, sum(_pictured(pdf, index) for index in looked) / len(looked))
    finally:
        pdf.close()


def _pictured(pdf: Any, index: int) -> bool:
    """Is the page a picture? Letters may lie under one: they are not trusted then."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        page = pdf[index]
        width, height = page.get_size()
        for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2):
            left, bottom, right, top = one.get_bounds()
            if (right - left) * (top - bottom) >= PICTURE * width * height:
                return True
    except pypdfium2.PdfiumError:
        return False
    return False
