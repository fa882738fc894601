"""What is shown of hostile reports: no script, no formula, no control character of theirs reaches a reader's program."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main

EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">'
FORMULAS = ("=HYPERLINK(1)", "+1+cmd|' /C calc'!A0", "@SUM(1+1)", "-2+3+cmd|'!A0")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, report_text: Any) -> Path:
    """An OUT of reports whose names and cells are scripts and formulas, each with a finding, and its report."""
    place = tmp_path_factory.mktemp("tampil")
    source = place / "=1+1 <b>"
    source.mkdir()
    for number, evil in enumerate((EVIL, "{{7*7}}{% raw %}${7*7}", "\u202eDRO\u202c &amp; \x1b[31m", *FORMULAS)):
        text = report_text(f"DINAS KEBUN {number} KOTA SUKAMAJU").replace(
            "90,00", "95,00"
        )  # found in the row of that name
        (source / f"@{number} <i>.txt").write_text(text.replace("Program Taman", evil))
    assert main(["ingest", str(source), "--out", str(place / "out"), "--jobs", "0"]) == 0
    assert main(["report", str(place / "out"), "--jobs", "0"]) == 0
    return place / "out"


def test_pages_hold_no_element_of_a_report(shown: Path):
    pages = [path.read_text(encoding="utf-8") for path in (shown / "laporan").rglob("*.html")]
    assert len(pages) > 5
    assert any("&lt;script&gt;alert(1)" in page for page in pages)
    for page in pages:
        for told in ("<script>alert", "<img src=x", "<i>.txt", "=1+1 <b>", "\x1b"):
            assert told not in page
        assert "${49}" not in page


def test_csv_files_hold_no_formula(shown: Path, capsys: pytest.CaptureFixture[str]):
    text = (shown / "laporan" / "temuan.csv").read_text(encoding="utf-8-sig")
    capsys.readouterr()
    assert main(["findings", str(shown), "--format", "csv"]) == 0
    for table in (text, capsys.readouterr().out):
        rows = list(csv.reader(io.StringIO(table)))
        assert len(rows) > 5
        for cell in (cell for row in rows for cell in row):
            plain = cell.lstrip("-+").replace(".", "", 1).isdigit()
            assert plain or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell


def test_the_workbook_holds_no_formula_and_no_link(shown: Path):
    import openpyxl

    book = openpyxl.load_workbook(shown / "laporan" / "temuan.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("alert(1)" in str(cell.value) for cell in cells)
    assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_the_terminal_and_json_are_told_plain_text(shown: Path, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert main(["findings", str(shown)]) == 0
    told = capsys.readouterr().out
    assert "\x1b[31m" not in told
    assert "\u202e" not in told
    assert main(["findings", str(shown), "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) > 5


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--manifest", "a\0b.csv"),
        ("--aliases", "a\0b.csv"),
        ("--since", "7\0d"),
        ("--limit", "pages=\0"),
        ("--out", "a\0b"),
    ],
)
def test_nul_in_an_argument_is_refused_in_one_sentence(
    option: str, value: str, tmp_path: Path, report_text: Any, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "a.txt").write_text(report_text())
    out = [] if option == "--out" else ["--out", str(tmp_path / "out")]
    assert main(["ingest", str(tmp_path / "a.txt"), "--jobs", "0", *out, option, value]) == 2
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert "NUL" in told


def test_nul_in_a_manifest_and_a_source_is_refused(
    tmp_path: Path, report_text: Any, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "a.txt").write_text(report_text())
    (tmp_path / "m.csv").write_bytes(b"file,instansi\na.txt,Dinas\0X\n")
    out = str(tmp_path / "out")
    assert (
        main(["ingest", str(tmp_path / "a.txt"), "--out", out, "--jobs", "0", "--manifest", str(tmp_path / "m.csv")])
        == 2
    )
    assert main(["ingest", "a\0b.txt", "--out", out, "--jobs", "0"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_manifest_cannot_name_a_path_for_an_agency(tmp_path: Path, report_text: Any):
    (tmp_path / "a.txt").write_text(report_text())
    for number, agency in enumerate(("../../etc", "/abs/olut", "...", "con" * 2000)):
        (tmp_path / "m.csv").write_text(f'file,instansi,wilayah\n../../a.txt,x,-\na.txt,"{agency}",-\n')
        out = tmp_path / "dalam" / f"out{number}"
        code = main(
            ["ingest", str(tmp_path / "a.txt"), "--out", str(out), "--jobs", "0", "--manifest", str(tmp_path / "m.csv")]
        )
        assert code == 0
        (made,) = (out / "dokumen").iterdir()
        assert made.name.removeprefix("agency=").replace("-", "").isalnum()
    assert {path.name for path in tmp_path.iterdir()} == {"a.txt", "m.csv", "dalam"}
