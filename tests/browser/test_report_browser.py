"""The auditor's report in a real browser, opened from `file://`."""

from __future__ import annotations

import io
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.report import write_report
from pipeline.report.index import Index
from pipeline.report.model import Coverage, Result

ROOT = Path(__file__).parents[2]
SAMPLES = ("kesbangpol-tanjung-harapan-2023.txt", "disperindag-lembah-raya-2024.txt")
SIZES = (1440, 390)
SCHEMES = ("light", "dark")


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of two samples."""
    from pipeline.ingest import Settings, ingest

    class Silent:
        def begin(self, total: int) -> None: ...
        def done(self, result: Any) -> None: ...

    folder = tmp_path_factory.mktemp("laporan")
    (folder / "samples").mkdir()
    for name in SAMPLES:
        shutil.copy(ROOT / "samples" / name, folder / "samples" / name)
    done = ingest([folder / "samples"], folder / "out", Settings(jobs=0), Silent())
    assert done.read == len(SAMPLES)
    return write_report(folder / "out").index.parent


@pytest.fixture(scope="session")
def pages(report: Path) -> dict[str, Path]:
    """The index, and the page with most findings."""
    most = max((report / "dokumen").glob("*.html"), key=lambda path: path.read_text().count("<article"))
    assert most.read_text().count("<article") > 3
    return {"index": report / "index.html", "document": most}


def result_of(number: int, findings: int) -> Result:
    """A document as the index sees it."""
    head = {
        "agency": f"dinas-{number}", "year": 2020 + number % 5, "instansi": f"Dinas Uji {number}", "wilayah": "Kota Sukamaju",
        "jenis": "lkjip", "status": "ok", "sumber": f"laporan/{number}.txt", "error": None, "pages": None, "n_tabel": 3,
    }  # fmt: skip
    rows = tuple(
        {
            "temuan_id": f"{number:08d}{i:08d}", "rule": ("sum", "percent")[i % 2], "tinjauan": "", "place": f"baris {i}",
            "severity": ("tinggi", "sedang", "rendah")[i % 3], "subjek": f"Program nomor {number} baris {i}",
            "shown": "Rp 1", "expected_shown": "Rp 2", "difference_shown": "Rp 1", "money": Decimal(number * 100 + i),
        }
        for i in range(findings)
    )  # fmt: skip
    return Result(head, f"dokumen/{number}.html", rows, Coverage(()), {"tinggi": findings}, Decimal(1), 1, 0, 0)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of 10,000 documents and 100,000 findings."""
    from datetime import datetime

    from pipeline.report.pages import write_static
    from pipeline.report.write import _write_index

    folder = tmp_path_factory.mktemp("besar")
    index = Index()
    for number in range(10_000):
        index.add(result_of(number, 10))
    _write_index(folder, index, [], "id", datetime(2025, 5, 7))
    write_static(folder / "static")
    return folder / "index.html"


def rows(page: Any, name: str) -> Any:
    return page.locator(f"#{name} tbody tr")


def search(page: Any, text: str, expected: int) -> None:
    """Type into the search box; the list follows a moment later."""
    from playwright.sync_api import expect

    page.locator("#temuan input[type=search]").fill(text)
    expect(rows(page, "temuan")).to_have_count(expected)


def test_the_index_lists_findings_worst_first(open_page, pages):
    page = open_page(pages["index"])
    first = rows(page, "temuan").first.inner_text()
    assert "Tinggi" in first
    assert re.search(r"\d+ dari \d+", page.locator("#temuan [role=status]").inner_text())
    assert rows(page, "dokumen").count() == len(SAMPLES)


def test_searching_and_filtering(open_page, pages):
    page = open_page(pages["index"])
    total = rows(page, "temuan").count()
    last = rows(page, "temuan").locator("td:first-child").last.inner_text().split()[1]
    severity = page.locator("#temuan label", has_text="Tingkat").locator("select")
    severity.select_option(label=last)
    assert 0 < rows(page, "temuan").count() < total
    assert {text.split()[1] for text in rows(page, "temuan").locator("td:first-child").all_inner_texts()} == {last}
    severity.select_option(label="semua")
    search(page, "tidak akan pernah ada", 0)
    search(page, "", total)


def test_sorting_by_a_column_with_the_keyboard(open_page, pages):
    page = open_page(pages["index"])
    button = page.locator("#temuan th button", has_text="Perihal")
    button.focus()
    page.keyboard.press("Enter")
    names = page.locator("#temuan td.main a").all_inner_texts()
    assert names == sorted(names, key=str.lower)
    assert page.locator("#temuan th[aria-sort=ascending]").inner_text().startswith("Perihal")
    page.keyboard.press("Enter")
    assert page.locator("#temuan td.main a").all_inner_texts() != names


