"""Printed characters that mean the same, made the same. Letters are never turned into digits."""

from __future__ import annotations

import re

_SAME = {
    **{0xFF10 + i: str(i) for i in range(10)},  # full-width digits
    **dict.fromkeys((0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x09, 0x0A, 0x0D), " "),
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE63, 0xFF0D), "-"),
    0xFF0C: ",",
    0xFF0E: ".",
    0xFF05: "%",
    0xFE6A: "%",
    0xFF08: "(",
    0xFF09: ")",
    0x2264: "≤",
    0x2A7D: "≤",
    0x2265: "≥",
    0x2A7E: "≥",
    0x201A: ",",
}
_GONE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))  # soft hyphen, zero-width marks

_ONE_FOR_ONE = {**_SAME, **dict.fromkeys(_GONE, "\u200b")}
_PLAIN = {**_SAME, **_GONE}

_LATEX = (
    (re.compile(r"\\(?:leq?|leqslant)(?![a-z])"), "≤"),
    (re.compile(r"\\(?:geq?|geqslant)(?![a-z])"), "≥"),
    (re.compile(r"\\(?:text|mathrm|mathbf|textbf)\s*\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\[,;:! ]|~"), " "),
    (re.compile(r"\\([%$&_#])"), r"\1"),
    (re.compile(r"\{,\}"), ","),
)
_MARKS = re.compile(r"</?(?:b|i|u|strong|em|sup|sub|span|p)\s*>|<br\s*/?>|&nbsp;|\*\*", re.IGNORECASE)
_USUAL = re.compile(r"[ !\"#%'()+,\-./0-9:;>?@A-Z\[\]^_`a-z{|}~]*")  # of which nothing is altered
_SIGNS = ((">=", "≥"), ("=>", "≥"), ("<=", "≤"), ("=<", "≤"))


def same_length(text: str) -> str:
    """`text` with look-alike characters made plain one for one, so that offsets stay true (invisible: zero-width)."""
    return text.translate(_ONE_FOR_ONE)


def normalise(text: str) -> str:
    """The text of a cell without mark-up, LaTeX, invisible characters and doubled blanks; signs, digits made plain."""
    if _USUAL.fullmatch(text) and "  " not in text:
        return text.strip()
    text = text.translate(_PLAIN)
    if "<" in text or "&" in text or "**" in text:
        text = _MARKS.sub(" ", text)
    if "\\" in text or "$" in text:
        for pattern, plain in _LATEX:
            text = pattern.sub(plain, text)
        text = text.replace("$", "")
    for sign, plain in _SIGNS:
        text = text.replace(sign, plain)
    return re.sub(r" {2,}", " ", text).strip()
