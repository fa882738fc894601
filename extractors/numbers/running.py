"""Figures in running text: amounts of rupiah, percentages and plain numbers; not dates, laws, list marks or codes."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from string import ascii_letters

from extractors.numbers.cell import parse
from extractors.numbers.core import MIXED, MIXED_FAULT
from extractors.numbers.join import join
from extractors.numbers.model import UNKNOWN, Found, Parsed, Style
from extractors.numbers.normal import same_length
from extractors.numbers.vocabulary import scale_word, scales, unit_at
from schemas.figure import Status
from schemas.values import value
from schemas.vocab import load

_YEAR = re.compile(r"(?:19[4-9]|20\d)\d")
_LIST_MARK = re.compile(
    r"(?m)(?:^[ \t*#>|•\-]*|(?<=[:;|])[ \t]*)\(?\d{1,2}[.)](?=[ \t*]+\D)|(?<![\w(])\d{1,2}\)(?=\s)|\(\d{1,2}\)"
)
_HEADING = re.compile(
    r"(?m)^[ \t*#>|]*(?:[IVX]{1,4}\.[ ]?\d{1,2}(?:\.\d{1,2})*|\d{1,2}(?:\.\d{1,2}){1,4})"
    r"\.?(?=[ \t*]+[A-Z])(?![ \t]+(?:Rp|IDR))"
)
_DATE = re.compile(r"(?<![\d.,])(?:\d{1,2}([-/.])\d{1,2}\1(?:19|20)\d\d|\d{4}-\d{2}-\d{2})(?![\d.,]*\d)")
_SLASHED = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?\s?/\s?\d+(?:\.\d+)*|(?<![\d.,])\d+\s?:\s?\d[\d.,]*")
_FACTOR = re.compile(
    r"(?:\\times|\\cdot|×|(?<![A-Za-z])[xX]|(?<=[\d)}])[ ]?\*)\s*100(?![\d.,])"
)  # the 100 % of a formula
_NIP = re.compile(r"(?<!\d)\d{8}[ .]?\d{6}[ .]?\d?[ .]?\d{3}(?!\d)")
# Each with a pattern that is found, quickly, in all that it matches, and signs of which one stands there.
_NO_FIGURES = (
    (_LIST_MARK, re.compile(r"\d(?:\)|\.[ \t*])"), (")", ". ", ".\t", ".*")),
    (_DATE, re.compile(r"[-/.](?<=\d.)\d\d?[-/.]\d"), ("-", "/", ".")),
    (_SLASHED, re.compile(r"\d\s?[/:]\s?\d"), ("/", ":")),
    (_FACTOR, re.compile(r"100(?![\d.,])"), ("100",)),
    (_NIP, re.compile(r"\d\d{7}[ .]?\d{6}"), ("",)),  # "\d" first: `re` passes over what is none
)
_MAY_HEAD = re.compile(r"(?m)^[ \t*#>|]*[IVX\d]{1,4}\.")  # in all that _HEADING matches
_DIGIT = re.compile(r"\d")
# What may stand in a figure before its first digit ("minus", Rp, IDR, their stops and blanks, a bracket), and how far.
_BEFORE_DIGITS = "minusMINUSıİſrRpPdD .,:(-\t\n\r\f\v\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_LEAD = 48
_WORD_BEFORE = re.compile(r"(?P<word>[A-Za-z][A-Za-z.]*?)[\s.:\-(*]*(?:(?<![A-Za-z])[IVX]{1,4}[.\s]*)?$")
_BETWEEN = ".:-(*" + "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_LETTERS = ascii_letters + "."
_NEAR = 64  # characters around a number that are looked at
_AFTER = re.compile(r"[ \t]+([A-Za-z]+)")
_CLOSES = re.compile(r"[ \t*]*(?:[:\n]|$)")
_MONEY_SHAPE = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?!\1)[.,]\d{2}|\d{1,3}(?:([.,])\d{3})(?:\2\d{3})+")
_GROUPED = re.compile(r"\d[.,]\d{3}(?!\d)")


@cache
def _token() -> re.Pattern[str]:
    scale = "|".join(re.escape(w) for w in sorted(scales(), key=len, reverse=True))
    return re.compile(
        r"(?P<minus>(?<![\w\d])(?:minus |-(?=[\dR])))?"
        r"(?:(?P<cur>(?<![A-Za-z])(?:(?:rp|idr)\s{0,4}[.,:]?\s{0,4}){1,3}(?=[\d(-])|(?<![A-Za-z])R\.?(?=\d{1,3}\.\d{3}))"
        r"(?P<inner>-(?=\d)|\()?)?"
        r"(?(cur)|(?<![\d_^]\.)(?<!\d,)(?<![\w^§#/]))"
        r"(?P<core>\d[\d.,\u200b]*\d|\d)"
        r"(?P<torn>\s\d{1,2}(?![\d.,%]))?"
        r"(?P<dash>\s?[.,]\s?[-=]+(?!\d)|-(?![\w-]))?"
        r"(?P<open_fraction>,(?=\s?\\?%))?"
        rf"(?:\s?(?P<scale>(?:{scale})(?![A-Za-z])))?"
        r"(?P<percent>\s?\\?%|\s(?:persen|prosen)(?![a-z]))?"
        r"(?P<rupiah>\s?rupiah(?![a-z]))?",
        re.IGNORECASE,
    )


@cache
def _words(where: str) -> frozenset[str]:
    return frozenset(r["kata"] for r in load("reference_words") if r["where"] == where)


def find_numbers(text: str, *, style: Style | None = None) -> list[Found]:
    """The figures of `text` in order, with offsets into it.

    `money` holds for an amount with Rp, "rupiah" or ",-", and for one written as rupiah are (1.234.567,00); `percent`
    for one with % or "persen". A unit that follows ("71 poin") is in `parsed.unit`, not in `text`. Years, dates,
    times, numbers of laws, tables, chapters and lists, account codes and ratios are left out.
    """
    plain = same_length(text)
    taken: bytearray | None = None
    found: list[Found] = []
    position = 0
    while digit := _DIGIT.search(plain, position):
        before = plain[max(position, digit.start() - _LEAD) : digit.start()]
        match = _token().search(plain, digit.start() - len(before) + len(before.rstrip(_BEFORE_DIGITS)))
        if match is None:
            break
        position = match.end("core")
        if not match["cur"]:
            taken = _not_figures(plain) if taken is None else taken
            if any(taken[match.start("core") : position]):
                continue
        one = _read(plain, text, match, style or UNKNOWN)
        if one is not None:
            found.append(one)
            position = max(position, one.end)
    return found


def _not_figures(plain: str) -> bytearray:
    """One byte for each character, set where dates, list marks, fractions and numbers of persons stand."""
    taken = bytearray(len(plain))
    there = [
        pattern
        for pattern, screen, signs in _NO_FIGURES
        if any(map(plain.__contains__, signs)) and screen.search(plain)
    ]
    if _MAY_HEAD.search(plain) if "\n" in plain else _MAY_HEAD.match(plain):
        there.append(_HEADING)
    for pattern in there:
        for match in pattern.finditer(plain):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return taken


@value(frozen=True, slots=True)
class _Extent:
    """How far a figure goes, and what its own signs make it."""

    end: int
    money: bool
    percent: bool
    scaled: bool


def _extent(match: re.Match[str]) -> _Extent:
    core, currency = match["core"], bool(match["cur"])
    if match["torn"] and not (currency and join(f"{core}{match['torn']}", money=True)[1:] == (None,)):
        return _Extent(match.end("core"), currency, False, False)  # a second number: this one ends before it
    if match["dash"] == "-" and not (currency or _GROUPED.search(core)):  # "(62,5-" of a torn range, "12-"
        return _Extent(match.start("dash"), False, False, False)
    scaled = bool(match["scale"]) and scale_word(match["scale"], money=currency) is not None
    if match["scale"] and not scaled:
        end = match.start("scale")
        return _Extent(end - (match.string[end - 1] == " "), currency or bool(match["dash"]), False, False)
    money = currency or bool(match["rupiah"] or match["dash"])
    return _Extent(match.end(), money, bool(match["percent"]), scaled)


def _read(plain: str, text: str, match: re.Match[str], style: Style) -> Found | None:
    extent = _extent(match)
    end, money = extent.end, extent.money
    follows = plain[end : end + 1]
    unit = unit_at(plain[end : end + _NEAR].lstrip(" ")) if follows == " " or follows.isalpha() else None
    if follows.isalpha() and unit is None:  # letters grown into the digits: a name, a code
        return None
    if not (money or extent.percent or extent.scaled):
        if _is_reference(plain, match, end, unit):
            return None
        money = unit is None and _MONEY_SHAPE.fullmatch(match["core"]) is not None
    kind = "money" if money else "percent" if extent.percent else "any"
    parsed = _settle(_parse(plain, match, end, style, kind))
    if parsed.value is None or parsed.status is Status.KATA:
        return None
    if unit and parsed.unit is None:
        parsed = replace(parsed, unit=unit)
    start = match.start()
    return Found(start, end, text[start:end], parsed, money and not extent.percent, extent.percent)


def _settle(parsed: Parsed) -> Parsed:
    """A text has no column to differ from: a form that allows one reading alone is neither in doubt nor a fault."""
    if parsed.doubt != MIXED:
        return parsed
    if parsed.why_malformed != MIXED_FAULT:
        return replace(parsed, doubt=None)
    return replace(parsed, doubt=None, status=Status.ANGKA, why_malformed=None)


def _parse(plain: str, match: re.Match[str], end: int, style: Style, kind: str) -> Parsed:
    body = plain[match.start() : end].replace("\u200b", "").replace("\\", "")
    minus = (match["minus"] or "").strip().casefold()
    if minus == "minus":
        body = "-" + body[len("minus") :].lstrip()
    body = body.replace("(", "", 1) if match["inner"] == "(" else body
    return parse(body, style=style, kind=kind)


def _word_before(text: str) -> re.Match[str] | None:
    """`_WORD_BEFORE.search(text)`: the word is the last of the text, or the one before it, with a numeral behind it."""
    last = text.rstrip(_BETWEEN).rstrip(_LETTERS)
    return _WORD_BEFORE.search(text, len(last.rstrip(_BETWEEN).rstrip(_LETTERS)))


def _is_reference(plain: str, match: re.Match[str], end: int, unit: str | None) -> bool:
    """Whether a bare number is a year, a date's day, a law's number, an ordinal, a code: no figure."""
    core, start = match["core"], match.start("core")
    word = _word_before(plain[max(0, start - 32) : start])
    before = word["word"].casefold().rstrip(".") if word else ""
    if before in _words("quantity"):
        return False
    if _YEAR.fullmatch(core) and (unit is None or before in _words("year")):
        return True
    if re.match(r"0\d", core):
        return True
    if unit is None and core.isdigit() and (len(core) >= 6 or (len(core) == 5 and word and word["word"][0].isupper())):
        return True
    after = _AFTER.match(plain[end : end + 24])
    follows = after[1].casefold() if after else ""
    if follows in _words("month") or follows in _words("after"):
        return True
    if before in _words("before"):
        return not (unit and word and ":" in word[0])  # "Kelas: 12 ruang"
    closes = _CLOSES.match(plain[end : end + _NEAR]) is not None
    return (
        closes
        and unit is None
        and (before in _words("label") or plain[max(0, start - 4) : start].rstrip(" ").endswith("/"))
    )
