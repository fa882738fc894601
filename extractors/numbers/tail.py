"""What stands behind the digits of a number: a scale word, a percent sign, "rupiah", a unit."""

from __future__ import annotations

import re

from extractors.numbers.vocabulary import Scale, scale_word, unit_at
from schemas.values import value

_SPELT = re.compile(r"^\([^()\d]*\)\s*")  # 6 (enam) program
_PERCENT = re.compile(r"%|(?:persen|prosen|percent)(?![a-z])", re.I)
_RUPIAH = re.compile(r"rupiah(?![a-z])|rp\.?(?![a-z])", re.I)


@value(frozen=True, slots=True)
class Tail:
    """`unit` is as printed, None where there is none (or it is % or rupiah)."""

    scale: Scale | None = None
    percent: bool = False
    rupiah: bool = False
    unit: str | None = None


def read_tail(rest: str, *, attached: bool, money: bool) -> Tail | None:
    """The tail that `rest` is; None where it is none: more digits, a sentence, letters grown into the digits.

    `attached` tells that no blank parts it from the digits, `money` that the digits are an amount of rupiah ("1,2 M").
    """
    attached = attached and rest[:1] != " "
    rest = rest.strip().rstrip(";")
    word = re.match(r"[A-Za-z]+", rest)
    scale = scale_word(word[0], money=money) if word else None
    if word and scale:
        rest, attached = rest[word.end() :].removeprefix(".").strip(), False
    percent, rupiah = _PERCENT.match(rest), _RUPIAH.match(rest)
    sign = percent or rupiah
    if sign:
        rest, attached = rest[sign.end() :], False
    rest = _SPELT.sub("", rest.strip()).removeprefix(",").removesuffix(".").strip()
    if rest and not _is_unit(rest, attached):
        return None
    return Tail(scale, bool(percent), bool(rupiah), rest or None)


def _is_unit(rest: str, attached: bool) -> bool:
    """A unit of the vocabulary and a few words with it, or up to three words; no digits but those of m2 and m3."""
    known = unit_at(rest)
    if known and not re.search(r"\d", rest[len(known) :]) and len(rest.split()) <= 6:
        return True
    if attached and not rest.startswith("/"):
        return False
    return not re.search(r"\d", rest) and len(rest.split()) <= 3 and len(rest) > 1
