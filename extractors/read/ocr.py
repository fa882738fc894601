"""A page read from its picture: upright, straight, ruled lines found, text read cell by cell, doubtful figures again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.read.frames import Floats
from extractors.read.imagelines import ImageLines, find_lines, without
from extractors.read.imagewords import PictureWord, words_of
from extractors.read.legible import EMPTY, ILLEGIBLE, NO_WORDS
from extractors.read.memory import give_back
from extractors.read.orient import displayed, sideways, skew, straighten, upright
from extractors.read.pdfium import LOCK
from extractors.read.pictures import LINES, text_lines
from extractors.read.raster import FINE_DPI, Gray, Raster, even, ink_of, picture_dpi, render
from extractors.read.recognise import Reader, Reading, reader
from extractors.read.reread import Look, column_forms, doubtful, read_again
from extractors.read.textboxes import Blots, TextBox, find_blots, in_cell, stands, text_boxes
from extractors.read.typesize import even_sizes
from extractors.read.words import ASCENT, DESCENT
from schemas.document import Box, Page, PageStatus, Rule, Word

SETTLED = 0.9  # mean confidence of a few lines from which a page is not upside down
ENOUGH = 8.0  # times as wide as high: a line that tells which way up it is
SAMPLE = 8  # lines that tell which way up a page is
BELIEVED = 0.5  # mean confidence below which a line is no text
BELIEVED_LONE = 0.6  # the same for a sign that the detector passed over
BELIEVED_CELL = 0.3  # the same in a ruled cell: what stands there is meant to be read
DASH_SURE = 0.9  # how sure a dash is that only its form tells
BOLD = 1.11  # times the page's usual stroke
SPREAD = 4.0  # times the usual deviation by which a bold stroke must stand out
COARSE = 160  # dots to the inch of a scan below which every figure is read twice
LEAST_WORDS = 12  # fewer do not tell what is usual
UNLIKE = 0.15  # share by which a word's strokes differ from its line's when they are really others
LONGEST = 20.0  # times as long as wide: the detector makes the short side 736 pixels, and takes 1.3 GB for such a page
PAD = 0.25  # of a line's height: paper left around it when it is read


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The page's picture made upright and straight: `clean`, `ink` and `blots` without the ruling lines `lines`."""

    clean: Gray
    ink: Gray
    lines: ImageLines
    blots: Blots
    scale: float
    direction: int  # of the text on the page as displayed
    angle: float  # by which it was straightened
    found: Floats  # the detector's boxes


def read_page_image(page: Any, number: int, *, reason: str | None = None) -> Page:
    """Read the pypdfium2 `page` (its `number` from 1) from its picture; `reason` says why, and is kept in the result.

    Words, boxes and ruling lines are in points of the page as displayed, once straightened: on a skewed scan they lie
    as the page would if it had been put in straight. A figure that was read in two ways carries the other reading.
    Raises `ValueError` (an Indonesian phrase) for a page more than `LONGEST` times as long as wide, or the other way round.
    """
    with LOCK:
        _refuse_strip(page)
        model = reader()
        raster = render(page)
        turned = int(page.get_rotation())
    height, width = (side / raster.scale for side in raster.gray.shape)
    sheet = _sheet(raster, model)
    if sheet is None:
        status, why = _unread(raster)
        return Page(number, width, height, turned, method="ocr", status=status, reason=why)
    blots = sheet.blots
    boxes = text_boxes(sheet.found, blots, sheet.lines)
    level = [b for b in boxes if not b.turned]
    words = [(w, 0) for w in _level_words(level, blots, sheet, model)]
    words += _turned_words([b for b in boxes if b.turned], blots, sheet, model)
    words = _second_looks(page, words, sheet, model)
    shown = _shown_words(words, sheet, width, height)
    rules = _rules(sheet, width, height)
    give_back()
    return Page(number, width, height, turned, shown, rules, (), "ocr", PageStatus.READ, reason, skew=sheet.angle)


def _refuse_strip(page: Any) -> None:
    short, long = sorted(page.get_size())
    if long > LONGEST * short:
        raise ValueError(
            f"halaman terlalu sempit untuk dibaca sebagai gambar (sisinya {short:.0f} dan {long:.0f} poin)"
        )


