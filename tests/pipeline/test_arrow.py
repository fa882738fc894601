"""Rows to Arrow tables."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.arrow import table

ROW = {"page": 1, "status": "read", "reason": None, "method": "text", "rotation": 0, "words": 5, "document_id": "d"}


def test_rows_are_held_to_the_description_of_their_dataset() -> None:
    assert table("halaman", [ROW]).to_pylist()[0]["words"] == 5
    with pytest.raises(ValueError, match="unknown columns"):
        table("halaman", [{**ROW, "asing": 1}])
    with pytest.raises(ValueError, match="null where none may be"):
        table("halaman", [{**ROW, "status": None}])
    with pytest.raises(KeyError):
        table("halaman", [{"page": 1}])


def test_pandas_is_not_loaded_for_rows_and_works_afterwards() -> None:
    code = (
        f"import sys; from pipeline.arrow import table; made = table('halaman', [{ROW!r}]);"
        "print('pandas' in sys.modules, made.to_pandas()['words'][0])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "5"]
