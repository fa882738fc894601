"""Text of reports made safe to show: a terminal obeys control characters, a spreadsheet obeys formulas."""

from __future__ import annotations

import re
import unicodedata

_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def terminal(text: str) -> str:
    """The text on one line, without control characters, direction overrides and other invisible marks."""
    flat = " ".join(text.split())
    return "".join(
        char for char in flat if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    )


def spreadsheet(text: str) -> str:
    """The text with `'` before what a spreadsheet would take for a formula; plain numbers stay as they are."""
    if text.startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text
