"""Pictures that say one size and hold another, or hold rubbish in every way a PDF may pack a picture."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from functools import partial

from corpus.case import Case
from corpus.pdf import MIB, Pdf, deflated

KINDS = ("JBIG2Decode", "JPXDecode", "DCTDecode", "CCITTFaxDecode")
COVERING = b"q 595 0 0 842 0 0 cm /I6 Do Q"


def cases(seed: int) -> Iterator[Case]:
    square = b"/Width 100000 /Height 100000 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /FlateDecode"
    yield Case("gambar-100000.pdf", lambda: _image(deflated(1193 * MIB, b"\xff"), square), says="terurai", heavy=True)
    yield Case("gambar-100000-kosong.pdf", lambda: _image(zlib.compress(b""), square))
    fax = b"/Width 100000 /Height 100000 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode"
    yield Case(
        "gambar-faks.pdf",
        lambda: _image(b"\xff" * 9, fax + b" /DecodeParms << /K -1 /Columns 100000 >>"),
    )
    huge = b"/Width 2147483647 /Height 2147483647 /BitsPerComponent 16 /ColorSpace /DeviceCMYK"
    yield Case("gambar-2-31.pdf", lambda: _image(b"\x00" * 99, huge))
    wide = b"/Width 100000000 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    yield Case("gambar-lebar.pdf", lambda: _image(b"\x00" * 99, wide))
    negative = b"/Width -5 /Height 0 /BitsPerComponent 3 /ColorSpace /DeviceGray"
    yield Case("gambar-negatif.pdf", lambda: _image(b"\x00" * 99, negative))
    small = b"/Width 64 /Height 64 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    yield Case("gambar-jpx-besar.pdf", lambda: _image(_jpx(), small + b" /Filter /JPXDecode"))
    yield Case("gambar-jpeg-besar.pdf", lambda: _image(_jpeg(), small + b" /Filter /DCTDecode"))
    yield Case("gambar-jbig2-besar.pdf", lambda: _image(_jbig2(), small + b" /Filter /JBIG2Decode"))
    yield Case("gambar-smask-lingkar.pdf", _mask)
    yield Case("gambar-warna-lingkar.pdf", _colour)
    yield Case("gambar-sejuta-kali.pdf", _many, heavy=True)
    yield Case("gambar-seribu.pdf", _thousand, heavy=True)
    for kind in KINDS:
        for k in range(3):
            yield Case(f"gambar-{kind.lower()}-{k}.pdf", partial(_rubbish, kind, seed * 100 + k))


def _image(data: bytes, entries: bytes, contents: bytes = COVERING) -> bytes:
    pdf = Pdf(contents)
    pdf.page(resources=b"/XObject << /I6 6 0 R >>")
    pdf.stream(6, data, b"/Type /XObject /Subtype /Image " + entries)
    return pdf.bytes()


def _rubbish(kind: str, seed: int) -> bytes:
    rng = random.Random(seed)
    heads = {
        "JPXDecode": _jpx(64)[:60],
        "DCTDecode": _jpeg(64)[:24],
        "JBIG2Decode": _jbig2(64)[:30],
        "CCITTFaxDecode": b"",
    }
    entries = b"/Width 640 /Height 640 /BitsPerComponent %d /ColorSpace /DeviceGray /Filter /%s" % (
        1 if kind in ("JBIG2Decode", "CCITTFaxDecode") else 8,
        kind.encode(),
    )
    return _image(heads[kind] + rng.randbytes(20_000), entries)


def _jpx(side: int = 100_000) -> bytes:
    size = side.to_bytes(4, "big")
    header = b"\x00\x00\x00\x16ihdr" + size + size + b"\x00\x01\x07\x07\x00\x00"
    colour = b"\x00\x00\x00\x0fcolr\x01\x00\x00\x00\x00\x00\x11"
    jp2h = (8 + len(header) + len(colour)).to_bytes(4, "big") + b"jp2h" + header + colour
    siz = b"\xff\x51\x00\x29\x00\x00" + size + size + bytes(8) + size + size + bytes(8) + b"\x00\x01\x07\x01\x01"
    cod = b"\xff\x52\x00\x0c\x00\x00\x00\x01\x00\x01\x04\x04\x00\x00"
    qcd = b"\xff\x5c\x00\x04\x40\x40"
    sot = b"\xff\x90\x00\x0a\x00\x00\x00\x00\x00\x00\x00\x01\xff\x93"
    code = b"\xff\x4f" + siz + cod + qcd + sot + bytes(64) + b"\xff\xd9"
    start = b"\x00\x00\x00\x0cjP  \r\n\x87\n\x00\x00\x00\x14ftypjp2 \x00\x00\x00\x00jp2 "
    return start + jp2h + (8 + len(code)).to_bytes(4, "big") + b"jp2c" + code


def _jpeg(side: int = 65_500) -> bytes:
    from io import BytesIO

    from PIL import Image

    sink = BytesIO()
    Image.new("L", (64, 64), 255).save(sink, "JPEG")
    data = bytearray(sink.getvalue())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = side.to_bytes(2, "big") * 2
    return bytes(data)


def _jbig2(side: int = 100_000) -> bytes:
    size = side.to_bytes(4, "big")
    page = b"\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13" + size + size + bytes(8) + b"\x00\x00\x00"
    region = b"\x00\x00\x00\x01\x26\x00\x01\x00\x00\x00\x20" + size + size + bytes(8) + b"\x00\x00" + bytes(40)
    return page + region


def _mask() -> bytes:
    pdf = Pdf(COVERING)
    pdf.page(resources=b"/XObject << /I6 6 0 R >>")
    entries = b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    pdf.stream(6, bytes(64), entries + b" /SMask 6 0 R /Mask 6 0 R")
    return pdf.bytes()


def _colour() -> bytes:
    pdf = Pdf(COVERING)
    pdf.page(resources=b"/XObject << /I6 6 0 R >> /ColorSpace << /C 7 0 R >>")
    pdf.stream(6, bytes(64), b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace 7 0 R")
    pdf.put(7, b"[/Indexed 7 0 R 255 7 0 R]")
    return pdf.bytes()


def _many() -> bytes:
    entries = b"/Width 4000 /Height 4000 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode"
    return _image(deflated(16 * MIB, b"\xaa"), entries, COVERING * 20_000)


def _thousand() -> bytes:
    """A thousand pictures of 9 million pixels each, on one page."""
    names = b"".join(b"/I%d %d 0 R " % (n, n) for n in range(10, 1010))
    pdf = Pdf(b"".join(b"q 595 0 0 842 0 0 cm /I%d Do Q\n" % n for n in range(10, 1010)))
    pdf.page(resources=b"/XObject << %s>>" % names)
    data = deflated(9 * MIB, b"\xaa")
    entries = b"/Type /XObject /Subtype /Image /Width 3000 /Height 3000 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    for number in range(10, 1010):
        pdf.stream(number, data, entries + b" /Filter /FlateDecode")
    return pdf.bytes()
