"""Names as a sentence prints them: freed of what stands before and behind them, and judged whether they name anything."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import regex
from rapidfuzz.distance import Levenshtein

from extractors.klaim.cues import FUZZY_LENGTH, WORD, structure
from extractors.seek import lowered
from schemas import vocab

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
LEADING_PERIOD = regex.compile(
    r"^(?:(?:pada|untuk|di|dalam|selama|sampai(?:\s+dengan)?|s\.?d\.?)\s+)?(?:akhir\s+)?(?:triwulan|tw|semester|bulan)\s+\p{L}+\b[\s,]*",
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
NAMED = regex.compile(
    r"^.*\b(?:yaitu|yakni|melalui(?=\s+(?:sub\s*)?(?:kegiatan|program)\b))\s*:?\s*", regex.I | regex.S
)
CLAUSE = regex.compile(r"\b(?:telah|sudah|adalah|bahwa|maka|mencapai|sehingga|menunjuk+an)\b", regex.I)
DONE_BY = regex.compile(r"^\s*oleh\b", regex.I)
TWICE = regex.compile(r"^(.{10,}?)\s+\1$", regex.I)
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
YEAR = regex.compile(r"\b(?:19|20)\d{2}\b")
BLANKS = regex.compile(r"\s\s+|[^\S ]")  # all but single blanks
KEPT = 512  # pieces of sentences: an agency repeats them within a report and from year to year
LONGEST_END = 40  # characters: longer than any word that hangs at the end of a name
OPENING = re.compile(r"[\s,.;:]*([a-z]+)")
# All that is taken off in front begins with one of these words, with one of `awalan`, or with "ta...".
OPENING_WORDS = """
    pada untuk di dalam selama sampai akhir s sd triwulan tw semester bulan berdasarkan menurut sesuai sebagaimana
    seperti dari formulasi rumus perhitungan tabel grafik gambar
