"""A second reader of text layers: pdfminer (through pdfplumber), for the pages that pdfium reads badly.

pdfminer finds characters where pdfium gives none: in fonts without a ToUnicode map it looks up the embedded font's own
table. It is many times slower, so only pages whose text layer is in doubt come here, before they are read as images.
"""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from extractors.read.glyphs import SKEW, Frame, Glyphs
from extractors.read.legible import EMPTY, NOISE, noise, trouble
from extractors.read.paths import join_rules
from extractors.read.words import read_words
from schemas.document import Box, Page, Rule, Word

SECOND = "lapisan teks dibaca pembaca kedua (pdfminer)"
GIVE_UP = 6  # pages in a row that are no better here: then it is the file, and no further page is tried
MOST = 200_000  # characters of one page
THIN = 2.0  # points: a filled rectangle thinner than this is a ruling line
UNKNOWN = "\ufffd"


class SecondReader:
    """Reads single pages of one PDF file again; opened at the first page that needs it, closed with `close`."""

    def __init__(self, data: bytes, password: str | None) -> None:
        self._data, self._password = data, password
        self._file: Any = None
        self._failed = 0

    def words(self, number: int, frame: Frame, rules: tuple[Rule, ...], *, pictured: bool) -> Sequence[Word] | None:
        """The words of page `number` (from 1) on the page that `frame` displays; None where they are not legible here
        either."""
        if self._failed >= GIVE_UP:
            return None
        try:
            page = self._page(number)
            glyphs = _glyphs(page.chars, _offset(page, frame), float(page.height))
        except Exception:  # noqa: BLE001 - whatever a damaged file does to this reader, the page goes the usual way
            self._failed += 1
            return None
        words = read_words(glyphs, rules, *frame.size)
        if trouble(glyphs, words, pictured, drawn=True) is not None or noise(words, least=1) > NOISE:
            self._failed += 1
            return None
        self._failed = 0
        return words

    def page(self, number: int) -> Page | None:
        """The whole page `number`, for a page that the first reader cannot load at all; None where it cannot either."""
        try:
            page = self._page(number)
            frame = _frame(page.page_obj.cropbox, int(page.rotation))
            rules = _rules(page, *_offset(page, frame))
        except Exception:  # noqa: BLE001 - the page stays failed, with the first reader's reason
            return None
        found = self.words(number, frame, rules, pictured=bool(page.images))
        if found is None:
            return None
        return Page(number, *frame.size, frame.rotation, found, rules, (), "text", reason=SECOND)

    def close(self) -> None:
        """Let go of the file. A damaged one may refuse even that (pdfplumber walks its pages again to close them)."""
        if self._file is not None:
            with suppress(Exception):
                self._file.close()
            self._file = None

    def _page(self, number: int) -> Any:
        import pdfplumber

        if self._file is None:
            logging.getLogger("pdfminer").setLevel(logging.ERROR)
            self._file = pdfplumber.open(io.BytesIO(self._data), password=self._password or "")
        return self._file.pages[number - 1]


def has_text(page: Any) -> bool:
    """Whether the pypdfium2 page draws any text, legible or not."""
    return next(iter(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=4)), None) is not None


def worth(why: str | None, page: Any, glyphs: Glyphs) -> bool:
    """Whether a second reading may help: the page draws text, but `why` tells that it was not read well."""
    if why is None or (why == EMPTY and len(glyphs)):
        return False
    if not len(glyphs):
        return has_text(page)
    return not glyphs.hidden.mean() > 0.9  # unseen text is an old OCR layer, however it is read


def _frame(box: Any, rotation: int) -> Frame:
    left, bottom, right, top = (float(n) for n in box)
    return Frame(min(left, right), min(bottom, top), max(left, right), max(bottom, top), rotation)


def _offset(page: Any, frame: Frame) -> tuple[float, float]:
    """Where the displayed page begins within the media box, both turned as displayed."""
    media = _frame(page.page_obj.mediabox, frame.rotation)
    x, y = media.shown(np.array([frame.left, frame.right]), np.array([frame.bottom, frame.top]))
    return float(x.min()), float(y.min())


def _glyphs(chars: list[dict[str, Any]], offset: tuple[float, float], height: float) -> Glyphs:
    """pdfplumber's characters (their matrix is that of the media box turned as displayed, y upwards) as glyphs."""
    if len(chars) > MOST:
        raise ValueError(f"{len(chars)} characters")
    rows: list[tuple[float, float, float, float, int, bool, bool, int]] = []
    text: list[str] = []
    unmapped = 0
    styles: dict[str, int] = {}
    for c in chars:
        a, b, _, _, x, y = c["matrix"]
        angle = -math.degrees(math.atan2(b, a)) % 360
        rotation = round(angle / 90) % 4 * 90
        if abs((angle - rotation + 180) % 360 - 180) > SKEW:
            continue  # a watermark
        level = rotation % 180 == 0
        width, size = c["x1"] - c["x0"], c["bottom"] - c["top"]
        if not level:
            width, size = size, width
        name = str(c["fontname"]).lower()
        letters = str(c["text"])
        if letters.startswith("(cid:"):
            letters, unmapped = UNKNOWN, unmapped + 1
        bold, italic = any(w in name for w in ("bold", "black", "heavy")), "italic" in name or "oblique" in name
        source = styles.setdefault(f"{name} {size:.2f}", len(styles))
        step = width / max(len(letters), 1)
        turn = math.radians(rotation)
        for k, letter in enumerate(letters):  # a ligature counts as its letters
            ox = x - offset[0] + k * step * math.cos(turn)
            oy = height - y - offset[1] + k * step * math.sin(turn)
            rows.append((ox, oy, step, size, rotation, bold, italic, source))
            text.append(letter)
    columns = list(zip(*rows, strict=True)) or [()] * 8

    def of(k: int, kind: Any) -> Any:
        return np.array(columns[k], dtype=kind)

    return Glyphs(
        char="".join(text),
        ox=of(0, np.float64),
        oy=of(1, np.float64),
        advance=of(2, np.float64),
        size=of(3, np.float64),
        rotation=of(4, np.int32),
        bold=of(5, np.bool_),
        italic=of(6, np.bool_),
        hidden=np.zeros(len(text), dtype=np.bool_),
        source=of(7, np.int32),
        unmapped=unmapped / len(text) if text else 0.0,
    )


def _rules(page: Any, dx: float, dy: float) -> tuple[Rule, ...]:
    """The straight lines and thin rectangles that pdfplumber finds on a page."""
    left, top = float(page.bbox[0]), float(page.bbox[1])
    boxes = []
    for item in [*page.lines, *page.rects]:
        box = Box(float(item["x0"]), float(item["top"]), float(item["x1"]), float(item["bottom"]))
        x0, y0, x1, y1 = box.x0 - left - dx, box.top - top - dy, box.x1 - left - dx, box.bottom - top - dy
        if min(box.width, box.height) <= THIN:
            boxes.append((x0, y0, x1, y1))
        elif item.get("stroke"):  # a drawn frame is four lines
            boxes += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
    return join_rules(np.array(boxes, dtype=np.float64).reshape(-1, 4))
