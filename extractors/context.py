"""What a table's caption and the text around it say of its rows: stage (murni/perubahan) and year."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from extractors.marks import squash
from extractors.roles import year_of
from schemas.document import Place
from schemas.records import Identity, TypedTable
from schemas.table import TextLine
from schemas.vocab import load


@cache
def _pattern(kind: str) -> regex.Pattern[str]:
    return regex.compile("|".join(row["pattern"] for row in load("stage_titles") if row["kind"] == kind))


def stages(tables: Sequence[TypedTable]) -> dict[str, str]:
    """table_id -> stage, for tables of an agreement (perjanjian kinerja, DPA) in a report that contrasts two versions.

    Source: PermenPAN-RB 53/2014 lets an agreement be revised; "perubahan" in the caption is the revised one, and the
    plain one beside it the original. A report with one version only has no stages.
    """
    agreements = {
        t.raw.table_id: title
        for t in tables
        for title in [squash(t.raw.title)]
        # A table of results ("Capaian Perjanjian Kinerja") measures the agreement, it is no version of it.
        if _pattern("agreement").search(title) and not _pattern("results").search(title)
    }
    revised = {i for i, title in agreements.items() if _pattern("revised").search(title)}
    if not revised:
        return {}
    found = dict.fromkeys(revised, "perubahan")
    for i, title in agreements.items():
        if i not in revised and not regex.search("rencanakinerjatahunan|rencanaaksi", title):
            found[i] = "murni"
    return found


def years(tables: Sequence[TypedTable], text: Sequence[TextLine], identity: Identity) -> dict[str, int]:
    """table_id -> the year its rows speak of, where that is not the year reported on and no column says so.

    A caption alone may be left over from last year's report (a defect of the report, not a fact about the rows), so
    another year counts only when the heading before the table names it too or says "tahun sebelumnya", or when the
    document is a plan and the table holds results, which a plan cannot have of its own year.
    """
    found: dict[str, int] = {}
    for table in tables:
        year = year_of(table.raw.title or "")
        if year is None or not identity.year or year == identity.year or abs(year - identity.year) > 10:
            continue
        results = any(c.role in ("realisasi", "capaian", "realisasi_anggaran") for c in table.columns)
        plan = identity.jenis in ("rkt", "pk")
        near = _lines_before(text, table.raw.caption_place or table.raw.place_first)
        said = any(
            (str(year) in line.text and str(identity.year) not in line.text and len(line.text) < 200)
            or _pattern("last_year").search(squash(line.text))
            for line in near
        )
        if year < identity.year and ((plan and results) or said):
            found[table.raw.table_id] = year
    return found


def _lines_before(text: Sequence[TextLine], place: Place, count: int = 4) -> list[TextLine]:
    if place.line is not None:
        before = [t for t in text if t.place.line is not None and t.place.line < place.line]
    else:
        before = [
            t
            for t in text
            if t.place.page is not None
            and place.page is not None
            and (
                t.place.page < place.page
                or (t.place.page == place.page and t.place.box and place.box and t.place.box.top < place.box.top)
            )
        ]
    return before[-count:]
