"""Replacing one document's rows as a whole: old or new after a kill at any moment, never half of each.

1. `stage` writes all files of the document below `OUT/_staging/<name>/`, and `settle` forces them to disk, those of several
   documents together. Nothing is seen of it.
2. `commit` writes the journal `commit.json` beside them, by rename: from here on the new rows count. It then moves the
   files to their places. Readers trust `dokumen`: where a file of the same name must be replaced, the document's row
   there is taken out first; the new one is moved in last. Merged files that hold the document are written anew without
   it, and are part of the same step.
3. `recover`, at the start of the next run, finishes what has a journal and deletes what has none.

Contents are forced to disk before they are moved; the moves themselves are left to the filesystem, which keeps their
order: a power cut then looks like a kill. In an object store the same is done with copies (`pipeline/store/remote.py`).
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.location import Location, Url
from pipeline.store import remote
from pipeline.store.catalogue import Entry
from pipeline.store.journal import JOURNAL, check_journal, partitions, read_journal
from pipeline.store.merged import NAME, merged_bytes, without
from pipeline.store.out import STAGING, output_error, refuse_linked, refuse_links, sync_together, write_file
from pipeline.store.parquet import check_name, parquet_bytes, relative_path
from pipeline.store.reading import open_partition

TRUSTED = remote.TRUSTED


@dataclass(frozen=True, slots=True)
class Staged:
    """A document's new files (`<key>.parquet` in `folder`), not yet in place: key to path below OUT. Keys are datasets."""

    folder: Location
    paths: Mapping[str, Path]


def stage(
    out: Location,
    name: str,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    agency: str,
    year: int,
    document_id: str,
    *,
    settled: bool = True,
) -> Staged:
    """Write the datasets of one document below `OUT/_staging/<name>`; where they are not to be `settled`, whoever commits
    them must do it. Raises `UnusableOutput` where that fails."""
    contents = ((dataset, parquet_bytes(dataset, records)) for dataset, records in rows.items())
    paths = {dataset: relative_path(dataset, agency, year, document_id) for dataset in rows}
    return stage_files(out, name, contents, paths, settled=settled)


def stage_files(
    out: Location,
    name: str,
    contents: Iterable[tuple[str, bytes]],
    paths: Mapping[str, Path],
    *,
    settled: bool = True,
) -> Staged:
    """Write files below `OUT/_staging/<name>`, each under its key of `paths`. Raises `UnusableOutput` where that fails,
    and for a name that is none of a single folder: what is there is deleted."""
    check_name(name)
    try:
        if isinstance(out, Url):
            return Staged(remote.stage(out / STAGING / name, contents), paths)
        folder = out / STAGING / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for key, data in contents:
            (folder / f"{key}.parquet").write_bytes(data)
    except OSError as error:
        raise output_error(error, out) from error
    staged = Staged(folder, paths)
    if settled:
        settle(out, [staged])
    return staged


def settle(out: Location, staged: Iterable[Staged]) -> None:
    """Force staged files to disk, so that they may be committed. Raises `UnusableOutput` where the disk refuses.

    Before this they were all written: the first request then does most of the work for the others.
    """
    if isinstance(out, Url):
        return
    try:
        sync_together([Path(str(one.folder)) / f"{key}.parquet" for one in staged for key in one.paths])
    except OSError as error:
        raise output_error(error, out) from error


def commit(out: Location, staged: Staged, remove: Iterable[Path] = ()) -> None:
    """Put the staged files in place and take away `remove` (paths below OUT), as one step.

    Paths that the new files take are not removed. Raises `UnusableOutput` where the disk refuses; what was begun is
    then finished or undone by `recover`.
    """
    old = list(remove)
    try:
        rewritten, emptied = _rewritten(out, old)
        install = {key: path.as_posix() for key, path in sorted(staged.paths.items())}
        journal = {
            "install": install | {key: path.as_posix() for key, (path, _) in rewritten.items()},
            "remove": sorted({path.as_posix() for path in (*old, *emptied)} - set(install.values())),
            "rewritten": sorted(rewritten),
        }
        put(out, staged.folder, {key: data for key, (_, data) in rewritten.items()}, journal)
    except OSError as error:
        raise output_error(error, out) from error


def put(out: Location, folder: Location, more: Mapping[str, bytes], journal: Mapping[str, Any]) -> None:
    """Add files to a staging folder, then its journal, and carry that out. Raises `OSError`, and
    `UnusableOutput` for a journal that names other files than those of the contract, or files behind links."""
    check_journal(journal, folder / JOURNAL)
    if isinstance(out, Url) and isinstance(folder, Url):
        remote.put(out, folder, more, journal)
    elif isinstance(out, Path) and isinstance(folder, Path):
        refuse_linked(out, partitions(journal))
        for key, data in more.items():
            write_file(folder / f"{key}.parquet", data)
        draft = folder / f"{JOURNAL}.tmp"
        write_file(draft, json.dumps(journal).encode())
        draft.replace(folder / JOURNAL)
        _apply(out, folder, journal)


