"""Binding: which field of which claim each figure of a sentence is.

A figure belongs to the cue before it; a percentage right behind an amount belongs to the amount; a figure with no cue of
its own goes on with the one before. Figures make one claim until a field repeats, or the year or the matter changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

import regex

from extractors.klaim.calon import Candidate, is_bound, looks_like_money
from extractors.klaim.cues import Cue, structure
from extractors.klaim.waktu import Year, find_stage

WORD = regex.compile(r"[\p{L}-]+")
SEPARATOR = regex.compile(r",|\b(?:dengan|dan|dari|sehingga|sedangkan|yang|serta|namun)\b", regex.I)
AMOUNT_ROLES = frozenset({"anggaran", "serapan", "realisasi"})
MONEY_FIELD = {
    "anggaran": "anggaran",
    "target": "anggaran",
    "serapan": "realisasi",
    "realisasi": "realisasi",
    "kinerja": "realisasi",
    "dicapai": "realisasi",
    "capaian": "realisasi",
}
SHARE_FIELD = {
    "serapan": "persen",
    "realisasi": "realisasi",
    "kinerja": "realisasi",
    "target": "target",
    "capaian": "capaian",
    "dicapai": "capaian",
    "indikator": "realisasi",
}
NEAR = 6  # words that may stand between an amount and its percentage


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure and the field it fills. `matter` is uang (budget) or kinerja (indicator)."""

    candidate: Candidate
    field: str
    matter: str
    cue: Cue | None
    year: Year | None
    stage: str | None = None
    doubt: str | None = None
    carried: bool = False  # no cue of its own


@dataclass(slots=True)
class Draft:
    """A claim in the making: its figures by field, the part of the sentence it covers."""

    matter: str
    start: int
    fields: dict[str, Bound] = field(default_factory=dict)

    @property
    def bounds(self) -> list[Bound]:
        return sorted(self.fields.values(), key=lambda b: b.candidate.start)

    @property
    def year(self) -> Year | None:
        return next((b.year for b in self.bounds if b.year), None)

    @property
    def stage(self) -> str | None:
        return next((b.stage for b in self.bounds if b.stage), None)


def bind(
    text: str, numbers: list[Candidate], cues: tuple[Cue, ...], years: tuple[Year, ...], inherited: str | None = None
) -> list[Bound]:
    """The figures of a sentence that say something, each with its field.

    `inherited` is the role that the line introducing a list gives to amounts without a cue of their own.
    """
    bound: list[Bound] = []
    begin = 0
    governing: Cue | None = None
    last: Bound | None = None
    for index, number in enumerate(numbers):
        region = [c for c in cues if c.start >= begin and c.end <= number.start]
        money = number.kind == "money"
        cue = _govern(text, region, number, money or looks_like_money(number))
        role = cue.role if cue else None
        carried = False
        gap = text[last.candidate.end : number.start] if last else ""
        if number.kind == "percent" and last and last.candidate.kind == "money" and _joins(gap, region):
            made = _bound(number, "persen", "uang", cue, last) if last.field in ("anggaran", "realisasi") else None
            begin, last = number.end, made or last
            if made:
                bound.append(made)
            continue
        if cue is None and governing and _carries(gap, money, region):
            cue, role, carried = governing, governing.role, True
        if role is None and money and inherited and not region:
            role = inherited
        if role is None or (not money and is_bound(text, number, role)):
            continue
        if number.kind == "plain":
            if looks_like_money(number) and role in AMOUNT_ROLES:
                money = True
            elif not _adjacent(text, cue, number, role):
                continue
        slip = money and _slip(text, region, cue, cues, number)
        name = "anggaran" if slip else (MONEY_FIELD if money else SHARE_FIELD).get(role)
        begin, governing = number.end, cue or governing
        if name is None:
            # A figure of something else; what is joined to it is not ours either.
            last = Bound(number, "", "", cue, None)
            continue
        matter = "uang" if money or role == "serapan" else "kinerja"
        last = Bound(number, name, matter, cue, None, carried=carried, doubt=_slip_doubt(slip))
        bound.append(last)
        del index
    return _with_years(text, bound, years)


