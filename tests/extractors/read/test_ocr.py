"""Pages drawn in the test and read from their pictures: upright, turned, skewed, worn; and what `--ocr` does."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont, features

from extractors.read import read
from extractors.read.ocr import read_page_image
from extractors.read.recognise import Reader
from extractors.tables.pdf_blocks import blocks
from schemas.document import Document, Page, PageStatus
from schemas.limits import Limits
from schemas.table import TablePiece

pytestmark = pytest.mark.skipif(not features.check("freetype2"), reason="Pillow draws no letters without FreeType")

ROOT = Path(__file__).parents[3]

DPI = 200
WIDTH, HEIGHT = 460, 260  # points
ROWS = (
    ("No", "Kegiatan", "Anggaran", "Realisasi"),
    ("1", "Pembinaan Lapangan", "1.250.000.000", "1.103.467.925"),
    ("2", "Penyusunan Dokumen", "84.500.000", "-"),
    ("3", "Rapat Koordinasi", "367.219.400", "98,75"),
)
COLUMNS = (30, 60, 210, 325, 430)  # points
TOP, STEP = 60, 34  # points


def font(size: float) -> ImageFont.FreeTypeFont:
    """Pillow's own font at `size` points."""
    found = ImageFont.load_default(size=round(size * DPI / 72))
    assert isinstance(found, ImageFont.FreeTypeFont)
    return found


def table(gap: tuple[int, float, float] | None = None) -> Image.Image:
    """A heading and a ruled table; `gap` leaves the upright rule of that number out between two heights (points)."""
    s = DPI / 72
    sheet = Image.new("L", (round(WIDTH * s), round(HEIGHT * s)), 250)
    pen = ImageDraw.Draw(sheet)
    pen.text((30 * s, 20 * s), "Tabel 1 Anggaran Tahun 2024", font=font(12), fill=15)
    bottom = TOP + STEP * len(ROWS)
    for k in range(len(ROWS) + 1):
        y = (TOP + STEP * k) * s
        pen.line((COLUMNS[0] * s, y, COLUMNS[-1] * s, y), fill=60, width=2)
    for k, x in enumerate(COLUMNS):
        parts = [(TOP, bottom)] if gap is None or gap[0] != k else [(TOP, gap[1]), (gap[2], bottom)]
        for y0, y1 in parts:
            pen.line((x * s, y0 * s, x * s, y1 * s), fill=60, width=2)
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            pen.text(((COLUMNS[c] + 6) * s, (TOP + STEP * r + 10) * s), text, font=font(11), fill=20)
    return sheet


def save(picture: Image.Image, path: Path) -> Path:
    """A PDF of one page that is the picture and nothing else."""
    picture.convert("RGB").save(path, "PDF", resolution=DPI)
    return path


def pdf(content: str, path: Path, picture: Image.Image | None = None, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Path:
    """A PDF of one page with this content stream; its fonts: /F Helvetica; its picture: /P."""
    image = b""
    entry = ""
    if picture is not None:
        coded = io.BytesIO()
        picture.convert("L").save(coded, "JPEG", quality=90)
        head = f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} /ColorSpace /DeviceGray"
        head += f" /BitsPerComponent 8 /Filter /DCTDecode /Length {len(coded.getvalue())}"
        image = f"<< {head} >>\nstream\n".encode() + coded.getvalue() + b"\nendstream"
        entry = "/XObject << /P 6 0 R >>"
    body = content.encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents 4 0 R "
        f"/Resources << /Font << /F 5 0 R >> {entry} >> >>".encode(),
        f"<< /Length {len(body)} >>\nstream\n".encode() + body + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        *([image] if image else []),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + item + b"\nendobj\n"
    xref = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n".encode()
    path.write_bytes(out)
    return path


def page_of(path: Path) -> Page:
    document = pypdfium2.PdfDocument(path)
    try:
        return read_page_image(document[0], 1, reason="halaman tanpa lapisan teks")
    finally:
        document.close()


def rows_of(page: Page) -> list[list[str]]:
    """The texts of the one table that the page holds."""
    found = [b for b in blocks(Document("x.pdf", "0" * 64, "scan", pages=(page,))) if isinstance(b, TablePiece)]
    assert len(found) == 1
    return [[cell.text if cell else "" for cell in row] for row in found[0].rows]


@pytest.fixture(scope="module")
def upright(tmp_path_factory: pytest.TempPathFactory) -> Page:
    return page_of(save(table(), tmp_path_factory.mktemp("upright") / "page.pdf"))


