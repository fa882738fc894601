"""Stated efficiency and savings against the figures they are computed from, in tables and in sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.reconcile.checking import plain, untestable
from pipeline.reconcile.figures import index, usable
from pipeline.reconcile.interval import as_printed
from pipeline.reconcile.prose import Paragraph, paragraphs_of, snippet
from pipeline.reconcile.savings import RATIO, WAYS, Basis, fits, full, in_words, repeats, ways_of
from pipeline.reconcile.screen import positions, stems
from schemas.checks import Check, Evidence, Outcome
from schemas.figure import Figure
from schemas.records import Klaim, Report, TypedTable
from schemas.vocab import load

RULE = "efficiency"
SOURCE = "PermenPAN-RB 53/2014 (efficiency of resources: capaian against serapan); PMK 22/PMK.02/2021 for its formula"

SURE = 2  # rows that follow one way of computing, before another row is held to it
NOT_GIVEN = "capaian atau serapan barisnya tidak dicantumkan"
NOTHING_DONE = "capaian nol: efisiensi tidak bermakna"
UNKNOWN = "cara menghitung efisiensi tidak dapat dikenali dari angka-angka tabel"
NO_FIGURES = "anggaran dan realisasi tidak dicantumkan di dekat kalimat ini"
ROLES = {
    "capaian": "capaian",
    "persen": "serapan",
    "anggaran": "anggaran",
    "realisasi_anggaran": "realisasi",
}


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    stated: Figure
    basis: Basis
    ways: tuple[str, ...]


def check(report: Report) -> Iterator[Check]:
    """Efisiensi atau penghematan yang dicantumkan sesuai dengan capaian, serapan, anggaran dan realisasinya."""
    at: dict[tuple[str | None, int | None, int | None], Figure] = {
        (spot.figure.table_id, spot.figure.row, spot.figure.col): spot.figure for spot in index(report).values()
    }
    for table in report.tables:
        for column in table.columns:
            if column.role == "efisiensi":
                yield from _column(table, list(_rows(table, column.index, at)))
    yield from _sentences(report)


def _rows(
    table: TypedTable, col: int, at: Mapping[tuple[str | None, int | None, int | None], Figure]
) -> Iterator[_Row]:
    table_id = table.raw.table_id
    columns: dict[str, int] = {}
    for column in table.columns:
        if column.role in ROLES and (column.index < col or ROLES[column.role] not in columns):
            columns[ROLES[column.role]] = column.index
    names = [c.index for c in table.columns if c.role in ("indikator", "program", "kegiatan", "uraian", "sasaran")]
    for number in range(table.raw.n_header, len(table.raw.rows)):
        stated = at.get((table_id, number, col))
        if stated is None or not usable(stated):
            continue
        parts = {field: at.get((table_id, number, where)) for field, where in columns.items()}
        basis = Basis(**{field: figure for field, figure in parts.items() if figure is not None and usable(figure)})
        cells = table.raw.rows[number]
        texts = [cell.text for i in names if i < len(cells) and (cell := cells[i]) is not None and cell.text.strip()]
        name = " ".join(texts[-1].split()) if texts else f"baris {number}"
        yield _Row(name, stated, basis, tuple(ways_of(stated, basis)))


def _column(table: TypedTable, rows: Sequence[_Row]) -> Iterator[Check]:
    testable = [row for row in rows if _why_not(row) is None]
    for row in rows:
        if (reason := _why_not(row)) is not None:
            yield _open(row, reason)
    if len(testable) >= SURE and all(repeats(row.stated, row.basis) and not row.ways for row in testable):
        yield _repeated(testable)
        return
    counted = Counter(way for row in testable for way in row.ways)
    usual = counted.most_common(1)[0][0] if counted else None
    swapped = _swapped(testable)
    for row in testable:
        if row.ways:
            yield _agreeing(row, usual)
        elif row in swapped:
            if row is swapped[0]:
                yield _exchanged(swapped[0], swapped[1])
        elif usual is not None and counted[usual] >= SURE:
            yield _failing(row, usual)
        else:
            yield _open(row, UNKNOWN)


def _why_not(row: _Row) -> str | None:
    if row.basis.used is None:
        return NOT_GIVEN
    return NOTHING_DONE if row.basis.capaian is not None and not row.basis.capaian.value else None


def _swapped(rows: Sequence[_Row]) -> tuple[_Row, ...]:
    """Two rows whose efficiency is each other's, by one way of computing."""
    wrong = [row for row in rows if not row.ways]
    for number, first in enumerate(wrong):
        for second in wrong[number + 1 :]:
            for way in WAYS.values():
                one, two = way(first.basis), way(second.basis)
                if one and two and fits(second.stated, one) and fits(first.stated, two):
                    return first, second
    return ()


def _subject(row: _Row) -> str:
    return f"{row.name}: efisiensi"


def _open(row: _Row, reason: str) -> Check:
    return untestable(RULE, "order", _subject(row), reason, result=row.stated, operands=row.basis.figures)


def _agreeing(row: _Row, usual: str | None) -> Check:
    way = usual if usual in row.ways else row.ways[0]
    return plain(
        RULE,
        "order",
        _subject(row),
        Outcome.COCOK,
        row.stated.place,
        result=row.stated,
        operands=row.basis.figures,
        detail=(("rumus", way or ""),),
    )