def _unread(raster: Raster) -> tuple[PageStatus, str]:
    """Why no text was found: there is none, or there are lines of it that cannot be read."""
    ink = ink_of(even(raster))
    if not len(find_blots(ink, raster.scale, find_lines(ink, raster.scale))):
        return PageStatus.SKIPPED, EMPTY
    turned = np.ascontiguousarray(ink.T)
    if max(text_lines(ink, raster.scale), text_lines(turned, raster.scale)) >= LINES:
        return PageStatus.FAILED, ILLEGIBLE
    return PageStatus.SKIPPED, NO_WORDS


def _sheet(raster: Raster, model: Reader) -> _Sheet | None:
    """The picture upright and straight, or None where it shows no text."""
    lit = even(raster)
    angle = skew(ink_of(lit))
    lit = straighten(lit, angle)
    ink = ink_of(lit)
    lines = find_lines(ink, raster.scale)
    guess = 270 if sideways(without(ink, lines, 0), raster.scale) else 0
    for direction in (guess, 0 if guess else 270):
        own = _at(lit, direction, raster.scale, lines if direction == 0 else None)
        found = model.detect(own[0], own[3].letter(raster.scale))
        if not len(found):
            return None
        if not _mostly_turned(found):
            break
    if _upside_down(own[0], found, model):
        direction = (direction + 180) % 360
        own = _at(lit, direction, raster.scale, None)
        height, width = own[0].shape
        found = np.stack([width - found[:, 2], height - found[:, 3], width - found[:, 0], height - found[:, 1]], axis=1)
    return _Sheet(*own, raster.scale, direction, angle, found)


def _at(lit: Gray, direction: int, scale: float, lines: ImageLines | None) -> tuple[Gray, Gray, ImageLines, Blots]:
    picture = upright(lit, direction)
    ink = ink_of(picture)
    lines = lines or find_lines(ink, scale)
    ink = without(ink, lines, 0)
    return without(picture, lines, 255), ink, lines, find_blots(ink, scale, lines)


def _mostly_turned(found: Floats) -> bool:
    width, height = found[:, 2] - found[:, 0], found[:, 3] - found[:, 1]
    tall = stands(found)
    return bool(height[tall].sum() > 1.5 * width[~tall].sum())


def _upside_down(picture: Gray, found: Floats, model: Reader) -> bool:
    """Whether a few lines read better turned by half."""
    width, height = found[:, 2] - found[:, 0], found[:, 3] - found[:, 1]
    level = np.flatnonzero(width > 2 * height)
    if not len(level):
        return False
    # Some words of each are enough: lines of a dozen letters first, then longer ones.
    chosen = level[np.argsort(abs(width[level] / height[level] - ENOUGH), kind="stable")[:SAMPLE]]
    crops = [_crop(picture, *found[i].tolist()) for i in chosen.tolist()]
    as_is = _mean(model.read(crops))
    return as_is < SETTLED and _mean(model.read([np.ascontiguousarray(np.rot90(c, 2)) for c in crops])) > as_is


def _mean(readings: list[Reading]) -> float:
    return sum(r.confidence for r in readings) / len(readings)


def _crop(picture: Gray, x0: float, y0: float, x1: float, y1: float) -> Gray:
    height, width = picture.shape
    left, right = max(int(x0), 0), min(int(np.ceil(x1)), width)
    top, bottom = max(int(y0), 0), min(int(np.ceil(y1)), height)
    return picture[top : max(bottom, top + 1), left : max(right, left + 1)]


def _level_words(boxes: list[TextBox], blots: Blots, sheet: _Sheet, model: Reader) -> list[PictureWord]:
    if not boxes:
        return []
    usual = float(np.median([b.y1 - b.y0 for b in boxes]))
    frames = [_frame(b, usual) for b in boxes]
    readings = model.read([_crop(sheet.clean, *f) for f in frames])
    thickness = np.asarray(cv2.distanceTransform(sheet.ink, cv2.DIST_L2, 3), dtype=np.float32)
    out: list[PictureWord] = []
    for box, frame, read in zip(boxes, frames, readings, strict=True):
        own = _take(blots, box)
        reading = _as_dash(own, usual, read)
        if reading.confidence < (BELIEVED_LONE if box.lone else BELIEVED) and not (
            reading.confidence >= BELIEVED_CELL and in_cell(box, sheet.lines)
        ):
            continue
        found = words_of(reading, own, frame[0], frame[2], usual)
        whole = _stroke(found, thickness)
        for word in found:
            stroke = _stroke([word], thickness)
            # A word of few strokes is measured badly: it is as bold as its line unless it stands out.
            out.append(replace(word, stroke=whole if abs(stroke - whole) < UNLIKE * whole else stroke))
    return out


