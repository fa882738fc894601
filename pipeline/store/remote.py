"""A document's rows replaced as a whole in an object store, which has no rename and no transaction of several objects.

Staged objects are copied to their places (within the store) once the journal is there. Of a document that had rows
before, the row of `dokumen` goes first; then come the data, then the new row of `dokumen`. Until all is done the journal
and what it refers to stay, so that copying again after a kill at any request ends in the same state. Every object is put
whole or not at all: that much the stores promise, and that who lists or reads after a put sees it.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from pipeline.location import THREADS, Url, each, remove
from pipeline.store.journal import JOURNAL, read_journal
from pipeline.store.lease import check
from pipeline.store.out import STAGING

TRUSTED = "dokumen"


def stage(folder: Url, contents: Iterable[tuple[str, bytes]]) -> Url:
    """Put files below a staging folder of this name; the folder. Any process on any machine may do it. Raises `OSError`.

    Every call has a folder of its own: a worker that was given up and is still writing disturbs nobody.
    """
    mine = Url(f"{folder}-{uuid.uuid4().hex[:12]}")
    _write(mine, contents)
    return mine


def _write(folder: Url, contents: Iterable[tuple[str, bytes]]) -> None:
    source = iter(contents)
    while block := list(islice(source, THREADS)):
        each(lambda one: (folder / f"{one[0]}.parquet").write_bytes(one[1]), block)


def put(out: Url, folder: Url, more: Mapping[str, bytes], journal: Mapping[str, Any]) -> None:
    """Add files to a staging folder, then its journal, and carry that out. Raises `OSError`, and `UnusableOutput` where
    the lock of OUT was lost."""
    _write(folder, more.items())
    check(out)
    (folder / JOURNAL).write_bytes(json.dumps(journal).encode())
    _apply(out, folder, journal)


def there(out: Url, of: Mapping[Path, set[str]]) -> dict[Path, set[str]]:
    """Those of some paths at which there is an object."""
    paths = list(of)
    found = each(lambda path: (out / path).exists(), paths)
    return {path: of[path] for path, is_there in zip(paths, found, strict=True) if is_there}


def recover(out: Url) -> int:
    """Finish begun commits and delete leftovers of a killed run; the number of documents finished. Raises `OSError`, and
    `UnusableOutput` for a journal that is damaged or names other files than those of the contract."""
    root = out / STAGING
    finished = 0
    leftover: list[Url] = []
    for name, group in groupby(_urls(root), key=lambda url: url.below(root).parts[0]):
        folder = root / name
        mine = list(group)
        if folder / JOURNAL in mine:
            _apply(out, folder, read_journal(folder / JOURNAL))
            finished += 1
        else:
            leftover += mine
    remove(leftover)
    return finished


def _urls(root: Url) -> list[Url]:
    return [stat.url for stat in root.files()]


def _apply(out: Url, folder: Url, journal: Mapping[str, Any]) -> None:
    """Carry out a journal, then take it and the staged objects away."""
    staged = [url for url in _urls(folder) if url.name != JOURNAL]
    if "merge" in journal:
        _merge(out, folder, journal["merge"])
    else:
        _install(out, folder, journal)
    remove([folder / JOURNAL])  # before what it refers to: with it, everything must be there
    remove(staged)


def _install(out: Url, folder: Url, journal: Mapping[str, Any]) -> None:
    install: Mapping[str, str] = journal["install"]
    old = [out / path for path in journal["remove"]]
    trusted = [out / path for path in journal["remove"] if path.startswith(f"{TRUSTED}/")]
    data = [key for key in install if key != TRUSTED]
    first = [key for key in journal["rewritten"] if install[key].startswith(f"{TRUSTED}/")]

    def copy(key: str) -> None:
        (folder / f"{key}.parquet").copy_to(out / install[key])

    if data and TRUSTED in install and (out / install[TRUSTED]).exists():
        trusted.append(out / install[TRUSTED])
    remove(trusted)
    each(copy, first)
    each(copy, [key for key in data if key not in first])
    if TRUSTED in install:
        copy(TRUSTED)
    remove(old)


def _merge(out: Url, folder: Url, parts: Sequence[tuple[str, str, Sequence[str]]]) -> None:
    """Put merged files in place, each before the files that it holds are taken away."""

    def one(part: tuple[str, str, Sequence[str]]) -> None:
        key, target, singles = part
        (folder / f"{key}.parquet").copy_to(out / target)
        remove([out / path for path in singles])

    each(one, parts)
