"""Fonts whose tables lie: no widths, maps in circles, characters that are none, programs that are rubbish."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial

from corpus.case import Case
from corpus.pdf import Pdf, deflated

SIMPLE = b"/Type /Font /Subtype /TrueType /BaseFont /Aneh "
TEXT = b"BT /F1 10 Tf 72 700 Td (Program 1.000.000 900.000 90,00) Tj 0 -14 Td (Jumlah 3.000.000) Tj ET"
COMPOSED = b"<< /Type /Font /Subtype /Type0 /BaseFont /Aneh /Encoding %s /DescendantFonts [%s] %s >>"
SYSTEM = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
CID = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Aneh " + SYSTEM + b" %s >>"

SIMPLES = {
    "tanpa-lebar": SIMPLE + b"/FirstChar 0 /LastChar 255",
    "lebar-raksasa": SIMPLE + b"/FirstChar 0 /LastChar 255 /Widths [" + b"1e30 " * 256 + b"]",
    "lebar-negatif": SIMPLE + b"/FirstChar 0 /LastChar 255 /Widths [" + b"-500 " * 256 + b"]",
    "lebar-nol": SIMPLE + b"/FirstChar 0 /LastChar 255 /Widths [" + b"0 " * 256 + b"]",
    "lebar-kata": SIMPLE + b"/FirstChar 0 /LastChar 255 /Widths [" + b"(a) null " * 128 + b"]",
    "batas-jauh": SIMPLE + b"/FirstChar -2147483648 /LastChar 2147483647 /Widths [500]",
    "beda-jauh": SIMPLE
    + b"/Encoding << /Differences [2147483647 /a -5 /b 65 65 65 /A /uniD800 /u110000 /g999999999] >>",
    "beda-lingkar": SIMPLE + b"/Encoding 5 0 R /FontDescriptor 5 0 R /ToUnicode 5 0 R",
    "tanpa-jenis": b"/Type /Font",
    "huruf-kosong": b"/Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0 0 0 0 0 0] /CharProcs << >> /LastChar 255",
}
MAPS = {
    "surrogat": b"1 beginbfrange <00> <FF> <D800> endbfrange",
    "nol": b"1 beginbfrange <00> <FF> <0000> endbfrange 1 beginbfchar <50> <00000000000000> endbfchar",
    "panjang": b"1 beginbfchar <50> <" + b"0041" * 100_000 + b"> endbfchar",
    "pendek": b"1 beginbfchar <50> <4> <51> <> endbfchar",
    "balik": b"1 beginbfrange <FF> <00> <0041> endbfrange",
    "kendali": b"1 beginbfrange <00> <FF> <0001> endbfrange",
    "arah": b"2 beginbfchar <31> <202E0031> <30> <200B0030200F> endbfchar",
    "lingkar": b"/Aneh-UCS2 usecmap",
    "buka": b"beginbfchar <50> <0041 beginbfrange [[[[<00>",
    "larik": b"1 beginbfrange <00> <FF> [" + b"<0041> " * 50_000 + b"] endbfrange",
}
HEAD = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Aneh-UCS2 def\n"
    b"1 begincodespacerange <00> <FF> endcodespacerange\n"
)


def cases(seed: int) -> Iterator[Case]:
    for name, font in SIMPLES.items():
        yield Case(f"huruf-{name}.pdf", partial(_simple, font))
    for name, body in MAPS.items():
        yield Case(f"peta-{name}.pdf", partial(_mapped, HEAD + body + b" endcmap end end"), heavy=name == "panjang")
    yield Case("peta-lingkar-usecmap.pdf", _cyclic)
    yield Case("peta-encoding-lingkar.pdf", partial(_composed, b"5 0 R", b"5 0 R", b""))
    yield Case("huruf-type3-lingkar.pdf", _type3)
    yield Case("huruf-w-raksasa.pdf", partial(_composed, b"/Identity-H", CID % b"/W [0 2147483647 500] /DW 1e30", b""))
    yield Case(
        "huruf-w2.pdf", partial(_composed, b"/Identity-V", CID % b"/W2 [0 65535 1e30 -1e30 1e30] /DW2 [1e30 1e30]", b"")
    )
    yield Case("huruf-cid-jauh.pdf", partial(_composed, b"/UniGB-UTF16-H", CID % b"/CIDToGIDMap 5 0 R", b""))
    yield Case("huruf-encoding-jalan.pdf", partial(_composed, b"/..#2f..#2f..#2f..#2fetc#2fpasswd", CID % b"", b""))
    for k in range(6):
        yield Case(f"huruf-berkas-{k}.pdf", partial(_program, seed * 10 + k))
    yield Case("huruf-berkas-bom.pdf", _bomb, says="terurai")


def _simple(font: bytes) -> bytes:
    pdf = Pdf(TEXT)
    pdf.put(5, b"<< " + font + b" >>")
    return pdf.bytes()


def _mapped(cmap: bytes) -> bytes:
    pdf = Pdf(TEXT)
    pdf.packed(6, cmap)
    pdf.put(5, b"<< " + SIMPLE + b"/FirstChar 0 /LastChar 255 /Widths [" + b"500 " * 256 + b"] /ToUnicode 6 0 R >>")
    return pdf.bytes()


def _composed(encoding: bytes, descendant: bytes, more: bytes) -> bytes:
    pdf = Pdf(b"BT /F1 10 Tf 72 700 Td <0041004200430044FFFF0000> Tj ET")
    pdf.put(5, COMPOSED % (encoding, descendant, more))
    return pdf.bytes()


def _cyclic() -> bytes:
    """Two maps that each begin with the other."""
    pdf = Pdf(b"BT /F1 10 Tf 72 700 Td <00410042> Tj ET")
    for number, other in ((6, 7), (7, 6)):
        entries = b"/Type /CMap /CMapName /Peta%d /UseCMap %d 0 R" % (number, other)
        pdf.stream(number, HEAD + b"/Peta%d usecmap endcmap end end" % other, entries)
    pdf.put(5, COMPOSED % (b"6 0 R", CID % b"", b"/ToUnicode 7 0 R"))
    return pdf.bytes()


def _type3() -> bytes:
    """A letter that is drawn by writing the same letter."""
    pdf = Pdf(b"BT /F1 10 Tf 72 700 Td (aaaa) Tj ET")
    own = b"/Resources << /Font << /F1 5 0 R >> >> /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >>"
    pdf.put(
        5,
        b"<< /Type /Font /Subtype /Type3 /FirstChar 97 /LastChar 97 /Widths [9] /Encoding << /Differences [97 /a] >> %s >>"
        % own,
    )
    pdf.stream(6, b"9 0 d0 BT /F1 10 Tf (aaaaaaaaaa) Tj ET")
    return pdf.bytes()


def _program(seed: int) -> bytes:
    rng = random.Random(seed)
    kind = (b"/FontFile", b"/FontFile2", b"/FontFile3")[seed % 3]
    head = (b"%!PS-AdobeFont-1.0\n", b"\x00\x01\x00\x00\x00\x10\x01\x00", b"\x01\x00\x04\x02")[seed % 3]
    pdf = Pdf(TEXT)
    pdf.put(5, b"<< " + SIMPLE + b"/FirstChar 0 /LastChar 255 /FontDescriptor 6 0 R >>")
    pdf.put(6, b"<< /Type /FontDescriptor /FontName /Aneh /Flags 4 %s 7 0 R >>" % kind)
    pdf.packed(7, head + rng.randbytes(50_000), b"/Subtype /Type1C" if seed % 3 == 2 else b"")
    return pdf.bytes()


def _bomb() -> bytes:
    pdf = Pdf(TEXT)
    pdf.put(5, b"<< " + SIMPLE + b"/FontDescriptor 6 0 R >>")
    pdf.put(6, b"<< /Type /FontDescriptor /FontName /Aneh /Flags 4 /FontFile2 7 0 R >>")
    pdf.stream(7, deflated(1 << 30, b"\x00"), b"/Filter /FlateDecode")
    return pdf.bytes()
