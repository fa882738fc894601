"""Reviewing, exporting and serving from the command line."""

from __future__ import annotations

import importlib.util
import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

NEEDS = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("streamlit", "duckdb")),
    reason="the extra dashboard is not installed",
)


@pytest.fixture
def folder(tmp_path: Path, report_text) -> Path:
    root = tmp_path / "laporan"
    root.mkdir()
    (root / "salah.txt").write_text(report_text(total="3.000.001"))
    return root


@pytest.fixture
def out(folder: Path, tmp_path: Path, lkjip) -> Path:
    out = tmp_path / "out"
    assert lkjip("ingest", folder, "--out", out, "--jobs", 0)[0] == 0
    return out


def finding(out: Path, lkjip) -> dict:
    (found,) = json.loads(lkjip("findings", out, "--format", "json")[1])
    return found


def test_a_review_is_set_listed_and_outlives_an_ingest(folder: Path, out: Path, lkjip):
    id_ = finding(out, lkjip)["temuan_id"]
    code, text, _ = lkjip("review", out, "--set", id_, "diterima", "--note", "benar keliru", "--by", "Siti")
    assert (code, text.strip()) == (0, f"{id_}: diterima")
    lkjip("review", out, "--set", id_, "-", "--note", "lihat juga halaman 2", "--by", "Budi")
    lkjip("ingest", folder, "--out", out, "--jobs", 0)
    code, text, _ = lkjip("review", out, "--list", "--lang", "en")
    assert code == 0
    for part in (id_, "accepted", "Siti: benar keliru", "Budi: lihat juga halaman"):
        assert part in text
    assert "no longer found" not in text


def test_a_misread_figure_is_honoured_by_the_next_ingest(folder: Path, out: Path, lkjip):
    found = finding(out, lkjip)
    figure = found["angka"][0]
    code, text, _ = lkjip("review", out, "--misread", found["document_id"], figure, "3.000.000")
    assert code == 0
    assert "terbaca 3.000.001, yang benar 3.000.000 (dibaca sebagai 3000000)" in text
    code, text, _ = lkjip("ingest", folder, "--out", out, "--jobs", 0)
    assert "1 dibaca, 0 tidak berubah" in text
    assert json.loads(lkjip("findings", out, "--format", "json")[1]) == []
    code, text, _ = lkjip("review", out)
    assert "salah baca, tidak muncul lagi" in text
    assert "3.000.001" in text
    assert lkjip("ingest", folder, "--out", out, "--jobs", 0)[1].startswith("0 dibaca, 1 tidak berubah")

    import pyarrow.parquet as pq

    def rows(dataset: str) -> list[dict]:
        return pq.read_table(next((out / dataset).rglob("*.parquet")), partitioning=None).to_pylist()

    assert "3.000.001" in [row["text"] for row in rows("angka")]
    assert [row["text"] for row in rows("keraguan") if row["kind"] == "salah_baca"] == ["3.000.001"]
    assert any(
        "salah baca: '3.000.001' dipakai sebagai '3.000.000'" in (row["reason"] or "") for row in rows("pemeriksaan")
    )

    code, text, _ = lkjip("review", out, "--misread", found["document_id"], figure, "")
    assert "dicabut" in text
    lkjip("ingest", folder, "--out", out, "--jobs", 0)
    assert finding(out, lkjip)["temuan_id"] == found["temuan_id"]


def test_what_cannot_be_reviewed_is_one_sentence(out: Path, tmp_path: Path, lkjip):
    document = finding(out, lkjip)["document_id"]
    for args, code in (
        (("--set", "ffff", "diterima"), 2),
        (("--set", finding(out, lkjip)["temuan_id"], "entah"), 2),
        (("--note", "x"), 2),
        (("--misread", document, "t999r1c1", "5"), 2),
        (("--misread", document, finding(out, lkjip)["angka"][0], "entah"), 2),
    ):
        found, _, err = lkjip("review", out, *args)
        assert (found, len(err.strip().splitlines())) == (code, 1), args
    assert lkjip("review", tmp_path / "tidak-ada")[0] == 4
    assert not (out / "tinjauan.sqlite").exists()


@NEEDS
def test_export(out: Path, tmp_path: Path, lkjip):
    code, text, _ = lkjip("export", out, "--duckdb", tmp_path / "x.duckdb")
    assert code == 0
    assert "view atas" in text
    (tmp_path / "lain").write_text("x")
    assert lkjip("export", out, "--duckdb", tmp_path / "lain")[0] == 2


@NEEDS
def test_the_dashboard_is_served_here_alone_and_stops_with_its_command(out: Path, lkjip):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.listen()
        code, _, err = lkjip("dashboard", out, "--port", port, "--no-browser")
        assert (code, "sudah dipakai" in err) == (2, True)
    command = [sys.executable, "-m", "pipeline", "dashboard", str(out), "--port", str(port), "--no-browser"]
    served = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert served.stdout is not None
        assert f"http://127.0.0.1:{port}" in served.stdout.readline()
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
                    assert answer.read() == b"ok"
                break
            except OSError:
                assert served.poll() is None
                time.sleep(0.25)
        else:
            pytest.fail("the dashboard did not answer")
        served.send_signal(signal.SIGTERM)
        served.wait(20)
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0
    finally:
        served.kill()
        served.wait()
        if served.stdout:
            served.stdout.close()
