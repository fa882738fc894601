"""A commit that is killed at any of its steps leaves, after recovery, the old document or the new one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from pipeline.rows import assemble
from pipeline.store import commit, open_for_writing, read_catalogue, recover, stage
from pipeline.store.transaction import remove_document

OLD = assemble.Origin("a" * 16, "folder/a.txt", (), "a" * 64, "old")
NEW = assemble.Origin("a" * 16, "folder/a.txt", (), "a" * 64, "new")
CHANGED = assemble.Origin("b" * 16, "folder/a.txt", (), "b" * 64, "new")
OTHER = assemble.Origin("c" * 16, "folder/c.txt", (), "c" * 64, "old")


class Killed(BaseException):
    """Stands for SIGKILL: nothing may catch it and go on."""


def put(out: Path, origin: assemble.Origin, sample, year: int = 2024, remove=()) -> None:
    rows = assemble.rows_of(*sample, origin)
    commit(out, stage(out, origin.document_id, rows, "dinas", year, origin.document_id), remove)


def state(out: Path) -> dict[str, bytes]:
    return {
        p.relative_to(out).as_posix(): p.read_bytes()
        for p in sorted(out.rglob("*.parquet"))
        if "_staging" not in p.parts
    }


@pytest.fixture
def before(tmp_path: Path, sample) -> Path:
    out = tmp_path / "before"
    open_for_writing(out)
    put(out, OLD, sample)
    put(out, OTHER, sample)
    return out


CASES = {
    "same document, newer version": (NEW, 2024),
    "same document, other partition": (NEW, 2023),
    "changed file": (CHANGED, 2024),
}


@pytest.mark.parametrize("case", CASES)
def test_killed_at_every_step(case: str, before: Path, tmp_path: Path, sample, monkeypatch):
    origin, year = CASES[case]
    (old,) = (e for e in read_catalogue(before) if e.document_id == OLD.document_id)
    whole = tmp_path / "whole"
    shutil.copytree(before, whole)
    put(whole, origin, sample, year, old.paths)
    old_state, new_state = state(before), state(whole)
    assert old_state != new_state
    steps = {"left": 0}

    def counted(real):
        def step(*args, **kwargs):
            if steps["left"] == 0:
                raise Killed
            steps["left"] -= 1
            return real(*args, **kwargs)

        return step

    monkeypatch.setattr(Path, "replace", counted(Path.replace))
    monkeypatch.setattr(Path, "unlink", counted(Path.unlink))
    monkeypatch.setattr(os, "fsync", counted(os.fsync))
    seen = set()
    for kill_at in range(500):
        out = tmp_path / f"run{kill_at}"
        shutil.copytree(before, out)
        steps["left"] = kill_at
        try:
            put(out, origin, sample, year, old.paths)
            done = True
        except Killed:
            done = False
        steps["left"] = -1
        killed = state(out)
        for path in killed:
            if path.startswith("dokumen/") and OTHER.document_id not in path:  # what dokumen names is whole
                new = killed[path] == new_state.get(path)
                wanted = {p: b for p, b in (new_state if new else old_state).items() if p.endswith(Path(path).name)}
                assert wanted.items() <= killed.items()
        recover(out)
        after = state(out)
        assert after in (old_state, new_state)
        seen.add(after == new_state)
        assert not list(out.glob("_staging/*"))
        shutil.rmtree(out)
        if done:
            break
    else:
        pytest.fail("the commit never ended")
    assert seen == {True, False}


def test_recovery_itself_may_be_killed(before: Path, tmp_path: Path, sample, monkeypatch):
    (old,) = (e for e in read_catalogue(before) if e.document_id == OLD.document_id)
    real = Path.replace
    moves = iter([True, True, True])  # the journal and two files are moved, then the run dies

    def replace(self, target):
        if not next(moves, False):
            raise Killed
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(Killed):
        put(before, NEW, sample, 2024, old.paths)
    moves = iter([True, True])
    with pytest.raises(Killed):
        recover(before)
    monkeypatch.setattr(Path, "replace", real)
    assert recover(before) == 1
    assert {e.document_id: e.version for e in read_catalogue(before)} == {
        OLD.document_id: "new",
        OTHER.document_id: "old",
    }


def test_leftovers_without_journal_are_deleted(before: Path, sample):
    stage(before, "leftover", assemble.rows_of(*sample, NEW), "dinas", 2024, NEW.document_id)
    held = state(before)
    assert recover(before) == 0
    assert state(before) == held
    assert not (before / "_staging").exists()


def test_failed_document_takes_its_old_rows_away(before: Path):
    (old,) = (e for e in read_catalogue(before) if e.document_id == OLD.document_id)
    rows = assemble.failed_rows(NEW, "rusak")
    commit(before, stage(before, "x", rows, "tidak-dikenal", 0, NEW.document_id), old.paths)
    mine = [path for path in state(before) if NEW.document_id in path]
    assert mine == [f"dokumen/agency=tidak-dikenal/year=0/{NEW.document_id}.parquet"]
    assert len([path for path in state(before) if OTHER.document_id in path]) == 12


def test_removed_document_leaves_the_others(before: Path):
    (old,) = (e for e in read_catalogue(before) if e.document_id == OLD.document_id)
    remove_document(before, "x", old.paths)
    assert {e.document_id for e in read_catalogue(before)} == {OTHER.document_id}
    assert all(OTHER.document_id in path for path in state(before))
