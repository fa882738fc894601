"""Category words ("Baik", "Sangat Tinggi") against the scale the report itself states, in tables and in sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pipeline.reconcile.checking import plain
from pipeline.reconcile.figures import subject, usable
from pipeline.reconcile.interval import other_reading
from pipeline.reconcile.prose import Paragraph, paragraphs_of
from pipeline.reconcile.scales import Scale, Step, is_category, kind, normal, scales
from pipeline.reconcile.screen import beginning, positions, stems
from schemas.checks import Check, Evidence, Outcome
from schemas.document import Place
from schemas.figure import Figure
from schemas.records import Kinerja, Report, TypedTable

RULE = "predicate"
SOURCE = "the report's own scale (Permendagri 86/2017 and PermenPAN-RB 53/2014 leave its steps to the agency)"

OFTEN = 2  # more wrong categories than this in one table are one finding: an older scale was left in it
NO_SCALE = "laporan tidak mencantumkan skala kategori"
NO_WORD = "kata {word!r} bukan kategori dari skala laporan"
TWO_WAYS = "{text!r} dapat dibaca dengan dua cara (ribuan atau desimal)"
OUTSIDE = "{value} di luar rentang skala laporan"
_BEFORE = 110  # characters before a percentage that tell what it is a percentage of


@dataclass(frozen=True, slots=True)
class _Said:
    """A category that the report gives a percentage. `figure` is None in running text."""

    word: str
    value: Decimal
    subject: str
    seen: Evidence
    figure: Figure | None
    sentence: str = ""


def check(report: Report) -> Iterator[Check]:
    """Kategori (predikat) capaian sesuai dengan skala kategori yang dicantumkan laporan itu sendiri."""
    known = scales(report)
    said = list(_in_tables(report))
    tables: dict[str, list[_Said]] = defaultdict(list)
    for one in said:
        tables[one.seen.table_id or ""].append(one)
    for group in tables.values():
        yield from _table(known, group)
    spoken = list(_in_text(report))
    yield from (_tested(known, one) for one in spoken)
    if not known:
        yield from _unlike(spoken)


def _table(known: Sequence[Scale], group: Sequence[_Said]) -> Iterator[Check]:
    wrong = [one for one in group if _outcome(known, one)[0] is Outcome.TIDAK_COCOK]
    if len(wrong) <= OFTEN:
        yield from (_tested(known, one) for one in group)
        return
    yield from (_tested(known, one) for one in group if one not in wrong)
    yield _tested(known, wrong[0], wrong[1:])


def _outcome(known: Sequence[Scale], one: _Said) -> tuple[Outcome, str | None, tuple[Step, ...]]:
    """Whether a category is that of its percentage, why it cannot be told, and the steps the percentage belongs to."""
    if not known:
        return Outcome.TAK_TERUJI, NO_SCALE, ()
    fitting = [scale for scale in known if scale.step(one.word) is not None]
    if not fitting:
        return Outcome.TAK_TERUJI, NO_WORD.format(word=one.word), ()
    steps = [scale.of(one.value) for scale in fitting]
    if _given_by(fitting, one.word, one.value):
        return Outcome.COCOK, None, steps[0]
    other = other_reading(one.figure) if one.figure is not None else None
    if other is not None and _given_by(fitting, one.word, other.value):
        return Outcome.TAK_TERUJI, TWO_WAYS.format(text=other.text), ()
    if not steps[0]:
        return Outcome.TAK_TERUJI, OUTSIDE.format(value=one.value), ()
    return Outcome.TIDAK_COCOK, None, steps[0]


def _given_by(known: Sequence[Scale], word: str, value: Decimal | None) -> bool:
    return value is not None and any(scale.step(word) in scale.of(value) for scale in known)


def _tested(known: Sequence[Scale], one: _Said, more: Sequence[_Said] = ()) -> Check:
    outcome, reason, steps = _outcome(known, one)
    expected = " / ".join(_as_written(step.word, one.word) for step in steps)
    scale = tuple(step.seen for step in steps) if outcome is Outcome.TIDAK_COCOK else ()
    return plain(
        RULE,
        "words",
        one.subject,
        outcome,
        one.seen.place,
        operands=[one.figure] if one.figure is not None and not more else [],
        stated_as=one.word,
        expected=expected or None,
        table_id=one.seen.table_id,
        reason=reason,
        detail=(
            ("pesan", "predicate"),
            ("dasar", "predicate_column" if more else "predicate_scale"),
            ("nilai", as_text(one.value)),
            ("skala", "; ".join(f"{step.word.capitalize()}: {step.shown}" for step in steps)),
            ("banyak", str(len(more) + 1)),
            ("kalimat", one.sentence),
        ),
        seen=(one.seen, *scale, *(said.seen for said in more)),
    )


def _as_written(word: str, like: str) -> str:
    """A category as the report writes them: with capitals, or as letters ("SB")."""
    if like.isupper() and len(like) <= 3:
        return "".join(part[0] for part in word.split()).upper()
    return word.title() if like[:1].isupper() else word


def _in_tables(report: Report) -> Iterator[_Said]:
    """Cells of category columns, each with the percentage of the capaian column it stands behind."""
    tables = {table.raw.table_id: table for table in report.tables}
    for record in report.kinerja:
        figure = record.capaian
        if figure is None or figure.value is None or not usable(figure) or figure.table_id not in tables:
            continue
        table = tables[figure.table_id]
        col = _category_column(table, figure.col)
        cell = table.raw.rows[figure.row][col] if col is not None and figure.row is not None else None
        if cell is None or not re.search(r"[A-Za-z]", cell.text):
            continue
        seen = Evidence(cell.text, cell.place, table.raw.table_id, cell.row, cell.col)
        yield _Said(cell.text.strip(), figure.value, _name(record, report), seen, figure)


def _name(record: Kinerja, report: Report) -> str:
    return subject(record, "predikat", report)


def _category_column(table: TypedTable, col: int | None) -> int | None:
    """The category column that belongs to a capaian column: the next one to its right, before the next capaian."""
    if col is None:
        return None
    for column in table.columns:
        if column.index > col and column.role in ("predikat", "capaian"):
            return column.index if column.role == "predikat" else None
    return None


@cache
def _spoken() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in kind("kata"))
    marks = "|".join(re.escape(word) for word in kind("tanda"))
    number = r"(?<![\d.,])(?P<number>\d{1,3}(?:[.,]\d{1,2})?)\s*(?P<percent>%|persen)?"
    marked = rf"\s*[,;)]?\s*(?:\(|atau|dengan|dan|yang|termasuk|masuk|dalam|pada|ke|\s)*(?:{marks})\s+(?:capaian\s+)?"
    return re.compile(rf"{number}(?:{marked}|\s*\()[\"“*]*(?P<word>{words})(?!\w)", re.IGNORECASE)


@cache
def _bracketed() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in kind("kata"))
    return re.compile(rf"\([\"“*]*(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _other_measure() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in kind("ukuran_lain"))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


_ACHIEVED = re.compile(r"capai|%\s*$", re.IGNORECASE)


def _in_text(report: Report) -> Iterator[_Said]:
    text = paragraphs_of(report)
    told = beginning(text, _bracketed(), ("(",)) | set(positions(text, stems(*kind("tanda"))))
    for paragraph in (text[position] for position in sorted(told)):
        for found in _spoken().finditer(paragraph.text):
            start, end = paragraph.sentence_at(found.start())
            before = paragraph.text[max(start, found.start() - _BEFORE) : found.start()]
            if not _about_achievement(before, found["percent"] is not None):
                continue
            yield _statement(paragraph, found, paragraph.text[start:end])


def _about_achievement(before: str, percent: bool) -> bool:
    """Whether a number is a capaian: what was named last before it is one, not a score with a scale of its own."""
    named = [(found.end(), True) for found in _ACHIEVED.finditer(before)]
    named += [(found.end(), False) for found in _other_measure().finditer(before)]
    return max(named)[1] if named else percent


def _statement(paragraph: Paragraph, found: re.Match[str], sentence: str) -> _Said:
    place: Place = paragraph.place_at(found.start())
    words = " ".join(found[0].split())
    start, _ = paragraph.sentence_at(found.start())
    about = " ".join(paragraph.text[max(start, found.start() - _BEFORE) : found.start()].split()[-10:])
    name = f"{about} {found['number']}{found['percent'] or ''}: predikat".strip()
    value = Decimal(found["number"].replace(",", "."))
    return _Said(found["word"], value, name, Evidence(words, place), None, sentence)


def _unlike(said: Sequence[_Said]) -> Iterator[Check]:
    """Without a scale: one percentage is given one category throughout."""
    by_value: dict[Decimal, list[_Said]] = defaultdict(list)
    for one in said:
        if is_category(one.word):
            by_value[one.value].append(one)
    for value, group in by_value.items():
        words = [normal(one.word) for one in group]
        if len(group) < 2:
            continue
        usual = max(dict.fromkeys(words), key=words.count)
        other = next((one for one in group if normal(one.word) != usual), None)
        first = next(one for one in group if normal(one.word) == usual)
        yield plain(
            RULE,
            "words",
            f"Kategori untuk {as_text(value)} %",
            Outcome.TIDAK_COCOK if other else Outcome.COCOK,
            (other or first).seen.place,
            stated_as=(other or first).word,
            expected=first.word,
            detail=(
                ("pesan", "predicate"),
                ("dasar", "predicate_unlike"),
                ("nilai", as_text(value)),
                ("kalimat", (other or first).sentence),
            ),
            seen=((other or first).seen, first.seen),
        )


def as_text(value: Decimal) -> str:
    """A percentage in words, with a decimal comma."""
    return str(value).replace(".", ",")
