"""Indicators: rows of typed tables -> `Kinerja` records, merged objectives filled down."""

from __future__ import annotations

from functools import cache

import regex

from extractors.cells import TableReader, fold, printed
from extractors.lines import is_word
from extractors.marks import squash
from extractors.slots import Slot, slots_of
from extractors.tables.rows import LIST_NUMBER, is_figure
from schemas.figure import Figure, Status
from schemas.records import Identity, Kinerja
from schemas.vocab import load

ROLES = ("target", "realisasi", "capaian")
# An indicator that says it is a percentage ("Persentase ...", with the usual misspellings).
PERCENTAGE = regex.compile(
    r"^\W*(?:\d+(?:\.\d+)*\.?\s*)?(?:persentase|prosentase|presentase|persentasi|tingkat persentase|%)", regex.I
)
UNIT_IN_NAME = regex.compile(r"\((?P<unit>[^()]{1,30})\)\W*$")
SHORT_LABEL = regex.compile(r"^\p{Lu}-?\d{1,2}$")  # a part of what the row above names
SHORT_LABEL_END = regex.compile(r"\s\p{Lu}-?\d{1,2}$")
TWO_LETTERS, WORD, LONG_WORD = (regex.compile(rf"\p{{L}}{{{count}}}") for count in (2, 3, 4))
NO_UNIT = {"persen", "rp"}


def indicators(
    reader: TableReader, identity: Identity, *, stage: str | None, year: int | None, start: int
) -> tuple[Kinerja, ...]:
    """Records of one table; `start` is the ordinal of the first one in the document (ids are i00001, i00002, ...)."""
    table = reader.table
    name_role = next(
        (
            r
            for r in ("indikator", "sub_kegiatan", "kegiatan", "uraian", "program", "sasaran", "tujuan")
            if reader.columns(r)
        ),
        None,
    )
    if name_role is None:
        return ()
    # Several indicator columns with results of their own (objective beside programme) make several records a row.
    slots = slots_of(table.columns, ROLES, year=identity.year, name_role=name_role)
    several = len({(s.year, s.stage, s.period, s.acuan) for s in slots}) > 1
    base = year or identity.year or None
    records: list[Kinerja] = []
    sasaran: str | None = _sasaran_of_title(table.raw.title) if not reader.columns("sasaran") else None
    last_name: dict[int, str] = {}
    last_context = ""
    for row in reader.body:
        figures = {slot_index: _figures(reader, row, slot) for slot_index, slot in enumerate(slots)}
        filled = any(f is not None for fs in figures.values() for f in fs.values())
        sasaran, last_context = _sasaran(reader, row, sasaran, name_role, filled, last_context)
        if not filled:
            continue
        for index, slot in enumerate(slots):
            fields = figures[index]
            if all(f is None for f in fields.values()) or _repeats_last_target(slot, index, slots, figures):
                continue
            name = _name(reader, row, slot, name_role, last_name)
            if not name or is_word("average", name) or (table.kind == "kinerja" and is_word("total", name)):
                continue
            satuan = _unit(reader, row, slot, name, fields)
            records.append(
                Kinerja(
                    record_id=f"i{start + len(records):05}",
                    table_id=table.raw.table_id,
                    row=row,
                    place=reader.place(row, next(iter(slot.fields.values()))),
                    sasaran=sasaran if sasaran != name else None,
                    indikator=name,
                    satuan=satuan,
                    tahun=slot.year or base,
                    periode=slot.period,
                    tahap=slot.stage or stage,
                    acuan=slot.acuan,
                    kolom=slot.group if several else None,
                    target=fields.get("target"),
                    realisasi=fields.get("realisasi"),
                    capaian=fields.get("capaian"),
                    predikat=_predicate(reader, row),
                )
            )
    return tuple(records)


def _sasaran_of_title(title: str | None) -> str | None:
    """The objective that a caption names ("Evaluasi Sasaran 1: Meningkatnya ..."): nouns of change end in -nya."""
    match = regex.search(
        r"\bsasaran\b[^:]{0,30}?:?\s+(?P<goal>(?:Me|Ter|Ber|Ke|Op|E)\p{L}+nya\b.+)$", title or "", regex.I
    )
    return match["goal"].strip() if match else None


def _figures(reader: TableReader, row: int, slot: Slot) -> dict[str, Figure | None]:
    return {role: printed(reader.figure(row, col)) for role, col in slot.fields.items()}


