"""Pages that are read from their images in threads come out as they would one by one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractors.read import pdf as pdf_module
from extractors.read.pdf import read_pdf
from extractors.read.pdfium import LOCK
from extractors.read.sidebyside import SideBySide
from schemas.document import Page, PageStatus

Typeset = Callable[..., Path]


def test_no_more_pages_are_in_the_making_than_there_are_threads() -> None:
    running, most, lock = 0, 0, threading.Lock()
    both = threading.Barrier(2, timeout=10)

    def read() -> Page:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        both.wait()
        with lock:
            running -= 1
        return Page(1, 0.0, 0.0)

    with SideBySide(lambda: 2) as images:
        found = [images.submit(read) for _ in range(6)]
    assert [future.result().number for future in found] == [1] * 6
    assert most == 2


@pytest.mark.parametrize("threads", [1, 3])
def test_pages_keep_their_order_and_each_its_own_failure(
    sheet: Any, typeset: Typeset, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    monkeypatch.setattr(pdf_module, "_threads", lambda: threads)

    def read_image(page: Any, number: int, why: str) -> Page:
        with LOCK:
            width, height = page.get_size()
        if number == 3:
            raise ValueError("gambar terlalu besar")
        return Page(number, width, height, method="ocr", reason=why)

    pages = read_pdf(
        typeset(*[sheet(width=300 + k).text(50, 40, "x") for k in range(7)]), ocr="force", read_image=read_image
    )
    assert [p.number for p in pages.pages] == [1, 2, 3, 4, 5, 6, 7]
    assert [p.width for p in pages.pages if p.number != 3] == [300, 301, 303, 304, 305, 306]
    assert (pages.pages[2].status, pages.pages[2].reason) == (
        PageStatus.FAILED,
        "halaman tidak terbaca: gambar terlalu besar",
    )


def test_an_error_without_a_text_still_gives_a_reason(sheet: Any, typeset: Typeset) -> None:
    def read_image(page: Any, number: int, why: str) -> Page:
        raise RuntimeError

    (page,) = read_pdf(typeset(sheet().text(50, 40, "x")), ocr="force", read_image=read_image).pages
    assert page.reason == "halaman tidak terbaca: RuntimeError"


def test_a_file_without_images_starts_no_thread(sheet: Any, typeset: Typeset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "_threads", lambda: pytest.fail("no page needs one"))
    assert (
        len(read_pdf(typeset(sheet().text(50, 40, "Anggaran")), read_image=lambda *_: pytest.fail("no image")).pages)
        == 1
    )
