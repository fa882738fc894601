"""Loading of the vocabulary: spelling variants are data (`schemas/vocabulary/*.csv`), not code."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def load(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `schemas/vocabulary/<name>.csv` in file order, as dicts of strings; lines beginning with # are comments.

    Raises FileNotFoundError for a name that does not exist (a mistake of the code, not of a user).
    """
    text = (files("schemas") / "vocabulary" / f"{name}.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(csv.DictReader(lines))


@cache
def words(name: str, column: str = "kata") -> frozenset[str]:
    """The set of one column of a vocabulary file."""
    return frozenset(row[column] for row in load(name))
