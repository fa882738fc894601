"""What a claim is about: the budget line or indicator its sentence names, or the one named before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import regex

from extractors.klaim.cues import Cue, structure
from extractors.klaim.ikat import Draft

WORD = regex.compile(r"\p{L}[\p{L}-]*")
TIME = regex.compile(
    r"[\s,(]*\b(?:yang\s+)?(?:(?:pada|untuk|di|dalam|selama|sampai(?:\s+dengan)?|hingga|dari)\s+)?(?:akhir\s+)?"
    r"(?:tahun(?:\s+anggaran)?|ta\.?|t\.a\.)\s*(?:19|20)\d{2}.*$",
    regex.I | regex.S,
)
LEADING_TIME = regex.compile(
    r"^(?:(?:pada|untuk|di|dalam|selama|sampai(?:\s+dengan)?)\s+)?(?:akhir\s+)?(?:tahun(?:\s+anggaran)?|ta\.?)\s*"
    r"(?:(?:19|20)\d{2}|ini|lalu|sebelumnya)(?:\s*(?:dan|hingga|sampai|-|–)\s*(?:tahun\s*)?(?:19|20)\d{2})?[\s,]*",
    regex.I,
)
REPORTED = regex.compile(r"^.*?\b(?:bahwa|diketahui|disimpulkan|dijelaskan|dilihat)\b[\s,:]*", regex.I | regex.S)
OF_TABLE = regex.compile(
    r"^(?:dari|berdasarkan|pada|sesuai)\s+(?:hasil\s+|data\s+|uraian\s+|rekapitulasi\s+|perhitungan\s+)*(?:pada\s+)?"
    r"(?:(?:tabel|table|grafik|gambar)\s+[\w.]+|\w+)?(?:\s+(?:tersebut|di\s?atas|diatas|ini|di\s+atas))+[\s,]*(?:maka\s+)?",
    regex.I,
)
NAMED = regex.compile(r"^.*(?:\b(?:yaitu|yakni|melalui)\b|\bindikator(?:\s+kinerja)?\s*:)\s*:?\s*", regex.I | regex.S)
BRACKET = regex.compile(r"^[\s,.;-]*\((?:[^()]|\([^()]*\))*\)")
MARK = regex.compile(r"^[\s,.;:–—-]*(?:(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+|[-•]\s*|\(\d{1,2}\)\s*)*", regex.I)
LINK = regex.compile(
    r"^(?:yang\s+)?(?:(?:di\p{L}+kan|ditujukan|digunakan|diberikan|tersedia|diterima)\s+)?"
    r"(?:(?:untuk|pada|dari|bagi|atas|terhadap|di|dalam|kepada|oleh)\s+)(?:pelaksanaan\s+(?=\p{L}))?",
    regex.I,
)
STOP = regex.compile(
    r"\s*(?:[,;:(=]\s*|\b(?:yang\s+)?)(?:sebesar|sebanyak|sejumlah|senilai|adalah|ialah|yaitu|yakni|mencapai|menjadi|telah|sudah"
    r"|menunjuk+an|dapat|dengan|sehingga|sedangkan|namun|diperoleh|didapatkan|mengalami|memiliki|masing-masing|hanya|berada"
    r"|yang\s+semula|yang\s+(?:pada|di)\s+tahun|tercapai|dari\s+target|dibanding\p{L}*|melebihi|melampaui|itu|[:=]|Rp)(?!\p{L})"
    r"|\s*[:=]\s|\s*\bRp\b",
    regex.I,
)
INDICATOR_HEAD = regex.compile(
    r"^(?:(?:kinerja|sasaran|utama|program|kegiatan|tujuan|strategis|yang|yaitu|yakni|ke-?\p{L}+|kedua|ketiga|keempat|pertama"
    r"|\(?\d{1,2}\)|\(?[a-z]\))[\s:]+(?=\S))+",
    regex.I,
)
LEVEL = regex.compile(r"^(?P<sub>sub[\s-]*kegiatan)\b|^(?P<program>program)\b|^(?P<kegiatan>kegiatan)\b", regex.I)
LEVEL_WORD = regex.compile(r"\b(?P<sub>sub[\s-]*kegiatan)\b|\b(?P<program>program)\b|\b(?P<kegiatan>kegiatan)\b", regex.I)
INTRODUCES = regex.compile(r"(?:sebagai\s*berikut|berikut\s*(?:ini)?|di\s*bawah\s*ini|antara\s+lain|yaitu|yakni|:)\s*[:.]?\s*$", regex.I)
ROMAN = regex.compile(r"[ivx]+", regex.I)
PASSIVE = regex.compile(r"^(?:ter|di)\p{L}+|^(?:telah|dapat|hanya|mencapai|melebihi|melampaui|menyerap|menghabiskan)\b", regex.I)


@dataclass(slots=True)
class Context:
    """What was named before: by headings, by "Indikator : ..." lines, by the list item's title, by earlier claims."""

    sasaran: str | None = None
    indicator: str | None = None
    title: str | None = None
    item: int = -1
    item_title: str | None = None
    item_subject: dict[str, str] = field(default_factory=dict)  # matter -> last subject in this item