def _repeats_last_target(
    slot: Slot, index: int, slots: list[Slot], figures: dict[int, dict[str, Figure | None]]
) -> bool:
    """A final-state column ("kondisi akhir") that prints the last year's target once more gives no further record."""
    if slot.acuan != "akhir_rencana" or set(slot.fields) != {"target"}:
        return False
    series = [
        (s.year, i)
        for i, s in enumerate(slots)
        if i != index and s.year and "target" in s.fields and s.name_col == slot.name_col
    ]
    if len(series) < 2 or (slot.year and slot.year < max(series)[0]):
        return False
    last, mine = figures[max(series)[1]].get("target"), figures[index]["target"]
    return bool(last and mine and last.value is not None and last.value == mine.value)


def _sasaran(
    reader: TableReader, row: int, current: str | None, name_role: str, filled: bool, context: str
) -> tuple[str | None, str]:
    """The objective of this row: its own, or the one above it where the cell is merged downwards."""
    own = [fold(reader.text(row, c.index)) for c in reader.columns("sasaran") if c.role != name_role]
    goal = [fold(reader.text(row, c.index)) for c in reader.columns("tujuan")]
    words = [t for t in own if WORD.search(t)]
    if words:
        return words[-1], context
    if any(WORD.search(t) for t in goal) and reader.columns("sasaran"):
        # A row of the goal itself: the objective column is empty because the indicator is the goal's.
        return None, context
    if not filled:
        texts = [
            t for c in reader.table.columns for t in [fold(reader.text(row, c.index))] if t and not LIST_NUMBER.match(t)
        ]
        if len(texts) == 1 and not is_figure(texts[0]) and is_word("group", texts[0]):
            return texts[0], texts[0]
    return current, context


def _name(reader: TableReader, row: int, slot: Slot, name_role: str, last: dict[int, str]) -> str | None:
    columns = [c.index for c in reader.columns(name_role)]
    wanted = slot.name_col if slot.name_col in columns else columns[-1]
    candidates = [wanted, *[c for c in reversed(columns) if c != wanted and slot.name_col is None]]
    label = fold(reader.text(row, wanted))
    if SHORT_LABEL.match(label) and last.get(wanted):
        # "S1", "S2" under "Aparatur yang telah mengikuti pendidikan formal"
        return f"{SHORT_LABEL_END.sub('', last[wanted])} {label}"
    for col in candidates:
        text = fold(reader.text(row, col))
        if TWO_LETTERS.search(text):
            last[wanted] = text
            return text
    if name_role != "sasaran":
        # "A row without an indicator's name, where the programme's or activity's name stands for it."
        for role in ("sub_kegiatan", "kegiatan", "uraian", "program"):
            for column in reversed(reader.columns(role)):
                text = fold(reader.text(row, column.index))
                if WORD.search(text):
                    return text
        for column in reader.columns("nomor", "kode"):
            # a title or a total that stands over several columns
            text = fold(reader.text(row, column.index))
            if LONG_WORD.search(text):
                return text
    return last.get(wanted)


def _unit(reader: TableReader, row: int, slot: Slot, name: str, fields: dict[str, Figure | None]) -> str | None:
    for column in reader.columns("satuan"):
        text = fold(reader.text(row, column.index))
        tokens = set(text.split())
        if len(tokens) == 1:
            text = tokens.pop()  # "% % %": the unit repeated for each line of the cell
        if text:
            return "persen" if text.strip("() ") in {"%", "Persen", "persen", "PERSEN"} else text
    wanted = [fields.get("target"), fields.get("realisasi")]
    for figure in wanted:
        if figure is not None and figure.unit == "persen":
            return "persen"
    if PERCENTAGE.match(name):
        return "persen"
    named = UNIT_IN_NAME.search(name)
    if named and (unit := named["unit"].strip()) and (unit == "%" or (not unit.isupper() and squash(unit) in _units())):
        # "Jumlah produksi (Ton)"; capitals in brackets are an abbreviation of the name ("Indeks ... (IKM)")
        return "persen" if unit == "%" else unit
    for figure in wanted:
        if figure is not None and figure.unit and figure.unit not in NO_UNIT and figure.status is not Status.KATA:
            return figure.unit
    return None


@cache
def _units() -> frozenset[str]:
    return frozenset(squash(row["kata"]) for row in load("units"))


def _predicate(reader: TableReader, row: int) -> str | None:
    for column in reader.columns("predikat"):
        text = fold(reader.text(row, column.index))
        if text and not is_figure(text):
            return text
    return None
