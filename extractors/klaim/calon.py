"""Which numbers of a sentence may be figures of a claim at all: no dates, codes, operands of a formula, bounds, ranges."""

from __future__ import annotations

from functools import cache

import regex

from extractors.klaim.cues import structure
from extractors.numbers import Found, Style, find_numbers
from extractors.seek import lowered
from schemas.values import value

LATEX = regex.compile(r"\\frac|\\times|\$\$")
OPERATOR_BEFORE = regex.compile(r"(?:\d[%)\]]*\s*[*×:/÷+–-]\s*[(\[]*|[x×*]\s*)$", regex.I)
OPERATOR_AFTER = regex.compile(r"^\s*[)\]%]*\s*(?:[*×/÷+:]|x(?=\s*\d))\s*[(\[]*\d", regex.I)
RANGE_AFTER = regex.compile(r"^\s*%?\s*(?:-|–|—|s\.?/?d\.?|sampai(?: dengan)?|hingga)\s*\d", regex.I)
RANGE_BEFORE = regex.compile(r"\d\s*%?\s*(?:–|—|s\.?/?d\.?|sampai(?: dengan)?|hingga)\s*$", regex.I)
BOUNDS = ("<", ">", "≤", "≥")
EDGE = regex.compile(r"\b")
THOUSANDS = regex.compile(r"[.,]\d{3}(?!\d)")
YEAR_LIKE = regex.compile(r"(?:19|20)\d{2}")
REFERENCE = regex.compile(  # backwards from the end
    r"(?r)(?:nomor|no\.?|pasal|ayat|tabel|gambar|grafik|bab|bagian|halaman|hal\.?|lampiran|peringkat|rangking|ranking"
    r"|ke-?|urutan|huruf|tanggal|pukul|semester|triwulan|tw)\s*\(?$",
    regex.I,
)
NEXT_WORD = regex.compile(r"^\s*(?:\([^)]{0,60}\)\s*)?\(?(\p{L}[\p{L}-]*)")
# With one of which ends what OPERATOR_BEFORE and RANGE_BEFORE find.
OPERATORS = tuple("*×:/÷+–-x")
_OPEN = "([" + "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
RANGES = ("–", "—", "d", "d.", "sampai", "dengan", "hingga")


@value(frozen=True, slots=True)
class Candidate:
    """A number that may be a figure of a claim; `kind` is money, percent or plain."""

    found: Found
    kind: str
    after: int  # where the text goes on behind the figure and its unit

    @property
    def start(self) -> int:
        return self.found.start

    @property
    def end(self) -> int:
        return self.found.end


def candidates(text: str, style: Style | None) -> list[Candidate]:
    """The numbers of a sentence that may be figures of a claim, in order."""
    if LATEX.search(text):
        return []
    picked = []
    for found in find_numbers(text, style=style) if style else find_numbers(text):
        kind = "money" if found.money else "percent" if found.percent else "plain"
        if found.parsed.value is not None and not _unusable(text, found, kind):
            picked.append(Candidate(found, kind, _behind_unit(text, found)))
    return picked


def _behind_unit(text: str, found: Found) -> int:
    unit = found.parsed.unit
    if unit is None or found.percent or found.money:
        return found.end
    begin = found.end
    while text[begin : begin + 1].isspace():
        begin += 1
    end = begin + len(unit)
    follows = lowered(text[begin:end]) == lowered(unit) and EDGE.match(text, end)
    return end if follows else found.end


def _unusable(text: str, found: Found, kind: str) -> bool:
    before, after = text[max(0, found.start - 40) : found.start], text[found.end : found.end + 60]
    if found.parsed.high is not None:
        return True
    if kind == "money":
        return False
    bare = lowered(before.rstrip())
    if bare.rstrip(_OPEN).endswith(OPERATORS) and OPERATOR_BEFORE.search(before):
        return True
    if OPERATOR_AFTER.match(after) or RANGE_AFTER.match(after):
        return True
    if bare.endswith(RANGES) and RANGE_BEFORE.search(before):
        return True
    if kind == "percent":
        return False
    digits = found.text.strip(" .,;()")
    if YEAR_LIKE.fullmatch(digits) or REFERENCE.search(before):
        return True
    word = NEXT_WORD.match(after)
    return not found.parsed.decimals and word is not None and word[1].casefold() in structure("hitungan")


def is_bound(text: str, candidate: Candidate, role: str) -> bool:
    """ "kurang dari 100%" states no value; "target minimal 90%" does."""
    if role != "target" and text[max(0, candidate.start - 4) : candidate.start].rstrip().endswith(BOUNDS):
        return True
    match = _bounds().search(text, max(0, candidate.start - 40), candidate.start)
    if match is None:
        return role != "target" and candidate.found.parsed.relation is not None
    return not (role == "target" and match[1].casefold().startswith(("minimal", "maksimal", "paling")))


def looks_like_money(candidate: Candidate) -> bool:
    """A number without Rp that can only be an amount: grouped into at least two thousands ("38.800.000,00")."""
    return candidate.kind == "plain" and len(THOUSANDS.findall(candidate.found.text)) >= 2


@cache
def _bounds() -> regex.Pattern[str]:
    words = sorted(structure("batas"), key=len, reverse=True)
    return regex.compile(r"\b(" + "|".join(map(regex.escape, words)) + r")\s*(?:angka\s*)?$", regex.I)
