"""From OUT to the rows of one document. Each Parquet file is read once, and only of documents that `dokumen` names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.i18n import problem
from pipeline.store.parquet import UNKNOWN_AGENCY, relative_path
from schemas.errors import UnusableOutput

Row = dict[str, Any]

# Read for a document's page; `dokumen` itself comes from the catalogue.
_READ = (
    "halaman",
    "tabel",
    "sel",
    "angka",
    "anggaran",
    "kinerja",
    "klaim",
    "pemeriksaan",
    "temuan",
    "keraguan",
    "ringkasan",
    "temuan_lintas",
    "kelompok_dokumen",
)
EARLIER = 6  # years of one agency that a chart goes back


@dataclass(frozen=True, slots=True)
class Data:
    """All rows of one document. `head` is its row of `dokumen` with `agency` and `year`; `earlier` is `ringkasan` of the
    agency's earlier years, by year."""

    head: Row
    rows: Mapping[str, Sequence[Row]]
    earlier: Mapping[int, Sequence[Row]] | None = None

    def __getitem__(self, dataset: str) -> Sequence[Row]:
        return self.rows[dataset]

    @property
    def id(self) -> str:
        return str(self.head["document_id"])


def catalogue(out: Path) -> list[Row]:
    """Every row of `dokumen` with its partition, by agency, year and name. Raises `UnusableOutput` if one is damaged."""
    rows = [
        row | _partition(path)
        for path in sorted((out / "dokumen").glob("agency=*/year=*/*.parquet"))
        for row in _rows(path)
    ]
    return sorted(rows, key=lambda row: (row["agency"], row["year"], row["sumber"], row["document_id"]))


def find(out: Path, agency: str, document_id: str) -> Row | None:
    """The row of `dokumen` of another document of the agency; None where it is not there."""
    for path in sorted((out / "dokumen" / f"agency={agency}").glob(f"year=*/{document_id}.parquet")):
        for row in _rows(path):
            return row | _partition(path)
    return None


def earlier(heads: Sequence[Row]) -> dict[str, list[Row]]:
    """For each document, one document for each other year of its agency (the performance report before plans)."""
    of: dict[str, dict[int, Row]] = defaultdict(dict)
    for head in heads:
        if head["agency"] == UNKNOWN_AGENCY or not head["year"] or head["status"] == "failed":
            continue
        held = of[head["agency"]].get(head["year"])
        if held is None or (held["jenis"] != "lkjip" and head["jenis"] == "lkjip"):
            of[head["agency"]][head["year"]] = head
    return {
        head["document_id"]: [
            of[head["agency"]][year]
            for year in sorted(of[head["agency"]], reverse=True)
            if year < head["year"] and of[head["agency"]][year]["jenis"] == "lkjip"
        ][:EARLIER]
        for head in heads
        if head["agency"] in of
    }


def load(out: Path, head: Row, others: Sequence[Row] = ()) -> Data:
    """All rows of a document. `others` are the heads of the agency's earlier years."""
    rows = {dataset: _dataset(out, head, dataset) for dataset in _READ}
    return Data(head, rows, {one["year"]: _dataset(out, one, "ringkasan") for one in others})


def _dataset(out: Path, head: Row, dataset: str) -> list[Row]:
    path = out / relative_path(dataset, head["agency"], head["year"], head["document_id"])
    return _rows(path) if path.exists() else []


def _partition(path: Path) -> Row:
    agency, year = path.parent.parent.name, path.parent.name
    return {"agency": agency.removeprefix("agency="), "year": int(year.removeprefix("year="))}


def _rows(path: Path) -> list[Row]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            rows: list[Row] = file.read().to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise problem(UnusableOutput, "out_damaged", out=path) from error
    return rows
