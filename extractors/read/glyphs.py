"""The glyphs of a PDF page, as arrays, through pdfium.

pdfium is called through plain prototypes that take addresses: a page has thousands of glyphs, and the wrapper's own
argument checks would cost more than pdfium does.
"""

from __future__ import annotations

import ctypes as ct
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123: font flags
ITALIC = 1 << 6
INVISIBLE = 3  # text render mode: neither filled nor stroked (an OCR layer)
FILL_AND_STROKE = 2  # drawn thicker: a bold that the font does not have
SKEW = 15.0  # degrees off a quarter turn beyond which text is a watermark, not a line
PALE = 190  # the darkest channel of a pale colour
HUGE = 28.0  # points: pale text larger than this is a watermark


def _proto(name: str, result: Any, *args: Any) -> Any:
    return ct.CFUNCTYPE(result, *args)(ct.cast(getattr(pdfium, name), ct.c_void_p).value or 0)


_P = ct.c_void_p
_unicode = _proto("FPDFText_GetUnicode", ct.c_uint, _P, ct.c_int)
_object = _proto("FPDFText_GetTextObject", _P, _P, ct.c_int)
_loose = _proto("FPDFText_GetLooseCharBox", ct.c_int, _P, ct.c_int, _P)
_tight = _proto("FPDFText_GetCharBox", ct.c_int, _P, ct.c_int, _P, _P, _P, _P)
_origin = _proto("FPDFText_GetCharOrigin", ct.c_int, _P, ct.c_int, _P, _P)
_matrix = _proto("FPDFText_GetMatrix", ct.c_int, _P, ct.c_int, _P)
_unmapped = _proto("FPDFText_HasUnicodeMapError", ct.c_int, _P, ct.c_int)
_fill = _proto("FPDFText_GetFillColor", ct.c_int, _P, ct.c_int, _P, _P, _P, _P)
_mode = _proto("FPDFTextObj_GetTextRenderMode", ct.c_int, _P)
_size = _proto("FPDFTextObj_GetFontSize", ct.c_int, _P, _P)
_font = _proto("FPDFTextObj_GetFont", _P, _P)
_weight = _proto("FPDFFont_GetWeight", ct.c_int, _P)
_flags = _proto("FPDFFont_GetFlags", ct.c_int, _P)
_name = _proto("FPDFFont_GetBaseFontName", ct.c_ulong, _P, _P, ct.c_ulong)


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

    `x0, top, x1, bottom` is the tight box and `ox, oy` the point on the baseline, displayed; `advance` is how far the
    pen moves (points); `rotation` 0/90/180/270 clockwise; `source` numbers the text object it came from.
    """

    char: list[str]
    ox: Floats
    oy: Floats
    advance: Floats
    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    size: Floats
    rotation: NDArray[np.int32]
    bold: NDArray[np.bool_]
    italic: NDArray[np.bool_]
    hidden: NDArray[np.bool_]
    source: NDArray[np.int32]
    unmapped: float  # share of glyphs without a place in Unicode

    def __len__(self) -> int:
        return len(self.char)


class _Object:
    """What all glyphs of one text object have in common."""

    __slots__ = ("bold", "drop", "hidden", "italic", "number", "rotation", "size", "tight")

    def __init__(self, handle: int, text: int, index: int, number: int, fonts: dict[int, tuple[bool, bool]], turn: int):
        m = (ct.c_float * 6)()
        _matrix(text, index, ct.addressof(m))
        size = ct.c_float()
        _size(handle, ct.addressof(size))
        self.size = size.value * (math.hypot(m[2], m[3]) or 1.0)
        # In user space text turns anticlockwise; the displayed page adds its own turn.
        angle = (turn - math.degrees(math.atan2(m[1], m[0]))) % 360
        self.rotation = round(angle / 90) % 4 * 90
        off = abs((angle - self.rotation + 180) % 360 - 180)
        self.tight = not (m[0] > 0 and abs(m[1]) < 1e-3 * abs(m[0]))
        font = _font(handle)
        if font not in fonts:
            fonts[font] = _font_style(font)
        mode = _mode(handle)
        self.bold, self.italic = fonts[font]
        self.bold = self.bold or mode == FILL_AND_STROKE
        self.italic = self.italic or (abs(m[2]) > 0.1 * abs(m[3]) > 0 and abs(m[1]) < 1e-3)
        self.hidden = mode == INVISIBLE
        self.drop = off > SKEW or (self.size > HUGE and _pale(text, index))
        self.number = number


def _font_style(font: int) -> tuple[bool, bool]:
    buffer = ct.create_string_buffer(128)
    _name(font, ct.addressof(buffer), 128)
    name = buffer.value.lower()
    flags = max(_flags(font), 0)
    bold = b"bold" in name or b"black" in name or b"heavy" in name or _weight(font) >= 600 or bool(flags & FORCE_BOLD)
    return bold, bool(flags & ITALIC) or b"italic" in name or b"oblique" in name


def _pale(text: int, index: int) -> bool:
    c = (ct.c_uint * 4)()
    a = ct.addressof(c)
    _fill(text, index, a, a + 4, a + 8, a + 12)
    return min(c[0], c[1], c[2]) >= PALE or c[3] < 110


def read_glyphs(page: Any, frame: Frame) -> Glyphs:
    """Every glyph that stands on the displayed page (`page` is a pypdfium2 page); watermarks and pdfium's own inserted
    blanks are left out. A page without text gives no glyphs."""
    handle = pdfium.FPDFText_LoadPage(page.raw)
    if not handle:
        return _glyphs([], np.zeros((0, 10)), [], frame, 0.0)
    try:
        return _read(ct.cast(handle, ct.c_void_p).value or 0, pdfium.FPDFText_CountChars(handle), frame)
    finally:
        pdfium.FPDFText_ClosePage(handle)


def _read(text: int, count: int, frame: Frame) -> Glyphs:
    numbers = np.zeros((max(count, 1), 10), dtype=np.float64)  # l, r, b, t, ox, oy, loose width, size, -, -
    loose = (ct.c_float * 4)()
    loose_at, base, row = ct.addressof(loose), numbers.ctypes.data, numbers.strides[0]
    objects: dict[int, _Object] = {}
    fonts: dict[int, tuple[bool, bool]] = {}
    chars: list[str] = []
    owners: list[_Object] = []
    unmapped = 0
    kept = 0
    for i in range(count):
        owner = _object(text, i)
        if not owner:  # a blank or line end that pdfium put in
            continue
        obj = objects.get(owner)
        if obj is None:
            obj = objects[owner] = _Object(owner, text, i, len(objects), fonts, frame.rotation)
        if obj.drop:
            continue
        code = _unicode(text, i)
        at = base + kept * row
        _tight(text, i, at, at + 8, at + 16, at + 24)
        _origin(text, i, at + 32, at + 40)
        if not obj.tight:
            _loose(text, i, loose_at)
            numbers[kept, 6] = loose[2] - loose[0]
        if code > 126 or code < 32:
            unmapped += _unmapped(text, i) == 1
        chars.append(chr(code) if 0 < code < 0x110000 else "\ufffd")
        owners.append(obj)
        kept += 1
    return _glyphs(chars, numbers[:kept], owners, frame, unmapped / kept if kept else 0.0)


def _glyphs(chars: list[str], n: Floats, owners: list[_Object], frame: Frame, unmapped: float) -> Glyphs:
    xa, ya = frame.shown(n[:, 0], n[:, 3])
    xb, yb = frame.shown(n[:, 1], n[:, 2])
    ox, oy = frame.shown(n[:, 4], n[:, 5])
    x0, x1, top, bottom = np.minimum(xa, xb), np.maximum(xa, xb), np.minimum(ya, yb), np.maximum(ya, yb)
    rotation = np.array([o.rotation for o in owners], dtype=np.int32)
    # Where the font's advance is not to be had, the glyph's own far edge stands for it.
    far = np.choose(rotation // 90, [x1 - ox, bottom - oy, ox - x0, oy - top]) if len(owners) else ox
    advance = np.where(n[:, 6] > 0, n[:, 6], np.maximum(far, 0.0))
    return Glyphs(
        char=chars,
        ox=ox,
        oy=oy,
        advance=advance,
        x0=x0,
        top=top,
        x1=x1,
        bottom=bottom,
        size=np.array([o.size for o in owners], dtype=np.float64),
        rotation=rotation,
        bold=np.array([o.bold for o in owners], dtype=np.bool_),
        italic=np.array([o.italic for o in owners], dtype=np.bool_),
        hidden=np.array([o.hidden for o in owners], dtype=np.bool_),
        source=np.array([o.number for o in owners], dtype=np.int32),
        unmapped=unmapped,
    )
