"""One page of a PDF as a picture, with what was read from it drawn over it: tables, cells, figures, doubts, findings."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.i18n import problem, say
from schemas.checks import Finding
from schemas.document import Box, Page, Place
from schemas.errors import BadOption, UnreadableInput, UnusableOutput
from schemas.figure import Figure, Status
from schemas.records import Doubt, Report, TypedTable

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

DPI = 150
MAX_PIXELS = 24_000_000  # of the drawn page: larger sheets are drawn more coarsely
FADED = 0.35  # how far the page goes towards white, so that what is drawn over it stands out
SUFFIXES = (".png", ".jpg", ".jpeg")

TABLES = ((31, 119, 180), (44, 140, 60), (148, 103, 189), (140, 86, 75), (23, 150, 170))
READ, ODD, DOUBTED, FOUND = (0, 110, 40), (200, 110, 0), (214, 120, 0), (200, 0, 40)
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
Colour = tuple[int, int, int]


def draw(
    report: Report,
    findings: Sequence[Finding],
    file: Path,
    page: int,
    out: Path,
    *,
    password: str | None = None,
    lang: str = "id",
) -> None:
    """Draw page `page` (from 1) of `file`, which `report` was read from, and write it to `out` (PNG or JPEG).

    Raises `BadOption` where there is nothing to draw (a text file, no such page) or OUT is no kind of picture, and
    `UnusableOutput` where it cannot be written.
    """
    check_out(out)
    name, count = report.document.name, len(report.document.pages)
    if not count:
        raise problem(BadOption, "image_needs_pdf", name=name)
    if not 1 <= page <= count:
        raise problem(BadOption, "no_page", page=page, name=name, count=count)
    sheet = report.document.pages[page - 1]
    picture = _Picture.of(_rendered(file, page, password, sheet.skew))
    for table, colour in _tables(report, page):
        _draw_table(picture, table, page, colour)
    _draw_figures(picture, _figures(report, page))
    notes = [*_noted(picture, report, findings, page, lang)]
    image = _with_legend(picture.image, _legend(sheet, report, page, notes, lang))
    try:
        image.save(out)
    except OSError as error:
        raise problem(UnusableOutput, "out_error", out=out, reason=error.strerror or error) from None


def check_out(out: Path) -> None:
    """Raise `BadOption` unless `out` is named as a picture: told before a long reading, not after it."""
    if out.suffix.casefold() not in SUFFIXES:
        raise problem(BadOption, "bad_choice", option="--image", value=out.name, choices=" ".join(SUFFIXES))


# --- what stands on the page ---------------------------------------------------------------------------------------


def _tables(report: Report, page: int) -> Iterator[tuple[TypedTable, Colour]]:
    """Tables with cells on the page; a table keeps its colour over all its pages."""
    for i, table in enumerate(report.tables):
        if any(_on(cell.place, page) for row in table.raw.rows for cell in row if cell is not None):
            yield table, TABLES[i % len(TABLES)]


def _on(place: Place, page: int) -> bool:
    return place.page == page and place.box is not None


def _figures(report: Report, page: int) -> Iterator[Figure]:
    """Every figure of a record that is printed on the page, once."""
    seen: set[str] = set()
    records: list[tuple[Figure | None, ...]] = [(a.anggaran, a.realisasi, a.persen) for a in report.anggaran]
    records += [(k.target, k.realisasi, k.capaian) for k in report.kinerja]
    records += [(c.anggaran, c.realisasi, c.persen, c.target, c.capaian, c.terbilang) for c in report.klaim]
    records.append(report.counts)
    for figure in (f for record in records for f in record):
        if (
            figure is not None
            and _on(figure.place, page)
            and figure.status is not Status.KOSONG
            and figure.id not in seen
        ):
            seen.add(figure.id)
            yield figure


@dataclass(frozen=True, slots=True)
class _Note:
    """A doubt or a finding, numbered on the page where it has a box."""

    mark: str
    text: str
    colour: Colour


def _noted(picture: _Picture, report: Report, findings: Sequence[Finding], page: int, lang: str) -> Iterator[_Note]:
    for i, finding in enumerate((f for f in findings if f.place.page == page), 1):
        yield _note(picture, f"T{i}", finding.place, finding.pesan if lang == "id" else finding.message, FOUND)
    for i, doubt in enumerate((d for d in report.doubts if d.place.page == page), 1):
        yield _note(picture, f"?{i}", doubt.place, _doubt(doubt), DOUBTED)


def _note(picture: _Picture, mark: str, place: Place, text: str, colour: Colour) -> _Note:
    if place.box is not None:
        picture.outline(place.box, colour, width=3, dashed=True)
        picture.label(place.box.x0, place.box.top, mark, colour, above=True, solid=True)
    return _Note(mark, text, colour)


def _doubt(doubt: Doubt) -> str:
    sure = f" ({doubt.confidence:.2f})" if doubt.confidence is not None and doubt.confidence < 1 else ""
    where = f" {doubt.table_id}" if doubt.table_id else ""
    printed = f" \u00ab{doubt.text}\u00bb" if doubt.text else ""
    return f"{doubt.kind}{where}: {doubt.reason}{printed}{sure}"


def _legend(sheet: Page, report: Report, page: int, notes: Sequence[_Note], lang: str) -> list[tuple[str, Colour]]:
    """The lines below the page: how it was read, what the marks mean, each finding and doubt."""
    how = [f"{report.document.name}, {say('at_page', lang, n=page)}", sheet.status.value, sheet.method]
    how += [f"/Rotate {sheet.rotation}"] if sheet.rotation else []
    how += [sheet.reason] if sheet.reason else []
    lines = [(" | ".join(how), BLACK), (say("image_legend", lang), BLACK)]
    lines += [(f"{note.mark}  {note.text}", note.colour) for note in notes]
    return lines


# --- drawing -------------------------------------------------------------------------------------------------------


def _draw_table(picture: _Picture, table: TypedTable, page: int, colour: Colour) -> None:
    """Cells outlined, roles on the header (above the table where it goes on without one), its name on top."""
    raw = table.raw
    here = [
        (r, c, cell.place.box, cell.confidence)
        for r, row in enumerate(raw.rows)
        for c, cell in enumerate(row)
        if cell is not None and cell.place.page == page and cell.place.box is not None
    ]
    whole = here[0][2]
    for r, _, box, _ in here:
        whole = whole.union(box)
        if r < raw.n_header:
            picture.fill(box, colour)
        picture.outline(box, colour)
    picture.outline(whole, colour, width=3)
    heads = {c: box for r, c, box, _ in here if r < raw.n_header}
    for column in table.columns:
        where = heads.get(column.index)
        role = " ".join(str(x) for x in (column.role, column.year, column.stage, column.period, column.acuan) if x)
        if where is not None:
            picture.label(where.x0, where.bottom, role, colour)
        elif not heads and (below := next((box for _, c, box, _ in here if c == column.index), None)):
            picture.label(below.x0, whole.top, role, colour, above=True)
    sure = f" {table.confidence:.2f}" if table.confidence < 1 else ""
    name = " ".join(x for x in (raw.table_id, raw.label, f"[{table.kind}]", f"{raw.method}{sure}") if x)
    picture.label(whole.x0, whole.top - (0 if heads else 9), name, colour, above=True, solid=True)


def _draw_figures(picture: _Picture, figures: Iterable[Figure]) -> None:
    """The values as read, at the lower right corner of where they are printed; a line of text may hold several."""
    by_box: dict[Box, list[Figure]] = {}
    for figure in figures:
        assert figure.place.box is not None
        by_box.setdefault(figure.place.box, []).append(figure)
    for box, here in by_box.items():
        odd = any(f.status is not Status.ANGKA or f.confidence < 1 for f in here)
        picture.label(box.x1, box.bottom, "  ".join(map(_value, here)), ODD if odd else READ, right=True)


def _value(figure: Figure) -> str:
    sure = f" ({figure.confidence:.2f})" if figure.confidence < 1 else ""
    if figure.value is None:
        return figure.status.value + sure
    upper = f"..{figure.high:,f}" if figure.high is not None else ""
    return f"{figure.relation or ''}{figure.value:,f}{upper}{'!' if figure.malformed else ''}{sure}"


@dataclass(slots=True)
class _Picture:
    """The page's picture, drawn on in points of the displayed page."""

    image: Image.Image
    pen: ImageDraw.ImageDraw
    scale: float

    @classmethod
    def of(cls, rendered: tuple[Image.Image, float]) -> _Picture:
        from PIL import Image, ImageDraw

        image, scale = rendered
        faded = Image.blend(image.convert("RGB"), Image.new("RGB", image.size, WHITE), FADED)
        return cls(faded, ImageDraw.Draw(faded, "RGBA"), scale)

    def _pixels(self, box: Box) -> tuple[float, float, float, float]:
        s = self.scale
        return box.x0 * s, box.top * s, max(box.x1 * s, box.x0 * s + 1), max(box.bottom * s, box.top * s + 1)

    def outline(self, box: Box, colour: Colour, *, width: int = 1, dashed: bool = False) -> None:
        if not dashed:
            self.pen.rectangle(self._pixels(box), outline=(*colour, 230), width=width)
            return
        x0, y0, x1, y1 = self._pixels(box)
        for a, b in (((x0, y0), (x1, y0)), ((x1, y0), (x1, y1)), ((x1, y1), (x0, y1)), ((x0, y1), (x0, y0))):
            for start, end in _dashes(a, b):
                self.pen.line((start, end), fill=colour, width=width)

    def fill(self, box: Box, colour: Colour) -> None:
        self.pen.rectangle(self._pixels(box), fill=(*colour, 40))

    def label(
        self,
        x: float,
        y: float,
        text: str,
        colour: Colour,
        *,
        above: bool = False,
        right: bool = False,
        solid: bool = False,
    ) -> None:
        """A small text at (x, y): its left end, or its right end; on that point's height, or above it."""
        text = text.translate(_PLAIN)
        font = _font(5.5 * self.scale)
        left, top, wide, high = self.pen.textbbox((0, 0), text, font=font)
        wide, high = wide - left, high - top
        px = x * self.scale - (wide + 2 if right else -1)
        py = y * self.scale - (high + 2 if above else high / 2)
        px, py = max(1.0, min(px, self.image.width - wide - 2)), max(1.0, min(py, self.image.height - high - 2))
        back = (*colour, 255) if solid else (*WHITE, 205)
        # wider on the left: a minus must not look like a part of a line beside it
        self.pen.rectangle((px - 5, py - 1, px + wide + 1, py + high + 1), fill=back)
        self.pen.text((px - left, py - top), text, font=font, fill=WHITE if solid else colour)


