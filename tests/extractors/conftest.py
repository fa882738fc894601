from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

FONTS = {"F": "Helvetica", "B": "Helvetica-Bold"}


@dataclass
class Sheet:
    """One page of a test PDF: content drawn in points from the top left corner."""

    width: float = 400
    height: float = 300
    entries: str = ""  # further entries of the page dictionary: /Rotate 90, /CropBox [...]
    ops: list[str] = field(default_factory=list)

    def text(self, x: float, base: float, text: str, *, size: float = 10, font: str = "F", before: str = "") -> Sheet:
        """`text` with its baseline `base` points below the top; `before` are operators inside the text object."""
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        self.ops.append(f"BT /{font} {size} Tf {before} {x} {self.height - base} Td ({escaped}) Tj ET")
        return self

    def turned(self, x: float, y: float, text: str, matrix: str, *, size: float = 10) -> Sheet:
        """`text` with the pen at (x, y) from the top left and the four numbers of a text matrix before the pen."""
        self.ops.append(f"BT /F {size} Tf {matrix} {x} {self.height - y} Tm ({text}) Tj ET")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        self.ops.append(f"0.5 w {x0} {self.height - y0} m {x1} {self.height - y1} l S")
        return self

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """A filled rectangle."""
        self.ops.append(f"{x0} {self.height - y1} {x1 - x0} {y1 - y0} re f")
        return self

    def raw(self, ops: str) -> Sheet:
        self.ops.append(ops)
        return self


def pdf_bytes(sheets: list[Sheet], *, resources: str = "", objects: dict[int, bytes] | None = None) -> bytes:
    """A PDF of these pages; `resources` and `objects` (numbered from 50) let a test add a form or a picture."""
    fonts = " ".join(f"/{k} {n} 0 R" for n, k in enumerate(FONTS, start=3))
    kids = [10 + 2 * k for k in range(len(sheets))]
    parts: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(sheets)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>".encode(),
    }
    for number, name in enumerate(FONTS.values(), start=3):
        parts[number] = f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
    for kid, sheet in zip(kids, sheets, strict=True):
        parts[kid] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width} {sheet.height}] {sheet.entries} "
            f"/Contents {kid + 1} 0 R /Resources << /Font << {fonts} >> {resources} >> >>"
        ).encode()
        stream = zlib.compress("\n".join(sheet.ops).encode("cp1252"))
        parts[kid + 1] = (
            f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode() + stream + b"\nendstream"
        )
    parts.update(objects or {})
    out = bytearray(b"%PDF-1.5\n")
    places = {}
    for number in sorted(parts):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + parts[number] + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += f"{number} 1\n{place:010d} 00000 n \n".encode()
    out += f"trailer\n<< /Root 1 0 R /Size {max(parts) + 1} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


@pytest.fixture
def sheet() -> type[Sheet]:
    return Sheet


@pytest.fixture
def typeset(tmp_path: Path) -> Callable[..., Path]:
    """Writes sheets to a PDF file and gives its path."""

    def write(*sheets: Sheet, name: str = "laporan.pdf", **extra: object) -> Path:
        path = tmp_path / name
        path.write_bytes(pdf_bytes(list(sheets), **extra))  # type: ignore[arg-type]
        return path

    return write
