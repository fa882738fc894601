"""Vocabulary files are data: every row fits its header, every pattern is one."""

from __future__ import annotations

from importlib.resources import files

import pytest
import regex

from schemas.vocab import load

NAMES = sorted(
    p.name.removesuffix(".csv") for p in (files("schemas") / "vocabulary").iterdir() if p.name.endswith(".csv")
)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_the_columns_of_its_header(name: str) -> None:
    rows = load(name)
    assert rows
    for row in rows:
        assert None not in row, f"a comma too many (quote the field): {row}"
        assert None not in row.values(), f"a field is lacking: {row}"


@pytest.mark.parametrize("name", [n for n in NAMES if "pattern" in load(n)[0]])
def test_every_pattern_compiles(name: str) -> None:
    for row in load(name):
        regex.compile(row["pattern"])