def _bound(number: Candidate, name: str, matter: str, cue: Cue | None, last: Bound) -> Bound:
    return Bound(number, name, matter, cue or last.cue, None)


def _slip_doubt(slip: bool) -> str | None:
    return "dua kata kunci di depan satu jumlah: dibaca sebagai anggaran" if slip else None


def _govern(text: str, region: list[Cue], number: Candidate, money: bool) -> Cue | None:
    """The cue of the region before a number that says what it is."""
    chosen: Cue | None = None
    for cue in region:
        if cue.role == "selisih":
            if _only(text[cue.end : number.start], structure("pengantar")):
                chosen = cue
            continue
        if chosen is not None and chosen.role == "bukan" and _close(text[chosen.end : cue.start]):
            continue
        if cue.role == "indikator":
            if money or (chosen is not None and chosen.role not in ("anggaran", "indikator")):
                continue
            if chosen is not None and chosen.role == "indikator" and _close(text[chosen.end : cue.start]):
                continue
        elif not money and cue.role == "anggaran":
            if chosen is None:
                continue
            if chosen.role != "bukan":
                continue
        elif money and chosen is not None and chosen.role in AMOUNT_ROLES and cue.role not in (*AMOUNT_ROLES, "bukan"):
            continue
        chosen = cue
    return chosen


def _close(gap: str) -> bool:
    return SEPARATOR.search(gap) is None and len(WORD.findall(gap)) <= 3


def _only(gap: str, allowed: frozenset[str]) -> bool:
    return all(w.casefold() in allowed for w in WORD.findall(gap)) and not regex.search(r"[;.]\s", gap)


def _joins(gap: str, region: list[Cue]) -> bool:
    """Whether what stands between an amount and a percentage makes the one the share of the other."""
    if any(c.role in ("bukan", "selisih", "target", "indikator", "anggaran", "dicapai") for c in region):
        return False
    words = [w.casefold() for w in WORD.findall(gap)]
    if len(words) > NEAR:
        return False
    named = {w.casefold() for c in region for w in WORD.findall(c.text)} if region else set()
    if any(c.role in ("capaian", "kinerja") and "kinerja" in c.text.casefold() for c in region):
        return False
    return all(w in structure("setara") or w in named or w == "rp" for w in words)


def _carries(gap: str, money: bool, region: list[Cue]) -> bool:
    """Whether a figure without a cue goes on with the cue of the figure before it."""
    if region and any(c.role != "selisih" for c in region):
        return False
    if money:
        return regex.search(r"[;!?]", gap) is None and len(WORD.findall(gap)) <= 25
    return all(w in _links() for w in (m.casefold() for m in WORD.findall(regex.sub(r"\d+", "", gap))))


@cache
def _links() -> frozenset[str]:
    more = {"naik", "turun", "meningkat", "menurun", "tahun", "anggaran", "semula", "pada", "di", "dan", "lalu", "kemudian"}
    return structure("pengantar") | structure("awalan") | frozenset(more)


def _adjacent(text: str, cue: Cue | None, number: Candidate, role: str) -> bool:
    """A plain number says something only where its cue announces it: "target 73,14", "terealisasi sebanyak 159"."""
    if cue is None:
        return False
    gap = regex.sub(r"\(?\b(?:tahun|ta)\s*\d{4}\)?|\d{4}", "", text[cue.end : number.start])
    words = [w.casefold() for w in WORD.findall(gap)]
    in_words = regex.match(r"\s*\(\s*\p{L}+", text[number.end : number.end + 20]) is not None
    if role == "indikator":
        if in_words and len(words) <= 8 and number.found.parsed.value == 0:
            return True
        announced = bool(words) and words[-1] in structure("pengantar") or gap.rstrip().endswith((":", "="))
        return announced and number.found.parsed.decimals > 0 and len(words) <= 30
    if role in ("serapan", "bukan", "anggaran"):
        return False
    if _only(gap, structure("pengantar") | {"kinerja"}):
        return True
    announced = bool(words) and words[-1] in structure("pengantar") - {"dengan", "jumlah", "total", "tersebut"}
    return announced and number.found.parsed.decimals > 0 and len(words) <= 30