def level_of(name: str) -> str | None:
    """program, kegiatan or sub_kegiatan where the name begins with that word."""
    return _level(LEVEL.match(name))


def announced_level(tail: str) -> str | None:
    """The level of the items that a sentence ending in `tail` introduces ("guna membiayai kegiatan sebagai berikut:")."""
    return _level(LEVEL_WORD.search(tail)) if INTRODUCES.search(tail) else None


def introduces(text: str) -> bool:
    """Whether a list follows the sentence."""
    return INTRODUCES.search(text) is not None


def _level(match: regex.Match[str] | None) -> str | None:
    if match is None:
        return None
    return "sub_kegiatan" if match["sub"] else "program" if match["program"] else "kegiatan"


def subject(text: str, draft: Draft, cues: tuple[Cue, ...], context: Context, previous: str | None) -> str | None:
    """The name of what the claim is about, as printed (joined over line breaks), or None where nothing names it."""
    first = draft.bounds[0]
    begin, end = draft.start, first.candidate.start
    region = [c for c in cues if begin <= c.start and c.end <= end]
    governing = first.cue if first.cue is not None and first.cue.start >= begin else None
    if draft.matter == "uang":
        return _budget_name(text, draft, begin, end, governing or (region[0] if region else None), region, context, previous)
    return _indicator_name(text, begin, end, governing, region, context, previous)


def _budget_name(
    text: str,
    draft: Draft,
    begin: int,
    end: int,
    cue: Cue | None,
    region: list[Cue],
    context: Context,
    previous: str | None,
) -> str | None:
    amount_cues = [c for c in region if c.role in ("anggaran", "serapan", "realisasi", "target", "capaian")]
    head = _opening(amount_cues, cue)
    before = clean(_prefix(text[begin : head.start if head else end]))
    if before and not generic(before):
        return before
    behind = _behind_figures(text, draft)
    if behind:
        return behind
    anchor = cue or head
    if anchor is not None:
        after = _after(text[anchor.end : end])
        if not generic(after) and not points_back(after):
            return after
    named = previous or context.item_subject.get("uang") or context.item_title
    if named and (begin or before or head is None or points_back(text[begin:end]) or _bare(text, head, end)):
        return named
    whole = clean(STOP.split(_lead(text[begin:end]), maxsplit=1)[0])
    return whole or named or context.title


def _opening(amount_cues: list[Cue], cue: Cue | None) -> Cue | None:
    """The cue at which the name before it ends: the first of those standing together with the governing one."""
    if cue is None:
        return None
    opening = cue
    for other in reversed([c for c in amount_cues if c.end <= cue.start]):
        if opening.start - other.end > 14:
            break
        opening = other
    return opening


def _bare(text: str, head: Cue, end: int) -> bool:
    """Nothing but small words between the cue and its figure: "realisasi sebesar Rp"."""
    return not _meaningful(text[head.end : end])


def _behind_figures(text: str, draft: Draft) -> str | None:
    """"Rp X atau 90,73% untuk Belanja Langsung": the name behind the figures."""
    end = draft.bounds[-1].candidate.end
    match = regex.match(r"[\s)]*untuk\s+((?:\p{Lu}[\p{L}/-]*\s*){1,12})", text[end:])
    name = clean(match[1]) if match else ""
    return name if name and not generic(name) else None


