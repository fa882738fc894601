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

    `char` has one character a glyph; `ox, oy` is the point on the baseline where the glyph begins, displayed; `advance`
    is how far the pen moves (points); `rotation` 0/90/180/270 clockwise; `source` numbers the text object it came from.
    """

    char: str
    ox: Floats
    oy: Floats
    advance: Floats
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

    __slots__ = ("base", "bold", "drop", "hidden", "italic", "number", "rotation", "size", "upright")

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
        self.upright = m[0] > 0 and abs(m[1]) < 1e-3 * abs(m[0])  # in user space: then its loose boxes can be used
        base = _baseline(text, index) if self.upright else None
        self.upright, self.base = base is not None, base or 0.0
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


def _baseline(text: int, index: int) -> float | None:
    """The height of the baseline on which all glyphs of a text object stand. None where the font tells no widths, so that
    loose boxes are of no use."""
    box = (ct.c_float * 4)()
    origin = (ct.c_double * 2)()
    _loose(text, index, ct.addressof(box))
    _origin(text, index, ct.addressof(origin), ct.addressof(origin) + 8)
    return float(origin[1]) if box[2] > box[0] else None


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
        return _glyphs([], [], np.zeros((0, 4), np.float32), [], frame, 0)
    try:
        return _read(ct.cast(handle, ct.c_void_p).value or 0, pdfium.FPDFText_CountChars(handle), frame)
    finally:
        pdfium.FPDFText_ClosePage(handle)


def _read(text: int, count: int, frame: Frame) -> Glyphs:
    boxes = np.zeros((max(count, 1), 4), dtype=np.float32)  # loose: left, top, right, bottom; turned text: see _turned
    base, row = boxes.ctypes.data, boxes.strides[0]
    objects: dict[int, _Object] = {}
    fonts: dict[int, tuple[bool, bool]] = {}
    codes: list[int] = []
    sources: list[int] = []
    unmapped = 0
    last, obj = -1, None
    for i in range(count):
        owner = _object(text, i)
        if owner != last:
            last = owner
            obj = objects.get(owner) if owner else None
            if owner and obj is None:
                obj = objects[owner] = _Object(owner, text, i, len(objects), fonts, frame.rotation)
        if obj is None or obj.drop:  # without an object: a blank or line end that pdfium put in
            continue
        code = _unicode(text, i)
        if obj.upright:
            _loose(text, i, base + len(codes) * row)
        else:
            boxes[len(codes)] = _turned(text, i)
        if code > 126 or code < 32:
            unmapped += _unmapped(text, i) == 1
        codes.append(code)
        sources.append(obj.number)
    return _glyphs(codes, sources, boxes[: len(codes)], list(objects.values()), frame, unmapped)


def _turned(text: int, index: int) -> tuple[float, float, float, float]:
    """(origin x, origin y, far x, far y) of a glyph of turned text: its pen and the corner of its ink farthest from it."""
    n = (ct.c_double * 6)()
    at = ct.addressof(n)
    _tight(text, index, at, at + 8, at + 16, at + 24)
    _origin(text, index, at + 32, at + 40)
    left, right, bottom, top, x, y = n
    return x, y, left if x - left > right - x else right, bottom if y - bottom > top - y else top


def _glyphs(
    codes: list[int],
    sources: list[int],
    boxes: NDArray[np.float32],
    objects: list[_Object],
    frame: Frame,
    unmapped: int,
) -> Glyphs:
    code = np.array(codes, dtype=np.uint32)
    code[(code == 0) | (code > 0x10FFFF) | ((code >= 0xD800) & (code < 0xE000))] = 0xFFFD
    source = np.array(sources, dtype=np.int32)

    def of_object(values: list[Any], kind: Any) -> Any:
        return np.array(values, dtype=kind)[source] if len(source) else np.zeros(0, dtype=kind)

    upright = of_object([o.upright for o in objects], np.bool_)
    rotation = of_object([o.rotation for o in objects], np.int32)
    b = boxes.astype(np.float64)
    x = b[:, 0]
    y = np.where(upright, of_object([o.base for o in objects], np.float64), b[:, 1])
    ox, oy = frame.shown(x, y)
    fx, fy = frame.shown(b[:, 2], np.where(upright, y, b[:, 3]))
    along = np.where(rotation % 180 == 0, np.abs(fx - ox), np.abs(fy - oy))
    return Glyphs(
        char=code.astype("<u4").tobytes().decode("utf-32-le"),
        ox=ox,
        oy=oy,
        advance=along,
        size=of_object([o.size for o in objects], np.float64),
        rotation=rotation,
        bold=of_object([o.bold for o in objects], np.bool_),
        italic=of_object([o.italic for o in objects], np.bool_),
        hidden=of_object([o.hidden for o in objects], np.bool_),
        source=source,
        unmapped=unmapped / len(codes) if codes else 0.0,
    )
