"""The official lines themselves: by code, by name, and by names that are nearly the printed one.

The lists (schemas/reference/README.md) are those of fiscal years from 2021 on. The first programme of every bidang
stands once for all, as X.XX.01; a sub kegiatan's number has four digits, in print often two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from extractors.datafiles import columns, reference
from extractors.nomenklatur import (
    KEGIATAN,
    PROGRAM,
    SUB_KEGIATAN,
    level_of_code,
    normalise,
    normalised,
    normalised_names,
    parts_of,
)
from schemas.records import Resmi
from schemas.values import value
from schemas.vocab import load

LEVELS = (PROGRAM, KEGIATAN, SUB_KEGIATAN)
AKUN = "akun"
_WIDTH = (1, 1, 2, 2, 2, 4)  # digits of the parts of an account
_CODE_PARTS = {PROGRAM: 3, KEGIATAN: 5, SUB_KEGIATAN: 6}

MISSPELT = 80.0  # likeness of two words that are one word misspelt
GLUED = 88.0  # likeness of left-over words, written together
MISSING_INSIDE, MISSING_AT_END = 0.15, 0.36  # share of letters that may be missing
ADDED_AT_END = 0.1
HALF = 0.5  # share that may be missing where code or parent bear witness
SHORT = 4  # names of fewer words must agree in each of them
CLOSE = 0.01  # names nearer to each other than this are equally like
_ENOUGH = 1200  # holders of rarer words after which common words are not looked at
_NEAREST = 10  # names that share most words are compared

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"^\W*(?:\d{1,2}|[a-z]|[ivx]{1,4})\s*[.)]\s*(?=\D)", re.IGNORECASE)
_ORDINAL = re.compile(r"^(?:\d+|[ivx]+|[a-z])$")


@value(frozen=True, slots=True)
class Official:
    """One official line, and whose it is: `pemda` holds k for kabupaten and kota, p for provinces, x for special regions
    (Papua, Aceh, Jakarta) alone; accounts are everybody's.

    `induk` is the code of the line above it (None for a program and for accounts).
    """

    kode: str
    nama: str
    tingkat: str
    pemda: str = "kp"

    @property
    def induk(self) -> str | None:
        above = {SUB_KEGIATAN: 5, KEGIATAN: 3}.get(self.tingkat)
        return ".".join(self.kode.split(".")[:above]) if above else None


def named_by_code(kode: str | None, accounts: bool) -> tuple[Official, ...]:
    """The official lines of a printed code, several where the lists changed; () where it is in none."""
    parts = parts_of(kode)
    if accounts:
        return _accounts().get(_account(parts), ()) if 1 <= len(parts) <= len(_WIDTH) else ()
    level = level_of_code(kode)
    if level not in LEVELS or len(parts) != _CODE_PARTS[level]:
        return ()
    if level == SUB_KEGIATAN:
        parts = (*parts[:5], parts[5].zfill(4))
    return _lines().get(".".join(parts)) or _lines().get(".".join(("X", "XX", *parts[2:])), ())


def code_known(kode: str | None) -> str | None:
    """How far the lists know a printed code of today's form: urusan, bidang, program, kegiatan, sub_kegiatan, none.

    None for what is no such code (an account, an older code, a lone number).
    """
    parts = parts_of(kode)
    level = level_of_code(kode)
    if level not in LEVELS or len(parts) != _CODE_PARTS[level] or "X" in "".join(parts):
        return None
    if len(parts) > 3 and len(parts[3]) != 1:
        return None
    known = "none"
    for count, name in ((1, "urusan"), (2, "bidang"), (3, PROGRAM), (5, KEGIATAN), (6, SUB_KEGIATAN)):
        if count > len(parts):
            break
        ours = (*parts[:5], parts[5].zfill(4)) if count == 6 else parts[:count]
        general = ".".join(("X", "XX", *ours[2:]))
        if ".".join(ours) not in _lines() and not (count > 2 and general in _lines()):
            break
        known = name
    return known


def nearest_name(name: str, official: Sequence[Official]) -> Resmi | None:
    """Of several names of one code the one most like the printed name."""
    if not official:
        return None
    return as_read(name, max(official, key=lambda o: letters_alike(name, o.nama)))


def as_read(name: str, official: Official) -> Resmi:
    """An official line beside the name that is printed for it."""
    above = _lines().get(official.induk or "")
    alike = letters_alike(name, official.nama)
    parent = above[0].nama if above else None
    return Resmi(official.kode, official.nama, official.tingkat, alike, official.induk, parent)


@lru_cache(maxsize=8192)
def bearing_name(name: str, pemda: str, accounts: bool = False) -> tuple[Official, ...]:
    """The lines of our kind of region (`pemda`: k, p, with x for a special one) that bear the name; or ().

    Letter for letter, else the likest of those whose words agree: they may be several.
    """
    index = _index(pemda, accounts)
    key = normalise(bare(name))
    if len(key) < 6:
        return ()
    if key in index.by_key:
        return index.by_key[key]
    ranked = sorted(((likeness(name, index.names[n]), n) for n in index.near(name)), key=lambda s: -s[0])
    ranked = [one for one in ranked if one[0] > 0]
    best = [number for score, number in ranked if ranked[0][0] - score < CLOSE]
    return tuple(line for number in best for line in index.by_key[index.keys[number]])


def nearest_child(name: str, parent: str) -> Resmi | None:
    """The one official line below another that the name is like, even where many of its words are missing."""
    likely = [(likeness(name, one.nama, HALF, HALF), one) for one in _children().get(parent, ())]
    likely = sorted((one for one in likely if one[0] > 0), key=lambda one: -one[0])
    if not likely or (len(likely) > 1 and likely[0][0] - likely[1][0] < CLOSE):
        return None
    return nearest_name(name, [likely[0][1]])


def bare(name: str) -> str:
    """A name without its number in a list ("1. Program ...")."""
    name = name.strip()
    # A number is a letter or two and a stop: the first words of most names are longer, and nothing stops them.
    return name if name[:5].isalpha() else _NUMBER.sub("", name)


@lru_cache(maxsize=16384)
def letters_alike(name: str, other: str) -> float:
    """Likeness of the letters of two names, 0 to 1 (1: the same but for capitals, spaces, marks and level words)."""
    from rapidfuzz import fuzz

    return round(fuzz.ratio(normalise(bare(name)), normalise(bare(other))) / 100, 4)


@lru_cache(maxsize=32768)
def likeness(name: str, official: str, missing: float = MISSING_AT_END, added: float = ADDED_AT_END) -> float:
    """From 0 (another line) to 1 (the same name), by words.

    `missing` is the share of the official name's letters that may be cut off at its beginning or end, `added` that of
    the printed name's letters that may be too many there: a word too many tells a sibling more often than a word less.
    """
    from rapidfuzz import fuzz

    left, right = tokens(name), tokens(official)
    if not left or not right:
        return 0.0
    extra_left, extra_right, misspelt = _unpaired(left, right)
    extras = (*extra_left, *extra_right)
    if any(_ORDINAL.match(word) for word in extras):
        return 0.0
    if extra_left and extra_right:
        glued = fuzz.ratio("".join(extra_left), "".join(extra_right))
        return 0.97 - 0.02 * misspelt if glued >= GLUED and len(extra_left) != len(extra_right) else 0.0
    if not extras:
        return max(0.9, 0.99 - 0.02 * misspelt)
    whole = left if extra_left else right
    if min(len(left), len(right)) < SHORT:
        return 0.0
    share = sum(map(len, extras)) / sum(map(len, whole))
    at_end = list(whole[: len(extras)]) == list(extras) or list(whole[-len(extras) :]) == list(extras)
    if share > ((added if extra_left else missing) if at_end else MISSING_INSIDE):
        return 0.0
    return max(0.9 - 0.02 * misspelt - share / 4, 0.5)


@lru_cache(maxsize=16384)
def tokens(name: str) -> tuple[str, ...]:
    """The telling words of a name in lower case, usual short forms written out."""
    return tuple(_tokens(name))


def _tokens(name: str) -> list[str]:
    return _telling(_WORD.findall(bare(name).casefold()))


def _tokens_of(names: Sequence[str]) -> list[list[str]]:
    """The telling words of each of many names, which hold no line breaks."""
    text = "\n".join([bare(name) for name in names]).casefold()
    blank = {ord(sign): " " for sign in set(text) if not sign.isalnum() and sign != "\n"}
    return [_telling(line.split()) for line in text.translate(blank).split("\n")] if names else []


def _telling(words: list[str]) -> list[str]:
    forms, filler = _long_forms(), _filler()
    if not forms.keys().isdisjoint(words):
        words = [part for word in words for part in forms.get(word, (word,))]
    while words and words[0] in ("program", "kegiatan", "sub"):
        words.pop(0)
    return [word for word in words if word not in filler]


@lru_cache(maxsize=1)
def _filler() -> frozenset[str]:
    return frozenset(row["kata"] for row in load("reconcile") if row["jenis"] == "pengisi")


@lru_cache(maxsize=1)
def _long_forms() -> dict[str, tuple[str, ...]]:
    return {row["singkatan"]: tuple(row["kepanjangan"].split()) for row in load("singkatan_kata")}


def _unpaired(left: Sequence[str], right: Sequence[str]) -> tuple[list[str], list[str], int]:
    """Words without a partner on either side, and how many pairs are misspellings."""
    from rapidfuzz import fuzz

    common = Counter(left) & Counter(right)
    extra_left, extra_right = _without(left, common), _without(right, common)
    misspelt = 0
    for word in list(extra_left):
        best = max(extra_right, key=lambda other: fuzz.ratio(word, other), default=None)
        if best and len(word) > 3 and fuzz.ratio(word, best) >= MISSPELT:
            extra_left.remove(word)
            extra_right.remove(best)
            misspelt += 1
    return extra_left, extra_right, misspelt


def _without(names: Sequence[str], common: Counter[str]) -> list[str]:
    left, rest = Counter(common), []
    for word in names:
        if left[word] > 0:
            left[word] -= 1
        else:
            rest.append(word)
    return rest


class _Index:
    """Names of one list: by their letters, and by the words they hold."""

    def __init__(self, lines: Iterable[Official], keys: Mapping[str, str]) -> None:
        """`keys` gives the normalised form of each line's name."""
        by_key: dict[str, list[Official]] = defaultdict(list)
        for line in lines:
            by_key[keys[line.nama]].append(line)
        self.by_key = {key: tuple(found) for key, found in by_key.items()}
        self.keys = list(self.by_key)
        self.names = [self.by_key[key][0].nama for key in self.keys]

    @cached_property
    def _holding(self) -> dict[str, list[int]]:
        """The numbers of the names that hold a word; of most lists nobody asks for them."""
        holding: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(_tokens_of(self.names)):
            for word in set(words):
                holding[word].append(number)
        return holding

    def near(self, name: str) -> list[int]:
        """The names that share most of the telling words, the rarer ones counting more."""
        score: Counter[int] = Counter()
        looked_at = 0
        for holding in sorted((self._holding.get(word, []) for word in set(tokens(name))), key=len):
            if looked_at > _ENOUGH:
                break  # what is left are words that stand in thousands of names
            looked_at += len(holding)
            for number in holding:
                score[number] += 1000 // (len(holding) + 4) + 10
        return [number for number, _ in sorted(score.items(), key=lambda s: (-s[1], s[0]))[:_NEAREST]]


