"""A real browser: Debian's Chromium, driven by Playwright. Where it is not there, these tests are skipped and say why."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def _browser() -> str:
    """The browser's path; installed by the project's own script where that is possible."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        ran = subprocess.run(
            ["sh", str(ROOT / "scripts" / "install-browser.sh")],
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        found = next((path for name in NAMES if (path := shutil.which(name))), None)
        if found is None:
            pytest.skip(f"no Chromium: {(ran.stderr or ran.stdout).strip().splitlines()[-1:]}")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="the Python package playwright is not installed")
    path = _browser()
    with api.sync_playwright() as playwright:
        try:
            running = playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
            )
        except api.Error as error:
            pytest.skip(f"{path} does not start: {str(error).splitlines()[0]}")
        yield running
        running.close()


class Watched:
    """A page that remembers what a good page never does: errors, and requests to anything but files."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.problems: list[str] = []
        page.on("console", lambda message: self._console(message))
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("request", lambda request: self._request(request.url))

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console: {message.text}")

    def _request(self, url: str) -> None:
        if not url.startswith(("file:", "data:")):
            self.problems.append(f"request: {url}")


@pytest.fixture
def open_page(browser: Any) -> Iterator[Any]:
    """Opens a file in a page of its own; at the end, nothing may have gone wrong on any of them."""
    contexts, watched = [], []

    def opened(path: Path, anchor: str = "", width: int = 1440, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 1000}, **options)
        contexts.append(context)
        one = Watched(context.new_page())
        watched.append(one)
        one.page.goto(path.as_uri() + (f"#{anchor}" if anchor else ""), wait_until="load")
        return one.page

    yield opened
    problems = [problem for one in watched for problem in one.problems]
    for context in contexts:
        context.close()
    assert problems == []
