"""Views over the Parquet of OUT in a DuckDB database: described, and only of documents that `dokumen` calls complete.

`dokumen` is the truth (a document whose row is not there yet is being replaced); every other view leaves out rows of
documents that it does not name with status ok or partial. `dokumen_semua` has the failed ones too. Three views more spare
their readers the mistakes that are easy to make: `dokumen_dipakai` (which documents to add up: a report given as PDF and
as text, or a plan beside it, must not be counted twice), `serapan` and `capaian` (what may be summed and counted).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.dashboard.copying import copied, copy_rows
from pipeline.dashboard.sql import quoted, quoted_name, sql_type
from pipeline.location import Location, Url, absolute
from schemas.datasets import DATASETS, PARTITIONS, Dataset

if TYPE_CHECKING:
    import duckdb

COMPLETE = "status IN ('ok', 'partial')"
# Of several documents of one agency and year (parts, versions, plans beside the report) `kelompok_dokumen` knows which of
# a kind to use; where it has no row, the one read best. Of the kinds, the report goes before plans.
_USED = """
WITH d AS (
    SELECT dokumen.*, g.anggaran_dipakai AS a, g.kinerja_dipakai AS k,
        CASE dokumen.jenis WHEN 'lkjip' THEN 0 WHEN 'pk' THEN 1 WHEN 'rkt' THEN 2 ELSE 3 END AS urutan_jenis,
        CASE WHEN agency = 'tidak-dikenal' OR year = 0 THEN document_id ELSE '' END AS sendiri
    FROM dokumen
    LEFT JOIN (SELECT document_id, anggaran_dipakai, kinerja_dipakai FROM {groups}) AS g USING (document_id)
), ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY agency, year, sendiri, jenis
        ORDER BY CASE status WHEN 'ok' THEN 0 ELSE 1 END, n_anggaran + n_kinerja DESC, document_id
    ) = 1 AS terbaik FROM d
), chosen AS (
    SELECT *, coalesce(a, terbaik) AND n_anggaran > 0 AS budget, coalesce(k, terbaik) AND n_kinerja > 0 AS results
    FROM ranked
), kinds AS (
    SELECT *, min(CASE WHEN budget THEN urutan_jenis END) OVER (PARTITION BY agency, year, sendiri) AS budget_kind,
        min(CASE WHEN results THEN urutan_jenis END) OVER (PARTITION BY agency, year, sendiri) AS results_kind
    FROM chosen
)
SELECT document_id, agency, year, sumber, jenis, instansi, wilayah, kode_wilayah, status,
    coalesce(budget AND urutan_jenis = budget_kind, false) AS anggaran_dipakai,
    coalesce(results AND urutan_jenis = results_kind, false) AS kinerja_dipakai
FROM kinds
"""
_NO_GROUPS = (
    "(SELECT NULL::VARCHAR AS document_id, NULL::BOOLEAN AS anggaran_dipakai, NULL::BOOLEAN AS kinerja_dipakai "
    "WHERE false)"
)
_LINE = """
coalesce(d.wilayah, '-') AS wilayah, d.kode_wilayah, r.agency, coalesce(d.instansi, r.agency) AS instansi, r.year, r.jenis,
r.document_id, r.kunci
"""
_SERAPAN = f"""
SELECT {_LINE}, r.kelompok, r.tingkat, r.kode, r.uraian, r.kode_standar, r.nama_standar, r.tingkat_standar,
    CASE
        WHEN r.tingkat_standar IN ('program', 'kegiatan', 'sub_kegiatan')
            THEN array_to_string(string_split(r.kode_standar, '.')[1:3], '.')
        WHEN r.kode_standar IS NOT NULL THEN r.kode_standar
        ELSE coalesce(r.kode, r.kunci)
    END AS kode_sumbu,
    r.anggaran, r.realisasi,
    CASE WHEN r.anggaran IS NOT NULL AND r.realisasi IS NOT NULL THEN r.anggaran END AS anggaran_terbanding,
    CASE WHEN r.anggaran IS NOT NULL AND r.realisasi IS NOT NULL THEN r.realisasi END AS realisasi_terbanding,
    r.ada_temuan, r.sumber_tabel, r.page, r.line
FROM ringkasan AS r JOIN dokumen_dipakai AS d USING (document_id)
WHERE d.anggaran_dipakai AND r.dataset = 'anggaran' AND r.dijumlahkan AND r.kelompok = 'belanja'
"""
_CAPAIAN = f"""
SELECT {_LINE}, r.sasaran, r.uraian AS indikator, r.satuan, r.kode_standar, r.nama_standar, r.target, r.hasil, r.capaian,
    r.ada_temuan, r.sumber_tabel, r.page, r.line
