"""Pages whose text layer pdfium reads badly are read by pdfminer before they are given up to the image reader."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractors.read import fallback, pdf
from extractors.read.fallback import SECOND, SecondReader
from extractors.read.legible import NO_MAP
from extractors.read.pdf import read_pdf
from schemas.document import Page, PageStatus

FIRST_GLYPH = 3  # the glyph of the blank, as word processors number them: read as characters, figures are control codes


def face(shift: int = FIRST_GLYPH) -> bytes:
    """A font file with nothing but its table of characters: glyph n + shift is the character 32 + n."""
    segments = [(32, 126, shift - 32), (0xFFFF, 0xFFFF, 1)]
    count = len(segments)
    sub = struct.pack(">HHHHH", count * 2, 4, 1, 0, 0)
    sub += b"".join(struct.pack(">H", end) for _, end, _ in segments) + b"\0\0"
    sub += b"".join(struct.pack(">H", start) for start, _, _ in segments)
    sub += b"".join(struct.pack(">H", delta & 0xFFFF) for _, _, delta in segments)
    sub += b"\0\0" * count
    sub = struct.pack(">HHH", 4, len(sub) + 6, 0) + sub
    cmap = struct.pack(">HHHHL", 0, 1, 3, 1, 12) + sub
    return b"\0\1\0\0" + struct.pack(">HHHH", 1, 16, 0, 0) + b"cmap" + struct.pack(">LLL", 0, 28, len(cmap)) + cmap


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def no_map(shift: int = FIRST_GLYPH) -> dict[str, Any]:
    """The sheets' font F made one in which text is written by glyph numbers, without a map to characters."""
    return {
        "objects": {
            3: b"<< /Type /Font /Subtype /Type0 /BaseFont /Tanpa /Encoding /Identity-H /DescendantFonts [51 0 R] >>",
            51: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Tanpa /DW 500 /FontDescriptor 52 0 R "
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap /Identity >>",
            52: b"<< /Type /FontDescriptor /FontName /Tanpa /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800 "
            b"/Descent -200 /CapHeight 700 /ItalicAngle 0 /StemV 80 /FontFile2 53 0 R >>",
            53: stream(face(shift)),
        },
    }


def coded(x: float, base: float, text: str, *, height: float = 300, size: float = 10) -> str:
    """Operators that write `text` by glyph numbers."""
    glyphs = "".join(f"{ord(c) - 32 + FIRST_GLYPH:04x}" for c in text)
    return f"BT /F {size} Tf {x} {height - base} Td <{glyphs}> Tj ET"


ROWS = [
    ("Program Penataan Taman Kota", "1.250.000", "1.200.500"),
    ("Program Pelayanan Perpustakaan", "750.000", "748.250"),
    ("Program Pembinaan Olahraga", "310.000", "290.000"),
]


def write_rows(sheet: Any) -> Any:
    for k, row in enumerate(ROWS):
        for x, text in zip((40, 220, 300), row, strict=True):
            sheet.raw(coded(x, 60 + 20 * k, text, height=sheet.height))
    return sheet


def test_a_page_without_a_map_is_read(sheet: Any, typeset: Callable[..., Path]) -> None:
    path = typeset(write_rows(sheet()), **no_map())
    (page,) = read_pdf(path, ocr="off").pages
    assert page.status is PageStatus.READ
    assert page.reason == SECOND
    texts = [w.text for w in page.words]
    assert [t for row in ROWS for t in row[0].split()] == [t for t in texts if t.isalpha()]
    assert {t for row in ROWS for t in row[1:]} <= set(texts)
    word = next(w for w in page.words if w.text == "1.250.000")
    assert (round(word.box.x0), round(word.box.x1), word.size) == (220, 265, 10.0)
    assert word.box.top < 60 - 4 < word.box.bottom


