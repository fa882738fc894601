"""Reading the files of OUT, wherever it is and however they are merged: every document's rows once.

A run or `lkjip compact` may take away a file between listing and opening it: `FileNotFoundError` then goes through, and
whoever asked lists again (`steady`). A merged file is opened once, for what it holds and for its rows: that it is put in
the place of another in between can make nothing appear twice.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePath
from typing import Any, TypeVar

from pipeline.i18n import problem
from pipeline.location import Location, Url, each
from pipeline.store.merged import NAME, Merged, open_merged
from pipeline.store.out import output_error
from pipeline.store.parquet import relative_path
from schemas.errors import UnusableOutput

TRIES = 5
_AHEAD = 64  # objects fetched at a time

Row = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class File:
    """A Parquet file of a dataset, with its partition."""

    path: Location
    agency: str
    year: int

    @property
    def partition(self) -> tuple[str, int]:
        return self.agency, self.year

    @property
    def merged(self) -> bool:
        return self.path.name == NAME


def steady(read: Callable[[], T]) -> T:
    """What `read` returns; asked again where a file that it had listed was gone when it came to it."""
    for attempt in range(TRIES):
        try:
            return read()
        except FileNotFoundError:
            time.sleep(0.05 * 2**attempt)
    try:
        return read()
    except FileNotFoundError as error:
        raise problem(UnusableOutput, "out_changing") from error


def files(out: Location, dataset: str, agency: str | None = None) -> list[File]:
    """The Parquet files of a dataset in the order of paths, merged ones last in their partition. None is opened."""
    folder = out / dataset
    if isinstance(folder, Url):
        root = folder if agency is None else folder / f"agency={agency}"
        try:
            below = [(stat.url, stat.url.below(folder)) for stat in root.files()]
        except OSError as error:
            raise output_error(error, out) from error
        found = [(url, path) for url, path in below if len(path.parts) == 3 and path.suffix == ".parquet"]
        return [_file(url, path) for url, path in found]
    pattern = f"agency={agency or '*'}/year=*/*.parquet"
    return [_file(path, path) for path in sorted(folder.glob(pattern))]


def _file(place: Location, path: PurePath) -> File:
    try:
        year = int(path.parts[-2].removeprefix("year="))
    except ValueError as error:
        raise problem(UnusableOutput, "out_damaged", out=place) from error
    return File(place, path.parts[-3].removeprefix("agency="), year)


def tables(found: Sequence[File], columns: list[str] | None = None) -> Iterator[tuple[File, Any]]:
    """The rows of files as Arrow tables, those of a document with two forms once; `columns` None: all.

    `found` must hold a partition's files side by side. Raises `FileNotFoundError` (see `steady`), and `UnusableOutput` for a
    damaged file.
    """
    for _, group in groupby(found, key=lambda file: file.partition):
        mine = list(group)
        covered: set[str] = set()
        for file in [one for one in mine if one.merged]:
            with closing(_merged(file.path)) as held:
                covered |= set(held.groups)
                yield file, _guarded(file.path, lambda held=held: held.file.read(columns=columns))  # type: ignore[misc]
        single = [one for one in mine if not one.merged and one.path.stem not in covered]
        for i in range(0, len(single), _AHEAD):
            part = single[i : i + _AHEAD]
            for file, source in zip(part, _sources([one.path for one in part]), strict=True):
                yield file, _read(file.path, source, columns)


def rows(found: Sequence[File], columns: list[str] | None = None) -> Iterator[tuple[File, list[Row]]]:
    """As `tables`, with the rows as mappings."""
    for file, table in tables(found, columns):
        yield file, table.to_pylist()


def document_rows(out: Location, dataset: str, agency: str, year: int, document_id: str) -> list[Row]:
    """The rows that one document has in a dataset; none where it has none."""
    path = out / relative_path(dataset, agency, year, document_id)
    for _ in range(TRIES):  # merged between the two looks, or taken out of a merged file
        try:
            if isinstance(path, Url) or path.exists():
                return _read(path, _source(path), None).to_pylist()  # type: ignore[no-any-return]
        except FileNotFoundError:
            pass
        try:
            with closing(_merged(path.parent / NAME)) as held:
                if document_id in held.groups:
                    return _guarded(path, lambda: held.table(document_id)).to_pylist()  # type: ignore[no-any-return]
        except FileNotFoundError:
            pass
        if not path.exists():
            break
    return []


def document_datasets(
    out: Location, datasets: Sequence[str], agency: str, year: int, document_id: str
) -> dict[str, list[Row]]:
    """The rows that one document has in several datasets; from an object store all are asked for at a time."""

    def read(dataset: str) -> list[Row]:
        return document_rows(out, dataset, agency, year, document_id)

    found = each(read, datasets) if isinstance(out, Url) else [read(dataset) for dataset in datasets]
    return dict(zip(datasets, found, strict=True))


def open_partition(path: Location) -> Merged | None:
    """The merged file at a path, open (to be closed); None where there is none."""
    try:
        return _merged(path)
    except FileNotFoundError:
        return None


def _merged(path: Location) -> Merged:
    source = _source(path)
    return _guarded(path, lambda: open_merged(source))


def _sources(paths: Sequence[Location]) -> list[Path | bytes]:
    remote = any(isinstance(path, Url) for path in paths)
    return each(_source, paths) if remote else [_source(path) for path in paths]


def _source(path: Location) -> Path | bytes:
    """What to open: a path itself, or an object's bytes."""
    if isinstance(path, Path):
        return path
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise output_error(error, path) from error


def _read(path: Location, source: Path | bytes, columns: list[str] | None) -> Any:
    import pyarrow.parquet as pq

    def read() -> Any:
        with pq.ParquetFile(io.BytesIO(source) if isinstance(source, bytes) else source) as file:
            return file.read(columns=columns)

    return _guarded(path, read)


def _guarded(path: Location, read: Callable[[], T]) -> T:
    import pyarrow as pa

    try:
        return read()
    except FileNotFoundError:
        raise
    except (OSError, ValueError, TypeError, RecursionError, pa.ArrowException) as error:
        raise problem(UnusableOutput, "out_damaged", out=path) from error
