"""What the pages show, asked of DuckDB: functions from a connection to rows. Sums are decimals, and exact."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.dashboard.sql import quoted_name
from pipeline.dashboard.views import create
from pipeline.location import Location, Url
from schemas.datasets import BY_NAME, PARTITIONS

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]
LOADED = ("dokumen_semua", "kelompok_dokumen", "ringkasan", "temuan", "temuan_lintas", "serapan", "capaian")
AXES = ("wilayah", "instansi", "program", "tahun")
_AXIS = {  # what to group by, and what to call it
    "wilayah": ("wilayah", "wilayah"),
    "instansi": ("agency", "any_value(instansi) || ' · ' || any_value(wilayah)"),
    "tahun": ("year", "CASE WHEN year = 0 THEN '?' ELSE CAST(year AS VARCHAR) END"),
}
_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at: empty means all."""

    wilayah: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    def where(self, alias: str = "") -> tuple[str, list[Any]]:
        """The condition and its values, for a view with `wilayah`, `agency` and `year`."""
        parts, values = ["true"], []
        for column, chosen in (
            ("coalesce(wilayah, '-')", self.wilayah),
            ("agency", self.agencies),
            ("year", self.years),
        ):
            if chosen:
                name = f"coalesce({alias}wilayah, '-')" if "wilayah" in column else alias + column
                parts.append(f"list_contains(?, {name})")
                values.append(list(chosen))
        return " AND ".join(parts), values


def open_base(out: Location) -> duckdb.DuckDBPyConnection:
    """A database over OUT; what the pages ask for often is loaded. Of an object store everything is, into a temporary
    file that goes with the connection."""
    import duckdb

    if isinstance(out, Path):
        base = duckdb.connect(":memory:")
        create(base, out, loaded=LOADED)
        return base
    folder = tempfile.TemporaryDirectory(prefix="lkjip-")
    base = duckdb.connect(str(Path(folder.name, "dasbor.duckdb")))
    weakref.finalize(base, folder.cleanup)
    create(base, out)
    return base


def state_of(out: Location) -> str:
    """Changes when a run has written: the newest log's name, size and time."""
    if isinstance(out, Url):
        found = (out / "_runs").files()
        return f"{found[-1].url.name} {found[-1].size} {found[-1].tag}" if found else ""
    logs = sorted((out / "_runs").glob("*.jsonl"))
    if not logs:
        return ""
    stat = logs[-1].stat()
    return f"{logs[-1].name} {stat.st_size} {stat.st_mtime_ns}"


def choices(base: duckdb.DuckDBPyConnection) -> dict[str, list[Any]]:
    """What can be chosen: `wilayah`, `years`, and `agencies` as (slug, name)."""
    wilayah = base.execute("SELECT DISTINCT coalesce(wilayah, '-') AS w FROM dokumen ORDER BY w").fetchall()
    years = base.execute("SELECT DISTINCT year FROM dokumen WHERE year > 0 ORDER BY year DESC").fetchall()
    agencies = base.execute(
        "SELECT agency, coalesce(any_value(instansi), agency) || coalesce(' · ' || any_value(wilayah), '') "
        "FROM dokumen GROUP BY agency ORDER BY 2, 1"
    ).fetchall()
    return {"wilayah": [w for (w,) in wilayah], "years": [y for (y,) in years], "agencies": agencies}


def totals(base: duckdb.DuckDBPyConnection, scope: Scope) -> Row:
    """The numbers at the top: documents, agencies, years, budget, actual, absorption, findings by severity."""
    where, values = scope.where()
    row = _one(
        base,
        f"SELECT count(*) AS documents, count(DISTINCT agency) AS agencies, "
        f"count(*) FILTER (status = 'partial') AS partial FROM dokumen WHERE {where}",
        values,
    )
    row |= _one(base, f"SELECT {_SUMS} FROM serapan WHERE {where}", values)
    row |= _one(base, f"SELECT {_RESULTS} FROM capaian WHERE {where}", values)
    row["failed"] = _one(base, "SELECT count(*) AS n FROM dokumen_semua WHERE status = 'failed'", [])["n"]
    row["findings"] = dict(
        base.execute(f"SELECT severity, count(*) FROM {_FOUND} WHERE {where} GROUP BY severity", values).fetchall()
    )
    return _absorbed(row)


