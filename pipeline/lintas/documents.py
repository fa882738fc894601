"""Documents read back from OUT: their records with every figure, as the rules know them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pipeline.location import Location
from pipeline.store import reading
from schemas.document import Box, Document, Place
from schemas.figure import Figure, Status
from schemas.records import Anggaran, Identity, Kinerja, Klaim, Report, Resmi, Standar, TypedTable
from schemas.table import RawTable

KLAIM_FIELDS = ("anggaran", "realisasi", "persen", "target", "capaian", "terbilang")
_RECORDS = ("tabel", "angka", "anggaran", "kinerja", "klaim", "ringkasan")
_SCALES = (Decimal(1000), Decimal(10) ** 6, Decimal(10) ** 9, Decimal(10) ** 12)
_BOUND = re.compile(r"[<>≤≥]")
_RANGE = re.compile(r"\d\s*(?:-|–|≤|s\s*[./]?\s*d\.?)\s*\d")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """One row of `dokumen` with its partition: enough to tell whether anything changed, and to read the rest.

    `kelompok` is the group a manifest gives.
    """

    document_id: str
    sumber: str
    sumber_lain: tuple[str, ...]
    jenis: str
    format: str
    instansi: str | None
    wilayah: str | None
    kelompok: str | None
    status: str
    version: str
    agency: str
    year: int


@dataclass(frozen=True, slots=True)
class Reread:
    """A document with its records. `summed` are the keys of `ringkasan` by dataset; `adds_up` how many of the budget
    lines marked for adding up have a realisasi."""

    stored: Stored
    report: Report
    summed: Mapping[str, frozenset[str]]
    adds_up: int

    @property
    def document_id(self) -> str:
        return self.stored.document_id

    @property
    def name(self) -> str:
        """The file's own name, for sentences."""
        return self.stored.sumber.rpartition("/")[2]


def stored_documents(out: Location) -> list[Stored]:
    """Every document of OUT that could be read, by id."""
    found = []
    for file, held in reading.rows(reading.files(out, "dokumen")):
        for row in held:
            if row["status"] != "failed":
                others = tuple(row["sumber_lain"])
                kinds = {name: row[name] for name in ("jenis", "format", "instansi", "wilayah", "status", "version")}
                one = Stored(row["document_id"], row["sumber"], others, kelompok=row.get("kelompok"),
                             agency=file.agency, year=file.year, **kinds)  # fmt: skip
                found.append(one)
    return sorted(found, key=lambda one: one.document_id)


def reread(out: Location, stored: Stored) -> Reread:
    """All records of a document, from its Parquet files."""
    rows = reading.document_datasets(out, _RECORDS, stored.agency, stored.year, stored.document_id)
    figures = _Figures(rows["angka"])
    identity = Identity(stored.instansi, stored.wilayah, None, stored.year, stored.jenis, stored.agency)
    report = Report(
        document=Document(stored.sumber, stored.document_id, stored.format),
        identity=identity,
        tables=tuple(_table(row) for row in rows["tabel"]),
        text=(),
        anggaran=tuple(_anggaran(row, figures, stored.year) for row in rows["anggaran"]),
        kinerja=tuple(_kinerja(row, figures, stored.year) for row in rows["kinerja"]),
        klaim=tuple(_klaim(row, figures) for row in rows["klaim"]),
    )
    keys = {name: frozenset(r["kunci"] for r in rows["ringkasan"] if r["dataset"] == name)
            for name in ("anggaran", "kinerja")}  # fmt: skip
    adds_up = sum(r["dijumlahkan"] and r["realisasi"] is not None for r in rows["ringkasan"])
    return Reread(stored, report, keys, adds_up)


def merged(parts: Sequence[Reread]) -> Report:
    """The parts of one report as one: ids of records, figures and tables are headed by their document's."""
    first = parts[0].report
    heads = [_headed(part.report, f"{part.document_id}/") for part in parts]
    return replace(
        first,
        tables=tuple(t for r in heads for t in r.tables),
        anggaran=tuple(a for r in heads for a in r.anggaran),
        kinerja=tuple(k for r in heads for k in r.kinerja),
        klaim=tuple(k for r in heads for k in r.klaim),
    )


def _headed(report: Report, head: str) -> Report:
    def figure(one: Figure | None) -> Figure | None:
        if one is None:
            return None
        return replace(one, id=head + one.id, table_id=head + one.table_id if one.table_id else None)

    def record(one: Any, fields: Iterable[str]) -> Any:
        changes: dict[str, Any] = {name: figure(getattr(one, name)) for name in fields}
        changes["record_id"] = head + one.record_id
        if not isinstance(one, Klaim):
            changes["table_id"] = head + one.table_id
        if isinstance(one, Anggaran) and one.induk:
            changes["induk"] = head + one.induk
        return replace(one, **changes)

    return replace(
        report,
        tables=tuple(replace(t, raw=replace(t.raw, table_id=head + t.raw.table_id)) for t in report.tables),
        anggaran=tuple(record(a, ("anggaran", "realisasi", "persen")) for a in report.anggaran),
        kinerja=tuple(record(k, ("target", "realisasi", "capaian")) for k in report.kinerja),
        klaim=tuple(record(k, KLAIM_FIELDS) for k in report.klaim),
    )


