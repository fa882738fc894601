"""The compiled way and the ways through ctypes and NumPy tell the same of a page, and the package works without the first."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.read import gather
from extractors.read.bycall import BY_CALL
from extractors.read.gather import GATHER
from extractors.read.glyphs import Glyphs, read_glyphs
from extractors.read.paths import GAPS, MAX_DEPTH, MAX_POINTS, MAX_SEGMENTS, THIN, read_drawing
from extractors.read.pdf import _frame
from extractors.read.pdfium import handle
from extractors.read.records import GLYPH, OBJECT, PLACED, Limits
from extractors.read.words import BLANK, CUTS, _usual, read_words
from schemas.columns import columns_of
from schemas.document import Rule
from schemas.limits import USUAL

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "reports" / "real"
Typeset = Callable[..., Path]
LIMITS = Limits(THIN, USUAL.objects, MAX_SEGMENTS, MAX_POINTS, MAX_DEPTH)

WITHOUT = GATHER._replace(place=None, words=None)

compiled = pytest.mark.skipif(GATHER is BY_CALL, reason="the extension is not built here: no C compiler")


def same_rows(path: Path, limits: Limits = LIMITS, pages: int = 30) -> tuple[int, int]:
    """Holds both ways against each other; how many glyphs and pieces there were."""
    glyphs = pieces = 0
    with pypdfium2.PdfDocument(path) as document:
        for index in range(min(len(document), pages)):
            page = document[index]
            text = pdfium.FPDFText_LoadPage(page.raw)
            count = pdfium.FPDFText_CountChars(text)
            one, other = (way.glyphs(handle(text), count) for way in (GATHER, BY_CALL))
            drawn, again = (way.drawing(handle(page.raw), limits) for way in (GATHER, BY_CALL))
            for mine, its in zip((*one, *drawn), (*other, *again), strict=True):
                assert mine.tobytes() == its.tobytes(), f"{path.name}, page {index + 1}: {mine.dtype.names}"
            pdfium.FPDFText_ClosePage(text)
            page.close()
            glyphs, pieces = glyphs + len(one.glyphs), pieces + len(drawn.pieces)
    return glyphs, pieces


@compiled
def test_both_ways_agree_on_text_of_every_kind(sheet: Any, typeset: Typeset) -> None:
    odd = b"<< /Type /Font /Subtype /Type0 /BaseFont /Nowhere /Encoding /Identity-H /DescendantFonts [51 0 R] >>"
    inner = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Nowhere /CIDSystemInfo << /Registry (Adobe)"
    inner += b" /Ordering (Identity) /Supplement 0 >> /FontDescriptor 52 0 R /DW 0 >>"
    about = b"<< /Type /FontDescriptor /FontName /Nowhere /Flags 4 /ItalicAngle 0 /FontBBox [0 0 0 0] >>"
    drawn_font = b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.1 0 0] /FirstChar 65"
    drawn_font += b" /LastChar 65 /Widths [9] /CharProcs << /a 54 0 R >> /Encoding << /Differences [65 /a] >> >>"
    proc = b"<< /Length 26 >>\nstream\n9 0 0 0 9 9 d1 0 0 9 9 re f\nendstream"
    page = (
        sheet()
        .text(50, 40, "Anggaran 1.211.000", before="0.2 Tc")
        .turned(100, 200, "Naik", "0 1 -1 0")
        .turned(200, 100, "Turun", "0 -1 1 0")
        .turned(300, 50, "Balik", "-1 0 0 -1")
        .turned(80, 250, "miring", "0.9 0.4 -0.4 0.9")
        .turned(120, 250, "condong", "1 0 0.3 1")
        .turned(150, 250, "spiegel", "-1 0 0 1")
        .turned(150, 260, "nol", "0 0 0 0")
        .text(50, 60, "tersembunyi", before="3 Tr")
        .text(50, 80, "tebal", before="2 Tr", font="B")
        .text(60, 150, "SALINAN", size=60, before="0.9 g")
        .raw("BT /O 9 Tf 50 20 Td <00410042ffff0000> Tj ET")
        .raw("BT /D 9 Tf 90 20 Td (AAB) Tj ET")
        .text(1e7, 1e7, "jauh", size=1e6)
        .text(50, 100, "a\x01b\x7f\xe9 \xad")
    )
    objects = {50: odd, 51: inner, 52: about, 53: drawn_font, 54: proc}
    fonts = "/F 3 0 R /B 4 0 R /O 50 0 R /D 53 0 R"
    path = typeset(page, sheet(entries="/Rotate 270").text(9, 9, "x"), sheet(), name="huruf.pdf", objects=objects)
    held = path.read_bytes().replace(b"/F 3 0 R /B 4 0 R", fonts.encode())
    path.write_bytes(held)  # the table of places is off now, and pdfium builds it anew
    glyphs, _ = same_rows(path)
    assert glyphs > 80


@compiled
def test_both_ways_take_zero_and_its_negative_for_one_number(sheet: Any, typeset: Typeset) -> None:
    page = sheet()
    page.ops.append("q -1 -0.0 -0.0 -1 600 800 cm")  # the next letters' matrix is (-0, -1, 1, 0)
    page.turned(72, 200, "Naik", "0 1 -1 0")
    page.ops.append("Q")
    path = typeset(page.turned(72, 300, "Turun", "0 -1 1 0"))
    same_rows(path)
    with pypdfium2.PdfDocument(path) as document:
        found = read_glyphs(document[0], _frame(document[0]))
        assert set(found.rotation.tolist()) == {90}


@compiled
def test_both_ways_agree_on_paths_of_every_kind(sheet: Any, typeset: Typeset) -> None:
    within = b"0 0 m 90 0 l S 0.5 g 5 5 40 40 re B q 0.5 0.1 0 2 3 4 cm /Y Do Q"
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Matrix [1 0.2 0 -1 30 0] /Resources << /XObject "
    form += b"<< /Y 51 0 R >> >> /Length %d >>\nstream\n%s\nendstream" % (len(within), within)
    deeper = form.replace(b"/Y 51 0 R", b"/Y 51 0 R /Z 50 0 R")  # a form that draws itself
    picture = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    picture += b"/Length 1 >>\nstream\n\x00\nendstream"
    page = (
        sheet()
        .line(50, 20, 150, 20)
        .box(50, 40, 150, 40.6)
        .box(50, 60, 150, 80)
        .raw("10 10 m 60 10 l 60 60 l 10 60 l h S 10 10 m h S 20 20 m 30 30 l 25 60 90 90 40 20 c b")
        .raw("1 g 1 G 10 100 80 30 re B 20 110 m 20 125 l S 0 0 1 rg 0 G 10 150 30 30 re 60 150 30 0.5 re f")
        .raw("200 10 20 20 re W n 200 10 m 260 10 l 260 60 l f* 1 0 0 1 9e9 9e9 cm 0 0 1 1 re f")
        .raw("Q q 40 0 0 0.5 100 100 cm /P Do Q q 100 0 30 90 200 150 cm /P Do Q q 1 0 0 1 20 200 cm /X Do Q")
    )
    objects = {50: form, 51: deeper, 52: picture}
    resources = "/XObject << /X 50 0 R /P 52 0 R >>"
    path = typeset(page, sheet(), resources=resources, objects=objects)
    _, pieces = same_rows(path)
    assert pieces > 12
    for limits in (LIMITS._replace(objects=5), LIMITS._replace(points=9), LIMITS._replace(segments=4, depth=1)):
        same_rows(path, limits)
    assert same_rows(path, LIMITS._replace(depth=0))[1] < pieces


@compiled
@pytest.mark.parametrize("path", sorted((ROOT / "samples").glob("*.pdf")), ids=lambda p: p.stem)
def test_both_ways_agree_on_the_samples(path: Path) -> None:
    same_rows(path)


@compiled
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real reports are not here")
@pytest.mark.parametrize("name", ["cimahi_lra2009_letterspaced.pdf", "tangsel_diskominfo_triwulan2023.pdf"])
def test_both_ways_agree_on_real_reports(name: str) -> None:
    assert same_rows(SHARED / name, pages=3)[0] > 1000


@compiled
@given(st.lists(st.tuples(st.integers(0, 2), *[st.integers(-40, 400).map(lambda n: n / 7)] * 3)))
def test_both_ways_join_the_same_lines(found: list[tuple[float, ...]]) -> None:
    pieces = np.array(sorted((c, a, min(s, e), max(s, e)) for c, a, s, e in found), dtype=np.float64).reshape(-1, 4)
    one, other = GATHER.join(pieces, GAPS), BY_CALL.join(pieces, GAPS)
    assert one.tobytes() == other.tobytes()
    assert one.shape == other.shape


def same_words(path: Path, pages: int = 30) -> tuple[int, int]:
    """Holds the compiled way from rows to words against NumPy's; how many pages have glyphs, and how many are usual."""
    found = usual = 0
    with pypdfium2.PdfDocument(path) as document:
        for index in range(min(len(document), pages)):
            page = document[index]
            frame = _frame(page)
            glyphs, others = (read_glyphs(page, frame, way) for way in (GATHER, WITHOUT))
            for one, other in zip(vars_of(glyphs), vars_of(others), strict=True):
                assert one == other, f"{path.name}, page {index + 1}"
            rules = read_drawing(page, frame).rules
            words, again = (read_words(glyphs, rules, *frame.size, way) for way in (GATHER, WITHOUT))
            assert columns_of(words) == columns_of(again), f"{path.name}, page {index + 1}"
            assert GATHER.words is not None
            found += len(glyphs) > 0
            usual += _usual(glyphs, rules, *frame.size, GATHER.words) is not None
            page.close()
    return found, usual


