from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractors.read.pdf import read_pdf
from schemas.document import Page, PageStatus
from schemas.errors import UnreadableInput
from schemas.limits import Limits

Typeset = Callable[..., Path]


def words(path: Path, **options: Any) -> list[str]:
    page = read_pdf(path, **options).pages[0]
    return [w.text for w in sorted(page.words, key=lambda w: (round(w.box.top), w.box.x0))]


def test_words_stand_where_they_are_displayed(sheet: Any, typeset: Typeset) -> None:
    page = read_pdf(typeset(sheet().text(50, 40, "Anggaran 2024").text(50, 60, "Jumlah", font="B"))).pages[0]
    first, second, third = sorted(page.words, key=lambda w: (w.box.top, w.box.x0))
    assert [first.text, second.text, third.text] == ["Anggaran", "2024", "Jumlah"]
    assert first.box.x0 == pytest.approx(50)
    assert (first.size, first.rotation) == (10, 0)
    assert first.box.top < 40 < first.box.bottom < 44
    assert second.box.x0 > first.box.x1
    assert (first.bold, third.bold) == (False, True)
    assert (page.width, page.height, page.status) == (400, 300, PageStatus.READ)


def test_a_turned_page_is_read_as_displayed(sheet: Any, typeset: Typeset) -> None:
    page = read_pdf(typeset(sheet(entries="/Rotate 90").text(50, 40, "Realisasi").line(50, 60, 150, 60))).pages[0]
    (word,) = page.words
    (rule,) = page.rules
    assert (page.width, page.height, page.rotation) == (300, 400, 90)
    assert word.rotation == 90
    assert word.box.x0 < 300 - 40 < word.box.x1  # what was 40 below the top is now 40 from the right side
    assert word.box.top == pytest.approx(50, abs=1)
    assert not rule.horizontal
    assert rule.x0 == pytest.approx(240, abs=1)


def test_a_cropped_page_begins_at_its_crop_box(sheet: Any, typeset: Typeset) -> None:
    page = read_pdf(typeset(sheet(entries="/CropBox [40 20 400 280]").text(50, 40, "Target"))).pages[0]
    assert (page.width, page.height) == (360, 260)
    assert page.words[0].box.x0 == pytest.approx(10)
    assert page.words[0].box.top == pytest.approx(20 - 7.8)


def test_turned_and_upside_down_text(sheet: Any, typeset: Typeset) -> None:
    drawn = (
        sheet()
        .turned(100, 200, "Naik", "0 1 -1 0")
        .turned(200, 100, "Turun", "0 -1 1 0")
        .turned(300, 50, "Balik", "-1 0 0 -1")
    )
    found = {w.text: w for w in read_pdf(typeset(drawn)).pages[0].words}
    assert {t: w.rotation for t, w in found.items()} == {"Naik": 270, "Turun": 90, "Balik": 180}
    assert found["Naik"].box.bottom == pytest.approx(200, abs=1)
    assert found["Naik"].box.height > found["Naik"].box.width
    assert found["Turun"].box.top == pytest.approx(100, abs=1)
    assert found["Balik"].box.x1 == pytest.approx(300, abs=1)


def test_bold_drawn_twice_gives_each_letter_once(sheet: Any, typeset: Typeset) -> None:
    drawn = sheet().text(50, 40, "1.211.000").text(50.4, 40, "1.211.000").text(50.2, 40.2, "1.211.000")
    assert words(typeset(drawn)) == ["1.211.000"]


def test_letter_spaced_figures_are_one_word(sheet: Any, typeset: Typeset) -> None:
    drawn = (
        sheet()
        .text(50, 40, "15,706,334,647.00", size=5, before="1.6 Tc")
        .text(50, 60, "Pendapatan Pajak Daerah", size=5, before="1.6 Tc")
    )
    assert words(typeset(drawn)) == ["15,706,334,647.00", "Pendapatan", "Pajak", "Daerah"]


def test_digits_with_blanks_between_them_are_one_word(sheet: Any, typeset: Typeset) -> None:
    assert words(typeset(sheet().text(50, 40, "1 5 , 7 0 6 , 3 3 4"))) == ["15,706,334"]


def test_ordinary_short_words_stay_apart(sheet: Any, typeset: Typeset) -> None:
    assert words(typeset(sheet().text(50, 40, "a. di Kota X dan Y"))) == ["a.", "di", "Kota", "X", "dan", "Y"]