def test_every_cell_is_read_as_printed(upright: Page) -> None:
    assert rows_of(upright) == [list(row) for row in ROWS]
    assert (upright.method, upright.status) == ("ocr", PageStatus.READ)
    assert upright.reason == "halaman tanpa lapisan teks"
    assert (round(upright.width), round(upright.height)) == (WIDTH, HEIGHT)


def test_words_lie_where_they_are_printed_and_say_how_sure_they_are(upright: Page) -> None:
    word = next(w for w in upright.words if w.text == "1.103.467.925")
    assert abs(word.box.x0 - (COLUMNS[3] + 6)) < 2
    assert TOP + STEP < word.box.top < word.box.bottom < TOP + 2 * STEP
    assert 9 < word.size < 13
    assert word.rotation == 0
    assert all(0 < w.confidence <= 1 for w in upright.words)
    assert word.confidence > 0.9
    assert word.other is None


def test_ruling_lines_come_from_the_picture(upright: Page) -> None:
    level = sorted({round(r.top) for r in upright.rules if r.horizontal})
    down = sorted({round(r.x0) for r in upright.rules if not r.horizontal})
    assert all(abs(a - b) <= 1 for a, b in zip(level, range(TOP, TOP + 5 * STEP, STEP), strict=True))
    assert all(abs(a - b) <= 1 for a, b in zip(down, COLUMNS, strict=True))


@pytest.mark.parametrize("direction", [90, 180, 270])
def test_a_turned_page_reads_the_same(direction: int, tmp_path: Path) -> None:
    page = page_of(save(table().rotate(-direction, expand=True), tmp_path / "page.pdf"))
    assert rows_of(page) == [list(row) for row in ROWS]
    assert {w.rotation for w in page.words} == {direction}
    expected = (WIDTH, HEIGHT) if direction == 180 else (HEIGHT, WIDTH)
    assert (round(page.width), round(page.height)) == expected
    assert all(-1 < w.box.x0 < w.box.x1 < page.width + 1 for w in page.words)


def test_a_skewed_and_shaded_page_reads_the_same(tmp_path: Path) -> None:
    shade = Image.linear_gradient("L").resize((round(WIDTH * DPI / 72), round(HEIGHT * DPI / 72)))
    dim = Image.blend(table().rotate(1.4, expand=False, fillcolor=250, resample=Image.Resampling.BICUBIC), shade, 0.25)
    assert rows_of(page_of(save(dim, tmp_path / "page.pdf"))) == [list(row) for row in ROWS]


def test_a_worn_line_still_parts_its_columns(tmp_path: Path) -> None:
    # The line between the two amounts is lost over most of a row, away from its crossings.
    page = page_of(save(table(gap=(3, TOP + STEP + 8, TOP + 2 * STEP - 8)), tmp_path / "page.pdf"))
    assert rows_of(page) == [list(row) for row in ROWS]


def test_blank_paper_is_skipped_as_an_empty_page(tmp_path: Path) -> None:
    page = page_of(save(Image.new("L", (600, 400), 245), tmp_path / "page.pdf"))
    assert (page.status, page.reason, page.words) == (PageStatus.SKIPPED, "halaman kosong", ())


def test_lines_that_cannot_be_read_fail_their_page_and_a_picture_without_text_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reader, "detect", lambda *args: np.zeros((0, 4)))
    page = page_of(save(table(), tmp_path / "lines.pdf"))
    assert (page.status, page.reason) == (PageStatus.FAILED, "teks pada gambar tidak terbaca")
    drawing = Image.new("L", (600, 400), 250)
    ImageDraw.Draw(drawing).ellipse((100, 50, 400, 350), fill=60)
    page = page_of(save(drawing, tmp_path / "drawing.pdf"))
    assert (page.status, page.reason) == (PageStatus.SKIPPED, "gambar tanpa teks")


def test_ocr_off_passes_over_what_has_no_text(tmp_path: Path) -> None:
    document = read(save(table(), tmp_path / "scan.pdf"), ocr="off")
    assert [(p.status, p.reason, p.words) for p in document.pages] == [
        (PageStatus.SKIPPED, "halaman tanpa lapisan teks", ())
    ]


TEXT = "BT /F 20 Tf 40 150 Td (Realisasi anggaran tahun 2024) Tj ET"


