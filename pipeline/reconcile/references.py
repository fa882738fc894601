"""Tables a sentence sends the reader to ("sebagaimana Tabel 3.15"), and whether they are there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.reconcile.prose import Paragraph, snippet
from pipeline.reconcile.screen import Joined, holding
from schemas.columns import columns_of
from schemas.document import Document, Place
from schemas.records import Report

_TABLE = ("tabel", "table")
CAPTIONS = 2  # captions of a chapter, before one that is not there is missed
_REFERENCE = re.compile(
    r"(?<!\w)tab(?:el|le)\W{0,4}(?P<chapter>\d{1,2}|[IVX]+)\s?[.,]\s?(?P<number>\d{1,2})(?![\d])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A table that is named in a sentence: its label, the sentence and whether a caption has that label.

    `there` is None where it cannot be told: too few captions are labelled that way.
    """

    label: str
    place: Place
    words: str
    sentence: str
    there: bool | None


def references(report: Report, text: Sequence[Paragraph]) -> Iterator[Reference]:
    """Every reference to a table once for each label, in order."""
    named: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], tuple[Paragraph, re.Match[str]]] = {}
    for paragraph in holding(text, _TABLE):
        for found in _REFERENCE.finditer(paragraph.text):
            if not _begins_line(paragraph, found.start()):  # what begins a line may be a caption
                named[_key(found)] += 1
                first.setdefault(_key(found), (paragraph, found))
    if not first:
        return
    printed = _printed(report.document)
    captions = {key for key, count in printed.items() if count > named[key]}
    labels = (_REFERENCE.match(f"Tabel {table.raw.label}") for table in report.tables)
    captions |= {_key(label) for label in labels if label is not None}
    chapters = Counter(chapter for chapter, _ in captions)
    for key, (paragraph, found) in first.items():
        there: bool | None = key in captions
        if not there and chapters[key[0]] < CAPTIONS:
            there = None
        words = " ".join(found[0].split())
        around = snippet(paragraph.text, found.start(), found.end(), 100)
        yield Reference(".".join(key), paragraph.place_at(found.start()), words, around, there)


def _begins_line(paragraph: Paragraph, at: int) -> bool:
    start = paragraph.starts[paragraph.line_at(at) - paragraph.first]
    return re.search(r"\w", paragraph.text[start:at]) is None


def _key(found: re.Match[str]) -> tuple[str, str]:
    return found["chapter"].upper(), found["number"].lstrip("0")


def _printed(document: Document) -> Counter[tuple[str, str]]:
    """How often each label is printed anywhere in the document, captions and sentences alike."""
    counts: Counter[tuple[str, str]] = Counter()
    texts = [" ".join([line.text for line in document.lines])]
    texts += [" ".join(columns_of(page.words).text) for page in document.pages]
    for text in texts:
        counts.update(map(_key, Joined.of([text]).matches(_REFERENCE, _TABLE)))
    return counts