def test_letters_placed_one_by_one_are_joined(sheet: Any, typeset: Typeset) -> None:
    drawn = sheet()
    for x, letter in zip((50, 55.6, 61.1, 63.9, 69.5), "85,36", strict=True):
        drawn.text(x, 40, letter)
    assert words(typeset(drawn)) == ["85,36"]


def test_letters_below_the_line_do_not_lower_their_word(sheet: Any, typeset: Typeset) -> None:
    drawn = sheet()
    for k, text in enumerate(("pelaksanaan", "Dalam", "yang", "gaji")):
        drawn.text(50 + 80 * k, 40, text)  # each a text object of its own
    assert len({round(w.box.bottom, 2) for w in read_pdf(typeset(drawn)).pages[0].words}) == 1


def test_a_ruling_line_parts_figures_that_touch(sheet: Any, typeset: Typeset) -> None:
    def touching(*, ruled: bool) -> list[str]:
        drawn = sheet().text(50, 40, "219.531.310,00").text(50 + 66.7, 40, "198.210.045,00")
        if ruled:
            drawn.line(116.7, 20, 116.7, 60)
        return words(typeset(drawn))

    assert touching(ruled=True) == ["219.531.310,00", "198.210.045,00"]
    assert touching(ruled=False) == ["219.531.310,00198.210.045,00"]


def test_a_ruling_line_through_one_text_does_not_cut_it(sheet: Any, typeset: Typeset) -> None:
    assert words(typeset(sheet().text(50, 40, "Ketenteraman").line(82, 20, 82, 60))) == ["Ketenteraman"]


def test_watermarks_and_unseen_text_are_left_out(sheet: Any, typeset: Typeset) -> None:
    drawn = (
        sheet()
        .text(50, 40, "Sasaran")
        .turned(100, 200, "RAHASIA", "0.7 0.7 -0.7 0.7")
        .text(60, 150, "SALINAN", size=60, before="0.9 g")
        .text(50, 80, "tersembunyi", before="3 Tr")
    )
    assert words(typeset(drawn)) == ["Sasaran"]


def test_lines_however_they_are_drawn(sheet: Any, typeset: Typeset) -> None:
    drawn = sheet().line(50, 20, 150, 20).box(50, 40, 150, 40.6).box(50, 60, 150, 80)
    for k in range(25):
        drawn.line(50 + 4 * k, 100, 52 + 4 * k, 100)  # dashes
    drawn.line(50, 120, 100, 120).line(100.5, 120, 150, 120)  # two pieces
    page = read_pdf(typeset(drawn.text(200, 40, "x"))).pages[0]
    across = sorted(r.top for r in page.rules if r.horizontal and r.x0 < 51 and r.x1 > 147)
    assert across == [pytest.approx(y, abs=0.5) for y in (20, 40.3, 100, 120)]
    assert len(page.rules) == 4
    (fill,) = page.fills
    assert (fill.x0, fill.top, fill.x1, fill.bottom) == (50, 60, 150, 80)


def test_a_form_is_drawn_where_its_matrix_puts_it(sheet: Any, typeset: Typeset) -> None:
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Matrix [1 0 0 1 30 0] /Length 21 >>\nstream\n"
    form += b"0 0 m 100 0 l S      \nendstream"
    drawn = sheet().raw("q 1 0 0 1 20 200 cm /X Do Q").text(10, 20, "y")
    path = typeset(drawn, resources="/XObject << /X 50 0 R >>", objects={50: form})
    (rule,) = read_pdf(path).pages[0].rules
    assert [rule.x0, rule.x1, rule.top] == pytest.approx([50, 150, 100], abs=1)


def test_hyphens_and_ligatures_are_plain_letters() -> None:
    from extractors.read.words import _clean

    assert _clean("e\ufb01siensi") == "efisiensi"
    assert _clean("ke\u00adgiatan") == "kegiatan"
    assert _clean("masing\x02") == "masing-"
    assert _clean("\x07") == ""
    assert _clean("½ m²") == "½ m²"  # no compatibility folding: figures stay as printed