def test_ocr_force_reads_a_text_page_from_its_image(tmp_path: Path) -> None:
    path = pdf(TEXT, tmp_path / "text.pdf", size=(360, 200))
    assert read(path).pages[0].method == "text"
    document = read(path, ocr="force")
    assert document.format == "scan"
    assert document.pages[0].method == "ocr"
    assert " ".join(w.text for w in document.pages[0].words) == "Realisasi anggaran tahun 2024"


def test_an_older_ocr_layer_under_the_picture_is_not_believed(tmp_path: Path) -> None:
    picture = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /P Do Q"
    wrong = "BT /F 11 Tf 216 160 Td (1.250.000.900) Tj ET"
    under = pdf(f"{wrong} {picture}", tmp_path / "under.pdf", table())
    document = read(under)
    assert document.format == "scan"
    assert document.pages[0].reason == "lapisan teks hasil OCR lama"
    assert "1.250.000.000" in {w.text for w in document.pages[0].words}
    assert [w.text for w in read(under, ocr="off").pages[0].words] == ["1.250.000.900"]


def test_text_over_a_background_picture_is_the_text(tmp_path: Path) -> None:
    picture = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /P Do Q"
    over = pdf(f"{picture} {TEXT}", tmp_path / "over.pdf", Image.new("L", (300, 170), 230))
    page = read(over).pages[0]
    assert (page.method, [w.text for w in page.words][:2]) == ("text", ["Realisasi", "anggaran"])


def test_a_table_pasted_as_a_picture_joins_the_text(tmp_path: Path) -> None:
    text = "BT /F 14 Tf 40 {} Td (Realisasi anggaran tahun 2024) Tj ET"
    placed = f"{text.format(560)} q {WIDTH} 0 0 {HEIGHT} 20 200 cm /P Do Q {text.format(100)}"
    page = read(pdf(placed, tmp_path / "mixed.pdf", table(), size=(500, 600))).pages[0]
    assert (page.method, page.reason) == ("ocr", "gambar pada halaman berisi teks")
    assert rows_of(page) == [list(row) for row in ROWS]
    typed = [w for w in page.words if w.confidence == 1.0 and w.text == "Realisasi" and w.size == 14]
    assert len(typed) == 2


def test_a_photograph_beside_the_text_is_not_read(tmp_path: Path) -> None:
    photograph = Image.effect_noise((400, 300), 90)
    placed = f"{TEXT} q 300 0 0 220 40 200 cm /P Do Q"
    page = read(pdf(placed, tmp_path / "photo.pdf", photograph, size=(400, 450))).pages[0]
    assert (page.method, page.reason) == ("text", None)


def test_a_picture_too_large_to_unpack_fails_its_page_with_the_reason(tmp_path: Path) -> None:
    page = read(save(table(), tmp_path / "large.pdf"), limits=Limits(pixels=1000)).pages[0]
    assert page.status is PageStatus.FAILED
    assert "gambar terlalu besar" in (page.reason or "")


@pytest.mark.parametrize("size", [(20, 14000), (14000, 20), (3, 5000), (3, 300), (10, 201)])
def test_a_long_narrow_page_fails_with_a_reason_of_its_own(size: tuple[int, int], tmp_path: Path) -> None:
    width, height = size
    picture = Image.new("L", (8, 8), 90)
    page = read(pdf(f"q {width} 0 0 {height} 0 0 cm /P Do Q", tmp_path / "strip.pdf", picture, size)).pages[0]
    assert page.status is PageStatus.FAILED
    short, long = sorted(size)
    told = f"halaman terlalu sempit untuk dibaca sebagai gambar (sisinya {short} dan {long} poin)"
    assert page.reason == f"halaman tidak terbaca: {told}"


def test_a_strip_that_is_not_too_narrow_is_read(tmp_path: Path) -> None:
    picture = Image.new("L", (840, 90), 255)
    ImageDraw.Draw(picture).text((30, 20), "Realisasi anggaran 98,5", font=font(18), fill=0)
    page = page_of(pdf("q 420 0 0 45 0 0 cm /P Do Q", tmp_path / "strip.pdf", picture, size=(420, 45)))
    assert [w.text for w in page.words][1:] == ["anggaran", "98,5"]


def test_nothing_is_fetched_to_read_a_page(tmp_path: Path) -> None:
    path = save(table(), tmp_path / "page.pdf")
    code = f"""
import socket
def refuse(*args, **kwargs):
    raise AssertionError("the network was asked for")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from pathlib import Path
from extractors.read import raster, read
print(len(read(Path({str(path)!r})).pages[0].words) > 10)
"""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == "True", ran.stderr
