"""Units and figures that are not the indicator's own: an index given as a percentage, the absorption in an index's cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.reconcile.figures import usable
from pipeline.reconcile.names import NameIndex, squash, tokens
from pipeline.reconcile.once import once
from pipeline.reconcile.prose import Paragraph, snippet
from pipeline.reconcile.screen import holding
from schemas.checks import Evidence
from schemas.document import Place
from schemas.figure import Figure
from schemas.records import Kinerja, Report

PERCENT = frozenset({"persen", "%", "prosen"})
FAR = 3  # times the indicator's other figures that a figure from elsewhere is off
_SCORE = re.compile(r"^\W*(?:\d+[.)]\s*)?(?:indeks|indek|index|nilai|skor)(?!\w)", re.IGNORECASE)
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:%|persen)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Strange:
    """A figure in a unit or a place that is not its own."""

    what: str
    subject: str
    stated: str
    expected: str | None
    place: Place
    sentence: str
    seen: tuple[Evidence, ...]
    table_id: str | None = None
    figure: Figure | None = None


@once
def _scores(report: Report) -> dict[str, list[Kinerja]]:
    """Indicators that are scores by name and that no table gives in percent, with their rows."""
    names: NameIndex[str] = NameIndex()
    rows: dict[str, list[Kinerja]] = defaultdict(list)
    for record in report.kinerja:
        if _SCORE.match(record.indikator):
            name = names.find(record.indikator) or squash(record.indikator)
            names.add(record.indikator, name)
            rows[name].append(record)
    found = {}
    for name, records in rows.items():
        plain = [record for record in records if not any("%" in figure.text for figure in _figures(record))]
        units = {(record.satuan or "").casefold().strip() for record in plain}
        if not units & PERCENT and len(plain) * 2 >= len(records):
            found[name] = records
    return found


def _figures(record: Kinerja) -> list[Figure]:
    return [figure for figure in (record.target, record.realisasi) if figure is not None and usable(figure)]


def as_percent(report: Report, text: Sequence[Paragraph]) -> Iterator[Strange]:
    """Sentences that name a score and give its figures with a percent sign."""
    scores = _scores(report)
    for paragraph in holding(text, ("%", "persen")) if scores else ():
        for start, end in paragraph.sentences():
            sentence = paragraph.text[start:end]
            if not _PERCENT.search(sentence):
                continue
            squashed = squash(sentence)
            for records in scores.values():
                named = any(squash(record.indikator) in squashed for record in records)
                if not named or len(tokens(records[0].indikator)) < 2:
                    continue
                figures = [figure for record in records for figure in _figures(record) if "%" not in figure.text]
                values = {figure.value: figure for figure in figures}
                said = [found for found in _PERCENT.finditer(sentence) if _value(found[1]) in map(str, values)]
                if not said:
                    continue
                shown = ", ".join(" ".join(found[0].split()) for found in said)
                at = start + said[0].start()
                figure = next(figure for value, figure in values.items() if str(value) == _value(said[0][1]))
                seen = (
                    Evidence(shown, paragraph.place_at(at)),
                    Evidence(figure.text, figure.place, figure.table_id, figure.row, figure.col),
                )
                expected = ", ".join(found[1] for found in said)
                around = snippet(paragraph.text, at, at + 6, 140)
                subject = f"{records[0].indikator}: satuan"
                yield Strange("other_unit", subject, shown, expected, paragraph.place_at(at), around, seen)
                break


def _value(text: str) -> str:
    return text.replace(",", ".")


def absorption(report: Report) -> Iterator[Strange]:
    """Results of a score that are the report's absorption in percent, and far from all its other figures."""
    totals = {
        row.persen.value: row.persen
        for row in report.anggaran
        if row.tingkat == "total" and row.persen is not None and row.persen.value is not None and usable(row.persen)
    }
    for records in _scores(report).values() if totals else ():
        for record in records:
            figure = record.realisasi
            if figure is None or figure.value is None or not usable(figure) or "%" not in figure.text:
                continue
            total = totals.get(figure.value)
            others = [
                abs(other.value)
                for one in records
                for other in _figures(one)
                if other.value is not None and other.id != figure.id
            ]
            if total is None or len(others) < 2 or figure.value < FAR * max(others):
                continue
            seen = (
                Evidence(figure.text, figure.place, figure.table_id, figure.row, figure.col),
                Evidence(total.text, total.place, total.table_id, total.row, total.col),
            )
            subject = f"{record.indikator}: realisasi {record.tahun}"
            yield Strange(
                "other_absorption", subject, figure.text.strip(), None, figure.place, "", seen, figure.table_id, figure
            )
