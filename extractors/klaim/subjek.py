"""What a claim is about: the budget line or indicator its sentence names, or the one named before it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import regex

from extractors.klaim.cues import WORD, Cue
from extractors.klaim.kelompok import Draft
from extractors.klaim.nama import (
    after_cue,
    before_cue,
    clean,
    generic,
    meaningful,
    points_back,
    refers,
    stop,
    strip_lead,
    title_of,
    until_verb,
    usable,
)
from extractors.klaim.tingkat import level_of
from schemas.values import cached_property

CHOSEN = regex.compile(
    r"\badalah\s+((?:program|kegiatan|sub\s*kegiatan|belanja|bidang)\b.+?)(?:,|\byaitu\b|\byakni\b|$)", regex.I
)
QUANTITY = regex.compile(r"(?:\b(?:jumlah|total|besaran|keseluruhan|seluruh|rata-rata)\s+)+$", regex.I)
QUANTITY_FIRST = regex.compile(r"\s*(?:jumlah|total|keseluruhan|seluruh)\b", regex.I)
PART_OF = regex.compile(
    r"\bterdiri\s+(?:dari|atas)\s*:?\s+(?:anggaran\s+)?(\p{L}.+?)\s*(?:sebesar|senilai|Rp|,|yaitu|$)", regex.I
)
BEHIND = regex.compile(r"[\s)]*untuk\s+((?:\p{Lu}[\p{L}/-]*\s*){1,12})")
ORDINAL = regex.compile(r"^(?:misi|tujuan|sasaran)\b.*\b[IVX\d]+$", regex.I)
OF_GOAL = regex.compile(r"\b(?:sasaran|indikator|tujuan)\b", regex.I)
INDICATOR_HEAD = regex.compile(
    r"^(?:(?:kinerja|sasaran|utama|program|kegiatan|tujuan|strategis|yang|yaitu|yakni|ke-?\p{L}+|kedua|ketiga|keempat|pertama"
    r"|\(?\d{1,2}\)|\(?[a-z]\))[\s:]+(?=\S))+",
    regex.I,
)
PASSIVE = regex.compile(
    r"^(?:ter|di)\p{L}+|^(?:telah|dapat|hanya|mencapai|melebihi|melampaui|menyerap|menghabiskan)\b", regex.I
)
TITLE_REACH = 3  # paragraphs that a title may name
BUDGET_ROLES = frozenset({"anggaran", "serapan", "realisasi", "target", "capaian", "sumber"})
NOUN_ROLES = frozenset({"realisasi", "kinerja", "target", "capaian"})


class Titled:
    """A sentence that may give its paragraph a title; few are asked for it, so it is cut out when it is."""

    def __init__(self, item: int, text: str) -> None:
        self.item = item
        self._text = text

    @cached_property
    def name(self) -> str:
        """The title, "" where the sentence names nothing."""
        return "" if generic(self._text) else title_of(self._text)


@dataclass(slots=True)
class Context:
    """What was named before: by headings, by "Indikator : ..." lines, by the list item's title, by earlier claims."""

    sasaran: str | None = None
    indicator: str | None = None
    titles: deque[Titled] = field(default_factory=lambda: deque(maxlen=TITLE_REACH + 1))  # headings, list items
    item: int = -1
    opening: Titled | None = None  # the first sentence of this item
    item_subject: dict[str, str] = field(default_factory=dict)  # matter -> last subject in this item
    last_subject: dict[str, str] = field(default_factory=dict)  # matter -> last subject of all

    @property
    def item_title(self) -> str | None:
        """The title of this list item."""
        return (self.opening.name if self.opening else None) or None

    @property
    def title(self) -> str | None:
        """The last title of a heading or list item not too far above."""
        near = (titled for titled in reversed(self.titles) if self.item - titled.item <= TITLE_REACH)
        return next((titled.name for titled in near if titled.name), None)


def subject(text: str, draft: Draft, cues: tuple[Cue, ...], context: Context, previous: str | None) -> str | None:
    """The name of what the claim is about, as printed (joined over line breaks), or None where nothing names it."""
    begin, end = draft.start, draft.bounds[0].candidate.start
    region = [c for c in cues if begin <= c.start and c.end <= end]
    if draft.matter == "uang":
        return _budget_name(text, draft, region, context, previous)
    return _indicator_name(text, draft, cues, context, previous)


