"""Calculations printed in the text: "342/881 x 100% = 39,00%", in one line or as a fraction over several.

Only the notation is read here; whether it comes out is the checker's matter. In a calculation a number such as "2,849"
counts things (three digits after the only separator group thousands), unless it is a result with a percent sign.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from extractors.numbers import make_figure, parse
from extractors.pecahan import stacked
from schemas.document import Document, Place
from schemas.figure import Figure, Status
from schemas.records import Klaim, Rumus
from schemas.table import TextLine

NUMBER = r"(?:(?:Rp|IDR)\s?[.,:]?\s?)?\d(?:[\d.,]*\d)?(?:,-)?"
UNIT = r"(?:\s?%|\s(?!x\b)[A-Za-z]{2,12}(?=\s*[-+–/:÷xX×*)]))?"
TERM = rf"{NUMBER}{UNIT}"
GROUP = rf"(?:\(\s*{TERM}(?:\s*[-+–]\s*{TERM})*\s*\)|{TERM})"
FACTOR = r"\s*(?:[xX×*]|\\times)\s*100(?![\d.,]*\d)\s*%?"
CALCULATION = re.compile(
    rf"(?<![\w.,/(])(?P<left>{GROUP}\s*(?P<sign>[/:÷])\s*{GROUP})(?P<factor>{FACTOR})?"
    rf"\s*(?P<equal>=|sebesar|adalah|yaitu|menjadi)\s*(?P<result>{NUMBER}\s?%?)"
)
TOKEN = re.compile(rf"(?P<number>{NUMBER})(?P<percent>\s?%)?|(?P<sign>[-+–/:÷()])")
AMBIGUOUS = re.compile(r"\d{1,3}[.,]\d{3}")
GROUPED = Decimal(1000)
REACH = 12  # words before a calculation that say what it is about
NEAR = 24.0  # points between a statement's line and the calculation it goes on with
_FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")
_WRAP = re.compile(r"\\(?:mathbf|mathrm|text|textbf)\{([^{}]*)\}")


def calculations(document: Document, lines: Sequence[TextLine], claims: Sequence[Klaim]) -> tuple[Rumus, ...]:
    """The calculations of one document, in order. A number that a statement holds already is that statement's figure."""
    reader = _Reader(claims)
    found = [reader.make(*one) for one in _inline(lines)]
    for fraction in stacked(document.pages):
        found.append(reader.make(fraction.place, fraction.left, fraction.factor, fraction.result, fraction.subject))
    return tuple(one for one in found if one is not None)


def _plain(text: str) -> str:
    """A line without the notation of formula converters."""
    text = text.replace("$", " ").replace("\\%", "%").replace("\\times", "x").replace("\\cdot", "x")
    while (changed := _WRAP.sub(r"\1", text)) != text:
        text = changed
    return _FRACTION.sub(r"(\1)/(\2)", text)


def _inline(lines: Sequence[TextLine]) -> Iterator[tuple[Place, str, bool, str, str | None]]:
    """Place of the result, left side, whether 100 multiplies it, the result, and the words before."""
    start = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and not lines[end].blank_before and lines[end].bullet is None:
            continue
        printed = " ".join([line.text for line in lines[start:end]])
        if "=" not in printed and "100" not in printed and "\\" not in printed:
            start = end
            continue
        paragraph = [_plain(line.text) for line in lines[start:end]]
        text = " ".join(paragraph)
        offsets = [0, *accumulate(len(part) + 1 for part in paragraph)]
        for match in CALCULATION.finditer(text) if "=" in text or "100" in text else ():
            if match["equal"] != "=" and not match["factor"]:
                continue
            at = bisect_right(offsets, match.start("result"), 0, len(paragraph)) - 1
            words = re.split(r"(?<=[.;])\s", text[: match.start()])[-1].split()[-REACH:]
            subject = " ".join(words).strip(" =:") or _before(lines, start)
            yield lines[start + at].place, match["left"], bool(match["factor"]), match["result"], subject
        start = end


