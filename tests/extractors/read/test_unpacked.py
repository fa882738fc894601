"""Streams that unpack to more than a file may ask for are refused before pdfium sees them; honest ones are not."""

from __future__ import annotations

import base64
import zlib

import pytest
from corpus.pdf import Pdf, deflated

from extractors.read.unpacked import refuse_bombs
from schemas.errors import UnreadableInput
from schemas.limits import Limits

MIB = 1 << 20
LIMITS = Limits(unpacked=4 * MIB, pixels=4 * MIB)


def with_stream(data: bytes, entries: bytes) -> bytes:
    pdf = Pdf()
    pdf.stream(4, data, entries)
    return pdf.bytes()


FLATE = b"/Filter /FlateDecode"
BOMBS = {
    "plain": with_stream(deflated(8 * MIB), FLATE),
    "named otherwise": with_stream(deflated(8 * MIB), b"/Filter /F#6cateDecode"),
    "without a name": with_stream(deflated(8 * MIB), b"/Filter 9 0 R"),
    "in another": with_stream(zlib.compress(deflated(8 * MIB)), b"/Filter [/FlateDecode /FlateDecode]"),
    "in five others": with_stream(
        zlib.compress(zlib.compress(zlib.compress(zlib.compress(deflated(8 * MIB))))), b"/Filter [/Fl /Fl /Fl /Fl /Fl]"
    ),
    "behind letters": with_stream(
        base64.a85encode(deflated(8 * MIB)) + b"~>", b"/Filter [/ASCII85Decode /FlateDecode]"
    ),
    "behind digits": with_stream(deflated(8 * MIB).hex().encode() + b">", b"/Filter [/AHx /Fl]"),
    "cut off": with_stream(deflated(8 * MIB)[:-1000], FLATE),
    "with a false end": with_stream(deflated(8 * MIB).replace(b"\x03\x00", b"\x03\x00endstream"), FLATE),
    "after a bare return": with_stream(deflated(8 * MIB), FLATE).replace(b">>\nstream\n", b">>\nstream\r"),
    "a picture": with_stream(deflated(20 * MIB), FLATE + b" /Subtype /Image /Width 9 /Height 9"),
}


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused(data: bytes):
    with pytest.raises(UnreadableInput, match=r"terurai menjadi lebih dari .* --limit (unpacked|pixels)=N"):
        refuse_bombs(data, "bom.pdf", LIMITS)


def test_a_limit_may_be_raised_and_honest_streams_pass():
    refuse_bombs(BOMBS["plain"], "bom.pdf", Limits(unpacked=9 * MIB))
    refuse_bombs(with_stream(deflated(3 * MIB), FLATE), "a.pdf", LIMITS)
    refuse_bombs(with_stream(deflated(15 * MIB), FLATE + b" /Subtype /Image"), "a.pdf", LIMITS)
    refuse_bombs(with_stream(b"\x78\x9crubbish" * 99, FLATE), "a.pdf", LIMITS)
    refuse_bombs(b"%PDF-1.4 stream\n", "a.pdf", LIMITS)
    refuse_bombs(b"%PDF-1.4 stream\nx", "a.pdf", LIMITS)
