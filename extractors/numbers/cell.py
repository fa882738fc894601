"""What one cell (or one figure cut out of a text) says: number, range, dash, nothing, or words."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from extractors.numbers.core import TWO, TWO_WAYS, Core, read_core
from extractors.numbers.join import join
from extractors.numbers.model import UNKNOWN, Parsed, Style
from extractors.numbers.normal import normalise
from extractors.numbers.plain import read_plain
from extractors.numbers.tail import Tail, read_tail
from extractors.numbers.vocabulary import (
    bound_pattern,
    bounds,
    nil_words,
    range_pattern,
)
from schemas.figure import Status

_ONE = Decimal(1)
_LONGEST = 200  # characters; a longer cell is prose
_BEYOND = Decimal(10) ** 16  # the national budget is some 10 ** 15 rupiah
_CURRENCY = r"(?:(?:rp|idr)(?![a-z])\s*[.,:;]?\s*)"
_DASH = re.compile(
    rf"{_CURRENCY}*\(?\s*(?:-\s*)+\)?(?:\s*[.,]\s*(?:0{{1,3}}|-))*\s*(?:%|persen)?|{_CURRENCY}+[.,]-", re.I
)
_ERROR = re.compile(r"#+|#(?:REF|DIV/0|N/A|VALUE|NAME\?|NUM|NULL)!?|#N/A", re.I)
_RATIO = re.compile(r"\d[\d.,]*\s*:\s*\d[\d.,]*")
_DATE = re.compile(r"(?P<d>\d{1,2})(?P<s>[-/.])\d{1,2}(?P=s)(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|\d{1,4}\s*/\s*\d{1,4}")
_GROUPED = re.compile(r"\d[.,]\d{3}(?!\d)")
_AMOUNT = re.compile(r"\d{1,3}([.,])\d{3}\1\d{3}")  # a million and more
_MISREAD = re.compile(r"(?<![A-Za-z])(?:[OoIlS]+[.,]?\d|\d[.,]?[OoIlS]+(?![A-Za-z]))")
_EXPONENT = re.compile(r"(?P<m>\d+(?:[.,]\d+)?)E\+?(?P<e>\d{1,2})", re.I)
_NOTE = re.compile(r"(?<=[\d%,.\-\s])\s*\((?P<note>[^()]*[A-Za-z][^()]*)\)\s*$")
_FOOTNOTE = re.compile(r"(?<=[\d%,\-)])\s*\*+\)?$")
_GRADE = re.compile(r"(?P<word>[A-Za-z][A-Za-z+\- ]{0,24}?)\s*\(\s*(?P<number>[^()]*\d[^()]*)\)")
_NUMBER = re.compile(
    rf"(?P<open>\(\s*)?(?P<sign>[-+]\s*)?(?P<cur>{_CURRENCY}+|r\.?\s*(?=\d)|p\.\s*(?=\d))?"
    r"(?P<sign2>-\s*)?(?P<open2>\(\s*)?(?P<core>[.,]?\d[\d., ]*)(?P<rest>.*)",
    re.I | re.S,
)


def parse(text: str, *, style: Style | None = None, kind: str = "any", scale: Decimal = _ONE) -> Parsed:
    """Read the content of one cell.

    `style` is that of the cell's column (`decide_style`); None or unknown reads an ambiguous form the Indonesian way,
    with a doubt. `kind` is what the column is for: money, percent, plain or any; the cell's own Rp or % goes before
    it. `scale` is the multiplier the header gives ("dalam ribuan"); a percentage is not scaled. Never raises.
    """
    style = style or UNKNOWN
    usual = read_plain(text, style, kind, scale)
    if usual is not None:
        return usual
    clean = normalise(text)
    fixed = _no_number(clean, kind)
    if fixed is not None:
        return fixed
    body = _FOOTNOTE.sub("", _NOTE.sub("", clean)).strip()
    for reader in (_exponent, _formula, _grade, _bound_or_range):
        parsed = reader(body, style, kind, scale)
        if parsed is not None:
            return parsed
    return _number(body, style, kind, scale)


def looks_numeric(text: str) -> bool:
    """Whether a cell could hold a figure: a number (whole or broken), a percentage, a dash, a ratio, a lone Rp or %."""
    clean = normalise(text)
    if not clean or _DATE.fullmatch(clean):
        return False
    parsed = parse(clean)
    if parsed.status is not Status.KATA:
        return True
    if parsed.unit is not None:  # a lone sign, a ratio
        return True
    return parsed.doubt == TWO and not re.search(r"[^\d\s.,%()\-]|^[\d.]+$", re.sub(_CURRENCY, "", clean, flags=re.I))


def _words(doubt: str | None = None, unit: str | None = None) -> Parsed:
    return Parsed(None, 0, unit, Status.KATA, doubt=doubt)


def _no_number(clean: str, kind: str) -> Parsed | None:
    """Nothing, a dash, words, a ratio, a date, an error of a spreadsheet: what is not a number."""
    if not clean:
        return Parsed(None, 0, None, Status.KOSONG)
    if len(clean) > _LONGEST:
        return _words()
    word = nil_words().get(clean.casefold().rstrip(".").strip("()"))
    money = kind == "money" or re.match(r"(?:rp|idr)(?![a-z])", clean, re.I) is not None
    if _DASH.fullmatch(clean) or word == "nihil":
        return Parsed(Decimal(0) if money else None, 0, "rp" if money else None, Status.STRIP)
    if word:
        return _words()
    if _ERROR.fullmatch(clean):
        return Parsed(None, 0, None, Status.RUSAK, why_malformed="galat lembar kerja tercetak di tempat angka")
    if not re.search(r"\d", clean):
        lone = re.sub(r"[\s.,:;()]", "", clean).casefold()
        return _words(unit={"%": "persen", "rp": "rp", "rprp": "rp", "idr": "rp"}.get(lone))
    if _RATIO.fullmatch(clean):
        return _words(unit="rasio")
    if _DATE.fullmatch(clean):
        return _words("tanggal atau pecahan, bukan satu angka")
    return None


def _exponent(body: str, style: Style, kind: str, scale: Decimal) -> Parsed | None:
    """`1,23E+09`: a spreadsheet's short form, most of its digits lost."""
    match = _EXPONENT.fullmatch(body)
    if not match:
        return None
    mantissa, factor = Decimal(match["m"].replace(",", ".")), Decimal(10) ** int(match["e"])
    decimals = -int(mantissa.as_tuple().exponent)
    why = "bentuk pangkat lembar kerja, angkanya tidak tercetak utuh"
    unit = {"money": "rp", "percent": "persen"}.get(kind)
    value = mantissa * factor * scale
    return Parsed(
        value, decimals, unit, Status.RUSAK, scale=factor * scale, doubt="angka dibulatkan", why_malformed=why
    )


