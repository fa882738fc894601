"""SOURCE and OUT in an object store, s3 and gs: servers of their protocols on this machine, the command line as people use it."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.ingest import Settings, ingest
from pipeline.location import Location, Url, _filesystem, location
from pipeline.report.sources import source_roots
from pipeline.store import read_catalogue, reading
from pipeline.store.merged import NAME
from schemas.datasets import DATASETS

s3fs = pytest.importorskip("s3fs")
moto_server = pytest.importorskip("moto.server")

ROOT = Path(__file__).parents[2]
BUCKET = "lkjip-uji"
SECRET = "rahasia-uji"


class Quiet:
    """A listener that hears nothing."""

    def begin(self, total: int) -> None: ...

    def done(self, result: object) -> None: ...


@contextmanager
def s3_server() -> Iterator[dict[str, str]]:
    """moto's server; what the library is told of it by its own environment variables."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    moto = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    _, port = moto.get_host_and_port()
    yield {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "uji",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    moto.stop()


@contextmanager
def gs_server() -> Iterator[dict[str, str]]:
    """The emulator's server, which asks for no keys, in a process of its own: it tells on stderr of whoever hangs up."""
    pytest.importorskip("gcsfs")
    pytest.importorskip("gcp_storage_emulator")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = f"import time; from gcp_storage_emulator.server import create_server as made; made('127.0.0.1', {port}, in_memory=True).run()"
    server = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.05)
    yield {"STORAGE_EMULATOR_HOST": f"http://127.0.0.1:{port}"}
    server.kill()
    server.wait()


SERVERS = {"s3": s3_server, "gs": gs_server}


