"""Which documents OUT holds, by what `dokumen` says: the only dataset that tells whether a document is complete."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.i18n import problem
from pipeline.location import Location
from pipeline.store.parquet import document_paths, safe_agency, safe_year
from pipeline.store.reading import File, files, rows, steady
from schemas.errors import UnusableOutput

_COLUMNS = ["document_id", "sumber", "sumber_lain", "sha256", "status", "error", "version"]
_ID = re.compile(r"[0-9a-f]{16}")


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


def read_catalogue(out: Location) -> list[Entry]:
    """All documents of OUT, by document id. Raises `UnusableOutput` for a `dokumen` file that cannot be read, or
    whose ids or folders are none that this program writes: paths are made of them."""

    def read() -> list[Entry]:
        return [_entry(file, row) for file, found in rows(files(out, "dokumen"), _COLUMNS) for row in found]

    return sorted(steady(read), key=lambda entry: entry.document_id)


def _entry(file: File, row: dict[str, Any]) -> Entry:
    try:
        if (
            not _ID.fullmatch(row["document_id"])
            or file.agency != safe_agency(file.agency)
            or file.path.parent.name != f"year={safe_year(file.year)}"
        ):
            raise ValueError(row["document_id"])
        return Entry(
            document_id=row["document_id"],
            sumber=row["sumber"],
            sumber_lain=tuple(row["sumber_lain"]),
            sha256=row["sha256"],
            status=row["status"],
            error=row["error"],
            version=row["version"],
            agency=file.agency,
            year=file.year,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise problem(UnusableOutput, "out_damaged", out=file.path) from error
