"""The kind of a document: lkjip (a performance report), rkt and pk (its plans), or lain."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from extractors.datafiles import vocabulary
from extractors.naskah import Baris, Naskah, kept_of, letters_of
from extractors.seek import either, lowered, positions
from extractors.wilayah import SQUASHED, squash

# Chapters of a report, as their letters alone (a running head may be letter-spaced).
_CHAPTER = re.compile(
    r"(?:bab[ivx\d]{1,4})?(akuntabilitaskinerja|pengukurankinerja|capaiankinerja|perencanaankinerja"
    r"|perencanaandanperjanjiankinerja)"
)
_BEGINNING = 9  # letters of a phrase that are looked for: as good as all of them, and fewer literals
_CAPTION = re.compile(r"^\W*(?:tabel|table|gambar|grafik|diagram)\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _phrases() -> tuple[re.Pattern[str], dict[str, tuple[str, float]]]:
    rows = vocabulary("jenis_laporan")
    phrase = either([row["frasa"] for row in rows], r"\s+")
    return re.compile(rf"(?<!\w)(?:{phrase})(?!\w)", re.I), {r["frasa"]: (r["jenis"], float(r["bobot"])) for r in rows}


@lru_cache(maxsize=1)
def _tight() -> tuple[tuple[str, str], ...]:
    """The longer phrases, each with its letters alone."""
    return tuple((phrase, squash(phrase)) for phrase in _phrases()[1] if len(phrase) > 10)


@lru_cache(maxsize=1)
def _any_tight() -> re.Pattern[str]:
    return re.compile("|".join(letters for _, letters in _tight()))


def _kinds_named(lines: Sequence[Baris]) -> dict[int, list[str]]:
    """The phrases that lines outside tables name, by the line's index."""
    pattern, _ = _phrases()
    found: dict[int, list[str]] = {}
    for index in _candidates(lines):
        text = lines[index].text
        hits = [" ".join(lowered(hit).split()) for hit in pattern.findall(text)]
        if not hits and (phrase := _set_tight(text)):
            hits = [phrase]
        found[index] = hits
    return found


def _candidates(lines: Sequence[Baris]) -> Sequence[int]:
    """The lines outside tables that may name a phrase: in their letters stand those that one begins with."""
    texts = ["" if line.cell else line.text for line in lines]
    letters = [
        kept if kept is not None else squash(text) for text, kept in zip(texts, kept_of(texts, SQUASHED), strict=True)
    ]
    starts = [0, *accumulate(len(kept) + 1 for kept in letters)]
    whole = "\0".join(letters)
    return sorted({bisect_right(starts, at) - 1 for at in positions(_beginnings(), whole)})


@lru_cache(maxsize=1)
def _beginnings() -> tuple[str, ...]:
    """Literals with one of which the letters of each phrase begin."""
    found: list[str] = []
    for phrase in sorted({squash(phrase)[:_BEGINNING] for phrase in _phrases()[1]}):
        if not any(phrase.startswith(shorter) for shorter in found):
            found.append(phrase)
    return tuple(found)


def _set_tight(text: str) -> str | None:
    """The phrase that a line names whose blanks are lost, or stand between all its letters."""
    sizes = list(map(len, text.split()))
    spaced = len(sizes) > 5 and sizes.count(1) > 0.7 * len(sizes)  # L A P O R A N
    if spaced or (len(text) < 100 and max(sizes, default=0) > 12):  # LAPORANKINERJA
        tight = squash(text)
        if _any_tight().search(tight):
            return next((phrase for phrase, letters in _tight() if letters in tight), None)
    return None


def kind_of(text: Naskah, name: str) -> tuple[str, int | None]:
    """The kind of document and the line that told. A title outweighs running heads, these chapters, these sentences."""
    pattern, meaning = _phrases()
    scores: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, int]] = {}
    seen: set[str] = set()
    titled = False
    named = _kinds_named(text.lines)
    for index, line in enumerate(text.lines):
        if line.cell:
            continue
        titled_so = not line.cover and len(line.text) < 90 and (line.heading or line.repeated > 2)
        chapter = _CHAPTER.match(squash(line.text)) if titled_so else None
        if chapter and chapter.group(1) not in seen:
            seen.add(chapter.group(1))
            scores["lkjip"] += 6.0
        hits = () if chapter else named.get(index, ())
        if not hits:
            continue
        weight = 0.05
        if line.cover:
            # The first title of a cover names the document; what follows is its setting.
            weight = (10.0 if len(line.text) < 120 else 3.0) * (1.0 if titled else 1.5)
        elif line.repeated > 2 and not _CAPTION.match(line.text):
            key = letters_of(line.text)
            weight = 0.0 if key in seen else 0.8 * min(line.repeated, 5)
            seen.add(key)
        titled = titled or line.cover
        for hit in hits:
            kind, value = meaning[hit]
            scores[kind] += weight * value
            if weight * value > best.get(kind, (0.0, 0))[0]:
                best[kind] = (weight * value, index)
    if not scores or max(scores.values()) < 0.3:
        hint = pattern.search(re.sub(r"[\W\d_]+", " ", name)) if not text.lines else None
        return (meaning[" ".join(lowered(hint.group()).split())][0] if hint else "lain"), None
    kind = max(scores, key=lambda k: scores[k])
    return kind, best[kind][1] if kind in best else None
