"""How many indicators a closing sentence says were achieved, against what the tables say of each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.reconcile.checking import plain
from pipeline.reconcile.figures import bounded, number, usable
from pipeline.reconcile.items import items_of
from pipeline.reconcile.screen import joined
from pipeline.reconcile.words import count_of, speaks_of
from schemas.checks import Check, Outcome
from schemas.document import Place
from schemas.records import Kinerja, Report

FULL = 100
NEAR = 400  # characters between the number of all indicators and the numbers of those achieved and not
_COUNT = r"(?P<{0}>\d{{1,3}}|[a-z]+(?:\s(?:belas|puluh(?:\s[a-z]+)?))?)(?:\s*\([a-z\d ]+\))?"
_THING = r"\s+(?:buah\s+)?indikator(?:\s+kinerja)?(?:\s+(?:utama|sasaran|strategis))*"
TOTAL = re.compile(rf"\bdari\s+{_COUNT.format('total')}{_THING}", re.IGNORECASE)
MET = re.compile(
    rf"(?:sebanyak\s+)?(?<![\w,.]){_COUNT.format('met')}{_THING}\s+(?:yang\s+)?(?:telah\s+|sudah\s+)?"
    r"(?:berhasil|mencapai|tercapai|memenuhi|melampaui|dapat\s+dicapai|dicapai)(?!\s+(?:\w+\s+){0,3}tidak)",
    re.IGNORECASE,
)
REST = re.compile(
    rf"(?:sedangkan|dan|sementara|sisanya)\s+(?:sebanyak\s+)?{_COUNT.format('rest')}{_THING}", re.IGNORECASE
)


def achieved_counts(report: Report, rule: str) -> Iterator[Check]:
    """Checks of sentences "dari 9 indikator, 7 indikator berhasil dicapai, sedangkan 2 indikator ..."."""
    reached = _reached(report)
    if not reached or None in reached.values():
        return
    met = sum(1 for one in reached.values() if one)
    whole = joined(report.text)
    for match in whole.matches(TOTAL, ("dari",)):
        if _value(match["total"]) != len(reached):
            continue
        reach = whole.text[match.end() : match.end() + NEAR]
        first = MET.search(reach)
        if first is None or (stated := _value(first["met"])) is None:
            continue
        at = match.end() + first.start()
        sentence = " ".join(whole.text[match.start() : match.end() + first.end()].split())
        yield _check(rule, "berhasil dicapai", stated, met, report.text[whole.line_at(at)].place, sentence)
        second = REST.search(reach, first.end())
        if second is not None and (rest := _value(second["rest"])) is not None and stated + rest == len(reached):
            place = report.text[whole.line_at(match.end() + second.start())].place
            yield _check(rule, "belum atau tidak dicapai", rest, len(reached) - met, place, sentence)


def _check(rule: str, what: str, stated: int, expected: int, place: Place, sentence: str) -> Check:
    outcome = Outcome.COCOK if stated == expected else Outcome.TIDAK_COCOK
    return plain(
        rule,
        "count",
        f"Jumlah indikator kinerja yang {what}",
        outcome,
        place,
        stated_as=str(stated),
        expected=str(expected),
        detail=(("kalimat", sentence), ("pesan", "achieved")),
    )


def _reached(report: Report) -> dict[int, bool | None]:
    """For each indicator of the year whether it was reached; None where the tables do not tell."""
    items = items_of(report, report.kinerja)
    result: dict[int, bool | None] = {}
    for record in report.kinerja:
        if record.tahun != report.identity.year or record.periode or record.acuan != "tahunan":
            continue
        item = items.item_of(record)
        told = _told(record)
        result[item] = told if told is not None else result.get(item, False)
    return result


def _told(record: Kinerja) -> bool | None:
    """Whether one row says that the indicator was reached; no result at all is not reached, no row's word is None."""
    if record.capaian is not None and usable(record.capaian):
        return number(record.capaian) >= FULL
    real, target = record.realisasi, record.target
    if real is None or target is None or not usable(real) or not usable(target) or bounded(target):
        return None
    below = number(real) <= number(target) if speaks_of("rendah", record.indikator) else False
    return below or number(real) >= number(target)


def _value(text: str) -> int | None:
    return int(text) if text.isdigit() else count_of(text)
