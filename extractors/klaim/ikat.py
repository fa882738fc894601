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

WORD = regex.compile(r"\p{L}[\p{L}-]*")
SEPARATOR = regex.compile(r"[,;]|\b(?:dengan|dan|sehingga|sedangkan|serta|namun|maka|dimana|adalah|yaitu|yakni)\b", regex.I)
VERB = regex.compile(r"(?:(?:telah|dapat|hanya|sudah)\s+)?(?:ter|di|me[nlmr])\p{L}+", regex.I)
REACHED = regex.compile(r"target$", regex.I)
AMOUNT_ROLES = frozenset({"anggaran", "serapan", "realisasi"})
MONEY_FIELD = {
    "anggaran": "anggaran",
    "sumber": "anggaran",
    "pendapatan": "realisasi",
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
    "tuntas": "realisasi",
    "pembanding": "target",
}
FORMULA = regex.compile(
    r"(?<![\d.,/])(?P<upper>\d[\d.,]*)\s*%?\s*[/:÷]\s*(?P<lower>\d[\d.,]*)\s*%?\s*\)?\s*[x×*]\s*100\s*%?\s*(?:=|sebesar)\s*$", regex.I
)
OF_TARGET = regex.compile(r"\s*(?:\([^)]*\)\s*)?(?:\p{L}+\s+){0,4}dari\s+(?:\w+\s+)?target", regex.I)
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
    begin: int = 0  # where the words that may name it begin: behind the figure before
    named: bool = False  # an indicator's name stands before it


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
    for number in numbers:
        region = [c for c in cues if c.start >= begin and c.end <= number.start]
        money = number.kind == "money"
        cue = _govern(text, region, number, money or looks_like_money(number))
        role = cue.role if cue else None
        carried = False
        gap = text[last.candidate.end : number.start] if last else ""
        if number.kind == "percent" and last and last.candidate.kind == "money" and _joins(gap, region):
            made = _bound(number, cue, last) if last.field in ("anggaran", "realisasi") else None
            begin, last = number.end, made or last
            if made:
                bound.append(made)
            continue
        if cue is None and governing and (_carries(gap, money, region) or _series(gap, number)):
            cue, role, carried = governing, governing.role, True
        if money and (cue is None or carried) and _then_realised(text, number, cues, numbers):
            role, carried = "anggaran", False
        if money and inherited and role in (None, "pendapatan") and not carried:
            role = inherited
        if role is None or (not money and is_bound(text, number, role)):
            continue
        if number.kind == "plain":
            if looks_like_money(number) and role in AMOUNT_ROLES:
                money = True
            elif carried:
                if not _series(gap, number):
                    continue
            elif not _adjacent(text, cue, number, role):
                continue
        slip = money and _slip(text, region, cue, number)
        name = (MONEY_FIELD if money else SHARE_FIELD).get(role)
        if role == "dicapai" and cue and REACHED.search(cue.text) and not text[cue.end : number.start].strip(" :"):
            name = "target"  # "telah mencapai target 3%"
        start, begin, governing = begin, number.end, cue or governing
        if name is None:
            # A figure of something else; what is joined to it is not ours either.
            last = Bound(number, "", "", cue, None)
            continue
        matter = "uang" if money or role == "serapan" else "kinerja"
        named = any(c.role == "indikator" and _named(text[c.end : number.start]) for c in region)
        last = Bound(number, name, matter, cue, None, carried=carried, doubt=_slip_doubt(slip), begin=start, named=named)
        bound.append(last)
    return _with_years(text, bound, years)


def _bound(number: Candidate, cue: Cue | None, last: Bound) -> Bound:
    return Bound(number, "persen", "uang", cue or last.cue, None, begin=last.candidate.end)


def _then_realised(text: str, number: Candidate, cues: tuple[Cue, ...], numbers: list[Candidate]) -> bool:
    """"Kegiatan X Rp A dengan realisasi Rp B": A is the anggaran, though no word says so."""
    cue = next((c for c in cues if c.start >= number.end), None)
    follower = next((n for n in numbers if n.start >= number.end), None)
    if cue is None or follower is None or follower.kind != "money" or cue.start > follower.start:
        return False
    gap = regex.sub(r"\([^)]*\)", "", text[number.end : cue.start])
    return cue.role in ("serapan", "realisasi") and _only(gap, structure("jarak") | {"dengan", "dan", "telah", "dapat"})


def _slip_doubt(slip: bool) -> str | None:
    return "dua kata kunci di depan satu jumlah: dibaca sebagai anggaran" if slip else None