@lru_cache(maxsize=8)
def _index(pemda: str, accounts: bool) -> _Index:
    if accounts:  # they are everybody's
        listed = [line for found in _accounts().values() for line in found]
        names = [line.nama for line in listed]
        return _Index(listed, dict(zip(names, normalised(names), strict=True)))
    lines = (line for found in _lines().values() for line in found)
    ours = frozenset(pemda)
    return _Index(
        (line for line in lines if line.tingkat in LEVELS and not ours.isdisjoint(line.pemda)), normalised_names()
    )


@lru_cache(maxsize=1)
def _children() -> dict[str, tuple[Official, ...]]:
    found: dict[str, list[Official]] = defaultdict(list)
    for lines in _lines().values():
        for line in lines:
            if line.induk:
                found[line.induk].append(line)
    return {kode: tuple(lines) for kode, lines in found.items()}


@lru_cache(maxsize=1)
def _lines() -> dict[str, tuple[Official, ...]]:
    """Nomenclature by code, urusan and bidang too."""
    found: dict[str, tuple[Official, ...]] = {}
    for row in reference("nomenklatur.csv.gz"):
        parts = row["kode"].split(".")
        special = len(parts) > 3 and parts[3] not in "12"  # the kind of region that a kegiatan is for
        line = Official(row["kode"], row["nama"], row["tingkat"], "x" if special else row["pemda"])
        found[line.kode] = (*found.get(line.kode, ()), line)
    return found


@lru_cache(maxsize=1)
def _accounts() -> dict[str, tuple[Official, ...]]:
    """Spending accounts by code."""
    found: dict[str, tuple[Official, ...]] = {}
    for kode, uraian in columns("akun.csv.gz", "kode", "uraian"):
        found[kode] = (*found.get(kode, ()), Official(kode, uraian, AKUN))
    return found


def _account(parts: Sequence[str]) -> str:
    """An account's code with the digits of the list: 5.1.2.1 is 5.1.02.01."""
    return ".".join(part.lstrip("0").zfill(width) for part, width in zip(parts, _WIDTH, strict=False))


@lru_cache(maxsize=1)
def _indicators() -> dict[str, tuple[str, str]]:
    return {row["kode"]: (row["indikator"], row["satuan"]) for row in reference("indikator.csv.gz")}


def indicator_of(kode: str) -> tuple[str, str] | None:
    """Indicator and unit of a sub kegiatan, by its official code; None for what is none."""
    return _indicators().get(kode)