Point = tuple[float, float]
_PLAIN = str.maketrans({"\u2265": ">=", "\u2264": "<="})  # signs that Pillow's own font does not have


def _dashes(a: Point, b: Point, length: float = 7.0) -> Iterator[tuple[Point, Point]]:
    whole = math.dist(a, b)
    steps = max(1, round(whole / length))
    at = [(a[0] + (b[0] - a[0]) * i / steps, a[1] + (b[1] - a[1]) * i / steps) for i in range(steps + 1)]
    yield from zip(at[::2], at[1::2], strict=False)


def _font(size: float) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    from PIL import ImageFont as Fonts

    return Fonts.load_default(max(size, 6))


def _with_legend(image: Image.Image, lines: Iterable[tuple[str, Colour]]) -> Image.Image:
    """The picture with lines of text below it, wrapped to its width."""
    from PIL import Image, ImageDraw

    size = max(12.0, image.width / 95)
    font = _font(size)
    chars = max(30, int(image.width / (size * 0.52)))
    wrapped = [
        (part, colour) for text, colour in lines for part in textwrap.wrap(text, chars, subsequent_indent="      ")
    ]
    pitch = round(size * 1.4)
    whole = Image.new("RGB", (image.width, image.height + pitch * (len(wrapped) + 1)), WHITE)
    whole.paste(image)
    pen = ImageDraw.Draw(whole)
    pen.line((0, image.height, image.width, image.height), fill=BLACK)
    for i, (text, colour) in enumerate(wrapped):
        pen.text((10, image.height + pitch * (i + 0.5)), text, font=font, fill=colour)
    return whole


def _rendered(file: Path, number: int, password: str | None, skew: float) -> tuple[Image.Image, float]:
    """The page as displayed, a crooked scan turned upright as its boxes are, and its pixels to the point."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(file, password=password)
    try:
        page = pdf[number - 1]
        width, height = page.get_size()
        scale = min(DPI / 72, math.sqrt(MAX_PIXELS / max(width * height, 1.0)))
        image: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
        return (image.rotate(skew, fillcolor="white") if skew else image), scale
    except pypdfium2.PdfiumError:
        raise problem(UnreadableInput, "in_error", path=file.name, reason=say("at_page", "id", n=number)) from None
    finally:
        pdf.close()
