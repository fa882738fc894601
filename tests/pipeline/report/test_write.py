"""The whole report from an OUT made by hand: pages, index, workbook, CSV; hostile texts; what is told and what is not."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from pipeline.report.write import DRAFT, FOLDER
from schemas.errors import UnusableOutput

EVIL = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://example.invalid","klik")'
OVERRIDE = "aman\u202etxt.exe"


class Reader(HTMLParser):
    """Tags with their attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(out: Path, id_: str) -> str:
    (page,) = (out / FOLDER / "dokumen").glob(f"*{id_}.html")
    return page.read_text(encoding="utf-8")


def sheet(out: Path, name: str) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(out / FOLDER / "temuan.xlsx")
    return list(book[name].iter_rows(values_only=True))


def findings_csv(out: Path) -> list[dict[str, str]]:
    with (out / FOLDER / "temuan.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def data_rows(out: Path, name: str) -> list[list[object]]:
    rows: list[list[object]] = []
    for path in sorted((out / FOLDER / "data").glob(f"{name}-*.js")):
        text = path.read_text(encoding="ascii")
        rows += json.loads(text[text.index(",[") + 1 : text.rindex(")")])
    return rows


def test_a_report_of_one_document(out: Path, sum_doc, write):
    id_ = sum_doc.put(out)
    done = write()
    assert (done.documents, done.findings) == (1, 1)
    text = " ".join(Reader(page_of(out, id_)).text.split())
    assert "Dinas Kebun Kota Sukamaju" in text
    assert "Jumlahnya tidak sama." in text
    assert "The total differs." in text
    assert "Dari 3 pemeriksaan, 1 cocok, 1 tidak cocok, dan 1 tidak dapat diuji." in text
    assert "Rp 3.500.000" in text
    assert "anggaran berupa kata (1)" in text
    assert "7 Mei 2025" in text


def test_ticks_and_highlights_in_the_table_as_read(out: Path, sum_doc, write):
    id_ = sum_doc.put(out)
    write()
    cells = {tag[1].get("id"): tag[1] for tag in Reader(page_of(out, id_)).tags if tag[0] == "td"}
    assert "k-wrong" in (cells["s-t1-3-1"]["class"] or "")
    assert "k-seen" in (cells["s-t1-1-1"]["class"] or "")


def test_the_index_lists_the_finding_with_its_link(out: Path, sum_doc, write):
    id_ = sum_doc.put(out)
    write()
    (finding,), (document,) = data_rows(out, "temuan"), data_rows(out, "dokumen")
    assert finding[3] == "Program Taman: anggaran"
    assert finding[5:9] == ["Rp 3.500.000", "Rp 3.000.000", "Rp 500.000", 500000]
    page = str(document[0])
    assert (out / FOLDER / page).exists()
    assert f'id="t-{finding[9]}"' in page_of(out, id_)


@pytest.fixture
def hostile(new_doc):
    """A document with hostile text in every column that holds text of a report."""
    nasty = f"{EVIL} {FORMULA} {OVERRIDE} {'x' * 100_000}"
    doc = new_doc(
        name=f"laporan/{EVIL}.txt", head={"instansi": nasty, "wilayah": FORMULA, "error": nasty, "status": "partial"}
    )
    doc.table("t1", [[nasty, "1"], [FORMULA, "2"]], label=EVIL, title=nasty)
    doc.add("anggaran", record_id="r1", table_id="t1", tingkat="program", kelompok="belanja", uraian=nasty, kode=FORMULA,
            anggaran=Decimal(1), anggaran_teks=FORMULA)  # fmt: skip
    doc.add(
        "kinerja",
        record_id="r2",
        table_id="t1",
        indikator=FORMULA,
        sasaran=nasty,
        satuan=nasty,
        predikat=nasty,
        acuan="tahunan",
    )
    doc.add("klaim", record_id="r3", kalimat=nasty, subjek=nasty, line=1)
    doc.figure("f1", nasty, None, table_id="t1", row=0, col=0, status="kata")
    doc.check(
        "c1", "sum", "tak_teruji", "f1", reason=nasty, subjek=FORMULA, stated=nasty, expected=FORMULA, temuan_id="ff01"
    )
    place = {
        "table_id": "t1",
        "row": 0,
        "col": 0,
        "page": None,
        "line": None,
        "x0": None,
        "top": None,
        "x1": None,
        "bottom": None,
    }
    doc.finding("ff01", "f1", subjek=nasty, stated=FORMULA, expected=nasty, difference=None, pesan=nasty, message=FORMULA,
                saran=nasty, table_id="t1", evidence=[place | {"text": nasty}, place | {"table_id": None, "row": None, "col": None, "text": FORMULA}])  # fmt: skip
    doc.add("keraguan", kind="sel", text=nasty, reason=nasty)
    doc.add("halaman", status="failed", reason=nasty, method="text")
    doc.add("ringkasan", dataset="anggaran", kunci="k", jenis="lkjip", record_id="r1", sumber_tabel="t1", uraian=nasty,
            tingkat="program", kelompok="belanja", anggaran=Decimal(5), realisasi=Decimal(4), dijumlahkan=True)  # fmt: skip
    return doc


def test_hostile_text_stays_text_on_the_pages(out: Path, hostile, write):
    id_ = hostile.put(out)
    write()
    for page in (page_of(out, id_), (out / FOLDER / "index.html").read_text(encoding="utf-8")):
        read = Reader(page)
        scripts = [attributes for tag, attributes in read.tags if tag == "script"]
        assert all("src" in one for one in scripts)
        assert EVIL in read.text
        assert "\u202e" not in page
        assert not [name for _, attributes in read.tags for name in attributes if name.startswith("on")]
    assert len(page_of(out, id_)) < 400_000


def test_hostile_text_stays_text_in_the_lists(out: Path, hostile, write):
    hostile.put(out)
    write()
    for path in (out / FOLDER / "data").glob("*.js"):
        source = path.read_bytes()
        assert source.isascii()
        assert b"<" not in source
    assert EVIL in str(data_rows(out, "temuan"))


def test_hostile_text_stays_text_in_the_workbook(out: Path, hostile, write):
    hostile.put(out)
    write()
    book = openpyxl.load_workbook(out / FOLDER / "temuan.xlsx")
    cells = [cell for one in book for line in one.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert FORMULA in texts
    assert max(map(len, texts)) <= 32_767
    assert not [text for text in texts if "\u202e" in text]


def test_hostile_text_stays_text_in_the_csv(out: Path, hostile, write):
    hostile.put(out)
    write()
    (line,) = findings_csv(out)
    assert line["stated"] == "'" + FORMULA
    assert line["message"] == "'" + FORMULA
    assert not [cell for cell in line.values() if cell.startswith(("=", "+", "@", "\t"))]
    assert max(map(len, line.values())) <= 32_767


def test_no_page_names_anything_outside(out: Path, hostile, sum_doc, write):
    hostile.put(out)
    sum_doc.put(out)
    write()
    for path in (out / FOLDER).rglob("*.html"):
        read = Reader(path.read_text(encoding="utf-8"))
        names = [
            v for tag, a in read.tags for k, v in a.items() if k in ("src", "href", "action", "data", "poster") and v
        ]
        assert not [name for name in names if re.match(r"(?i)\s*([a-z]+:)?//|\s*(https?|javascript|ftp):", name)]
        policy = next(
            a["content"] for tag, a in read.tags if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy is not None
        assert policy.startswith("default-src 'none'")
        assert not re.search(r"https?:|\*|unsafe", policy)
    for path in (out / FOLDER / "static").iterdir():
        assert not re.search(r"https?://|@import|url\(", path.read_text(encoding="utf-8"))


def test_numbers_and_dates_of_the_workbook_are_real(out: Path, sum_doc, write):
    sum_doc.put(out)
    write()
    head, first = sheet(out, "temuan")[:2]
    line = dict(zip(head, first, strict=True))
    assert (line["Tercetak"], line["Seharusnya"], line["Selisih"]) == (3500000, 3000000, 500000)
    assert line["Tahun laporan"] == 2024
    made = [row for row in sheet(out, "penjelasan") if row[1] == "Disusun pada"]
    assert made[0][2].isoformat() == "2025-05-07T09:30:00"


def test_a_number_excel_cannot_hold_stays_text(out: Path, sum_doc, write):
    sum_doc.rows["anggaran"][0]["anggaran"] = Decimal("1234567890123456.78")
    sum_doc.put(out)
    write()
    book = openpyxl.load_workbook(out / FOLDER / "temuan.xlsx")
    cells = [cell for line in book["anggaran"].iter_rows() for cell in line if cell.value == "1234567890123456.78"]
    assert len(cells) == 1
    assert cells[0].data_type == "s"
    assert "15" in cells[0].comment.text


def test_every_sheet_is_frozen_filtered_and_explained(out: Path, sum_doc, write):
    sum_doc.put(out)
    write()
    book = openpyxl.load_workbook(out / FOLDER / "temuan.xlsx")
    assert book.sheetnames == ["temuan", "bukti", "pemeriksaan", "anggaran", "kinerja", "dokumen", "penjelasan"]
    explained = {(row[0], row[1]) for row in book["penjelasan"].iter_rows(values_only=True)}
    for one in book:
        assert one.freeze_panes == "A2"
        assert one.auto_filter.ref
        assert all(one.column_dimensions[cell.column_letter].width for cell in one[1])
        if one.title != "penjelasan":
            assert {(one.title, cell.value) for cell in one[1]} <= explained


def test_evidence_and_checks_stand_in_the_workbook(out: Path, sum_doc, write):
    sum_doc.put(out)
    write()
    places = [row[3:8] for row in sheet(out, "bukti")[1:]]
    assert places[0] == ("aa01", 1, "dipersoalkan", "3.500.000", 3500000)
    assert [row[4] for row in sheet(out, "pemeriksaan")[1:]] == ["tidak cocok", "cocok", "tak teruji"]


def test_a_document_that_failed_has_its_page_and_its_reason(out: Path, new_doc, write):
    id_ = new_doc(name="laporan/rusak.pdf", agency="tidak-dikenal", year=0, head={
        "status": "failed", "error": "rusak.pdf terkunci", "instansi": None, "wilayah": None, "format": None, "jenis": None,
    }).put(out)  # fmt: skip
    write()
    assert "rusak.pdf terkunci" in Reader(page_of(out, id_)).text
    index = Reader((out / FOLDER / "index.html").read_text(encoding="utf-8")).text
    assert "rusak.pdf terkunci" in index


def test_an_empty_out_has_a_report_too(out: Path, write):
    assert write().documents == 0
    assert (out / FOLDER / "index.html").exists()


def test_reviews_are_shown_and_vanished_ones_are_told(out: Path, sum_doc, write):
    from pipeline.review.reviews import set_review

    id_ = sum_doc.put(out)
    about = {"agency": "dinas-kebun", "year": 2023, "subjek": "Program yang hilang"}
    set_review(out, {"temuan_id": "aa01"}, status="diterima", note=f"{EVIL} {OVERRIDE}", by="=Pemeriksa")
    set_review(out, {"temuan_id": "bb02", **about}, status="ditolak", note="tidak relevan")
    write()
    page = Reader(page_of(out, id_))
    assert EVIL in page.text
    assert "Tinjauan:" in page.text
    assert "\u202e" not in page.text
    index = Reader((out / FOLDER / "index.html").read_text(encoding="utf-8")).text
    assert "Program yang hilang" in index
    assert "tidak relevan" in index
    assert "aa01" not in index
    (line,) = findings_csv(out)
    assert line["tinjauan"] == "diterima"
    assert data_rows(out, "temuan")[0][10] == "diterima"


def across(out: Path, doc, other, **given) -> None:
    """Store a finding between two documents."""
    import pyarrow.parquet as pq

    from pipeline.arrow import table
    from schemas.datasets import BY_NAME

    row = {
        **doc.rows["temuan"][0],
        "temuan_id": "cc03",
        "rule": "prior_year",
        "document_id": doc.id,
        "document_id_lain": other.id,
    }
    row |= {"angka_lain": [], "evidence_lain": [], **given}
    path = out / "temuan_lintas" / f"agency={doc.agency}" / f"year={doc.year}" / f"{doc.id}.parquet"
    path.parent.mkdir(parents=True)
    pq.write_table(table("temuan_lintas", [{name: row[name] for name in BY_NAME["temuan_lintas"].names}]), path)


def test_findings_between_documents_show_both_sides(out: Path, sum_doc, new_doc, make_evidence, write):
    id_ = sum_doc.put(out)
    other = new_doc(name="laporan/lama.txt", year=2023)
    other.table("t1", [["Uraian", "Anggaran"], ["Program Taman", "1.000.777"]])
    other.figure("f1", "1.000.777", "1000777", table_id="t1", row=1, col=1)
    other.put(out)
    across(
        out, sum_doc, other, angka_lain=["f1"], evidence_lain=[make_evidence("1.000.777", table_id="t1", row=1, col=1)]
    )
    assert write().findings == 2
    page = Reader(page_of(out, id_))
    assert [a for tag, a in page.tags if tag == "a" and (a.get("href") or "").endswith(f"{other.id}.html")]
    assert "1.000.777" in page.text
    assert {line["temuan_id"] for line in findings_csv(out)} == {"aa01", "cc03"}


def test_the_other_document_may_be_gone(out: Path, sum_doc, new_doc, write):
    id_ = sum_doc.put(out)
    other = new_doc(name="laporan/lama.txt", year=2023)
    across(out, sum_doc, other)
    write()
    assert other.id in Reader(page_of(out, id_)).text


def test_the_same_out_gives_the_same_pages(out: Path, sum_doc, write):
    sum_doc.put(out)

    def state() -> dict[str, bytes]:
        folder = out / FOLDER
        return {
            p.relative_to(folder).as_posix(): p.read_bytes()
            for p in folder.rglob("*")
            if p.is_file() and p.suffix != ".xlsx"
        }

    write()
    first = state()
    write()
    assert state() == first


def test_workers_write_what_one_process_writes(out: Path, sum_doc, new_doc, write, monkeypatch):
    from pipeline.report import workers

    sum_doc.put(out)
    new_doc(name="laporan/lain.txt", year=2023).put(out)
    write()
    alone = {p.name: p.read_bytes() for p in (out / FOLDER).rglob("*.*ml")}
    monkeypatch.setattr(workers, "FEW", 0)
    write(jobs=2)
    assert {p.name: p.read_bytes() for p in (out / FOLDER).rglob("*.*ml")} == alone


def test_a_foreign_folder_is_never_replaced(out: Path, sum_doc, write):
    sum_doc.put(out)
    (out / FOLDER).mkdir()
    (out / FOLDER / "catatan.txt").write_text("milik orang lain")
    with pytest.raises(UnusableOutput, match="bukan laporan"):
        write()
    assert (out / FOLDER / "catatan.txt").exists()


def test_a_failure_leaves_the_earlier_report(out: Path, sum_doc, write, monkeypatch):
    from pipeline.report import write as module

    sum_doc.put(out)
    write()
    before = (out / FOLDER / "index.html").read_bytes()

    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "_write_index", fail)
    with pytest.raises(UnusableOutput, match="ruang"):
        write()
    assert (out / FOLDER / "index.html").read_bytes() == before
    assert not (out / DRAFT).exists()


def test_a_document_that_is_not_in_dokumen_is_not_trusted(out: Path, sum_doc, new_doc, write):
    sum_doc.put(out)
    half = new_doc(name="laporan/setengah.txt")
    half.finding("dd04")
    id_ = half.put(out)
    next((out / "dokumen").rglob(f"{id_}.parquet")).unlink()
    assert write().findings == 1


def test_both_languages_are_in_it_and_it_opens_in_the_one_asked_for(out: Path, sum_doc, write):
    id_ = sum_doc.put(out)
    write(lang="en")
    page = page_of(out, id_)
    assert '<html lang="en" data-lang="en">' in page
    assert "Summary" in page
    assert "Ringkasan" in page
    assert sheet(out, "temuan")[0][0] == "Agency"


def test_over_full_sheets_leave_out_what_agrees_and_say_so(tmp_path: Path):
    from datetime import datetime

    from pipeline.report.excel import Workbook

    def check(outcome: str) -> list[object]:
        return [None, None, None, "Penjumlahan", outcome, *[None] * 10]

    with Workbook(tmp_path / "b.xlsx", "id", datetime(2025, 1, 1), room=20) as book:
        book.add({"pemeriksaan": [check("cocok")] * 30 + [check("tidak cocok")] * 2})
    loaded = openpyxl.load_workbook(tmp_path / "b.xlsx")
    outcomes = [row[4] for row in loaded["pemeriksaan"].iter_rows(min_row=2, values_only=True)]
    assert (outcomes.count("cocok"), outcomes.count("tidak cocok")) == (18, 2)
    told = [row[2] for row in loaded["penjelasan"].iter_rows(values_only=True) if row[1] == "Tidak dimuat"]
    assert told[0].startswith("12: ")
