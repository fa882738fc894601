"""What a claim is about: the budget line or indicator its sentence names, or the one named before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import regex
from rapidfuzz.distance import Levenshtein

from extractors.klaim.cues import FUZZY_LENGTH, Cue, structure
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
LEADING_CLAUSE = regex.compile(r"^(?:berdasarkan|menurut|sesuai|sebagaimana|seperti)\b[^,]{1,200},\s*", regex.I)
OF_FORMULA = regex.compile(
    r"^(?:(?:dari|berdasarkan|pada|sesuai)\s+)?(?:formulasi|rumus|perhitungan|tabel|grafik|gambar)(?:\s+perhitungan)?"
    r"(?:\s+(?:di|pada|dalam))?(?:\s+(?:tabel|rumus|grafik|gambar))?\s+[\d.]+[\s,]*",
    regex.I,
)
OF_TABLE = regex.compile(
    r"^(?:dari|berdasarkan|pada|sesuai)\s+(?:hasil\s+|data\s+|uraian\s+|rekapitulasi\s+|perhitungan\s+)*(?:pada\s+)?"
    r"(?:(?:tabel|table|grafik|gambar)\s+[\w.]+|\w+)?(?:\s+(?:tersebut|di\s?atas|diatas|ini|di\s+atas))+[\s,]*(?:maka\s+)?",
    regex.I,
)
NAMED = regex.compile(r"^.*\b(?:yaitu|yakni|melalui(?=\s+(?:sub\s*)?(?:kegiatan|program)\b))\s*:?\s*", regex.I | regex.S)
CHOSEN = regex.compile(r"\badalah\s+((?:program|kegiatan|sub\s*kegiatan|belanja|bidang)\b.+?)(?:,|\byaitu\b|\byakni\b|$)", regex.I)
CLAUSE = regex.compile(r"\b(?:telah|sudah|adalah|bahwa|maka|mencapai|sehingga|menunjuk+an)\b", regex.I)
QUANTITY = regex.compile(r"(?:\b(?:jumlah|total|besaran|keseluruhan|seluruh|rata-rata)\s+)+$", regex.I)
QUANTITY_FIRST = regex.compile(r"\s*(?:jumlah|total|keseluruhan|seluruh)\b", regex.I)
PART_OF = regex.compile(r"\bterdiri\s+(?:dari|atas)\s*:?\s+(?:anggaran\s+)?(\p{L}.+?)\s*(?:sebesar|senilai|Rp|,|yaitu|$)", regex.I)
BEHIND = regex.compile(r"[\s)]*untuk\s+((?:\p{Lu}[\p{L}/-]*\s*){1,12})")
ORDINAL = regex.compile(r"^(?:misi|tujuan|sasaran)\b.*\b[IVX\d]+$", regex.I)
DONE_BY = regex.compile(r"^\s*oleh\b", regex.I)
TWICE = regex.compile(r"^(.{10,}?)\s+\1$", regex.I)
OF_GOAL = regex.compile(r"\b(?:sasaran|indikator|tujuan)\b", regex.I)
BUDGET_ROLES = frozenset({"anggaran", "serapan", "realisasi", "target", "capaian", "sumber"})
NOUN_ROLES = frozenset({"realisasi", "kinerja", "target", "capaian"})
BRACKET = regex.compile(r"^[\s,.;-]*\((?:[^()]|\([^()]*\))*\)")
MARK = regex.compile(
    r"^[\s,.;:)–—-]*(?:(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+|[-•]\s*|\(\d{1,2}\)\s*"
    r"|[a-z]\.\d{1,2}\.?\s+|\d{1,2}\s+(?=(?:sub\s*)?(?:program|kegiatan)\b))*",
    regex.I,
)
LINK = regex.compile(
    r"^(?:yang\s+)?(?:(?:di\p{L}+kan|ditujukan|digunakan|diberikan|tersedia|diterima)\s+)?"
    r"(?:(?:untuk|pada|dari|bagi|atas|terhadap|di|dalam|kepada|oleh)\s+)(?:pelaksanaan\s+(?=\p{L}))?",
    regex.I,
)
STOP = regex.compile(
    r"\s*(?:[,;:(=]\s*|\b(?:yang\s+)?)(?:sebesar|sebanyak|sejumlah|senilai|adalah|ialah|yaitu|yakni|mencapai|menjadi|telah|sudah"
    r"|menunjuk+an|dapat|(?<!\bsesuai\s)dengan|sehingga|sedangkan|namun|diperoleh|didapatkan|mengalami|memiliki|masing-masing|hanya|berada"
    r"|yang\s+semula|yang\s+(?:pada|di)\s+tahun|tercapai|dari\s+target|dibanding\p{L}*|melebihi|melampaui|itu|di\s?mana|meskipun|ternyata|bahwa|adapun|seperti\s+ter\p{L}+|sebagaimana|untuk\s+meng\p{L}+|dalam\s+(?:pelaksanaan|rangka)|[:=]|Rp)(?!\p{L})"
    r"|\s*[:=]\s|\s*\bRp\b",
    regex.I,
)
INDICATOR_HEAD = regex.compile(
    r"^(?:(?:kinerja|sasaran|utama|program|kegiatan|tujuan|strategis|yang|yaitu|yakni|ke-?\p{L}+|kedua|ketiga|keempat|pertama"
    r"|\(?\d{1,2}\)|\(?[a-z]\))[\s:]+(?=\S))+",
    regex.I,
)
LEVEL = regex.compile(r"^(?P<sub>sub[\s-]*kegiatan)\b|^(?P<program>program)\b|^(?P<kegiatan>kegiatan)\b", regex.I)
LEVEL_BEFORE = regex.compile(
    r"(?:(?P<sub>sub[\s-]*kegiatan)|(?P<program>program)|(?P<kegiatan>kegiatan))[\s,]*(?:yaitu|yakni)?[\s,:]*$", regex.I
)
LEVEL_WORD = regex.compile(r"\b(?P<sub>sub[\s-]*kegiatan)\b|\b(?P<program>program)\b|\b(?P<kegiatan>kegiatan)\b", regex.I)
INTRODUCES = regex.compile(r"(?:sebagai\s*berikut|berikut\s*(?:ini)?|di\s*bawah\s*ini|antara\s+lain|yaitu|yakni|:)\s*[:.]?\s*$", regex.I)
INTRODUCING_VERB = regex.compile(r"\b(?:di\p{L}{3,}|membiayai|terdiri|meliputi|mendukung|melalui|mencakup)\b", regex.I)
YEAR = regex.compile(r"\b(?:19|20)\d{2}\b")
ROMAN = regex.compile(r"[ivx]+", regex.I)
PASSIVE = regex.compile(r"^(?:ter|di)\p{L}+|^(?:telah|dapat|hanya|mencapai|melebihi|melampaui|menyerap|menghabiskan)\b", regex.I)


BELOW: dict[str | None, str | None] = {"program": "kegiatan", "kegiatan": "sub_kegiatan"}


@dataclass(slots=True)
class Context:
    """What was named before: by headings, by "Indikator : ..." lines, by the list item's title, by earlier claims."""

    sasaran: str | None = None
    indicator: str | None = None
    title: str | None = None
    item: int = -1
    item_title: str | None = None
    item_subject: dict[str, str] = field(default_factory=dict)  # matter -> last subject in this item
    last_subject: dict[str, str] = field(default_factory=dict)  # matter -> last subject of all


