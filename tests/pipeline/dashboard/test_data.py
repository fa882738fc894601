"""What the pages show: sums that count each rupiah once, over complete documents alone."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="the extra dashboard is not installed")

from pipeline.dashboard import data, download, show

ALL = data.Scope()


@pytest.fixture(scope="module")
def base(out: Path):
    with data.open_base(out) as base:
        yield base


def test_a_report_and_its_copy_are_counted_once(base):
    rows = {row["kunci"]: row for row in data.overview(base, "instansi", ALL)}
    kebun = rows["dinas-kebun-kota-sukamaju"]
    assert (kebun["anggaran"], kebun["realisasi"]) == (Decimal(6_000_000), Decimal(3_800_000))  # two years, no copy
    assert kebun["serapan"] == Decimal("63.33")
    used = [row["sumber"] for row in data.documents(base, ALL) if row["anggaran_dipakai"]]
    assert len(used) == 4


def test_every_axis_adds_up_to_the_same(base):
    total = data.totals(base, ALL)
    assert total["anggaran"] == Decimal(12_000_000)
    for axis in data.AXES:
        rows = data.overview(base, axis, ALL)
        assert sum(row["anggaran"] for row in rows) == total["anggaran"], axis
        assert sum(row["realisasi"] for row in rows) == total["realisasi"], axis


def test_failed_documents_count_as_failed_alone(base):
    total = data.totals(base, ALL)
    assert (total["documents"], total["failed"]) == (5, 1)
    assert base.execute("SELECT count(*) FROM dokumen WHERE status = 'failed'").fetchone() == (0,)
    assert [row["status"] for row in data.documents(base, ALL)].count("failed") == 1


def test_rows_of_a_document_without_its_row_in_dokumen_are_not_seen(out: Path, tmp_path: Path):
    import shutil

    copy = tmp_path / "out"
    shutil.copytree(out, copy)
    next((copy / "dokumen" / "agency=dinas-pasar-kota-sukamaju").rglob("*.parquet")).unlink()
    with data.open_base(copy) as base:
        for dataset in ("temuan", "ringkasan", "angka", "sel", "serapan"):
            found = base.execute(
                f"SELECT count(*) FROM {dataset} WHERE agency = 'dinas-pasar-kota-sukamaju'"
            ).fetchone()
            assert found == (0,), dataset


def test_the_scope_narrows_everything(base):
    scope = data.Scope(wilayah=("Kota Sukamaju",), years=(2024,))
    assert data.totals(base, scope)["anggaran"] == Decimal(6_000_000)
    assert [row["kunci"] for row in data.overview(base, "wilayah", scope)] == ["Kota Sukamaju"]
    assert {row["agency"] for row in data.findings(base, scope)} == {"dinas-pasar-kota-sukamaju"}
    assert data.findings(base, data.Scope(years=(1999,))) == []


def test_findings_are_found_by_what_they_say(base):
    (finding,) = data.findings(base, rules=["sum"])
    assert data.findings(base, text=finding["temuan_id"]) == [finding]
    assert data.findings(base, text="tidak ada di mana pun") == []
    assert data.findings(base, severities=["rendah"], rules=["sum"]) == []
    figures = data.figures(base, finding["document_id"], finding["angka"])
    assert figures[0]["text"] == "3.000.001"


def test_one_agency_over_the_years(base):
    rows = data.agency_years(base, "dinas-kebun-kota-sukamaju")
    assert [(row["nama"], row["serapan"]) for row in rows] == [("2023", Decimal("63.33")), ("2024", Decimal("63.33"))]
    assert len(data.agency_lines(base, "dinas-kebun-kota-sukamaju")) == 4


def test_a_percentage_of_nothing_is_none():
    assert data.percent(Decimal(1), Decimal(0)) is None
    assert data.percent(None, Decimal(5)) is None
    assert data.percent(Decimal("1"), Decimal("8")) == Decimal("12.50")
    assert data.percent(Decimal("0.00125"), Decimal(1)) == Decimal("0.13")


def test_an_unknown_dataset_is_never_asked_for():
    with pytest.raises(KeyError):
        data.dataset_query("dokumen; DROP TABLE x", ALL)


def test_downloads_keep_every_digit_and_carry_no_formula(base):
    import openpyxl
    import pyarrow.parquet as pq

    query, values = data.dataset_query("ringkasan", data.Scope(agencies=("dinas-uji-kota-sukaramai",)))
    table = pq.read_table(io.BytesIO(download.parquet(base, query, values)))
    assert str(table.schema.field("anggaran").type) == "decimal128(20, 2)"
    text = download.csv(base, query, values).decode("utf-8-sig")
    assert "1000000.00" in text
    assert "'=HYPERLINK" in text
    book = openpyxl.load_workbook(io.BytesIO(download.excel(base, query, values, "ringkasan")))
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert 1_000_000 in [cell.value for cell in cells if cell.data_type == "n"]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert {cell.data_type for cell in cells} <= {"n", "s", "b"}  # no formula
    assert not any(cell.hyperlink for cell in cells)


def test_numbers_in_tables_sort_and_lose_nothing():
    rows = [{"a": Decimal("9007199254740993.25")}, {"a": Decimal("12.00")}, {"a": None}, {"a": Decimal("100.5000")}]
    shown = show.frame(rows, {"a": ("A", "number")})["A"].tolist()
    assert [text.strip(show.FIGURE_SPACE) for text in shown] == ["9.007.199.254.740.993,25", "12", "", "100,5"]
    plain = [text.replace(show.FIGURE_SPACE, " ") for text in shown]  # a browser sorts both before digits
    assert sorted(plain)[1:] == [plain[1], plain[3], plain[0]]


def test_text_of_reports_means_nothing_in_markdown():
    assert show.plain("![x](http://a/b.png) **<b>** :red[x] $y$") == (
        "\\!\\[x\\]\\(http\\://a/b\\.png\\) \\*\\*\\<b\\>\\*\\* \\:red\\[x\\] \\$y\\$"
    )
    frame = show.frame([{"a": "=1+1"}], {"a": ("A", "text")})
    assert frame["A"].tolist() == ["'=1+1"]
