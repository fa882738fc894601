"""Counts in sentences against what they count: parts of a breakdown, indicators and objectives of the agreement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.reconcile.absent import agreed_tables
from pipeline.reconcile.names import squash
from pipeline.reconcile.prose import Paragraph, snippet
from pipeline.reconcile.screen import holding
from schemas.checks import Evidence
from schemas.document import Place
from schemas.records import Report, TypedTable

_BREAKDOWN = re.compile(
    r"(?<![\d.,])(?P<total>\d{1,3})\s+(?P<thing>[a-z]{4,}(?:\s+[a-z]{3,})?)\b(?P<between>[^.;]{0,260}?)"
    r"(?:dengan\s+rincian|rinciannya|terdiri\s+(?:dari|atas)|terbagi\s+(?:atas|menjadi|dalam))\s*:?\s*(?P<parts>[^.;]{8,260})",
    re.IGNORECASE,
)
_PART = re.compile(r"(?<![\d.,(])(\d{1,3})\s*(?:\([a-z ]+\)\s*)?([a-z]{4,})(?:\s+([a-z]{3,}))?", re.IGNORECASE)
_AGREED = re.compile(
    r"(?<![\d.,])(\d{1,2})\s*(?:\([a-z ]+\)\s*)?(sasaran(?:\s+strategis)?|indikator(?:\s+kinerja)?)"
    r"(?!\s+\w*program|\s+kegiatan|\w)",
    re.IGNORECASE,
)
_AGREEMENT = re.compile(r"perjanjian\s+kinerja|penetapan\s+kinerja", re.IGNORECASE)

_HOLDS = re.compile(r"(?<!\w)(?:menetapkan|ditetapkan|memuat|terdiri|berisi|mencakup)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Count:
    """A stated count and what there is: `expected` None where they agree."""

    what: str
    subject: str
    stated: str
    expected: str | None
    place: Place
    sentence: str
    seen: tuple[Evidence, ...]


def breakdowns(text: Sequence[Paragraph]) -> Iterator[Count]:
    """ "4 potensi konflik ... dengan rincian 4 potensi ... dan 3 potensi": the parts make the whole."""
    for paragraph in holding(text, ("rinci", "terdiri", "terbagi")):
        for found in _BREAKDOWN.finditer(paragraph.text):
            head = found["thing"].split()[0].casefold()
            parts = [part for part in _PART.finditer(found["parts"]) if part[2].casefold() == head]
            others = [part for part in _PART.finditer(found["parts"]) if part[2].casefold() != head]
            if len(parts) < 2 or others:
                continue
            whole, total = int(found["total"]), sum(int(part[1]) for part in parts)
            at = found.start("parts")
            shown = f"{' + '.join(part[1] for part in parts)} = {total}"
            words = " ".join(found[0].split())
            yield Count(
                "other_breakdown",
                f"Rincian {found['thing']}",
                shown,
                str(whole) if total != whole else None,
                paragraph.place_at(at),
                snippet(paragraph.text, found.start(), found.end(), 20),
                (Evidence(words, paragraph.place_at(at)),),
            )


def agreed(report: Report, text: Sequence[Paragraph]) -> Iterator[Count]:
    """Sentences that count objectives or indicators of the agreement, against the tables of the agreement."""
    tables = agreed_tables(report)
    if not tables:
        return
    held = [_held(report, table) for table in tables]
    full = [_held(report, table) for table in report.tables if table.kind == "kinerja"]
    elsewhere = {what: {one[what] for one in full} - {0} for what in ("indikator", "sasaran")}
    for paragraph in holding(text, ("penetapan", "perjanjian"), ("sasaran", "indikator")):
        told: set[str] = set()  # a paragraph that says it twice says it once
        for start, end in paragraph.sentences():
            sentence = paragraph.text[start:end]
            if not _AGREEMENT.search(sentence) or not _HOLDS.search(sentence):
                continue
            for what in ("indikator", "sasaran"):
                named = [found for found in _AGREED.finditer(sentence) if found[2].casefold().startswith(what)]
                counts = {one[what] for one in held}
                if not named or 0 in counts:
                    continue
                agreeing = [found for found in named if int(found[1]) in counts | elsewhere[what]]
                if (not agreeing and len(counts) > 1) or what in told:
                    continue
                told.add(what)
                found = (agreeing or named)[0]
                place = paragraph.place_at(start + found.start())
                words = Evidence(" ".join(found[0].split()), place)
                seen = [
                    Evidence(table.raw.title or "", table.raw.place_first, table.raw.table_id) for table in tables[:3]
                ]
                around = snippet(paragraph.text, start + found.start(), start + found.end(), 120)
                right = None if agreeing else str(max(counts))
                yield Count("other_agreed", f"Jumlah {found[2]}", found[1], right, place, around, (words, *seen))


def _held(report: Report, table: TypedTable) -> dict[str, int]:
    """How many objectives and indicators a table of the agreement holds."""
    records = [record for record in report.kinerja if record.table_id == table.raw.table_id]
    return {
        "indikator": len({squash(record.indikator) for record in records}),
        "sasaran": len({squash(record.sasaran) for record in records if record.sasaran}),
    }
