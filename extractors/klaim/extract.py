"""The story of one document's running text: lines -> statements -> claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import regex

from extractors.klaim.calon import Candidate, candidates
from extractors.klaim.cues import Cue, find_cues, memory_zone, structure
from extractors.klaim.ikat import Bound, bind
from extractors.klaim.kelompok import Draft, group, operands
from extractors.klaim.nama import clean, without_other_year
from extractors.klaim.subjek import Context, Titled, subject
from extractors.klaim.tahun import with_years
from extractors.klaim.tingkat import announced_level, introduces, level_before, level_of
from extractors.klaim.waktu import Year, find_period, find_stage, find_years
from extractors.numbers import Parsed, Style, make_figure, parse
from extractors.prose import Statement, statements
from extractors.terbilang import find_words
from schemas.document import Place
from schemas.figure import Figure, Status
from schemas.records import Doubt, Klaim
from schemas.table import TextLine

FIELDS = ("anggaran", "realisasi", "persen", "target", "capaian")
RANK = {"instansi": 0, "program": 1, "kegiatan": 2, "sub_kegiatan": 3}
CHILD = {"program": "instansi", "kegiatan": "program", "sub_kegiatan": "kegiatan"}
LABEL = regex.compile(
    r"^(?P<kind>sasaran(?:\s+s\p{L}+)?|indikator(?:\s+kinerja)?(?:\s+(?:sasaran|utama|tujuan|program|kegiatan))?|tujuan)"
    r"\s*[\d.ivx]*\s*[:：]\s*(?P<name>\p{L}.+)$",
    regex.I | regex.S,
)
LABEL_LETTERS = frozenset("sSſiIİıtT")  # with one of which a label begins, whatever its case
DIGIT = re.compile(r"\d")
CHAPTER = regex.compile(r"^bab\s+(?P<n>[ivx]+|\d+)\b", regex.I)
PLANNING = frozenset({"i", "ii", "1", "2"})
AGREED = regex.compile(
    r"\b(?:indikator|realisasi\p{L}*|capaian\p{L}*|pencapaian\p{L}*|target\p{L}*|kinerja|sasaran)\b", regex.I
)
INDICATOR_TITLE = regex.compile(
    r"^(?:persentase|prosentase|presentase|indeks|nilai|skor|angka|tingkat|rasio|cakupan|proporsi)\b", regex.I
)
NO_TITLE = re.compile(r"[=∑×\\]")
BEFORE_WORDS = regex.compile(
    r"[\s,-]*(?:\(\s*(?:(?:ter\s?bilang|dengan huruf)\s*[:=]?\s*)?|(?:ter\s?bilang|dengan huruf)\s*[:=]?\s*\(?\s*)",
    regex.I,
)
WORDS_LENGTH = 600  # characters: the longest amount in words with room to spare
LONGEST = 20_000  # characters: what has no full stop for longer is no sentence
TITLE_LENGTH = 160


def extract_claims(
    lines: Sequence[TextLine], *, identity_year: int, style: Style | None = None
) -> tuple[tuple[Klaim, ...], tuple[Doubt, ...]]:
    """Claims of running text (outside tables, in reading order) and what is doubtful in our reading of them.

    `identity_year` is the fiscal year the document reports on (0 where unknown): the year of a claim that names none. A
    claim over several years at once ("dari tahun 2022 hingga 2024") has year None. Figure ids are "k<line or page>-<n>",
    record ids "K<line or page>-<n>", both counted in reading order, so that the same text gives the same ids.
    """
    if not lines:
        return (), ()
    reader = _Reader(identity_year, style)
    with memory_zone():
        for statement in statements(lines):
            reader.read(statement)
    return tuple(reader.claims), tuple(reader.doubts)


class _Reader:
    """Reads statements in order and keeps what earlier ones named. Lives for one document."""

    def __init__(self, identity_year: int, style: Style | None) -> None:
        self.identity_year = identity_year
        self.style = style
        self.claims: list[Klaim] = []
        self.doubts: list[Doubt] = []
        self.context = Context()
        self.chapter: str | None = None
        self.intro_role: str | None = None
        self.intro_year: Year | None = None
        self.child_level: str | None = None
        self.open: dict[str, str] = {}  # level -> record id of the statement that introduces items below it
        self.counter: Counter[str] = Counter()
        self.last_item = -1

    def read(self, statement: Statement) -> None:
        text = statement.text
        if len(text) > LONGEST:
            self.doubts.append(Doubt("klaim", "teks tanpa titik yang terlalu panjang: tidak dibaca", statement.place))
            return
        if statement.item != self.context.item:
            self._new_item(statement)
        opens, digit = introduces(text), DIGIT.search(text) is not None
        cues = find_cues(text) if digit or opens else ()
        numbers = candidates(text, self.style) if cues or (self.intro_role and digit) else []
        years = find_years(text, self.identity_year) if numbers or opens else ()
        inherited = self.intro_role if statement.bullet or not statement.lead or numbers else None
        bound = with_years(text, bind(text, numbers, cues, inherited), years) if numbers else []
        drafts = [d for d in group(bound) if self._is_claim(text, d)]
        made: list[Klaim] = []
        if drafts and self._continues(statement, drafts):
            self._extend(statement, drafts[0])
        else:
            previous: str | None = None
            for draft in drafts:
                name = subject(text, draft, cues, self.context, previous)
                previous = name or previous
                if name:
                    self.context.item_subject[draft.matter] = name
                    self.context.last_subject[draft.matter] = name
                made.append(self._make(statement, draft, name))
            self.claims.extend(made)
        self._remember(statement, opens, cues, years, numbers, made)

    def _new_item(self, statement: Statement) -> None:
        context = self.context
        context.item, context.opening, context.item_subject = statement.item, None, {}
        chapter = CHAPTER.match(statement.text) if statement.text[0] in "bB" else None
        if chapter:
            self.chapter = chapter["n"].casefold()
            context.indicator = context.sasaran = None
            context.titles.clear()
        if statement.heading and not statement.bullet and not DIGIT.search(statement.text):
            self.open.clear()
            self.child_level = self.intro_role = None

    def _is_claim(self, text: str, draft: Draft) -> bool:
        """An index or percentage that only its own name announces counts where performance is reported."""
        bare = all(b.cue is not None and b.cue.role == "indikator" for b in draft.bounds)
        if not bare or draft.matter == "uang":
            return True
        if _national().search(text):
            return False
        return self.chapter not in PLANNING or AGREED.search(text) is not None

    def _continues(self, statement: Statement, drafts: list[Draft]) -> bool:
        """ "Hal ini berarti capaian ... 101%": goes on with the claim of the sentence before."""
        if not self.claims or statement.lead or self.last_item != statement.item or len(drafts) != 1:
            return False
        if not _goes_on(statement.text):
            return False
        last, draft = self.claims[-1], drafts[0]
        fields = set(draft.fields)
        taken = {name for name in FIELDS if getattr(last, name) is not None}
        about_money = last.anggaran is not None or last.persen is not None
        year = draft.year.year if draft.year else last.tahun
        return (
            about_money == (draft.matter == "uang")
            and not fields & taken
            and fields <= {"realisasi", "capaian", "persen"}
            and year == last.tahun
        )

    def _extend(self, statement: Statement, draft: Draft) -> None:
        last = self.claims[-1]
        figures: dict[str, Any] = {name: self._figure(statement, bound) for name, bound in draft.fields.items()}
        self.claims[-1] = replace(last, kalimat=f"{last.kalimat} {statement.text}", **figures)

    def _make(self, statement: Statement, draft: Draft, name: str | None) -> Klaim:
        text, bounds = statement.text, draft.bounds
        place = statement.place
        figures = {b.field: self._figure(statement, b) for b in bounds}
        for field, start, end in operands(text, draft):
            figures[field] = self._operand(statement, start, end)
        words, source = self._in_words(statement, bounds)
        name = without_other_year(name, draft.year.year if draft.year else None)
        told = draft.year or (self.intro_year if statement.bullet else None) or self._carried_year(statement)
        span = text[draft.start : bounds[-1].candidate.end]
        tail = text[bounds[-1].candidate.end :]
        below = announced_level(tail)
        level = level_of(name or "") or level_before(text[draft.start : bounds[0].candidate.start], name or "")
        if level is None and draft.matter == "uang":
            level = CHILD[below] if below else self.child_level if statement.bullet else None
        record = Klaim(
            record_id=self._id("K", place),
            place=place,
            kalimat=text,
            subjek=name,
            tahun=told.year if told else (self.identity_year or None),
            periode=find_period(span),
            tahap=draft.stage or (find_stage(name) if name and draft.matter == "uang" and name in text else None),
            terbilang=words,
            terbilang_dari=source,
            tingkat=level if level != "instansi" else None,
            induk=self._parent(level) if draft.matter == "uang" else None,
            **figures,
        )
        self._place_in_list(record, level, below, draft)
        return record

    def _carried_year(self, statement: Statement) -> Year | None:
        """A sentence that draws the conclusion of the one before it speaks of the same year."""
        if not self.claims or statement.lead or self.last_item != statement.item or not _goes_on(statement.text):
            return None
        return Year(0, 0, self.claims[-1].tahun)

    def _parent(self, level: str | None) -> str | None:
        if level is None:
            return None
        above = [name for name in self.open if RANK[name] < RANK[level]]
        return self.open[max(above, key=RANK.__getitem__)] if above else None

    def _place_in_list(self, record: Klaim, level: str | None, below: str | None, draft: Draft) -> None:
        if draft.matter != "uang":
            return
        if level is not None:
            self.open = {name: rid for name, rid in self.open.items() if RANK[name] < RANK[level]}
        if below is not None:
            own = level or CHILD[below]
            self.open[own] = record.record_id
            self.child_level = below

    def _figure(self, statement: Statement, bound: Bound) -> Figure:
        found = bound.candidate.found
        place = statement.place_at(found.start)
        figure = make_figure(found.parsed, found.text.strip(), id=self._id("k", place), place=place)
        for reason in (found.parsed.doubt, bound.doubt):
            if reason:
                self.doubts.append(Doubt("klaim", reason, place, text=found.text))
        return figure

    def _operand(self, statement: Statement, start: int, end: int) -> Figure:
        printed, place = statement.text[start:end], statement.place_at(start)
        parsed = parse(printed, style=self.style) if self.style else parse(printed)
        return make_figure(parsed, printed, id=self._id("k", place), place=place)

    def _in_words(self, statement: Statement, bounds: list[Bound]) -> tuple[Figure | None, str | None]:
        """The amount in words in brackets right behind a figure."""
        for bound in bounds:
            end = bound.candidate.end
            rest = statement.text[end : end + WORDS_LENGTH]
            if not BEFORE_WORDS.match(rest):
                continue
            for start, _, words, value in find_words(rest):
                if not BEFORE_WORDS.fullmatch(rest[:start]):
                    break
                place = statement.place_at(end + start)
                money = bound.candidate.kind == "money"
                parsed = Parsed(value, 0, "rp" if money else bound.candidate.found.parsed.unit, Status.ANGKA)
                return make_figure(parsed, words.strip(), id=self._id("k", place), place=place), bound.field
        return None, None

    def _id(self, letter: str, place: Place) -> str:
        where = f"{letter}{place.line if place.line is not None else place.page or 0}"
        self.counter[where] += 1
        return f"{where}-{self.counter[where]}"

    def _remember(
        self,
        statement: Statement,
        opens: bool,
        cues: tuple[Cue, ...],
        years: tuple[Year, ...],
        numbers: list[Candidate],
        made: list[Klaim],
    ) -> None:
        """What this statement names for those that follow."""
        text, context = statement.text, self.context
        if made:
            self.last_item = statement.item
        label = LABEL.match(text) if text[0] in LABEL_LETTERS else None
        if label:
            name = clean(label["name"])
            if label["kind"].casefold().startswith("indikator"):
                context.indicator = name
            else:
                context.sasaran, context.indicator = name, None
        elif statement.lead and not made and not NO_TITLE.search(text):
            short = len(text) <= TITLE_LENGTH and not text.endswith((".", ";")) and not opens
            if statement.bullet or short:
                context.opening = Titled(statement.item, text)
                if statement.bullet or statement.heading:
                    context.titles.append(context.opening)
                    if short and INDICATOR_TITLE.match(text) and not DIGIT.search(text):
                        context.indicator = context.opening.name or context.indicator
        if opens:
            self._introduce(statement, cues, years, made)
        elif statement.lead and not statement.bullet and not made and not numbers:
            self.intro_role, self.intro_year = None, None

    def _introduce(
        self, statement: Statement, cues: tuple[Cue, ...], years: tuple[Year, ...], made: list[Klaim]
    ) -> None:
        roles = {c.role for c in cues}
        self.intro_role = None
        if "anggaran" in roles and not roles & {"serapan", "realisasi", "bukan"}:
            self.intro_role = "anggaran"
        elif roles & {"serapan"} and not roles & {"anggaran", "bukan"}:
            self.intro_role = "serapan"
        named = {y.year for y in years if y.year}
        self.intro_year = years[0] if len(named) == 1 and not made else None
        if not made:
            level = announced_level(statement.text)
            if level is not None:
                self.child_level = level
                self.open = {name: rid for name, rid in self.open.items() if RANK[name] < RANK[CHILD[level]]}


@cache
def _national() -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{'|'.join(sorted(structure('nasional')))})\b", regex.I)


def _goes_on(text: str) -> bool:
    return text.casefold().startswith(tuple(structure("lanjutan")))
