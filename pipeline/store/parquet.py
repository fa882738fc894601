"""Rows to Parquet bytes and to paths. The same rows give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from pipeline.i18n import problem
from schemas.datasets import PER_DOCUMENT
from schemas.errors import UnusableOutput

UNKNOWN_AGENCY = "tidak-dikenal"

# Every setting of the writer that could differ between machines. One document's files are so small that zstd alone makes
# them smaller than dictionaries do, and sooner.
SETTINGS: Mapping[str, Any] = {
    "version": "2.6",
    "data_page_version": "1.0",
    "compression": "zstd",
    "compression_level": 3,
    "use_dictionary": False,
    "write_statistics": True,
    "row_group_size": 1 << 20,
    "store_schema": True,
}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 180  # a path component may have 255 bytes; "agency=" and what a filesystem adds must fit too


def safe_agency(agency: str) -> str:
    """The slug itself where it is one, else one made of its letters and digits: never a path, never too long."""
    if not _SLUG.fullmatch(agency):
        agency = "-".join(re.findall(r"[a-z0-9]+", agency.casefold()))
    return agency[:_LONGEST].rstrip("-") or UNKNOWN_AGENCY


def safe_year(year: int) -> int:
    """The year where it can be one, else 0."""
    return year if 1900 <= year <= 2200 else 0


def check_name(name: str) -> None:
    """See that a name leads nowhere but to one entry of its folder. Raises `UnusableOutput` where it may lead elsewhere."""
    if name in ("", ".", "..") or "\0" in name or "/" in name or PurePath(name).name != name:
        raise problem(UnusableOutput, "out_bad_name", name=name)


def relative_path(dataset: str, agency: str, year: int, document_id: str) -> Path:
    """`<dataset>/agency=<slug>/year=<yyyy>/<document_id>.parquet`, below OUT.

    Raises `UnusableOutput` for an id that is no name of a file.
    """
    check_name(document_id)
    return Path(dataset, f"agency={safe_agency(agency)}", f"year={safe_year(year)}", f"{document_id}.parquet")


def document_paths(agency: str, year: int, document_id: str) -> dict[str, Path]:
    """Dataset to relative path, for all files a document may have."""
    return {dataset.name: relative_path(dataset.name, agency, year, document_id) for dataset in PER_DOCUMENT}


def parquet_bytes(dataset: str, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The rows as one zstd Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from pipeline.arrow import table

    sink = pa.BufferOutputStream()
    pq.write_table(table(dataset, rows), sink, **SETTINGS)
    data: bytes = sink.getvalue().to_pybytes()
    return data