def _govern(text: str, region: list[Cue], number: Candidate, money: bool) -> Cue | None:
    """The cue of the region before a number that says what it is.

    The head of an Indonesian noun phrase stands first ("realisasi rata-rata ketercapaian ..."): of the last phrase that
    has a cue for this kind of number, the first cue counts.
    """
    region = [
        c for c in region if c.role != "selisih" or _only(text[c.end : number.start], structure("jarak"))
    ]
    for phrase in reversed(_phrases(text, region)):
        cue = _head(text, phrase, number, money)
        if cue is not None:
            return cue
    return None


def _phrases(text: str, region: list[Cue]) -> list[list[Cue]]:
    """The cues of a region, parted where a comma, a linking word or a verb begins a new phrase."""
    parts: list[list[Cue]] = []
    for cue in region:
        gap = text[parts[-1][-1].end : cue.start] if parts else ""
        verb = VERB.match(cue.text) is not None and not regex.search(r"\byang\s*$", gap, regex.I)
        of_budget = cue.role in ("anggaran", "target") and regex.search(r"\bdari\s+(?:\w+\s+)?$", gap, regex.I)
        compared = bool(parts) and parts[-1][-1].role == "pembanding"
        if not parts or verb or of_budget or compared or SEPARATOR.search(gap):
            parts.append([cue])
        else:
            parts[-1].append(cue)
    return parts


def _head(text: str, phrase: list[Cue], number: Candidate, money: bool) -> Cue | None:
    for cue in phrase:
        if cue.role == "bukan" and (cue is phrase[0] or "fisik" in cue.text.casefold()):
            return cue
    if phrase[-1].role == "selisih" and phrase[0].role != "indikator":
        return phrase[-1]  # "realisasi mengalami kenaikan sebesar ..."
    if not money and phrase[0].role == "indikator":
        phrase = _predicate(text, phrase)
    wanted = (*AMOUNT_ROLES, "bukan", "selisih") if money else (*SHARE_FIELD, "bukan", "selisih")
    eligible = [c for c in phrase if c.role in wanted and c.role != "indikator"]
    if not money and eligible and eligible[0].role == "pembanding":
        return eligible[0] if _only(text[eligible[0].end : number.start], structure("pengantar")) else None
    if eligible:
        head = eligible[0]
        of_budget = any(c.role in ("anggaran", "serapan", "sumber") for c in phrase if c.start > head.start)
        if not money and head.role in ("capaian", "realisasi") and of_budget:
            return replace(head, role="serapan")  # "capaian dari aspek penggunaan anggaran"
        return head
    if money:
        near = [c for c in phrase if c.role in ("target", "capaian", "dicapai") or VERB.match(c.text)]
        near = [c for c in near if len(WORD.findall(text[c.end : number.start])) <= NEAR]
        return near[0] if near else next((c for c in phrase if c.role in ("sumber", "pendapatan")), None)
    return next((c for c in phrase if c.role == "indikator"), None)


def _predicate(text: str, phrase: list[Cue]) -> list[Cue]:
    """A phrase that begins with an indicator's name: words in the name ("persentase ketercapaian ...") say nothing, the
    last noun behind it does ("... realisasi tahun 2022 sebesar")."""
    named = [phrase[0]]
    for cue in phrase[1:]:
        part_of_name = cue.role in ("indikator", "capaian") and not WORD.findall(text[named[-1].end : cue.start])
        if not part_of_name:
            break
        named.append(cue)
    behind = phrase[len(named) :]
    return [behind[-1], *behind[:-1]] if behind else [phrase[0]]


def _only(gap: str, allowed: frozenset[str]) -> bool:
    return all(w.casefold() in allowed for w in WORD.findall(gap)) and not regex.search(r"[;.]\s", gap)


def _joins(gap: str, region: list[Cue]) -> bool:
    """Whether what stands between an amount and a percentage makes the one the share of the other."""
    if any(c.role in ("bukan", "selisih", "target", "anggaran", "dicapai", "pembanding") for c in region):
        return False
    if any(c.role == "indikator" and c.text.casefold() not in structure("setara") for c in region):
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
    more = {"naik", "turun", "meningkat", "menurun", "tahun", "anggaran", "semula", "pada", "di", "dibandingkan", "dibanding", "daripada", "dan", "lalu", "kemudian"}
    return structure("pengantar") | structure("awalan") | frozenset(more)


