"""From OUT to the rows of one document. Each Parquet file is read once, and only of documents that `dokumen` names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.location import Location
from pipeline.store import reading
from pipeline.store.parquet import UNKNOWN_AGENCY

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


def catalogue(out: Location) -> list[Row]:
    """Every row of `dokumen` with its partition, by agency, year and name. Raises `UnusableOutput` if one is damaged."""
    rows = reading.steady(lambda: _dokumen(out, None))
    return sorted(rows, key=lambda row: (row["agency"], row["year"], row["sumber"], row["document_id"]))


def find(out: Location, agency: str, document_id: str) -> Row | None:
    """The row of `dokumen` of another document of the agency; None where it is not there."""
    rows = reading.steady(lambda: _dokumen(out, agency, document_id))
    return next((row for row in rows if row["document_id"] == document_id), None)


def _dokumen(out: Location, agency: str | None, document_id: str | None = None) -> list[Row]:
    files = reading.files(out, "dokumen", agency)
    found = reading.rows([file for file in files if file.merged or document_id in (None, file.path.stem)])
    return [row | {"agency": file.agency, "year": file.year} for file, rows in found for row in rows]


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


def load(out: Location, head: Row, others: Sequence[Row] = ()) -> Data:
    """All rows of a document. `others` are the heads of the agency's earlier years."""
    rows = reading.document_datasets(out, _READ, head["agency"], head["year"], head["document_id"])
    earlier = {
        one["year"]: reading.document_rows(out, "ringkasan", one["agency"], one["year"], one["document_id"])
        for one in others
    }
    return Data(head, rows, earlier)