def _failing(row: _Row, way: str) -> Check:
    computed = WAYS[way](row.basis)
    expected = as_printed(computed.middle, row.stated) if computed else None
    return plain(
        RULE,
        "order",
        _subject(row),
        Outcome.TIDAK_COCOK,
        row.stated.place,
        result=row.stated,
        operands=row.basis.figures,
        expected=expected,
        detail=(("pesan", "efficiency"), ("dasar", "efficiency_way"), ("rumus", way)),
    )


def _exchanged(first: _Row, second: _Row) -> Check:
    value = second.stated.value
    return plain(
        RULE,
        "order",
        _subject(first),
        Outcome.TIDAK_COCOK,
        first.stated.place,
        result=first.stated,
        operands=[second.stated],
        expected=as_printed(value, second.stated) if value is not None else None,
        detail=(("pesan", "efficiency_swapped"), ("lain", second.name)),
    )


def _repeated(rows: Sequence[_Row]) -> Check:
    stated = "; ".join(row.stated.text.strip() for row in rows)
    return plain(
        RULE,
        "order",
        f"Kolom efisiensi ({len(rows)} baris)",
        Outcome.TIDAK_COCOK,
        rows[0].stated.place,
        operands=[row.stated for row in rows],
        stated_as=stated,
        table_id=rows[0].stated.table_id,
        detail=(("pesan", "efficiency_repeats"),),
    )


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(sorted((row["kata"] for row in load("efisiensi") if row["jenis"] == kind), key=len, reverse=True))


@cache
def _spoken() -> re.Pattern[str]:
    def any_of(kind: str) -> str:
        return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in _words(kind))

    between = rf"(?:\s+(?:{any_of('sambung')}|(?:19|20)\d\d))*"
    percent = r"(?P<percent>\d{1,3}(?:[.,]\d{1,3})?)\s*(?:%|persen)"
    money = r"(?P<money>Rp\s*[.:]?\s*\d[\d.]*(?:,\d\d)?)"
    also = r"\s*(?:atau|\(|dengan\s+nilai|senilai|sebesar|yaitu)+\s*(?:sebesar\s+|senilai\s+)?"
    second = money.replace("money", "money2"), percent.replace("percent", "percent2")
    forms = f"(?:{percent}(?:{also}{money})?|{second[0]}(?:{also}{second[1]})?)"
    return re.compile(rf"(?<!\w)(?:{any_of('hemat')}){between}\s+{forms}", re.IGNORECASE)


def _sentences(report: Report) -> Iterator[Check]:
    text = paragraphs_of(report)
    for number in positions(text, stems(*_words("hemat"))):
        paragraph = text[number]
        for found in _spoken().finditer(paragraph.text):
            basis = _near(report, text, number, paragraph.line_at(found.start()))
            for group, unit in (("percent", "persen"), ("percent2", "persen"), ("money", "rp"), ("money2", "rp")):
                if found[group]:
                    yield from _statement(paragraph, found, group, unit, basis)


def _near(report: Report, text: Sequence[Paragraph], number: int, line: int) -> Basis | None:
    """The one statement of budget and realisation in the same paragraph, or in the one before or after."""
    for around in (text[number : number + 1], text[number + 1 : number + 2], text[max(0, number - 1) : number]):
        places = {(one.place.page, one.place.line, one.place.box) for paragraph in around for one in paragraph.lines}
        found = [klaim for klaim in report.klaim if (klaim.place.page, klaim.place.line, klaim.place.box) in places]
        whole = [klaim for klaim in found if _whole(klaim)]
        if len(whole) == 1:
            return Basis(serapan=None, anggaran=whole[0].anggaran, realisasi=whole[0].realisasi)
        if whole:
            return None
    return None


def _whole(klaim: Klaim) -> bool:
    return (
        klaim.anggaran is not None
        and klaim.realisasi is not None
        and usable(klaim.anggaran)
        and usable(klaim.realisasi)
    )


def _statement(
    paragraph: Paragraph, found: re.Match[str], group: str, unit: str, basis: Basis | None
) -> Iterator[Check]:
    place = paragraph.place_at(found.start(group))
    stated = in_words(found[group], place, unit)
    if stated is None or stated.value is None:
        return
    about = " ".join(found[0][: found.start(group) - found.start()].split())
    seen = Evidence(" ".join(found[0].split()), place)
    around = snippet(paragraph.text, found.start(), found.end(), 100)
    if basis is None or basis.anggaran is None:
        yield plain(
            RULE, "order", about, Outcome.TAK_TERUJI, place, stated_as=stated.value, reason=NO_FIGURES, seen=(seen,)
        )
        return
    way = "anggaran - realisasi" if unit == "rp" else "100 - serapan"
    computed = WAYS[way](basis)
    ratio = WAYS[RATIO](Basis(full(basis.anggaran), None, basis.anggaran, basis.realisasi))
    agrees = computed is not None and fits(stated, computed) is not None
    expected = as_printed(computed.middle, stated) if computed is not None else None
    confused = not agrees and unit == "persen" and ratio is not None and fits(stated, ratio) is not None
    yield plain(
        RULE,
        "order",
        about,
        Outcome.COCOK if agrees else Outcome.TIDAK_COCOK,
        place,
        operands=basis.figures,
        stated_as=stated.value,
        expected=expected,
        detail=(
            ("pesan", "efficiency"),
            ("dasar", "efficiency_ratio" if confused else "efficiency_sentence"),
            ("rumus", way),
            ("kalimat", around),
        ),
        seen=(seen,),
    )