class _Figures:
    """The figures of a document, by the record that uses them; one that two records share is found by its cell."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._of: dict[tuple[str, str], Row] = {}
        self._at: dict[tuple[str | None, int | None, str], Row] = {}
        for row in rows:
            self._of[row["record_id"], row["field"]] = row
            self._at[row["table_id"], row["row"], row["text"]] = row

    def of(self, row: Row, field: str, table_id: str | None, place: Place) -> Figure | None:
        """The figure of a record's field; None where nothing is printed."""
        text = row[f"{field}_teks"]
        if text is None:
            return None
        found = self._of.get((row["record_id"], field)) or self._at.get((table_id, row.get("row"), text))
        if found is None:
            return Figure(f"{row['record_id']}.{field}", text, row[field], 0, None, Status.ANGKA, place, 1.0, table_id)
        value = found["value"]
        scale = _scale(text, value, found["decimals"])
        decimals = found["decimals"]
        return Figure(
            id=found["angka_id"],
            text=text,
            value=_trimmed(value, decimals) if scale == 1 else value,
            decimals=decimals,
            unit=found["unit"],
            status=Status(found["status"]),
            place=_place(found),
            confidence=found["confidence"],
            table_id=found["table_id"],
            row=found["row"],
            col=found["col"],
            relation="≥" if _BOUND.search(text) else None,
            high=value if _RANGE.search(text) and not _is_amount(text) else None,
            scale=scale,
        )


def _is_amount(text: str) -> bool:
    """An amount with its closing dash ("1.000,-") is no range."""
    return re.search(r",\s*-", text) is not None


def _trimmed(value: Decimal | None, decimals: int) -> Decimal | None:
    """The value without the zeros that its column added."""
    if value is None:
        return None
    short = value.quantize(Decimal(1).scaleb(-decimals))
    return short if short == value else value


def _scale(text: str, value: Decimal | None, decimals: int) -> Decimal:
    """By how much a header's or a word's unit ("juta") multiplied the printed digits."""
    digits = re.sub(r"\D", "", text)
    if value is None or not digits or int(digits) == 0:
        return Decimal(1)
    ratio = abs(value).scaleb(decimals) / int(digits)
    return next((scale for scale in _SCALES if ratio == scale), Decimal(1))


def _place(row: Row) -> Place:
    box = None
    if row.get("x0") is not None:
        box = Box(row["x0"], row["top"], row["x1"], row["bottom"])
    return Place(page=row["page"], line=row["line"], box=box)


def _table(row: Row) -> TypedTable:
    raw = RawTable(
        table_id=row["table_id"],
        label=row["label"],
        title=row["title"],
        rows=(),
        n_header=0,
        pieces=row["pieces"],
        method=row["method"],
        confidence=row["confidence"],
        place_first=Place(page=row["page_first"], line=row["line_first"]),
        place_last=Place(page=row["page_last"], line=row["line_last"]),
    )
    return TypedTable(raw, row["kind"], ())


def _given(row: Row, names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _printed(row: Row, figures: _Figures, names: Iterable[str], table_id: str | None) -> dict[str, Any]:
    place = _place(row)
    return {name: figures.of(row, name, table_id, place) for name in names}


def _anggaran(row: Row, figures: _Figures, year: int) -> Anggaran:
    joined = None
    if row.get("kode_standar"):
        joined = Resmi(row["kode_standar"], row["nama_standar"], row["tingkat_standar"], row["kemiripan"])
    names = ("record_id", "table_id", "row", "kode", "tingkat", "kelompok", "induk", "uraian", "periode", "tahap")
    return Anggaran(
        **_given(row, names),
        place=_place(row),
        tahun=row["tahun"] or year or None,
        **_printed(row, figures, ("anggaran", "realisasi", "persen"), row["table_id"]),
        standar=Standar(joined) if joined else None,
    )


def _kinerja(row: Row, figures: _Figures, year: int) -> Kinerja:
    names = ("record_id", "table_id", "row", "sasaran", "indikator", "satuan", "periode", "tahap", "acuan", "kolom")
    return Kinerja(
        **_given(row, (*names, "predikat")),
        place=_place(row),
        tahun=row["tahun"] or year or None,
        **_printed(row, figures, ("target", "realisasi", "capaian"), row["table_id"]),
    )


def _klaim(row: Row, figures: _Figures) -> Klaim:
    names = ("record_id", "kalimat", "subjek", "tahun", "periode", "tahap")
    return Klaim(**_given(row, names), place=_place(row), **_printed(row, figures, KLAIM_FIELDS, None))
