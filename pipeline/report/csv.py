"""`temuan.csv`: every finding on one line, safe to open in a spreadsheet. UTF-8 with BOM, so that Excel knows it is."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.report.text import csv_text

COLUMNS = (
    "agency",
    "year",
    "instansi",
    "wilayah",
    "severity",
    "rule",
    "subjek",
    "stated",
    "expected",
    "difference",
    "unit",
    "label",
    "page",
    "line",
    "pesan",
    "message",
    "saran",
    "tinjauan",
    "catatan",
    "nilai_benar",
    "sumber",
    "document_id",
    "temuan_id",
)


class FindingsCsv:
    """The file while it is being written."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._writer.writerow(COLUMNS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Findings as mappings with (at least) the columns."""
        self._writer.writerows([_cell(row.get(name)) for name in COLUMNS] for row in rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else csv_text(str(value))
