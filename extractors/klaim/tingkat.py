"""Levels of the programme nomenclature, as list items and the sentences that introduce them say them."""

from __future__ import annotations

from functools import lru_cache

import regex

from extractors.seek import lowered

LEVEL = regex.compile(r"^(?P<sub>sub[\s-]*kegiatan)\b|^(?P<program>program)\b|^(?P<kegiatan>kegiatan)\b", regex.I)
LEVEL_BEFORE = regex.compile(
    r"(?:(?P<sub>sub[\s-]*kegiatan)|(?P<program>program)|(?P<kegiatan>kegiatan))[\s,]*(?:yaitu|yakni)?[\s,:]*$", regex.I
)
LEVEL_WORD = regex.compile(
    r"\b(?P<sub>sub[\s-]*kegiatan)\b|\b(?P<program>program)\b|\b(?P<kegiatan>kegiatan)\b", regex.I
)
INTRODUCES = regex.compile(
    r"(?r)(?:sebagai\s*berikut|berikut\s*(?:ini)?|di\s*bawah\s*ini|antara\s+lain|yaitu|yakni|:)\s*[:.]?\s*$", regex.I
)
INTRODUCING_END = ("berikut", "ini", "lain", "yaitu", "yakni", ":")  # with one of which all that INTRODUCES finds ends
ENDING = 100  # characters at the end of a sentence that tell whether a list follows it
INTRODUCING_VERB = regex.compile(r"\b(?:di\p{L}{3,}|membiayai|terdiri|meliputi|mendukung|melalui|mencakup)\b", regex.I)
BELOW: dict[str | None, str | None] = {"program": "kegiatan", "kegiatan": "sub_kegiatan"}


def level_of(name: str) -> str | None:
    """program, kegiatan or sub_kegiatan where the name begins with that word."""
    return _level(LEVEL.match(name))


def level_before(piece: str, name: str) -> str | None:
    """The level word in front of a claim's name: "SubKegiatan Pembentukan ...", "1 (satu) kegiatan, yaitu ..."."""
    at = piece.rfind(name)
    return _level(LEVEL_BEFORE.search(piece[:at])) if at >= 0 else None


@lru_cache(maxsize=512)
def announced_level(tail: str) -> str | None:
    """The level of the items that a sentence ending in `tail` introduces ("guna membiayai kegiatan sebagai berikut:")."""
    if not (_may_introduce(tail) and INTRODUCES.search(tail)):
        return None
    verbs = list(INTRODUCING_VERB.finditer(tail))
    words = list(LEVEL_WORD.finditer(tail, verbs[-1].end() if verbs else 0))
    if not verbs and words and words[0].start() == 0:  # "Program X :", "Program X, kegiatan :"
        return _level(words[-1]) if len(words) > 1 else BELOW.get(_level(words[0]))
    return _level(words[0]) if words else None


def introduces(text: str) -> bool:
    """Whether a list follows the sentence."""
    return _may_introduce(text) and INTRODUCES.search(text, max(0, len(text) - ENDING)) is not None


def _may_introduce(text: str) -> bool:
    """Whether a text ends as all do that `INTRODUCES` finds; most sentences end with a full stop behind another word."""
    tail = text.rstrip()
    bare = tail.rstrip(":.")
    return ":" in tail[len(bare) :] or lowered(bare.rstrip()[-8:]).endswith(INTRODUCING_END)


def _level(match: regex.Match[str] | None) -> str | None:
    if match is None:
        return None
    return "sub_kegiatan" if match["sub"] else "program" if match["program"] else "kegiatan"
