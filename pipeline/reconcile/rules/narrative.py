"""Running text against the tables and against other sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.reconcile.checking import equals, untestable
from pipeline.reconcile.citations import cited_wrongly
from pipeline.reconcile.figures import number, subject, usable
from pipeline.reconcile.interval import alike, is_money
from pipeline.reconcile.items import Items, Row, final_stage, items_of
from pipeline.reconcile.names import NameIndex, squash, tokens
from pipeline.reconcile.othertables import with_other_tables
from pipeline.reconcile.pairing import INDICATOR, Pairing, doubt_columns, doubt_lines, other_version
from pipeline.reconcile.slips import is_telling
from pipeline.reconcile.words import kind
from schemas.checks import Check, Outcome
from schemas.figure import Figure
from schemas.records import Anggaran, Kinerja, Klaim, Report

RULE = "narrative"
SOURCE = "arithmetic: what the text says of a line or indicator is what the tables print of it"

OTHER_FIELD = "angka itu sama dengan angka lain dari baris yang sama: mungkin bukan {field} yang dimaksud kalimatnya"
OTHER_MATTER = "kedua kalimat tidak mencantumkan angka lain yang sama: mungkin tidak tentang hal yang sama"
OTHER_UNIT = "satuan dalam kalimat lain dari satuan dalam tabel"
OTHER_VERSION = "sebagian besar angka bagian teks ini berbeda dari tabel: mungkin tahap atau versi anggaran yang lain"
PERCENT = "persen"
PERCENT_SIGNS = ("%",)
PERCENT_STEMS = ("persen", "prosen")
TELLING = 2  # words that name something in particular, before two sentences are held to mean the same
MONEY = ("anggaran", "realisasi", "persen")


def check(report: Report) -> Iterator[Check]:
    """Angka dalam kalimat sama dengan angka di tabel (dan di kalimat lain) tentang hal yang sama.

    A sentence is compared with the rows whose name it names (year, period and stage the same), a sentence about the
    whole agency with the totals, and with other sentences where no table has the item. One agreeing row is agreement:
    rows that differ from each other are the matter of `cross_table`.
    """
    pairings = list(_with_tables(report))
    paired = {(pairing.klaim.record_id, pairing.field) for pairing in pairings}
    pairings += _with_totals(report, paired)
    paired |= {(pairing.klaim.record_id, pairing.field) for pairing in pairings}
    pairings += with_other_tables(report, paired)
    paired |= {(pairing.klaim.record_id, pairing.field) for pairing in pairings}
    pairings = doubt_columns(report, doubt_lines(report, pairings))
    apart = other_version(report, pairings)
    pairings += _with_sentences(report, paired)
    for pairing in pairings:
        yield _one(report, pairing, pairing.klaim.record_id in apart)
    yield from cited_wrongly(report, RULE)


def _one(report: Report, pairing: Pairing, apart: bool) -> Check:
    name = subject(pairing.klaim, pairing.field, report)
    agreeing = pairing.agreeing
    strict = not _about_money(pairing.klaim) and pairing.field in ("target", "realisasi")
    tested = equals(RULE, name, pairing.figure, agreeing or pairing.others, strict=strict)
    if tested.outcome is Outcome.TIDAK_COCOK and (reason := OTHER_VERSION if apart else pairing.doubt):
        return untestable(RULE, "equal", name, reason, result=pairing.figure, operands=pairing.others)
    return tested


def _about_money(klaim: Klaim) -> bool:
    return klaim.anggaran is not None or (klaim.realisasi is not None and is_money(klaim.realisasi))


def _with_tables(report: Report) -> Iterator[Pairing]:
    for fields, rows in ((MONEY, report.anggaran), (INDICATOR, report.kinerja)):
        items = items_of(report, rows).apart()
        found: dict[int, list[Row]] = defaultdict(list)
        for members in items.groups().values():
            found[items.item_of(members[0])].extend(members)
        named = _named_items(report, items, found, fields is MONEY)
        for klaim in report.klaim:
            item = named.get(klaim.record_id)
            if item is not None:
                same = [row for row in found[item] if _same_slot(klaim, row, items)]
                lines = _one_line(klaim, same, items)
                yield from _pair(
                    klaim, fields, lines if _shares_any(klaim, lines, fields) else _meant(klaim, rows, items, lines)
                )


def _shares_any(klaim: Klaim, rows: Sequence[Row], fields: Sequence[str]) -> bool:
    """Whether a sentence has any figure of the rows it names (or no amount that could tell another row)."""
    mine = [figure for field in fields if (figure := getattr(klaim, field)) is not None and usable(figure)]
    return any(alike(figure, other) for figure in mine for other in _figures(rows, fields))


def _meant(klaim: Klaim, rows: Sequence[Row], items: Items, named: Sequence[Row]) -> Sequence[Row]:
    """The rows of the one line that prints an amount of the sentence, where those it seems to name print none of them.

    A heading may have been missed, so that the sentence hangs under the name of the item before it.
    """
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        for field in ("anggaran", "realisasi"):
            mine: Figure | None = getattr(klaim, field, None)
            other: Figure | None = getattr(row, field, None)
            if mine is None or other is None or mine.value is None or mine.value != other.value or not is_money(mine):
                continue
            if is_telling(mine.value, mine.value) and _same_slot(klaim, row, items):
                found[items.item_of(row)].append(row)
    return next(iter(found.values())) if named and len(found) == 1 else named


def _named_items(report: Report, items: Items, rows: Mapping[int, Sequence[Row]], money: bool) -> dict[str, int]:
    """The table item each sentence names; a spelling that one sentence has of it helps to know it in the others.

    Where two items are as like, the one counts that has rows of the sentence's year, period and stage.
    """
    result: dict[str, int] = {}
    for _ in range(2):
        for klaim in report.klaim:
            name = klaim.subjek or _worked_out(klaim, report)
            if name and klaim.record_id not in result and _about_money(klaim) is money:
                likest = items.candidates(name)
                if len(likest) > 1:
                    likest = [item for item in likest if any(_same_slot(klaim, row, items) for row in rows[item])]
                if len(likest) == 1:
                    result[klaim.record_id] = likest[0]
                    items.learn(name, likest[0])
                elif not likest and not klaim.subjek and (inside := items.within(name)) is not None:
                    result[klaim.record_id] = inside
    return result


def _worked_out(klaim: Klaim, report: Report) -> str | None:
    """What the calculation is about that a sentence without a subject gives the result of."""
    stated = klaim.capaian or klaim.realisasi
    for one in report.formulas:
        if stated is not None and one.hasil.value == stated.value and one.place.page == klaim.place.page and one.subjek:
            return one.subjek
    return None


def _same_slot(klaim: Klaim, row: Row, items: Items) -> bool:
    if isinstance(row, Kinerja) and row.acuan != "tahunan":
        return False
    if isinstance(row, Anggaran) and klaim.tingkat and row.tingkat not in (klaim.tingkat, "lain"):
        return False
    years = (klaim.tahun or items.year) == (row.tahun or items.year)
    stages = (klaim.tahap or items.stage) == (row.tahap or items.stage)
    return years and stages and klaim.periode == row.periode


def _one_line(klaim: Klaim, rows: Sequence[Row], items: Items) -> list[Row]:
    """The rows, unless they are several lines of one name (a kegiatan under several programs)."""
    lines = {(row.tingkat, items.parent_item(row)) for row in rows if isinstance(row, Anggaran)}
    levels = {level for level, _ in lines}
    parents = {parent for _, parent in lines if parent is not None}
    return [] if len(levels) > 1 or len(parents) > 1 else list(rows)


def _pair(klaim: Klaim, fields: Sequence[str], rows: Sequence[Row]) -> Iterator[Pairing]:
    for field in fields:
        figure: Figure | None = getattr(klaim, field)
        if figure is None or not _single(figure):
            continue
        there = tuple(_figures(rows, (field,)))
        if there:
            rest = _figures(rows, [other for other in fields if other != field])
            meant = fields is INDICATOR and any(alike(figure, other, strict=True) for other in rest)
            doubt = OTHER_FIELD.format(field=field) if meant else None
            if fields is INDICATOR and field != "capaian" and not _one_unit(figure, rows, there):
                doubt = OTHER_UNIT
            yield Pairing(klaim, field, figure, there, doubt)


def _one_unit(figure: Figure, rows: Sequence[Row], others: Sequence[Figure]) -> bool:
    """Whether a sentence's figure and those of the rows are both percentages, or neither, as far as they say."""
    units = {_unit(row.satuan) for row in rows if isinstance(row, Kinerja) and row.satuan}
    percent = any(other.unit == PERCENT for other in others) or PERCENT in units
    if figure.unit == PERCENT:
        return percent or not units
    return not percent