def overview(base: duckdb.DuckDBPyConnection, axis: str, scope: Scope) -> list[Row]:
    """Absorption and achievement by region, agency, programme or year; the largest budget first, years in order.

    Each row: `kunci`, `nama`, `anggaran`, `realisasi`, `serapan` (percent over lines that have both), `n_baris`,
    `n_dokumen`, `n_indikator`, `n_capaian`, `n_tercapai`, `capaian_tengah`.
    """
    where, values = scope.where()
    if axis == "program":
        return _by_programme(base, where, values)
    key, name = _AXIS[axis]
    rows = _rows(
        base,
        f"""
        WITH s AS (SELECT {key} AS kunci, {name} AS nama, {_SUMS} FROM serapan WHERE {where} GROUP BY {key}),
        c AS (SELECT {key} AS kunci, {name} AS nama, {_RESULTS} FROM capaian WHERE {where} GROUP BY {key})
        SELECT coalesce(s.kunci, c.kunci) AS kunci, coalesce(s.nama, c.nama) AS nama, s.* EXCLUDE (kunci, nama),
            c.* EXCLUDE (kunci, nama)
        FROM s FULL JOIN c ON s.kunci = c.kunci
        ORDER BY {"kunci" if axis == "tahun" else "s.anggaran DESC NULLS LAST, nama"}
        """,
        [*values, *values],
    )
    return [_absorbed(row) for row in rows]


def _by_programme(base: duckdb.DuckDBPyConnection, where: str, values: list[Any]) -> list[Row]:
    """The official programme is the axis; a line without one stays under its printed code or name."""
    rows = _rows(
        base,
        f"""
        WITH s AS (
            SELECT kode_sumbu AS kunci, {_SUMS}, any_value(uraian) AS uraian, bool_or(kode_standar IS NOT NULL) AS resmi
            FROM serapan WHERE {where} GROUP BY kode_sumbu
        ), nama AS (
            SELECT kode_standar AS kunci, min(nama_standar) AS nama FROM ringkasan
            WHERE tingkat_standar IN ('program', 'akun') GROUP BY kode_standar
        ), c AS (
            SELECT array_to_string(string_split(kode_standar, '.')[1:3], '.') AS kunci, {_RESULTS}
            FROM capaian WHERE kode_standar IS NOT NULL AND {where} GROUP BY 1
        )
        SELECT s.kunci, coalesce(CASE WHEN resmi THEN nama.nama END, CASE WHEN NOT resmi THEN uraian END, s.kunci) AS nama,
            s.* EXCLUDE (kunci, uraian), c.* EXCLUDE (kunci)
        FROM s LEFT JOIN nama USING (kunci) LEFT JOIN c USING (kunci)
        ORDER BY s.anggaran DESC NULLS LAST, s.kunci
        """,
        [*values, *values],
    )
    return [_absorbed(_named(row)) for row in rows]


def _named(row: Row) -> Row:
    """An official programme of which OUT has only parts gets its name from the official list."""
    from extractors.nomenklatur import names_of

    names = names_of(row["kunci"]) if row["resmi"] and row["nama"] == row["kunci"] else ()
    return row | {"nama": names[0]} if names else row


def agency_years(base: duckdb.DuckDBPyConnection, agency: str) -> list[Row]:
    """One agency: absorption and achievement of each year."""
    return overview(base, "tahun", Scope(agencies=(agency,)))


def agency_lines(base: duckdb.DuckDBPyConnection, agency: str) -> list[Row]:
    """One agency's budget lines that are added up: `kode`, `uraian`, `year`, `anggaran`, `realisasi`, `serapan`."""
    rows = _rows(
        base,
        "SELECT coalesce(kode_standar, kode, '') AS kode, coalesce(nama_standar, uraian) AS uraian, tingkat, year, "
        "anggaran, realisasi, anggaran_terbanding, realisasi_terbanding, ada_temuan FROM serapan WHERE agency = ? "
        "ORDER BY kode, uraian, year",
        [agency],
    )
    return [_absorbed(row) for row in rows]


def agency_indicators(base: duckdb.DuckDBPyConnection, agency: str) -> list[Row]:
    """One agency's indicators by name and year, as printed."""
    return _rows(
        base,
        "SELECT indikator, satuan, year, target, hasil, capaian, ada_temuan FROM capaian WHERE agency = ? "
        "ORDER BY indikator, year",
        [agency],
    )


