"""Figures in running text: amounts of rupiah, percentages and plain numbers; not dates, laws, list marks or codes."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from extractors.numbers.cell import parse
from extractors.numbers.core import MIXED, MIXED_FAULT
from extractors.numbers.model import UNKNOWN, Found, Parsed, Style
from extractors.numbers.normal import same_length
from extractors.numbers.vocabulary import scale_word, scales, unit_at
from schemas.figure import Status
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
_WORD_BEFORE = re.compile(r"(?P<word>[A-Za-z][A-Za-z.]*?)[\s.:\-(*]*(?:(?<![A-Za-z])[IVX]{1,4}[.\s]*)?$")
_MONEY_SHAPE = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?!\1)[.,]\d{2}")


@cache
def _token() -> re.Pattern[str]:
    scale = "|".join(re.escape(w) for w in sorted(scales(), key=len, reverse=True))
    return re.compile(
        r"(?P<minus>(?<![\w\d])(?:minus |-(?=[\dR])))?"
        r"(?:(?P<cur>(?<![A-Za-z])(?:(?:rp|idr)\s*[.,:]?\s*)+(?=[\d(-])|(?<![A-Za-z])R\.?(?=\d{1,3}\.\d{3}))"
        r"(?P<inner>-(?=\d)|\()?)?"
        r"(?<![\d_^]\.)(?<![\d],)(?<![\w^§#/])"
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
    taken = _not_figures(plain)
    found: list[Found] = []
    for match in _token().finditer(plain):
        if any(a < match.end("core") and match.start("core") < b for a, b in taken) and not match["cur"]:
            continue
        one = _read(plain, text, match, style or UNKNOWN)
        if one is not None:
            found.append(one)
    return found


def _not_figures(plain: str) -> list[tuple[int, int]]:
    patterns = (_LIST_MARK, _HEADING, _DATE, _SLASHED, _FACTOR, _NIP)
    return [m.span() for pattern in patterns for m in pattern.finditer(plain)]


def _read(plain: str, text: str, match: re.Match[str], style: Style) -> Found | None:
    scale = scale_word(match["scale"], money=bool(match["cur"])) if match["scale"] else None
    percent, end = bool(match["percent"]), _end(match, has_scale=scale is not None)
    grouped = re.search(r"\d[.,]\d{3}(?!\d)", match["core"])
    if match["dash"] == "-" and not (match["cur"] or grouped):  # "(62,5-" of a range torn apart, "12-"
        end = match.start("dash")
        match_dash = False
    else:
        match_dash = bool(match["dash"])
    money = bool(match["cur"] or match["rupiah"] or match_dash)
    torn = match["torn"] and money and re.search(r"[.,]\d{1,2}$", match["core"])
    if match["torn"] and not torn:  # a second number: read this one alone
        end, percent, scale = match.end("core"), False, None
        money = bool(match["cur"])
    unit = unit_at(plain[end:].lstrip(" ")) if plain[end : end + 1] == " " else None
    glued = plain[end : end + 1].isalpha() and end == match.end("core")
    if glued:
        unit = unit_at(plain[end:])
        if unit is None:
            return None
    signed = money or percent or scale is not None
    if not signed and _is_reference(plain, match, end, unit):
        return None
    shape = _MONEY_SHAPE.fullmatch(match["core"]) or re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", match["core"])
    if not percent and unit is None and not money and shape:
        money = True
    start = match.start()
    parsed = _parse(plain, match, start, end, style, "money" if money else "percent" if percent else "any")
    if parsed.value is None or parsed.status is Status.KATA:
        return None
    if parsed.doubt == MIXED:  # a text has no column; what its form says without a doubt is no fault
        wrong = parsed.why_malformed not in (None, MIXED_FAULT)
        parsed = replace(
            parsed,
            doubt=None,
            status=Status.RUSAK if wrong else Status.ANGKA,
            why_malformed=parsed.why_malformed if wrong else None,
        )
    if unit and parsed.unit is None:
        parsed = replace(parsed, unit=unit)
    return Found(start, end, text[start:end], parsed, money and not percent, percent)


def _end(match: re.Match[str], *, has_scale: bool) -> int:
    if has_scale or not match["scale"]:
        return match.end()
    return match.start("scale") - (match.string[match.start("scale") - 1] == " ")


def _parse(plain: str, match: re.Match[str], start: int, end: int, style: Style, kind: str) -> Parsed:
    body = plain[start:end].replace("\u200b", "").replace("\\", "")
    minus = (match["minus"] or "").strip().casefold()
    if minus == "minus":
        body = "-" + body[len("minus") :].lstrip()
    body = body.replace("(", "", 1) if match["inner"] == "(" else body
    return parse(body, style=style, kind=kind)


def _is_reference(plain: str, match: re.Match[str], end: int, unit: str | None) -> bool:
    """Whether a bare number is a year, a date's day, a law's number, an ordinal, a code: no figure."""
    core, start = match["core"], match.start("core")
    word = _WORD_BEFORE.search(plain[max(0, start - 32) : start])
    before = word["word"].casefold().rstrip(".") if word else ""
    if before in _words("quantity"):
        return False
    if _YEAR.fullmatch(core) and (unit is None or before in _words("year")):
        return True
    if re.match(r"0\d", core):
        return True
    if unit is None and core.isdigit() and (len(core) >= 6 or (len(core) == 5 and word and word["word"][0].isupper())):
        return True
    after = re.match(r"[ \t]+([A-Za-z]+)", plain[end : end + 24])
    follows = after[1].casefold() if after else ""
    if follows in _words("month") or follows in _words("after"):
        return True
    if before in _words("before"):
        return not (unit and word and ":" in word[0])  # "Kelas: 12 ruang"
    closes = re.match(r"[ \t*]*(?:[:\n]|$)", plain[end:]) is not None
    return closes and unit is None and (before in _words("label") or plain[:start].rstrip(" ").endswith("/"))
