"""Which documents OUT holds, by what `dokumen` says: the only dataset that tells whether a document is complete."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.i18n import problem
from pipeline.store.parquet import document_paths
from schemas.errors import UnusableOutput

_COLUMNS = ["document_id", "sumber", "sumber_lain", "sha256", "status", "error", "version"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of `dokumen`, as far as the next run needs it, with its partition."""

    document_id: str
    sumber: str
    sumber_lain: tuple[str, ...]
    sha256: str | None
    status: str
    error: str | None
    version: str
    agency: str
    year: int

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which these bytes were given."""
        return (self.sumber, *self.sumber_lain)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file this document may have, below OUT."""
        return tuple(document_paths(self.agency, self.year, self.document_id).values())


def read_catalogue(out: Path) -> list[Entry]:
    """All documents of OUT, by document id. Raises `UnusableOutput` for a `dokumen` file that cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    entries = []
    for path in sorted((out / "dokumen").glob("agency=*/year=*/*.parquet")):
        try:
            with pq.ParquetFile(path) as file:
                rows = file.read(columns=_COLUMNS).to_pylist()
            year = int(path.parent.name.removeprefix("year="))
        except (OSError, ValueError, pa.ArrowException) as error:
            raise problem(UnusableOutput, "out_damaged", out=path) from error
        agency = path.parent.parent.name.removeprefix("agency=")
        for row in rows:
            entries.append(
                Entry(
                    document_id=row["document_id"],
                    sumber=row["sumber"],
                    sumber_lain=tuple(row["sumber_lain"]),
                    sha256=row["sha256"],
                    status=row["status"],
                    error=row["error"],
                    version=row["version"],
                    agency=agency,
                    year=year,
                )
            )
    return sorted(entries, key=lambda entry: entry.document_id)