def documents(base: duckdb.DuckDBPyConnection, scope: Scope) -> list[Row]:
    """The documents and whether they count; failed ones with their reason."""
    where, values = scope.where("a.")
    return _rows(
        base,
        "SELECT a.document_id, a.agency, a.year, a.instansi, a.wilayah, a.jenis, a.format, a.sumber, a.status, a.error, "
        "a.n_temuan, coalesce(u.anggaran_dipakai, false) AS anggaran_dipakai, "
        "coalesce(u.kinerja_dipakai, false) AS kinerja_dipakai FROM dokumen_semua AS a "
        f"LEFT JOIN dokumen_dipakai AS u USING (document_id) WHERE {where} ORDER BY a.agency, a.year, a.sumber",
        values,
    )


def findings(
    base: duckdb.DuckDBPyConnection,
    scope: Scope = Scope(),
    *,
    severities: Sequence[str] = (),
    rules: Sequence[str] = (),
    text: str = "",
    temuan_id: str | None = None,
) -> list[Row]:
    """Findings of complete documents and between documents, worst first. `text` is looked for in subject and sentence."""
    where, values = scope.where()
    for column, chosen in (("severity", severities), ("rule", rules)):
        if chosen:
            where += f" AND list_contains(?, {column})"
            values.append(list(chosen))
    if text:
        where += " AND contains(lower(concat_ws(' ', subjek, pesan, message, stated, temuan_id)), lower(?))"
        values.append(text)
    if temuan_id is not None:
        where += " AND temuan_id = ?"
        values.append(temuan_id)
    return _rows(
        base,
        f"SELECT * FROM {_FOUND} WHERE {where} ORDER BY CASE severity WHEN 'tinggi' THEN 0 WHEN 'sedang' THEN 1 ELSE 2 END, "
        "agency, year, sumber, page NULLS FIRST, line NULLS FIRST, temuan_id",
        values,
    )


def figures(base: duckdb.DuckDBPyConnection, document_id: str, ids: Sequence[str]) -> list[Row]:
    """The figures of a finding, in the order the finding names them."""
    rows = _rows(
        base,
        "SELECT angka_id, text, value, unit, field, table_id, row, col, page, line FROM angka "
        "WHERE document_id = ? AND list_contains(?, angka_id)",
        [document_id, list(ids)],
    )
    order = {id_: i for i, id_ in enumerate(ids)}
    return sorted(rows, key=lambda row: order[row["angka_id"]])


def dataset_query(dataset: str, scope: Scope) -> tuple[str, list[Any]]:
    """The query for the rows of a dataset. `dataset` must be one of the contract, or serapan or capaian."""
    if dataset not in BY_NAME and dataset not in ("serapan", "capaian"):
        raise KeyError(dataset)
    where, values = Scope(agencies=scope.agencies, years=scope.years).where()
    if scope.wilayah:
        where += " AND document_id IN (SELECT document_id FROM dokumen WHERE list_contains(?, coalesce(wilayah, '-')))"
        values.append(list(scope.wilayah))
    columns = "*"
    if dataset in BY_NAME:
        columns = ", ".join(quoted_name(c.name) for c in (*PARTITIONS, *BY_NAME[dataset].columns))
    return f"SELECT {columns} FROM {dataset} WHERE {where}", values


_SUMS = """
sum(anggaran) AS anggaran, sum(realisasi) AS realisasi, sum(anggaran_terbanding) AS anggaran_terbanding,
sum(realisasi_terbanding) AS realisasi_terbanding, count(*) AS n_baris, count(DISTINCT document_id) AS n_dokumen
"""
_RESULTS = """
count(*) AS n_indikator, count(capaian) AS n_capaian, count(*) FILTER (capaian >= 100) AS n_tercapai,
quantile_disc(capaian, 0.5) AS capaian_tengah
"""
_FOUND = """(
    SELECT t.*, NULL::VARCHAR AS document_id_lain, d.instansi, d.wilayah, d.sumber
    FROM temuan AS t JOIN dokumen AS d USING (document_id, agency, year)
    UNION ALL BY NAME
    SELECT t.*, d.instansi, d.wilayah, d.sumber FROM temuan_lintas AS t JOIN dokumen AS d USING (document_id, agency, year)
)"""


def _rows(base: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any]) -> list[Row]:
    found = base.execute(query, list(values))
    names = [one[0] for one in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _one(base: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any]) -> Row:
    return _rows(base, query, values)[0]


def _absorbed(row: Row) -> Row:
    """With `serapan`: percent with two decimals, over what has both a budget and an actual; None where nothing has."""
    return row | {"serapan": percent(row.get("realisasi_terbanding"), row.get("anggaran_terbanding"))}


def percent(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Part of whole in percent, rounded half up to two decimals."""
    if part is None or not whole:
        return None
    return (part * _HUNDRED / whole).quantize(_CENT, ROUND_HALF_UP)