def _unit(word: str) -> str:
    return PERCENT if word.strip() in PERCENT_SIGNS or word.casefold().startswith(PERCENT_STEMS) else word


def _figures(rows: Iterable[Row], fields: Sequence[str]) -> list[Figure]:
    figures = [getattr(row, field, None) for row in rows for field in fields]
    return [figure for figure in figures if figure is not None and _single(figure)]


def _single(figure: Figure) -> bool:
    return usable(figure) and figure.high is None


def _with_totals(report: Report, paired: set[tuple[str, str]]) -> Iterator[Pairing]:
    """Sentences about the whole agency against the total rows, where another of their figures shows which total."""
    stage = final_stage(report)
    totals = [row for row in report.anggaran if row.periode is None and _is_whole(row)]
    for klaim in report.klaim:
        if not _about_money(klaim) or klaim.periode or any((klaim.record_id, field) in paired for field in MONEY):
            continue
        year, own_stage = klaim.tahun or report.identity.year, klaim.tahap or stage
        rows = [
            row
            for row in totals
            if (row.tahun or report.identity.year) == year and (row.tahap or stage) == own_stage and _shares(klaim, row)
        ]
        if _of_agency(klaim, report) or rows:
            yield from _pair(klaim, MONEY, rows)


def _is_whole(row: Anggaran) -> bool:
    return row.kelompok == "belanja" and (row.tingkat == "total" or (row.tingkat == "belanja" and row.induk is None))


