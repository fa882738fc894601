"""Runs that are really hurt, at small scale, by the scenarios of `benchmarks/faults.py`; each compares with an undisturbed run."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.ingest import Settings, ingest
from schemas.errors import UnusableOutput

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def faults() -> Iterator[ModuleType]:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        yield importlib.import_module("faults")
    finally:
        sys.path.remove(str(BENCHMARKS))


class Quiet:
    def begin(self, total: int) -> None: ...

    def done(self, result: object) -> None: ...


@pytest.fixture(autouse=True)
def undisturbed_runs_here(faults: ModuleType, monkeypatch: pytest.MonkeyPatch):
    """Undisturbed runs need no process of their own."""

    disturb = sys.modules["disturb"]

    def finish(source: Path, out: Path, *options: str):
        done = ingest(
            [source],
            out,
            Settings(jobs=0, prune="--prune" in options, retry_failed="--retry-failed" in options),
            Quiet(),
        )
        return disturb.Ended(1 if done.all_failed else 0, "")

    monkeypatch.setattr(faults, "finish", finish)
    monkeypatch.setattr(faults, "OPTIONS", ("--jobs", "1"))


def test_workers_killed(faults: ModuleType, tmp_path: Path):
    outcome = faults.workers_killed(tmp_path, 16, 1)
    assert outcome.good, outcome


def test_parent_killed(faults: ModuleType, tmp_path: Path):
    outcome = faults.parent_killed(tmp_path, 16, 1)
    assert outcome.good, outcome


@pytest.mark.parametrize("fault", ["disk_full", "read_only", "clock_set"])
def test_out_and_clock(fault: str, faults: ModuleType, tmp_path: Path):
    outcome = getattr(faults, fault)(tmp_path, 10, 1)
    if outcome.good is None:
        pytest.skip(outcome.came)
    assert outcome.good, outcome


def test_sources_changed(faults: ModuleType, tmp_path: Path):
    outcome = faults.sources_change(tmp_path, 20, 1)
    assert outcome.good, outcome


def test_two_runs_on_one_out_do_not_mix(faults: ModuleType, tmp_path: Path):
    place = faults.Place(tmp_path, 16)
    first = place.start()
    assert first.wait_for(1)
    with pytest.raises(UnusableOutput, match="perintah lain sedang menulis"):
        ingest([place.source], place.out, Settings(jobs=0), Quiet())
    assert first.end().code == 0
    assert place.judge("", "", "").good