FROM ringkasan AS r JOIN dokumen_dipakai AS d USING (document_id)
WHERE d.kinerja_dipakai AND r.dataset = 'kinerja'
"""


@dataclass(frozen=True, slots=True)
class View:
    """One view: its query, what one row is, and what its columns hold (Indonesian; English)."""

    name: str
    query: str
    comment: str
    columns: tuple[tuple[str, str], ...] = ()


def views(out: Location) -> Iterator[View]:
    """Every view over an OUT, in an order in which each needs only those before it."""
    dokumen = next(dataset for dataset in DATASETS if dataset.name == "dokumen")
    comment = _comment(dokumen)
    everything = _source(out, dokumen)
    described = _columns(dokumen)
    yield View("dokumen_semua", everything, f"{comment}; juga yang gagal dibaca; failed ones too", described)
    yield View("dokumen", f"SELECT * FROM dokumen_semua WHERE {COMPLETE}", comment, described)
    for dataset in DATASETS:
        if dataset.name != "dokumen":
            query = f"SELECT * FROM ({_source(out, dataset)}) WHERE document_id IN (SELECT document_id FROM dokumen)"
            yield View(dataset.name, query, _comment(dataset), _columns(dataset))
    grouped = any(dataset.name == "kelompok_dokumen" for dataset in DATASETS)
    yield View(
        "dokumen_dipakai",
        _USED.format(groups="kelompok_dokumen" if grouped else _NO_GROUPS),
        "dokumen, dan apakah barisnya ikut dihitung; documents, and whether their rows count",
        (
            (
                "anggaran_dipakai",
                "benar bila baris anggarannya ikut dijumlahkan; true if its budget lines are added up",
            ),
            ("kinerja_dipakai", "benar bila indikatornya ikut dihitung; true if its indicators count"),
        ),
    )
    yield View(
        "serapan",
        _SERAPAN,
        "baris belanja yang boleh dijumlahkan, tiap rupiah sekali; spending lines to add up, every rupiah once",
        (
            (
                "kode_sumbu",
                "kode program resmi, atau kode tercetak bila tidak ada; official programme code, else as printed",
            ),
            ("anggaran_terbanding", "anggaran yang ada realisasinya; budget that has an actual beside it"),
            ("realisasi_terbanding", "realisasi yang ada anggarannya; actual that has a budget beside it"),
        ),
    )
    yield View(
        "capaian", _CAPAIAN, "indikator, sekali untuk tiap instansi dan tahun; indicators, once for agency and year"
    )


def create(base: duckdb.DuckDBPyConnection, out: Location, *, loaded: Collection[str] = ()) -> list[View]:
    """Make all views in a database, with their comments. Those of `loaded` are tables instead: read once, then quick.

    Of an OUT in an object store the rows are copied into tables below the views.
    """
    if isinstance(out, Url):
        copy_rows(base, out)
    made = list(views(absolute(out)))
    for view in made:
        kind = "TABLE" if view.name in loaded else "VIEW"
        base.execute(f"CREATE OR REPLACE {kind} {view.name} AS {view.query}")
        base.execute(f"COMMENT ON {kind} {view.name} IS {quoted(view.comment)}")
        for column, text in view.columns:
            base.execute(f"COMMENT ON COLUMN {view.name}.{column} IS {quoted(text)}")
    return made


def _source(out: Location, dataset: Dataset) -> str:
    """The rows of a dataset's files, every described column with its type: null where an older file lacks it."""
    if isinstance(out, Url):
        return f"SELECT * FROM {copied(dataset.name)}"
    files = sorted((out / dataset.name).glob("agency=*/year=*/*.parquet"))
    every = (*dataset.columns, *PARTITIONS)
    if not files:
        nothing = ", ".join(f"CAST(NULL AS {sql_type(c)}) AS {quoted_name(c.name)}" for c in every)
        return f"SELECT {nothing} WHERE false"
    held = _held(files)
    cells = ", ".join(
        quoted_name(c.name)
        if c.name in held or c in PARTITIONS
        else f"CAST(NULL AS {sql_type(c)}) AS {quoted_name(c.name)}"
        for c in every
    )
    pattern = _escaped(str(out / dataset.name)) + "/agency=*/year=*/*.parquet"
    return (
        f"SELECT {cells} FROM read_parquet({quoted(pattern)}, hive_partitioning = true, union_by_name = true, "
        "hive_types = {'agency': VARCHAR, 'year': INTEGER})"
    )


def _held(files: list[Path]) -> set[str]:
    """The columns of the newest file: what another version of the program wrote may lack some."""
    import pyarrow.parquet as pq

    newest = max(files, key=lambda path: path.stat().st_mtime_ns)
    return set(pq.read_schema(newest).names)


def _escaped(path: str) -> str:
    """A path in which no letter is a pattern."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in path)


def _comment(dataset: Dataset) -> str:
    return f"satu baris untuk setiap {dataset.row_id}; one row for each {dataset.row_en}"


def _columns(dataset: Dataset) -> tuple[tuple[str, str], ...]:
    return tuple((column.name, f"{column.id}; {column.en}") for column in (*dataset.columns, *PARTITIONS))
