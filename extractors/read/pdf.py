"""PDF -> Document: words, ruling lines and coloured rectangles of every page, on the page as displayed.

pdfium (through pypdfium2) is the page reader. Every page of the file is in the result: read, or failed or skipped with
its reason.
"""

from __future__ import annotations

import ctypes as ct
import hashlib
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.read.fallback import SECOND, SecondReader, worth
from extractors.read.files import read_bytes
from extractors.read.glyphs import Frame, read_glyphs
from extractors.read.gridlines import pictured_rules
from extractors.read.layer import candidates, is_under_picture, refuse_large_pictures
from extractors.read.legible import EMPTY, NO_MAP, NO_TEXT, NOISY, OLD_OCR, PICTURED, trouble
from extractors.read.memory import need_room
from extractors.read.paths import read_drawing
from extractors.read.pdfium import LOCK
from extractors.read.refusals import refuse
from extractors.read.sidebyside import Later, SideBySide
from extractors.read.unpacked import refuse_bombs
from extractors.read.words import read_words
from schemas.document import Box, Document, Page, PageStatus
from schemas.limits import USUAL, Limits

SCAN = 0.5  # share of the page that a picture covers from which it may be a scanned page
MAGIC_WITHIN = 1024  # bytes of rubbish that may stand before "%PDF-" (PDF 32000-1, implementation note 13)

UNREADABLE = "halaman tidak terbaca"
FORCED = "dibaca sebagai gambar (--ocr force)"
IMAGED = {NO_TEXT, NO_MAP, NOISY, OLD_OCR, FORCED}

WRONG_PASSWORD = pdfium.FPDF_ERR_PASSWORD


PageReader = Callable[[Any, int, str], Page]
"""Reads a page from its image: takes the pypdfium2 page, its number (from 1) and why its text layer will not do, gives
the `Page` with its own words, rules and `method` "ocr"; an exception fails that page alone. It runs in a thread beside others,
and holds `LOCK` while it uses the page."""


@dataclass(slots=True)
class _File:
    """What the pages of one file share: how they are read, and the places of pictures known to hold no text or grid."""

    ocr: str
    read_image: PageReader | None
    second: SecondReader
    limits: Limits
    plain: set[Box] = field(default_factory=set)
    gridless: set[Box] = field(default_factory=set)


def read_pdf(
    path: Path,
    *,
    name: str | None = None,
    password: str | None = None,
    ocr: str = "auto",
    read_image: PageReader | None = None,
    limits: Limits = USUAL,
) -> Document:
    """Read a PDF file; `name` is how it is called in messages and in the document (default: its file name).

    `ocr` is "auto" (pages without a sound text layer are read as images), "off" or "force" (all pages are);
    `read_image` does it, and without it such pages are failed. Raises `UnreadableInput` where the file cannot be used
    at all; a page that cannot be read is in the result with its reason.
    """
    shown = name or path.name
    data = _bytes(path, shown, limits)
    pdf = _open(shown, data, password)
    try:
        count = len(pdf)
        if count == 0:
            raise refuse("no_pages", shown)
        if count > limits.pages:
            raise refuse("many_pages", shown, count=count, limit=limits.pages)
        file = _File(ocr, read_image, SecondReader(data, password), limits)
        pages = _pages(pdf, count, file)
        file.second.close()
    finally:
        pdf.close()
    return Document(shown, hashlib.sha256(data).hexdigest(), _format(pages), pages=pages)


def _bytes(path: Path, shown: str, limits: Limits) -> bytes:
    data = read_bytes(path, shown, limits.file)
    if b"%PDF-" not in data[:MAGIC_WITHIN]:
        raise refuse("not_pdf", shown)
    refuse_bombs(data, shown, limits)
    return data


def _open(shown: str, data: bytes, password: str | None) -> Any:
    try:
        return pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError:
        if pdfium.FPDF_GetLastError() == WRONG_PASSWORD:
            raise refuse("wrong_password" if password else "locked", shown) from None
        raise refuse("damaged", shown) from None


def _pages(pdf: Any, count: int, file: _File) -> tuple[Page, ...]:
    """All pages, one after the other; those read from their images meanwhile, side by side."""
    found: list[Page | Future[Page]] = []
    with SideBySide(_threads) as images:
        for index in range(count):
            with LOCK:
                page = _page(pdf, index, file)
            found.append(page if isinstance(page, Page) else images.submit(page))
    return tuple(page if isinstance(page, Page) else page.result() for page in found)


def _threads() -> int:
    """How many pages are recognised at a time, asked before the first of them."""
    need_room()
    from extractors.read.recognise import threads  # loads OpenCV

    return threads()


