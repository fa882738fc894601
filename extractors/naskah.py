"""A document as the lines that identity is read from: which are its cover, its headings, its running heads."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import NamedTuple

from extractors.seek import seek
from schemas.document import Place
from schemas.table import Block, TextLine

_COVER_LINES = 40
_EMPHASIS = re.compile(r"[*_]{1,2}")
_WORDED = re.compile(r"[^\W\d]")
_NO_LETTERS = re.compile(r"[\W\d]+")
_FRONT = re.compile(
    r"^\W*(?:kata\s+pengantar|daftar\s+isi|bab\s+[ivx\d]+\b|ikhtisar|ringkasan\s+eksekutif|executive|pendahuluan|sambutan"
    r"|pernyataan|lembar|1\.\s?1\b|i\.\s?1\b)",
    re.IGNORECASE,
)


class Baris(NamedTuple):
    """One line as the recognisers see it: its text, whether it stands on the cover, how many pages repeat it."""

    text: str
    cover: bool = False
    heading: bool = False
    repeated: int = 1
    cell: bool = False


@dataclass(slots=True)
class Naskah:
    """The document as one string, and what is known of each of its lines."""

    body: str = ""
    lines: list[Baris] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def line_at(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1


def gather(blocks: Sequence[Block]) -> Naskah:
    raw: list[tuple[str, Place, bool, bool, bool]] = []  # text, place, heading, gap above, cell
    for block in blocks:
        if isinstance(block, TextLine):
            text = block.text
            if "*" in text or "_" in text:
                text = _EMPHASIS.sub("", text)
            raw.append((text.strip(), block.place, block.heading, block.blank_before, False))
        else:
            raw += [
                (cell.text.strip(), cell.place, False, True, True)
                for row in block.rows
                for cell in row
                if cell is not None and _WORDED.search(cell.text)
            ]
    if not raw:
        return Naskah()
    texts, places, headings, gaps, cells = zip(*raw, strict=True)
    pages = [place.page for place in places]
    breaks = [
        "\n\n" if gap or page != before else "\n"
        for gap, page, before in zip(gaps, pages, [None, *pages], strict=False)
    ]
    keys = _all_letters(["" if cell else text for text, cell in zip(texts, cells, strict=True)])
    repeated = _repeated(raw, keys)
    times = [repeated.get(key, 1) for key in keys] if repeated else [1] * len(keys)
    heads = [heading or shouts for heading, shouts in zip(headings, _shouting(texts), strict=True)]
    cover = _cover_end(raw)
    covers = [True] * cover + [False] * (len(raw) - cover)
    ends = accumulate(len(gap) + len(text) for gap, text in zip(breaks, texts, strict=True))
    return Naskah(
        body="".join(chain.from_iterable(zip(breaks, texts, strict=True))),
        lines=list(map(Baris._make, zip(texts, covers, heads, times, cells, strict=True))),
        starts=[end - len(text) for end, text in zip(ends, texts, strict=True)],
        places=list(places),
    )


def found_in(
    pattern: re.Pattern[str], texts: Sequence[str], beginnings: tuple[str, ...] = ()
) -> Iterator[tuple[int, re.Match[str]]]:
    """Each match of a pattern with the index of its text, looked for in all texts at once; where literals are given with
    which all that it matches begins, only there.

    The texts are parted by a character that is neither a blank nor part of a word: a pattern that reaches over anything
    else than blanks and letters is not for this.
    """
    ends = list(accumulate(len(text) + 1 for text in texts))
    whole = "\0".join(texts)
    for match in seek(pattern, beginnings, whole, whole) if beginnings else pattern.finditer(whole):
        yield bisect_right(ends, match.start()), match


def letters_of(text: str) -> str:
    """What is left of a line without digits, marks and blanks: by it lines with other numbers are the same."""
    return _NO_LETTERS.sub("", text)


def _all_letters(texts: Sequence[str]) -> list[str]:
    """`letters_of` each text."""
    return [
        letters_of(text) if kept is None else kept for text, kept in zip(texts, kept_of(texts, _LETTERS), strict=True)
    ]


def kept_of(texts: Sequence[str], table: Mapping[int, str | None]) -> list[str | None]:
    """What a table for `str.translate` leaves of each text, all at once; None for a text that holds more than ASCII.

    The table says what becomes of ASCII characters and leaves "\\0" as it is.
    """
    plain = [text if text.isascii() and "\0" not in text else "" for text in texts]
    kept = "\0".join(plain).translate(table).split("\0") if plain else []
    return [short if text == before else None for text, before, short in zip(texts, plain, kept, strict=True)]


def _ascii_without(dropped: Callable[[str], object]) -> dict[int, None]:
    return {code: None for code in range(1, 128) if dropped(chr(code))}


_LETTERS = _ascii_without(_NO_LETTERS.match)
_ALPHABET = _ascii_without(lambda char: not char.isalpha())
_CAPITALS = _ascii_without(lambda char: not char.isupper())


def _repeated(raw: Sequence[tuple[str, Place, bool, bool, bool]], keys: Sequence[str]) -> dict[str, int]:
    """How many pages bear the same line (its numbers aside): running heads and feet. In a text file, how many times."""
    pages: dict[str, set[int]] = defaultdict(set)
    for index, key in enumerate(keys):
        if len(key) > 8:
            pages[key].add(raw[index][1].page or -index - 1)
    count = len({place.page for _, place, *_ in raw})
    return {key: len(bearing) for key, bearing in pages.items() if len(bearing) > max(2, 0.15 * count)}


def _shouting(texts: Sequence[str]) -> list[bool]:
    """For each line whether it is set in capitals."""
    capitals = kept_of(texts, _CAPITALS)
    return [
        _shouts(text) if kept is None else len(kept) > 5 and len(kept) > 0.9 * len(text.translate(_ALPHABET))
        for text, kept in zip(texts, capitals, strict=True)
    ]


def _shouts(text: str) -> bool:
    if len(text) < 6 or text[1:].islower():
        return False
    letters = "".join(filter(str.isalpha, text))
    return len(letters) > 5 and sum(map(str.isupper, letters)) > 0.9 * len(letters)


def _cover_end(raw: Sequence[tuple[str, Place, bool, bool, bool]]) -> int:
    """How many lines at the start are a cover or a title: short ones, before any chapter, preface or paragraph."""
    prose = 0
    for index, (text, place, _, _, cell) in enumerate(raw[:_COVER_LINES]):
        if cell and (len(text) < 10 or re.search(r"\d", re.sub(r"(?:19|20)\d\d", "", text))):
            return index
        if _FRONT.match(text) or (place.page or 1) > 2:
            return index
        lower = sum(word[:1].islower() for word in text.split())
        prose = prose + 1 if lower >= 6 else 0
        if len(text) > 200 or prose == 2:
            return max(0, index + 1 - max(prose, 1))
    return min(len(raw), _COVER_LINES)