def _before(lines: Sequence[TextLine], start: int) -> str | None:
    """The last line above a bare calculation that has words and is no calculation itself."""
    for line in reversed(lines[max(0, start - 6) : start]):
        if re.search(r"[A-Za-z]{4}", line.text) and "\\frac" not in line.text and "=" not in line.text:
            return line.text.strip(" :*") or None
    return None


class _Reader:
    """Makes calculations of what was found; ids count up in reading order."""

    def __init__(self, claims: Sequence[Klaim]) -> None:
        self.count = 0
        self.claims = claims

    def make(self, place: Place, left: str, factor: bool, result: str, subject: str | None) -> Rumus | None:
        record_id = f"R{self.count + 1}"
        shape: list[str] = []
        operands: list[Figure] = []
        for match in TOKEN.finditer(left):
            if match["number"]:
                figure = self._figure(
                    match[0], place, f"r{self.count + 1}-{len(operands) + 1}", count=not match["percent"]
                )
                if figure is None:
                    return None
                shape.append(str(len(operands)))
                operands.append(figure)
            else:
                shape.append("/" if match["sign"] in ":÷" else "-" if match["sign"] == "–" else match["sign"])
        stated = self._figure(result, place, f"r{self.count + 1}-0", count="%" not in result and not factor)
        if stated is None or len(operands) < 2:
            return None
        if factor and stated.unit is None:
            stated = replace(stated, unit="persen")
        self.count += 1
        form = _tidy("".join(shape)) + ("*100" if factor else "")
        text = f"{left}{' x 100%' if factor else ''} = {result}"
        holder = self._statement(place, stated)
        if holder is None:
            return Rumus(record_id, place, text, form, stated, tuple(operands), subject)
        klaim, field = holder
        mine = [self._held(klaim, figure) for figure in operands]
        return Rumus(record_id, place, text, form, getattr(klaim, field), tuple(mine), klaim.subjek or subject, field)

    def _figure(self, text: str, place: Place, figure_id: str, *, count: bool) -> Figure | None:
        parsed = parse(text, kind="plain")
        if parsed.value is None or parsed.status not in (Status.ANGKA, Status.RUSAK):
            return None
        figure = make_figure(parsed, text.strip(), id=figure_id, place=place)
        if count and figure.decimals == 3 and AMBIGUOUS.fullmatch(text.strip()):
            return replace(figure, value=(parsed.value * GROUPED).quantize(Decimal(1)), decimals=0)
        return figure

    def _statement(self, place: Place, result: Figure) -> tuple[Klaim, str] | None:
        """The statement of the same place that holds the result, and what it calls it."""
        for klaim in self.claims:
            for field in ("capaian", "persen", "realisasi"):
                figure = getattr(klaim, field)
                if figure is not None and figure.value == result.value and _same_line(figure.place, place):
                    return klaim, field
        return None

    def _held(self, klaim: Klaim, figure: Figure) -> Figure:
        for field in ("realisasi", "target", "anggaran", "persen"):
            mine: Figure | None = getattr(klaim, field)
            if mine is not None and mine.value == figure.value and _near(mine.place, figure.place):
                return mine
        return figure


def _tidy(shape: str) -> str:
    """Brackets around a single number say nothing."""
    return re.sub(r"\((\d+)\)", r"\1", shape)


def _same_line(a: Place, b: Place) -> bool:
    if a.page != b.page or a.line != b.line:
        return False
    return a.box is None or b.box is None or abs(a.box.top - b.box.top) <= a.box.height


def _near(a: Place, b: Place) -> bool:
    if a.page != b.page:
        return False
    if a.box is not None and b.box is not None:
        return abs(a.box.top - b.box.top) <= NEAR
    return abs((a.line or 0) - (b.line or 0)) <= 1
