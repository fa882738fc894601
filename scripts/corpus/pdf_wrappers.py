"""Files that are two things, another thing, locked, or nearly nothing."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from functools import partial

from corpus.case import Case
from corpus.pdf import Pdf


def cases(seed: int) -> Iterator[Case]:
    yield Case("kosong.pdf", lambda: b"", says="kosong")
    yield Case("kepala-saja.pdf", lambda: b"%PDF-1.7\n", says="rusak")
    yield Case("hanya-nol.pdf", lambda: bytes(100_000), says="bukan berkas PDF")
    yield Case("acak.pdf", lambda: random.Random(seed).randbytes(100_000), says="bukan berkas PDF")
    yield Case("acak-berkepala.pdf", lambda: b"%PDF-1.7\n" + random.Random(seed).randbytes(100_000), says="rusak")
    yield Case("poliglot-zip.pdf", _zip)
    yield Case("poliglot-html.pdf", lambda: b"<html><script>alert(1)</script>" + Pdf().bytes())
    yield Case("poliglot-gif.pdf", lambda: b"GIF89a\x01\x00\x01\x00" + Pdf().bytes())
    yield Case("poliglot-elf.pdf", lambda: b"\x7fELF" + bytes(900) + Pdf().bytes())
    yield Case("poliglot-dua.pdf", lambda: Pdf().bytes() + Pdf(b"BT /F1 9 Tf (dua) Tj ET").bytes())
    yield Case("zip-bernama.pdf", lambda: _archive(b"x"), says="bukan berkas PDF")
    yield Case("pdf-bernama.txt", lambda: Pdf().bytes())
    yield Case("terkunci.pdf", partial(_locked, 40), says="kata sandi")
    yield Case("terkunci-128.pdf", partial(_locked, 128), says="kata sandi")
    yield Case("sandi-aneh.pdf", partial(_encrypt, b"/Filter /Standard /V 99 /R 99 /O (x) /U (x) /P -1"))
    yield Case("sandi-lain.pdf", partial(_encrypt, b"/Filter /Aneh /V 1"))
    yield Case(
        "sandi-lingkar.pdf", partial(_encrypt, b"/Filter /Standard /V 4 /R 4 /O 9 0 R /U 9 0 R /CF 9 0 R /P 9 0 R")
    )
    yield Case(
        "sandi-panjang.pdf",
        partial(
            _encrypt, b"/Filter /Standard /V 2 /R 3 /Length 2147483647 /O (%s) /U (%s) /P -4" % (b"a" * 32, b"b" * 32)
        ),
    )


def _archive(data: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name in ("../../lkjip-keluar.txt", "/tmp/lkjip-keluar.txt", "..\\..\\lkjip-keluar.txt"):
            archive.writestr(zipfile.ZipInfo(name), data)
    return sink.getvalue()


def _zip() -> bytes:
    return Pdf().bytes() + _archive(b"x" * 1000)


def _locked(strength: int) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen import canvas

    sink = io.BytesIO()
    page = canvas.Canvas(sink, encrypt=StandardEncryption("rahasia", strength=strength), invariant=True)
    page.drawString(72, 720, "LAPORAN KINERJA")
    page.save()
    return sink.getvalue()


def _encrypt(entries: bytes) -> bytes:
    pdf = Pdf()
    pdf.put(9, b"<< %s >>" % entries)
    pdf.trailer = b"/Encrypt 9 0 R /ID [(a) (a)]"
    return pdf.bytes()