def _slip(text: str, region: list[Cue], cue: Cue | None, cues: tuple[Cue, ...], number: Candidate) -> bool:
    """"anggaran sebesar realisasi anggaran sebesar Rp A dan realisasi anggaran sebesar Rp B": A is the anggaran."""
    if cue is None or cue.role not in ("serapan", "realisasi"):
        return False
    before = [c for c in region if c.role == "anggaran" and c.end <= cue.start]
    if not before:
        return False
    gap = text[before[-1].end : cue.start]
    again = any(c.role in ("serapan", "realisasi") and c.start >= number.end for c in cues)
    return again and bool(gap.strip()) and _only(gap, structure("pengantar"))


def _with_years(text: str, bound: list[Bound], years: tuple[Year, ...]) -> list[Bound]:
    """Give every figure the year named for it: before it, or behind it where the sentence has that habit."""
    if not bound:
        return []
    ends = [b.candidate.end for b in bound]
    behind = not any(y.end <= bound[0].candidate.start for y in years)
    result: list[Bound] = []
    used: set[int] = set()
    for i, item in enumerate(bound):
        low = ends[i - 1] if i else 0
        after_end = bound[i + 1].candidate.start if i + 1 < len(bound) else len(text)
        before = [y for y in years if low <= y.start and y.end <= item.candidate.start and y.start not in used]
        after = [y for y in years if item.candidate.end <= y.start < after_end and not y.compared]
        near = [y for y in after if len(WORD.findall(text[item.candidate.end : y.start])) <= (0 if y.bracket else 3)]
        year: Year | None = None
        if near and (near[0].bracket or (behind and not before)):
            year = near[0]
            used.add(year.start)
        elif before:
            plain = [y for y in before if not y.compared]
            year = (plain or before)[0] if len({y.year for y in before}) < 3 else before[-1]
        stage = find_stage(text[low : item.candidate.start])
        result.append(replace(item, year=year, stage=stage))
    return result


def group(bound: list[Bound]) -> list[Draft]:
    """Figures of one sentence -> claims."""
    drafts: list[Draft] = []
    start = 0
    for item in bound:
        draft = drafts[-1] if drafts else None
        item = _settle(draft, item)
        if draft is None or not _fits(draft, item):
            draft = Draft(item.matter, start)
            drafts.append(draft)
        elif item.field in draft.fields:  # "mencapai target sebesar X atau melebihi target sebesar Y"
            first = draft.fields.pop(item.field)
            draft.fields["realisasi"] = replace(first, field="realisasi")
        draft.fields[item.field] = item
        start = item.candidate.end
    return drafts


def _settle(draft: Draft | None, item: Bound) -> Bound:
    """A percentage called realisasi or capaian beside an amount is the amount's percentage."""
    if draft is None or draft.matter != "uang" or item.matter != "kinerja":
        return item
    cue = item.cue
    about_indicator = cue is not None and "kinerja" in cue.text.casefold()
    percent = item.candidate.kind == "percent"
    if percent and item.field in ("realisasi", "capaian") and "persen" not in draft.fields and not about_indicator:
        if cue is not None and cue.role in ("realisasi", "capaian"):
            return replace(item, field="persen", matter="uang")
    return item


def _fits(draft: Draft, item: Bound) -> bool:
    if item.matter != draft.matter:
        return False
    year = draft.year
    if item.year and year and item.year.year != year.year:
        return False
    if item.field not in draft.fields:
        return True
    first = draft.fields[item.field]
    exceeds = item.cue is not None and item.cue.role == "dicapai" and not item.carried
    reached = first.cue is not None and first.cue.role == "dicapai"
    return item.field == "capaian" and exceeds and reached and "realisasi" not in draft.fields
