"""Hostile files cost themselves alone: each a row with a sentence, and nothing of their neighbours, of memory or of the disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from corpus.trial import GOOD, ROOT, faults, of_documents, rows_of, state

SLACK = 200 << 20  # a process may grow by so much between two looks at it
MEMORY = 700 << 20


def below(ground: Any, folder: str) -> list[dict[str, Any]]:
    return [row for row in ground.trial.rows if str(row["sumber"]).startswith(f"sumber/{folder}/")]


def test_every_file_has_one_row_with_one_sentence_and_nothing_crashes(ground: Any):
    assert len(ground.cases) > 150
    assert faults(ground.trial, ground.out, ground.cases, MEMORY + SLACK) == []


def test_sound_neighbours_keep_their_rows_to_the_byte(ground: Any):
    ids = [row["document_id"] for row in rows_of(ground.clean)]
    assert len(ids) == len(below(ground, GOOD)) == 3
    assert of_documents(ground.out, ids) == of_documents(ground.clean, ids) != {}


def test_nothing_is_written_outside_out(ground: Any):
    assert state(ground.place, [ground.out, ground.clean]) == {
        path: held for path, held in ground.before.items() if not Path(path).is_relative_to(ground.clean)
    }


def test_partitions_are_named_by_letters_digits_and_hyphens_alone(ground: Any):
    for path in ground.out.rglob("*.parquet"):
        _, agency, year, _ = path.relative_to(ground.out).parts
        assert agency.removeprefix("agency=").replace("-", "").isalnum(), path
        assert year.removeprefix("year=").isdigit()
        assert agency.isascii()
        assert len(agency) < 200


def test_every_name_is_read_and_told_on_one_line(ground: Any):
    rows = below(ground, "nama")
    names = [name for row in rows for name in [row["sumber"], *row["sumber_lain"]]]
    assert len(names) == len(ground.named) + 1  # the link within the folder is another name of what it leads to
    assert {row["status"] for row in rows} == {"ok"}
    assert all(name.isprintable() or "\u200d" in name for name in names), names


def test_links_that_leave_the_source_are_told_and_not_followed(ground: Any):
    assert not any("rahasia" in str(row) for row in ground.trial.rows)
    assert "tautan ke luar folder" in ground.trial.text + ground.trial.errors


def test_no_process_asks_for_the_network(ground: Any):
    assert not ground.asked.exists(), ground.asked.read_text()
    seen = Path(f"{ground.asked}.on").read_text().split()
    assert len(set(seen)) >= 3  # the program and its workers


def test_the_test_sees_what_it_forbids(ground: Any, tmp_path: Path):
    env = {**ground.env, "LKJIP_TEST_NETWORK": str(tmp_path / "x")}
    code = "import socket; socket.socket(socket.AF_INET).connect(('127.0.0.1', 9))"
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert "PermissionError" in ran.stderr
    assert "127.0.0.1" in (tmp_path / "x").read_text()


def test_all_of_it_runs_where_there_is_no_network_at_all(ground: Any, tmp_path: Path):
    apart = ["unshare", "--net", "--map-root-user"]
    try:
        allowed = subprocess.run([*apart, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        allowed = False
    if not allowed:
        pytest.skip("this machine lets nobody make a network namespace")
    code = (
        "import sys; from pipeline.cli import main; "
        "sys.exit(main(['ingest', sys.argv[1], '--out', sys.argv[2], '--jobs', '1', '--ocr', 'off']) "
        "or main(['report', sys.argv[2]]))"
    )
    source = ground.place / "sumber" / GOOD / "kecamatan-karang-jati-2021.txt"
    command = [*apart, sys.executable, "-c", code, str(source), str(tmp_path / "out")]
    ran = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "out" / "laporan" / "index.html").exists()
