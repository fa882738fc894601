"""`lkjip export OUT --duckdb FILE`: one file that other tools open, with views over the Parquet and their descriptions."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from pipeline.dashboard.sql import quoted
from pipeline.dashboard.views import View, create
from pipeline.i18n import problem, say
from pipeline.location import Location, Url
from pipeline.review.reviews import reviews
from pipeline.text import terminal
from schemas.datasets import DATASETS, PARTITIONS
from schemas.errors import BadOption, UnusableOutput

MARKER = "kamus"


def command(out: Location, target: Path, lang: str) -> int:
    """The command: write the file and say so."""
    made = export(out, target)
    key = "exported_copy" if isinstance(out, Url) else "exported"
    print(terminal(say(key, lang, path=target, out=out, views=len(made))))
    return 0


def export(out: Location, target: Path) -> list[View]:
    """Write the views, the table `kamus` (dataset, column, type, what it holds) and, as they are now, the reviews as table
    `tinjauan`. The views follow OUT: a later ingest shows in them. Of an OUT in an object store the rows themselves are
    copied into the file, as they are now.

    The file is replaced as a whole if `lkjip export` wrote it. Raises `BadOption` if something else has that name or there is
    no such folder, `UnusableOutput` where OUT is none or the file cannot be written.
    """
    from pipeline.store import open_for_reading

    duckdb = needed("duckdb")
    open_for_reading(out)
    if target.exists() and not (target.is_file() and _ours(target)):
        raise problem(BadOption, "export_taken", path=target)
    if not target.parent.is_dir():
        raise problem(BadOption, "export_no_folder", folder=target.parent)
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        draft.unlink(missing_ok=True)
        with duckdb.connect(str(draft)) as base:
            made = create(base, out)
            _dictionary(base)
            _reviews(base, out)
        draft.replace(target)
    except (OSError, duckdb.Error) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error).replace(draft.name, target.name)
        raise problem(UnusableOutput, "export_failed", path=target, reason=" ".join(reason.split())) from error
    finally:
        for left in (draft, draft.with_name(f"{draft.name}.wal")):
            with suppress(OSError):
                left.unlink()
    return made


def needed(package: str):  # type: ignore[no-untyped-def]
    """A package of the extra `dashboard`. Raises `BadOption` where it is not installed."""
    from importlib import import_module

    try:
        return import_module(package)
    except ImportError as error:
        raise problem(BadOption, "extra_missing", package=package) from error


def _ours(target: Path) -> bool:
    import duckdb

    try:
        with duckdb.connect(str(target), read_only=True) as base:
            held = base.execute("SELECT comment FROM duckdb_tables() WHERE table_name = ?", [MARKER]).fetchone()
    except duckdb.Error:
        return False
    return held is not None and str(held[0]).startswith("lkjip")


def _dictionary(base) -> None:  # type: ignore[no-untyped-def]
    base.execute(
        f"CREATE TABLE {MARKER} (dataset VARCHAR, kolom VARCHAR, tipe VARCHAR, isi VARCHAR, description VARCHAR)"
    )
    rows = [
        (dataset.name, column.name, column.kind.value, column.id, column.en)
        for dataset in DATASETS
        for column in (*dataset.columns, *PARTITIONS)
    ]
    base.executemany(f"INSERT INTO {MARKER} VALUES (?, ?, ?, ?, ?)", rows)
    base.execute(f"COMMENT ON TABLE {MARKER} IS {quoted('lkjip: kolom tiap dataset; the columns of every dataset')}")


def _reviews(base, out: Location) -> None:  # type: ignore[no-untyped-def]
    base.execute(
        "CREATE TABLE tinjauan (temuan_id VARCHAR, status VARCHAR, catatan VARCHAR, nilai_benar VARCHAR, oleh VARCHAR, "
        "waktu VARCHAR)"
    )
    rows = [(r.temuan_id, r.status, r.notes, r.right_value, r.by, r.when) for r in reviews(out).values()]
    if rows:
        base.executemany("INSERT INTO tinjauan VALUES (?, ?, ?, ?, ?, ?)", rows)
    told = "tinjauan pada saat ekspor; the reviews as they were when this was written"
    base.execute(f"COMMENT ON TABLE tinjauan IS {quoted(told)}")
