"""Pieces of page images with the cells of a finding marked, rendered from the PDF that OUT was made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.report.model import Box, Crop, Row

SCALE = 2.0  # pixels for a point
MOST_PIXELS = 5_000_000  # of one page
PAD = 34.0  # points of page shown around the cells
TALLEST = 430.0  # points of one crop
MOST_PAGES = 3  # crops of one finding
QUALITY = 60


@dataclass(frozen=True, slots=True)
class _Mark:
    x0: float
    top: float
    x1: float
    bottom: float
    mark: str


class PageImages:
    """The pages of one PDF. Images are written below `folder`, each once; a page that cannot be rendered gives none."""

    def __init__(self, path: Path, folder: Path, prefix: str) -> None:
        """`prefix` is how a page finds the folder. Raises whatever pypdfium2 raises for a PDF it cannot open."""
        import pypdfium2

        self._pdf = pypdfium2.PdfDocument(path)
        self._folder = folder
        self._prefix = prefix
        self._page: tuple[int, Any, float, float] | None = None
        self._written: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pdf.close()

    def crops(self, evidence: Sequence[Row]) -> tuple[Crop, ...]:
        """The crops of a finding: one for each page its evidence stands on, the first few."""
        return tuple(self._crops(_by_page(evidence)))

    def _crops(self, pages: Mapping[int, Sequence[_Mark]]) -> Iterator[Crop]:
        for number, marks in list(pages.items())[:MOST_PAGES]:
            try:
                crop = self._crop(number, marks)
            except Exception:  # noqa: BLE001 - a page that pdfium cannot draw costs its picture, never the finding
                continue
            if crop is not None:
                yield crop

    def _crop(self, number: int, marks: Sequence[_Mark]) -> Crop | None:
        image, width, height = self._image(number)
        top, bottom = _extent(marks, height)
        if bottom - top < 4 or width <= 0:
            return None
        scale = image.width / width
        name = f"{number}-{round(top)}-{round(bottom)}.webp"
        if name not in self._written:
            self._folder.mkdir(parents=True, exist_ok=True)
            piece = image.crop((0, round(top * scale), image.width, round(bottom * scale)))
            piece.save(self._folder / name, "WEBP", quality=QUALITY, method=2)
            self._written.add(name)
        seen = {(m.x0, m.top, m.x1, m.bottom): m for m in reversed(marks)}  # of equal boxes the first, the wrong one
        boxes = tuple(
            Box(m.x0, m.top - top, m.x1 - m.x0, m.bottom - m.top, m.mark)
            for m in seen.values()
            if m.bottom > top and m.top < bottom
        )
        return Crop(f"{self._prefix}/{name}", number, width, bottom - top, boxes)

    def _image(self, number: int) -> tuple[Any, float, float]:
        """The page as displayed, and its size in points. The last one is kept: findings come page by page."""
        if self._page is None or self._page[0] != number:
            page = self._pdf[number - 1]
            try:
                width, height = page.get_size()
                scale = min(SCALE, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
                image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
            finally:
                page.close()
            self._page = number, image, width, height
        return self._page[1], self._page[2], self._page[3]


def _by_page(evidence: Sequence[Row]) -> dict[int, list[_Mark]]:
    """Boxes of the evidence by page, the wrong figure's page first."""
    pages: dict[int, list[_Mark]] = {}
    for i, row in enumerate(evidence):
        box = (row["x0"], row["top"], row["x1"], row["bottom"])
        if row["page"] is None or None in box:
            continue
        x0, top, x1, bottom = (float(side) for side in box)
        if x1 > x0 and bottom > top:
            pages.setdefault(row["page"], []).append(_Mark(x0, top, x1, bottom, "wrong" if i == 0 else "seen"))
    return pages


def _extent(marks: Sequence[_Mark], height: float) -> tuple[float, float]:
    """From where to where a page is shown: all marks if they fit, else the surroundings of the first."""
    top, bottom = min(m.top for m in marks) - PAD, max(m.bottom for m in marks) + PAD
    if bottom - top > TALLEST:
        middle = (marks[0].top + marks[0].bottom) / 2
        top, bottom = middle - TALLEST / 2, middle + TALLEST / 2
    return max(0.0, min(top, height)), max(0.0, min(bottom, height))
