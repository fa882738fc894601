"""The glyphs of a PDF page, as arrays, through pdfium."""

from __future__ import annotations

import ctypes as ct
import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from extractors.read.gather import GATHER
from extractors.read.pdfium import POINTER, handle, prototype
from extractors.read.records import PLACED, Corners, Gather, GlyphRows, Place, PlacedRows
from schemas.limits import USUAL

Floats = NDArray[np.float64]

FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123: font flags
ITALIC = 1 << 6
INVISIBLE = 3  # text render mode: neither filled nor stroked (an OCR layer)
FILL_AND_STROKE = 2  # drawn thicker: a bold that the font does not have
SKEW = 15.0  # degrees off a quarter turn beyond which text is a watermark, not a line
PALE = 190  # the darkest channel of a pale colour
HUGE = 28.0  # points: pale text larger than this is a watermark


_weight = prototype("FPDFFont_GetWeight", ct.c_int, POINTER)
_flags = prototype("FPDFFont_GetFlags", ct.c_int, POINTER)
_NAME = ct.create_string_buffer(128)  # of a font; used where `LOCK` is held
_name = prototype("FPDFFont_GetBaseFontName", ct.c_ulong, POINTER, POINTER, ct.c_ulong)


@dataclass(frozen=True, slots=True)
class Frame:
    """From PDF user space to the displayed page: the visible box and the page's /Rotate."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def size(self) -> tuple[float, float]:
        """Displayed width and height in points."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation in (90, 270) else (width, height)

    def shown(self, x: Any, y: Any) -> tuple[Any, Any]:
        """A point of user space (numbers or arrays) on the displayed page."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The visible glyphs of a page in the order of its content, blanks included; all arrays have one entry a glyph.

    `char` has one character a glyph; `ox, oy` is the point on the baseline where the glyph begins, displayed; `advance`
    is how far the pen moves (points); `rotation` 0/90/180/270 clockwise; `source` numbers the text object it came from.
    """

    char: str
    ox: Floats
    oy: Floats
    advance: Floats
    size: Floats
    rotation: NDArray[np.int32]
    source: NDArray[np.int32]
    bold: NDArray[np.bool_]
    italic: NDArray[np.bool_]
    hidden: NDArray[np.bool_]
    unmapped: float  # share of glyphs without a place in Unicode

    def __len__(self) -> int:
        return len(self.char)


class _Style(NamedTuple):
    """What all glyphs of text objects set alike have in common (a PLACED row); `drop`: they are a watermark."""

    size: float
    rotation: int
    bold: bool
    italic: bool
    hidden: bool
    drop: bool


def read_glyphs(page: Any, frame: Frame, gather: Gather = GATHER, most: int = USUAL.glyphs) -> Glyphs:
    """Every glyph that stands on the displayed page (`page` is a pypdfium2 page); watermarks and pdfium's own inserted
    blanks are left out. A page without text gives no glyphs. Raises `ValueError` where there are more than `most`."""
    raw = pdfium.FPDFText_LoadPage(page.raw)
    text = handle(raw)
    if not text:
        return _no_glyphs()
    try:
        count = pdfium.FPDFText_CountChars(raw)
        if count > most:
            raise ValueError(f"{count} huruf, lebih dari {most}; naikkan batasnya dengan --limit glyphs=N")
        return _glyphs(gather.glyphs(text, max(count, 0)), frame, gather.place)
    finally:
        pdfium.FPDFText_ClosePage(raw)


def _glyphs(rows: GlyphRows, frame: Frame, place: Place | None) -> Glyphs:
    """Glyphs from what was gathered, while the text page is open (fonts are asked for their names)."""
    if not len(rows.glyphs):
        return _no_glyphs()
    fonts: dict[int, tuple[bool, bool]] = {}
    styles = np.array([_style(row, frame.rotation, fonts) for row in rows.styles.tolist()], PLACED)
    found = (place or _by_columns)(rows, styles, (frame.left, frame.bottom, frame.right, frame.top, frame.rotation))
    ox, oy, advance, size = found.numbers
    rotation, source = found.wholes
    bold, italic, hidden = found.marks
    unmapped = found.unmapped / len(found.char) if found.char else 0.0
    return Glyphs(found.char, ox, oy, advance, size, rotation, source, bold, italic, hidden, unmapped)