def level_of(name: str) -> str | None:
    """program, kegiatan or sub_kegiatan where the name begins with that word."""
    return _level(LEVEL.match(name))


def level_before(piece: str, name: str) -> str | None:
    """The level word in front of a claim's name: "SubKegiatan Pembentukan ...", "1 (satu) kegiatan, yaitu ..."."""
    at = piece.rfind(name)
    return _level(LEVEL_BEFORE.search(piece[:at])) if at >= 0 else None


def announced_level(tail: str) -> str | None:
    """The level of the items that a sentence ending in `tail` introduces ("guna membiayai kegiatan sebagai berikut:")."""
    if not INTRODUCES.search(tail):
        return None
    verbs = list(INTRODUCING_VERB.finditer(tail))
    words = list(LEVEL_WORD.finditer(tail, verbs[-1].end() if verbs else 0))
    if not verbs and words and words[0].start() == 0:  # "Program X :", "Program X, kegiatan :"
        return _level(words[-1]) if len(words) > 1 else BELOW.get(_level(words[0]))
    return _level(words[0]) if words else None


def introduces(text: str) -> bool:
    """Whether a list follows the sentence."""
    return INTRODUCES.search(text) is not None


def _level(match: regex.Match[str] | None) -> str | None:
    if match is None:
        return None
    return "sub_kegiatan" if match["sub"] else "program" if match["program"] else "kegiatan"


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
    before = _prefix(text[begin : head.start if head else end])
    behind = _behind_figures(text, draft)
    if behind and (not before or BEHIND.match(text[begin:])):
        return behind
    if before and not points_back(before):
        return before
    chosen = CHOSEN.search(text[begin:end])
    if chosen:
        return clean(chosen[1])
    after = _after(text[head.end : end]) if head else ""
    if level_of(after) and not generic(after) and not points_back(after):
        return after
    named = previous or context.item_subject.get("uang") or context.item_title
    if named is None and refers(text[begin:end]):
        named = context.last_subject.get("uang")
    phrase = STOP.split(_lead(text[begin:end]) if head is None else _with_quantity(text, begin, head, end))[0]
    of_all = QUANTITY_FIRST.match(phrase) is not None and not points_back(phrase)
    if named and not of_all and (begin or head is None or not _meaningful(after) or points_back(phrase)):
        return named
    if head is not None and PASSIVE.match(head.text):  # "Belanja Tahun Anggaran 2017 dapat terealisasi sebesar ..."
        return clean(_lead(text[begin : head.start])) or named or context.title
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
    """"Rp X atau 90,73% untuk Belanja Langsung": the name behind the figures."""
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
        if cue is not None:
            weak.append(clean(_until(_lead(text[begin : cue.start]))))
        begin = bound.candidate.end
    own = weak[0] if weak else ""
    if previous:
        return own if own[:1].isupper() and _usable(own) and len(WORD.findall(own)) > 2 else previous
    if context.indicator and OF_GOAL.search(text):
        return context.indicator
    names = [name if _usable(name) else None for name in weak]
    earlier = context.item_subject.get("kinerja") or context.indicator or context.sasaran
    found = (names[0] if names else None) or earlier or next(filter(None, names), None)
    return found or _general(text, draft) or context.item_title or context.title


