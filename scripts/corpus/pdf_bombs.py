"""Little files that unpack, expand or multiply to very much."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from corpus.case import Case
from corpus.pdf import MIB, Pdf, deflated

GIB = 1 << 30


def cases(seed: int) -> Iterator[Case]:
    yield Case("bom-flate.pdf", lambda: _content(deflated(2 * GIB), b"/Filter /FlateDecode"), says="terurai")
    yield Case("bom-flate-gambar-jalur.pdf", _paths, says="terurai")
    yield Case("bom-bersarang.pdf", _nested, says="terurai")
    yield Case("bom-nama-samar.pdf", lambda: _content(deflated(GIB), b"/Filter /Fl#61teDecode"), says="terurai")
    yield Case("bom-ascii85.pdf", _ascii85)
    yield Case("bom-hex.pdf", _hex)
    yield Case("bom-runlength.pdf", lambda: _content(b"\x81 " * (4 * MIB), b"/Filter /RunLengthDecode"), heavy=True)
    yield Case("bom-lzw.pdf", lambda: _content(_lzw(), b"/Filter /LZWDecode"))
    yield Case("bom-lima-puluh-saringan.pdf", _fifty)
    yield Case("bom-prediktor.pdf", _predictor)
    yield Case("bom-objstm.pdf", _objects, says="terurai")
    yield Case("bom-xref.pdf", _xref, says="terurai")
    yield Case("bom-tounicode.pdf", _tounicode, heavy=True)
    yield Case("bom-formulir.pdf", _laughs, slow=True)
    yield Case("bom-juta-operator.pdf", lambda: _plain(b"0 0 m 9 9 l S\n" * 1_000_000), heavy=True)
    yield Case(
        "bom-juta-huruf.pdf",
        lambda: _plain(b"BT /F1 1 Tf 9 9 Td " + b"(abcdefghij) Tj 0 1 Td " * 100_000 + b"ET"),
        heavy=True,
    )
    yield Case("bom-juta-q.pdf", lambda: _plain(b"q " * 2_000_000), heavy=True)
    yield Case("bom-juta-do.pdf", _drawn_again, heavy=True)
    yield Case("bom-kurung.pdf", lambda: _plain(b"[" * 1_000_000))
    yield Case("bom-kamus.pdf", lambda: _plain(b"/A << " * 500_000 + b"BDC"))
    yield Case("bom-gambar-sebaris.pdf", lambda: _plain(b"BI /W 100000 /H 100000 /BPC 1 /CS /G ID \x00 EI"))
    yield Case("bom-jalur-panjang.pdf", lambda: _plain(b"0 0 m " + b"9 9 l " * 2_000_000 + b"S"), heavy=True)
    yield Case("bom-garis-kisi.pdf", _grid)
    yield Case("bom-anotasi.pdf", _annotations, heavy=True)
    yield Case("bom-pola.pdf", _pattern)
    yield Case("bom-halaman.pdf", _pages, says="halaman")


def _content(data: bytes, entries: bytes) -> bytes:
    pdf = Pdf()
    pdf.stream(4, data, entries)
    return pdf.bytes()


def _plain(contents: bytes) -> bytes:
    pdf = Pdf()
    pdf.packed(4, contents)
    return pdf.bytes()


def _paths() -> bytes:
    return _content(deflated(512 * MIB, b"0 0 m 9 9 l S\n"), b"/Filter /FlateDecode")


def _nested() -> bytes:
    return _content(zlib.compress(deflated(GIB), 9), b"/Filter [/FlateDecode /FlateDecode]")


def _ascii85() -> bytes:
    import base64

    return _content(base64.a85encode(deflated(GIB)) + b"~>", b"/Filter [/ASCII85Decode /FlateDecode]")


def _hex() -> bytes:
    return _content(deflated(GIB).hex().encode() + b">", b"/Filter [/AHx /Fl]")


def _lzw() -> bytes:
    """A run of one byte, each code one byte longer than the one before, the table cleared when it is full."""
    codes: list[tuple[int, int]] = []
    for _ in range(60):
        codes.append((256, 9))
        width, last = 9, 257
        codes.append((32, width))
        for code in range(258, 4094):
            last = code
            if code + 1 >= (1 << width) - 1 and width < 12:
                width += 1
            codes.append((last, width))
    bits, count = 0, 0
    out = bytearray()
    for code, width in codes:
        bits = (bits << width) | code
        count += width
        while count >= 8:
            count -= 8
            out.append(bits >> count & 255)
        bits &= (1 << count) - 1
    return bytes(out)


def _fifty() -> bytes:
    data = b"BT /F1 12 Tf (a) Tj ET"
    for _ in range(50):
        data = zlib.compress(data)
    return _content(data, b"/Filter [" + b"/FlateDecode " * 50 + b"]")


def _predictor() -> bytes:
    parameters = b"/DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 32 /BitsPerComponent 16 >>"
    return _content(zlib.compress(b"\x02" * 4096), b"/Filter /FlateDecode " + parameters)


def _objects() -> bytes:
    pdf = Pdf()
    pdf.stream(6, deflated(GIB), b"/Type /ObjStm /N 100 /First 4 /Filter /FlateDecode")
    return pdf.bytes()


def _xref() -> bytes:
    body = b"%PDF-1.7\n"
    packed = deflated(GIB, b"\x01\x00\x10\x00")
    entries = b"/Type /XRef /Size 200000000 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length %d" % len(packed)
    return body + b"1 0 obj << %s >>\nstream\n%s\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % (
        entries,
        packed,
        len(body),
    )


def _tounicode() -> bytes:
    pdf = Pdf(b"BT /F1 12 Tf 9 9 Td <0001000200030004> Tj ET")
    ranges = b"".join(b"100 beginbfrange\n%s endbfrange\n" % (b"<0000> <FFFF> <0041>\n" * 100) for _ in range(1000))
    cmap = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF>"
    pdf.packed(6, cmap + b" endcodespacerange\n" + ranges + b"endcmap end end")
    system = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) >>"
    descendant = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A %s >>" % system
    pdf.put(
        5,
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 6 0 R >>",
    )
    pdf.put(7, descendant)
    return pdf.bytes()


def _laughs() -> bytes:
    """Each form draws the next ten times: 10 to the power of 12."""
    pdf = Pdf(b"/X6 Do")
    pdf.page(resources=b"/XObject << /X6 6 0 R >>")
    for number in range(6, 18):
        following = b"/Resources << /XObject << /X%d %d 0 R >> >>" % (number + 1, number + 1)
        form = b"/Type /XObject /Subtype /Form /BBox [0 0 100 100] " + following
        pdf.stream(number, b"/X%d Do " % (number + 1) * 10, form)
    pdf.stream(18, b"0 0 m 9 9 l S", b"/Type /XObject /Subtype /Form /BBox [0 0 100 100]")
    return pdf.bytes()


def _drawn_again() -> bytes:
    pdf = Pdf()
    pdf.page(resources=b"/XObject << /X6 6 0 R >>")
    pdf.packed(4, b"/X6 Do " * 300_000)
    pdf.stream(6, b"BT /F1 9 Tf (a) Tj ET", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return pdf.bytes()


def _grid() -> bytes:
    """20,000 ruling lines each way: as many crossings as 400 million."""
    across = b"".join(b"0 %.3f m 595 %.3f l S\n" % (i * 0.042, i * 0.042) for i in range(20_000))
    down = b"".join(b"%.3f 0 m %.3f 842 l S\n" % (i * 0.0297, i * 0.0297) for i in range(20_000))
    return _plain(across + down + b"BT /F1 8 Tf 20 20 Td (1.000) Tj ET")


def _annotations() -> bytes:
    pdf = Pdf()
    one = b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (x) /AP << /N 4 0 R >> >> "
    pdf.page(b"/Annots [" + one * 100_000 + b"]")
    return pdf.bytes()


def _pattern() -> bytes:
    """A page painted with a pattern whose tile is a millionth of a point."""
    pdf = Pdf(b"/Pattern cs /P1 scn 0 0 595 842 re f")
    pdf.page(resources=b"/Pattern << /P1 6 0 R >>")
    tile = b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.000001 /YStep 0.000001 /Resources << >>"
    pdf.stream(6, b"0 0 1 1 re f", tile)
    return pdf.bytes()


def _pages() -> bytes:
    """A tree whose nodes hold the next node a hundred times: 10 to the power of 10 pages."""
    pdf = Pdf()
    pdf.put(2, b"<< /Type /Pages /Kids [%s] /Count 10000000000 >>" % (b"10 0 R " * 100))
    for number in range(10, 14):
        kids = b"%d 0 R " % (number + 1 if number < 13 else 3) * 100
        pdf.put(number, b"<< /Type /Pages /Parent 2 0 R /Kids [%s] /Count %d >>" % (kids, 100 ** (14 - number)))
    return pdf.bytes()
