"""Budget lines: rows of typed tables -> `Anggaran` records, with level and parent.

Levels and parents come from the account code where there is one, else from the column, the words, the national
nomenclature, typography and order; never from sums.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from extractors.cells import TableReader, fold, printed
from extractors.lines import is_word, level_word, split_code, split_number
from extractors.marks import squash
from extractors.nomenklatur import kelompok_of, level_of
from extractors.slots import slots_of
from extractors.tables.figures import KEPT
from extractors.tables.rows import is_figure, is_list_number
from schemas.figure import Status
from schemas.records import Anggaran, Column, Identity

ROLES = ("anggaran", "realisasi_anggaran", "persen")
NAMES = ("uraian", "program", "kegiatan", "sub_kegiatan")
RANK = {"unit": 0, "program": 1, "kegiatan": 2, "sub_kegiatan": 3, "belanja": 4, "lain": 5}
Records = dict[tuple[int | None, str | None, str | None], str]  # year, stage and period -> record

_CODE = regex.compile(r"[\dXx]+(?:[.\-\s]+[\dXx]+)*\.?")
_CODE_MARK = regex.compile(r"[.\-]")
_BLANKS = regex.compile(r"\s+")
_LETTER = regex.compile(r"\p{L}")
_WORD = regex.compile(r"\p{L}{3}")
_LONG_WORD = regex.compile(r"\p{L}{4}")
_DIGIT = regex.compile(r"\d")
_ROMAN = regex.compile(r"[IVX]+")
_YEAR = regex.compile(r"(?:19|20)\d{2}")


@dataclass(slots=True)
class _Line:
    """One row of a budget table before levels are settled."""

    row: int
    kode: str | None
    nomor: str | None
    name: str
    role: str
    level: str | None
    capitals: bool
    bold: bool
    italic: bool
    has_money: bool


def budget_lines(
    reader: TableReader, identity: Identity, *, stage: str | None, year: int | None, start: int
) -> tuple[Anggaran, ...]:
    """Records of one table; `start` is the ordinal of the first one in the document (ids are a00001, a00002, ...)."""
    table = reader.table
    slots = slots_of(table.columns, ROLES, year=identity.year)
    # A lone percentage column without any amount is no budget.
    if not any({"anggaran", "realisasi_anggaran"} & set(s.fields) for s in slots):
        return ()
    lines = [line for line in (_line(reader, i) for i in reader.body) if line is not None]
    levels = _levels(lines, table.columns, year or identity.year or None)
    base = year or identity.year or None
    records: list[Anggaran] = []
    above = _Above()
    for line, level in zip(lines, levels, strict=True):
        if not line.has_money:
            if level in RANK and line.name:
                above.parent(level, line)
            continue
        row_year = _row_year(reader, line.row)
        mine: Records = {}
        parent_line = None if level == "total" else above.parent(level, line)
        for slot in slots:
            figures = {role: printed(reader.figure(line.row, col)) for role, col in slot.fields.items()}
            if all(f is None for f in figures.values()):
                continue
            if (
                not any(
                    f is not None and role != "persen" and f.status is not Status.KATA for role, f in figures.items()
                )
                and len(slots) > 1
            ):
                continue
            key = (slot.year or row_year or base, slot.stage or stage, slot.period)
            record = Anggaran(
                record_id=f"a{start + len(records):05}",
                table_id=table.raw.table_id,
                row=line.row,
                place=reader.place(line.row, next(iter(slot.fields.values()))),
                kode=line.kode,
                tingkat="lain" if level == "unit" else level,
                kelompok=kelompok_of(line.kode, line.name),
                induk=parent_line.get(key) if parent_line else None,
                uraian=line.name,
                tahun=key[0],
                periode=key[2],
                tahap=key[1],
                anggaran=figures.get("anggaran"),
                realisasi=figures.get("realisasi_anggaran"),
                persen=figures.get("persen"),
                nomor=line.nomor,
            )
            mine[key] = record.record_id
            records.append(record)
        if level != "total" and mine:
            above.add(level, line, mine)
    return tuple(records)


def _line(reader: TableReader, row: int) -> _Line | None:
    columns = reader.table.columns
    kode, name_role, name, cell_at = None, "", "", None
    parts = [t for c in columns if c.role == "kode" for t in [reader.text(row, c.index)] if t]
    if parts:
        code_like = [p for p in parts if _CODE.fullmatch(p)]
        kode = _BLANKS.sub("", ".".join(code_like)).strip(".") or None
        if not code_like:
            name = " ".join(parts)  # a title or a total that stands over the code's column
    nomor = next(
        (
            t.strip(".) ")
            for c in columns
            if c.role == "nomor"
            for t in [reader.text(row, c.index)]
            if t and is_list_number(t)
        ),
        None,
    )
    for column in columns:
        text = fold(reader.text(row, column.index))
        if not text:
            continue
        if column.role in NAMES and not (is_figure(text) and not _LETTER.search(text)):
            # the deepest filled name column names the row; "uraian" split over several columns: the last one
            name, name_role, cell_at = text, column.role, column.index
    if not name:
        for role in ("indikator", "sasaran", "tujuan", "nomor", "lain", "satuan"):
            for column in columns:
                text = fold(reader.text(row, column.index))
                # a title or a total may stand over the number's column
                if column.role == role and (_LONG_WORD if role in ("nomor", "satuan") else _WORD).search(text):
                    name, name_role, cell_at = text, role, column.index
                    break
            if name:
                break
    if not name and kode is None:
        return None
    in_name, rest = split_code(name)
    if in_name and kode is None:
        kode, name = in_name, rest
    number, _ = split_number(name)
    money = any(
        f is not None and f.status in (Status.ANGKA, Status.RUSAK, Status.STRIP)
        for c in columns
        if c.role in ("anggaran", "realisasi_anggaran")
        for f in [reader.figure(row, c.index)]
    )
    if is_word("average", name) or not name:
        return None
    cell = reader.cell(row, cell_at) if cell_at is not None else None
    letters = list(filter(str.isalpha, name))
    return _Line(
        row=row,
        kode=kode,
        nomor=nomor or number,
        name=name,
        role=name_role,
        level=None,
        capitals=len(letters) > 3 and sum(map(str.isupper, letters)) > 0.9 * len(letters),
        bold=bool(cell and cell.bold),
        italic=bool(cell and cell.italic),
        has_money=money,
    )


def _levels(lines: Sequence[_Line], columns: Sequence[Column], year: int | None) -> list[str]:
    """Level of every line: total words, code, column, own words, nomenclature, then typography and order."""
    known: list[str | None] = []
    header = squash(" ".join(c.header for c in columns if c.role == "uraian"))
    for line in lines:
        if is_word("total", line.name) and not (line.kode and _DIGIT.search(line.kode)):
            known.append("total")
            continue
        if is_word("unit", line.name) and line.role == "uraian" and level_word(line.name) is None:
            known.append("unit")  # the agency's or the affair's own line, above its programmes
            continue
        level = level_of(line.kode, line.name, year) if line.kode and "." in line.kode else None
        if level is None and line.role in ("program", "kegiatan", "sub_kegiatan"):
            level = level_word(line.name) or line.role
        if level is None:
            level = level_word(line.name)
        if level is None and line.role in ("sasaran", "tujuan", "indikator"):
            level = "sasaran"
        if level is None:
            level = level_of(None, line.name, year)
        known.append(level)
    return _by_form(lines, known, header)


def _by_form(lines: Sequence[_Line], known: list[str | None], header: str) -> list[str]:
    """Lines still without a level take that of the lines typeset like them; then what the order of levels leaves."""
    forms: dict[tuple[object, ...], dict[str, int]] = {}
    for line, level in zip(lines, known, strict=True):
        if level and level not in ("total", "unit"):
            counts = forms.setdefault(_form(line), {})
            counts[level] = counts.get(level, 0) + 1
    named = [level for level in ("program", "kegiatan", "sub_kegiatan") if _in_header(level, header)]
    out: list[str] = []
    above: tuple[str, tuple[object, ...]] | None = None  # level and form of the line above
    for line, level in zip(lines, known, strict=True):
        form = _form(line)
        settled = level or _alike(forms.get(form, {})) or _by_order(above, form, named, numbered=line.nomor is not None)
        if level is None and settled != "lain":
            forms.setdefault(form, {}).setdefault(settled, 1)
        out.append(settled)
        if settled not in ("total", "unit"):
            above = (settled, form)
    return out


def _alike(counts: dict[str, int]) -> str | None:
    """The level that (nearly) all lines of one form have."""
    best = max(counts, key=lambda k: counts[k]) if counts else None
    return best if best and counts[best] >= 0.7 * sum(counts.values()) else None


def _by_order(
    above: tuple[str, tuple[object, ...]] | None, form: tuple[object, ...], named: Sequence[str], *, numbered: bool
) -> str:
    """The level that the header's own order of levels leaves for a line after the one above it."""
    if above is None or above[0] not in ("program", "kegiatan", "sub_kegiatan") or not named:
        return named[0] if len(named) == 1 else "lain"
    level, its_form = above
    if level in named and (form != its_form or not numbered):
        return named[min(len(named) - 1, named.index(level) + 1)]
    return level if level in named else named[-1]


