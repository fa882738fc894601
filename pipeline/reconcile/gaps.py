"""Sentences in which something is left out: a number, a year, the list that a colon promises."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.reconcile.prose import Paragraph, snippet
from pipeline.reconcile.screen import beginning, positions, stems, where
from pipeline.reconcile.words import count_of
from pipeline.reconcile.words import kind as general
from schemas.document import Place
from schemas.records import Klaim
from schemas.vocab import load

SIBLINGS = 2  # sentences of one frame with a number, before the one without it lacks it
SHOWN = 140  # characters of the text shown on either side of a gap
_AFTER = re.compile(r"\s*(?:[\d(±<>≥≤=]|kurang lebih|sekitar|rp)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something left out at one place: what (`pesan` key), the words around it, whether they lead into a table."""

    what: str
    place: Place
    words: str
    sentence: str
    subject: str
    leads_in: bool = False


@cache
def kind(name: str) -> tuple[str, ...]:
    """Words of one kind of the list, the longest first."""
    return tuple(sorted((row["kata"] for row in load("rumpang") if row["jenis"] == name), key=len, reverse=True))


@cache
def _any(name: str) -> str:
    return "|".join(re.escape(word) for word in kind(name))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    flags = re.IGNORECASE
    bare = rf"(?<!\w)(?:{_any('banyak')})\s+(?:{_any('bukan')})(?![\w%])"
    counted = rf"(?<!\w)(?:{_any('sebelum')})\s+(?:{_any('ukuran')})(?!\w)"
    return re.compile(bare, flags), re.compile(counted, flags)


@cache
def _left_open() -> re.Pattern[str]:
    return re.compile(rf"tahun\s+(?:{_any('sesudah')})(?!\w)", re.IGNORECASE)


@cache
def _yearless() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any('dokumen')})\)?\s+tahun\s+(?:{_any('sesudah')})(?!\w)", re.IGNORECASE)


def numbers_left_out(text: Sequence[Paragraph]) -> Iterator[Gap]:
    """Sentences in which a number must stand and none does ("didukung oleh orang pegawai")."""
    bare, counted = _patterns()
    screens = (
        (bare, beginning(text, bare, kind("banyak"))),
        (counted, set(positions(text, stems(*kind("ukuran")), stems(*kind("sebelum"))))),
        (_yearless(), beginning(text, _left_open(), ("tahun",))),
    )
    for position in sorted(set().union(*(there for _, there in screens))):
        paragraph = text[position]
        gaps = []
        for pattern, there in screens:
            what = "missing_year" if pattern is _yearless() else "missing_number"
            for found in pattern.finditer(paragraph.text) if position in there else ():
                if what == "missing_year" or found.end() < len(paragraph.text) or not _goes_on(text, position):
                    gaps.append(_gap(what, paragraph, found.start(), found.end()))
        yield from {gap.what: gap for gap in reversed(gaps)}.values()
    yield from _unlike_siblings(text)


def _goes_on(text: Sequence[Paragraph], position: int) -> bool:
    return position + 1 < len(text) and _AFTER.match(text[position + 1].text) is not None


def _gap(what: str, paragraph: Paragraph, start: int, end: int) -> Gap:
    first, last = paragraph.sentence_at(start)
    words = " ".join(paragraph.text[start:end].split())
    ends = paragraph.text[first:last].rstrip().endswith(":")
    left = max(first, start - 60)
    if left > first:
        left = paragraph.text.find(" ", left, start) + 1 or left
    around = " ".join(paragraph.text[left : min(last, end + 40)].split())
    return Gap(what, paragraph.place_at(start), words, snippet(paragraph.text, start, end, SHOWN), around, ends)


@cache
def _things() -> tuple[str, ...]:
    """What a sentence may count, the longest first."""
    return tuple(sorted(general("benda"), key=len, reverse=True))


@cache
def _frame() -> re.Pattern[str]:
    things = "|".join(re.escape(thing) for thing in _things())
    return re.compile(
        rf"(?<!\w)(\w{{1,60}})\s+(?:(\d{{1,3}})\s*(?:\(([a-z ]+)\)\s*)?)?({things})\s+(\w+)\s*:", re.IGNORECASE
    )


def _behind_a_thing(low: str, at: int) -> bool:
    """Whether one of them and one more word stand before a place of a text in small letters: the end of the frame."""
    end = at
    while end and low[end - 1].isspace():
        end -= 1
    word = end
    while word and (low[word - 1].isalnum() or low[word - 1] == "_"):
        word -= 1
    begin = word
    while begin and low[begin - 1].isspace():
        begin -= 1
    return begin < word < end and low.endswith(_things(), 0, begin)


def _unlike_siblings(text: Sequence[Paragraph]) -> Iterator[Gap]:
    """A counted thing without its count, where sentences of the same form have one ("dalam 4 (empat) kegiatan yaitu")."""
    seen: dict[tuple[str, ...], list[tuple[Paragraph, re.Match[str]]]] = defaultdict(list)
    for paragraph in (text[position] for position in sorted(where(text, (":",), _behind_a_thing))):
        for found in _frame().finditer(paragraph.text):
            if not found[3] or count_of(found[3]) is not None:
                seen[tuple(found[part].casefold() for part in (1, 4, 5))].append((paragraph, found))
    for group in seen.values():
        without = [(paragraph, found) for paragraph, found in group if not found[2]]
        if len(without) == 1 and len(group) - 1 >= SIBLINGS:
            paragraph, found = without[0]
            yield _gap("missing_number", paragraph, found.start(), found.end())


def empty_lists(text: Sequence[Paragraph], claims: Sequence[Klaim]) -> Iterator[tuple[Gap | None, Paragraph]]:
    """Sentences that announce what was achieved, each with its gap where the next item of the same rank follows at once.

    Ranks are those of the statements (program, kegiatan, sub kegiatan); without them, the words the items begin with.
    """
    announced = re.compile(rf"(?<!\w)(?:{_any('capaian')})\s*:\s*$", re.IGNORECASE)
    stated = {_line(claim.place): claim.tingkat for claim in claims if claim.anggaran is not None}
    for position in positions(text, (":",), stems(*kind("capaian"))):
        if position + 1 == len(text):
            return
        paragraph, after = text[position], text[position + 1]
        found = announced.search(paragraph.text) if paragraph.text.rstrip().endswith(":") else None
        if found is None:
            continue
        here, below = _line(paragraph.place), _line(after.place)
        if below not in stated or not (stated[below] == stated.get(here) or _same_opening(paragraph, after)):
            yield None, paragraph
            continue
        gap = _gap("missing_list", paragraph, found.start(), found.end())
        yield Gap(gap.what, paragraph.place, gap.words, gap.sentence, _opening(paragraph)), paragraph


def _line(place: Place) -> tuple[int | None, int | None, int | None]:
    return place.page, place.line, round(place.box.top) if place.box is not None else None


def _same_opening(paragraph: Paragraph, after: Paragraph) -> bool:
    return paragraph.text.split()[:1] == after.text.split()[:1]


def _opening(paragraph: Paragraph) -> str:
    return " ".join(paragraph.text.split()[:14])
