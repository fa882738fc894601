"""The official names of budget lines: which level a code or a name has, and the official name nearest to a printed one.

Codes of the national nomenclature (since 2021) are urusan.bidang.program (8.01.01), then jenis.kegiatan (8.01.01.2.01)
and sub kegiatan (8.01.01.2.01.01, later .0001); older ones (Permendagri 13/2006) are urusan.bidang.organisasi.program
(1.20.05.57) and kegiatan (1.20.05.57.01), some with urusan.bidang written twice. Accounts begin with 4 (pendapatan),
5 (belanja) or 6 (pembiayaan) and go on with one digit. The lists: schemas/reference/README.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from extractors.datafiles import reference, vocabulary
from schemas.values import value

PROGRAM, KEGIATAN, SUB_KEGIATAN, BELANJA = "program", "kegiatan", "sub_kegiatan", "belanja"
_GROUPS = {"4": "pendapatan", "5": "belanja", "6": "pembiayaan"}
NEW_NOMENCLATURE = 2021  # first fiscal year of sub kegiatan
_LEVELS = (PROGRAM, KEGIATAN, SUB_KEGIATAN)
_BAR, _BAR_SHORT = 92.0, 95.0  # likeness a misspelt name must reach; names of under 25 letters need more
_HEAD, _TAIL = 5, 6  # letters by which names are filed

_TWO = re.compile(r"\d{2}|XX")
# An organisation's code before the line's own: 2.16.2.20.0.00.01.0000
_ORGANISATION = re.compile(r"^[\dX]\.(?:\d\d|XX)(?:\.\d\.\d\d){2}\.\d{1,2}(?:\.\d{4})?(?:\.|$)")
_DOUBLED = re.compile(r"^\d\.\d\d\.(?=\d\.\d\d\.\d{1,2}(?:\.|$))")  # 1.20.1.20.05.57: urusan and bidang twice
_LEADING = re.compile(r"^(?:sub[ -]*kegiatan|kegiatan|program)\b[\s:.\-]*", re.IGNORECASE)


_LEADS = re.compile(r"\s*(?:sub|kegiatan|program)", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[\W_]+")
_LETTERS_ALONE = {code: None for code in range(128) if _NO_LETTERS.match(chr(code)) and code != ord("\n")}


@value(frozen=True, slots=True)
class Match:
    """An official line: its code, name and level, and how like the printed name it is (100 is the same letters)."""

    kode: str
    nama: str
    tingkat: str
    score: float


@lru_cache(maxsize=8192)
def parts_of(kode: str | None) -> tuple[str, ...]:
    """The numbers of a code as printed ("8.01.01. 2.01 -" gives 8, 01, 01, 2, 01); () for what is no code."""
    text = re.sub(r"\s+", "", kode or "").strip(".-").replace("-", ".").upper()
    text = re.sub(r"\.{2,}", ".", text)
    if not re.fullmatch(r"[0-9X]+(?:\.[0-9X]+)*", text):
        return ()
    return tuple(text.split("."))


@lru_cache(maxsize=8192)
def level_of_code(kode: str | None) -> str | None:
    """The level that a code's shape gives: program, kegiatan, sub_kegiatan, belanja; None where it gives none."""
    parts = parts_of(kode)
    if len(parts) > 7:
        rest = _ORGANISATION.sub("", ".".join(parts))
        if rest != ".".join(parts):
            return level_of_code(rest) if rest else None
    if len(parts) >= 6 and (short := _DOUBLED.sub("", ".".join(parts))) != ".".join(parts):
        parts = tuple(short.split("."))
        return _old_level(parts)
    if len(parts) < 2:
        return None
    if len(parts[1]) == 1:
        return BELANJA if parts[0] == "5" else None
    if len(parts[0]) > 1 or not _TWO.fullmatch(parts[1]):
        return None
    if len(parts) == 3 and _TWO.fullmatch(parts[2]):
        return PROGRAM
    if len(parts) >= 5 and len(parts[3]) == 1 and _TWO.fullmatch(parts[2]) and len(parts[4]) == 2:
        if len(parts) == 5:
            return KEGIATAN
        if len(parts) == 6:
            return SUB_KEGIATAN if 2 <= len(parts[5]) <= 4 else None
        return BELANJA if parts[6] == "5" else None
    return _old_level(parts)


def _old_level(parts: tuple[str, ...]) -> str | None:
    """urusan.bidang.organisasi.program.kegiatan, then accounts."""
    if len(parts) < 4 or len(parts[2]) > 2 or not 2 <= len(parts[3]) <= 3:
        return None
    if len(parts) == 4:
        return PROGRAM
    if len(parts) == 5:
        return KEGIATAN if 2 <= len(parts[4]) <= 3 else None
    return BELANJA if "5" in parts[4:6] else None


def kelompok_of(kode: str | None, name: str) -> str:
    """belanja, pendapatan or pembiayaan: by an account code, else by the name's first words; else belanja.

    A lone digit may be a row's number: it tells nothing beside the name.
    """
    parts = parts_of(kode)
    worded = _group_word(name)
    if _is_account(parts) and not (len(parts) == 2 and (_LEADING.match(name.strip()) or worded)):
        return _GROUPS[parts[0]]
    return worded or "belanja"


