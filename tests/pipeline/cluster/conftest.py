"""A Dask cluster of two workers on this machine, one for all tests of a module; documents that fail as their names say."""

from __future__ import annotations

import importlib
import logging
import sys
from pathlib import Path

import pytest

from pipeline.rows import Origin
from pipeline.task import Quota, Task

FAULTS = """
import ctypes, os, time
from pathlib import Path

from pipeline.store.transaction import Staged
from pipeline.task import Result, process


def work(task):
    what = task.origin.sumber.partition(":")[0]
    if what == "segfault":
        ctypes.string_at(0)
    if what == "loop":
        while True:
            pass
    if what == "sleep":
        (task.out / f"{os.getpid()}.pid").touch()
        time.sleep(600)
    if what == "elsewhere":
        return Result(task.origin, "ok", None, Staged(task.out / "not-here", {"dokumen": Path("a.parquet")}))
    return Result(task.origin, "ok", None, None, seconds=float(os.getppid()))


def slowly(task):
    (task.out / f"{task.origin.document_id}-{os.getppid()}.began").touch()
    time.sleep(0.7)
    return process(task)
"""


@pytest.fixture(scope="module")
def faults(tmp_path_factory):
    folder = tmp_path_factory.mktemp("modules")
    (folder / "lkjip_cluster_faults.py").write_text(FAULTS)
    sys.path.insert(0, str(folder))
    yield importlib.import_module("lkjip_cluster_faults")
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def store():
    """A server of this process that speaks S3, with one bucket; processes started later find it by their environment."""
    s3fs, server_of = pytest.importorskip("s3fs"), pytest.importorskip("moto.server").ThreadedMotoServer
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = server_of("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "satu")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "dua")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        files = s3fs.S3FileSystem(skip_instance_cache=True)
        files.mkdir("lkjip")
        yield files
    server.stop()


@pytest.fixture(scope="module")
def cluster(faults, store):
    """Started after `faults` and `store`, so that the workers can import the one and reach the other."""
    distributed = pytest.importorskip("distributed")
    patient = {"distributed.comm.timeouts.connect": "120s"}  # a worker that starts on a busy machine
    with (
        pytest.importorskip("dask").config.set(patient),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=60
        ) as made,
    ):
        yield made


@pytest.fixture
def task_of(tmp_path: Path):
    """A task by its name: `fault` or `fault:anything`."""
    made = 0

    def task(name: str, **quota) -> Task:
        nonlocal made
        made += 1
        path = tmp_path / "sources" / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
        return Task(path, Origin(f"{made:016x}", name, (), f"{made:064x}", "v"), tmp_path / "out", quota=Quota(**quota))

    (tmp_path / "out").mkdir()
    return task
