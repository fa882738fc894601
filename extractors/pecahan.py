"""Fractions typeset over three lines: a numerator, "= ... x 100% = 39,00%" beside the bar, and a denominator.

Told by geometry: the numbers above and below the line of the equals sign that stand between it and what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from schemas.columns import Columns, columns_of
from schemas.document import Box, Page, PageStatus, Place, Word
from schemas.values import value

NUMBER = r"\d(?:[\d.,]*\d)?"
MIDDLE = re.compile(
    rf"^=?\s*(?P<sign>[xX×*]\s*100\s*%|=)\s*=?\s*(?P<result>{NUMBER}\s?%?)?\s*(?P<unit>/?[A-Za-z]+(?:/[A-Za-z]+)?)?\.?$"
)
RESULT = re.compile(rf"^=\s*(?:\d\s)?(?P<result>{NUMBER}\s?%?)\.?$")
SIDE = re.compile(rf"^[∑Σ]?\s*(?P<sum>\(?{NUMBER}(?:\s*[-+–]\s*{NUMBER})*\)?)(?:\s+[A-Za-z]{{2,15}}){{0,3}}$")
FAR = 22.0  # points between the line of the equals sign and the numbers above and below it
BELOW = 48.0  # points down to a result that stands on a line of its own
LINES = 24.0  # points between the lines of one paragraph
SUBJECT = 140.0  # points up to the sentence a fraction illustrates


@value(frozen=True, slots=True)
class Fraction:
    """A fraction with its result, as texts; `subject` is the line of words above it."""

    place: Place
    left: str
    factor: bool
    result: str
    subject: str | None


@value(frozen=True, slots=True)
class _Line:
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        box = self.words[0].box
        for word in self.words[1:]:
            box = box.union(word.box)
        return box

    @property
    def middle(self) -> float:
        return (self.box.top + self.box.bottom) / 2


def stacked(pages: Sequence[Page]) -> Iterator[Fraction]:
    """The fractions of all pages that were read, from the top of each page."""
    for page in pages:
        if page.status is PageStatus.READ and _signs_begin(columns_of(page.words)):
            lines = _lines(page.words)
            for number, line in enumerate(lines):
                found = _fraction(page.number, lines, number, line)
                if found is not None:
                    yield found


def _signs_begin(words: Columns) -> bool:
    """Whether a line may begin with a sign of equality: one that no word of just its height stands to the left of."""
    if "=" not in " ".join(words.text):
        return False
    for at, text in enumerate(words.text):
        if text.startswith("="):
            x0, height = words.x0[at], words.top[at] + words.bottom[at]
            places = zip(words.x0, words.top, words.bottom, strict=True)
            if not any(left < x0 and top + bottom == height for left, top, bottom in places):
                return True
    return False


def _lines(words: Sequence[Word]) -> list[_Line]:
    """Words on one height; fractions stand half a line higher and lower than their sign."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: ((w.box.top + w.box.bottom) / 2, w.box.x0)):
        middle = (word.box.top + word.box.bottom) / 2
        last = rows[-1][0].box if rows else None
        if last is not None and abs((last.top + last.bottom) / 2 - middle) <= max(2.0, last.height * 0.25):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_Line(tuple(sorted(row, key=lambda w: w.box.x0))) for row in rows]


def _fraction(page: int, lines: Sequence[_Line], number: int, line: _Line) -> Fraction | None:
    match = MIDDLE.match(line.text)
    if match is None or not line.text.startswith("="):
        return None
    sign = next((w for w in line.words[1:]), None)
    if sign is None:
        return None
    left, right = line.words[0].box.x1 - 4, sign.box.x0 + 4
    above = _side(lines[max(0, number - 3) : number][::-1], line.middle, left, right)
    below = _side(lines[number + 1 : number + 4], line.middle, left, right)
    if above is None or below is None:
        return None
    result, box = match["result"], line.box
    if result is None:
        for other in lines[number + 1 : number + 6]:
            alone = RESULT.match(other.text)
            if alone and other.middle - line.middle <= BELOW:
                result, box = alone["result"], other.box
                break
    if result is None:
        return None
    left_side = f"({above})/({below})"
    factor = "100" in match["sign"]
    return Fraction(Place(page=page, box=box), left_side, factor, result, _subject(lines, number, line))


def _side(lines: Sequence[_Line], middle: float, left: float, right: float) -> str | None:
    """The sum of numbers on the nearest line, where nothing else stands between the signs."""
    for line in lines:
        if abs(line.middle - middle) > FAR:
            return None
        inside = [w for w in line.words if w.box.x0 >= left and w.box.x1 <= right]
        if inside:
            match = SIDE.match(" ".join(w.text for w in inside))
            return match["sum"].strip("()") if match else None
    return None


def _subject(lines: Sequence[_Line], number: int, line: _Line) -> str | None:
    """The sentence that the fraction works out: the nearest line of words above that is no part of a calculation."""
    for at in range(number - 1, max(-1, number - 14), -1):
        text = lines[at].text
        if line.middle - lines[at].middle > SUBJECT:
            return None
        words = re.search(r"[A-Za-z]{4}", text) and not re.match(r"^[=∑Σ\d]", text) and "=" not in text
        if words and (len(text.split()) >= 4 or text.rstrip().endswith(":")):
            first = at
            while first and at - first < 3 and lines[first].middle - lines[first - 1].middle <= LINES:
                first -= 1
            return " ".join(one.text for one in lines[first : at + 1] if re.search(r"[A-Za-z]{4}", one.text)).strip(
                " :"
            )
    return None