def _shares(klaim: Klaim, row: Anggaran) -> bool:
    """Whether an amount of the sentence is that of the total (so that the sentence is about it)."""
    for field in ("anggaran", "realisasi"):
        mine, other = getattr(klaim, field), getattr(row, field)
        if usable(mine) and usable(other) and number(mine) != 0 and alike(mine, other):
            return True
    return False


def _of_agency(klaim: Klaim, report: Report) -> bool:
    who = squash(report.identity.instansi or "")
    return bool(who) and who in squash(klaim.subjek or klaim.kalimat)


def _with_sentences(report: Report, paired: set[tuple[str, str]]) -> list[Pairing]:
    """Sentences about the same named thing against each other, where no table has it.

    A name that many sentences give with ever other amounts ("jumlah anggaran kegiatan") names nothing in particular.
    """
    names: NameIndex[int] = NameIndex()
    groups: dict[tuple[object, ...], list[tuple[Klaim, str, Figure]]] = defaultdict(list)
    for place, klaim in enumerate(report.klaim):
        telling = set(tokens(klaim.subjek or "")) - kind("umum")
        if klaim.subjek is None or len(telling) < TELLING or _of_agency(klaim, report):
            continue
        item = names.find(klaim.subjek, 0.9)
        item = place if item is None else item
        names.add(klaim.subjek, item)
        money = _about_money(klaim)
        for field in MONEY if money else INDICATOR:
            figure: Figure | None = getattr(klaim, field)
            if figure is not None and _single(figure):
                slot = (klaim.tahun or report.identity.year, klaim.periode, klaim.tahap, klaim.tingkat)
                groups[(item, money, field, *slot)].append((klaim, field, figure))
    result = []
    by_figure = {figure.id: klaim for group in groups.values() for klaim, _, figure in group}
    for group in groups.values():
        values = {figure.value for _, _, figure in group}
        if len(values) > 2 and len(values) * 2 > len(group):
            continue
        trusted = [figure for klaim, field, figure in group if (klaim.record_id, field) in paired]
        first = (trusted or [group[0][2]])[0]
        for klaim, field, figure in group:
            if figure.id != first.id and (klaim.record_id, field) not in paired:
                doubt = None if _repeats(klaim, field, by_figure[first.id]) else OTHER_MATTER
                result.append(Pairing(klaim, field, figure, (first,), doubt))
    return result


def _repeats(klaim: Klaim, field: str, other: Klaim) -> bool:
    """Whether two sentences give another figure of the thing alike: then they say the same, and may contradict.

    Percentages do not count: a hundred of them are 100.
    """
    for name in ("anggaran", "realisasi", "target"):
        mine, yours = getattr(klaim, name), getattr(other, name)
        if name == field or mine is None or yours is None or mine.id == yours.id:
            continue
        if _single(mine) and _single(yours) and alike(mine, yours):
            return True
    return False