def test_every_page_is_accounted_for(sheet: Any, typeset: Typeset) -> None:
    picture = sheet().raw("q 400 0 0 300 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q")
    path = typeset(sheet().text(50, 40, "Kinerja"), sheet(), picture)
    document = read_pdf(path)
    assert [p.number for p in document.pages] == [1, 2, 3]
    assert [p.status for p in document.pages] == [PageStatus.READ, PageStatus.SKIPPED, PageStatus.FAILED]
    assert all(p.reason for p in document.pages[1:])
    assert document.format == "mixed"
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert read_pdf(path, ocr="off").pages[2].status is PageStatus.SKIPPED

    def reader(page: Any, number: int, *why: str) -> Page:
        return Page(number, 400, 300, method="ocr")

    seen = read_pdf(path, read_image=reader).pages[2]
    assert (seen.method, seen.status) == ("ocr", PageStatus.READ)

    def failing(page: Any, number: int, *why: str) -> Page:
        raise ValueError("gambar rusak")

    failed = read_pdf(path, read_image=failing)
    assert [p.status for p in failed.pages] == [PageStatus.READ, PageStatus.SKIPPED, PageStatus.FAILED]
    assert "gambar rusak" in (failed.pages[2].reason or "")


def test_a_text_layer_of_noise_is_not_believed(sheet: Any, typeset: Typeset) -> None:
    drawn = sheet()
    for k in range(40):
        drawn.text(20 + 90 * (k % 4), 20 + 20 * (k // 4), f"pe~an{k}j|an")
    page = read_pdf(typeset(drawn)).pages[0]
    assert (page.status, page.words) == (PageStatus.FAILED, ())
    assert page.reason


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"Laporan Kinerja 2024\n" * 100, "bukan berkas PDF"),
        (b"%PDF-1.5\n" + b"\x00" * 4000, "rusak atau terpotong"),
    ],
)
def test_files_that_cannot_be_used_say_why(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=said) as error:
        read_pdf(path)
    assert str(error.value).startswith("x.pdf")
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="tidak ada"):
        read_pdf(tmp_path / "tidak-ada.pdf")
    with pytest.raises(UnreadableInput, match="bukan berkas biasa"):
        read_pdf(tmp_path)


def test_a_file_cut_short_is_read_as_far_as_it_goes_or_refused(sheet: Any, typeset: Typeset, tmp_path: Path) -> None:
    whole = typeset(*[sheet().text(50, 40, f"Halaman {k}") for k in range(20)]).read_bytes()
    for share in (0.3, 0.6, 0.95):
        path = tmp_path / "potong.pdf"
        path.write_bytes(whole[: int(len(whole) * share)])
        document = None
        with contextlib.suppress(UnreadableInput):
            document = read_pdf(path)
        assert document is None or all(p.status is PageStatus.READ or p.reason for p in document.pages)


def test_no_pages_and_too_many_pages(sheet: Any, typeset: Typeset) -> None:
    with pytest.raises(UnreadableInput, match=r"tidak berhalaman|rusak"):
        read_pdf(typeset())
    with pytest.raises(UnreadableInput, match="3 halaman, lebih dari 2"):
        read_pdf(typeset(sheet(), sheet(), sheet()), limits=Limits(pages=2))


def test_a_page_of_twenty_thousand_words(sheet: Any, typeset: Typeset) -> None:
    drawn = sheet(2000, 2000)
    for row in range(400):
        drawn.text(5, 4 + 4.9 * row, " ".join(f"{row:03d}{k:02d}" for k in range(50)), size=4)
    assert len(read_pdf(typeset(drawn)).pages[0].words) == 20_000


def rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def encrypted(password: str) -> bytes:
    """A one-page PDF under the standard security handler (revision 2, 40 bit), the user password being `password`."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    user = (password.encode() + padding)[:32]
    owner = rc4(hashlib.md5((b"pemilik" + padding)[:32]).digest()[:5], user)
    key = hashlib.md5(user + owner + (0xFFFFFFFC).to_bytes(4, "little") + b"0123456789abcdef").digest()[:5]
    content = rc4(
        hashlib.md5(key + (4).to_bytes(3, "little") + b"\x00\x00").digest()[:10],
        b"BT /F 10 Tf 50 200 Td (Rahasia) Tj ET",
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
        % (owner.hex().encode(), rc4(key, padding).hex().encode()),
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    identity = b"0123456789abcdef".hex().encode()
    out += b"trailer\n<< /Root 1 0 R /Size 7 /Encrypt 6 0 R /ID [<%s> <%s>] >>\n" % (identity, identity)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def test_passwords(tmp_path: Path) -> None:
    path = tmp_path / "kunci.pdf"
    path.write_bytes(encrypted(""))
    assert words(path) == ["Rahasia"]
    path.write_bytes(encrypted("buka"))
    assert words(path, password="buka") == ["Rahasia"]
    with pytest.raises(UnreadableInput, match="--password") as error:
        read_pdf(path)
    assert error.value.exit_code == 3
    with pytest.raises(UnreadableInput, match="tidak membukanya"):
        read_pdf(path, password="salah")