def test_it_is_not_given_to_the_image_reader(sheet: Any, typeset: Callable[..., Path]) -> None:
    asked: list[int] = []

    def image(page: Any, number: int, why: str) -> Page:
        asked.append(number)
        return Page(number, 1.0, 1.0)

    document = read_pdf(typeset(write_rows(sheet()), **no_map()), read_image=image)
    assert asked == []
    assert document.format == "pdf"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_and_cropped_pages(sheet: Any, typeset: Callable[..., Path], turn: int) -> None:
    plain = (
        sheet(entries=f"/Rotate {turn} /CropBox [20 30 380 280]").text(40, 60, "Anggaran").text(220, 60, "1.250.000")
    )
    coded_page = sheet(entries=f"/Rotate {turn} /CropBox [20 30 380 280]")
    coded_page.raw(coded(40, 60, "Anggaran")).raw(coded(220, 60, "1.250.000"))
    for x in range(40, 360, 60):
        plain.text(x, 120, "12.345")
        coded_page.raw(coded(x, 120, "12.345"))
    (first,) = read_pdf(typeset(plain, name="a.pdf"), ocr="off").pages
    (second,) = read_pdf(typeset(coded_page, name="b.pdf", **no_map()), ocr="off").pages
    assert second.reason == SECOND
    assert (second.width, second.height, second.rotation) == (first.width, first.height, first.rotation)
    for a, b in zip(first.words, second.words, strict=True):
        assert (a.text, a.rotation) == (b.text, b.rotation)
        near = [abs(getattr(a.box, k) - getattr(b.box, k)) for k in ("x0", "top", "x1", "bottom")]
        across = [n for n in near if n < 1.0]
        assert len(across) >= 3, (a, b)  # the far end differs: the two fonts are not equally wide


def test_rubbish_stays_rubbish(sheet: Any, typeset: Callable[..., Path]) -> None:
    """A table of characters that is itself wrong gives words that are none: the page goes on to the image reader."""
    (page,) = read_pdf(typeset(write_rows(sheet()), **no_map(FIRST_GLYPH + 40)), ocr="off").pages
    assert page.status is PageStatus.SKIPPED
    assert page.words == ()


def test_a_sound_page_is_not_read_twice(
    sheet: Any, typeset: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SecondReader, "_page", lambda *_: pytest.fail("asked for a second reading"))
    document = read_pdf(typeset(sheet().text(40, 60, "Program Penataan Taman").text(300, 60, "1.250.000")))
    assert document.pages[0].reason is None


def test_it_gives_up_on_a_hopeless_file(
    sheet: Any, typeset: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    own = SecondReader._page

    def counted(self: SecondReader, number: int) -> Any:
        asked.append(number)
        return own(self, number)

    monkeypatch.setattr(SecondReader, "_page", counted)
    sheets = [write_rows(sheet()) for _ in range(fallback.GIVE_UP + 4)]
    document = read_pdf(typeset(*sheets, **no_map(FIRST_GLYPH + 40)), ocr="off")
    assert len(document.pages) == fallback.GIVE_UP + 4
    assert asked == list(range(1, fallback.GIVE_UP + 1))


def test_a_page_that_pdfium_cannot_load(
    sheet: Any, typeset: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = sheet().text(40, 60, "Program Penataan Taman").text(300, 60, "1.250.000").line(30, 70, 380, 70)

    class Broken:
        def __init__(self, real: Any) -> None:
            self.real = real

        def __len__(self) -> int:
            return len(self.real)

        def __getitem__(self, index: int) -> Any:
            raise RuntimeError("Failed to load page.")

        def close(self) -> None:
            self.real.close()

    monkeypatch.setattr(pdf, "_open", lambda *a, real=pdf._open: Broken(real(*a)))
    (read,) = read_pdf(typeset(page)).pages
    assert (read.status, read.reason) == (PageStatus.READ, SECOND)
    assert [w.text for w in read.words] == ["Program", "Penataan", "Taman", "1.250.000"]
    assert [(r.x0, r.top, r.x1) for r in read.rules] == [(30, 70, 380)]


def test_without_this_reader_the_page_is_no_text(sheet: Any, typeset: Callable[..., Path], monkeypatch: Any) -> None:
    """The made page is what it is meant to be: one that pdfium gives no characters for."""
    monkeypatch.setattr(SecondReader, "words", lambda *_, **__: None)
    (page,) = read_pdf(typeset(write_rows(sheet()), **no_map()), ocr="off").pages
    assert page.reason == NO_MAP
