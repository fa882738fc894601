"""Typographic marks that converters leave in text: `<b>`, `<i>`, `<br>`, `**bold**`, `*italic*`, HTML entities.

They are taken out of the text and kept as flags, because typography tells levels. The characters of the report itself
are never changed.
"""

from __future__ import annotations

import html
from functools import lru_cache

import regex

from schemas.values import value

BREAK = regex.compile(r"<br\s*/?>", regex.I)
TAG = regex.compile(r"</?(?:b|strong|i|em|u|sup|sub|span|p|font)(?:\s[^<>]{0,80})?>", regex.I)
STARS = regex.compile(r"(?<!\*)(\*{1,3})(?=\S)(.+?)(?<=\S)\1(?!\*)")
OPEN_STARS = regex.compile(r"^\s*\*{1,3}(?=\S)|(?<=\S)\*{1,3}\s*$")
MOST_STARS = 50_000_000  # stars times letters of a line: beyond, its stars are no marks but a drawing
NESTED = 20  # marks within marks
NOT_PLAIN = regex.compile(r"[^a-z0-9%]+")
PLAIN = {code: None if NOT_PLAIN.match(chr(code).lower()) else chr(code).lower() for code in range(128)}
SPACES = regex.compile(r"[^\S\n]+")
# A list mark: bullet sign, "a." / "1)" / "(2)" / "iv." followed by a blank; not a decimal number or a heading "1.2".
BULLET = regex.compile(r"^(?P<mark>(?:[-•●▪‣◦○➢✓*]|[-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)])(?:\s+(?=\S)|$))+")


@value(frozen=True, slots=True)
class Marked:
    """A text without its marks, and which of them covered all of it."""

    text: str
    bold: bool = False
    italic: bool = False


def strip_marks(raw: str, *, keep_breaks: bool = False) -> Marked:
    """Take the marks out of `raw`; white space is folded (a kept `<br>` becomes a newline)."""
    text = raw
    if "&" in text:
        text = html.unescape(text)
    text = BREAK.sub("\n" if keep_breaks else " ", text)
    low = text.strip().casefold()
    bold = low.startswith(("<b>", "<strong>", "**"))
    italic = low.startswith(("<i>", "<em>")) or (low.startswith("*") and not low.startswith("**"))
    if "<" in text:
        text = TAG.sub("", text)
    if "*" in text and text.count("*") * len(text) < MOST_STARS:
        for _ in range(NESTED):
            previous, text = text, STARS.sub(r"\2", text)
            if previous == text:
                break
        # An emphasis that was opened on this line and closes on another one (or the other way round).
        text = OPEN_STARS.sub("", text)
    text = SPACES.sub(" ", text.replace("\u00ad", "")).strip()
    return Marked(text, bold, italic)


def split_bullet(text: str) -> tuple[str | None, str]:
    """("- a.", "rest") for a list item, (None, text) otherwise."""
    head = text[:5]
    if head[:1].isalpha() and "." not in head and ")" not in head:
        return None, text  # a word: the usual line, told at once
    match = BULLET.match(text)
    if not match:
        return None, text
    return match.group(0).strip(), text[match.end() :].strip()


@lru_cache(maxsize=16384)
def squash(text: str | None) -> str:
    """Letters, digits and % only, in lower case: how headers are compared (narrow columns break words anywhere)."""
    if not text:
        return ""
    return text.translate(PLAIN) if text.isascii() else NOT_PLAIN.sub("", text.casefold())