def level_of(kode: str | None, name: str, year: int | None = None) -> str | None:
    """The level of a budget line: by its code, else by its name in the official list; None where neither tells.

    Before fiscal year 2021 there were no sub kegiatan: many of today's were the kegiatan of that time.
    """
    parts, worded = parts_of(kode), _group_word(name)
    level = level_of_code(kode)
    if level == BELANJA and len(parts) == 2 and worded is None:
        level = None  # "5.1" may be a row's number
    if level:
        return level
    if worded == "belanja":
        return BELANJA
    if worded or (_is_account(parts) and parts[0] != "5" and len(parts) > 2):
        return None
    match = match_name(name)
    if match and year is not None and 0 < year < NEW_NOMENCLATURE:
        return KEGIATAN if match.tingkat == SUB_KEGIATAN else None
    return match.tingkat if match else None


def _is_account(parts: tuple[str, ...]) -> bool:
    return len(parts) > 1 and parts[0] in _GROUPS and len(parts[1]) == 1


@lru_cache(maxsize=1)
def _group_words() -> re.Pattern[str]:
    longest_first = sorted((row["awalan"] for row in vocabulary("kelompok")), key=len, reverse=True)
    either = "|".join(re.escape(start).replace(r"\ ", r"\s+").replace(r"\-", r"\s*[-–]\s*") for start in longest_first)
    return re.compile(rf"\W*({either})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=8192)
def _group_word(name: str) -> str | None:
    """The group that a name's first words give."""
    match = _group_words().match(name)
    if not match:
        return None
    start = re.sub(r"\s*[-–]\s*", "-", " ".join(match.group(1).casefold().split()))
    return next((row["kelompok"] for row in vocabulary("kelompok") if row["awalan"] == start), None)


def match_name(name: str, level: str | None = None) -> Match | None:
    """The official program, kegiatan or sub kegiatan of that name: the same letters, or nearly.

    Spaces, capitals, punctuation and a leading "Program" do not count. With `level`, only that level's names are
    compared. None where nothing is near enough, or where several levels bear the name and `level` is not given.
    """
    return _match(normalise(name), level)


def names_of(kode: str | None) -> tuple[str, ...]:
    """The official names of a code (several where the lists changed), () where it is not in them.

    The first program of every bidang is listed once for all, as X.XX.01; a sub kegiatan's number may be printed with
    two digits (until 2023) or four.
    """
    parts = parts_of(kode)
    if not parts or level_of_code(kode) not in _LEVELS:
        return ()
    if len(parts) == 6:
        parts = (*parts[:5], parts[5].zfill(4))
    by_code = _by_code()
    return by_code.get(".".join(parts)) or by_code.get(".".join(("X", "XX", *parts[2:])), ())


@lru_cache(maxsize=8192)
def normalise(name: str) -> str:
    """A name's letters and digits alone, without a leading "Program", "Kegiatan", "Sub Kegiatan"; "&" is "dan"."""
    text = _LEADING.sub("", name.strip().casefold().replace("&", " dan "))
    return _NO_LETTERS.sub("", text)


def normalised(names: Sequence[str]) -> list[str]:
    """`normalise` each of many names of an official list, which hold no line breaks."""
    lower = "\n".join(name if name.isascii() else "" for name in names).lower().replace("&", " dan ")
    found = lower.translate(_LETTERS_ALONE).split("\n") if names else []
    return [
        normalise(name) if not short or _LEADS.match(name) else short for name, short in zip(names, found, strict=True)
    ]


@lru_cache(maxsize=1)
def _by_code() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in reference("nomenklatur.csv.gz"):
        found[row["kode"]] = (*found.get(row["kode"], ()), row["nama"])
    return found


@lru_cache(maxsize=1)
def normalised_names() -> dict[str, str]:
    """Each name of the nomenclature in its normalised form."""
    names = list(dict.fromkeys([row["nama"] for row in reference("nomenklatur.csv.gz")]))
    return dict(zip(names, normalised(names), strict=True))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, list[dict[str, str]]]:
    """Official lines by their normalised name."""
    keys = normalised_names()
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in reference("nomenklatur.csv.gz"):
        if row["tingkat"] in _LEVELS:
            found[keys[row["nama"]]].append(row)
    return dict(found)


def _bearing(key: str, level: str | None, score: float) -> list[Match]:
    """The official lines of a normalised name, the first of each level (of one level alone, if it is given)."""
    first: dict[str, dict[str, str]] = {}
    for row in _by_name().get(key, ()):
        if level in (None, row["tingkat"]):
            first.setdefault(row["tingkat"], row)
    return [Match(row["kode"], row["nama"], row["tingkat"], score) for row in first.values()]


@lru_cache(maxsize=1)
def _files() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Normalised names filed by their first and by their last letters: a misspelling seldom touches both."""
    heads: dict[str, list[str]] = defaultdict(list)
    tails: dict[str, list[str]] = defaultdict(list)
    for key in _by_name():
        heads[key[:_HEAD]].append(key)
        tails[key[-_TAIL:]].append(key)
    return heads, tails


@lru_cache(maxsize=8192)
def _match(key: str, level: str | None) -> Match | None:
    if len(key) < 6:
        return None
    exact = _bearing(key, level, 100.0)
    if exact:
        return exact[0] if len(exact) == 1 else None
    from rapidfuzz import fuzz, process

    bar = _BAR if len(key) >= 25 else _BAR_SHORT
    slack = int(len(key) * (100 - bar) / 50) + 1
    heads, tails = _files()
    near = [k for k in {*heads.get(key[:_HEAD], ()), *tails.get(key[-_TAIL:], ())} if abs(len(k) - len(key)) <= slack]
    ranked = process.extract(key, sorted(near), scorer=fuzz.ratio, score_cutoff=bar, limit=3)
    lines = [line for found, score, _ in ranked for line in _bearing(found, level, score)]
    best = [line for line in lines if line.score == lines[0].score]
    return best[0] if best and len({line.tingkat for line in best}) == 1 else None
