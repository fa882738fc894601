"""The kind of a document: lkjip (a performance report), rkt and pk (its plans), or lain."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from extractors.datafiles import vocabulary
from extractors.naskah import Naskah, letters_of
from extractors.seek import either
from extractors.wilayah import squash

# Chapters of a report, as their letters alone (a running head may be letter-spaced).
_CHAPTER = re.compile(
    r"(?:bab[ivx\d]{1,4})?(akuntabilitaskinerja|pengukurankinerja|capaiankinerja|perencanaankinerja"
    r"|perencanaandanperjanjiankinerja)"
)
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


def _kinds_named(text: str) -> list[str]:
    pattern, _ = _phrases()
    hits = [" ".join(hit.casefold().split()) for hit in pattern.findall(text)]
    parts = text.split()
    spaced = len(parts) > 5 and sum(len(part) == 1 for part in parts) > 0.7 * len(parts)  # L A P O R A N
    if not hits and (spaced or (len(text) < 100 and any(len(part) > 12 for part in parts))):  # LAPORANKINERJA
        tight = squash(text)
        hits = [phrase for phrase, letters in _tight() if letters in tight][:1]
    return hits


def kind_of(text: Naskah, name: str) -> tuple[str, int | None]:
    """The kind of document and the line that told. A title outweighs running heads, these chapters, these sentences."""
    pattern, meaning = _phrases()
    scores: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, int]] = {}
    seen: set[str] = set()
    titled = False
    for index, line in enumerate(text.lines):
        if line.cell:
            continue
        titled_so = not line.cover and len(line.text) < 90 and (line.heading or line.repeated > 2)
        chapter = _CHAPTER.match(squash(line.text)) if titled_so else None
        if chapter and chapter.group(1) not in seen:
            seen.add(chapter.group(1))
            scores["lkjip"] += 6.0
        hits = [] if chapter else _kinds_named(line.text)
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
        return (meaning[hint.group().casefold()][0] if hint else "lain"), None
    kind = max(scores, key=lambda k: scores[k])
    return kind, best[kind][1] if kind in best else None