def _general(text: str, draft: Draft) -> str | None:
    """"Ketercapaian misi I ... mencapai 89,52%": "misi I", where nothing more particular is named."""
    first = draft.bounds[0]
    if first.cue is None or first.cue.start < draft.start:
        return None
    name = _after(text[first.cue.end : first.candidate.start], indicator=True)
    return name if ORDINAL.search(name) else None


def _named_indicator(text: str, region: list[Cue], cue: Cue | None, end: int) -> str | None:
    """The name an indicator word begins ("persentase ...") or that stands behind a noun ("realisasi ...")."""
    for found in region:
        if found.role != "indikator":
            continue
        whole = found.text.casefold().startswith("indikator")
        stop = cue.start if cue is not None and cue.start >= found.end and cue.role != "indikator" else end
        name = _after(text[found.end if whole else found.start : stop], indicator=True)
        if whole:
            name = clean(INDICATOR_HEAD.sub("", name))
        if _usable(name) and len(WORD.findall(name)) > 1:
            return name
    nouns = [c for c in region if c.role in NOUN_ROLES and not PASSIVE.match(c.text)]
    if cue is not None and cue in nouns:
        nouns = [cue, *[c for c in nouns if c is not cue]]
    for noun in nouns:
        name = _after(text[noun.end : end], indicator=True)
        if _usable(name):
            return name
    return None


def _usable(name: str) -> bool:
    return bool(name) and not generic(name) and not points_back(name)


def _after(piece: str, indicator: bool = False) -> str:
    """The noun phrase behind a cue, up to the word that announces the figure."""
    piece = LINK.sub("", STOP.split(piece.lstrip(" ,"), maxsplit=1)[0].strip(" ,"))
    return clean(TIME.sub("", piece) if indicator else piece)


def _until(piece: str) -> str:
    """A name before a cue: cut where its verb begins, freed of the year and of small words at its end."""
    piece = STOP.split(piece, maxsplit=1)[0] if piece else ""
    verb = _verbs().search(piece)
    if verb and _meaningful(piece[: verb.start()]):
        piece = piece[: verb.start()]
    return TIME.sub("", piece)


