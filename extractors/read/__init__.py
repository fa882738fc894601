"""path -> Document, whatever the file is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from extractors.read.refusals import refuse
from extractors.read.text import read_text
from schemas.document import Document, Page
from schemas.limits import USUAL, Limits

TEXT_SUFFIXES = (".txt", ".md", ".text")
PDF_SUFFIXES = (".pdf",)
SUFFIXES = TEXT_SUFFIXES + PDF_SUFFIXES


def read(
    path: Path,
    *,
    name: str | None = None,
    password: str | None = None,
    ocr: str = "auto",
    limits: Limits = USUAL,
) -> Document:
    """Read one report file.

    `name` is how the file is called in messages and in `Document.name` (default: its file name); `password` opens an
    encrypted PDF; `ocr` is auto, off or force; `limits` are what the file may ask of us. Raises UnreadableInput with one
    clear sentence.
    """
    suffix = path.suffix.casefold()
    shown = name or path.name
    if suffix in TEXT_SUFFIXES:
        return read_text(path, shown, limits)
    if suffix in PDF_SUFFIXES:
        from extractors.read.pdf import read_pdf

        return read_pdf(path, name=shown, password=password, ocr=ocr, read_image=_read_image, limits=limits)
    kinds = ", ".join(SUFFIXES)
    raise refuse("kind", shown, kind=suffix or "-", kinds=kinds)


def refuse_large(size: int, suffix: str, shown: str, limits: Limits) -> None:
    """Raises UnreadableInput where a file of that size and kind would not be read, before any of it is."""
    option = "text" if suffix.casefold() in TEXT_SUFFIXES else "file"
    limit = limits.text if option == "text" else limits.file
    if size > limit:
        raise refuse("large", shown, size=size, limit=limit, option=option)


def _read_image(page: Any, number: int, why: str) -> Page:
    from extractors.read.ocr import read_page_image  # loads OpenCV, and the models at the first page

    return read_page_image(page, number, reason=why)
