"""Patterns over a whole document, tried only where a literal stands with which all that they match begins.

Python's `re` tries a pattern that begins with several words, in either case, at every character; `str.find` passes over
the same text some fifty times as fast. What is found is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence


def lowered(text: str) -> str:
    """`text` in lower case, letter for letter (same length), as `re.IGNORECASE` compares Latin letters."""
    low = text.replace("İ", "i").lower()
    return low if low.isascii() else low.replace("ı", "i").replace("ſ", "s")


def seek(pattern: re.Pattern[str], beginnings: Sequence[str], text: str, low: str) -> Iterator[re.Match[str]]:
    """`pattern.finditer(text)`: `beginnings` are the lower-case literals with which a match can begin, `low` is
    `lowered(text)`."""
    end = 0
    for start in positions(beginnings, low):
        if start >= end and (match := pattern.match(text, start)):
            yield match
            end = match.end()


def positions(literals: Sequence[str], low: str) -> list[int]:
    """Where any of the literals begins, in ascending order."""
    found = set()
    for literal in literals:
        at = low.find(literal)
        while at >= 0:
            found.add(at)
            at = low.find(literal, at + 1)
    return sorted(found)


def either(spellings: Sequence[str], gap: str) -> str:
    """A pattern for one of the spellings, the longest first, with `gap` (a pattern) between their words.

    Grouped by first letter, so that a word is compared only with those that begin as it does.
    """
    groups: dict[str, list[str]] = {}
    for spelling in sorted(spellings, key=len, reverse=True):
        whole = gap.join(map(re.escape, spelling.split()))
        groups.setdefault(spelling[0].lower(), []).append(whole[1:])
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items())
