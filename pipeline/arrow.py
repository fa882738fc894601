"""From the description of the datasets to Arrow: schemas and tables. The only place that knows both."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

import pyarrow as pa

from schemas.datasets import BY_NAME, SCHEMA_VERSION, Column, Kind

AT_ONCE = 10_000  # rows that are turned into columns at once
_SIMPLE: dict[Kind, Any] = {
    Kind.TEXT: pa.string(),
    Kind.INT: pa.int32(),
    Kind.BOOL: pa.bool_(),
    Kind.REAL: pa.float64(),
    Kind.MONEY: pa.decimal128(20, 2),
    Kind.NUMBER: pa.decimal128(20, 4),
    Kind.TEXTS: pa.list_(pa.field("element", pa.string(), nullable=False)),
}


def _field(column: Column) -> Any:
    if column.kind is Kind.STRUCTS:
        struct = pa.struct([_field(part) for part in column.fields])
        return pa.field(column.name, pa.list_(pa.field("element", struct, nullable=False)), nullable=column.nullable)
    return pa.field(column.name, _SIMPLE[column.kind], nullable=column.nullable)


@cache
def _look_for_pandas() -> None:
    """pyarrow asks once, at its first conversion, whether values may be pandas's, and imports all of it for that: 0.3
    seconds of every process. Rows are plain values: where pandas is not in use yet, it is not found at that moment.
    `to_pandas` looks for it again."""
    if "pandas" in sys.modules:
        return
    sys.meta_path.insert(0, _NoPandas)
    try:
        pa.array([None])
    finally:
        sys.meta_path.remove(_NoPandas)


class _NoPandas:
    """A finder of modules that says of pandas that there is none."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


@cache
def schema(dataset: str) -> Any:
    """The Arrow schema of a dataset, with `schema_version` and the dataset's name in its metadata."""
    metadata = {"schema_version": str(SCHEMA_VERSION), "lkjip_dataset": dataset}
    return pa.schema([_field(column) for column in BY_NAME[dataset].columns], metadata=metadata)


@cache
def _columns(dataset: str) -> tuple[frozenset[str], Callable[[Any], tuple[Any, ...]], list[tuple[Column, Any]]]:
    """The names of a dataset's columns, what takes their values from a row, and each column with its Arrow type."""
    columns, names = BY_NAME[dataset].columns, [column.name for column in BY_NAME[dataset].columns]
    kinds = [field.type for field in schema(dataset)]
    return frozenset(names), itemgetter(*names), list(zip(columns, kinds, strict=True))


def table(dataset: str, rows: Sequence[Mapping[str, Any]]) -> Any:
    """Rows (one mapping for each, all columns present) as an Arrow table of the dataset's schema.

    Raises `KeyError` for a row that lacks a column, `ValueError` for one that has an unknown column or a null where
    none may be, and `pyarrow.ArrowInvalid` for a value that does not fit: a row is never altered to make it fit.
    """
    known, of, columns = _columns(dataset)
    for row in rows:
        if len(row) != len(columns) and not known.issuperset(row):
            raise ValueError(f"{dataset}: unknown columns {sorted(row.keys() - known)}")
    _look_for_pandas()
    values: list[list[Any]] = [[] for _ in columns]
    for start in range(0, len(rows), AT_ONCE):
        for column_values, some in zip(values, zip(*map(of, rows[start : start + AT_ONCE]), strict=True), strict=True):
            column_values.extend(some)
    arrays = []
    for (column, kind), column_values in zip(columns, values, strict=True):
        array = pa.array(column_values, type=kind)
        if not column.nullable and array.null_count:
            raise ValueError(f"{dataset}.{column.name}: null where none may be")
        arrays.append(array)
    return pa.Table.from_arrays(arrays, schema=schema(dataset))
