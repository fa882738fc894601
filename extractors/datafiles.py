"""The data files that come with the package: vocabulary (spellings, head words) and reference (official lists).

Read once, on first use, and kept; every value stays a string.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from operator import itemgetter


def _rows(text: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV by its header, all as long as that: csv.DictReader takes twice the time to allow for others."""
    rows = csv.reader(io.StringIO(text))
    header = next(rows)
    return tuple([dict(zip(header, row, strict=True)) for row in rows])


def _read(folder: str, name: str) -> str:
    data = (files("schemas") / folder / name).read_bytes()
    return (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")


@cache
def vocabulary(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `schemas/vocabulary/<name>.csv`, in the order of the file."""
    return _rows(_read("vocabulary", f"{name}.csv"))


@cache
def words(name: str, column: str) -> frozenset[str]:
    """One column of a vocabulary file, lower-cased."""
    return frozenset(row[column].casefold() for row in vocabulary(name))


def columns(name: str, *wanted: str) -> Iterator[tuple[str, ...]]:
    """Some columns of `schemas/reference/<name>`, row by row; for who needs them once, in half the time of `reference`."""
    rows = csv.reader(io.StringIO(_read("reference", name)))
    header = next(rows)
    return map(itemgetter(*map(header.index, wanted)), rows)


@cache
def reference(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `schemas/reference/<name>` (a CSV, or a gzipped CSV)."""
    return _rows(_read("reference", name))
