"""Doubtful figures read a second time, one by one, larger; and by Tesseract where it is installed.

A figure is doubtful when a character of it is not sure, when it is not shaped like a number, or when it is shaped unlike
the figures above and below it. Sums play no part. Two readings that differ are both kept.
"""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass, replace

import cv2
import numpy as np
import regex

from extractors.read.imagewords import PictureWord, confidence_of
from extractors.read.raster import Gray
from extractors.read.recognise import Reader, Reading

SURE = 0.9  # a figure's weakest character: below, it is read again
DIFFER = 0.6  # confidence that is left where two readings differ
MENDED = 0.8  # the same where only one of them is shaped like a number
MOST = 400  # figures of one page that are read again
AGREED = 6  # figures of a column that settle its shape
TESSERACT_SECONDS = 10

_DIGIT = regex.compile(r"\d")
# Digits in groups, a code, a date, a range, a percentage, an amount with its sign: all that numbers look like.
_SHAPED = regex.compile(
    r"(?:Rp\.?)?[(\[-]?(?:\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?|\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d+(?:[.,]\d{1,4})?)[)\]]?"
    r"(?:%|,-|\.|,|;)?|\d{1,3}[.)]|\(?\d+\)?|\d{1,4}(?:[./-]\d{1,4})+[.)]?|\d+-\d+%?",
    regex.I,
)
_CURRENCY = regex.compile(r"^Rp\.?", regex.I)
_FIGURE = regex.compile(r"[\d.,%()\-/:RrPp]+")
_LIKE_DIGITS = str.maketrans("OoQDlI|iZSB", "00001111258")


@dataclass(frozen=True, slots=True)
class Look:
    """A finer picture of the page, `factor` times as large as the one that was read first."""

    picture: Gray
    factor: float


def doubtful(words: list[PictureWord], forms: list[str | None], coarse: bool = False) -> list[int]:
    """Indices of the figures that deserve a second look, the least sure first, `MOST` at most.

    On a `coarse` picture the recogniser is sure of wrong digits too: all figures do.
    """
    chosen = [
        i
        for i, (word, form) in enumerate(zip(words, forms, strict=True))
        if is_figure_like(word.text)
        and (
            coarse
            or word.confidence < SURE
            or not is_shaped(word.text)
            or (form is not None and form != _form(word.text))
        )
    ]
    return sorted(chosen, key=lambda i: words[i].confidence)[:MOST]


def is_figure_like(text: str) -> bool:
    """Whether a word is mostly digits, letters that look like digits counted where digits stand beside them."""
    if not _DIGIT.search(text):
        return False
    bare = _CURRENCY.sub("", text).translate(_LIKE_DIGITS)
    return sum(c.isdigit() or c in ".,%()-/:" for c in bare) >= 0.7 * len(bare)


def is_shaped(text: str) -> bool:
    """Whether a word is written as numbers, codes and dates are, the marks around it put aside."""
    return _SHAPED.fullmatch(text) is not None or _SHAPED.fullmatch(text.strip("()[]:;,./-")) is not None


def column_forms(words: list[PictureWord]) -> list[str | None]:
    """For each word how the figures that end (or begin) at its place are written, where most are written alike."""
    out: list[str | None] = [None] * len(words)
    figures = [i for i, w in enumerate(words) if is_figure_like(w.text) and len(w.text) >= 5]
    forms = [_form(words[i].text) for i in figures]
    x0, x1 = (np.array([getattr(words[i], side) for i in figures]) for side in ("x0", "x1"))
    for i in figures:
        word = words[i]
        near = np.flatnonzero((abs(x1 - word.x1) < 0.8 * word.size) | (abs(x0 - word.x0) < 0.8 * word.size))
        if len(near) >= AGREED:
            form, times = Counter(forms[k] for k in near.tolist()).most_common(1)[0]
            out[i] = form if times >= 0.7 * len(near) else None
    return out