def vars_of(glyphs: Glyphs) -> list[Any]:
    values = [getattr(glyphs, field.name) for field in fields(glyphs)]
    return [(v.dtype, v.tolist()) if isinstance(v, np.ndarray) else v for v in values]


@compiled
@pytest.mark.parametrize("path", sorted((ROOT / "samples").glob("*.pdf")), ids=lambda p: p.stem)
def test_both_ways_find_the_same_words_in_the_samples(path: Path) -> None:
    found, usual = same_words(path, pages=8)
    assert usual >= 0.75 * found


@compiled
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real reports are not here")
@pytest.mark.parametrize("name", ["cimahi_lra2009_letterspaced.pdf", "tangsel_diskominfo_triwulan2023.pdf"])
def test_both_ways_find_the_same_words_in_real_reports(name: str) -> None:
    same_words(SHARED / name, pages=3)


@compiled
def test_both_ways_find_the_same_words_of_every_kind(sheet: Any, typeset: Typeset) -> None:
    page = (
        sheet()
        .text(50, 40, "Anggaran 1.211.000  (Rp)\xa0 ")
        .text(50, 80, "tebal", font="B")
        .text(90, 80, "dan tidak")
        .text(50.3, 100, "dua kali")
        .text(50, 100, "dua kali")
        .turned(100, 200, "Naik", "0 1 -1 0")
        .text(50, 120, "a\x01b\x7f\xe9 \xad")
        .text(50, 60, "tersembunyi", before="3 Tr")
        .line(60, 10, 60, 190)
    )
    spaced = sheet().text(50, 40, "Anggaran daerah", before="4 Tc").text(50, 60, "biasa")
    cut = sheet().text(50, 40, "12").text(61.2, 40, "34", size=5)
    plain = sheet().text(50, 40, "\xad").text(90, 41, "kanan").text(50, 41, "kiri").text(-40, 60, "luar")
    assert same_words(typeset(page, spaced, cut, plain, sheet())) == (4, 1)


