"""Lines of running text -> statements (sentences), with the place of every character kept.

A statement is one sentence of a paragraph or list item, joined over line ends and page breaks. Its place is that of the
line its sentence begins on; `Statement.place_at` tells the line any character of it came from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from unicodedata import category

import regex

from extractors.seek import lowered
from schemas import vocab
from schemas.document import Place
from schemas.table import TextLine
from schemas.values import value

CLOSING = "\"”’')]"  # what may stand behind the mark that ends a sentence
TERMINAL = ".!?:;"
HANGING = regex.compile(  # backwards from the end, as LAST_WORD
    r"(?r)(?:\bRp\s?\.?|[,(/&=]|\p{L}-|\s[-–]|\b(?:sebesar|sebanyak|senilai|setara|adalah|yaitu|yakni|mencapai))$",
    regex.I,
)
HANGING_WORDS = frozenset(("rp", "sebesar", "sebanyak", "senilai", "setara", "adalah", "yaitu", "yakni", "mencapai"))
AMOUNT_FIRST = re.compile(r"(?:Rp\s?\.?\s?)?\d{1,3}[.,]\d{3}")
WANTS_AMOUNT = regex.compile(r"(?:\bRp\s?\.?|\b(?:sebesar|senilai))$", regex.I)
MONEY_CUT = regex.compile(r"\bRp\s?\.?\s?\d{1,3}(?:[.,]\d{3})*[.,]$", regex.I)
LEADING_WORD = regex.compile(r"\p{L}+")
LAST_WORD = regex.compile(r"(?r)(\p{L}+)$")
KEY_VALUE = regex.compile(r"^[\p{L}\d /()%.,-]{2,80}\s*:")
ENUMERATOR = regex.compile(r"(?<=[\s:;,.])(?=\(?\d{1,2}\)\s*\p{Lu})")
NEXT = re.compile(r"\S")
THREE = re.compile(r"\d{3}(?!\d)")
MARKED = re.compile(r"\d\)")
BREAK = re.compile(r"[.!?][\"”’')\]]*(?=\s+[\"“‘(]?(?P<first>\S))")
BEFORE_STOP = regex.compile(r"(?r)([\p{L}\d]+)[.!?][\"”’')\]]*$")
GLUED_MARK = regex.compile(r"^\(\d{1,2}\)(?=\p{Lu})")
FIGURE_END = regex.compile(r"[\d%][\s.,)=-]*$")
NUMBERED = regex.compile(r"^\(?(?:\d{1,2}|[a-z])[.)]?\s+\p{Lu}")
NO_CAPTION = regex.compile(r"^(?:tabel|table|gambar|grafik|bagan)\s+\d", regex.I)
CAPTION_LETTERS = frozenset("tTgGbB")  # one of which such a caption begins with
HANGING_SIGNS = frozenset(".,(/&=-–")  # or a letter, or a blank: with one of these ends all that HANGING finds

WRAP_LIMIT = 200  # characters: a text file with longer lines holds one paragraph a line
PAGE_GAP = 3  # lines of a text file that a page break leaves between two halves of a paragraph
COLUMN_LINES = 4  # lines that begin at one place make a column with a right margin of its own
HEAD = 200  # characters at the beginning of a paragraph that tell whether it is "name: value"
TAIL = 120  # characters at the end of a paragraph that tell whether it goes on
LONG_LINE = 55  # characters: a shorter line that ends without a stop is complete in itself (a title, a list item)


@value(frozen=True, slots=True)
class Statement:
    """One sentence. `item` numbers the paragraphs (or list items) of the document; `lead` is True for the first
    sentence of its item, which then carries the item's list mark in `bullet`."""

    text: str
    place: Place
    item: int
    lead: bool
    bullet: str | None
    heading: bool
    indent: float
    blank_before: bool
    starts: tuple[int, ...] = (0,)
    places: tuple[Place, ...] = ()

    def place_at(self, offset: int) -> Place:
        """The place of the line that the character at `offset` of `text` was printed on."""
        return self.places[max(0, bisect_right(self.starts, offset) - 1)] if self.places else self.place


