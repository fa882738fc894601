"""The lock of an OUT in an object store: one at a time, and the lock of a dead run is no obstacle for long."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from datetime import timedelta

import pytest

from pipeline.location import Url
from pipeline.store import commit, lease, lock, stage
from pipeline.store.parquet import UNKNOWN_AGENCY
from schemas.errors import UnusableOutput


def locks(bucket: Url) -> list[str]:
    return [stat.url.name for stat in (bucket / "_kunci").files()]


def leave(bucket: Url, number: int = 1, **more: object) -> Url:
    """A lock that another run has put."""
    owner = {"host": "lain", "pid": 7, "machine": "lain", "started": "1", "nonce": "x"} | more
    url = bucket / "_kunci" / f"{number:08d}.json"
    url.write_bytes(json.dumps(owner).encode())
    return url


def test_one_at_a_time(bucket: Url):
    with lock(bucket):
        assert locks(bucket) == ["00000001.json"]
        with pytest.raises(UnusableOutput, match=r"menulis ke memory://.*lepas sendiri dalam \d+ detik"), lock(bucket):
            pass
    assert locks(bucket) == []
    with lock(bucket):
        pass


def test_of_many_at_once_one_gets_it(bucket: Url):
    start = threading.Barrier(6)
    inside = threading.Event()
    told: list[str] = []

    def run() -> None:
        start.wait()
        try:
            with lock(bucket):
                told.append("held")
                inside.wait(5)
        except UnusableOutput:
            told.append("refused")
        if told.count("refused") >= 5:  # a thread that starts late finds the lock still held
            inside.set()

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told.count("held") <= 1
    assert len(told) == 6


def test_a_lock_that_is_not_renewed_expires_by_the_clock_of_the_store(bucket: Url, monkeypatch):
    leave(bucket, 4)
    with pytest.raises(UnusableOutput, match="lain, proses 7"), lock(bucket):
        pass
    written = Url.written
    probes = (f"{bucket}/_waktu", f"{bucket}/_kunci/00000005")
    late = timedelta(seconds=lease.EXPIRES + 1)
    monkeypatch.setattr(
        Url, "written", lambda url: written(url) + (late if url.text.startswith(probes) else timedelta(0))
    )
    with lock(bucket):
        assert locks(bucket) == ["00000005.json"]


def test_the_lock_of_a_process_of_this_machine_that_died_goes_at_once(bucket: Url):
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    me = lease._me()
    if not me["machine"]:
        pytest.skip("this system does not tell one start of the machine from another")
    leave(bucket, machine=me["machine"], pid=int(gone.stdout), started="1")
    with lock(bucket):
        assert locks(bucket) == ["00000002.json"]


def test_a_lock_is_renewed(bucket: Url, monkeypatch):
    monkeypatch.setattr(lease, "BEAT", 0.01)
    put = threading.Event()
    write = Url.write_bytes

    def seen(url: Url, data: bytes) -> None:
        write(url, data)
        if url.parent.name == "_kunci":
            put.set()

    monkeypatch.setattr(Url, "write_bytes", seen)
    with lock(bucket):
        assert put.wait(5)


def test_a_run_whose_lock_another_took_stops_before_it_commits(bucket: Url, monkeypatch):
    monkeypatch.setattr(lease, "BEAT", 0.01)
    with lock(bucket):
        staged = stage(bucket, "x", {"keraguan": []}, UNKNOWN_AGENCY, 0, "x")
        commit(bucket, staged)
        other = leave(bucket, 2)
        lease._held[bucket, "_kunci"]._thread.join(5)
        with pytest.raises(UnusableOutput, match="lepas"):
            commit(bucket, stage(bucket, "y", {"keraguan": []}, UNKNOWN_AGENCY, 0, "y"))
    assert other.exists()


def test_a_store_that_does_not_know_conditions_is_asked_who_won(bucket: Url, monkeypatch):
    def ignored(url: Url, data: bytes) -> bool:
        url.write_bytes(data)
        leave(bucket, int(url.stem))  # somebody else was a little later
        return True

    monkeypatch.setattr(Url, "create", ignored)
    with pytest.raises(UnusableOutput, match="lain"), lock(bucket):
        pass
