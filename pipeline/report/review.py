"""What reviewers said about findings: `OUT/tinjauan.sqlite`, which the dashboard keeps and the report only reads.

Table `tinjauan`: `temuan_id` (key), `status` (baru, diterima, ditolak, selesai, salah baca), `catatan`, `nilai_benar`
(the right figure, for "salah baca"), `oleh`, `waktu` (ISO 8601). Only the first two must be there.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.i18n import problem
from schemas.errors import UnusableOutput

FILE = "tinjauan.sqlite"
_OPTIONAL = ("catatan", "nilai_benar", "oleh", "waktu")


@dataclass(frozen=True, slots=True)
class Review:
    """A reviewer's word on one finding; texts are as they were typed, and as little trusted as any other."""

    status: str
    note: str = ""
    right_value: str = ""
    by: str = ""
    when: str = ""


def load_reviews(out: Path) -> dict[str, Review]:
    """Reviews by temuan_id; none where nobody reviewed. Raises `UnusableOutput` for a file that is damaged."""
    path = out / FILE
    if not path.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            held = {row[1] for row in base.execute("PRAGMA table_info(tinjauan)")}
            if not {"temuan_id", "status"} <= held:
                return {}
            columns = ", ".join(name if name in held else "''" for name in ("temuan_id", "status", *_OPTIONAL))
            rows = base.execute(f"SELECT {columns} FROM tinjauan").fetchall()
    except sqlite3.Error as error:
        raise problem(UnusableOutput, "out_damaged", out=path) from error
    return {str(id_): Review(*("" if part is None else str(part) for part in parts)) for id_, *parts in rows}
