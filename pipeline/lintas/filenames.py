"""What a file's name says of a document: which version, which part, of the revised budget or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from schemas.vocab import load

_TOKEN = re.compile(r"[a-z]+|\d+")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
_LARGEST = 99  # a larger number behind a word is a year or a date


@dataclass(frozen=True, slots=True)
class Marks:
    """`rank`: the higher one is the newer version (None: no such word), `version` the words that say so.

    `part` is a part's word with its number ("bab3"), `revised` whether the budget's revision is named, `stem` what is
    left of the name.
    """

    rank: int | None = None
    version: str = ""
    part: str | None = None
    revised: bool = False
    stem: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    return {row["kata"]: row for row in load("berkas_kata")}


def marks_of(names: Sequence[str]) -> Marks:
    """The marks in the names of one document: folders below the SOURCE and the file's own name without its ending."""
    found = [_marks(name) for name in names]
    marked = [one for one in found if one.rank is not None or one.part or one.revised]
    return (marked or found or [Marks()])[0]


def _marks(name: str) -> Marks:
    path = name.partition("/")[2] or name
    stem = path.rpartition(".")[0] or path
    tokens = _TOKEN.findall(stem.casefold())
    rank: int | None = None
    version, rest = [], []
    part, revised = None, False
    taken = -1
    for at, token in enumerate(tokens):
        if at == taken:
            continue
        word = _words().get(token)
        number = _number(tokens[at + 1]) if word and word["angka"] and at + 1 < len(tokens) else None
        if word is None or (len(token) == 1 and word["arti"] == "versi" and number is None):
            rest.append(token)
            continue
        if number is not None:
            taken = at + 1
        if word["arti"] == "versi":
            rank = (rank or 0) + int(word["urutan"]) + (number or 0)
            version.append(token + (str(number) if number is not None else ""))
        elif word["arti"] == "bagian":
            part = part or token + (str(number) if number is not None else "")
        else:
            revised = True
    return Marks(rank, " ".join(version), part, revised, tuple(rest))


def _number(token: str) -> int | None:
    if token.isdigit():
        return int(token) if int(token) <= _LARGEST else None
    return _ROMAN.get(token)