def _adjacent(text: str, cue: Cue | None, number: Candidate, role: str) -> bool:
    """A plain number says something only where its cue announces it: "target 73,14", "terealisasi sebanyak 159"."""
    if cue is None:
        return False
    gap = regex.sub(r"\(?\b(?:tahun|ta)\s*\d{4}\)?|\d{4}", "", text[cue.end : number.start])
    words = [w.casefold() for w in WORD.findall(gap)]
    if OF_TARGET.match(text, number.end):
        return True
    in_words = regex.match(r"\s*\(\s*\p{L}+", text[number.end : number.end + 20]) is not None
    if role == "indikator":
        if in_words and len(words) <= 8 and number.found.parsed.value == 0:
            return True
        announced = bool(words) and words[-1] in structure("pengantar") or gap.rstrip().endswith((":", "="))
        return announced and number.found.parsed.decimals > 0 and len(words) <= 30
    if role in ("serapan", "bukan", "anggaran", "tuntas"):
        return False
    if _only(gap, structure("pengantar") | {"kinerja", "capaian", "pencapaian"}):
        return True
    announced = bool(words) and words[-1] in structure("pengantar") - {"dengan", "jumlah", "total", "tersebut"}
    return announced and number.found.parsed.decimals > 0 and len(words) <= 30


def _named(gap: str) -> bool:
    return not _only(gap, structure("pengantar") | structure("setara"))


def _series(gap: str, number: Candidate) -> bool:
    """"... tahun 2022 yaitu 65,51 sedangkan di tahun 2023 yaitu 75,51": a second plain value of the same thing."""
    words = WORD.findall(gap)
    announced = bool(words) and words[-1].casefold() in structure("pengantar")
    plain = number.kind == "plain" and number.found.parsed.decimals > 0
    return plain and announced and gap.rstrip().endswith(words[-1]) and len(words) <= 20


def _slip(text: str, region: list[Cue], cue: Cue | None, number: Candidate) -> bool:
    """"anggaran sebesar realisasi anggaran sebesar Rp A": two cues announce one amount, the first is taken."""
    if cue is None or cue.role != "anggaran":
        return False
    behind = [c for c in region if c.start >= cue.end and c.role in ("serapan", "realisasi")]
    gap = text[cue.end : behind[0].start] if behind else ""
    return bool(gap.strip()) and _only(gap, structure("pengantar"))


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
        stage = find_stage(text[low : item.candidate.start]) if item.matter == "uang" else None
        result.append(replace(item, year=year, stage=stage))
    return _unsure_years(text, result)


def _unsure_years(text: str, bound: list[Bound]) -> list[Bound]:
    """"yaitu 5,17 %, 5,45 %, 5,45 %": several values of one thing of which no year is told apart."""
    result = list(bound)
    for i in range(1, len(bound)):
        one, two = bound[i - 1], bound[i]
        gap = text[one.candidate.end : two.candidate.start]
        listed = two.carried and two.matter == "kinerja" and one.field == two.field and two.year is None
        if listed and regex.fullmatch(r"[\s,;]*(?:dan|serta)?\s*", gap):
            unknown = Year(one.candidate.end, one.candidate.end, None)
            result[i - 1], result[i] = replace(result[i - 1], year=unknown), replace(two, year=unknown)
    return result


def group(bound: list[Bound]) -> list[Draft]:
    """Figures of one sentence -> claims."""
    drafts: list[Draft] = []
    for item in bound:
        draft = drafts[-1] if drafts else None
        item = _settle(draft, item)
        if draft is None or not _fits(draft, item):
            draft = Draft(item.matter, item.begin)
            drafts.append(draft)
        elif item.field in draft.fields:  # "mencapai target sebesar X atau melebihi target sebesar Y"
            first = draft.fields.pop(item.field)
            draft.fields["realisasi"] = replace(first, field="realisasi")
        draft.fields[item.field] = item
    return drafts


def operands(text: str, draft: Draft) -> list[tuple[str, int, int]]:
    """Figures that a formula before the capaian states: "... 95,25/90 x 100% = 105,82%" gives (field, start, end).

    The first operand is the realisasi and the second the target, unless the claim has printed one of them as its
    realisasi already: then the other one is the target.
    """
    result = draft.fields.get("capaian")
    if result is None or draft.matter != "kinerja" or "target" in draft.fields:
        return []
    match = FORMULA.search(text, max(0, result.candidate.start - 80), result.candidate.start)
    if match is None:
        return []
    upper, lower = match.span("upper"), match.span("lower")
    known = draft.fields.get("realisasi")
    if known is None:
        return [("realisasi", *upper), ("target", *lower)]
    printed = known.candidate.found.text.strip(" %")
    if printed in (match["upper"], match["lower"]):
        return [("target", *(lower if printed == match["upper"] else upper))]
    return []


def _settle(draft: Draft | None, item: Bound) -> Bound:
    """A percentage called realisasi or capaian beside an amount is the amount's percentage."""
    if draft is None or draft.matter != "uang" or item.matter != "kinerja":
        return item
    cue = item.cue
    about_indicator = cue is not None and "kinerja" in cue.text.casefold()
    percent = item.candidate.kind == "percent" and not item.named
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
