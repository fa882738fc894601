"""Typesets some of the samples as PDF, the way a word processor would: `python samples/make.py` writes them anew.

The words and figures are those of the text samples; only what a converter does to text (headers repeated at a page
break, a row cut in two) is put back together first. Fonts are the standard ones of PDF or come with ReportLab; dates
and ids are fixed, so the same versions of ReportLab and Pillow write the same bytes. Needs the `dev` extra.
"""

from __future__ import annotations

import argparse
import io
import random
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate
from typeset import Face, Style, faces, story, typed_lines

HERE = Path(__file__).parent
MARGIN = 62.0
SCAN_DPI = 200
PAPER = 243  # brightness of scanned paper
GRAIN = 2.5  # standard deviation of its noise
SCAN_QUALITY = 30


@dataclass(frozen=True)
class Recipe:
    """One PDF: its source, how it is typeset, and which of its lines stand on which kind of page.

    `joined` are lines that a page break of the text cut off from the line before. `turned` maps a line range to
    "rotated" (a landscape page held by /Rotate) or "sideways" (a portrait page whose contents run upwards); `scanned`
    are lines on pages that are pictures.
    """

    source: str
    variant: str
    style: Style
    encoding: str = "utf-8-sig"
    joined: tuple[int, ...] = ()
    turned: tuple[tuple[int, int, str], ...] = ()
    scanned: tuple[int, int] | None = None


TIMES = Face("Times-Roman", "Times-Bold", 11.5)
SANS = Face("Helvetica", "Helvetica-Bold", 10.0)
VERA = Face("Vera", "VeraBd", 9.0)

RECIPES = (
    Recipe(
        "dmpl-wakatobi-2022", "ruled", Style(SANS, shade="#d9e2f3", running="LAKIP DINAS MARITIM DAN PANGAN LAUT 2022")
    ),
    Recipe("kesbangpol-tanjung-harapan-2023", "plain", Style(TIMES, ruled=False, repeat=False), joined=(217, 233, 253)),
    Recipe(
        "literasi-ternate-2023",
        "rotated",
        Style(VERA, shade="#e7e6e6"),
        turned=((110, 123, "sideways"), (151, 183, "rotated")),
    ),
    Recipe("disperindag-lembah-raya-2024", "mixed", Style(TIMES), scanned=(153, 193)),
    Recipe("pk-satpolpp-nusa-kencana-2024", "scan", Style(VERA), encoding="utf-16", scanned=(1, 65)),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=HERE, help="folder of the PDFs (default: this one)")
    parser.add_argument("names", nargs="*", help="parts of names: make these only")
    given = parser.parse_args()
    faces()
    given.out.mkdir(parents=True, exist_ok=True)
    for recipe in RECIPES:
        name = f"{recipe.source}.{recipe.variant}.pdf"
        if given.names and not any(part in name for part in given.names):
            continue
        data = made(recipe)
        (given.out / name).write_bytes(data)
        print(f"{name}: {len(data)} bytes")


def made(recipe: Recipe) -> bytes:
    """The PDF of a recipe."""
    suffix = ".txt"
    text = (HERE / f"{recipe.source}{suffix}").read_bytes().decode(recipe.encoding)
    lines = typed_lines(text, recipe.joined)
    paper = range(recipe.scanned[0], recipe.scanned[1] + 1) if recipe.scanned else range(0)
    typed = [(n, t) for n, t in lines if n not in paper]
    pictures = scanned(rendered(typeset([p for p in lines if p[0] in paper], recipe))) if recipe.scanned else []
    return typeset(typed, recipe, pictures)