def _by_columns(rows: GlyphRows, styles: NDArray[np.void], corners: Corners) -> PlacedRows:
    """The glyphs of the displayed page: what `_native.c` does in its `place`."""
    frame = Frame(*corners)
    glyphs, objects, unmapped = rows.glyphs, rows.objects, rows.objects["unmapped"]
    if styles["drop"].any():
        kept = ~styles["drop"][objects["style"]]
        unmapped = unmapped[kept]
        glyphs = glyphs[kept[glyphs["source"]]]
    source = glyphs["source"]
    style = styles[objects["style"][source]]
    upright = objects["upright"][source] != 0
    box = glyphs["box"].astype(np.float64)
    y = np.where(upright, objects["base"][source], box[:, 1])
    ox, oy = frame.shown(box[:, 0], y)
    fx, fy = frame.shown(box[:, 2], np.where(upright, y, box[:, 3]))
    advance = np.where(style["rotation"] % 180 == 0, np.abs(fx - ox), np.abs(fy - oy))
    return PlacedRows(
        _characters(glyphs["code"]),
        np.stack([ox, oy, advance, style["size"]]),
        np.stack([style["rotation"], source]),
        np.stack([style["bold"], style["italic"], style["hidden"]]),
        int(unmapped.sum()),
    )


def _characters(code: NDArray[np.uint32]) -> str:
    strange = (code == 0) | (code > 0x10FFFF) | ((code >= 0xD800) & (code < 0xE000))
    return np.where(strange, 0xFFFD, code).astype("<u4").tobytes().decode("utf-32-le")


def _style(row: tuple[Any, ...], turn: int, fonts: dict[int, tuple[bool, bool]]) -> _Style:
    """What a STYLE row means on a page turned by `turn`; `fonts` gathers what is known of fonts."""
    font, m, size, mode, colour, _ = row
    size *= math.hypot(m[2], m[3]) or 1.0
    # In user space text turns anticlockwise; the displayed page adds its own turn.
    angle = (turn - math.degrees(math.atan2(m[1], m[0]))) % 360
    rotation = round(angle / 90) % 4 * 90
    off = abs((angle - rotation + 180) % 360 - 180)
    if font not in fonts:
        fonts[font] = _font_style(font)
    bold, italic = fonts[font]
    return _Style(
        size,
        rotation,
        bold or mode == FILL_AND_STROKE,
        italic or (abs(m[2]) > 0.1 * abs(m[3]) > 0 and abs(m[1]) < 1e-3),
        mode == INVISIBLE,
        off > SKEW or (size > HUGE and _pale(colour)),
    )


def _font_style(font: int) -> tuple[bool, bool]:
    """Whether a font is bold and italic."""
    _NAME[0] = b"\0"  # a longer name is not written
    _name(font, ct.addressof(_NAME), len(_NAME))
    name = _NAME.value.lower()
    flags = max(_flags(font), 0)
    bold = b"bold" in name or b"black" in name or b"heavy" in name or _weight(font) >= 600 or bool(flags & FORCE_BOLD)
    return bold, bool(flags & ITALIC) or b"italic" in name or b"oblique" in name


def _pale(colour: int) -> bool:
    red, green, blue, alpha = colour.to_bytes(4, "little")
    return min(red, green, blue) >= PALE or alpha < 110


def _no_glyphs() -> Glyphs:
    floats, whole, no = np.zeros(0), np.zeros(0, np.int32), np.zeros(0, np.bool_)
    return Glyphs("", floats, floats, floats, floats, whole, whole, no, no, no, 0.0)
