"""Amounts in words ("dua puluh lima juta rupiah") to numbers.

Words are read by their own grammar: a unit from a thousand multiplies all smaller ones before it ("seribu lima ratus
miliar"). Misspelt words are data (`number_words.csv`) or lie within one or two letters of exactly one number word; what
could be two different numbers is not read. Where a word is none, there is no number: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from extractors.numbers.normal import normalise, same_length
from extractors.numbers.vocabulary import unit_at
from schemas.vocab import load

_LONG = 7  # letters from which two may be wrong
_MAX_WORD = 160  # letters of words grown together that are looked at
WORDS_KEPT = 1024  # misspelt words remembered; thirty reports hold a dozen
_OPEN = re.compile(r"\((?P<words>[^()]{2,400}?)(?:\)|(?=\()|\Z|\n\s*\n)")
_SPELT = re.compile(r"(?i)\b(?:ter\s?bilang|dengan huruf)\b\s*[:=]?\s*(?P<words>[^.;()\n]{3,400})")


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A number word in its standard spelling: `kind` and `value` as in number_words.csv."""

    word: str
    kind: str
    value: Decimal


def parse_words(text: str) -> Decimal | None:
    """The number that `text` says, None where it is not an amount in words through and through.

    Closing words ("rupiah", "persen") are allowed; "koma" gives decimals, "... rupiah lima puluh sen" hundredths.
    """
    tokens = re.findall(r"[a-z]+", _plain(text))
    if not tokens or re.search(r"[^\sa-z,.:;/\-]", _plain(text)):
        return None
    words = _recognise(tuple(tokens))
    return _amount(words) if words else None


def find_words(text: str) -> list[tuple[int, int, str, Decimal]]:
    """Amounts in words, in order: (start, end, words, value), with words == text[start:end], without brackets.

    They are looked for in brackets (an unclosed one too) and after "terbilang"; a unit may follow ("(dua orang)").
    """
    plain = same_length(text)
    found: dict[int, tuple[int, int, str, Decimal]] = {}
    for pattern in (_OPEN, _SPELT):
        for match in pattern.finditer(plain):
            start, end = match.span("words")
            hit = _longest(plain, start, end)
            if hit is not None:
                found.setdefault(hit[0], (hit[0], hit[1], text[hit[0] : hit[1]], hit[2]))
    return [found[k] for k in sorted(found)]


def _longest(plain: str, start: int, end: int) -> tuple[int, int, Decimal] | None:
    """The amount that stands from `start` on; what follows it up to `end` must be a unit or nothing."""
    tokens = list(re.finditer(r"[^\s]+", plain[start:end]))
    for count in range(min(len(tokens), 60), 0, -1):
        rest = " ".join(t[0] for t in tokens[count:])
        if rest and not _is_counted(rest):
            continue
        first, last = start + tokens[0].start(), start + tokens[count - 1].end()
        value = parse_words(plain[first:last])
        if value is not None:
            return first, last, value
    return None


def _is_counted(rest: str) -> bool:
    """Whether `rest` names what is counted ("orang"); with a number word in it, an amount would be cut short."""
    words = re.findall(r"[a-z]+", rest.casefold())
    if any(w in _vocabulary() or _fuzzy(w) for w in words):
        return False
    return unit_at(rest) is not None and len(words) <= 4 and not re.search(r"\d", rest)


def _plain(text: str) -> str:
    return re.sub(r"\bRp\.?", " rupiah ", re.sub(r"-\s+", "", normalise(text)), flags=re.I).casefold()


@cache
def _vocabulary() -> dict[str, NumberWord]:
    rows = load("number_words")
    base = {
        r["kata"]: NumberWord(r["kata"], r["kind"], Decimal(r["value"] or 0)) for r in rows if r["kata"] == r["baku"]
    }
    return {r["kata"]: base[r["baku"]] for r in rows}


def _recognise(tokens: tuple[str, ...]) -> list[NumberWord] | None:
    """Each token (or two that a line break parted, or one that is several words grown together) as number words."""
    words: list[NumberWord] = []
    i = 0
    while i < len(tokens):
        both = tokens[i] + tokens[i + 1] if i + 1 < len(tokens) else ""
        exact = _vocabulary().get(tokens[i])
        if both in _vocabulary() and (exact is None or exact.kind == "se" or tokens[i + 1] not in _vocabulary()):
            words.append(_vocabulary()[both])
            i += 2
            continue
        known = [exact] if exact else _split(tokens[i]) or _fuzzy(tokens[i])
        if not known:
            return None
        words.extend(known)
        i += 1
    return words


@lru_cache(maxsize=WORDS_KEPT)
def _split(token: str) -> list[NumberWord] | None:
    """`duapuluhlima`, `seratusribu`: correctly spelt words without blanks between them; None where it is not that."""
    if len(token) > _MAX_WORD:
        return None
    whole = {w: n for w, n in _vocabulary().items() if n.word == w and (len(w) > 2)}
    best: list[list[NumberWord] | None] = [[]] + [None] * len(token)
    for end in range(1, len(token) + 1):
        for word, number in whole.items():
            before = best[end - len(word)] if end >= len(word) else None
            if before is not None and token.endswith(word, 0, end):
                ways = [*before, number]
                if best[end] is None or len(ways) < len(best[end] or ()):
                    best[end] = ways
    return best[-1] or None