@pytest.fixture(scope="module", params=SERVERS)
def store(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a bucket."""
    with SERVERS[request.param]() as told, pytest.MonkeyPatch.context() as patch:
        _filesystem.cache_clear()
        s3fs.S3FileSystem.clear_instance_cache()  # of a server that another test started and ended
        for name, value in {
            **told,
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        }.items():
            patch.setenv(name, value)
        _filesystem(request.param).mkdir(BUCKET)
        yield f"{request.param}://{BUCKET}"
        _filesystem.cache_clear()


@pytest.fixture(scope="module")
def source(store: str, tmp_path_factory, report_text) -> tuple[str, Path]:
    """The same reports in the store and in a folder of the same name."""
    folder = tmp_path_factory.mktemp("s3") / "laporan"
    folder.mkdir()
    for number in range(2):
        (folder / f"{number}.txt").write_text(report_text(total=f"3.000.00{number}"))
    for number, year in enumerate(range(2019, 2024), 2):  # enough to stop a run before its end
        (folder / f"{number}.txt").write_text(report_text("DINAS PASAR KOTA SUKAMAJU", year))
    (folder / "daftar.xlsx").write_text("x")
    for path in folder.iterdir():
        Url(f"{store}/masuk/laporan/{path.name}").write_bytes(path.read_bytes())
    return f"{store}/masuk/laporan", folder


@pytest.fixture(scope="module")
def local(source: tuple[str, Path], tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("lokal") / "out"
    ingest([source[1]], out, Settings(jobs=0), Quiet())
    return out


def content(out: Location) -> dict[str, Counter[str]]:
    return {
        dataset.name: Counter(
            f"{file.partition} {row}" for file, rows in reading.rows(reading.files(out, dataset.name)) for row in rows
        )
        for dataset in DATASETS
    }


def run(*args: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pipeline", *args]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_run_that_is_killed_another_beside_it_and_the_next(store: str, source, local: Path, capfd):
    out = f"{store}/hasil"
    place = location(out)
    assert isinstance(place, Url)
    killed = run("ingest", source[0], "--out", out, "--jobs", "0")
    while not (place / "dokumen").files():  # one document is in place
        assert killed.poll() is None
        time.sleep(0.005)
    killed.send_signal(signal.SIGSTOP)
    assert killed.poll() is None
    assert main(["ingest", source[0], "--out", out, "--jobs", "0"]) == 4
    told = capfd.readouterr().err
    assert f"proses {killed.pid}) sedang menulis ke {out}" in told
    killed.kill()
    killed.communicate()
    again = run("ingest", source[0], "--out", out, "--jobs", "1", "--lang", "en")  # its lock is no obstacle
    text, errors = again.communicate(timeout=120)
    assert (again.returncode, "Traceback" in text + errors) == (0, False), errors
    assert "daftar.xlsx: .xlsx" in text
    assert content(place) == content(local)
    assert sorted(e.sumber for e in read_catalogue(place)) == [f"laporan/{n}.txt" for n in range(7)]
    assert not [stat for folder in ("_staging", "_kunci") for stat in (place / folder).files()]
    for stat in place.files():
        if stat.url.suffix in (".json", ".jsonl"):
            assert SECRET not in stat.url.read_text()


def test_commands_on_an_out_in_the_store(store: str, source, local: Path, tmp_path: Path, capfd):
    out = f"{store}/hasil"  # what the runs above wrote
    place = location(out)
    assert main(["compact", out, "--lang", "en"]) == 0
    assert "files became" in capfd.readouterr().out
    assert {file.path.name for file in reading.files(place, "temuan") if file.year == 2024} == {NAME}
    assert content(place) == content(local)
    assert main(["ingest", source[0], "--out", out, "--jobs", "0"]) == 0
    assert "0 dibaca, 7 tidak berubah" in capfd.readouterr().out

    capfd.readouterr()
    assert main(["findings", out, "--format", "json"]) == 0
    mine = json.loads(capfd.readouterr().out)
    assert main(["findings", str(local), "--format", "json"]) == 0
    assert mine == json.loads(capfd.readouterr().out)
    assert len(mine) == 1

    assert main(["review", out, "--set", mine[0]["temuan_id"], "diterima", "--note", "benar"]) == 0
    assert main(["report", out, "--jobs", "0"]) == 0
    page = (place / "laporan" / "index.html").read_text()
    assert "<html" in page
    assert source_roots(place) == (Url(source[0]),)
    base = tmp_path / "x.duckdb"
    assert main(["export", out, "--duckdb", str(base), "--lang", "en"]) == 0
    told = capfd.readouterr().out
    assert ("views over a copy of" in told, "if OUT moves" in told) == (True, False)
    import duckdb

    with duckdb.connect(str(base), read_only=True) as made:
        assert made.execute("SELECT count(*), count(DISTINCT document_id) FROM temuan").fetchall() == [(1, 1)]
        assert made.execute("SELECT count(*) FROM dokumen").fetchall() == [(7,)]
        assert made.execute("SELECT status FROM tinjauan").fetchall() == [("diterima",)]
    assert main(["show", f"{source[0]}/0.txt"]) == 0
    assert main(["check", f"{source[0]}/1.txt"]) == 1


def test_a_store_that_cannot_be_reached_is_one_sentence(store: str, tmp_path: Path):
    scheme = store.partition("://")[0]
    # gcsfs waits for a minute between its six tries, and nothing that it reads makes it shorter.
    code = (
        "import sys; import gcsfs.retry; from types import SimpleNamespace as Of; from unittest.mock import AsyncMock;"
        "gcsfs.retry.asyncio = Of(sleep=AsyncMock()); from pipeline.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    nowhere = "http://127.0.0.1:1"
    retries = {"AWS_ENDPOINT_URL": nowhere, "AWS_MAX_ATTEMPTS": "1", "STORAGE_EMULATOR_HOST": nowhere}
    for arguments, ends, told in (
        (("ingest", f"{scheme}://tiada/masuk", "--out", str(tmp_path / "out")), 3, "tidak dapat dibaca: "),
        (("findings", f"{scheme}://tiada/hasil"), 4, "tidak dapat dipakai: "),
    ):
        command = [sys.executable, "-c", code, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **retries})
        assert (done.returncode, done.stderr.count("\n"), told in done.stderr) == (ends, 1, True), done.stderr
    assert not (tmp_path / "out").exists()


def test_a_key_with_two_dots_is_listed(store: str, tmp_path: Path, capfd):
    if store.startswith("gs:"):
        pytest.skip("the gs server of the tests refuses such keys itself")
    Url(f"{store}/aneh/x/../naik.txt").write_bytes(b"x")
    assert main(["ingest", f"{store}/aneh", "--out", str(tmp_path / "out"), "--jobs", "0"]) == 3
    assert "aneh/x/../naik.txt: kunci dengan bagian .." in capfd.readouterr().out


def test_what_cannot_be_used_is_one_sentence(store: str, source, capfd):
    scheme = store.partition("://")[0]
    for args, code, told in (
        (("ingest", source[0], "--out", f"{scheme}://tidak-ada/out"), 4, "bucket itu tidak ada"),
        (("ingest", f"{scheme}://tidak-ada/masuk", "--out", f"{store}/x", "--jobs", "0"), 3, "tidak ada"),
        (("findings", f"{store}/kosong"), 4, "bukan folder"),
        (("findings", f"{store}/masuk"), 4, "bukan hasil lkjip"),
        (("compact", f"{store}/masuk/laporan/0.txt"), 4, "bukan folder"),
    ):
        assert main(list(args)) == code
        out, err = capfd.readouterr()
        assert told in out + err
        assert "Traceback" not in out + err
