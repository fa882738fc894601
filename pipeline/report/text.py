"""Text of reports made harmless for a page, a workbook or a CSV. It is hostile until it has passed through here.

HTML is escaped by Jinja; what is done here is what escaping does not do: direction overrides, control characters, and
texts too long to show.
"""

from __future__ import annotations

import re
import unicodedata

from pipeline.text import spreadsheet

LONGEST = 3000  # characters of one text on a page
EXCEL_LONGEST = 32_000  # a cell of a workbook holds 32,767 characters

# Direction marks, overrides and isolates: they can make digits look reversed, so they are shown instead of obeyed.
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_TOLD = 500
_AFTER_SEPARATOR = re.compile(r";\s*(?=[=+\-@＝＋－＠])")
_FULLWIDTH = ("＝", "＋", "－", "＠")


def visible(text: str | None, longest: int = LONGEST) -> str:
    """The text on one line as a person may see it: no control characters, direction marks named. What is cut off a long
    text is told; a short one (a name in a list) just ends in an ellipsis."""
    if not text:
        return ""
    whole = len(text)
    head = text[: longest * 2]
    if not head.isprintable():
        head = "".join(_shown(char) for char in head)
    head = " ".join(head.split())
    if whole > longest and (whole > longest * 2 or len(head) > longest):
        told = f" [{whole:,} karakter]".replace(",", ".") if longest > _TOLD else ""
        return f"{head[:longest].rstrip()}…{told}"
    return head


def _shown(char: str) -> str:
    if char in _DIRECTION:
        return f"[U+{ord(char):04X}]"
    category = unicodedata.category(char)
    if category in ("Zs", "Zl", "Zp") or char in "\t\n\r\f\v":
        return " "
    return "" if category in ("Cc", "Cf", "Cs", "Co", "Cn") else char


def excel_text(text: str | None) -> str:
    """The text for a cell of a workbook (always written as a string, so a formula stays text)."""
    return visible(text, EXCEL_LONGEST)


def csv_text(text: str | None) -> str:
    """The text for CSV: nothing in it is a formula, whether the spreadsheet splits at commas or at semicolons."""
    safe = spreadsheet(visible(text, EXCEL_LONGEST))
    if safe.startswith(_FULLWIDTH):
        safe = "'" + safe
    return _AFTER_SEPARATOR.sub(lambda found: f"{found.group()}'", safe)
