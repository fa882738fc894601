"""Bytes of files, and of nothing that only looks like one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractors.read import read
from extractors.read.files import NotRegular, open_regular, read_bytes
from schemas.errors import UnreadableInput


def test_a_file(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(b"satu")
    assert read_bytes(tmp_path / "a.txt", "a", 4) == b"satu"
    with pytest.raises(UnreadableInput, match="melebihi batas 3"):
        read_bytes(tmp_path / "a.txt", "a", 3)


def test_a_pipe_a_device_and_a_folder_are_refused_at_once(tmp_path: Path):
    for name in ("pipa.txt", "pipa.pdf"):
        os.mkfifo(tmp_path / name)
        with pytest.raises(UnreadableInput, match="bukan berkas biasa"):
            read(tmp_path / name)
    for path in (tmp_path / "pipa.txt", tmp_path, Path(os.devnull)):
        with pytest.raises(NotRegular):
            open_regular(path)