@dataclass(slots=True)
class _Paragraph:
    """Lines in the making of a paragraph. `head` and `tail` are the first and last characters of what is joined."""

    first: TextLine
    parts: list[str] = field(default_factory=list)
    length: int = 0
    head: str = ""
    tail: str = ""
    starts: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def _unhyphenate(self) -> None:
        self.parts[-1] = self.parts[-1][:-1]
        self.length -= 1
        self.head, self.tail = self.head[: self.length], self.tail[:-1]

    def _begin(self, line: TextLine) -> None:
        text = line.text
        self.starts.append(0)
        self.places.append(line.place)
        self.parts.append(text)
        self.length, self.head, self.tail = len(text), text[:HEAD], text[-TAIL:]

    def add(self, line: TextLine) -> None:
        if not self.starts:
            self._begin(line)
            return
        if self.tail[-1:] in (".", ",") and THREE.match(line.text) and MONEY_CUT.search(self.tail):
            glue = ""  # one amount, cut at a separator by the line's end
        elif self.tail.endswith("-") and self.tail[-2:-1].isalpha() and line.text[:1].islower():
            stem = LAST_WORD.search(self.tail[:-1])
            if not (stem and line.text.casefold().startswith(stem[1].casefold()[:4])):
                self._unhyphenate()  # "masing-masing" keeps its hyphen
            glue = ""
        else:
            glue = " "
        text = glue + line.text
        self.starts.append(self.length + len(glue))
        self.places.append(line.place)
        self.parts.append(text)
        self.length += len(text)
        if len(self.head) < HEAD:
            self.head = (self.head + text)[:HEAD]
        self.tail = (self.tail + text)[-TAIL:]


def statements(lines: Sequence[TextLine]) -> tuple[Statement, ...]:
    """The sentences of running text, in reading order; none for a document that is all tables."""
    if not lines:
        return ()
    return tuple(s for number, paragraph in enumerate(_paragraphs(lines)) for s in _sentences(paragraph, number))


def _paragraphs(lines: Sequence[TextLine]) -> Iterator[_Paragraph]:
    full = _full_lines(lines)
    current: _Paragraph | None = None
    previous: TextLine | None = None
    for index, line in enumerate(lines):
        if not line.text.strip():
            continue
        if current is not None and previous is not None and _goes_on(current, previous, line, full[index - 1]):
            current.add(line)
        else:
            if current is not None:
                yield current
            current = _Paragraph(line)
            current.add(line)
        previous = line
    if current is not None:
        yield current


def _goes_on(paragraph: _Paragraph, previous: TextLine, line: TextLine, previous_full: bool) -> bool:
    """Whether `line` continues the paragraph, whose last line is `previous`."""
    tail, text = paragraph.tail, line.text
    if line.bullet:  # a page break may put a list mark before the amount
        return AMOUNT_FIRST.match(text) is not None and WANTS_AMOUNT.search(tail) is not None
    first = text[0]
    if (first == "(" and GLUED_MARK.match(text)) or (first in CAPTION_LETTERS and NO_CAPTION.match(text)):
        return False
    mark = tail.rstrip(CLOSING)[-1:]
    ended = mark != "" and mark in TERMINAL
    if first.islower() and not ended and not line.blank_before:
        return True
    hanging = _hangs(tail)
    if line.heading or previous.heading:
        # A heading that fills its line goes on, in bold or (a list item with a bold title) in plain letters; a bold
        # sentence cut by a page break goes on where it hangs.
        return hanging or (previous.heading and previous_full and not line.blank_before)
    if hanging:
        return True
    if ended:
        return not line.blank_before and previous_full and mark in ".!?"
    if first.islower() or first in "(,;%":
        return True
    if FIGURE_END.search(tail) and KEY_VALUE.match(text):
        return False  # "Anggaran : Rp X", "Realisasi : Rp Y", line by line
    if not line.blank_before:
        return previous_full
    # A paragraph cut by a page break: its last line is long and ends in a word; nothing else stands between.
    near = previous.place.line is None or line.place.line is None or line.place.line - previous.place.line <= PAGE_GAP
    cut = near and len(previous.text) >= LONG_LINE and tail[-1].isalpha() and not KEY_VALUE.match(paragraph.head)
    if not cut or KEY_VALUE.match(text) or NUMBERED.match(text):
        return False
    begins = LEADING_WORD.match(text)
    return begins is None or begins[0].casefold() not in vocab.words("sentence_openers")


def _hangs(text: str) -> bool:
    """The text ends where no sentence can end."""
    last = text[-1:]
    if not last.isalpha():
        ends = last in HANGING_SIGNS or last.isspace()
        return ends and HANGING.search(text) is not None and not text.endswith(",-")
    word = LAST_WORD.search(text)
    end = lowered(word[1]) if word else ""
    return end in vocab.words("dangling") or (end in HANGING_WORDS and HANGING.search(text) is not None)