places = st.integers(-20, 250).map(lambda n: n / 4)
drawn = st.tuples(
    st.sampled_from("aa1. \xad"), places, st.sampled_from([10.0, 10.1, 11.0, 14.0, 20.0]), st.sampled_from([3.0, 5.0, 6.5]),
    st.sampled_from([6.0, 10.0]), st.sampled_from([0, 0, 0, 0, 0, 0, 0, 0, 90]), st.integers(0, 2), st.booleans(), st.booleans()
)  # fmt: skip


@compiled
@settings(max_examples=300, deadline=None)
@given(st.lists(drawn, min_size=1, max_size=24), st.lists(places, max_size=3), st.booleans())
def test_both_ways_find_the_same_words_wherever_letters_stand(
    letters: list[tuple[Any, ...]], walls: list[float], written: bool
) -> None:
    char, x, y, advance, size, rotation, source, bold, hidden = zip(*letters, strict=True)
    if written:  # one after the other, as text is
        x = tuple(2.0 + sum(advance[:k]) + x[k] / 40 for k in range(len(x)))
        rotation = (0,) * len(x)
    floats = (np.array(column) for column in (x, y, advance, size))
    whole = (np.array(column, np.int32) for column in (rotation, source))
    marks = (np.array(column) for column in (bold, bold[::-1], hidden))
    glyphs = Glyphs("".join(char), *floats, *whole, *marks, 0.0)
    rules = tuple(Rule(at, 2.0, at, 12.0) for at in walls)
    one, other = (read_words(glyphs, rules, 60.0, 30.0, way) for way in (GATHER, WITHOUT))
    assert columns_of(one) == columns_of(other)
    assert tuple(one) == tuple(other)


