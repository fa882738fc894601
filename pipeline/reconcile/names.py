"""When two printed names mean the same line item or indicator.

Names differ by misspellings, glued words, dropped prefixes ("Pelaksanaan") and cut tails; sibling names differ by one
telling word ("Pelaksanaan Kebijakan di Bidang ..." against "Pelaksanaan Koordinasi di Bidang ..."). So words are
compared, not letters: two names are the same only where every word that differs is a misspelling of its partner, or
where words are missing on one side alone.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from functools import lru_cache
from itertools import chain
from typing import Generic, TypeVar

import numpy as np
from rapidfuzz import fuzz, process

from schemas.vocab import load

Key = TypeVar("Key", bound=Hashable)

MISSPELT = 80  # likeness of two words that are one word misspelt
GLUED = 88  # likeness of the left-over words, written together
MISSING_INSIDE = 0.15  # share of letters that may be missing within a name
MISSING_AT_END = 0.36  # share of letters that may be cut off at the beginning or end
SHORT = 4  # names of fewer words must agree in each of them
TRIED = 12  # names that share most words with another one are compared with it
COUNTED_ONE_BY_ONE = 500  # places of words up to which a plain count is faster than an array
CLOSE = 0.02  # two candidates nearer than this are ambiguous

_TAG = re.compile(r"</?[a-z]+/?>")
_WORD = re.compile(r"[^\W_]+")
_ORDINAL = re.compile(r"^(?:\d+|[ivx]+|[a-z]|[a-z]\d{1,2})$")
_LIST_NUMBER = re.compile(r"^\s*\(?(?:\d{1,2}|[a-z])[.)]\s+(?=[^\W\d])", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()\s]+(?:\s+[^()\s]+){2,}\)")
_DEGREE = re.compile(r"\b([a-z])-(\d)\b")  # "S-1" is "S1"


@lru_cache(maxsize=1)
def _filler() -> frozenset[str]:
    return frozenset(row["kata"] for row in load("reconcile") if row["jenis"] == "pengisi")


@lru_cache(maxsize=1)
def _sources() -> frozenset[str]:
    return frozenset(row["kata"] for row in load("reconcile") if row["jenis"] == "dana")


def _either(word: str, text: str) -> bool:
    """Whether a text has the word beside another, either of which is meant ("BOS/DAK"), or not at all."""
    low = text.casefold()
    return f"{word}/" in low or f"/{word}" in low or re.search(rf"\b{re.escape(word)}\b", low) is None


@lru_cache(maxsize=1)
def _long_forms() -> dict[str, tuple[str, ...]]:
    return {row["singkatan"]: tuple(row["kepanjangan"].split()) for row in load("singkatan_kata")}


@lru_cache(maxsize=8192)
def squash(text: str) -> str:
    """Letters and digits alone, in lower case, without the row's own number."""
    return "".join(_WORD.findall(_LIST_NUMBER.sub("", _TAG.sub(" ", text.casefold()))))


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[str, ...]:
    """The telling words of a name in lower case, short forms written out ("ormas": organisasi, kemasyarakatan)."""
    words = _WORD.findall(_DEGREE.sub(r"\1\2", _LIST_NUMBER.sub("", _TAG.sub(" ", text.casefold()))))
    whole = [part for word in words for part in _long_forms().get(word, (word,))]
    return tuple(word for word in whole if word not in _filler())


@lru_cache(maxsize=65536)
def likeness(a: str, b: str) -> float:
    """From 0 (another thing) to 1 (the same name)."""
    if squash(a) == squash(b):
        return 1.0
    left, right = tokens(a), tokens(b)
    if not left or not right:
        return 0.0
    extra_left, extra_right, misspelt = _pair(left, right)
    if any(_ORDINAL.match(word) for word in (*extra_left, *extra_right)):
        return 0.0
    if any(word in _sources() and not _either(word, text) for text in (a, b) for word in (*extra_left, *extra_right)):
        return 0.0  # the same work from another source of money ("... (DAK)") is another line
    if extra_left and extra_right:
        glued = fuzz.ratio("".join(extra_left), "".join(extra_right))
        if glued < GLUED or abs(len(extra_left) - len(extra_right)) != 1:
            return 0.0
        return 0.97 - 0.02 * misspelt
    if ("(" in a) != ("(" in b) and squash(_BRACKETS.sub(" ", a)) == squash(_BRACKETS.sub(" ", b)):
        return 0.92  # several words in brackets explain a name; a lone one ("(DAK)") may tell it from another
    if _cut_off(a, left, right) or _cut_off(b, right, left):
        return 0.85
    longer, extra = (left, extra_left) if extra_left else (right, extra_right)
    if not extra:
        return max(0.9, 0.99 - 0.02 * misspelt)
    if min(len(left), len(right)) < SHORT:
        return 0.0
    missing = sum(map(len, extra)) / sum(map(len, longer))
    if missing > (MISSING_AT_END if _at_end(longer, extra) else MISSING_INSIDE):
        return 0.0
    return max(0.9 - 0.02 * misspelt - missing / 4, 0.5)