def _budget_name(text: str, draft: Draft, region: list[Cue], context: Context, previous: str | None) -> str | None:
    begin, end = draft.start, draft.bounds[0].candidate.start
    head = _opening(region, draft.bounds[0].cue, begin)
    part = PART_OF.search(text[begin:end])
    if part and not generic(part[1]):
        return clean(part[1])
    before = before_cue(text[begin : head.start if head else end])
    behind = _behind_figures(text, draft)
    if behind and (not before or BEHIND.match(text[begin:])):
        return behind
    if before and not points_back(before):
        return before
    chosen = CHOSEN.search(text[begin:end])
    if chosen:
        return clean(chosen[1])
    after = after_cue(text[head.end : end]) if head else ""
    if level_of(after) and not generic(after) and not points_back(after):
        return after
    named = previous or context.item_subject.get("uang") or context.item_title
    if named is None and refers(text[begin:end]):
        named = context.last_subject.get("uang")
    phrase = stop().split(strip_lead(text[begin:end]) if head is None else _with_quantity(text, begin, head, end))[0]
    of_all = QUANTITY_FIRST.match(phrase) is not None and not points_back(phrase)
    if named and not of_all and (begin or head is None or not meaningful(after) or points_back(phrase)):
        return named
    if head is not None and PASSIVE.match(head.text):  # "Belanja Tahun Anggaran 2017 dapat terealisasi sebesar ..."
        return clean(strip_lead(text[begin : head.start])) or named or context.title
    return clean(phrase) or named or context.title


def _with_quantity(text: str, begin: int, head: Cue, end: int) -> str:
    """The cue with the "jumlah total" before it and all behind it up to the figure."""
    start = QUANTITY.search(text[begin : head.start])
    return text[begin + start.start() if start else head.start : end]


def _opening(region: list[Cue], cue: Cue | None, begin: int) -> Cue | None:
    """The cue at which the name before it ends: the first of those standing together with the governing one."""
    if cue is None or cue.start < begin:
        return None
    opening = cue
    for other in reversed([c for c in region if c.end <= cue.start and c.role in BUDGET_ROLES]):
        if opening.start - other.end > 14:
            break
        opening = other
    return opening


def _behind_figures(text: str, draft: Draft) -> str | None:
    """ "Rp X atau 90,73% untuk Belanja Langsung": the name behind the figures."""
    end = draft.bounds[-1].candidate.end
    match = BEHIND.match(text[end:])
    name = clean(match[1]) if match else ""
    return name if name and not generic(name) else None


def _indicator_name(
    text: str, draft: Draft, cues: tuple[Cue, ...], context: Context, previous: str | None
) -> str | None:
    begin = draft.start
    weak: list[str] = []
    for bound in draft.bounds:
        end = bound.candidate.start
        region = [c for c in cues if begin <= c.start and c.end <= end]
        cue = bound.cue if bound.cue is not None and bound.cue.start >= begin else None
        strong = _named_indicator(text, region, cue, end)
        if strong:
            return strong
        if cue is not None or bound.cue is None:
            weak.append(clean(until_verb(strip_lead(text[begin : cue.start if cue else end]))))
        begin = bound.candidate.end
    own = weak[0] if weak else ""
    if previous:
        return own if own[:1].isupper() and usable(own) and len(WORD.findall(own)) > 2 else previous
    if context.indicator and OF_GOAL.search(text):
        return context.indicator
    names = [name if usable(name) else None for name in weak]
    earlier = context.item_subject.get("kinerja") or context.indicator or context.sasaran
    found = (names[0] if names else None) or earlier or next(filter(None, names), None)
    return found or _general(text, draft) or context.item_title or context.title


def _general(text: str, draft: Draft) -> str | None:
    """ "Ketercapaian misi I ... mencapai 89,52%": "misi I", where nothing more particular is named."""
    first = draft.bounds[0]
    if first.cue is None or first.cue.start < draft.start:
        return None
    name = after_cue(text[first.cue.end : first.candidate.start], indicator=True)
    return name if ORDINAL.search(name) else None


def _named_indicator(text: str, region: list[Cue], cue: Cue | None, end: int) -> str | None:
    """The name an indicator word begins ("persentase ...") or that stands behind a noun ("realisasi ...")."""
    for found in region:
        if found.role != "indikator":
            continue
        whole = found.text.casefold().startswith("indikator")
        stop = cue.start if cue is not None and cue.start >= found.end and cue.role != "indikator" else end
        name = after_cue(text[found.end if whole else found.start : stop], indicator=True)
        if whole:
            name = clean(INDICATOR_HEAD.sub("", name))
        if usable(name) and len(WORD.findall(name)) > 1:
            return name
    nouns = [c for c in region if c.role in NOUN_ROLES and not PASSIVE.match(c.text)]
    if cue is not None and cue in nouns:
        nouns = [cue, *[c for c in nouns if c is not cue]]
    for noun in nouns:
        name = after_cue(text[noun.end : end], indicator=True)
        if usable(name):
            return name
    return None
