"""A real cluster on this machine: documents that crash, workers that are killed, runs that are stopped."""

from __future__ import annotations

import gc
import hashlib
import os
import re
import shutil
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import pytest

from pipeline.cluster import open_cluster
from pipeline.cluster import pool as module
from pipeline.ingest import Settings, ingest
from pipeline.lintas.store import DATASETS
from pipeline.location import Url
from pipeline.pool import run
from schemas.errors import BadOption, UnusableCluster

SAMPLES = Path(__file__).parents[3] / "samples"
SOME = ("rkt-bapenda-sukamaju-2025.txt", "kecamatan-karang-jati-2021.txt")


class Heard:
    def __init__(self) -> None:
        self.names: list[str] = []

    def begin(self, total: int) -> None:
        self.total = total

    def done(self, result) -> None:
        self.names.append(result.origin.sumber)


@pytest.fixture
def opened(cluster):
    """Opens pools over the cluster, and closes them."""
    pools = []

    def open_(out, work=module.process):
        pools.append(open_cluster(cluster.scheduler_address, out, work))
        pools[-1]._client.wait_for_workers(2, timeout=120)  # one that was killed may not be back yet
        return pools[-1]

    yield open_
    for pool in pools:
        pool.close()


@pytest.fixture(scope="module")
def sources(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("at") / "laporan"
    folder.mkdir()
    for name in SOME:
        shutil.copy(SAMPLES / name, folder)
        text = (SAMPLES / name).read_bytes()
        (folder / f"lain-{name}").write_bytes(text + b"\n")
    return folder


@pytest.fixture(scope="module")
def undisturbed(sources, tmp_path_factory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("local") / "out"
    ingest([sources], out, Settings(jobs=0), Heard())
    return data_of(out)


def data_of(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.glob("*/agency=*/**/*.parquet")}


def workers_of(cluster) -> list[int]:
    return [worker.process.pid for worker in cluster.workers.values() if worker.process is not None]


def until(true, seconds: float = 90.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_document_that_crashes_or_never_ends_costs_itself_and_no_worker(opened, cluster, faults, task_of):
    before = sorted(workers_of(cluster))
    tasks = [task_of("segfault"), task_of("loop", seconds=0.5), *(task_of(f"fine:{n}") for n in range(4))]
    done = {r.origin.sumber: r for rs in run(opened(tasks[0].out, faults.work), tasks) for r in rs}
    assert "proses pembacanya mati" in done["segfault"].error
    assert "0.5 detik" in done["loop"].error
    assert [done[f"fine:{n}"].status for n in range(4)] == ["ok"] * 4
    assert sorted(workers_of(cluster)) == before
    assert {done[f"fine:{n}"].seconds for n in range(4)} <= set(map(float, before))  # children of the workers


def test_workers_killed_while_they_read_leave_the_datasets_of_an_undisturbed_run(
    opened, cluster, faults, sources, undisturbed, tmp_path
):
    out = tmp_path / "out"
    out.mkdir()
    killed = []

    def kill() -> None:
        for _ in range(2):
            began = set(out.glob("*.began"))
            until(lambda began=began: set(out.glob("*.began")) - began)
            victim = next(pid for pid in workers_of(cluster) if pid not in killed)
            killed.append(victim)
            os.kill(victim, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    heard = Heard()
    done = ingest([sources], out, Settings(), heard, opened(out, faults.slowly))
    killer.join()
    assert len(set(killed)) == 2
    assert (done.read, done.failed) == (4, [])
    assert sorted(heard.names) == sorted(f"laporan/{p.name}" for p in sources.iterdir())  # each exactly once
    assert data_of(out) == undisturbed
    assert not (out / "_staging").exists()
    assert not list(out.glob("_cluster-*"))


def test_relative_places_are_the_callers_and_no_workers(opened, sources, undisturbed, tmp_path, monkeypatch):
    shutil.copytree(sources, tmp_path / "laporan")
    monkeypatch.chdir(tmp_path)
    given = [Path("laporan") / path.name for path in sorted(sources.iterdir())]
    heard = Heard()
    pool = opened(Path("keluaran"))
    elsewhere = {Path(folder) for folder in pool._client.run(os.getcwd).values()}
    assert tmp_path not in elsewhere
    done = ingest(given, Path("keluaran"), Settings(), heard, pool)
    assert (done.read, done.failed) == (4, [])
    assert sorted(heard.names) == [path.name for path in given]  # of files given by name, their names
    assert {Path(name).name for name in data_of(tmp_path / "keluaran")} == {Path(name).name for name in undisturbed}
    assert not (tmp_path / "keluaran" / "_staging").exists()
    assert not any((folder / "keluaran").exists() for folder in elsewhere)


def test_the_same_into_an_object_store(opened, cluster, store, sources, undisturbed):
    some = [path.read_bytes() for path in sorted(sources.iterdir()) if path.name in SOME]
    for name, data in zip(sorted(SOME), some, strict=True):
        store.pipe_file(f"lkjip/laporan/{name}", data)
    ids = tuple(f"/{hashlib.sha256(data).hexdigest()[:16]}.parquet" for data in some)
    wanted = {k: v for k, v in undisturbed.items() if k.endswith(ids) and not k.startswith(DATASETS)}
    out = Url("s3://lkjip/out")
    victims = []

    class Killer(Heard):
        def done(self, result) -> None:
            super().done(result)
            if not victims:
                victims.append(workers_of(cluster)[0])
                os.kill(victims[0], signal.SIGKILL)

    heard = Killer()
    done = ingest([Url("s3://lkjip/laporan")], out, Settings(), heard, opened(out))
    assert (done.read, done.failed, len(heard.names), len(victims)) == (2, [], 2, 1)
    store.invalidate_cache()
    found = {name.removeprefix("lkjip/out/"): name for name in store.find("lkjip/out")}
    held = [k for k in found if "/agency=" in k and not k.startswith(DATASETS)]
    assert {k: store.cat_file(found[k]) for k in held} == wanted
    assert not [name for name in found if name.startswith(("_staging", "_cluster-"))]


def test_closing_kills_what_runs_and_forgets_what_waits(opened, faults, task_of, tmp_path, ended):
    tasks = [task_of(f"sleep:{n}") for n in range(5)]
    pool = opened(tasks[0].out, faults.work)
    futures = [pool.submit(task) for task in tasks]
    until(lambda: len(list((tmp_path / "out").glob("*.pid"))) >= 2)
    began = time.monotonic()
    pool.close()
    assert time.monotonic() - began < 8
    assert all(future.cancelled() for future in futures)
    # by then: OUT is swept next
    assert all(ended(int(path.stem), 0.1) for path in (tmp_path / "out").glob("*.pid"))
    assert len(list((tmp_path / "out").glob("*.pid"))) == 2


def test_a_worker_of_another_version_is_refused(opened, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "software", lambda: {"lkjip": "9.9.9+abc"})
    with pytest.raises(UnusableCluster, match=r"memakai lkjip .*, di sini 9\.9\.9\+abc"):
        opened(tmp_path)


def test_a_worker_of_another_version_that_comes_later_is_refused_with_its_first_document(
    opened, faults, task_of, monkeypatch
):
    task = task_of("fine")
    monkeypatch.setattr(module, "software", lambda: {"pyarrow": "1.2.3"})
    monkeypatch.setattr(module, "disagreement", lambda *_: None)
    with pytest.raises(UnusableCluster, match="memakai pyarrow"):
        list(run(opened(task.out, faults.work), [task]))


def test_a_worker_that_sees_another_out_of_the_same_name_is_refused(opened, faults, task_of):
    task = task_of("fine")
    pool = opened(task.out, faults.work)
    pool._sign()
    pool._terms.sign.write_text("of another machine")
    with pytest.raises(UnusableCluster, match="tidak melihat"):
        list(run(pool, [task]))


def test_rows_that_never_appear_here_are_told_with_the_worker_that_wrote_them(opened, faults, task_of, monkeypatch):
    monkeypatch.setattr(module, "APPEAR", 0.3)
    task = task_of("elsewhere")
    with pytest.raises(UnusableCluster, match=f"pekerja {re.escape(socket.gethostname())} tidak melihat"):
        list(run(opened(task.out, faults.work), [task]))


def test_a_source_that_a_worker_cannot_see_is_that_documents_and_nothing_is_stored(opened, faults, task_of):
    seen, unseen = task_of("fine"), task_of("hidden")
    unseen.path.unlink()
    done = {r.origin.sumber: r for rs in run(opened(seen.out, faults.work), [seen, unseen]) for r in rs}
    assert done["fine"].status == "ok"
    assert "tidak terlihat dari pekerja" in done["hidden"].error
    assert done["hidden"].staged is None


@pytest.mark.parametrize(
    "address",
    [
        "localhost:8786",
        "tcp://127.0.0.1",
        "tcp://127.0.0.1:",
        "tls://[::1]",
        "tcp://a:0",
        "tcp://a:65536",
        "tcp://:8786",
    ],
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(BadOption, match="tcp://") as told:
        open_cluster(address, Path("out"))
    assert told.value.exit_code == 2


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "tls://[fe80::1%eth0]:8786", "tcp://mesin-1.lan:1"])
def test_an_address_with_a_port_is_one(address):
    assert module.ADDRESS.fullmatch(address)


def test_something_else_at_the_address_is_told_and_nothing_waits_for_it(monkeypatch):
    monkeypatch.setattr(module, "REACH", 0.5)
    monkeypatch.setattr(module, "PATIENCE", 0.5)
    unraised = []
    monkeypatch.setattr(sys, "unraisablehook", unraised.append)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        began = time.monotonic()
        with pytest.raises(UnusableCluster, match="tidak dapat dihubungi"):
            open_cluster(f"tcp://127.0.0.1:{mute.getsockname()[1]}", Path("out"))
        gc.collect()
        assert time.monotonic() - began < 8
    assert unraised == []


def test_tls_without_certificates_is_told():
    with pytest.raises(UnusableCluster, match=r"distributed\.comm\.tls"):
        open_cluster("tls://127.0.0.1:8786", Path("out"))


def test_without_dask_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(UnusableCluster, match=r"lkjip\[cluster\]"):
        open_cluster("tcp://127.0.0.1:1", Path("out"))


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch):
    monkeypatch.setattr(module, "REACH", 0.5)
    with pytest.raises(UnusableCluster, match="tidak dapat dihubungi") as told:
        open_cluster("tcp://127.0.0.1:9", Path("out"))
    assert told.value.exit_code == 6
    assert "\n" not in str(told.value)
