"""`lkjip compact`: fewer files, the same rows, at every moment and after a kill at any step."""

from __future__ import annotations

import os
import shutil
import threading
from collections import Counter
from pathlib import Path

import pytest

from pipeline import compact as module
from pipeline.answers import Filter, findings_of
from pipeline.compact import compact
from pipeline.ingest import Settings, ingest
from pipeline.location import Location, Url, remove
from pipeline.rows import assemble
from pipeline.store import commit, lock, open_for_writing, read_catalogue, reading, recover, stage
from pipeline.store.merged import NAME
from pipeline.store.transaction import remove_document, rename
from schemas.datasets import DATASETS
from schemas.errors import UnusableOutput

SOME = ("dokumen", "temuan", "angka")  # three stand for all: the trusted one and two more


class Killed(BaseException):
    """Stands for SIGKILL: nothing may catch it and go on."""


class Quiet:
    """A listener that hears nothing."""

    def begin(self, total: int) -> None: ...

    def done(self, result: object) -> None: ...


def origin(letter: str, version: str = "v") -> assemble.Origin:
    return assemble.Origin(letter * 16, f"folder/{letter}.txt", (), letter * 64, version)


def put(out: Location, sample, letter: str, version: str = "v", year: int = 2024) -> None:
    old = [
        path for e in read_catalogue(out) if e.document_id == letter * 16 for path in e.paths if path.parts[0] in SOME
    ]
    commit(out, stage(out, letter, some_rows(sample, origin(letter, version)), "dinas", year, letter * 16), old)


def some_rows(sample, whose: assemble.Origin):
    rows = assemble.rows_of(*sample, whose)
    return {name: rows[name] for name in SOME}


def fill(out: Location, sample) -> None:
    open_for_writing(out)
    for letter in "abc":
        put(out, sample, letter)
    put(out, sample, "d", year=2023)


@pytest.fixture(params=["folder", "memory"])
def out(request, tmp_path: Path, sample):
    if request.param == "folder":
        place: Location = tmp_path / "out"
        fill(place, sample)
        yield place
        return
    place = Url(f"memory://{tmp_path.name}")
    fill(place, sample)
    yield place
    remove(stat.url for stat in place.files())


def seen(out: Location) -> dict[str, Counter[str]]:
    """What readers of ours see: dataset to each row with its partition."""
    return {
        name: Counter(
            f"{file.partition} {row}" for file, rows in reading.rows(reading.files(out, name)) for row in rows
        )
        for name in SOME
    }


def globbed(out: Location) -> dict[str, Counter[str]]:
    """What a reader sees that takes every file as it stands."""
    return {
        name: Counter(
            f"{file.partition} {row}"
            for one in reading.files(out, name)
            for file, rows in reading.rows([one])
            for row in rows
        )
        for name in SOME
    }


def names(out: Location, dataset: str = "temuan") -> list[str]:
    return [f"{file.year}/{file.path.name}" for file in reading.files(out, dataset)]


def test_small_files_become_one_and_the_rows_stay(out: Location):
    before = seen(out)
    done = compact(out)
    assert (done.before, done.after) == (4 * len(SOME), 2 * len(SOME))
    assert names(out) == [f"2023/{'d' * 16}.parquet", f"2024/{NAME}"]
    assert seen(out) == globbed(out) == before
    again = compact(out)
    assert (again.before, again.after) == (done.after, done.after)


def test_other_readers_read_a_merged_folder(out: Location):
    if isinstance(out, Url):
        pytest.skip("pandas, Polars and DuckDB are tested on a folder")
    import duckdb
    import pandas as pd
    import polars as pl

    glob = f"{out}/angka/**/*.parquet"
    before = len(pd.read_parquet(out / "angka"))
    compact(out)
    duck = duckdb.sql(f"select count(*) from read_parquet('{glob}', hive_partitioning = true)").fetchall()[0][0]
    assert len(pd.read_parquet(out / "angka")) == pl.scan_parquet(glob).collect().height == duck == before > 0


def test_the_bytes_depend_on_the_rows_alone(out: Location, tmp_path: Path, sample):
    compact(out)
    put(out, sample, "e")
    compact(out)
    other = tmp_path / "other"
    open_for_writing(other)
    for letter in "ebca":
        put(other, sample, letter)
    put(other, sample, "d", year=2023)
    compact(other)
    for name in SOME:
        below = Path(name, "agency=dinas", "year=2024", NAME)
        assert (out / below).read_bytes() == (other / below).read_bytes()


