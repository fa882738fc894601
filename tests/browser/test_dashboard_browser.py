"""The dashboard in a real browser: every page, wide and narrow, without an error and without a request to elsewhere."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("streamlit", reason="the extra dashboard is not installed")
pytest.importorskip("duckdb", reason="the extra dashboard is not installed")

from pipeline.ingest import Settings, ingest
from pipeline.review.reviews import reviews

ROOT = Path(__file__).parents[2]
SAMPLE = "disperindag-lembah-raya-2024.txt"
HEADERS = {
    "ringkasan": "Ringkasan",
    "instansi": "Satu instansi, semua tahun",
    "temuan": "Temuan",
    "tinjauan": "Tinjauan",
    "data": "Data",
}


class Silent:
    def begin(self, total: int) -> None: ...
    def done(self, result: Any) -> None: ...


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dasbor")
    (folder / "samples").mkdir()
    shutil.copy(ROOT / "samples" / SAMPLE, folder / "samples" / SAMPLE)
    assert ingest([folder / "samples"], folder / "out", Settings(jobs=0), Silent()).read == 1
    return folder / "out"


def serve(out: Path) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "pipeline", "dashboard", str(out), "--port", str(port), "--no-browser"]
    served = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return served, address
        except OSError:
            assert served.poll() is None
            time.sleep(0.25)
    served.kill()
    pytest.fail("the dashboard did not answer")


@pytest.fixture
def open_dashboard(browser: Any, out: Path) -> Iterator[Any]:
    """Serves the dashboard and opens pages of it; at the end nothing may have gone wrong on any."""
    served, address = serve(out)
    problems: list[str] = []
    contexts: list[Any] = []

    def opened(page: str, width: int = 1440) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 1000})
        contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda error: problems.append(f"error: {error}"))
        tab.on("console", lambda m: problems.append(f"console: {m.text}") if m.type == "error" else None)
        tab.on("request", lambda request: outside(request.url))
        tab.on("websocket", lambda socket: outside(socket.url.replace("ws:", "http:", 1)))
        tab.goto(f"{address}/?page={page}")
        return tab

    def outside(url: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            problems.append(f"request: {url}")

    yield opened
    for context in contexts:
        context.close()
    served.terminate()
    served.wait(20)
    assert problems == []


def settled(tab: Any) -> None:
    """Until the app has done what was asked of it."""
    from playwright.sync_api import expect

    expect(tab.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_visible(timeout=30_000)


@pytest.mark.parametrize(("width", "pages"), [(1440, tuple(HEADERS)), (390, ("ringkasan", "temuan", "data"))])
def test_every_page_wide_and_narrow(open_dashboard: Any, width: int, pages: tuple[str, ...]):
    from playwright.sync_api import expect

    tab = open_dashboard(pages[0], width)
    for page in pages:
        if page != pages[0]:
            settled(tab)
            name = "Instansi" if page == "instansi" else HEADERS[page]
            tab.get_by_role("radio", name=name, exact=True).first.click()
        expect(tab.get_by_role("heading", level=2).first).to_have_text(HEADERS[page], timeout=30_000)
        settled(tab)  # else what is looked at may still be of the page before
        if page == "tinjauan":  # its figures are folded away until they are asked for
            tab.get_by_text("Angka yang terlibat, dan salah baca", exact=True).click()
        expect(tab.get_by_test_id("stDataFrame").first).to_be_visible(timeout=30_000)
        expect(tab.get_by_test_id("stException")).to_have_count(0)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    settled(tab)
    tab.get_by_role("radio", name="English", exact=True).click()
    expect(tab.get_by_text("Download as", exact=True)).to_be_visible(timeout=30_000)


def test_a_review_survives_a_restart(open_dashboard: Any, out: Path):
    from playwright.sync_api import expect

    tab = open_dashboard("tinjauan")
    expect(tab.get_by_role("button", name="Simpan")).to_be_visible(timeout=30_000)
    settled(tab)
    tab.get_by_label("Catatan", exact=True).fill("sudah dikonfirmasi")
    tab.get_by_label("Nama Anda", exact=True).fill("Siti")
    tab.get_by_role("button", name="Simpan").click()
    expect(tab.get_by_text("Tersimpan.")).to_be_visible(timeout=30_000)
    (held,) = reviews(out).values()
    assert (held.notes, held.by) == ("sudah dikonfirmasi", "Siti")


def test_it_is_there_after_the_restart(open_dashboard: Any, out: Path):
    from playwright.sync_api import expect

    if not reviews(out):
        pytest.skip("the test before did not get to save a review")
    tab = open_dashboard("tinjauan")
    expect(tab.get_by_role("heading", name="Yang sudah ditinjau")).to_be_visible(timeout=30_000)
