"""Whether a page's text layer is what a person sees on it, or missing, or noise (a bad font map, an old OCR layer)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import regex

from extractors.read.glyphs import Glyphs
from schemas.columns import columns_of
from schemas.document import Word

MIN_GLYPHS = 12  # fewer on a page with a picture over it: a stamp or a page number, not a text layer
UNMAPPED = 0.15  # share of glyphs that stand for no character
NOISE = 0.30  # share of implausible words from which a layer is noise
NOISE_ON_PICTURE = 0.10  # the same where the text lies over a picture of the page: then it is an OCR layer
ALLOWED = "\t\r\n\x02"  # control characters that a sound layer has: blanks, and pdfium's mark for a hyphen
MIN_WORDS = 25  # fewer long words say nothing

NO_TEXT = "halaman tanpa lapisan teks"
NO_MAP = "lapisan teks tanpa peta huruf"
NOISY = "lapisan teks tidak dapat dipercaya"
OLD_OCR = "lapisan teks hasil OCR lama"  # legible, but read by a machine that left no word on how sure it was
PICTURED = "gambar pada halaman berisi teks"  # the layer is sound, but a scan or a pasted table is not in it
ILLEGIBLE = "teks pada gambar tidak terbaca"
NO_WORDS = "gambar tanpa teks"
EMPTY = "halaman kosong"

_LETTERS = regex.compile(r"\p{L}")
_ERROR = regex.compile(
    r"#(?:DIV/0!|REF!|N/A|VALUE!|NAME\?|NUM!|NULL!)"
)  # what a spreadsheet prints for a failed formula
_VOWELS = frozenset("aeiouyAEIOUY")
_VOWEL = regex.compile(r"[aeiouyAEIOUY]")
_ODD = regex.compile(r"[~^|\\{}<>=_#$¢£¥§©®°¬•■□◊]")
_MIXED = regex.compile(r"\p{Ll}\p{Lu}\p{Ll}|\p{L}\d\p{L}|\p{Ll}\p{Lu}$|\p{L}[,;:!?*'\"]\p{L}")


def trouble(glyphs: Glyphs, words: Sequence[Word], pictured: bool, drawn: bool) -> str | None:
    """Why the page had better be read as an image (an Indonesian phrase), or None where its text layer is sound.

    `pictured`: a picture covers most of the page; `drawn`: there is anything to see besides text.
    """
    if not words:
        return NO_TEXT if pictured or drawn else EMPTY
    if pictured and len(glyphs) < MIN_GLYPHS:
        return NO_TEXT
    if unreadable(glyphs) > UNMAPPED:
        return NO_MAP
    limit = NOISE_ON_PICTURE if pictured else NOISE
    return NOISY if noise(words) > limit else None


def unreadable(glyphs: Glyphs) -> float:
    """Share of the glyphs that are control characters, private or unassigned, or that the font maps to nothing."""
    if not len(glyphs):
        return 0.0
    code = np.frombuffer(glyphs.char.encode("utf-32-le"), dtype="<u4")
    strange = code[(code < 32) | (code >= 0xE000)]
    if not len(strange):
        return 0.0
    bad = int(np.count_nonzero((strange == 0xFFFD) | (strange <= 0xF8FF))) - sum(map(glyphs.char.count, ALLOWED))
    bullets = int(np.count_nonzero((strange >= 0xF000) & (strange <= 0xF0FF)))  # symbol fonts: list marks, not noise
    few = bullets < 0.05 * len(glyphs.char)
    return max((bad - bullets if few else bad) / len(glyphs.char), glyphs.unmapped if not few else 0.0)


def noise(words: Sequence[Word], least: int = MIN_WORDS) -> float:
    """Share of implausible words among the different ones with three letters or more; 0 where they are fewer than `least`.

    Implausible: no vowel and not all capitals, odd signs, capitals or digits in the middle of small letters.
    """
    judged = [_implausible(text) for text in set(columns_of(words).text)]
    total = len(judged) - judged.count(None)
    return judged.count(True) / total if total >= least else 0.0


@lru_cache(maxsize=20_000)  # a report says the same words again and again
def _implausible(text: str) -> bool | None:
    """Whether a word is no word; None where that cannot be told of it."""
    if text.isascii():  # most of them, told without patterns
        if text.isalpha() and len(text) > 2:
            if text.isupper():
                return False
            if text[1:].islower():
                return _VOWELS.isdisjoint(text)
        elif text.lower() == text.upper():  # no letter
            return None
    if len(_LETTERS.findall(text)) < 3 or _ERROR.fullmatch(text):
        return None
    bare = text.strip(".,:;()[]\"'“”‘’-–/")
    return bool(_ODD.search(bare) or _MIXED.search(bare) or (not _VOWEL.search(bare) and not bare.isupper()))