def _cut_off(text: str, words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a name ends in the middle ("... diluar pajak daerah dan") and the other one begins like it."""
    last = _WORD.findall(text.casefold())[-1:]
    return last != [] and last[0] in _filler() and len(words) >= SHORT and other[: len(words)] == words


def _pair(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[list[str], list[str], int]:
    """Words without a partner on either side, in order, and how many pairs are misspellings."""
    extra_left, extra_right = [], list(right)
    for word in left:
        if word in extra_right:
            extra_right.remove(word)
        else:
            extra_left.append(word)
    misspelt = 0
    for word in list(extra_left):
        best = (
            process.extractOne(word, extra_right, scorer=fuzz.ratio, score_cutoff=MISSPELT) if len(word) > 3 else None
        )
        if best is not None:
            extra_left.remove(word)
            extra_right.remove(best[0])
            misspelt += 1
    return extra_left, extra_right, misspelt


def _at_end(words: tuple[str, ...], extra: list[str]) -> bool:
    return list(words[: len(extra)]) == extra or list(words[-len(extra) :]) == extra


@lru_cache(maxsize=1)
def _clauses() -> re.Pattern[str]:
    words = "|".join(sorted(row["kata"] for row in load("reconcile") if row["jenis"] == "klausa"))
    return re.compile(rf"\s(?:{words})\b", re.IGNORECASE)


def _clause(name: str) -> str:
    """A name up to the first word that begins a clause about it."""
    match = _clauses().search(name)
    return name[: match.start()] if match else name


class NameIndex(Generic[Key]):
    """Names with what they stand for; finds the one name that a printed name means."""

    def __init__(self) -> None:
        self._exact: dict[str, Key] = {}
        self._names: list[tuple[str, Key]] = []
        self._known: set[tuple[str, Key]] = set()
        self._by_word: dict[str, array[int]] = defaultdict(lambda: array("i"))  # positions of names, ascending

    def copy(self) -> NameIndex[Key]:
        """An index of the same names that can learn others."""
        other: NameIndex[Key] = NameIndex()
        other._exact.update(self._exact)
        other._names.extend(self._names)
        other._known.update(self._known)
        other._by_word.update((word, numbers[:]) for word, numbers in self._by_word.items())
        return other

    def add(self, name: str, key: Key) -> None:
        if (name, key) in self._known:
            return
        self._known.add((name, key))
        self._exact.setdefault(squash(name), key)
        for word in dict.fromkeys(tokens(name)):
            self._by_word[word].append(len(self._names))
        self._names.append((name, key))

    def find(self, name: str, threshold: float = 0.8) -> Key | None:
        """The key of the likest name, or None where there is none or two are as like as each other."""
        found = self.candidates(name, threshold)
        return found[0] if len(found) == 1 else None

    def candidates(self, name: str, threshold: float = 0.8) -> list[Key]:
        """The keys of the likest name, and of those that are as like (nearer than CLOSE), the best first.

        A sentence may go on after the name ("... berdasarkan hasil rekapitulasi"): the part before is tried then.
        """
        found = self._likest(name, threshold)
        if not found and len(before := _clause(name)) < len(name):
            found = self._likest(before, threshold) if len(tokens(before)) >= SHORT else []
        return found

    def _likest(self, name: str, threshold: float) -> list[Key]:
        exact = self._exact.get(squash(name))
        if exact is not None:
            return [exact]
        words = dict.fromkeys(tokens(name))
        scores: dict[Key, float] = {}
        for number in self._sharing(words, max(1, len(words) // 2)):
            other, key = self._names[number]
            score = likeness(name, other)
            if score >= threshold:
                scores[key] = max(score, scores.get(key, 0.0))
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        return [key for key, score in ranked if ranked[0][1] - score < CLOSE]

    def _sharing(self, words: Iterable[str], need: int) -> list[int]:
        """The names that share most words with some, and at least `need` of them: TRIED at most, the earlier first."""
        listed = [self._by_word[word] for word in words if word in self._by_word]
        if sum(map(len, listed)) < COUNTED_ONE_BY_ONE:
            shared = Counter(chain.from_iterable(listed))
            found = sorted((-count, number) for number, count in shared.items() if count >= need)
            return [number for _, number in found[:TRIED]]
        counts = np.zeros(len(self._names), dtype=np.int32)
        for numbers in listed:
            counts[np.frombuffer(numbers, dtype=np.intc)] += 1
        most: list[int] = []
        for count in range(int(counts.max()), need - 1, -1):
            if len(most) < TRIED:
                most += np.flatnonzero(counts == count)[: TRIED - len(most)].tolist()
        return most
