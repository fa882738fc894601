"""The rows of an OUT in an object store, copied into a DuckDB database: DuckDB itself reads none without an extension.

`dokumen` is read before and after everything else, and the documents whose row is the same both times are kept: one
that was replaced in between would have the rows of two versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.dashboard.sql import quoted_name, sql_type
from pipeline.location import Location
from pipeline.store import reading
from schemas.datasets import DATASETS, PARTITIONS, Dataset

if TYPE_CHECKING:
    import duckdb

_AT_ONCE = 100_000  # rows


def copied(dataset: str) -> str:
    """The table that holds the rows of a dataset."""
    return f"_isi_{dataset}"


def copy_rows(base: duckdb.DuckDBPyConnection, out: Location) -> None:
    """Make a table for every dataset, with `agency` and `year`."""
    dokumen = next(dataset for dataset in DATASETS if dataset.name == "dokumen")
    _load(base, out, dokumen, "_sebelum")
    for dataset in DATASETS:
        if dataset is not dokumen:
            _load(base, out, dataset, copied(dataset.name))
    _load(base, out, dokumen, "_sesudah")
    base.execute(f"CREATE TABLE {copied('dokumen')} AS SELECT * FROM _sebelum INTERSECT SELECT * FROM _sesudah")
    base.execute("DROP TABLE _sebelum")
    base.execute("DROP TABLE _sesudah")


def _load(base: duckdb.DuckDBPyConnection, out: Location, dataset: Dataset, table: str) -> None:
    every = ", ".join(f"{quoted_name(c.name)} {sql_type(c)}" for c in (*dataset.columns, *PARTITIONS))

    def load() -> None:
        base.execute(f"CREATE OR REPLACE TABLE {table} ({every})")
        waiting: list[Any] = []
        for file, rows in reading.tables(reading.files(out, dataset.name)):
            waiting.append(_with_partition(file, rows))
            if sum(one.num_rows for one in waiting) > _AT_ONCE:
                _insert(base, table, waiting)
                waiting = []
        _insert(base, table, waiting)

    reading.steady(load)


def _with_partition(file: reading.File, rows: Any) -> Any:
    import pyarrow as pa

    agency = pa.repeat(pa.scalar(file.agency, pa.string()), rows.num_rows)
    year = pa.repeat(pa.scalar(file.year, pa.int32()), rows.num_rows)
    return rows.replace_schema_metadata(None).append_column("agency", agency).append_column("year", year)


def _insert(base: duckdb.DuckDBPyConnection, table: str, tables: list[Any]) -> None:
    import pyarrow as pa

    if tables:
        base.register("_masuk", pa.concat_tables(tables, promote_options="default"))
        base.execute(f"INSERT INTO {table} BY NAME SELECT * FROM _masuk")
        base.unregister("_masuk")
