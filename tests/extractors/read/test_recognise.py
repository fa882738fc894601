from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from extractors.read.recognise import THREADS, _Alphabet, threads

ALPHABET = ["", "1", "2", "á", "一", "中", "a", ".", " "]  # class 0 is the blank of CTC


def output(*steps: tuple[int, float]) -> np.ndarray:
    """A recogniser's output: each step's best class and its probability."""
    probs = np.full((len(steps), len(ALPHABET)), 0.001, np.float32)
    for step, (best, prob) in enumerate(steps):
        probs[step, best] = prob
    return probs


def test_repeated_classes_are_one_sign_and_a_blank_parts_equal_ones() -> None:
    alphabet = _Alphabet.of(ALPHABET, "12a. -")
    reading = alphabet.decode(output((1, 0.9), (1, 0.7), (0, 1.0), (1, 0.8), (7, 1.0)), 1.0)
    assert reading.text == "11."
    assert [round(p, 2) for p in reading.probs] == [0.9, 0.8, 1.0]
    assert list(reading.at) == sorted(reading.at)


def test_accents_and_strange_dashes_are_folded_and_other_scripts_unread() -> None:
    alphabet = _Alphabet.of(ALPHABET, "12a. -")
    assert alphabet.decode(output((3, 0.9), (6, 0.8), (0, 1.0), (4, 0.9)), 1.0).text == "a-"
    assert alphabet.decode(output((0, 1.0), (5, 0.99)), 1.0).confidence < 0.01


def test_where_only_figures_can_stand_they_share_the_probability() -> None:
    only = _Alphabet.of(ALPHABET, "12.", only=True)
    steps = output((6, 0.7))
    steps[0, 1] = 0.2
    reading = only.decode(steps, 1.0)
    assert reading.text == "1"
    assert reading.probs[0] > 0.9


def test_nothing_read_has_no_confidence() -> None:
    assert _Alphabet.of(ALPHABET, "1").decode(output((0, 1.0)), 1.0).confidence == 0.0


def test_threads_follow_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(THREADS, "3")
    assert threads() == 3
    for odd in ("0", "many", ""):
        monkeypatch.setenv(THREADS, odd)
        assert 1 <= threads() <= 4


def test_the_models_tell_nobody_of_their_use(tmp_path: Path) -> None:
    """Where onnxruntime reports its use over the network it first makes itself a file in the user's home."""
    code = (
        "import numpy as np; from extractors.read.recognise import Reader; reader = Reader(); "
        "reader._session.run(None, {reader._input: np.zeros((1, 3, 48, 320), np.float32)})"
    )
    env = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "c"), "ORT_DISABLE_TELEMETRY": "0"}
    subprocess.run([sys.executable, "-c", code], env=env, cwd=Path(__file__).parents[3], check=True)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
