"""Sums over lists of running text: statements listed under another statement, or under a sentence that names a line.

The total is the statement's own amount, or, where the sentence gives none, the amount of the table row with the name it
gives ("Program X, yang dijabarkan dalam 4 kegiatan yaitu: a. ... b. ...").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.reconcile.checking import sums, untestable
from pipeline.reconcile.figures import given, subject, usable, why_not
from pipeline.reconcile.items import Items, final_stage
from pipeline.reconcile.lists import TextList, text_lists
from pipeline.reconcile.names import likeness, squash
from schemas.checks import Check, Outcome
from schemas.figure import Figure
from schemas.records import Anggaran, Klaim, Report
from schemas.table import TextLine

FIELDS = ("anggaran", "realisasi")
LIKE = 0.8
GOES_ON = "daftar rinciannya mungkin berlanjut pada kalimat berikutnya"
MIXED = "rincian di bawahnya dari tingkat yang berbeda-beda"


def listed_sums(report: Report, rule: str) -> Iterator[Check]:
    """Checks of one report's running text."""
    by_id = {klaim.record_id: klaim for klaim in report.klaim}
    children: dict[str, list[Klaim]] = defaultdict(list)
    for klaim in report.klaim:
        if klaim.induk in by_id:
            children[klaim.induk or ""].append(klaim)
    for record_id, listed in children.items():
        parent = by_id[record_id]
        for field in FIELDS:
            stated: Figure | None = getattr(parent, field)
            if stated is not None and given(stated):
                ends = _ends(report, parent, listed[-1])
                yield from _family(rule, stated, listed, field, subject(parent, field, report), ends)
    yield from _under_names(report, rule, children, by_id)


def _ends(report: Report, parent: Klaim, last: Klaim) -> bool:
    """Whether the list under a statement ends for certain with its last item: what follows is placed higher up."""
    order = [klaim.record_id for klaim in report.klaim]
    after = report.klaim[order.index(last.record_id) + 1 :]
    below = {parent.record_id}
    for klaim in after:
        if klaim.induk in below or klaim.induk == last.record_id:
            below.add(klaim.record_id)
        elif klaim.anggaran is not None or klaim.realisasi is not None:
            return klaim.induk is not None or (klaim.tingkat is not None and klaim.tingkat != last.tingkat)
    return True


def _family(
    rule: str, stated: Figure, listed: Sequence[Klaim], field: str, name: str, ends: bool = True
) -> Iterator[Check]:
    figures: list[Figure | None] = [getattr(klaim, field) for klaim in listed]
    if not any(given(figure) for figure in figures):
        return
    there = [figure for figure in figures if figure is not None and usable(figure)]
    reason = None
    if not usable(stated):
        reason = why_not(stated, field)
    elif len({klaim.tingkat for klaim in listed}) > 1:
        reason = MIXED
    elif len({(klaim.tahun, klaim.tahap, klaim.periode) for klaim in listed}) > 1:
        reason = "rincian dari tahun atau tahap yang berbeda-beda"
    elif len(there) < len(figures):
        without = next(klaim for klaim, figure in zip(listed, figures, strict=True) if not usable(figure))
        reason = f"{field} tidak dicantumkan pada rincian {without.subjek!r}"
    if reason:
        yield untestable(rule, "sum", name, reason, result=stated, operands=there)
    elif len({figure.id for figure in there}) == len(there):
        tested = sums(rule, name, stated, there, (("bagian", str(len(there))), ("di", "teks")))
        if tested.outcome is Outcome.TIDAK_COCOK and not ends:
            yield untestable(rule, "sum", name, GOES_ON, result=stated, operands=there)
        else:
            yield tested


def _under_names(
    report: Report, rule: str, children: dict[str, list[Klaim]], by_id: dict[str, Klaim]
) -> Iterator[Check]:
    """Statements under a sentence without an amount of its own, against the table row that the sentence names."""
    rows = [row for row in report.anggaran if row.tingkat in ("program", "kegiatan") and usable(row.anggaran)]
    if not rows:
        return
    items = Items(report, rows)
    grouped: list[tuple[str, list[Klaim]]] = []
    for record_id, listed in children.items():
        parent = by_id[record_id]
        if not given(parent.anggaran) and not given(parent.realisasi):
            grouped.append((parent.subjek or parent.kalimat, listed))
    orphans = {klaim.record_id for klaim in report.klaim if klaim.induk is None}
    grouped += _lists_of_statements(report, orphans)
    for sentence, listed in grouped:
        for row in _named(sentence, listed, rows, items, report):
            for field in FIELDS:
                stated: Figure | None = getattr(row, field)
                if stated is not None and usable(stated):
                    yield from _family(rule, stated, listed, field, subject(row, field, report))


def _lists_of_statements(report: Report, orphans: set[str]) -> list[tuple[str, list[Klaim]]]:
    """Lists of the text in which every item is a statement with an amount."""
    at: dict[tuple[int | None, int | None, float | None], list[Klaim]] = defaultdict(list)
    for klaim in report.klaim:
        if klaim.record_id in orphans and klaim.anggaran is not None:
            at[_spot(klaim.place)].append(klaim)
    result = []
    for found in text_lists(report.text):
        items = [at.get(_spot(report.text[position].place), []) for position in found.items]
        if len(items) > 1 and all(len(item) == 1 for item in items):
            result.append((_intro(report.text, found), [item[0] for item in items]))
    return result


def _spot(place: object) -> tuple[int | None, int | None, float | None]:
    page, line, box = getattr(place, "page", None), getattr(place, "line", None), getattr(place, "box", None)
    return page, line, round(box.top) if box is not None else None


def _intro(lines: Sequence[TextLine], found: TextList) -> str:
    """The sentence above a list, from its first line on."""
    first = found.intro
    while first > 0 and not lines[first].bullet and not lines[first].blank_before and found.intro - first < 6:
        first -= 1
    return " ".join(line.text for line in lines[first : found.intro + 1])


def _named(
    sentence: str, listed: Sequence[Klaim], rows: Sequence[Anggaran], items: Items, report: Report
) -> list[Anggaran]:
    """The one row (a table's line) that the sentence names and the list's year and stage fit; first table only."""
    stage, year = final_stage(report), report.identity.year
    text = squash(sentence)
    item = items.find(sentence)
    first = listed[0]
    level = {"kegiatan": "program", "sub_kegiatan": "kegiatan"}.get(first.tingkat or "")
    found = []
    for row in rows:
        names_it = item == items.item_of(row) if item is not None else text.startswith(squash(row.uraian))
        if not names_it and not likeness(sentence, row.uraian) >= LIKE:
            continue
        same = (row.tahun or year) == (first.tahun or year) and (row.tahap or stage) == (first.tahap or stage)
        if same and row.periode == first.periode and (level is None or row.tingkat == level):
            found.append(row)
    values = {row.anggaran.value for row in found if row.anggaran is not None}
    return found[:1] if len(values) == 1 else []
