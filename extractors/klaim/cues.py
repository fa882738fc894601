"""Cue words: which words of a sentence say what the figure behind them is.

The phrases are data (`schemas/vocabulary/klaim_isyarat.csv`). They are matched by spaCy (`tokens`), on a normal form
that takes off -nya, splits glued words ("danrealisasi") and mends one misspelt letter in the long words that carry the
sense ("angaran", "realaisasi").
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache, lru_cache

import regex
from rapidfuzz.distance import Levenshtein

from extractors.klaim import tokens
from schemas import vocab
from schemas.values import value

WORD = regex.compile(r"\p{L}[\p{L}-]*")
STOP = regex.compile(r"[;.]\s")
FUZZY_ROLES = frozenset({"anggaran", "serapan", "realisasi", "kinerja", "target", "capaian"})
FUZZY_LENGTH = 7  # letters: shorter words have too many real neighbours
IGNORED = "abaikan"
APART = str.maketrans(dict.fromkeys("/()[]“”;\"'", " "))  # signs that hold words together; offsets stay
EDGES = ";:,.-"
SIGN = "-"  # all that stands in cue phrases beside words
GLUED = ("dan", "dengan", "dari", "serta", "realisasi", "anggaran", "sebesar", "capaian")


@value(frozen=True, slots=True)
class Cue:
    """A cue phrase at `start`..`end` of a sentence and its role (see the vocabulary file)."""

    start: int
    end: int
    role: str
    text: str


def memory_zone() -> AbstractContextManager[object]:
    """Around the reading of one document; the phrases are learnt before it and stay."""
    _phrases()
    return tokens.memory_zone()


def find_cues(text: str) -> tuple[Cue, ...]:
    """The cue phrases of a sentence in order; of overlapping ones the longest."""
    plain = text.translate(APART)
    phrases = _phrases()
    return tuple(
        Cue(start := run[first][0], end := run[behind - 1][1], role, plain[start:end])
        for run in _runs(plain)
        for first, behind, role in phrases.find(tuple([word for _, _, word in run]))
        if role != IGNORED
    )


def _runs(text: str) -> list[list[tokens.Token]]:
    """The words of a text that are in cue phrases, those that stand side by side together."""
    chunks = text.split(" ")
    known = list(map(_known, chunks))
    if not any(known):
        return []
    runs: list[list[tokens.Token]] = []
    run: list[tokens.Token] = []
    at = 0
    for chunk, parts in zip(chunks, known, strict=True):
        if parts:
            for start, stop, word in parts:
                if word:
                    run.append((at + start, at + stop, word))
                elif run:
                    runs.append(run)
                    run = []
        elif run:
            runs.append(run)
            run = []
        at += len(chunk) + 1
    return [*runs, run] if run else runs


@lru_cache(maxsize=50_000)
def _known(chunk: str) -> tuple[tokens.Token, ...]:
    """The words of a text between two blanks, "" for one that is in no cue phrase; nothing where none of them is."""
    known = _phrases().holds
    if tokens.is_word(chunk):
        word = normal(chunk.lower())
        return ((0, len(chunk), word),) if known(word) else ()
    if not tokens.has_letter(chunk) and SIGN not in chunk:
        return ()
    words = _cut(chunk) if chunk.split() == [chunk] else tokens.parted(chunk, _cut)
    parts = tuple([(start, stop, word if known(word) else "") for start, stop, word in words])
    return parts if any(word for _, _, word in parts) else ()


def _cut(chunk: str) -> tuple[tokens.Token, ...]:
    """The words of a text without blanks, in the vocabulary's form."""
    return tuple((start, stop, normal(word.strip(EDGES) or word)) for start, stop, word in tokens.cut(chunk))


@lru_cache(maxsize=50_000)
def normal(word: str) -> str:
    """The vocabulary's form of a lower-case word, or the word itself."""
    known = _stems()
    if word in known or not word.isalpha():
        return word
    if word.endswith("nya") and (stem := normal(word[:-3])) in known:
        return stem
    for head in GLUED:
        if word.startswith(head) and word[len(head) :] in _fuzzy_stems() | {"fisik"}:
            return word[len(head) :]
    if len(word) >= FUZZY_LENGTH - 1 and word not in structure("salah"):
        # One wrong letter leaves the first three of a long word as they are, or the last three.
        for stem in _stems_about(len(word)):
            alike = stem[:3] == word[:3] or stem[-3:] == word[-3:]
            if alike and Levenshtein.distance(stem, word, score_cutoff=1) <= 1:
                return stem
    return word


def only(piece: str, allowed: frozenset[str]) -> bool:
    """Whether a piece of a sentence holds none but the allowed words, and no end of a sentence."""
    return all(w.casefold() in allowed for w in WORD.findall(piece)) and not STOP.search(piece)


@cache
def structure(kind: str) -> frozenset[str]:
    """The words of one kind (`jenis`) of the vocabulary of small words."""
    return frozenset(row["kata"] for row in vocab.load("klaim_kata") if row["jenis"] == kind)


@cache
def _stems() -> frozenset[str]:
    return frozenset(word for row in vocab.load("klaim_isyarat") for word in row["frasa"].split())


@cache
def _fuzzy_stems() -> frozenset[str]:
    rows = (row for row in vocab.load("klaim_isyarat") if row["peran"] in FUZZY_ROLES)
    stems = {row["frasa"] for row in rows if " " not in row["frasa"]}
    return frozenset(s for s in stems if len(s) >= FUZZY_LENGTH and s.isalpha())


@lru_cache(maxsize=64)
def _stems_about(length: int) -> tuple[str, ...]:
    """The long stems of a length, one letter more or less."""
    return tuple(stem for stem in _fuzzy_stems() if abs(len(stem) - length) <= 1)


@cache
def _phrases() -> tokens.Phrases:
    rows = vocab.load("klaim_isyarat")
    return tokens.Phrases(([normal(word) for _, _, word in tokens.parted(row["frasa"])], row["peran"]) for row in rows)