def _prefix(piece: str) -> str:
    """The name that stands before a budget cue, "" where that is a clause and no name."""
    if DONE_BY.match(piece):
        return ""  # the rest of a clause ("oleh Dinas X")
    piece = _lead(piece)
    named = NAMED.sub("", piece)
    if named != piece and _meaningful(named):
        piece = named
    verb = _verbs().search(piece)
    if verb and points_back(piece[: verb.start()]):
        return ""  # "Program ini dilaksanakan oleh ..."
    if verb and _meaningful(piece[: verb.start()]):
        piece = piece[: verb.start()]
    name = clean(piece)
    return "" if generic(name) or CLAUSE.search(name) else name


def _lead(piece: str) -> str:
    """Without what may stand before a name: brackets of the figure before, list marks, years, small words."""
    previous = None
    while previous != piece:
        previous = piece
        piece = BRACKET.sub("", piece)
        piece = MARK.sub("", piece)
        piece = LEADING_TIME.sub("", piece)
        piece = LEADING_CLAUSE.sub("", piece)
        piece = OF_TABLE.sub("", piece)
        piece = OF_FORMULA.sub("", piece)
        piece = _leading().sub("", piece)
    reported = REPORTED.sub("", piece)
    if reported != piece:
        return _lead(reported)
    return piece


def title_of(text: str) -> str:
    """The name that the first sentence of a list item gives: up to its verb."""
    return _prefix(text) or clean(STOP.split(_lead(text), maxsplit=1)[0])


def without_other_year(name: str | None, year: int | None) -> str | None:
    """A name carried over from a figure of another year, without that year."""
    years = set(YEAR.findall(name)) if name and year else set()
    if name is None or not years or str(year) in years:
        return name
    return TIME.sub("", name).strip() or name


def clean(name: str) -> str:
    """A name without list marks, quotes, and the small words and signs that hang at its end."""
    name = MARK.sub("", name).strip()
    previous = None
    while previous != name:
        previous = name
        name = _trailing().sub("", name.rstrip(" ,;:.–-/(“\"'")).rstrip()
    name = name.strip("“”\"' ")
    name = TWICE.sub(r"\1", regex.sub(r"\s+", " ", name))  # a title and the sentence that repeats it
    name = regex.sub(r"^sub[\s-]*kegiatan\s+", "", name, flags=regex.I)
    return name if name.count("(") == name.count(")") else name.rstrip("(").strip()


def generic(name: str) -> bool:
    """Nothing in it names a particular thing."""
    return not _meaningful(name)


def _meaningful(name: str) -> bool:
    return any(len(w) > 2 and not ROMAN.fullmatch(w) and not _vague(w.casefold()) for w in WORD.findall(name))


@cache
def _vague(word: str) -> bool:
    """A word that names nothing particular, one misspelt letter and -nya allowed."""
    word = word.removesuffix("nya") if len(word) > FUZZY_LENGTH else word
    vague = frozenset[str]().union(*map(structure, ("umum", "awalan", "pengantar", "penutup", "pemutus", "rujukan")))
    long = (v for v in vague if len(v) >= FUZZY_LENGTH and len(word) >= FUZZY_LENGTH - 1)
    return word in vague or any(Levenshtein.distance(v, word, score_cutoff=1) <= 1 for v in long)


def refers(piece: str) -> bool:
    """Whether a piece of a sentence points to something named before it."""
    return any(w.casefold() in structure("rujukan") for w in WORD.findall(piece))


def points_back(name: str) -> bool:
    """"kegiatan ini", "anggaran tersebut": the name stands elsewhere."""
    return not _meaningful(name) and refers(name)


@cache
def _verbs() -> regex.Pattern[str]:
    return regex.compile(r"[,\s]*\b(?:yang\s+)?(?:" + "|".join(structure("pemutus")) + r")\b", regex.I)


@cache
def _leading() -> regex.Pattern[str]:
    words = sorted(structure("awalan"), key=len, reverse=True)
    return regex.compile(r"^[\s,.;:]*\b(?:" + "|".join(map(regex.escape, words)) + r")\b[\s,:]*(?=\S)", regex.I)


@cache
def _trailing() -> regex.Pattern[str]:
    words = sorted(structure("penutup") | structure("pemutus") | structure("rujukan") | {"yang", "dan", "serta", "dari", "untuk", "di", "ke", "pada", "total", "jumlah", "sampai", "sampai dengan", "posisi"})
    return regex.compile(r"[\s,]+(?:" + "|".join(map(regex.escape, words)) + r")$", regex.I)
