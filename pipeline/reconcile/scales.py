"""The report's own scale of categories ("Sangat Tinggi: 91 - 100"), from a table or from lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from pipeline.reconcile.screen import stems
from schemas.checks import Evidence
from schemas.records import Report, TypedTable
from schemas.table import Cell, TextLine
from schemas.vocab import load

PERCENT = Decimal(80)  # a scale of percentages goes at least as far
STEPS = 3  # a scale has at least as many categories
NEAR = Decimal(1)  # a figure in a gap no wider than this between two steps ("60 - 79,9", "> 80") may be of either
LINE = 70  # a line of text that states one step is no longer than this
APART = 2  # other lines that may stand between two steps of a scale in running text
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,]\d{1,2})?(?![\w])")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^a-z ]+")
_BRACKET = re.compile(r"\(\s*([A-Za-z]{1,3})\s*\)")
_TAG = re.compile(r"</?[a-z]+/?>|\$|\\(?!g|l)")


@dataclass(frozen=True, slots=True)
class Step:
    """One category: the percentages from `low` to `high` (None: open) and where it is stated."""

    word: str
    short: str | None
    low: Decimal | None
    high: Decimal | None
    shown: str
    seen: Evidence

    def holds(self, value: Decimal) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class Scale:
    """All steps of one scale, the highest first."""

    steps: tuple[Step, ...]

    def step(self, word: str) -> Step | None:
        """The step a printed category names, by its word or its letters ("Sangat Baik (SB)", "SB")."""
        plain = normal(word)
        for step in self.steps:
            if plain == step.word or (step.short and _bare(word) == step.short):
                return step
        return None

    def of(self, value: Decimal) -> tuple[Step, ...]:
        """The steps a percentage may be given: one, or two at a boundary; the top one above all of them."""
        inside = tuple(step for step in self.steps if step.holds(value))
        if inside:
            return inside
        above = [step for step in self.steps if step.low is not None and step.low > value]
        below = [step for step in self.steps if step.high is not None and step.high < value]
        if not above:
            return self.steps[:1]
        if not below:
            return self.steps[-1:]
        upper, lower = above[-1], below[0]
        narrow = upper.low is not None and lower.high is not None and upper.low - lower.high <= NEAR
        return (upper, lower) if narrow else ()


@cache
def _words() -> dict[str, str]:
    return {row["kata"]: row["baku"] for row in load("predikat") if row["jenis"] == "kata"}


@cache
def kind(name: str) -> tuple[str, ...]:
    """Words of one kind of the list of category words, the longest first."""
    return tuple(sorted((row["kata"] for row in load("predikat") if row["jenis"] == name), key=len, reverse=True))


def normal(text: str) -> str:
    """A category in the form it is compared by: small letters, without what stands in brackets ("(SB)")."""
    plain = " ".join(_LETTERS.sub(" ", _BRACKET.sub(" ", _TAG.sub(" ", text)).casefold()).split())
    return _words().get(plain, plain)


@lru_cache(maxsize=16384)
def is_category(text: str) -> bool:
    return normal(text) in _categories()


@cache
def _stems() -> tuple[str, ...]:
    return stems(*_words())


@cache
def _categories() -> frozenset[str]:
    return frozenset(_words().values())


def scales(report: Report) -> tuple[Scale, ...]:
    """All scales the report states, in order."""
    found = [scale for table in report.tables if (scale := _of_table(table)) is not None]
    return (*found, *_of_text(report))


@lru_cache(maxsize=16384)
def bounds(text: str) -> tuple[Decimal | None, Decimal | None] | None:
    """Lower and upper bound that a cell states ("91 ≤ 100", "> 80", "dibawah 55%"); None where it states no range."""
    plain = " ".join(_TAG.sub(" ", text).casefold().split())
    numbers = [Decimal(found[0].replace(",", ".")) for found in _NUMBER.finditer(plain)]
    if len(numbers) == 2:
        return min(numbers), max(numbers)
    if len(numbers) != 1:
        return None
    lower = any(sign in plain for sign in kind("bawah"))
    upper = any(sign in plain for sign in kind("atas"))
    if lower == upper:
        return None
    return (numbers[0], None) if lower else (None, numbers[0])


def _of_table(table: TypedTable) -> Scale | None:
    """A scale: one column of category words beside one of ranges, in all rows below the header.

    Scales of other things than the capaian (satisfaction, efficiency, risk) and scales that are no percentages are none.
    """
    rows = table.raw.rows
    named = {cell.text for row in rows for cell in row if cell is not None and is_category(cell.text.strip())}
    if not named:
        return None
    about = " ".join([table.raw.title or "", *(column.header for column in table.columns)]).casefold()
    if any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", about) for word in kind("skala_lain")):
        return None
    for word_col in range(table.raw.n_cols):
        if sum(is_category(_text(row, word_col)) for row in rows) < STEPS:
            continue
        for range_col in range(table.raw.n_cols):
            steps = [_step(row, word_col, range_col, table) for row in rows if word_col != range_col]
            told = [step for step in steps if step is not None]
            filled = sum(1 for row in rows[table.raw.n_header :] if _text(row, word_col))
            if len(told) >= STEPS and len(told) >= filled - 1 and _far(told) >= PERCENT:
                return _ordered(told)
    return None


def _far(steps: Iterable[Step]) -> Decimal:
    """The largest number of a scale."""
    return max(bound for step in steps for bound in (step.low, step.high) if bound is not None)


def _step(row: Sequence[Cell | None], word_col: int, range_col: int, table: TypedTable) -> Step | None:
    word, span = _text(row, word_col), bounds(_text(row, range_col))
    if span is None or not is_category(word):
        return None
    cell = row[range_col]
    assert cell is not None
    seen = Evidence(f"{word}: {cell.text}", cell.place, table.raw.table_id, cell.row, cell.col)
    return _made(word, span, cell.text, seen)


def _made(word: str, span: tuple[Decimal | None, Decimal | None], shown: str, seen: Evidence) -> Step:
    letters = _BRACKET.search(word)
    initials = "".join(part[0] for part in normal(word).split())
    return Step(normal(word), (letters[1].casefold() if letters else initials), *span, " ".join(shown.split()), seen)


def _text(row: Sequence[Cell | None], col: int) -> str:
    cell = row[col] if col < len(row) else None
    return cell.text.strip() if cell is not None else ""


def _of_text(report: Report) -> Iterator[Scale]:
    """Scales written as lines that follow each other ("85 - 100 : Sangat Baik")."""
    run: list[Step] = []
    last = -1
    for position, line in enumerate(report.text):
        step = _of_line(line)
        if step is None:
            continue
        if run and position - last > APART + 1:
            yield from _long_enough(run)
            run = []
        run.append(step)
        last = position
    yield from _long_enough(run)


def _long_enough(run: Iterable[Step]) -> Iterator[Scale]:
    steps = list(run)
    if (
        len({step.word for step in steps}) >= STEPS
        and _far(steps) >= PERCENT
        and len({step.word for step in steps}) == len(steps)
    ):
        yield _ordered(steps)


def _of_line(line: TextLine) -> Step | None:
    text = line.text
    if len(text) > LINE or not _DIGIT.search(text):
        return None
    low = text.casefold()
    if not any(stem in low for stem in _stems()):
        return None
    words = [word for word in _words() if word in low and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", low)]
    span = bounds(text) if words else None
    if span is None or _NUMBER.sub("", text).count("%") > 2:
        return None
    return _made(max(words, key=len), span, text, Evidence(text, line.place))


def _ordered(steps: Sequence[Step]) -> Scale:
    top = Decimal(10) ** 9
    return Scale(tuple(sorted(steps, key=lambda s: (-(s.low if s.low is not None else -top), -(s.high or top)))))


def _bare(word: str) -> str:
    return " ".join(_LETTERS.sub(" ", word.casefold()).split())
