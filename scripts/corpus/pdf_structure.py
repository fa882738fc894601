"""Circles, depths, absurd numbers and broken tables of contents inside PDF files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from corpus.case import Case
from corpus.pdf import Pdf

BOXES = {
    "raksasa": b"[0 0 1e30 1e30]",
    "digit": b"[0 0 " + b"9" * 400 + b" 842]",
    "nan": b"[0 0 NaN Infinity]",
    "negatif": b"[-1e9 -1e9 -1 -1]",
    "terbalik": b"[595 842 0 0]",
    "nol": b"[0 0 0 0]",
    "tipis": b"[0 0 1e9 1e-9]",
    "kata": b"[(a) /b null true]",
    "pendek": b"[0 0]",
    "kamus": b"<< /A 1 >>",
    "diri": b"3 0 R",
    "besar": b"[0 0 200000 200000]",
}


def cases(seed: int) -> Iterator[Case]:
    for name, box in BOXES.items():
        yield Case(f"kotak-{name}.pdf", partial(_box, box))
    yield Case("kotak-potong.pdf", partial(_page, b"/CropBox [5000 5000 6000 6000]"))
    yield Case("kotak-satuan.pdf", partial(_page, b"/UserUnit 1e12"))
    yield Case("kotak-putar.pdf", partial(_page, b"/Rotate 2147483647"))
    yield Case("kotak-putar-45.pdf", partial(_page, b"/Rotate 45"))
    yield Case("lingkar-pohon.pdf", _tree_circle)
    yield Case("lingkar-diri.pdf", _tree_self)
    yield Case("lingkar-induk.pdf", _parents)
    yield Case("lingkar-garis-besar.pdf", _outlines)
    yield Case("lingkar-xobject.pdf", _forms, slow=True)
    yield Case("lingkar-sumber-daya.pdf", _resources)
    yield Case("lingkar-isi.pdf", partial(_object, 4, b"[4 0 R 4 0 R]"))
    yield Case("lingkar-panjang.pdf", partial(_object, 4, b"<< /Length 4 0 R >>\nstream\nq\nendstream"))
    yield Case("lingkar-objek.pdf", partial(_object, 4, b"4 0 R"))
    yield Case("lingkar-prev.pdf", _previous)
    yield Case("dalam-pohon.pdf", _deep_tree, heavy=True)
    yield Case("dalam-objek.pdf", partial(_object, 4, b"[" * 300_000 + b"]" * 300_000))
    yield Case("dalam-kamus.pdf", partial(_object, 5, b"<< /A " * 200_000 + b"1" + b" >>" * 200_000))
    yield Case("dalam-formulir.pdf", _deep_forms)
    yield Case("tanpa-halaman.pdf", partial(_object, 2, b"<< /Type /Pages /Kids [] /Count 0 >>"))
    yield Case("jumlah-bohong.pdf", partial(_object, 2, b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"))
    yield Case("jumlah-negatif.pdf", partial(_object, 2, b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>"))
    yield Case("jumlah-lebih.pdf", partial(_object, 2, b"<< /Type /Pages /Kids [3 0 R] /Count 2900 >>"), heavy=True)
    yield Case("xref-jauh.pdf", partial(_xref, b"xref\n0 4294967295\n0000000000 65535 f \n"))
    yield Case("xref-negatif.pdf", partial(_xref, b"xref\n-5 9999999999\n"))
    yield Case("xref-hilang.pdf", lambda: Pdf().bytes().split(b"xref\n0 ")[0])
    yield Case(
        "startxref-jauh.pdf", lambda: Pdf().bytes().rsplit(b"startxref", 1)[0] + b"startxref\n99999999999999\n%%EOF"
    )
    yield Case("tali-terbuka.pdf", partial(_object, 4, b"(" * 3_000_000))
    yield Case(
        "posisi-raksasa.pdf", partial(_contents, b"BT /F1 1e38 Tf 1e38 0 0 1e38 -1e38 1e38 Tm (9.999.999) Tj ET")
    )
    yield Case(
        "posisi-nan.pdf",
        partial(_contents, b"BT /F1 0 Tf 0 0 0 0 0 0 Tm (9.999) Tj /F1 -9 Tf 1 0 0 1 9 9 Tm (8) Tj ET"),
    )
    yield Case("garis-raksasa.pdf", partial(_contents, b"1e30 w 0 0 m 1e38 -1e38 l S -1e38 -1e38 2e38 2e38 re f"))
    yield Case("ukuran-melimpah.pdf", _overflowing)
    yield Case("tindakan.pdf", _actions)


def _box(box: bytes) -> bytes:
    pdf = Pdf()
    pdf.page(media=box)
    return pdf.bytes()


def _page(more: bytes) -> bytes:
    pdf = Pdf()
    pdf.page(more)
    return pdf.bytes()


def _object(number: int, body: bytes) -> bytes:
    pdf = Pdf()
    pdf.put(number, body)
    return pdf.bytes()


def _contents(contents: bytes) -> bytes:
    return Pdf(contents).bytes()


def _xref(table: bytes) -> bytes:
    head, _, tail = Pdf().bytes().partition(b"xref\n0 ")
    return head + table + tail[tail.index(b"trailer") :]


def _tree_circle() -> bytes:
    pdf = Pdf()
    pdf.put(2, b"<< /Type /Pages /Kids [6 0 R 3 0 R] /Count 3 >>")
    pdf.put(6, b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 2 >>")
    return pdf.bytes()


def _tree_self() -> bytes:
    pdf = Pdf()
    pdf.put(2, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 40 >>")
    return pdf.bytes()


def _parents() -> bytes:
    pdf = Pdf()
    pdf.put(2, b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 6 0 R >>")
    pdf.put(6, b"<< /Type /Pages /Parent 2 0 R >>")
    pdf.put(3, b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>")
    return pdf.bytes()


def _outlines() -> bytes:
    pdf = Pdf()
    pdf.put(1, b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R /Names 6 0 R /Dests 6 0 R >>")
    pdf.put(6, b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 2 /Kids [6 0 R] >>")
    pdf.put(7, b"<< /Title (a) /Parent 7 0 R /Next 7 0 R /Prev 7 0 R /First 6 0 R /Last 7 0 R >>")
    return pdf.bytes()


def _forms() -> bytes:
    pdf = Pdf(b"/X6 Do /X7 Do")
    pdf.page(resources=b"/XObject << /X6 6 0 R /X7 7 0 R >>")
    for number, other in ((6, 7), (7, 6)):
        own = b"/Resources << /XObject << /X6 6 0 R /X7 7 0 R >> >> /Type /XObject /Subtype /Form /BBox [0 0 9 9]"
        pdf.stream(number, b"/X%d Do /X%d Do" % (other, number), own)
    return pdf.bytes()


def _resources() -> bytes:
    pdf = Pdf()
    pdf.put(3, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>")
    pdf.put(
        6,
        b"<< /Font 6 0 R /F1 6 0 R /XObject 6 0 R /Resources 6 0 R /DescendantFonts [6 0 R] /Type /Font /Subtype /Type0 >>",
    )
    return pdf.bytes()


def _previous() -> bytes:
    pdf = Pdf()
    pdf.trailer = b"/Prev 9999999999"
    whole = pdf.bytes()
    return whole.replace(b"/Prev 9999999999", b"/Prev %010d" % whole.rindex(b"xref\n0 "))


def _deep_tree() -> bytes:
    pdf = Pdf()
    pdf.put(2, b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>")
    for number in range(10, 50_010):
        pdf.put(number, b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (number - 1, number + 1))
    pdf.put(50_010, b"<< /Type /Page /Parent 50009 0 R /Contents 4 0 R >>")
    return pdf.bytes()


def _deep_forms() -> bytes:
    pdf = Pdf(b"/X10 Do")
    pdf.page(resources=b"/XObject << /X10 10 0 R >>")
    for number in range(10, 3_010):
        own = b"/Resources << /XObject << /X%d %d 0 R >> >>" % (number + 1, number + 1)
        pdf.stream(number, b"/X%d Do" % (number + 1), b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + own)
    return pdf.bytes()


def _overflowing() -> bytes:
    return Pdf().bytes().replace(b"/Length ", b"/Length 99999999999999999999")


def _actions() -> bytes:
    """What a viewer would run, open, send or embed."""
    pdf = Pdf()
    script = b"<< /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/'\\)) >>"
    launch = b"<< /S /Launch /F (/bin/sh) /Next << /S /URI /URI (http://127.0.0.1:9/) >> >>"
    pdf.put(1, b"<< /Type /Catalog /Pages 2 0 R /OpenAction %s /AA << /WC %s >> >>" % (script, launch))
    pdf.page(
        b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A %s >>] /AA << /O %s >>" % (launch, script)
    )
    pdf.stream(4, b"q", b"/F << /FS /URL /F (http://127.0.0.1:9/isi) >> /FFilter /FlateDecode")
    return pdf.bytes()
