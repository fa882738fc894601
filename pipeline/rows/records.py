"""Rows of `anggaran`, `kinerja` and `klaim`, and which figures they use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.cells import Misfit, Row, figure_cells, figures_of, place_cells, standar_cells
from schemas.datasets import Kind
from schemas.figure import Figure
from schemas.records import Anggaran, Kinerja, Klaim, Report

Used = tuple[str, str, str, Figure]  # dataset, record id, field, figure


def used_figures(report: Report) -> Iterator[Used]:
    """Every printed figure once, as (dataset, record id, field, figure): by the first record that uses it.

    Figures of tables that no record uses (staff, assets, total rows) follow, under dataset "tabel" and field "sel", then
    those of calculations in the text, under dataset "rumus".
    """
    seen: set[str] = set()
    for dataset, records in (("anggaran", report.anggaran), ("kinerja", report.kinerja), ("klaim", report.klaim)):
        for record in records:
            for field, figure in figures_of(record).items():
                if figure is not None and figure.id not in seen:
                    seen.add(figure.id)
                    yield dataset, record.record_id, field, figure
    for figure in report.counts:
        if figure.id not in seen:
            seen.add(figure.id)
            yield "tabel", figure.table_id or "", "sel", figure
    for one in report.formulas:
        for field, figure in (("hasil", one.hasil), *(("angka", figure) for figure in one.angka)):
            if figure.id not in seen:
                seen.add(figure.id)
                yield "rumus", one.record_id, field, figure


def _malformed(record: Anggaran | Kinerja | Klaim) -> list[str]:
    return [name for name, figure in figures_of(record).items() if figure is not None and figure.malformed]


def anggaran_rows(report: Report, misfits: list[Misfit]) -> list[Row]:
    """One row for each budget line, stage and year."""
    rows = []
    for a in report.anggaran:
        row: Row = {
            "record_id": a.record_id,
            "table_id": a.table_id,
            "row": a.row,
            **place_cells(a.place),
            "kode": a.kode,
            "tingkat": a.tingkat,
            "kelompok": a.kelompok,
            "induk": a.induk,
            "uraian": a.uraian,
            "tahun": a.tahun,
            "periode": a.periode,
            "tahap": a.tahap,
            "malformed": _malformed(a),
            **standar_cells(a),
        }
        row |= figure_cells("anggaran", a.anggaran, Kind.MONEY, "anggaran", misfits)
        row |= figure_cells("realisasi", a.realisasi, Kind.MONEY, "anggaran", misfits)
        row |= figure_cells("persen", a.persen, Kind.NUMBER, "anggaran", misfits)
        rows.append(row)
    return rows


def kinerja_rows(report: Report, misfits: list[Misfit]) -> list[Row]:
    """One row for each indicator, stage and year."""
    rows = []
    for k in report.kinerja:
        row: Row = {
            "record_id": k.record_id,
            "table_id": k.table_id,
            "row": k.row,
            **place_cells(k.place),
            "sasaran": k.sasaran,
            "indikator": k.indikator,
            "satuan": k.satuan,
            "tahun": k.tahun,
            "periode": k.periode,
            "tahap": k.tahap,
            "acuan": k.acuan,
            "kolom": k.kolom,
            "predikat": k.predikat,
            "malformed": _malformed(k),
        }
        for name, figure in figures_of(k).items():
            row |= figure_cells(name, figure, Kind.NUMBER, "kinerja", misfits)
        rows.append(row)
    return rows


def klaim_rows(report: Report, misfits: list[Misfit]) -> list[Row]:
    """One row for each statement in running text."""
    rows = []
    for k in report.klaim:
        row: Row = {
            "record_id": k.record_id,
            **place_cells(k.place),
            "kalimat": k.kalimat,
            "subjek": k.subjek,
            "tahun": k.tahun,
            "periode": k.periode,
            "tahap": k.tahap,
            "malformed": _malformed(k),
        }
        for name, figure in figures_of(k).items():
            row |= figure_cells(name, figure, Kind.NUMBER, "klaim", misfits)
        rows.append(row)
    return rows


def angka_rows(used: Iterable[Used], misfits: list[Misfit]) -> list[Row]:
    """One row for each printed figure that a record or a check uses (`used_figures`)."""
    rows = []
    for dataset, record_id, field, figure in used:
        cells = figure_cells("value", figure, Kind.NUMBER, "angka", misfits)
        rows.append(
            {
                "angka_id": figure.id,
                "dataset": dataset,
                "record_id": record_id,
                "field": field,
                "text": figure.text,
                "value": cells["value"],
                "decimals": figure.decimals,
                "unit": figure.unit,
                "status": str(figure.status),
                "confidence": figure.confidence,
                "table_id": figure.table_id,
                "row": figure.row,
                "col": figure.col,
                **place_cells(figure.place, box=True),
            }
        )
    return rows