def test_from_the_index_to_a_finding(open_page, pages):
    page = open_page(pages["index"])
    link = page.locator("#temuan td.main a").first
    subject = link.inner_text()
    link.click()
    page.wait_for_load_state()
    target = page.locator("article:target")
    assert target.count() == 1
    assert target.locator("h3").inner_text()[:40] == subject[:40]
    assert target.locator(".evidence").is_visible()


def test_english_with_one_click_and_it_stays(open_page, pages):
    page = open_page(pages["document"])
    assert page.locator("h2", has_text="Ringkasan").is_visible()
    page.get_by_role("button", name="English").click()
    assert page.locator("h2", has_text="Summary").is_visible()
    assert not page.locator("h2 .l-id").first.is_visible()
    assert page.locator("article .sentence .l-en").first.is_visible()
    page.goto(pages["index"].as_uri())
    assert page.locator("#h-temuan").inner_text() == "Findings"
    assert page.locator("#temuan label span").first.inner_text() == "Search"


def test_findings_of_a_page_can_be_filtered(open_page, pages):
    page = open_page(pages["document"])
    buttons = page.locator("[data-filter-findings] button")
    assert buttons.count() > 2
    buttons.nth(1).click()
    shown = [one for one in page.locator("article.finding").all() if one.is_visible()]
    assert 0 < len(shown) < page.locator("article.finding").count()
    assert buttons.nth(1).get_attribute("aria-pressed") == "true"


def test_a_marked_cell_opens_its_table_and_leads_to_the_finding(open_page, pages):
    page = open_page(pages["document"])
    cell = page.locator("#tabel td.k-wrong[id]").first
    assert not cell.is_visible()
    page.goto(f"{pages['document'].as_uri()}#{cell.get_attribute('id')}")
    page.reload()
    assert cell.is_visible()
    cell.locator("a").click()
    assert page.locator("article:target").count() == 1


def test_ticks_are_drawn_where_checks_agree(open_page, pages):
    page = open_page(pages["document"])
    tick = "element => getComputedStyle(element, '::after').content"
    assert "✓" in page.locator("#tabel td.k-ok").first.evaluate(tick)
    assert "✓" not in page.locator("#tabel td.k-wrong").first.evaluate(tick)


@pytest.mark.parametrize("name", ["index", "document"])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", SIZES)
def test_nothing_is_wider_than_the_screen(open_page, pages, name: str, scheme: str, width: int):
    page = open_page(pages[name], width=width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["index", "document"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_serious_barrier(open_page, pages, name: str, scheme: str):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = open_page(pages[name], color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    source = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(source)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
    serious = [
        (one["id"], one["nodes"][0]["html"][:200], one["nodes"][0].get("failureSummary"))
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []


@pytest.mark.parametrize("name", ["index", "document"])
def test_it_prints_on_a4(open_page, pages, name: str):
    import pypdfium2

    page = open_page(pages[name])
    printed = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert [round(side) for side in printed[0].get_size()] == [595, 842]
    text = "".join(one.get_textpage().get_text_range() for one in printed)
    assert "Temuan" in text
    assert "English" not in text


def test_without_scripts_the_page_still_reads(open_page, pages):
    page = open_page(pages["document"], java_script_enabled=False)
    assert page.locator("article.finding").first.is_visible()
    assert page.locator("h2", has_text="Ringkasan").is_visible()


def test_a_hundred_thousand_findings(open_page, large):
    from playwright.sync_api import expect

    page = open_page(large)
    assert rows(page, "temuan").count() == 25
    expect(page.locator("[data-list=temuan]")).to_have_attribute("data-loaded", "100000", timeout=30_000)
    assert "100.000 dari 100.000" in page.locator("#temuan [role=status]").inner_text()
    search(page, "program nomor 9876", 10)
    assert "Dinas Uji 9876" in rows(page, "temuan").first.inner_text()
    search(page, "", 25)
    page.locator("#temuan .pager button", has_text="Terakhir").click()
    assert "Halaman 4.000 / 4.000" in page.locator("#temuan .pager").inner_text()
    page.locator("#temuan th button", has_text="Selisih").click()
    assert "Program nomor 9999 baris 9" in rows(page, "temuan").first.inner_text()
