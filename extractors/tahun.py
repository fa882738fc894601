"""The fiscal year a report reports on, weighed from what its text says about itself.

A year is never taken from one place alone where others speak: a cover may bear the year of publication. Years of laws
("Nomor 53 Tahun 2014") and of plans ("2019-2024") are left out; a date of signature speaks for the year before it in a
report, and for its own year in a plan.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from extractors.naskah import Baris, found_in
from extractors.seek import findable, lowered, positions, seek, seek_at

_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"20[0-4]\d|199\d")
_YEAR = r"(?<![\d.,/-])(20[0-4]\d|199\d)(?![\d/]|[.,]\d)"
# "\d" alone at its beginning: `re` passes over what is none without trying the pattern there.
_RANGE = re.compile(
    r"\d\d{3}\s*(?:-|–|—|s\.?\s?/?d\.?|sampai(?:\s+dengan)?|hingga)\s*(?:tahun\s*)?\d{4}", re.IGNORECASE
)
_LAW = re.compile(
    r"(?:(?<!\w)(?:nomor|no\.?|uu|undang-undang|pp|permen\w*|inpres|perda|perwa\w*|perbup|pergub|perpres)(?!\w)[^;]{0,45}?"
    r"tahun\s*\d{4})|(?:nomor|no\.?)\s*:?\s*[^\s/]{0,80}/\S{0,120}\d{4}",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?:tahun\s*anggaran|t\.\s?a\.|\bta\.?|tahun)\s*:?\s*{_YEAR}", re.IGNORECASE)
_BUDGET_YEAR = re.compile(rf"(?:tahun\s*anggaran|t\.\s?a\.|\bta\.?)\s*:?\s*{_YEAR}", re.IGNORECASE)
_KIND = (
    r"(?:lkj?ip|lakip|lkj|rkt|laporan\s+(?:akuntabilitas\s+)?kinerja|rencana\s+kinerja\s+tahunan|"
    r"(?:perjanjian|penetapan)\s+kinerja)"
)
_OWN = re.compile(rf"\b{_KIND}\b\)?[^.;:]{{0,120}}?(?:tahun\s*(?:anggaran\s*)?){_YEAR}", re.IGNORECASE)
_KIND_YEAR = re.compile(rf"\b{_KIND}\b\)?\s*{_YEAR}", re.IGNORECASE)
_RESULT = re.compile(
    rf"(?:realisasi|capaian)(?:\s+(?:kinerja|anggaran))?(?:\s+(?:pada\s+)?tahun)?\s*{_YEAR}", re.IGNORECASE
)
_ENDED = re.compile(rf"31\s+desember\s+{_YEAR}", re.IGNORECASE)
_CAPTION = re.compile(r"^\W*(?:tabel|table|gambar|grafik|diagram)\b", re.IGNORECASE)
_DATE = re.compile(
    r"^\W*[A-Z][\w .]{2,30},?\s*(?:\d{1,2}\s*)?(?:\.{2,}\s*)?"
    rf"(?:januari|pebruari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember)\s*['’]?\s*{_YEAR}\s*$",
    re.IGNORECASE,
)
_ANY = re.compile(_YEAR)
_LONE = re.compile(rf"^\W*{_YEAR}\W*$")


# What these patterns begin with, in lower case.
_LAWS = ("no", "uu", "undang", "pp", "permen", "inpres", "perda", "perwa", "perbup", "pergub", "perpres")
_KINDS = ("lk", "lakip", "rkt", "laporan", "rencana", "perjanjian", "penetapan")
_NAMES = ("tahun", "t.")
_TA = re.compile(r"ta\.?\s*:?\s*(?=[12])")  # what the rest of them begins with, a year behind it
_RESULTS = ("realisasi", "capaian")


def without_foreign_years(text: str) -> str:
    """The text with the years of laws and of planning periods blanked out (same length)."""
    if not _DIGITS.search(text):
        return text
    text = _blanked(text, seek(_LAW, _LAWS, text, findable(text)))
    return _blanked(text, _RANGE.finditer(text))


def _blanked(text: str, matches: Iterable[re.Match[str]]) -> str:
    parts, end = [], 0
    for match in matches:
        parts += [text[end : match.start()], _DIGIT.sub("#", match.group())]
        end = match.end()
    return "".join([*parts, text[end:]]) if end else text


def _years(pattern: re.Pattern[str], text: str) -> list[int]:
    return [int(m.group(1)) for m in pattern.finditer(text)]


def _share(years: Iterable[int], weight: float, scores: Counter[int]) -> None:
    """Spread `weight` over the years in proportion to how often each is named; few mentions weigh less."""
    counts = Counter(years)
    total = sum(counts.values())
    for year, n in counts.items():
        scores[year] += weight * n / total * min(1.0, total / 3)  # type: ignore[assignment]


def weigh(lines: Sequence[Baris], body: str, jenis: str) -> Counter[int]:
    """Evidence for each year. `body` is the running text (tables too) with `without_foreign_years` applied."""
    scores: Counter[int] = Counter()
    captions: list[int] = []
    cover: Counter[int] = Counter()
    texts = [line.text for line in lines]
    for index in sorted({index for index, _ in found_in(_DIGITS, texts, ("20", "199"))}):
        line = lines[index]
        caption = _CAPTION.match(line.text)
        head = line.repeated > 2 and not caption
        if not (line.cover or caption or head or line.heading or line.text.rstrip()[-1:].isdigit()):
            continue  # the usual line with a year: nothing but a date of signature would count
        text = without_foreign_years(line.text)
        date = _DATE.match(text)
        if date:
            published = int(date.group(1))
            scores[published if jenis in ("rkt", "pk") else published - 1] += 2
        if not (line.cover or caption or head or line.heading):
            continue
        named, kinds = _years(_NAMED, text), _years(_KIND_YEAR, text) + _years(_OWN, text)
        if line.cover:
            for year in named + _years(_ENDED, text)[:1]:
                cover[year] = max(cover[year], 12)
            for year in kinds + _years(_LONE, text):
                cover[year] = max(cover[year], 8)
            for year in _years(_ANY, text) if len(text) < 100 else ():
                cover[year] = max(cover[year], 5)
        if head:
            for year in {*named, *kinds}:
                scores[year] += min(10, 2 * line.repeated)
        if caption:
            captions += named
        elif line.heading and not line.cover:
            for year in set(named):
                scores[year] += 1
    plan = jenis in ("rkt", "pk")  # a plan tells of the years before it; its title tells its own
    for year, weight in cover.items():
        scores[year] += weight * (2 if plan else 1)
    low = lowered(body)

    def said(pattern: re.Pattern[str], starts: Sequence[int]) -> list[int]:
        return [int(m.group(1)) for m in seek_at(pattern, starts, body)]

    kinds_at = positions(_KINDS, low)
    names_at = sorted({*positions(_NAMES, low), *(m.start() for m in _TA.finditer(low))})
    own = Counter(said(_OWN, kinds_at) + said(_KIND_YEAR, kinds_at))
    for year, n in own.items():
        scores[year] += min(12, 4 * n)
    _share(captions, 6, scores)
    _share(said(_BUDGET_YEAR, names_at), 6, scores)
    _share(said(_NAMED, names_at), 8, scores)
    _share(said(_RESULT, positions(_RESULTS, low)), 4, scores)
    _share(_years(_ENDED, body), 4, scores)
    return scores


def best(scores: Counter[int]) -> int:
    """The year with most evidence; the later of two that are level; 0 without any."""
    return max(scores, key=lambda year: (scores[year], year)) if scores else 0


def in_file_name(name: str) -> int:
    """The last year that a file name holds, or 0: the weakest hint there is."""
    years = re.findall(r"(?<!\d)(20[0-4]\d|199\d)(?!\d)", name)
    return int(years[-1]) if years else 0