def _frame(box: TextBox, usual: float) -> tuple[float, float, float, float]:
    """What is cut out to read a box: some paper around it, and no less than a usual line's height."""
    height = box.y1 - box.y0
    short = max(0.0, (1.0 * usual - height) / 2) if height < 0.7 * usual else 0.0
    pad = PAD * max(height, 0.7 * usual)
    return max(box.x0 - pad, 0), max(box.y0 - pad - short, 0), box.x1 + pad, box.y1 + pad + short


def _take(blots: Blots, box: TextBox) -> Blots:
    i = box.blots
    return Blots(blots.x0[i], blots.y0[i], blots.x1[i], blots.y1[i], blots.area[i])


def _as_dash(own: Blots, usual: float, reading: Reading) -> Reading:
    """A single flat blot is a dash, whatever the recogniser makes of so little."""
    if len(own) != 1 or any(c.isalnum() for c in reading.text):
        return reading
    width, height = float(own.x1[0] - own.x0[0]), float(own.height[0])
    if height <= 0.3 * usual and 1.5 * height < width <= 1.5 * usual:
        return Reading("-", (max(DASH_SURE, reading.confidence),), (0.5,))
    return reading


def _stroke(words: list[PictureWord], thickness: NDArray[np.float32]) -> float:
    """Mean width of the strokes of words that stand on one line, in pixels."""
    if not words:
        return 0.0
    top, bottom = max(int(words[0].base - words[0].size), 0), int(words[0].base + 0.3 * words[0].size)
    part = thickness[top:bottom, int(words[0].x0) : int(words[-1].x1) + 1]
    inked = part[part > 0].astype(np.float64)
    return 4 * float(inked.mean()) if len(inked) else 0.0


def _turned_words(boxes: list[TextBox], blots: Blots, sheet: _Sheet, model: Reader) -> list[tuple[PictureWord, int]]:
    """Words of text that stands across the page's own, each with its direction in the upright picture."""
    if not boxes:
        return []
    height, width = sheet.clean.shape
    usual = float(np.median([b.x1 - b.x0 for b in boxes]))
    best: list[tuple[Reading, int]] = [(Reading("", (), ()), 270)] * len(boxes)
    for direction in (270, 90):
        crops = [upright(_crop(sheet.clean, *_padded(b)), direction) for b in boxes]
        for k, reading in enumerate(model.read(crops)):
            if reading.confidence > best[k][0].confidence + 0.01:
                best[k] = (reading, direction)
    out: list[tuple[PictureWord, int]] = []
    for box, (reading, direction) in zip(boxes, best, strict=True):
        if reading.confidence < BELIEVED_LONE or (len(reading.text) < 3 and reading.confidence < SETTLED):
            continue
        own = _turn_blots(_take(blots, box), direction, width, height)
        frame = _padded(box)
        left, right = (frame[1], frame[3]) if direction == 90 else (height - frame[3], height - frame[1])
        out += [(w, direction) for w in words_of(reading, own, left, right, usual)]
    return out


def _padded(box: TextBox) -> tuple[float, float, float, float]:
    pad = PAD * (box.x1 - box.x0)
    return max(box.x0 - pad, 0), max(box.y0 - pad, 0), box.x1 + pad, box.y1 + pad


def _turn_blots(blots: Blots, direction: int, width: int, height: int) -> Blots:
    if direction == 90:
        return Blots(blots.y0, width - blots.x1, blots.y1, width - blots.x0, blots.area)
    return Blots(height - blots.y1, blots.x0, height - blots.y0, blots.x1, blots.area)