def test_single_documents_of_a_merged_file(out: Location, sample):
    compact(out)
    (b,) = (e for e in read_catalogue(out) if e.document_id == "b" * 16)
    found = reading.document_rows(out, "angka", "dinas", 2024, b.document_id)
    assert {row["document_id"] for row in found} == {b.document_id}
    rename(out, b, ["folder/x.txt", "folder/y.txt"])
    assert next(e.names for e in read_catalogue(out) if e == b or e.document_id == b.document_id) == (
        "folder/x.txt",
        "folder/y.txt",
    )
    put(out, sample, "c", "newer")
    assert names(out) == [f"2023/{'d' * 16}.parquet", f"2024/{'c' * 16}.parquet", f"2024/{NAME}"]
    versions = {e.document_id[0]: e.version for e in read_catalogue(out)}
    assert versions == {"a": "v", "b": "v", "c": "newer", "d": "v"}
    remove_document(out, "prune", b.paths)
    assert [e.document_id[0] for e in read_catalogue(out)] == ["a", "c", "d"]
    for name in SOME:
        held = [row["document_id"][0] for _, rows in reading.rows(reading.files(out, name)) for row in rows]
        assert "b" not in held
        assert set(held) == {"a", "c", "d"}
    assert seen(out) == globbed(out)
    for letter in "ac":
        (entry,) = (e for e in read_catalogue(out) if e.document_id[0] == letter)
        remove_document(out, "prune", entry.paths)
    assert names(out) == [f"2023/{'d' * 16}.parquet"]


def test_files_that_no_document_owns_go_and_those_of_others_stay(out: Location):
    stray = out / "temuan" / "agency=dinas" / "year=2024" / f"{'e' * 16}.parquet"
    stray.write_bytes((out / "temuan" / "agency=dinas" / "year=2024" / f"{'a' * 16}.parquet").read_bytes())
    if isinstance(out, Path):
        (out / "angka" / "agency=dinas" / "year=2024" / "catatan.txt").write_text("milik orang")
    done = compact(out)
    assert done.orphans == 1
    assert not stray.exists()
    if isinstance(out, Path):
        assert done.left == 3
        assert len(names(out, "angka")) == 4
        assert (out / "angka" / "agency=dinas" / "year=2024" / "catatan.txt").exists()


def test_files_of_another_version_are_left_alone(out: Location):
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = out / "temuan" / "agency=dinas" / "year=2024" / f"{'a' * 16}.parquet"
    sink = pa.BufferOutputStream()
    pq.write_table(pq.read_table(pa.BufferReader(path.read_bytes())).drop_columns(["saran_en"]), sink)
    path.write_bytes(sink.getvalue().to_pybytes())
    assert compact(out).left == 3
    assert len(names(out)) == 4


def test_another_run_is_not_disturbed(out: Location):
    with lock(out), pytest.raises(UnusableOutput, match="menulis"):
        compact(out)


STEPS = {
    "folder": ((Path, "replace"), (Path, "unlink"), (os, "fsync"), (shutil, "rmtree"), (module, "exchange")),
    "memory": ((Url, "write_bytes"), (Url, "copy_to")),
}


def count_steps(monkeypatch, kind: str) -> dict[str, int]:
    """Kills at the step of that number; below nought never. Taking several objects away is a step for each."""
    steps = {"left": -1}

    def tick() -> None:
        if steps["left"] == 0:
            raise Killed
        steps["left"] -= 1

    def counted(real):
        def step(*args, **kwargs):
            tick()
            return real(*args, **kwargs)

        return step

    for owner, name in STEPS[kind]:
        monkeypatch.setattr(owner, name, counted(getattr(owner, name)))
    if kind == "memory":

        def one_by_one(urls) -> None:
            for url in urls:
                tick()
                remove([url])

        monkeypatch.setattr("pipeline.store.remote.remove", one_by_one)
        monkeypatch.setattr("pipeline.store.remote.each", lambda work, items: [work(item) for item in items])
    return steps


def copied(out: Location, target: Location) -> Location:
    if isinstance(out, Path) and isinstance(target, Path):
        shutil.copytree(out, target)
    elif isinstance(out, Url):
        for stat in out.files():
            (target / stat.url.below(out)).write_bytes(stat.url.read_bytes())
    return target


def kill_everywhere(out: Location, monkeypatch, act, look) -> int:
    """Do `act` on copies of OUT, killed at every step, with `look` after the kill and after recovery; how many steps."""
    kind = "memory" if isinstance(out, Url) else "folder"
    for at in range(1000):
        copy = copied(out, out.parent / f"salin{at}" if isinstance(out, Path) else Url(f"{out}-salin{at}"))
        with monkeypatch.context() as patch:
            steps = count_steps(patch, kind)
            steps["left"] = at
            try:
                act(copy)
                done = True
            except Killed:
                done = False
            steps["left"] = -1
        look(copy, False)
        with lock(copy):
            recover(copy)
        look(copy, True)
        if isinstance(copy, Url):
            remove(stat.url for stat in copy.files())
        else:
            shutil.rmtree(copy)
        if done:
            return at
    raise AssertionError("it never ended")


