"""Replacing one document's rows as a whole: old or new after a kill at any moment, never half of each.

1. `stage` writes all files of the document below `OUT/_staging/<name>/` and forces them to disk. Nothing is seen of it.
2. `commit` writes the journal `commit.json` beside them, by rename: from here on the new rows count. It then moves the
   files to their places. Readers trust `dokumen`: where a file of the same name must be replaced, the document's row
   there is taken out first; the new one is moved in last.
3. `recover`, at the start of the next run, finishes what has a journal and deletes what has none.

Contents are forced to disk before they are moved; the moves themselves are left to the filesystem, which keeps their
order: a power cut then looks like a kill.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.store.catalogue import Entry
from pipeline.store.out import STAGING, output_error, sync_file, write_file
from pipeline.store.parquet import parquet_bytes, relative_path

JOURNAL = "commit.json"
TRUSTED = "dokumen"


@dataclass(frozen=True, slots=True)
class Staged:
    """A document's new files (`<dataset>.parquet` in `folder`), not yet in place: dataset to path below OUT."""

    folder: Path
    paths: Mapping[str, Path]


def stage(
    out: Path, name: str, rows: Mapping[str, Sequence[Mapping[str, Any]]], agency: str, year: int, document_id: str
) -> Staged:
    """Write the datasets of one document below `OUT/_staging/<name>`. Raises `UnusableOutput` where that fails."""
    folder = out / STAGING / name
    paths = {}
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for dataset, records in rows.items():
            (folder / f"{dataset}.parquet").write_bytes(parquet_bytes(dataset, records))
            paths[dataset] = relative_path(dataset, agency, year, document_id)
        for dataset in rows:  # after all are written: the first then does most of the work for the others
            sync_file(folder / f"{dataset}.parquet")
    except OSError as error:
        raise output_error(error, out) from error
    return Staged(folder, paths)


def commit(out: Path, staged: Staged, remove: Iterable[Path] = ()) -> None:
    """Put the staged files in place and take away `remove` (paths below OUT), as one step.

    Paths that the new files take are never removed. Raises `UnusableOutput` where the disk refuses; what was begun is
    then finished or undone by `recover`.
    """
    taken = set(staged.paths.values())
    journal = {
        "install": {dataset: path.as_posix() for dataset, path in sorted(staged.paths.items())},
        "remove": sorted(path.as_posix() for path in remove if path not in taken),
    }
    try:
        draft = staged.folder / f"{JOURNAL}.tmp"
        write_file(draft, json.dumps(journal).encode())
        draft.replace(staged.folder / JOURNAL)
        _apply(out, staged.folder, journal)
    except OSError as error:
        raise output_error(error, out) from error


def remove_document(out: Path, name: str, paths: Iterable[Path]) -> None:
    """Take away files (paths below OUT) as one step."""
    folder = out / STAGING / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise output_error(error, out) from error
    commit(out, Staged(folder, {}), paths)


def rename(out: Path, entry: Entry, names: Sequence[str]) -> None:
    """Give a document other names (the first is its `sumber`); its other rows stay untouched."""
    import pyarrow.parquet as pq

    path = out / relative_path(TRUSTED, entry.agency, entry.year, entry.document_id)
    with pq.ParquetFile(path) as file:
        rows = file.read().to_pylist()
    renamed = [row | {"sumber": names[0], "sumber_lain": list(names[1:])} for row in rows]
    commit(out, stage(out, entry.document_id, {TRUSTED: renamed}, entry.agency, entry.year, entry.document_id))


def recover(out: Path) -> int:
    """Finish begun commits and delete leftovers of a killed run; the number of documents finished."""
    finished = 0
    try:
        for folder in sorted((out / STAGING).glob("*")):
            journal = folder / JOURNAL
            if journal.exists():
                _apply(out, folder, json.loads(journal.read_text(encoding="utf-8")))
                finished += 1
            else:
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise output_error(error, out) from error
    finish(out)
    return finished


def finish(out: Path) -> None:
    """Take away the folder of staged files, and in it what came to nothing (a document that was read twice on a cluster)."""
    with suppress(OSError):
        for folder in (out / STAGING).glob("*"):
            if not (folder / JOURNAL).exists():
                shutil.rmtree(folder, ignore_errors=True)
        (out / STAGING).rmdir()


def _apply(out: Path, folder: Path, journal: dict[str, Any]) -> None:
    """Carry out a journal. Doing it again after a kill at any line ends in the same state."""
    waiting = {d: out / path for d, path in journal["install"].items() if (folder / f"{d}.parquet").exists()}
    remove = [out / path for path in journal["remove"]]
    for target in waiting.values():
        target.parent.mkdir(parents=True, exist_ok=True)
    installed = TRUSTED in journal["install"] and TRUSTED not in waiting  # the last move was made before the kill
    if not installed:
        data = {d: target for d, target in waiting.items() if d != TRUSTED}
        replaced = {d: target for d, target in data.items() if target.exists()}
        for dataset, target in data.items():
            if dataset not in replaced:
                (folder / f"{dataset}.parquet").replace(target)
        if replaced and TRUSTED in waiting:
            waiting[TRUSTED].unlink(missing_ok=True)
        for path in remove:
            if path.relative_to(out).parts[0] == TRUSTED:
                path.unlink(missing_ok=True)
        for dataset, target in replaced.items():
            (folder / f"{dataset}.parquet").replace(target)
        if TRUSTED in waiting:
            (folder / f"{TRUSTED}.parquet").replace(waiting[TRUSTED])
    for path in remove:
        path.unlink(missing_ok=True)
    for path in remove:
        _drop_empty(path.parent, out)
    shutil.rmtree(folder, ignore_errors=True)


def _drop_empty(folder: Path, out: Path) -> None:
    """Remove a partition folder that holds nothing any more, and its agency's if that was all; datasets stay."""
    with suppress(OSError):
        while folder != out and folder.parent != out:
            folder.rmdir()
            folder = folder.parent
