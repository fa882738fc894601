"""Patterns over a whole document, tried only where a literal stands with which all that they match begins.

Python's `re` tries a pattern that begins with several words, in either case, at every character; `str.find` passes over
the same text some fifty times as fast. What is found is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

MANY, LONG = 5, 4_000  # literals and characters from which the literals are looked for at once


def lowered(text: str) -> str:
    """`text` in lower case, letter for letter (same length), as `re.IGNORECASE` compares Latin letters."""
    low = text.replace("İ", "i").lower()
    return low if low.isascii() else low.replace("ı", "i").replace("ſ", "s")


def findable(text: str) -> str:
    """`lowered(text)` with "?" for all that is not ASCII: for literals alone, which are found in it as they are there."""
    if holds_rare(text):
        text = lowered(text)
    return text.encode("ascii", "replace").decode("ascii").lower()


def seek(pattern: re.Pattern[str], beginnings: tuple[str, ...], text: str, low: str) -> Iterator[re.Match[str]]:
    """`pattern.finditer(text)`: `beginnings` are the lower-case literals with which a match can begin, `low` is
    `lowered(text)`."""
    return seek_at(pattern, positions(beginnings, low), text)


def seek_at(pattern: re.Pattern[str], starts: Iterable[int], text: str) -> Iterator[re.Match[str]]:
    """`pattern.finditer(text)`, where all it matches begins at one of some ascending offsets."""
    end = 0
    for start in starts:
        if start >= end and (match := pattern.match(text, start)):
            yield match
            end = match.end()


def positions(literals: tuple[str, ...], low: str) -> list[int]:
    """Where any of the literals (of ASCII) begins, in ascending order."""
    if len(literals) >= MANY and len(low) >= LONG:
        from extractors.threes import candidates  # loads NumPy

        return [at for at in candidates(literals, low) if low.startswith(literals, at)]
    found: set[int] = set()
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
    return "|".join(f"{re.escape(first)}(?:{rest})" for first, rest in _by_first(spellings, gap).items())


def either_capital(spellings: Sequence[str], gap: str, *, behind: str, rare: bool) -> str:
    """A pattern for one of the spellings in either case, the first letter alone a capital, not behind `behind` (a class).

    It begins with a class of letters, which `re` passes over a text for as fast as for a literal, and twice as fast where
    they are Latin ones alone: `rare` tells that a text holds others that `re` takes for them (`holds_rare`).
    """
    groups = _by_first(spellings, gap)
    capitals = "".join(re.escape(first.upper()) + (_LIKE.get(first, "") if rare else "") for first in groups)
    rests = "|".join(f"(?<={re.escape(first)})(?:{rest})" for first, rest in groups.items())
    return f"[{capitals}](?<!{behind}.)(?i:{rests})"


_LIKE = {"i": "İı", "k": "\u212a", "s": "ſ"}  # no small Latin letters, and yet `re` takes them for these


def holds_rare(text: str) -> bool:
    """Whether a text holds a letter that is no Latin one and that `re` yet takes for one, where case is ignored."""
    return not text.isascii() and any(map(text.__contains__, "".join(_LIKE.values())))


def _by_first(spellings: Sequence[str], gap: str) -> dict[str, str]:
    """For each first letter a pattern of what follows it, the longest first."""
    groups: dict[str, list[str]] = {}
    for spelling in sorted(spellings, key=len, reverse=True):
        whole = gap.join(map(re.escape, spelling.split()))
        groups.setdefault(spelling[0].lower(), []).append(whole[1:])
    return {first: "|".join(rest) for first, rest in groups.items()}
