"""One error planted in clean made-up reports is found and explained; the clean ones have no findings.

A small seeded share of what `benchmarks/planting.py` does with thousands, through the same text and the same readers.
"""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FILE = Path(__file__).parents[3] / "benchmarks" / "planting.py"
CASES = 48
SEED = 7


@cache
def planting() -> ModuleType:
    spec = importlib.util.spec_from_file_location("planting", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["planting"] = module
    spec.loader.exec_module(module)
    return module


@cache
def outcomes() -> tuple[tuple[Any, Any], ...]:
    module = planting()
    return tuple((clean, module.judge(planted)) for clean, planted in module.cases(CASES, SEED))


def test_errors_are_found_and_explained() -> None:
    found = [one.found for _, one in outcomes()]
    named = [one.named for _, one in outcomes()]
    assert sum(found) / len(found) >= 0.99
    assert sum(named) / len(named) >= 0.9
    assert {one.how for _, one in outcomes()} == set(planting().KINDS)


def test_clean_reports_have_no_findings() -> None:
    module = planting()
    assert [module.check(clean.lines) for clean, _ in outcomes()[:12]] == [()] * 12


def test_each_planted_error_is_one_finding() -> None:
    for _, one in outcomes():
        assert len(one.findings) <= 2, (one.how, [finding.pesan for finding in one.findings])


def test_what_is_planted_is_no_longer_clean() -> None:
    for clean, one in outcomes():
        changed = [n for n, (a, b) in enumerate(zip(clean.lines, one.planted.lines, strict=True), 1) if a != b]
        assert changed == sorted({cell.line for cell in one.planted.wrong})


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (11, "sebelas"), (100, "seratus"), (1_999, "seribu sembilan ratus sembilan puluh sembilan"),
        (2_000_000, "dua juta"), (1_000_110_000, "satu miliar seratus sepuluh ribu"),
    ],
)  # fmt: skip
def test_words(number: int, said: str) -> None:
    assert planting().words(number) == said
