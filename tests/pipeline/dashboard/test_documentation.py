"""The examples of docs/dashboard.md run as they stand there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

duckdb = pytest.importorskip("duckdb", reason="the extra dashboard is not installed")

from pipeline.dashboard.export import export  # noqa: E402

DOCS = (Path(__file__).parents[3] / "docs" / "dashboard.md").read_text(encoding="utf-8")
SQL = re.findall(r"```sql\n(.+?)```", DOCS, re.S)
PYTHON = re.findall(r"```python\n(.+?)```", DOCS, re.S)


@pytest.fixture
def here(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the names that the examples use."""
    export(out, tmp_path / "lkjip.duckdb")
    (tmp_path / "OUT").symlink_to(out)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_is_one_for_each_tool():
    assert (len(SQL), len(PYTHON)) == (4, 2)
    for tool in ("DuckDB", "pandas", "Superset", "Metabase", "Power BI"):
        assert f"\n### {tool}\n" in DOCS


@pytest.mark.parametrize("query", SQL)
def test_a_query_gives_rows(here: Path, query: str):
    with duckdb.connect("lkjip.duckdb", read_only=True) as base:
        rows = base.execute(query).fetchall()
    assert rows or "kode_standar IS NOT NULL" in query or "FROM capaian" in query


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_runs(here: Path, code: str, capsys: pytest.CaptureFixture[str]):
    exec(compile(code, "docs/dashboard.md", "exec"), {})
    assert re.search(r"Kota Sukamaju|sum +1", capsys.readouterr().out)
