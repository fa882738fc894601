"""What a document is thought to take: by its pages and kind, whatever its bytes; and looking into PDFs that bite."""

from __future__ import annotations

import io
import os
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from pipeline import schedule as module
from pipeline.estimate import Shape, cost, guess, look, seconds
from pipeline.plan import Job
from pipeline.rows import Origin
from pipeline.schedule import Glance, guessed, schedule, survey


def pdf(path: Path, pages: int, picture: bool = False) -> Path:
    """A PDF of blank pages, each covered by a picture or not."""
    made = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        page = made.new_page(595, 842)
        if picture:
            from PIL import Image

            jpeg = io.BytesIO()
            Image.new("L", (60, 84), 255).save(jpeg, "JPEG")
            image = pypdfium2.PdfImage.new(made)
            image.load_jpeg(jpeg)
            image.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
            page.insert_obj(image)
            page.gen_content()
    made.save(path)
    return path


def job(path: Path, size: int = 1, letter: str = "a") -> Job:
    return Job(path, Origin(letter * 16, path.name, (), letter * 64, "v"), size, ())


def test_a_pdf_is_looked_into(tmp_path: Path):
    assert look(pdf(tmp_path / "a.pdf", 7), None) == Shape(7, 0.0)
    assert look(pdf(tmp_path / "b.pdf", 3, picture=True), None) == Shape(3, 1.0)
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4 rusak")
    assert look(tmp_path / "c.pdf", None) is None


def test_without_looking_the_size_tells():
    assert guess(Path("a.txt"), 25_000) == Shape(10, plain=True)
    assert guess(Path("a.PDF"), 500_000) == Shape(10, 1.0)
    assert guess(Path("a.txt"), 0).pages == 1


def test_pages_that_must_be_recognised_take_longest_unless_they_are_not():
    scan, long, text = Shape(10, 1.0), Shape(300), Shape(400, plain=True)
    assert cost(scan, "auto") > cost(long, "auto") > cost(text, "auto")
    assert cost(scan, "off") < cost(long, "off")
    assert cost(long, "force") > cost(scan, "force")
    assert cost(text, "force") == cost(text, "auto")


@pytest.mark.parametrize(
    ("shape", "ocr", "given"),
    [
        (Shape(1), "auto", 600),
        (Shape(50), "auto", 600),
        (Shape(100), "auto", 1200),
        (Shape(100, 1.0), "auto", 6000),
        (Shape(100, 0.5), "auto", 3600),
        (Shape(100, 1.0), "off", 1200),
        (Shape(100), "force", 6000),
        (Shape(100, plain=True), "force", 1200),
    ],
)
def test_longer_documents_are_given_more_time(shape: Shape, ocr: str, given: float):
    assert seconds(shape, ocr, 600) == given


def test_longest_first_with_what_each_may_take():
    shapes = {"a.pdf": Shape(10), "b.pdf": Shape(10, 1.0), "c.pdf": Shape(200)}
    jobs = [job(Path(name), letter=name[0]) for name in shapes]
    planned = schedule(jobs, ocr="auto", timeout=60, memory=5, shape_of=lambda job: shapes[job.path.name])
    assert [(one.job.path.name, one.quota.seconds, one.quota.memory) for one in planned] == [
        ("b.pdf", 60, 5),
        ("c.pdf", 240, 5),
        ("a.pdf", 60, 5),
    ]


def test_a_pdf_that_kills_the_process_that_looks_is_judged_by_its_size(tmp_path: Path, monkeypatch):
    good, bad = job(pdf(tmp_path / "good.pdf", 9)), job(tmp_path / "bad.pdf", 500_000)
    with closing(Glance(None)) as glance:
        assert glance(good) == Shape(9, 0.0)
        with monkeypatch.context() as patch:
            patch.setattr(module, "_look", os._exit)
            patch.setattr(Glance, "_question", lambda self, job: 7)
            assert glance(bad) == guessed(bad) == Shape(10, 1.0)
        assert glance(good) == Shape(9, 0.0)


def test_pdfs_are_looked_into_only_apart_from_this_process(tmp_path: Path, monkeypatch):
    one = [job(pdf(tmp_path / "a.pdf", 4), 300_000)]
    given = {"ocr": "auto", "timeout": 1.0, "memory": None, "password": None}
    (apart,) = survey(one, **given, isolated=True)
    (here,) = survey(one, **given, isolated=False)
    assert (apart.shape, here.shape) == (Shape(4, 0.0), Shape(6, 1.0))