def test_killed_at_every_step(out: Location, monkeypatch, sample):
    compact(out)
    put(out, sample, "e")  # beside a merged file
    before = seen(out)

    def look(copy: Location, recovered: bool) -> None:
        assert seen(copy) == before
        if recovered or isinstance(copy, Path):
            assert globbed(copy) == before
        if recovered:
            assert not [*copy.glob("_staging/*")] if isinstance(copy, Path) else not (copy / "_staging").files()

    assert kill_everywhere(out, monkeypatch, compact, look) > 5


def test_a_document_of_a_merged_file_replaced_and_killed_at_every_step(out: Location, monkeypatch, sample):
    compact(out)
    states = []

    def replace(copy: Location) -> None:
        put(copy, sample, "b", "newer")

    def look(copy: Location, recovered: bool) -> None:
        named = {entry.document_id[0]: entry.version for entry in read_catalogue(copy)}
        assert {**named, "b": "v"} == {"a": "v", "b": "v", "c": "v", "d": "v"}
        for name in SOME:  # what dokumen names is there once, and whole
            held = Counter(row["document_id"][0] for _, rows in reading.rows(reading.files(copy, name)) for row in rows)
            assert {held[letter] for letter in named} == {held["a"]}
            assert held["a"] > 0
        if recovered:
            assert "b" in named
            assert seen(copy) == globbed(copy)
            states.append(named["b"])

    kill_everywhere(out, monkeypatch, replace, look)
    assert set(states) == {"v", "newer"}


def test_readers_beside_it_see_every_row_once(tmp_path: Path, sample, monkeypatch):
    """A view of DuckDB, a plain glob and a reader of ours, all the time that files are merged."""
    import duckdb

    from pipeline.dashboard.export import export

    out = tmp_path / "out"
    open_for_writing(out)
    for letter in "abcd":
        for year in range(2020, 2025):
            name = f"{letter}{year}".ljust(16, "0")
            rows = some_rows(sample, assemble.Origin(name, name, (), name, "v"))
            commit(out, stage(out, name, rows, "dinas", year, name))
    export(out, tmp_path / "x.duckdb")
    over = threading.Event()
    worker = threading.Thread(target=lambda: (compact(out), over.set()))
    counts: set[tuple[str, int, int]] = set()
    worker.start()
    with duckdb.connect(str(tmp_path / "x.duckdb"), read_only=True) as base:
        last = False
        while not last:
            last = over.is_set()
            for table in ("temuan", f"read_parquet('{out}/temuan/*/*/*.parquet')"):
                try:
                    found = base.execute(f"SELECT count(*), count(DISTINCT document_id) FROM {table}").fetchall()[0]
                except duckdb.IOException:  # a file that it had listed was merged: said, not left out
                    continue
                counts.add(("duckdb", *found))
            counts.add(("ours", len(findings_of(out, Filter())), 20))
    worker.join()
    assert counts == {("duckdb", 20, 20), ("ours", 20, 20)}
    assert len(names(out)) == 5


def test_where_folders_cannot_change_places_the_journal_does_it(out: Location, monkeypatch):
    before = seen(out)
    monkeypatch.setattr(module, "exchange", lambda first, second: False)
    compact(out)
    assert names(out) == [f"2023/{'d' * 16}.parquet", f"2024/{NAME}"]
    assert seen(out) == globbed(out) == before


def test_ingest_goes_on_after_it(tmp_path: Path, report_text):
    folder = tmp_path / "laporan"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(report_text(total=f"3.000.00{number}"))
    out = tmp_path / "out"

    def go(**more):
        return ingest([folder], out, Settings(jobs=0, **more), Quiet())

    go()
    compact(out)
    merged = [file.path.name for file in reading.files(out, "kelompok_dokumen")]
    assert merged == [NAME]
    again = go()
    assert (again.read, again.unchanged) == (0, 3)
    assert [file.path.name for file in reading.files(out, "dokumen")] == [NAME]
    (folder / "0.txt").write_text(report_text(total="3.000.009"))
    (folder / "1.txt").rename(folder / "9.txt")
    (folder / "2.txt").unlink()
    changed = go(prune=True)
    assert (changed.read, changed.unchanged) == (1, 1)
    assert sorted(e.names for e in read_catalogue(out)) == [("laporan/0.txt",), ("laporan/9.txt",)]
    fresh = tmp_path / "fresh"
    ingest([folder], fresh, Settings(jobs=0), Quiet())
    assert seen(out) == globbed(out) == seen(fresh)
    compact(out)
    compact(fresh)
    for dataset in DATASETS:
        mine, other = ([f.path.read_bytes() for f in reading.files(o, dataset.name)] for o in (out, fresh))
        assert mine == other
