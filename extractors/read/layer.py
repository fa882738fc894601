"""Whether a page's text was put under (or unseen over) a picture of the page: the layer of an older OCR."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium

COVERS = 0.5  # share of the page from which a picture is the page's
UNDER = 0.9  # share of the text that must lie under it
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