def _form(text: str) -> str:
    """`1.234.567,00` and `7,00` -> `,2`, `1.234.567` -> `.`: the decimals' separator and number, or the groups' separator."""
    signs = [c for c in text if c in ".,"]
    last = regex.search(r"[.,](\d*)\D*$", text)
    decimal = last is not None and len(last[1]) != 3
    form = f"{signs[-1]}{len(last[1])}" if last is not None and decimal else "".join(dict.fromkeys(signs))
    return form + ("%" if "%" in text else "")


def read_again(words: list[PictureWord], forms: list[str | None], look: Look, model: Reader) -> list[PictureWord]:
    """The same words after a second look: surer, or with two readings where they differ.

    `forms`: for each how the figures of its column are written, where they agree (`column_forms`).
    """
    crops = [_cut(word, look) for word in words]
    numeric = [_FIGURE.fullmatch(w.text.translate(_LIKE_DIGITS)) is not None for w in words]
    seconds = [Reading("", (), ())] * len(words)
    for figures in (True, False):
        chosen = [k for k, n in enumerate(numeric) if n is figures]
        for k, reading in zip(chosen, model.read([crops[k] for k in chosen], figures=figures), strict=True):
            seconds[k] = reading
    out = [_settled(w, reading, form) for w, reading, form in zip(words, seconds, forms, strict=True)]
    if _tesseract() is not None:
        out = [_third(word, crop) if word.other is not None else word for word, crop in zip(out, crops, strict=True)]
    return out


def _cut(word: PictureWord, look: Look) -> Gray:
    f, height, width = look.factor, *look.picture.shape
    pad = 0.1 * word.size
    top, bottom = max(int((word.base - 0.95 * word.size) * f), 0), min(int((word.base + 0.32 * word.size) * f), height)
    left, right = max(int((word.x0 - pad) * f), 0), min(int((word.x1 + pad) * f), width)
    part = look.picture[top : max(bottom, top + 1), left : max(right, left + 1)]
    margin = max(int(0.15 * word.size * f), 1)
    return np.asarray(cv2.copyMakeBorder(part, 0, 0, margin, margin, cv2.BORDER_CONSTANT, value=255), dtype=np.uint8)


def _settled(word: PictureWord, second: Reading, form: str | None) -> PictureWord:
    """Both readings weighed: by whether they agree, by their shape, by how sure they are."""
    text = second.text.replace(" ", "")
    again = confidence_of(text, second.probs)
    if not text or text == word.text:
        return replace(word, confidence=max(word.confidence, again if text else 0.0))
    first_shaped, second_shaped = is_shaped(word.text), is_shaped(text)
    if first_shaped and second_shaped and form is not None:
        first_shaped, second_shaped = _form(word.text) == form, _form(text) == form
    take_second = again > word.confidence if first_shaped == second_shaped else second_shaped
    limit = DIFFER if first_shaped == second_shaped else MENDED
    if take_second:
        return replace(word, text=text, probs=second.probs, confidence=min(again, limit), other=word.text)
    return replace(word, confidence=min(word.confidence, limit), other=text)


def _tesseract() -> str | None:
    return shutil.which("tesseract")


def _third(word: PictureWord, crop: Gray) -> PictureWord:
    """Tesseract's vote between two readings; where it sees a third, it is not heard."""
    text = tesseract_reading(crop)
    if text == word.text:
        return replace(word, confidence=max(word.confidence, MENDED))
    if text is not None and text == word.other:
        return replace(word, text=text, other=word.text, confidence=DIFFER)
    return word


def tesseract_reading(crop: Gray) -> str | None:
    """What an installed Tesseract reads in the picture of one figure; None where it cannot say."""
    program = _tesseract()
    coded, data = cv2.imencode(".png", crop)
    if program is None or not coded:
        return None
    command = [program, "stdin", "stdout", "--psm", "7", "-l", "ind"]
    command += ["-c", "tessedit_char_whitelist=0123456789.,-%()/:"]
    try:
        ran = subprocess.run(command, input=data.tobytes(), capture_output=True, timeout=TESSERACT_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    text = ran.stdout.decode("utf-8", "replace").replace(" ", "").strip()
    return text or None if ran.returncode == 0 else None
