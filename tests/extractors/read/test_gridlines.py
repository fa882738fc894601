"""A grid that is only a picture under the text is seen; photographs under text are not."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extractors.read import gridlines
from extractors.read.pdf import read_pdf
from extractors.tables.pdf_blocks import blocks
from schemas.document import PageStatus
from schemas.table import TablePiece

COLUMNS, LINES = (30, 150, 220, 290, 370), tuple(range(40, 161, 20))
ROWS = [
    ["Uraian", "Pagu", "Realisasi", "Persen"],
    ["Taman Kota", "1.250", "1.200", "96,04"],
    ["Buku", "750", "748", "99,77"],
    ["Olahraga", "310", "290", "93,55"],
    ["Kesenian", "120", "119", "99,58"],
    ["Wisata", "95", "95", "100,00"],
]


def picture(pixels: np.ndarray[Any, Any]) -> dict[str, Any]:
    data = zlib.compress(pixels.astype(np.uint8).tobytes())
    height, width = pixels.shape
    head = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray "
        f"/BitsPerComponent 8 /Filter /FlateDecode /Length {len(data)} >>\nstream\n"
    )
    return {
        "resources": "/XObject << /Im 50 0 R >>",
        "objects": {50: head.encode() + data + b"\nendstream"},
    }


def grid_pixels() -> np.ndarray[Any, Any]:
    """The grid's lines, two pixels to the point, for the box (20, 30) to (380, 170)."""
    pixels = np.full((280, 720), 255)
    for x in COLUMNS:
        pixels[20:261, (x - 20) * 2 : (x - 20) * 2 + 2] = 0
    for y in LINES:
        pixels[(y - 30) * 2 : (y - 30) * 2 + 2, 20:701] = 0
    return pixels


def on_picture(sheet: Any) -> Any:
    """Text printed over the picture of its grid."""
    page = sheet().raw("q 360 0 0 140 20 130 cm /Im Do Q")
    for k, row in enumerate(ROWS):
        for x, text in zip(COLUMNS, row, strict=False):
            page.text(x + 4, 54 + 20 * k, text)
    return page


def test_the_grid_of_a_picture_parts_the_text_over_it(sheet: Any, typeset: Callable[..., Path]) -> None:
    document = read_pdf(typeset(on_picture(sheet), **picture(grid_pixels())))
    (page,) = document.pages
    assert page.status is PageStatus.READ
    assert page.method == "text"
    across = sorted(r.top for r in page.rules if r.horizontal)
    down = sorted(r.x0 for r in page.rules if not r.horizontal)
    assert across == pytest.approx(LINES, abs=1.5)
    assert down == pytest.approx(COLUMNS, abs=1.5)
    (piece,) = [b for b in blocks(document) if isinstance(b, TablePiece)]
    assert piece.method == "ruled"
    assert [[c.text for c in row if c is not None] for row in piece.rows] == ROWS


def test_a_photograph_under_text_gives_no_lines(sheet: Any, typeset: Callable[..., Path]) -> None:
    noise = np.random.default_rng(7).integers(0, 256, (280, 720))
    (page,) = read_pdf(typeset(on_picture(sheet), **picture(noise))).pages
    assert page.rules == ()


def test_a_picture_without_figures_is_not_looked_at(
    sheet: Any, typeset: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gridlines, "_grid", lambda *_: pytest.fail("looked for lines"))
    page = sheet().raw("q 360 0 0 140 20 130 cm /Im Do Q")
    for k in range(6):
        page.text(40, 54 + 20 * k, "Taman kota dan olahraga")
    assert read_pdf(typeset(page, **picture(grid_pixels()))).pages[0].rules == ()


def test_a_grid_that_the_page_draws_itself_is_enough(
    sheet: Any, typeset: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gridlines, "_grid", lambda *_: pytest.fail("looked for lines"))
    page = on_picture(sheet)
    for x in COLUMNS:
        page.line(x, 40, x, 160)
    for y in LINES:
        page.line(30, y, 370, y)
    assert len(read_pdf(typeset(page, **picture(grid_pixels()))).pages[0].rules) == len(COLUMNS) + len(LINES)