@lru_cache(maxsize=WORDS_KEPT)
def _fuzzy(token: str) -> list[NumberWord] | None:
    """The one number word within a letter (two for long words) of `token`; None where there is none, or two."""
    from rapidfuzz.distance import OSA

    if len(token) < 4:
        return None
    near: list[tuple[int, str]] = []
    for word in {n.word for n in _vocabulary().values() if len(n.word) > 3}:
        allowed = 2 if len(word) >= _LONG and len(token) >= _LONG - 1 else 1
        distance = OSA.distance(token, word, score_cutoff=allowed)
        if distance <= allowed:
            near.append((distance, word))
    near.sort()
    if not near or (len(near) > 1 and near[1][0] <= near[0][0] + 1):
        return None
    return [_vocabulary()[near[0][1]]]


def _amount(words: Sequence[NumberWord]) -> Decimal | None:
    """The value of a row of number words by the grammar; None where they make no number."""
    sign = Decimal(1)
    if words[0].kind == "minus":
        sign, words = Decimal(-1), words[1:]
    sen = Decimal(0)
    if words and words[-1].kind == "sen":
        cut = max((i for i, w in enumerate(words) if w.kind == "end"), default=-1)
        if cut >= 0:
            cents = _whole(words[cut + 1 : -1])
            if cents is None or cents >= 100:
                return None
            sen, words = cents / 100, words[:cut]
        else:
            cents = _whole(words[:-1])
            return None if cents is None else sign * cents / 100
    while words and words[-1].kind == "end":
        words = words[:-1]
    if not words or any(w.kind in ("end", "sen", "minus") for w in words):
        return None
    value = _with_decimals(words)
    return None if value is None else sign * (value + sen)


def _with_decimals(words: Sequence[NumberWord]) -> Decimal | None:
    at = [i for i, w in enumerate(words) if w.kind == "koma"]
    if not at:
        return _whole(words)
    if len(at) > 1:
        return None
    whole, after = _whole(words[: at[0]]), list(words[at[0] + 1 :])
    factor = Decimal(1)
    if len(after) > 1 and after[-1].kind == "scale":  # satu koma dua juta
        factor = after.pop().value
    digits = _fraction(after)
    if whole is None or digits is None:
        return None
    return (whole + Decimal(f"0.{digits}")) * factor


def _fraction(words: Sequence[NumberWord]) -> str | None:
    """The digits behind "koma": spelt one by one ("nol lima"), or as a number ("dua puluh lima")."""
    zeros = 0
    while zeros < len(words) and words[zeros].value == 0 and words[zeros].kind == "digit":
        zeros += 1
    rest = words[zeros:]
    if all(w.kind == "digit" for w in rest):
        return "0" * zeros + "".join(str(w.value) for w in rest) or None
    number = _whole(rest)
    return None if number is None else "0" * zeros + str(number)


def _whole(words: Sequence[NumberWord]) -> Decimal | None:
    """A whole number: groups below a thousand before their units; a larger unit multiplies all smaller before it."""
    if not words:
        return None
    if len(words) == 1 and words[0].kind == "digit":
        return words[0].value
    parts: list[tuple[Decimal, Decimal]] = []  # (unit, amount)
    group: list[NumberWord] = []
    for word in words:
        if word.kind not in ("scale", "one"):
            group.append(word)
            continue
        if word.kind == "one":
            if group or (parts and parts[-1][0] <= word.value):
                return None
            parts.append((word.value, word.value))
            continue
        below = _group(group) if group else Decimal(0)
        if below is None:
            return None
        while parts and parts[-1][0] < word.value:
            below += parts.pop()[1]
        if below == 0 or (parts and parts[-1][0] == word.value):
            return None
        parts.append((word.value, below * word.value))
        group = []
    last = _group(group) if group else Decimal(0)
    return None if last is None else sum((amount for _, amount in parts), last)


def _group(words: Sequence[NumberWord]) -> Decimal | None:
    """A number below a thousand: [n ratus | seratus] [n puluh] [n] | [sepuluh..sembilan belas]."""
    total, room, i = Decimal(0), Decimal(1000), 0
    while i < len(words):
        word, following = words[i], words[i + 1].kind if i + 1 < len(words) else ""
        size = word.value
        if word.kind == "se" or (word.kind == "digit" and word.value > 0):
            if following in ("belas", "puluh", "ratus"):
                multiplier = words[i + 1].value
                size = word.value + 10 if following == "belas" else word.value * multiplier
                place = Decimal(10) if following == "belas" else multiplier
                i += 1
            elif word.kind == "se":
                return None
            else:
                place = Decimal(1)
        elif word.kind in ("teen", "hundred"):
            place = Decimal(100) if word.kind == "hundred" else Decimal(10)
        else:
            return None
        closes = place == 10 and (word.kind == "teen" or following == "belas")
        if place >= room:
            return None
        total, room, i = total + size, Decimal(1) if closes else place, i + 1
    return total