def _second_looks(
    page: Any, words: list[tuple[PictureWord, int]], sheet: _Sheet, model: Reader
) -> list[tuple[PictureWord, int]]:
    """Doubtful figures read again, each by itself, from a finer picture of the page."""
    level = [i for i, (_, direction) in enumerate(words) if direction == 0]
    forms = column_forms([words[i][0] for i in level])
    with LOCK:
        coarse = (picture_dpi(page) or FINE_DPI) < COARSE
    doubts = doubtful([words[i][0] for i in level], forms, coarse)
    chosen = [level[k] for k in doubts]
    if not chosen:
        return words
    with model.room.much():
        look = _finer(page, sheet, coarse)
    again = read_again([words[i][0] for i in chosen], [forms[k] for k in doubts], look, model)
    out = list(words)
    for i, word in zip(chosen, again, strict=True):
        out[i] = (word, 0)
    return out


def _finer(page: Any, sheet: _Sheet, coarse: bool) -> Look:
    """The page's finer picture, made upright and straight, without ruling lines."""
    with LOCK:
        fine = render(page, FINE_DPI)
    lit = upright(straighten(even(fine), sheet.angle), sheet.direction)
    grown = cv2.resize(sheet.lines.mask, (lit.shape[1], lit.shape[0]), interpolation=cv2.INTER_NEAREST)
    lit = without(lit, ImageLines(sheet.lines.across, sheet.lines.down, np.asarray(grown, np.uint8)), 255)
    if coarse:  # the steps of its large pixels smoothed: another look at the same digits
        lit = np.asarray(cv2.medianBlur(lit, 5), dtype=np.uint8)
    return Look(lit, fine.scale / sheet.scale)


def _shown_words(words: list[tuple[PictureWord, int]], sheet: _Sheet, width: float, height: float) -> tuple[Word, ...]:
    """The words on the displayed page, in points."""
    if not words:
        return ()
    across, down = sheet.clean.shape[1] / sheet.scale, sheet.clean.shape[0] / sheet.scale
    sizes = even_sizes([w for w, _ in words])
    bolds = _bold([w for w, _ in words], sizes)
    out = []
    for (word, direction), pixels, bold in zip(words, sizes, bolds, strict=True):
        size, base = pixels / sheet.scale, word.base / sheet.scale
        box = Box(word.x0 / sheet.scale, base - ASCENT * size, word.x1 / sheet.scale, base + DESCENT * size)
        box = displayed(displayed(box, direction, across, down), sheet.direction, width, height)
        turned = (sheet.direction + direction) % 360
        out.append(Word(word.text, box, round(size, 2), bold, turned, word.confidence, other=word.other))
    return tuple(out)


def _bold(words: list[PictureWord], sizes: list[float]) -> list[bool]:
    """Which words are bold: their strokes well beyond what is usual for their size of type on the page.

    Small type has the wider strokes for its size, so each size is judged by itself where it has words enough.
    """
    told = [
        (w.stroke / s, s)
        for w, s in zip(words, sizes, strict=True)
        if w.stroke and sum(c.isalpha() for c in w.text) > 2
    ]
    heavy: dict[float, float] = {}
    for size in set(sizes):
        strokes = np.array([r for r, s in told if s == size])
        if len(strokes) < LEAST_WORDS:
            strokes = np.array([r for r, _ in told])
        if len(strokes) < LEAST_WORDS:
            heavy[size] = float("inf")
            continue
        usual = float(np.median(strokes))
        deviation = float(np.median(abs(strokes - usual)))
        heavy[size] = max(BOLD * usual, usual + SPREAD * deviation)
    return [w.stroke > heavy[s] * s and any(c.isalnum() for c in w.text) for w, s in zip(words, sizes, strict=True)]


def _rules(sheet: _Sheet, width: float, height: float) -> tuple[Rule, ...]:
    """The ruling lines on the displayed page, in points."""
    level = [(x0, y, x1, y) for y, x0, x1 in (sheet.lines.across / sheet.scale).tolist()]
    boxes = level + [(x, y0, x, y1) for x, y0, y1 in (sheet.lines.down / sheet.scale).tolist()]
    shown = [displayed(Box(*box), sheet.direction, width, height) for box in boxes]
    return tuple(Rule(b.x0, b.top, b.x1, b.bottom) for b in shown)
