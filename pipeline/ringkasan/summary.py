"""The rows of `ringkasan`: one for each budget line and each indicator of the year that is reported on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pipeline.cells import Row, figures_of, fit, place_cells, standar_cells
from pipeline.ringkasan.breakdown import Line, addable, parent_keys
from pipeline.ringkasan.choose import Choice, Record, choose
from pipeline.ringkasan.keys import anggaran_keys, kinerja_keys, plain, plain_kode, total_keys
from schemas.checks import Finding
from schemas.datasets import RINGKASAN, Kind
from schemas.records import Anggaran, Kinerja, Report

R = TypeVar("R", bound=Anggaran | Kinerja)

_EMPTY: Row = dict.fromkeys(name for name in RINGKASAN.names if name != "document_id")
# Where a record's figure stands in a row of the summary.
_ANGGARAN = {
    "anggaran": ("anggaran", Kind.MONEY),
    "realisasi": ("realisasi", Kind.MONEY),
    "persen": ("persen", Kind.NUMBER),
}
_KINERJA = {"target": ("target", Kind.NUMBER), "realisasi": ("hasil", Kind.NUMBER), "capaian": ("capaian", Kind.NUMBER)}


def ringkasan_rows(report: Report, findings: Sequence[Finding]) -> list[Row]:
    """One row for each line of the reported year, in document order, budget lines first.

    Other years, single quarters or months, and the plan's end are left out. Totals are left out too (they are the sum
    of what is there), except those of a group of which the report prints nothing else.
    """
    findings_of: dict[str, list[str]] = {}
    for finding in findings:
        for figure in finding.figures[:1]:  # the one that is wrong; the others bear witness
            findings_of.setdefault(figure, []).append(finding.id)
    rows = _anggaran_rows(report, findings_of) + _kinerja_rows(report, findings_of)
    return [row | {"jenis": report.identity.jenis} for row in rows]


def _reported(record: Record, year: int) -> bool:
    return record.periode is None and record.tahun in (None, year or None)


def _anggaran_rows(report: Report, findings_of: Mapping[str, list[str]]) -> list[Row]:
    year = report.identity.year
    mine = [a for a in report.anggaran if _reported(a, year) and _has_figure(a)]
    listed = {a.kelompok for a in mine if a.tingkat != "total"}
    used = [a for a in mine if a.tingkat != "total" or a.kelompok not in listed]
    keys = anggaran_keys(used)
    keys |= total_keys([a for a in used if a.tingkat == "total"])
    groups = _grouped(used, keys)
    kode = {key: next((plain_kode(r.kode) for r in records if r.kode), None) for key, records in groups.items()}
    parents = parent_keys(keys, {a.record_id: a.induk for a in report.anggaran}, kode)
    choices = {key: choose(records, frozenset(findings_of)) for key, records in groups.items()}
    lines = []
    for key, records in groups.items():
        first = choices[key].record
        tables = tuple(dict.fromkeys(r.table_id for r in records))
        name = plain(first.uraian)
        lines.append(Line(key, name, first.kelompok, first.tingkat, kode[key], parents.get(key), tables))
    add = addable(lines)
    rows = []
    for key, choice in choices.items():
        a = choice.record
        row = _row("anggaran", key, choice, groups[key], _ANGGARAN, findings_of)
        row |= {
            "kode": a.kode or next((r.kode for r in groups[key] if r.kode), None),
            "tingkat": a.tingkat,
            "kelompok": a.kelompok,
            "induk": parents.get(key),
            "uraian": a.uraian,
            "dijumlahkan": key in add,
            **standar_cells(next((r for r in (a, *groups[key]) if r.standar and r.standar.resmi), None)),
        }
        rows.append(row)
    return rows


def _kinerja_rows(report: Report, findings_of: Mapping[str, list[str]]) -> list[Row]:
    used = [k for k in report.kinerja if _reported(k, report.identity.year) and k.acuan == "tahunan"]
    keys = kinerja_keys(used)
    groups = _grouped(used, keys)
    rows = []
    for key, records in groups.items():
        choice = choose(records, frozenset(findings_of))
        k = choice.record
        row = _row("kinerja", key, choice, records, _KINERJA, findings_of)
        row |= {"uraian": k.indikator, "sasaran": k.sasaran, "satuan": k.satuan, "dijumlahkan": False}
        rows.append(row)
    return rows


def _has_figure(record: Anggaran) -> bool:
    return any(figure is not None and figure.value is not None for figure in (record.anggaran, record.realisasi))


def _grouped(records: Sequence[R], keys: Mapping[str, str]) -> dict[str, list[R]]:
    groups: dict[str, list[R]] = {}
    for record in records:
        groups.setdefault(keys[record.record_id], []).append(record)
    return groups


def _row(
    dataset: str,
    key: str,
    choice: Choice[Any],
    records: Sequence[Record],
    columns: Mapping[str, tuple[str, Kind]],
    findings_of: Mapping[str, list[str]],
) -> Row:
    record = choice.record
    row = dict(_EMPTY)
    for field, figure in choice.figures.items():
        column, kind = columns[field]
        row[column], _ = fit(figure.value, kind)  # what does not fit is told in keraguan, by the record's own row
    ids = [figure.id for figure in choice.figures.values()]
    printed = [figure.id for r in records for figure in figures_of(r).values() if figure is not None]
    touching = list(dict.fromkeys(finding for id_ in printed for finding in findings_of.get(id_, ())))
    row |= {
        "dataset": dataset,
        "kunci": key,
        "record_id": record.record_id,
        "sumber_tabel": record.table_id,
        **place_cells(record.place),
        "tahap": record.tahap,
        "n_tempat": choice.places,
        "n_sepakat": choice.agreeing,
        "ada_temuan": bool(touching),
        "temuan": touching,
        "angka": ids,
    }
    return row