def _full_lines(lines: Sequence[TextLine]) -> list[bool]:
    """For each line, whether the next line's first word would not have fitted on it: then its paragraph may go on."""
    right = _right_margins(lines)
    full: list[bool] = []
    for line, following, edge in zip(lines, [*lines[1:], None], right, strict=True):
        box, length = line.place.box, len(line.text)
        if box:
            glyph = box.width / max(1, length)
            full.append(box.x1 + glyph >= edge - glyph or box.x1 + glyph * (_first_word(following) + 1) >= edge - glyph)
        else:
            full.append(edge <= WRAP_LIMIT and length + _first_word(following) + 1 >= max(LONG_LINE, 0.95 * edge))
    return full


def _first_word(line: TextLine | None) -> int:
    """How many letters the first word of a line has."""
    words = line.text.split(maxsplit=1) if line else ()
    return len(words[0]) if words else 0


def _right_margins(lines: Sequence[TextLine]) -> list[float]:
    """The right margin each line keeps: that of the lines of its page that begin at the same place, or of the page."""
    pages: dict[int | None, list[float]] = defaultdict(list)
    columns: dict[tuple[int | None, int], list[float]] = defaultdict(list)
    keys: list[tuple[int | None, int]] = []
    for line in lines:
        place = line.place
        box, page = place.box, place.page
        extent, key = (box.x1, (page, round(box.x0 / 6))) if box else (float(len(line.text)), (page, -1))
        keys.append(key)
        pages[page].append(extent)
        columns[key].append(extent)
    page_edge = {page: _edge(ends) for page, ends in pages.items()}
    usual = max(page_edge.values(), default=0.0)  # a page of one short line keeps the document's margin
    column_edge = {key: _edge(ends) for key, ends in columns.items() if len(ends) >= COLUMN_LINES and key[1] >= 0}
    least = 0.85 * usual
    return [
        column_edge.get(key) or column_edge.get(below) or max(page_edge[key[0]], least)
        for key, below in zip(keys, [*keys[1:], *keys[-1:]], strict=True)
    ]


def _edge(ends: list[float]) -> float:
    return sorted(ends)[int(0.9 * (len(ends) - 1))]


def _sentences(paragraph: _Paragraph, item: int) -> Iterator[Statement]:
    text = paragraph.text
    first, lines, places = paragraph.first, paragraph.starts, paragraph.places
    for begin, end in _spans(text, _cuts(text)):
        lead = begin == 0
        one = max(0, bisect_right(lines, begin) - 1)
        behind = bisect_right(lines, end - 1, one)
        yield Statement(
            text=text[begin:end],
            place=places[one],
            item=item,
            lead=lead,
            bullet=first.bullet if lead else None,
            heading=first.heading,
            indent=first.indent,
            blank_before=first.blank_before and lead,
            starts=(0, *(start - begin for start in lines[one + 1 : behind])) if behind > one + 1 else (0,),
            places=tuple(places[one:behind]),
        )


def _cuts(text: str) -> Iterable[int]:
    """Offsets at which a new sentence begins."""
    cuts = {m.end() for m in BREAK.finditer(text) if _begins(m["first"]) and _ends_sentence(text, m.end())}
    if ")" in text and len(MARKED.findall(text)) > 1:
        marks = [m.start() for m in ENUMERATOR.finditer(text)]
        if len(marks) > 1:  # "1) ... 2) ..." inside one paragraph
            cuts.update(marks)
    return sorted(cuts)


def _begins(first: str) -> bool:
    """Whether a sentence can begin with a character: a capital, a digit, a bullet."""
    return category(first) in ("Lu", "Nd") or first == "•"


def _ends_sentence(text: str, end: int) -> bool:
    before = BEFORE_STOP.search(text, max(0, end - 40), end)
    if before is None:
        return True
    word = before[1].casefold()
    follows = NEXT.search(text, end)
    after = follows[0] if follows else ""
    if word.isdigit():
        start_of_sentence = before.start() == 0 and len(word) <= 2
        return not (after.isdigit() or start_of_sentence)
    return not (len(word) == 1 or word in abbreviations())


@cache
def abbreviations() -> frozenset[str]:
    """Words whose full stop does not end a sentence."""
    return vocab.words("abbreviations")


def _spans(text: str, cuts: Iterable[int]) -> Iterator[tuple[int, int]]:
    begin = 0
    for cut in (*cuts, len(text)):
        while begin < cut and text[begin].isspace():
            begin += 1
        end = cut
        while end > begin and text[end - 1].isspace():
            end -= 1
        if end > begin:
            yield begin, end
        begin = cut
