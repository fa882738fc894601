"""Text files: decoding and numbered lines.

Accepted encodings: UTF-8 with or without BOM, UTF-16 with or without BOM, cp1252. Lines end with LF, CRLF or CR, and are
numbered as an editor numbers them.
"""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import regex

from extractors.read.files import read_bytes
from extractors.read.refusals import refuse
from schemas.document import Document, SourceLine
from schemas.limits import USUAL, Limits

PROBE = 200_000  # characters: where so many in a row hold more than a few control characters, they are no text
LINE_END = regex.compile(r"\r\n|\n|\r")
# Control characters that no text has; form feed, tab and line ends are text.
CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


def read_text(path: Path, name: str | None = None, limits: Limits = USUAL) -> Document:
    """Read a text file into a `Document` of numbered lines.

    Raises UnreadableInput with one sentence when the file is empty, binary, undecodable or beyond the limits.
    """
    shown = name or path.name
    data = read_bytes(path, shown, limits.text, "text")
    text, encoding = decode(data, shown)
    if not text.strip():
        raise refuse("blank", shown)
    lines = LINE_END.split(text)
    _refuse_beyond(limits, lines, shown)
    return Document(
        name=shown,
        sha256=hashlib.sha256(data).hexdigest(),
        format="text",
        lines=tuple(SourceLine(i, line) for i, line in enumerate(lines, 1)),
        encoding=encoding,
    )


def _refuse_beyond(limits: Limits, lines: list[str], shown: str) -> None:
    if len(lines) > limits.lines:
        raise refuse("many_lines", shown, count=len(lines), limit=limits.lines)
    longest = max(map(len, lines))
    if longest > limits.line:
        raise refuse("long_line", shown, size=longest, limit=limits.line)
    widest = max(max(line.count("\t"), line.count("|")) for line in lines)
    if widest >= limits.columns:
        raise refuse("many_columns", shown, count=widest + 1, limit=limits.columns)


def decode(data: bytes, shown: str) -> tuple[str, str]:
    """(text, encoding); UnreadableInput for bytes that are no text in any accepted encoding."""
    for bom, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(bom):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise refuse("encoding", shown, encoding=encoding, at=error.start) from error
    sample = data[:65536]
    for parity, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = sample[parity::2]
        if len(half) > 8 and half.count(0) > 0.4 * len(half) and sample[1 - parity :: 2].count(0) < 0.05 * len(half):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                break
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        try:
            text, encoding = data.decode("cp1252"), "cp1252"
        except UnicodeDecodeError as error:
            raise refuse("no_encoding", shown, at=error.start) from error
    for start in range(0, len(text), PROBE):
        probe = text[start : start + PROBE]
        if len(CONTROL.findall(probe)) > max(2, len(probe) // 500):
            raise refuse("binary", shown)
    return text, encoding
