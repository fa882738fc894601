"""Source files are found again by their bytes, and page images are cut around the cells."""

from __future__ import annotations

import hashlib
import json
import signal
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from pipeline.report.crops import PageImages
from pipeline.report.sources import link, locate, source_roots
from pipeline.report.write import FOLDER


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """Two empty pages, one upright and one lying."""
    path = tmp_path / "sumber" / "laporan" / "contoh 1.pdf"
    path.parent.mkdir(parents=True)
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.new_page(842, 595)
    document.save(path)
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def place(page: int, top: float, bottom: float):
    return {"page": page, "x0": 100.0, "x1": 200.0, "top": top, "bottom": bottom}


def test_a_source_is_found_below_the_folder_the_log_names(tmp_path: Path, pdf: Path):
    out = tmp_path / "out"
    (out / "_runs").mkdir(parents=True)
    begin = {"event": "begin", "sources": [str(pdf.parent), str(tmp_path / "gone")]}
    (out / "_runs" / "1.jsonl").write_text(json.dumps(begin) + "\n")
    (out / "_runs" / "2.jsonl").write_text("{broken")
    roots = source_roots(out)
    assert roots == (pdf.parent,)
    assert locate(roots, ["laporan/contoh 1.pdf"], digest(pdf)) == pdf


def test_a_source_given_by_name_or_moved_is_found_too(pdf: Path):
    assert locate([pdf], ["contoh 1.pdf"], digest(pdf)) == pdf
    assert locate([pdf.parent.parent], ["laporan/contoh 1.pdf"], digest(pdf)) == pdf


def test_a_changed_source_is_not_taken(pdf: Path):
    assert locate([pdf.parent], ["laporan/contoh 1.pdf"], "0" * 64) is None
    assert locate([pdf.parent], ["laporan/contoh 1.pdf"], None) is None


def test_a_name_never_leads_out_of_its_folder(tmp_path: Path, pdf: Path):
    assert locate([pdf.parent], ["laporan/../laporan/contoh 1.pdf"], digest(pdf)) is None


def test_links_are_relative_and_quoted(tmp_path: Path, pdf: Path):
    assert link(pdf, tmp_path / "out" / "laporan" / "dokumen") == "../../../sumber/laporan/contoh%201.pdf"


def test_a_crop_shows_the_cells_with_room_around_them(tmp_path: Path, pdf: Path):
    with PageImages(pdf, tmp_path / "gambar", "../gambar") as images:
        (crop,) = images.crops([place(1, 300, 320), place(1, 400, 420)])
    assert (crop.page, crop.width) == (1, 595)
    assert (round(crop.height), crop.src) == (188, "../gambar/1-266-454.webp")
    assert [(round(box.x), round(box.y), box.mark) for box in crop.boxes] == [(100, 134, "seen"), (100, 34, "wrong")]
    with Image.open(tmp_path / "gambar" / "1-266-454.webp") as image:
        assert image.size == (1190, 376)


def test_cells_far_apart_show_the_surroundings_of_the_wrong_one(tmp_path: Path, pdf: Path):
    with PageImages(pdf, tmp_path / "gambar", "g") as images:
        (crop,) = images.crops([place(1, 700, 710), place(1, 20, 30)])
    assert crop.height < 431
    assert [box.mark for box in crop.boxes] == ["wrong"]


def test_a_page_that_is_not_there_costs_only_its_picture(tmp_path: Path, pdf: Path):
    with PageImages(pdf, tmp_path / "gambar", "g") as images:
        crops = images.crops([place(9, 10, 20), place(2, 10, 20)])
    assert [crop.page for crop in crops] == [2]


def test_evidence_without_a_box_has_no_crop(tmp_path: Path, pdf: Path):
    with PageImages(pdf, tmp_path / "gambar", "g") as images:
        assert images.crops([{"page": 1, "x0": None, "x1": None, "top": None, "bottom": None}]) == ()


def pdf_doc(new_doc, make_evidence, sha256: str):
    doc = new_doc(name="laporan/contoh 1.pdf", head={"format": "pdf", "pages": 2, "sha256": sha256})
    spot = make_evidence("3.500.000", page=2, x0=100.0, top=50.0, x1=180.0, bottom=62.0)
    doc.finding("aa01", page=2, evidence=[spot])
    return doc


def test_the_page_links_and_pictures_the_source(tmp_path: Path, out: Path, pdf: Path, new_doc, make_evidence, write):
    id_ = pdf_doc(new_doc, make_evidence, digest(pdf)).put(out)
    write(sources=[pdf.parent])
    page = next((out / FOLDER / "dokumen").iterdir()).read_text(encoding="utf-8")
    assert 'href="../../../sumber/laporan/contoh%201.pdf#page=2"' in page
    (image,) = (out / FOLDER / "gambar" / id_).iterdir()
    assert f'href="../gambar/{id_}/{image.name}"' in page


def test_a_source_that_is_gone_is_told(out: Path, new_doc, make_evidence, write):
    pdf_doc(new_doc, make_evidence, "0" * 64).put(out)
    write()
    page = next((out / FOLDER / "dokumen").iterdir()).read_text(encoding="utf-8")
    assert "Gambar halaman tidak disertakan" in page
    assert not (out / FOLDER / "gambar").exists()


def test_a_worker_that_dies_costs_only_its_pictures(
    out: Path, pdf: Path, new_doc, make_evidence, write, monkeypatch: pytest.MonkeyPatch
):
    from pipeline.report import workers

    pdf_doc(new_doc, make_evidence, digest(pdf)).put(out)
    monkeypatch.setattr(workers, "TIMEOUT", 0.001)
    write(sources=[pdf.parent], jobs=1)
    page = next((out / FOLDER / "dokumen").iterdir()).read_text(encoding="utf-8")
    assert "Gambar halaman tidak disertakan" in page


def test_workers_never_hear_ctrl_c_and_their_parent_does():
    from pipeline.report import workers

    heard: list[set[signal.Signals]] = []
    jobs = ["__import__('signal').pthread_sigmask(0, ())"] * 2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "write_document", eval)
        for result in workers._parallel(jobs, 1):  # type: ignore[arg-type]
            assert signal.SIGINT in result  # type: ignore[operator]
            heard.append(signal.pthread_sigmask(signal.SIG_BLOCK, ()))
    assert [signal.SIGINT in held for held in heard] == [False, False]
