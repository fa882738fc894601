"""Captions: which lines of running text name which table, above or below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extractors.marks import squash
from schemas.document import Place
from schemas.table import Block, TextLine
from schemas.vocab import load

MAX_TITLE_LINES = 7
MAX_TITLE_LENGTH = 260
# A numbered section heading: what stands above it belongs to what is above.
SECTION = regex.compile(r"^\W*(?:BAB\s+[IVX\d]+|\d{1,2}(?:\.\d{1,2})+\.?\s|[A-Z]\.\s)", regex.I)
# "NAMA : ...", "NIP. 1980...": the head of a form or a signature, no title.
KEY_VALUE = regex.compile(r"^\W*(?:NIP|NRP|NIK)\b|^\W*[\p{L}./() ]{2,40}\s*:\s*\S", regex.I)


@dataclass(frozen=True, slots=True)
class Caption:
    """A table's printed name: label ("III.10") and title, the lines they were taken from, and whether it says "lanjutan"."""

    label: str | None
    title: str | None
    indexes: tuple[int, ...]
    place: Place | None
    continued: bool = False


_LEADS_IN = regex.compile(r"(?:berikut(?: ini)?|bawah(?: ini)?)\s*[:;.]\s*$", regex.I)
_LIST_MARK = regex.compile(r"^[-•●]")
_OPEN_END = regex.compile(r"[:;]$")
_STOP = regex.compile(r"(?<!\b\p{L})\.$")
_BLANKS = regex.compile(r"\s+")


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(row["pattern"] for row in load("captions") if row["kind"] == kind)


@cache
def _label() -> regex.Pattern[str]:
    word = _words("label")[0]
    # "Tabel III.10", "Tabel .2.3", "Table II.2", "Tabel I. 1", "Tabel 3,1", "Tabel 2.1."
    return regex.compile(
        rf"^\W*{word}\s*\.?\s*(?P<label>(?:[IVXLC]+|\d{{1,2}}|[A-Z])(?:\s?[.,\-–]\s?\d{{1,3}}){{0,3}}[a-z]?)\s*[.:]?(?:\s+|$)(?P<rest>.*)$",
        regex.I,
    )


@cache
def _unnumbered() -> regex.Pattern[str]:
    return regex.compile(rf"^\W*{_words('label')[0]}\s*[:.]?\s+(?P<rest>\p{{Lu}}.*)$", regex.I)


@cache
def _starts(kind: str) -> regex.Pattern[str]:
    return regex.compile(rf"^\W*(?:{'|'.join(_words(kind))})\b\s*:?", regex.I)


@cache
def _contents() -> regex.Pattern[str]:
    return regex.compile(rf"\W*(?:{'|'.join(_words('contents'))})\W*", regex.I)


def is_contents_heading(text: str) -> bool:
    """DAFTAR ISI, DAFTAR TABEL and their like."""
    return _contents().fullmatch(text) is not None


def is_source_line(text: str) -> bool:
    """ "Sumber: ..." under a table."""
    return bool(_starts("source").match(text)) and len(text) < 300


def is_continued(text: str) -> bool:
    """Does a caption say that the table goes on ("Tabel 3.2 (lanjutan)")?"""
    return any(w in text.casefold() for w in _words("continued")[0].strip("()").replace("\\", "").split("|"))


def label_of(text: str) -> tuple[str, str] | None:
    """(label, rest of the line) when the line begins a caption; a sentence about a table is none."""
    match = _label().match(text)
    if not match:
        return None
    label = _BLANKS.sub("", match["label"]).strip(".,-–")
    rest = match["rest"].strip(" .:-–")
    # "Tabel 3.1 menunjukkan bahwa ..." and "... pada Tabel 2.2 berikut." are sentences.
    if rest and (rest[0].islower() and not rest.casefold().startswith(("realisasi", "data", "capaian", "target"))):
        return None
    if len(rest) > MAX_TITLE_LENGTH:
        return None
    return label, rest


