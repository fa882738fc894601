"""`lkjip show FILE --page N --image OUT`: a page of a sample PDF with what was read from it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from pipeline import cli
from pipeline.draw import DOUBTED, DPI, FOUND, TABLES, draw
from pipeline.extract import read_report
from pipeline.reconcile import reconcile
from schemas.checks import Finding
from schemas.document import Box, Place
from schemas.errors import BadOption, UnusableOutput
from schemas.records import Doubt, Report

SAMPLES = Path(__file__).parents[2] / "samples"
RULED = SAMPLES / "dmpl-wakatobi-2022.ruled.pdf"
ROTATED = SAMPLES / "literasi-ternate-2023.rotated.pdf"
SCALE = DPI / 72


@cache
def read(path: Path) -> tuple[Report, tuple[Finding, ...]]:
    report = read_report(path)
    return report, tuple(reconcile(report)[1])


def drawn(path: Path, page: int, out: Path) -> Image.Image:
    draw(*read(path), path, page, out)
    return Image.open(out).convert("RGB")


def near(pixel: object, colour: tuple[int, int, int], by: int = 40) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= by for a, b in zip(pixel, colour, strict=True))


def along_top(image: Image.Image, box: Box) -> list[object]:
    y = round(box.top * SCALE)
    return [image.getpixel((round(x), y)) for x in range(round(box.x0 * SCALE) + 4, round(box.x1 * SCALE) - 4)]


def test_the_page_is_drawn_as_displayed_with_a_legend_below(tmp_path: Path) -> None:
    upright = drawn(RULED, 5, tmp_path / "a.png")
    landscape = drawn(ROTATED, 8, tmp_path / "b.png")
    assert upright.width == pytest.approx(595.3 * SCALE, abs=2)
    assert upright.height > 841.9 * SCALE
    assert landscape.width == pytest.approx(841.9 * SCALE, abs=2)
    assert 595.3 * SCALE < landscape.height < 841.9 * SCALE


@pytest.mark.parametrize(("path", "page"), [(RULED, 5), (ROTATED, 6), (ROTATED, 8), (ROTATED, 9)])
def test_every_table_of_the_page_is_outlined_in_its_colour(path: Path, page: int, tmp_path: Path) -> None:
    image = drawn(path, page, tmp_path / "page.png")
    report, _ = read(path)
    seen = 0
    for i, table in enumerate(report.tables):
        boxes = [
            cell.place.box
            for row in table.raw.rows
            for cell in row
            if cell is not None and cell.place.page == page and cell.place.box is not None
        ]
        if not boxes:
            continue
        seen += 1
        last = max(boxes, key=lambda box: (box.bottom, box.x1))
        left = [image.getpixel((round(last.x0 * SCALE), round(y * SCALE))) for y in (last.top + 4, last.bottom - 8)]
        assert any(near(pixel, TABLES[i % len(TABLES)]) for pixel in left), table.raw.table_id
    assert seen >= 1


def test_a_finding_is_framed_and_a_doubt_too(tmp_path: Path) -> None:
    report, findings = read(RULED)
    (finding,) = [f for f in findings if f.place.page == 5]
    assert finding.place.box is not None
    image = drawn(RULED, 5, tmp_path / "page.png")
    assert any(near(pixel, FOUND) for pixel in along_top(image, finding.place.box))
    elsewhere = Box(100, 700, 300, 730)
    doubted = Report(
        report.document, report.identity, (), (), doubts=(Doubt("angka", "ragu", Place(5, None, elsewhere)),)
    )
    draw(doubted, (), RULED, 5, tmp_path / "doubt.png")
    with Image.open(tmp_path / "doubt.png") as marked:
        assert any(near(pixel, DOUBTED) for pixel in along_top(marked.convert("RGB"), elsewhere))
    assert not any(near(pixel, DOUBTED) for pixel in along_top(image, elsewhere))


def test_values_are_written_where_figures_are_printed(tmp_path: Path) -> None:
    report, _ = read(RULED)
    bare = Report(report.document, report.identity, report.tables, ())
    draw(bare, (), RULED, 5, tmp_path / "bare.png")
    full = drawn(RULED, 5, tmp_path / "full.png")
    with Image.open(tmp_path / "bare.png") as without:
        figure = next(k.capaian for k in report.kinerja if k.capaian is not None and k.capaian.place.page == 5)
        box = figure.place.box
        assert box is not None
        corner = tuple(round(v * SCALE) for v in (box.x1 - 25, box.bottom - 4, box.x1, box.bottom + 4))
        assert full.crop(corner).tobytes() != without.convert("RGB").crop(corner).tobytes()


def test_what_cannot_be_drawn_is_one_sentence(tmp_path: Path) -> None:
    text = read_report(SAMPLES / "dmpl-wakatobi-2022.txt")
    with pytest.raises(BadOption, match="bukan PDF"):
        draw(text, (), SAMPLES / "dmpl-wakatobi-2022.txt", 1, tmp_path / "x.png")
    report, findings = read(RULED)
    for page in (0, 9):
        with pytest.raises(BadOption, match="berisi 8 halaman"):
            draw(report, findings, RULED, page, tmp_path / "x.png")
    with pytest.raises(BadOption, match="png"):
        draw(report, findings, RULED, 1, tmp_path / "x.docx")
    with pytest.raises(UnusableOutput):
        draw(report, findings, RULED, 1, tmp_path / "missing" / "x.png")
    assert list(tmp_path.iterdir()) == []


def test_the_command_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "page.png"
    assert cli.main(["show", str(RULED), "--page", "5", "--image", str(out)]) == 0
    assert out.exists()
    assert str(out) in capsys.readouterr().out.replace("\n", "")
    assert cli.main(["show", str(RULED), "--image", str(out)]) == 2
    assert "--page" in capsys.readouterr().err