def _formula(body: str, style: Style, kind: str, scale: Decimal) -> Parsed | None:
    """`4/4 x 100% = 100%`: the result behind the last equals sign."""
    if "=" not in body.rstrip("=-"):
        return None
    head, _, result = body.rpartition("=")
    if not result.strip() or not re.search(r"\d", result):
        return None
    parsed = parse(result, style=style, kind=kind, scale=scale)
    if parsed.value is None or (head.strip() == "" and parsed.doubt is None):
        return parsed
    return replace(parsed, doubt=parsed.doubt or "hasil sebuah rumus")


def _grade(body: str, style: Style, kind: str, scale: Decimal) -> Parsed | None:
    """`BB (75,35)`: a predicate and its number in brackets."""
    match = _GRADE.fullmatch(body)
    if not match or re.fullmatch(_CURRENCY, match["word"] + " ", re.I) or match["word"].casefold() in bounds():
        return None
    parsed = _number(match["number"].strip(), style, kind, scale)
    if parsed.value is None or not (parsed.decimals or parsed.unit or re.fullmatch(r"[A-Z]{1,3}[+-]?", match["word"])):
        return _words(parsed.doubt or "angka di antara kata")
    return replace(parsed, doubt=parsed.doubt or "angka dalam kurung di belakang kata")


def _bound_or_range(body: str, style: Style, kind: str, scale: Decimal) -> Parsed | None:
    """`≥ 90`, `minimal 80 %`, `91 ≤ 100`, `>90 - 100`, `75 s/d 90 %`."""
    bound = bound_pattern().match(body)
    rest = re.sub(r"^[xX]\s*(?=[≤≥<>])", "", body[bound.end() :] if bound else body)
    for between in range_pattern().finditer(rest, 1):
        low, high = rest[: between.start()], rest[between.end() :]
        if not re.search(r"\d", low) or not re.match(r"\s*(?:rp|idr)?[\s.]*\d", high, re.I):
            continue
        shared = kind if kind != "any" else "percent" if "%" in high else "any"
        first, second = _number(low.strip(), style, shared, scale), _number(high.strip(), style, shared, scale)
        if first.value is None or second.value is None or Status.RUSAK in (first.status, second.status):
            return _words("tampaknya rentang, tetapi tidak terbaca")
        relation = bound["rel"] if bound else between["rel"]
        doubt = first.doubt or second.doubt
        if between["rel"] == "-" and first.value >= second.value:
            doubt = doubt or "ujung rentang tidak berurutan"
        unit = second.unit or first.unit
        return replace(first, high=second.value, unit=unit, relation=_sign(relation), doubt=doubt)
    if not bound:
        return None
    return replace(_number(rest.strip(), style, kind, scale), relation=_sign(bound["rel"]))