"""
LETTERS = re.compile(r"[a-z]+")
NAMING = ("yaitu", "yakni", "melalui")  # letters without which NAMED finds nothing; whole words, for REPORTED
REPORTING = frozenset({"bahwa", "diketahui", "disimpulkan", "dijelaskan", "dilihat"})
SUB_KEGIATAN = regex.compile(r"^sub[\s-]*kegiatan\s+", regex.I)
ROMAN = regex.compile(r"[ivx]+", regex.I)


@lru_cache(maxsize=KEPT)
def after_cue(piece: str, indicator: bool = False) -> str:
    """The noun phrase behind a cue, up to the word that announces the figure."""
    piece = LINK.sub("", stop().split(piece.lstrip(" ,"), maxsplit=1)[0].strip(" ,"))
    return clean(_without_time(piece) if indicator else piece)


@lru_cache(maxsize=KEPT)
def until_verb(piece: str) -> str:
    """A name before a cue: cut where its verb begins, freed of the year and of small words at its end."""
    piece = stop().split(piece, maxsplit=1)[0] if piece else ""
    verb = _verbs().search(piece)
    if verb and meaningful(piece[: verb.start()]):
        piece = piece[: verb.start()]
    return _without_time(piece)


def _without_time(piece: str) -> str:
    """Without the year of it and all behind."""
    return TIME.sub("", piece) if "19" in piece or "20" in piece else piece


@lru_cache(maxsize=KEPT)
def before_cue(piece: str) -> str:
    """The name that stands before a budget cue, "" where that is a clause and no name."""
    if DONE_BY.match(piece):
        return ""  # the rest of a clause ("oleh Dinas X")
    piece = strip_lead(piece)
    low = lowered(piece)
    named = NAMED.sub("", piece) if any(map(low.__contains__, NAMING)) else piece
    if named != piece and meaningful(named):
        piece = named
    verb = _verbs().search(piece) if not _verb_words().isdisjoint(LETTERS.findall(low)) else None
    if verb and points_back(piece[: verb.start()]):
        return ""  # "Program ini dilaksanakan oleh ..."
    if verb and meaningful(piece[: verb.start()]):
        piece = piece[: verb.start()]
    name = clean(piece)
    return "" if generic(name) or CLAUSE.search(name) else name


def strip_lead(piece: str) -> str:
    """Without what may stand before a name: brackets of the figure before, list marks, years, small words."""
    previous = None
    while previous != piece:
        previous = piece
        piece = BRACKET.sub("", piece) if "(" in piece else piece
        piece = MARK.sub("", piece)
        opening = OPENING.match(lowered(piece))
        if opening is None or not (opening[1] in _openers() or opening[1].startswith("ta")):
            continue
        piece = LEADING_TIME.sub("", piece)
        piece = LEADING_PERIOD.sub("", piece)
        piece = LEADING_CLAUSE.sub("", piece)
        piece = OF_TABLE.sub("", piece)
        piece = OF_FORMULA.sub("", piece)
        piece = _leading().sub("", piece)
    reported = piece if REPORTING.isdisjoint(LETTERS.findall(lowered(piece))) else REPORTED.sub("", piece)
    if reported != piece:
        return strip_lead(reported)
    return piece


def title_of(text: str) -> str:
    """The name that the first sentence of a list item gives: up to its verb."""
    return before_cue(text) or clean(stop().split(strip_lead(text), maxsplit=1)[0])


def without_other_year(name: str | None, year: int | None) -> str | None:
    """A name carried over from a figure of another year, without that year."""
    years = set(YEAR.findall(name)) if name and year else set()
    if name is None or not years or str(year) in years:
        return name
    return _without_time(name).strip() or name


@lru_cache(maxsize=KEPT)
def clean(name: str) -> str:
    """A name without list marks, quotes, and the small words and signs that hang at its end."""
    name = MARK.sub("", name).strip()
    previous = None
    while previous != name:
        previous = name
        name = name.rstrip(" ,;:.–-/(“\"'")
        if _last_word(name) in _last_words():
            name = _trailing().sub("", name)
        name = name.rstrip()
    name = BLANKS.sub(" ", name.strip("“”\"' "))
    if name[len(name) // 2 : len(name) // 2 + 1] == " ":
        name = TWICE.sub(r"\1", name)  # a title and the sentence that repeats it
    name = SUB_KEGIATAN.sub("", name)
    return name if name.count("(") == name.count(")") else name.rstrip("(").strip()


def generic(name: str) -> bool:
    """Nothing in it names a particular thing."""
    return not meaningful(name)


@lru_cache(maxsize=4096)
def meaningful(name: str) -> bool:
    return any(_particular(match[0]) for match in WORD.finditer(name))


@lru_cache(maxsize=50_000)
def _particular(word: str) -> bool:
    return len(word) > 2 and not ROMAN.fullmatch(word) and not _vague(word.casefold())


@lru_cache(maxsize=50_000)
def _vague(word: str) -> bool:
    """A word that names nothing particular, one misspelt letter and -nya allowed."""
    word = word.removesuffix("nya") if len(word) > FUZZY_LENGTH else word
    if word in _vague_words():
        return True
    long = _long_vague_words(len(word)) if len(word) >= FUZZY_LENGTH - 1 else ()
    return any(Levenshtein.distance(v, word, score_cutoff=1) <= 1 for v in long)


@cache
def _vague_words() -> frozenset[str]:
    kinds = ("umum", "awalan", "pengantar", "penutup", "pemutus", "rujukan")
    return frozenset[str]().union(*map(structure, kinds))


@lru_cache(maxsize=64)
def _long_vague_words(length: int) -> tuple[str, ...]:
    """Those of a length, one letter more or less, in which a letter may be misspelt."""
    return tuple(v for v in _vague_words() if len(v) >= FUZZY_LENGTH and abs(len(v) - length) <= 1)


def refers(piece: str) -> bool:
    """Whether a piece of a sentence points to something named before it."""
    return any(w.casefold() in structure("rujukan") for w in WORD.findall(piece))


def points_back(name: str) -> bool:
    """ "kegiatan ini", "anggaran tersebut": the name stands elsewhere."""
    return not meaningful(name) and refers(name)


def usable(name: str) -> bool:
    return bool(name) and not generic(name) and not points_back(name)


@cache
def stop() -> regex.Pattern[str]:
    """What ends a name behind a cue: the words of `klaim_henti.csv`, a colon, an equals sign."""
    words = "|".join(row["pola"] for row in vocab.load("klaim_henti"))
    clause = rf"(?:[,;:(=]\s*|\b(?:yang\s+)?)(?:{words})(?!\p{{L}})"
    return regex.compile(rf"\s*{clause}|\s*[:=]\s|\s*\bRp\b", regex.I)


@cache
def _verbs() -> regex.Pattern[str]:
    return regex.compile(r"[,\s]*\b(?:yang\s+)?(?:" + "|".join(structure("pemutus")) + r")\b", regex.I)


@cache
def _verb_words() -> frozenset[str]:
    return frozenset(LETTERS.findall(verb)[0] for verb in structure("pemutus"))


@cache
def _openers() -> frozenset[str]:
    return frozenset(OPENING_WORDS.split()) | {LETTERS.findall(words)[0] for words in structure("awalan")}


@cache
def _leading() -> regex.Pattern[str]:
    words = sorted(structure("awalan"), key=len, reverse=True)
    return regex.compile(r"^[\s,.;:]*\b(?:" + "|".join(map(regex.escape, words)) + r")\b[\s,:]*(?=\S)", regex.I)


@cache
def _ends() -> frozenset[str]:
    """What hangs at the end of a name and is no part of it."""
    return structure("penutup") | structure("pemutus") | structure("rujukan") | structure("ekor")


@cache
def _last_words() -> frozenset[str]:
    return frozenset(end.split()[-1] for end in _ends())


def _last_word(name: str) -> str:
    """The last word of a name in lower case, cut where it is longer than any that may hang there."""
    return "".join(lowered(name[-LONGEST_END:]).replace(",", " ").rsplit(maxsplit=1)[-1:])


@cache
def _trailing() -> regex.Pattern[str]:
    words = sorted(_ends())
    return regex.compile(r"[\s,]+(?:" + "|".join(map(regex.escape, words)) + r")$", regex.I)
