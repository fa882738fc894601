"""PDF files put together object by object, so that every one of them can be wrong in just one way."""

from __future__ import annotations

import zlib

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
MEDIA = b"[0 0 595 842]"
MIB = 1 << 20


class Pdf:
    """Objects by number; 1 is the catalogue, 2 the page tree, 3 the first page, 4 its contents, 5 its font."""

    def __init__(self, contents: bytes = b"BT /F1 12 Tf 72 720 Td (LAPORAN KINERJA 2024) Tj ET") -> None:
        self.objects: dict[int, bytes] = {}
        self.trailer = b""
        self.put(1, b"<< /Type /Catalog /Pages 2 0 R >>")
        self.put(2, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
        self.page()
        self.stream(4, contents)
        self.put(5, FONT)

    def put(self, number: int, body: bytes) -> None:
        self.objects[number] = body

    def page(self, more: bytes = b"", *, media: bytes = MEDIA, resources: bytes = b"", number: int = 3) -> None:
        fonts = b"/Font << /F1 5 0 R >> " if b"/Font" not in resources else b""
        self.put(
            number,
            b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R /Resources << %s%s >> %s >>"
            % (media, fonts, resources, more),
        )

    def stream(self, number: int, data: bytes, entries: bytes = b"") -> None:
        """A stream of these bytes as they are; `entries` say how they are packed."""
        self.put(number, b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data))

    def packed(self, number: int, data: bytes, entries: bytes = b"") -> None:
        """A stream of these bytes, deflated."""
        self.stream(number, zlib.compress(data, 9), b"/Filter /FlateDecode " + entries)

    def bytes(self, header: bytes = b"%PDF-1.7\n") -> bytes:
        out = bytearray(header)
        places: dict[int, int] = {}
        for number in sorted(self.objects):
            places[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, self.objects[number])
        at = len(out)
        top = max(self.objects) + 1
        out += b"xref\n0 %d\n0000000000 65535 f \n" % top
        for number in range(1, top):
            out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
        out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (top, self.trailer, at)
        return bytes(out)


def deflated(size: int, unit: bytes = b" ") -> bytes:
    """`size` bytes of a repeated unit, deflated, without ever holding them: one block, over and over."""
    block = (unit * (MIB // len(unit) + 1))[:MIB]
    packer = zlib.compressobj(9)
    head = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    blocks = max(1, size // MIB)
    for _ in range(blocks):
        check = zlib.adler32(block, check)
    return head + again * (blocks - 1) + b"\x03\x00" + check.to_bytes(4, "big")
