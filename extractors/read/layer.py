"""Text and pictures on one page: is the text an older OCR's, put under the picture; is a picture worth a look."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium

from schemas.document import Box

COVERS = 0.5  # share of the page from which a picture is the page's
UNDER = 0.9  # share of the text that must lie under it
LEAST_SIDE, LEAST_SHARE = 60.0, 0.1  # points; share of the page: smaller pictures are logos and stamps
DEEPEST = 15  # forms within forms in which pictures are looked for
MOST = 20_000  # objects that are looked at


def is_under_picture(page: Any) -> bool:
    """Whether an opaque picture that covers most of the pypdfium2 `page` is painted over (nearly) all its text.

    What is painted later lies on top: such text is not seen, only the picture is.
    """
    width, height = page.get_size()
    texts = under = 0
    for count, item in enumerate(page.get_objects(max_depth=4)):
        if count >= MOST:
            return False
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            texts += 1
        elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE and not pdfium.FPDFPageObj_HasTransparency(item.raw):
            left, bottom, right, top = item.get_bounds()
            if (right - left) * (top - bottom) >= COVERS * width * height:
                under = texts
    return texts > 0 and under >= UNDER * texts


def refuse_large_pictures(page: Any, most: int) -> None:
    """Raises `ValueError` (an Indonesian phrase) where a picture of the pypdfium2 `page` has more than `most` pixels: to
    draw the page it would have to be unpacked."""
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=DEEPEST):
        width, height = item.get_px_size()
        if width * height > most:
            told = f"gambar terlalu besar ({width} x {height} piksel, batas {most})"
            raise ValueError(f"{told}; naikkan batasnya dengan --limit pixels=N")


def candidates(images: tuple[Box, ...], width: float, height: float) -> list[Box]:
    """Pictures large enough to be a scanned page or a table, cut to the page."""
    out = []
    for image in images:
        box = Box(max(image.x0, 0), max(image.top, 0), min(image.x1, width), min(image.bottom, height))
        if min(box.width, box.height) >= LEAST_SIDE and box.width * box.height >= LEAST_SHARE * width * height:
            out.append(box)
    return out
