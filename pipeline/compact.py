"""The story of `lkjip compact`: the small files of a partition become one, and no reader sees a row twice or not at all.

The rows stay what they are; only the files change, one dataset of one partition at a time. On this machine the partition's
folder changes places with one that holds the merged file, in one step, so that any reader sees the one or the other. In an
object store (and on a filesystem that cannot exchange folders) the merged file is put in place and then what it holds is
taken away, by a journal that the next command finishes after a kill; readers of ours let the merged file count meanwhile.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.location import Location
from pipeline.store import lock, open_for_reading, open_for_writing, read_catalogue, recover
from pipeline.store.exchange import exchange
from pipeline.store.merged import NAME, fits, merged_bytes
from pipeline.store.out import STAGING, output_error, refuse_linked, write_file
from pipeline.store.parquet import relative_path
from pipeline.store.reading import File, files, open_partition, tables
from pipeline.store.transaction import finish, put, remove_document, stage_files
from schemas.datasets import DATASETS

Partition = tuple[str, int]
Merge = tuple[str, list[File], bytes]  # dataset, the files of one partition, and their rows as one


@dataclass(slots=True)
class Compacted:
    """What was done: files `before` and `after`, `orphans` (files of documents that `dokumen` does not name, taken away)
    and `left` (files of another version of the program, or beside something unknown, left as they are)."""

    before: int = 0
    after: int = 0
    orphans: int = 0
    left: int = 0


def compact(out: Location) -> Compacted:
    """Merge every partition of every dataset. Raises `UnusableOutput` where OUT is none or cannot be written."""
    open_for_reading(out)
    open_for_writing(out)
    done = Compacted()
    with lock(out):
        recover(out)
        known = {entry.document_id for entry in read_catalogue(out)}
        held = {dataset.name: files(out, dataset.name) for dataset in DATASETS}
        done.before = done.after = sum(map(len, held.values()))
        _take_orphans(out, held, known, done)
        for partition, of in sorted(_partitions(held).items()):
            merges = [merge for name, mine in of.items() if (merge := _merge(name, mine, known, done)) is not None]
            try:
                _put(out, partition, merges, done)
            except OSError as error:
                raise output_error(error, out) from error
        finish(out)
    return done


def _take_orphans(out: Location, held: Mapping[str, list[File]], known: Collection[str], done: Compacted) -> None:
    orphans = []
    for name, mine in held.items():
        gone = [file for file in mine if not file.merged and name != "dokumen" and file.path.stem not in known]
        orphans += [relative_path(name, file.agency, file.year, file.path.stem) for file in gone]
        mine[:] = [file for file in mine if file not in gone]
    if orphans:
        remove_document(out, "yatim", orphans)
        done.orphans = len(orphans)
        done.after -= len(orphans)


def _partitions(held: Mapping[str, Sequence[File]]) -> dict[Partition, dict[str, list[File]]]:
    """Partition to dataset to files, where there is more than one."""
    of: dict[Partition, dict[str, list[File]]] = defaultdict(dict)
    for name, every in held.items():
        for file in every:
            of[file.partition].setdefault(name, []).append(file)
    return {
        partition: many
        for partition, datasets in of.items()
        if (many := {name: mine for name, mine in datasets.items() if len(mine) > 1})
    }


def _merge(dataset: str, mine: list[File], known: Collection[str], done: Compacted) -> Merge | None:
    """The rows of a partition as one file; None where a file in it is not of this version."""
    parts: dict[str, Any] = {}
    for document_id, rows in _documents(mine):
        if not fits(dataset, rows.schema):
            done.left += len(mine)
            return None
        if document_id in known:
            parts[document_id] = rows
    return dataset, mine, merged_bytes(dataset, parts)


def _documents(mine: Sequence[File]) -> Iterator[tuple[str, Any]]:
    """The documents of a partition's files with their rows."""
    covered: set[str] = set()
    for file in mine:
        if file.merged and (held := open_partition(file.path)) is not None:
            with closing(held):
                covered |= set(held.groups)
                yield from ((document_id, held.table(document_id)) for document_id in held.groups)
    single = [file for file in mine if not file.merged and file.path.stem not in covered]
    yield from ((file.path.stem, rows) for file, rows in tables(single))


def _put(out: Location, partition: Partition, merges: Sequence[Merge], done: Compacted) -> None:
    name = f"gabungan-{partition[0]}-{partition[1]}"
    if isinstance(out, Path):
        merges = [merge for merge in merges if not _exchanged(out / STAGING / name, merge, done)]
    if not merges:
        return
    staged = stage_files(out, name, ((dataset, data) for dataset, _, data in merges), {})
    parts = [
        [
            dataset,
            relative_path(dataset, *partition, Path(NAME).stem).as_posix(),
            [relative_path(dataset, *partition, file.path.stem).as_posix() for file in mine if not file.merged],
        ]
        for dataset, mine, _ in merges
    ]
    put(out, staged.folder, {}, {"merge": parts})
    done.after -= sum(len(mine) - 1 for _, mine, _ in merges)


def _exchanged(staging: Path, merge: Merge, done: Compacted) -> bool:
    """Whether nothing is left to do for this merge: folders changed places, or this one is not to be touched."""
    _, mine, data = merge
    folder = mine[0].path.parent
    assert isinstance(folder, Path)
    refuse_linked(staging.parent.parent, [folder.relative_to(staging.parent.parent).as_posix()])
    if {path.name for path in folder.iterdir()} != {file.path.name for file in mine}:
        done.left += len(mine)
        return True
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    write_file(staging / NAME, data)
    if not exchange(folder, staging):
        return False
    shutil.rmtree(staging, ignore_errors=True)
    done.after -= len(mine) - 1
    return True
