"""What the recogniser was not sure of, told for the figures that records use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import regex

from schemas.document import Box, Document, Page, Word
from schemas.figure import Figure
from schemas.records import Doubt, Klaim

SURE = 0.85  # a figure recognised with less confidence is doubtful
ABOVE = 3.0  # points that a word may stand above the line its sentence begins on

_DIGIT = regex.compile(r"\d")
_FIELDS = ("anggaran", "realisasi", "persen", "target", "capaian")


@dataclass(frozen=True, slots=True)
class ScannedWords:
    """The words that were read from the pictures of a document's pages; empty for any other document."""

    pages: dict[int, Page]

    @classmethod
    def of(cls, document: Document) -> ScannedWords:
        return cls({p.number: p for p in document.pages if p.method == "ocr"})

    def doubts(self, figures: Iterable[Figure]) -> tuple[Doubt, ...]:
        """One doubt for each figure of low confidence, or that was read in two ways; its reason gives both readings."""
        found = []
        for figure in figures:
            words = self._words(figure)
            others = [w for w in words if w.other is not None]
            if not words or (figure.confidence >= SURE and not others):
                continue
            reason = f"keyakinan pemindaian rendah ({_decimal(figure.confidence)})"
            if others:
                pairs = "; ".join(f'"{w.text}" atau "{w.other}"' for w in others)
                reason = f"dua pembacaan berbeda: {pairs}"
            found.append(
                Doubt(
                    "ocr",
                    reason,
                    figure.place,
                    figure.text,
                    figure.table_id,
                    figure.row,
                    figure.col,
                    min([figure.confidence, *(w.confidence for w in words)]),
                )
            )
        return tuple(found)

    def weigh(self, claims: Sequence[Klaim]) -> tuple[Klaim, ...]:
        """The claims with their figures' confidence, which running text does not carry: that of their least sure word."""
        if not self.pages:
            return tuple(claims)
        return tuple(replace(claim, **self._weighed(claim)) for claim in claims)

    def _weighed(self, claim: Klaim) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for field in _FIELDS:
            figure: Figure | None = getattr(claim, field)
            words = self._words(figure) if figure is not None else []
            if figure is not None and words:
                out[field] = replace(figure, confidence=min(figure.confidence, *(w.confidence for w in words)))
        return out

    def _words(self, figure: Figure) -> list[Word]:
        """The recognised words with digits that a figure is made of."""
        page = self.pages.get(figure.place.page or 0)
        box = figure.place.box
        if page is None or box is None:
            return []
        tokens = [t for t in figure.text.split() if _DIGIT.search(t)]
        if figure.table_id is not None:
            return [w for w in page.words if _inside(w.box, box) and _DIGIT.search(w.text)]
        # A sentence's place is its first line: the figure stands there or below.
        below = [w for w in page.words if w.rotation or w.box.top >= box.top - ABOVE]
        return [w for t in tokens for w in [next((w for w in below if t in w.text), None)] if w is not None]


def _inside(inner: Box, outer: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 <= x <= outer.x1 and outer.top <= y <= outer.bottom


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