def _rewritten(out: Location, remove: Sequence[Path]) -> tuple[dict[str, tuple[Path, bytes]], list[Path]]:
    """Merged files that hold documents to be taken away: their keys, paths and new contents; and those left empty."""
    going = set(remove)
    of: dict[Path, set[str]] = defaultdict(set)
    for path in remove:
        if path.name != NAME and path.with_name(NAME) not in going:
            of[path.with_name(NAME)].add(path.stem)
    if isinstance(out, Url):
        of = remote.there(out, of)
    rewritten: dict[str, tuple[Path, bytes]] = {}
    emptied = []
    for number, (path, documents) in enumerate(sorted(of.items())):
        held = open_partition(out / path)
        if held is None:
            continue
        with closing(held):
            if documents.isdisjoint(held.groups):
                continue
            data = without(path.parts[0], held, documents)
        if data is None:
            emptied.append(path)
        else:
            rewritten[f"gabungan-{path.parts[0]}-{number}"] = path, data
    return rewritten, emptied


def remove_document(out: Location, name: str, paths: Iterable[Path]) -> None:
    """Take away files (paths below OUT) as one step."""
    commit(out, stage_files(out, name, (), {}), paths)


def rename(out: Location, entry: Entry, names: Sequence[str]) -> None:
    """Give a document other names (the first is its `sumber`); its other rows stay untouched."""
    import pyarrow.parquet as pq

    from pipeline.arrow import table

    def renamed(rows: Any) -> list[dict[str, Any]]:
        return [row | {"sumber": names[0], "sumber_lain": list(names[1:])} for row in rows.to_pylist()]

    path = relative_path(TRUSTED, entry.agency, entry.year, entry.document_id)
    held = open_partition(out / path.with_name(NAME))
    if held is not None:
        with closing(held):
            if entry.document_id in held.groups:
                tables = {document_id: held.table(document_id) for document_id in held.groups}
                tables[entry.document_id] = table(TRUSTED, renamed(tables[entry.document_id]))
                data = merged_bytes(TRUSTED, tables)
                commit(out, stage_files(out, entry.document_id, [(TRUSTED, data)], {TRUSTED: path.with_name(NAME)}))
                return
    place = out / path
    with place.open("rb") as file:
        rows = renamed(pq.read_table(file))
    commit(out, stage(out, entry.document_id, {TRUSTED: rows}, entry.agency, entry.year, entry.document_id))


def recover(out: Location) -> int:
    """Finish begun commits and delete leftovers of a killed run; the number of documents finished.

    Raises `UnusableOutput` where OUT has links in the place of its folders, and for a journal that is damaged or names
    other files than those of the contract: nothing of it is done then.
    """
    finished = 0
    try:
        if isinstance(out, Url):
            return remote.recover(out)
        refuse_links(out)
        for folder in sorted((out / STAGING).glob("*")):
            journal = folder / JOURNAL
            if folder.is_symlink():
                folder.unlink()
            elif journal.exists():
                held = read_journal(journal)
                refuse_linked(out, partitions(held))
                _apply(out, folder, held)
                finished += 1
            else:
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise output_error(error, out) from error
    finish(out)
    return finished


def finish(out: Location) -> None:
    """Take away the folder of staged files, and in it what came to nothing (a document that was read twice on a cluster)."""
    if isinstance(out, Url):
        recover(out)
        return
    refuse_links(out)
    with suppress(OSError):
        for folder in (out / STAGING).glob("*"):
            if not (folder / JOURNAL).exists():
                shutil.rmtree(folder, ignore_errors=True)
        (out / STAGING).rmdir()


def _apply(out: Path, folder: Path, journal: Mapping[str, Any]) -> None:
    """Carry out a journal. Doing it again after a kill at any line ends in the same state."""
    if "merge" in journal:
        _merge(out, folder, journal["merge"])
        return
    waiting = {key: out / path for key, path in journal["install"].items() if (folder / f"{key}.parquet").exists()}
    remove = [out / path for path in journal["remove"]]
    rewritten = set(journal.get("rewritten", ()))
    for target in waiting.values():
        target.parent.mkdir(parents=True, exist_ok=True)
    installed = TRUSTED in journal["install"] and TRUSTED not in waiting  # the last move was made before the kill
    if not installed:
        data = {key: target for key, target in waiting.items() if key != TRUSTED}
        first = {key: t for key, t in data.items() if key in rewritten and t.relative_to(out).parts[0] == TRUSTED}
        later = {k: t for k, t in data.items() if k not in first and (rewritten or t.exists())}
        for key, target in data.items():
            if key not in first and key not in later:
                (folder / f"{key}.parquet").replace(target)
        if later and TRUSTED in waiting:
            waiting[TRUSTED].unlink(missing_ok=True)
        for path in remove:
            if path.relative_to(out).parts[0] == TRUSTED:
                path.unlink(missing_ok=True)
        for key, target in (*first.items(), *later.items()):
            (folder / f"{key}.parquet").replace(target)
        if TRUSTED in waiting:
            (folder / f"{TRUSTED}.parquet").replace(waiting[TRUSTED])
    for path in remove:
        path.unlink(missing_ok=True)
    for path in remove:
        _drop_empty(path.parent, out)
    shutil.rmtree(folder, ignore_errors=True)


def _merge(out: Path, folder: Path, parts: Sequence[tuple[str, str, Sequence[str]]]) -> None:
    """Put merged files in place, each before the files that it holds are taken away."""
    for key, target, singles in parts:
        with suppress(FileNotFoundError):  # it was put in place before the kill
            (folder / f"{key}.parquet").replace(out / target)
        for path in singles:
            (out / path).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _drop_empty(folder: Path, out: Path) -> None:
    """Remove a partition folder that holds nothing any more, and its agency's if that was all; datasets stay."""
    with suppress(OSError):
        while folder != out and folder.parent != out:
            folder.rmdir()
            folder = folder.parent
