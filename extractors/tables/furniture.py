"""Page headers and footers: what stands at the same place of page after page, and page numbers."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import regex

from extractors.tables.figures import KEPT
from extractors.tables.running import Placed

MARGIN = 0.2  # share of the page's height, at its top and bottom, where furniture stands
EDGE = 4  # lines counted from the top and from the bottom of a page
ALIKE = 4.0  # points within which two lines of two pages stand at the same height

_DIGITS = regex.compile(r"\d+|\b[ivxlc]+\b", regex.I)
_CAPTION = regex.compile(r"\W*(?:tabel|table|gambar|grafik)\b", regex.I)
_NUMBER = regex.compile(
    r"[-–—|~\[(\s]*(?:(?:halaman|hal|page|hlm)\s*[.:]?\s*)?(?:\d{1,4}|[ivxlc]{1,6}|[IVXLC]{1,6})"
    r"(?:\s*[-–/]\s*\d{1,4}|\s*(?:dari|of)\s*\d{1,4})?[-–—|~\])\s]*(?:halaman|page)?",
    regex.I,
)


def furniture(pages: list[tuple[float, list[Placed]]]) -> list[set[int]]:
    """For each page, given as (height, its text lines), which of its lines are header or footer."""
    seen: Counter[tuple[str, int]] = Counter()
    candidates: list[list[tuple[int, str, float]]] = []
    for height, lines in pages:
        here = []
        for k in _edges(lines, height):
            p = lines[k]
            text = _full(p)
            key = _key(text)
            from_bottom = p.top > height / 2
            here.append((k, key, height - p.top + 10_000 if from_bottom else p.top))
        candidates.append(here)
        seen.update({(key, slot) for _, key, y in here for slot in _slots(y)})
    least = 3 if len(pages) > 4 else 2
    out = []
    for (height, lines), here in zip(pages, candidates, strict=True):
        drop = {k for k, key, y in here if seen[(key, round(y / ALIKE))] >= least}
        drop |= {k for k, _, _ in here if _is_number(lines, k, height)}
        out.append(drop)
    return out


@lru_cache(maxsize=KEPT)
def _key(text: str) -> str:
    """What lines must share to be the same: their text, numbers aside."""
    return (text if _CAPTION.match(text) else _DIGITS.sub("#", text)).casefold()


def _slots(y: float) -> set[int]:
    return {round(y / ALIKE), round((y - ALIKE / 2) / ALIKE), round((y + ALIKE / 2) / ALIKE)}


def _edges(lines: list[Placed], height: float) -> list[int]:
    order = sorted(range(len(lines)), key=[p.top for p in lines].__getitem__)
    near = [k for k in order[:EDGE] if lines[k].bottom < MARGIN * height]
    return near + [k for k in order[-EDGE:] if lines[k].top > (1 - MARGIN) * height and k not in near]


def _full(p: Placed) -> str:
    return f"{p.bullet or ''} {p.text}".strip()


def _is_number(lines: list[Placed], k: int, height: float) -> bool:
    p = lines[k]
    if not (p.bottom < 0.11 * height or p.top > 0.87 * height) or _NUMBER.fullmatch(_full(p)) is None:
        return False
    return all(o.top >= p.top - 2 for o in lines) or all(o.top <= p.top + 2 for o in lines)