def _sign(printed: str) -> str:
    return bounds().get(printed.casefold(), printed if len(printed) == 1 else "-")


def _number(body: str, style: Style, kind: str, scale: Decimal) -> Parsed:
    """One number with its currency, sign, `,-`, scale word, percent sign and unit."""
    match = _NUMBER.fullmatch(body)
    if _MISREAD.search(body):
        return _words("huruf di antara angka")
    if not match:
        return _words("angka di antara kata" if re.search(r"\d", body) else None)
    core, rest = match["core"].rstrip(), match["rest"]
    attached = not match["core"].endswith(" ")
    core, rest, dashed = _dash_sen(core, rest, money=bool(match["cur"]) or kind == "money")
    closed = rest.lstrip().startswith(")")
    opened = bool(match["open"] or match["open2"])
    if closed and not opened:
        return _words("nomor butir, bukan angka")
    rest = rest.lstrip().removeprefix(")") if closed else rest
    after = read_tail(rest, attached=attached, money=bool(match["cur"]) or dashed or kind == "money")
    if after is None or (core.endswith(".") and after.unit):
        return _words(TWO if re.search(r"\d", rest) else "angka di antara kata")
    kind = "percent" if after.percent else "money" if match["cur"] or after.rupiah else kind
    if dashed and kind == "any":  # ",-" stands behind rupiah alone
        kind = "money"
    if after.unit and kind == "money" and not (match["cur"] or after.rupiah or after.unit.startswith("/")):
        kind = "plain"
    run, doubt = join(core, money=kind == "money", percent=kind == "percent", torn_head=style.torn_head)
    if run is None:
        return _words(doubt)
    factor = after.scale.factor if after.scale else _ONE if kind == "percent" else scale
    reads = after.scale.reads if after.scale else "gaya"
    read = read_core(run, style, kind, scaled=factor != 1, scale_reads=reads)
    if after.scale and scale != 1:
        read = replace(read, doubt=read.doubt or "skala di kepala kolom dan di belakang angka")
    if after.scale and read.value is not None and read.decimals == 0 and "." in run:
        read = replace(read, doubt=read.doubt or TWO_WAYS)
    why = _currency_fault(match["cur"] or "") or (_both_ends(read.decimals) if dashed else None)
    return _finish(read, match, kind, after, factor, closed and opened, doubt, why)


def _finish(
    read: Core,
    match: re.Match[str],
    kind: str,
    after: Tail,
    factor: Decimal,
    bracketed: bool,
    doubt: str | None,
    why: str | None,
) -> Parsed:
    """Sign, scale, unit and status around the number that was read."""
    unit = {"money": "rp", "percent": "persen"}.get(kind, after.unit)
    if factor != 1 and read.value is not None and read.value * factor >= _BEYOND:
        doubt = doubt or "angka dikalikan skala menjadi di luar kewajaran"
    doubt, why = doubt or read.doubt, why or read.why
    if read.value is None:
        return _words(doubt)
    value = read.value * factor
    sign = match["sign"] or match["sign2"] or ""
    if bracketed and kind == "any" and re.fullmatch(r"\d{1,2}", match["core"]):
        return _words("nomor kolom atau butir, bukan angka")
    if bracketed and kind != "money" and not _AMOUNT.match(match["core"]):
        doubt = doubt or "angka dalam kurung dibaca negatif"
    if bracketed or sign.strip() == "-":
        if after.unit and sign.endswith(" "):  # "- 5 dokumen" is an item of a list
            doubt = doubt or "tanda - di depan dibaca sebagai tanda butir"
        else:
            value = -value
            doubt = doubt or ("tanda - berjarak dibaca negatif" if sign.endswith(" ") else None)
    status = Status.RUSAK if why else Status.ANGKA
    return Parsed(value, read.decimals, unit, status, scale=factor, doubt=doubt, why_malformed=why)


def _dash_sen(core: str, rest: str, *, money: bool) -> tuple[str, str, bool]:
    """Takes the `,-` (or `.-`, `-`, `,=`) off the end of an amount: (core, rest, whether it closes an amount)."""
    match = re.match(r"\s*[-=]+(?!\s*\d)", rest)
    if not match:
        return core, rest, False
    bare = core.rstrip(" .,")
    amount = money or core.endswith(",") or _GROUPED.search(bare) is not None
    return bare, rest[match.end() :], amount


def _both_ends(decimals: int) -> str | None:
    return "sen tertulis dua kali (desimal dan ',-')" if decimals else None


def _currency_fault(printed: str) -> str | None:
    """What is wrong with the currency sign, as printed before the number."""
    letters = re.findall(r"[a-z]+", printed.casefold())
    if len(letters) > 1:
        return "tanda mata uang tertulis dua kali"
    if letters and letters[0] not in ("rp", "idr"):
        return "tanda mata uang tidak utuh"
    return None