def _indicator_name(
    text: str, begin: int, end: int, cue: Cue | None, region: list[Cue], context: Context, previous: str | None
) -> str | None:
    for found in region:
        if found.role != "indikator":
            continue
        whole = found.text.casefold().startswith("indikator")
        name = _after(text[found.end if whole else found.start : end], indicator=True)
        if whole:
            name = clean(INDICATOR_HEAD.sub("", name))
        if name and not generic(name) and not points_back(name) and len(WORD.findall(name)) > 1:
            return name
    before = _lead(text[begin : cue.start]) if cue else ""
    before = clean(_until(before))
    after = _after(text[cue.end : end], indicator=True) if cue else ""
    passive = cue is not None and PASSIVE.match(cue.text) is not None
    for name in (before, after) if passive else (after, before):
        if name and not generic(name) and not points_back(name):
            return name
    named = previous or context.item_subject.get("kinerja")
    return named or context.indicator or context.item_title or context.title or context.sasaran


def _after(piece: str, indicator: bool = False) -> str:
    """The noun phrase behind a cue, up to the word that announces the figure."""
    piece = LINK.sub("", STOP.split(piece.lstrip(" ,"), maxsplit=1)[0].strip(" ,"))
    return clean(TIME.sub("", piece) if indicator else piece)


def _until(piece: str) -> str:
    """A name before a cue: cut where its verb begins, freed of the year and of small words at its end."""
    return TIME.sub("", STOP.split(piece, maxsplit=1)[0]) if piece else ""


def _prefix(piece: str) -> str:
    """The name that stands before a budget cue."""
    piece = _lead(piece)
    named = NAMED.sub("", piece)
    if named != piece and _meaningful(named):
        piece = named
    verb = _verbs().search(piece)
    if verb and _meaningful(piece[: verb.start()]):
        piece = piece[: verb.start()]
    return piece


def _lead(piece: str) -> str:
    """Without what may stand before a name: brackets of the figure before, list marks, years, small words."""
    previous = None
    while previous != piece:
        previous = piece
        piece = BRACKET.sub("", piece)
        piece = MARK.sub("", piece)
        piece = LEADING_TIME.sub("", piece)
        piece = OF_TABLE.sub("", piece)
        piece = _leading().sub("", piece)
    reported = REPORTED.sub("", piece)
    if reported != piece:
        return _lead(reported)
    return piece


def clean(name: str) -> str:
    """A name without list marks, quotes, and the small words and signs that hang at its end."""
    name = MARK.sub("", name).strip()
    previous = None
    while previous != name:
        previous = name
        name = _trailing().sub("", name.rstrip(" ,;:.–-/(“\"'")).rstrip()
    name = name.strip("“”\"' ")
    name = regex.sub(r"\s+", " ", name)
    name = regex.sub(r"^sub[\s-]*kegiatan\s+", "", name, flags=regex.I)
    return name if name.count("(") == name.count(")") else name.rstrip("(").strip()


def generic(name: str) -> bool:
    """Nothing in it names a particular thing."""
    return not _meaningful(name)


def _meaningful(name: str) -> bool:
    vague = structure("umum") | structure("awalan") | structure("pengantar") | structure("penutup") | structure("pemutus")
    return any(
        len(w) > 2 and w.casefold() not in vague and not ROMAN.fullmatch(w) and w.casefold() not in structure("rujukan")
        for w in WORD.findall(name)
    )


def points_back(name: str) -> bool:
    """"kegiatan ini", "anggaran tersebut": the name stands elsewhere."""
    words = [w.casefold() for w in WORD.findall(name)]
    return any(w in structure("rujukan") for w in words) and sum(w not in structure("umum") for w in words) <= 2


@cache
def _verbs() -> regex.Pattern[str]:
    return regex.compile(r"[,\s]*\b(?:yang\s+)?(?:" + "|".join(structure("pemutus")) + r")\b", regex.I)


@cache
def _leading() -> regex.Pattern[str]:
    words = sorted(structure("awalan"), key=len, reverse=True)
    return regex.compile(r"^[\s,.;:]*\b(?:" + "|".join(map(regex.escape, words)) + r")\b[\s,:]*(?=\S)", regex.I)


@cache
def _trailing() -> regex.Pattern[str]:
    words = sorted(structure("penutup") | structure("pemutus") | structure("rujukan") | {"yang", "dan", "serta", "dari", "untuk"})
    return regex.compile(r"[\s,]+(?:" + "|".join(map(regex.escape, words)) + r")$", regex.I)