def caption_above(blocks: Sequence[Block], index: int, floor: int) -> Caption | None:
    """The caption that ends just above the table piece at `index` (searching down to block `floor`)."""
    lines: list[int] = []
    i = index - 1
    while i >= floor and index - i <= 2 and isinstance(blocks[i], TextLine) and _leads_in(_text(blocks[i])):
        i -= 1  # "Capaian dapat digambarkan sebagai berikut :" between the caption and its table
    while i >= floor and isinstance(blocks[i], TextLine) and len(lines) < MAX_TITLE_LINES:
        line = blocks[i]
        assert isinstance(line, TextLine)
        found = label_of(line.text)
        if found:
            rest = [found[1]] + [_text(blocks[k]) for k in reversed(lines)]
            return Caption(
                found[0], _join(rest), (i, *reversed(lines)), line.place, is_continued(line.text + " " + " ".join(rest))
            )
        if not _title_like(line):
            break
        lines.append(i)
        i -= 1
    if lines:
        for k in lines:
            bare = _unnumbered().match(_text(blocks[k]))
            if bare:
                chosen = tuple(n for n in reversed(lines) if n >= k)
                titles = [bare["rest"]] + [_text(blocks[n]) for n in chosen[1:]]
                return Caption(None, _join(titles), chosen, _place(blocks[k]))
    return _heading_above(blocks, index, floor)


def _heading_above(blocks: Sequence[Block], index: int, floor: int) -> Caption | None:
    """Without a label: the headings (bold, capitals) that stand directly above."""
    chosen: list[int] = []
    i = index - 1
    skipped = 0
    while i >= floor and isinstance(blocks[i], TextLine) and len(chosen) < 4:
        line = blocks[i]
        assert isinstance(line, TextLine)
        if not chosen and skipped < 12 and KEY_VALUE.match(line.text):
            i, skipped = i - 1, skipped + 1  # a form's head ("NAMA : ...") between the heading and the table
            continue
        if not line.heading or KEY_VALUE.match(line.text) or not _title_like(line):
            break
        chosen.append(i)
        i -= 1
    if not chosen:
        return None
    chosen.reverse()
    return Caption(
        None,
        _join([_text(blocks[k]) for k in chosen]),
        tuple(chosen),
        _place(blocks[chosen[0]]),
    )


def caption_below(blocks: Sequence[Block], index: int) -> Caption | None:
    """A labelled caption right under the piece at `index`, when it does not belong to a table that follows it."""
    i = index + 1
    skipped = 0
    while i < len(blocks) and skipped < 2 and isinstance(blocks[i], TextLine) and is_source_line(_text(blocks[i])):
        i, skipped = i + 1, skipped + 1
    if i >= len(blocks) or not isinstance(blocks[i], TextLine):
        return None
    found = label_of(_text(blocks[i]))
    if not found:
        return None
    k = i + 1
    while k < len(blocks) and k <= i + MAX_TITLE_LINES:
        block = blocks[k]
        if not isinstance(block, TextLine):
            return None  # it stands above that table
        if not _title_like(block) or SECTION.match(block.text):
            break
        k += 1
    line = blocks[i]
    assert isinstance(line, TextLine)
    return Caption(found[0], found[1] or None, (i,), line.place)


def _leads_in(text: str) -> bool:
    """A short sentence that announces the table below it."""
    return len(text) < 160 and _LEADS_IN.search(text) is not None


def _title_like(line: TextLine) -> bool:
    text = line.text.strip()
    if not text or len(text) > MAX_TITLE_LENGTH or is_source_line(text):
        return False
    if line.bullet and _LIST_MARK.match(line.bullet):
        return False
    if _OPEN_END.search(text) or (_STOP.search(text) and len(text) > 60):
        return False
    # A sentence of prose is no title: it has a lower-case beginning or is long and ends with a stop.
    return not (text[0].islower() and not line.heading and len(text) > 120)


def _place(block: Block) -> Place | None:
    return block.place if isinstance(block, TextLine) else None


def _text(block: Block) -> str:
    return block.text if isinstance(block, TextLine) else ""


def _join(parts: Sequence[str]) -> str | None:
    return _BLANKS.sub(" ", " ".join(p.strip(" *") for p in parts if p.strip())).strip() or None


def same_label(a: Caption, b: Caption) -> bool:
    """Do two captions print the same label and (nearly) the same title?"""
    return (
        a.label is not None
        and squash(a.label) == squash(b.label)
        and (not a.title or not b.title or squash(a.title)[:40] == squash(b.title)[:40] or b.continued)
    )
