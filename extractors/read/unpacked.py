"""How much the streams of a PDF unpack to, told before pdfium opens it.

pdfium unpacks a stream whole, up to 1 GiB, and asks nobody. So every stream is unpacked here first and thrown away piece by
piece, until it ends or is over the limit. The names of its filters are not trusted (they can be written in many ways, and
stand in objects that are packed themselves): what looks like the beginning of deflated data is taken for it, also within
what was unpacked and behind ASCII85 and hexadecimal digits. Run lengths, LZW and encrypted streams are left to the limit of
the worker's memory: none of them was seen in a report of any size.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterator

import regex

from extractors.read.refusals import refuse
from schemas.limits import Limits

START = regex.compile(rb"(?<!end)stream[^\r\n]*+(?:\r\n|\n|\r)")
PICTURE = regex.compile(rb"/Subtype\s*/Image\b")
ENTRIES = 2_000  # bytes before a stream in which its dictionary is looked for
PIECE = 1 << 16  # bytes taken in at a time
OUT = 1 << 20  # bytes given out at a time
DEEP = 8  # filters one within the other
PIXEL = 4  # bytes of a picture's pixel, at most
ASCII85 = b"~>"


def refuse_bombs(data: bytes, shown: str, limits: Limits) -> None:
    """Raises `UnreadableInput` where a stream of the PDF `data` unpacks to more bytes than the limits allow."""
    for start in START.finditer(data):
        at = start.end()
        if not _packed(data[at : at + 2]) and not data[at : at + 64].isascii():
            continue
        picture = PICTURE.search(_entries(data, start.start())) is not None
        limit = limits.pixels * PIXEL if picture else limits.unpacked
        if _beyond(_pieces(data, at), limit):
            raise refuse("unpacked", shown, limit=limit, option="pixels" if picture else "unpacked")


def _packed(head: bytes) -> bool:
    """Whether data begin as zlib's do: method 8, and two bytes that 31 divides."""
    return len(head) == 2 and head[0] & 15 == 8 and (head[0] << 8 | head[1]) % 31 == 0


def _entries(data: bytes, end: int) -> bytes:
    before = data[max(0, end - ENTRIES) : end]
    return before[before.rfind(b" obj") + 1 :]


def _pieces(data: bytes, at: int) -> Iterator[bytes]:
    """The bytes of a stream from `at` on, in pieces; letters that stand for bytes are turned back into them."""
    head = data[at : at + 64]
    if not _packed(head[:2]):
        end = data.find(b"endstream", at)
        body = data[at : end if end >= 0 else len(data)]
        yield from _letters(body)
        return
    for place in range(at, len(data), PIECE):
        yield data[place : place + PIECE]


def _letters(body: bytes) -> Iterator[bytes]:
    """What hexadecimal or ASCII85 letters stand for; nothing where the body is neither, or does not begin deflated data."""
    digits = b"".join(body[:PIECE].split())
    try:
        if _packed(binascii.unhexlify(digits[:4])):
            yield binascii.unhexlify(b"".join(body.partition(b">")[0].split()))
        return
    except (ValueError, binascii.Error):
        pass
    try:
        if _packed(base64.a85decode(digits[:5])[:2]):
            yield base64.a85decode(body.partition(ASCII85)[0])
    except ValueError:
        return


def _beyond(pieces: Iterator[bytes], limit: int, depth: int = 1) -> bool:
    """Whether deflated data that come in pieces unpack to more than `limit` bytes, they themselves or what is in them."""
    unpacker = zlib.decompressobj()
    total = 0

    def out() -> Iterator[bytes]:
        nonlocal total
        try:
            for piece in pieces:
                given = unpacker.decompress(piece, OUT)
                while given:
                    total += len(given)
                    yield given
                    if total > limit:
                        return
                    given = unpacker.decompress(unpacker.unconsumed_tail, OUT)
                if unpacker.eof:
                    return
        except zlib.error:  # the rest is damaged: what came before is what a reader would get
            return

    unpacked = out()
    first = next(unpacked, b"")
    if depth < DEEP and _packed(first[:2]):
        inner = _chained(first, unpacked)
        if _beyond(inner, limit, depth + 1):
            return True
        for _ in inner:  # what the inner stream left
            pass
    else:
        for _ in unpacked:
            pass
    return total > limit


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