def _form(line: _Line) -> tuple[object, ...]:
    """How a line is typeset: what tells levels where words do not."""
    number = line.nomor or ""
    kind = "" if not number else "digit" if number[0].isdigit() else "roman" if _ROMAN.fullmatch(number) else "letter"
    depth = number.count(".") if kind == "digit" else 0
    code_depth = line.kode.count(".") if line.kode else -1
    # A line that says its level is no model for one that does not.
    said = level_word(line.name) is not None
    return (line.role, line.capitals, line.bold, line.italic, kind, depth, code_depth, said)


def _in_header(level: str, header: str) -> bool:
    bare = header.replace("subkegiatan", "#")
    return {"program": "program" in header, "kegiatan": "kegiatan" in bare, "sub_kegiatan": "#" in bare}[level]


class _Above:
    """The lines above that can still be parents, found by code and by rank without going through them all."""

    def __init__(self) -> None:
        self._lines: list[tuple[int, tuple[str, ...], Records]] = []  # rank, parts of the code, records
        self._by_code: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._by_rank: dict[int, list[int]] = defaultdict(list)
        self._depths: Counter[int] = Counter()  # of the codes of two parts and more

    def add(self, level: str, line: _Line, records: Records) -> None:
        """A line with its records: a parent for those that follow."""
        rank, code = RANK.get(level, 9), _parts(line.kode) if line.kode else ()
        self._by_rank[rank].append(len(self._lines))
        if code:
            self._by_code[code].append(len(self._lines))
        if len(code) > 1:
            self._depths[len(code)] += 1
        self._lines.append((rank, code, records))

    def _drop_last(self) -> None:
        rank, code, _ = self._lines.pop()
        self._by_rank[rank].pop()
        if code:
            self._by_code[code].pop()
        if len(code) > 1:
            self._depths[len(code)] -= 1

    def parent(self, level: str, line: _Line) -> Records | None:
        """Records of the parent line: the nearest one above whose code is a prefix, else the nearest of a higher level.

        A code of one part ("01" in a column for each level) is a running number within the parent and tells none.
        """
        mine = _parts(line.kode) if line.kode else ()
        if len(mine) > 1:
            nearest = max((at[-1] for n in range(1, len(mine)) if (at := self._by_code.get(mine[:n]))), default=None)
            if nearest is not None:
                return self._lines[nearest][2]
            depths = [depth for depth, count in self._depths.items() if count]
            if depths and (level == "belanja" or len(mine) <= min(depths)):
                return None
        rank = RANK.get(level)
        if rank is None or level in ("lain", "belanja"):
            return None
        while self._lines and len(mine) < 2 and self._lines[-1][0] >= rank:
            self._drop_last()
        # A line whose code was written wrongly still stands under the line above it.
        nearest = max((at[-1] for other, at in self._by_rank.items() if at and other < rank), default=None)
        return self._lines[nearest][2] if nearest is not None else None


@lru_cache(maxsize=KEPT)
def _parts(code: str) -> tuple[str, ...]:
    return tuple(p.lstrip("0") or "0" for p in _CODE_MARK.split(code) if p)


def _row_year(reader: TableReader, row: int) -> int | None:
    for column in reader.table.columns:
        if column.role == "tahun":
            match = _YEAR.search(reader.text(row, column.index))
            if match:
                return int(match.group())
    return None