@compiled
def test_what_is_no_row_of_glyphs_is_refused() -> None:
    from extractors.read import _native

    glyph, thing, style = (np.zeros(1, kind) for kind in (GLYPH, OBJECT, PLACED))
    for rows in ((glyph, thing[:0], style), (glyph, thing, style[:0])):
        with pytest.raises(ValueError, match="without its"):
            _native.place(*rows, 0.0, 0.0, 9.0, 9.0, 0)
    columns = [np.zeros(2, kind) for kind in ("u4", "f8", "f8", "f8", "f8", "i4", "i4", "?", "?", "?")]
    columns[4] = columns[4][:1]
    with pytest.raises(ValueError, match="different lengths"):
        _native.words(*columns, np.zeros((0, 3)), BLANK, 9.0, 9.0, *CUTS[1:])


@compiled
def test_the_compiled_way_refuses_what_is_no_page() -> None:
    from extractors.read import _native

    for wrong in ((0, 5), (1, -1)):
        with pytest.raises(ValueError, match="no text page"):
            _native.glyphs(*wrong)
    with pytest.raises(ValueError, match="no page"):
        _native.drawing(0, *LIMITS)
    with pytest.raises(ValueError, match="address"):
        _native.bind((1, 2))


def test_a_drawing_is_the_same_whichever_way(sheet: Any, typeset: Typeset) -> None:
    drawn = sheet().line(5, 5, 90, 5).box(50, 60, 150, 80).raw("10 10 40 40 re S 1 G 60 230 m 140 230 l S")
    with pypdfium2.PdfDocument(typeset(drawn)) as document:
        page = document[0]
        one, other = (read_drawing(page, _frame(page), way) for way in (GATHER, BY_CALL))
        page.close()
    assert one == other
    assert len(one.fills) == 1
    # The white line parts the coloured box; the frame is four lines.
    assert len(one.rules) == 6
    assert np.isclose(sorted(r.top for r in one.rules if r.horizontal), [5, 70, 250, 290], atol=0.1).all()


def test_the_package_installs_and_reads_without_a_compiler(sheet: Any, typeset: Typeset, tmp_path: Path) -> None:
    copy, target = tmp_path / "source", tmp_path / "installed"
    built = shutil.ignore_patterns("*.so", "*.pyd", "__pycache__", "static", "reference")
    for folder in ("extractors", "pipeline", "schemas"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=built)
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    environment = {
        **os.environ,
        "CC": "false",
        "CXX": "false",
        "LDSHARED": "false",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    subprocess.run([*command, "--target", target, copy], check=True, env=environment, capture_output=True)
    assert not list(target.rglob("_native*.so"))
    assert (target / "extractors" / "read" / "_native.c").exists()  # counts for the version
    read = (
        "import sys; from pathlib import Path; from extractors.read.gather import GATHER\n"
        "from extractors.read.pdf import read_pdf\n"
        "print(GATHER.name, [w.text for w in read_pdf(Path(sys.argv[1])).pages[0].words])"
    )
    path = typeset(sheet().text(50, 40, "Anggaran"))
    environment["PYTHONPATH"] = str(target)
    done = subprocess.run(
        [sys.executable, "-c", read, path], check=True, env=environment, capture_output=True, text=True, cwd=tmp_path
    )
    assert done.stdout.strip() == "ctypes ['Anggaran']"


@compiled
def test_a_module_older_than_its_source_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    changed = tmp_path / "_native.c"
    changed.write_bytes(gather.SOURCE.read_bytes() + b"\n")
    monkeypatch.setattr(gather, "SOURCE", changed)
    assert gather._chosen() is BY_CALL