def _page(pdf: Any, index: int, file: _File) -> Page | Later:
    """One page, or what reads it from its image; whatever goes wrong with it is its own reason and stops nothing else."""
    number = index + 1
    page = None
    try:
        page = pdf[index]
        found = _read_page(page, number, file)
    except Exception as error:  # noqa: BLE001 - a page is never lost in silence, and never takes the others with it
        again = file.second.page(number) if page is None and file.ocr != "force" else None
        found = again or _failed(number, "halaman rusak" if page is None else UNREADABLE, error)
    if isinstance(found, Page):
        if page is not None:
            page.close()
        return found
    return partial(_later, page, number, found)


def _later(page: Any, number: int, read: Later) -> Page:
    """A page read from its image, and closed."""
    try:
        return read()
    except Exception as error:  # noqa: BLE001 - as above
        return _failed(number, UNREADABLE, error)
    finally:
        with LOCK:
            page.close()


def _failed(number: int, why: str, error: Exception) -> Page:
    return Page(
        number, 0.0, 0.0, status=PageStatus.FAILED, reason=f"{why}: {str(error).strip() or type(error).__name__}"
    )


def _read_page(page: Any, number: int, file: _File) -> Page | Later:
    ocr, read_image = file.ocr, file.read_image
    frame = _frame(page)
    width, height = frame.size
    glyphs = read_glyphs(page, frame, most=file.limits.glyphs)
    drawing = read_drawing(page, frame, most=file.limits.objects)
    words = read_words(glyphs, drawing.rules, width, height)
    pictured = any(i.width * i.height >= SCAN * width * height for i in drawing.images)
    why = trouble(glyphs, words, pictured, bool(drawing.images or drawing.rules or drawing.fills))
    if why is None and pictured and (bool(glyphs.hidden.mean() > 0.9) or is_under_picture(page)):
        why = OLD_OCR
    if why is None and drawing.images:
        with_grid = pictured_rules(page, drawing, words, frame.size, file.gridless, file.limits.pixels)
        if with_grid is not drawing:  # words are cut at lines
            drawing, words = with_grid, read_words(glyphs, with_grid.rules, width, height)
    again = None
    if ocr != "force" and why != OLD_OCR and worth(why, page, glyphs) and not (pictured and is_under_picture(page)):
        again = file.second.words(number, frame, drawing.rules, pictured=pictured)
        if again is not None:
            words, why = again, None
    if ocr == "force" and why != EMPTY:
        why = FORCED
    status = PageStatus.READ
    if why == EMPTY:
        status = PageStatus.SKIPPED
    elif why is not None and ocr != "off":
        if read_image is not None:
            refuse_large_pictures(page, file.limits.pixels)
            return partial(read_image, page, number, why)
        status, words = PageStatus.FAILED, ()
    elif why is not None and why != OLD_OCR:
        # Without OCR a page that has no text is passed over, and a bad layer is not believed.
        status, words = PageStatus.SKIPPED, ()
    read = Page(number, width, height, frame.rotation, words, drawing.rules, drawing.fills, "text", status, why)
    if again is not None:
        read = replace(read, reason=SECOND)
    if why is None and drawing.images and ocr != "off" and read_image is not None:
        return _pictures_too(page, read, drawing.images, read_image, file)
    return read


def _pictures_too(page: Any, read: Page, images: tuple[Box, ...], read_image: PageReader, file: _File) -> Page | Later:
    """The page with what a scan or a table pasted as a picture shows beside its text layer."""
    if not candidates(images, read.width, read.height):
        return read
    from extractors.read.pictures import pictured_text, with_pictures

    refuse_large_pictures(page, file.limits.pixels)
    boxes = pictured_text(page, images, read.words, file.plain)
    if not boxes:
        return read
    return lambda: with_pictures(read, read_image(page, read.number, PICTURED), boxes)


def _frame(page: Any) -> Frame:
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page.raw, ct.byref(box)) or box.right <= box.left or box.top <= box.bottom:
        width, height = page.get_size()
        return Frame(0.0, 0.0, width, height, 0)
    return Frame(box.left, box.bottom, box.right, box.top, page.get_rotation())


def _format(pages: tuple[Page, ...]) -> str:
    """pdf, scan or mixed: whether the pages that show anything carry a text layer of their own."""
    seen = [p for p in pages if p.reason != EMPTY]
    imaged = sum(1 for p in seen if p.method == "ocr" or p.reason in IMAGED)
    if not imaged:
        return "pdf"
    return "scan" if imaged == len(seen) else "mixed"