def typeset(lines: list[tuple[int, str]], recipe: Recipe, pictures: list[bytes] | None = None) -> bytes:
    """Lines on upright and turned pages, then the pictures, each on a page of its own."""
    buffer = io.BytesIO()
    if not lines:
        return _pictures_only(pictures or [], buffer)
    document = BaseDocTemplate(
        buffer, pagesize=A4, invariant=1, title=recipe.source, author="lkjip", creator="lkjip", producer="lkjip"
    )
    document.addPageTemplates(_templates(recipe.style))
    flow = []
    kind = "upright"
    start = 0
    for first, last, turn in (*recipe.turned, (10**9, 10**9, "")):
        upright = [p for p in lines if start <= p[0] < first]
        turned = [p for p in lines if first <= p[0] <= last]
        for wanted, part in (("upright", upright), (turn, turned)):
            if not any(text.strip() for _, text in part):
                continue
            if flow and wanted != kind:
                flow += [NextPageTemplate(wanted), PageBreak()]
            kind = wanted
            width = A4[0] if wanted == "upright" else A4[1]
            flow += story(part, recipe.style, width - 2 * MARGIN, title=not flow)
        start = last + 1
    for i, _ in enumerate(pictures or []):
        flow += [NextPageTemplate(f"picture{i}"), PageBreak()]
        flow += story([(0, " ")], recipe.style, A4[0] - 2 * MARGIN, title=False)
    document.addPageTemplates([_picture(i, data) for i, data in enumerate(pictures or [])])
    document.build(flow)
    return buffer.getvalue()


def _templates(style: Style) -> list[PageTemplate]:
    def upright(page: canvas.Canvas, document: BaseDocTemplate) -> None:
        _furniture(page, document, style, *A4)

    def sideways(page: canvas.Canvas, document: BaseDocTemplate) -> None:
        page.translate(A4[0], 0)
        page.rotate(90)
        _furniture(page, document, style, A4[1], A4[0])

    def frame(width: float, height: float) -> Frame:
        return Frame(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN, 0, 0, 0, 0)

    turned = frame(A4[1], A4[0])
    rotated = PageTemplate("rotated", [turned], onPage=sideways, pagesize=landscape(A4))
    rotated.rotation = 90  # ReportLab writes /Rotate 90 and turns the media box, not what is drawn
    return [
        PageTemplate("upright", [frame(*A4)], onPage=upright, pagesize=A4),
        PageTemplate("sideways", [turned], onPage=sideways, pagesize=A4),
        rotated,
    ]


def _furniture(page: canvas.Canvas, document: BaseDocTemplate, style: Style, width: float, height: float) -> None:
    """Running head with its line, and the page number."""
    if document.page > 1 and style.running:
        page.setFont(style.face.bold, 8)
        page.drawString(MARGIN, height - MARGIN + 22, style.running)
        page.setLineWidth(0.7)
        page.line(MARGIN, height - MARGIN + 18, width - MARGIN, height - MARGIN + 18)
    if document.page > 1:
        page.setFont(style.face.regular, 9)
        page.drawRightString(width - MARGIN, MARGIN - 28, str(document.page))


# --- scans ---------------------------------------------------------------------------------------------------------


def rendered(pdf: bytes) -> list[Image.Image]:
    """Every page at SCAN_DPI in grey."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def scanned(pages: list[Image.Image]) -> list[bytes]:
    """What a flatbed makes of paper: a little askew, a little soft, greyish and grainy."""
    chance = random.Random(2024)
    found = []
    for page in pages:
        angle = chance.choice((-1, 1)) * chance.uniform(0.25, 0.6)
        soft = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.5))
        grey = soft.point([round(30 + v * (PAPER - 30) / 255) for v in range(256)])
        small = Image.frombytes(
            "L", (256, 256), bytes(min(255, max(0, round(chance.gauss(128, GRAIN)))) for _ in range(65536))
        )
        grain = Image.new("L", page.size)
        for x in range(0, page.width, 256):
            for y in range(0, page.height, 256):
                grain.paste(small, (x, y))
        noisy = ImageChops.add(grey, grain, scale=1, offset=-128)
        buffer = io.BytesIO()
        noisy.save(buffer, "JPEG", quality=SCAN_QUALITY, optimize=True)
        found.append(buffer.getvalue())
    return found


def _picture(index: int, data: bytes) -> PageTemplate:
    def draw(page: canvas.Canvas, _: BaseDocTemplate) -> None:
        page.drawImage(ImageReader(io.BytesIO(data)), 0, 0, *A4)

    return PageTemplate(f"picture{index}", [Frame(MARGIN, MARGIN, A4[0] - 2 * MARGIN, 400)], onPage=draw)


def _pictures_only(pictures: list[bytes], buffer: io.BytesIO) -> bytes:
    page = canvas.Canvas(buffer, pagesize=A4, invariant=1)
    page.setProducer("lkjip")
    for data in pictures:
        page.drawImage(ImageReader(io.BytesIO(data)), 0, 0, *A4)
        page.showPage()
    page.save()
    return buffer.getvalue()


if __name__ == "__main__":
    main()
