"""Rows of every dataset fit the contract; figures are carried exactly or not at all."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from extractors.read.legible import EMPTY
from pipeline.arrow import table
from pipeline.cells import decimal_text, fit
from pipeline.rows import Origin, failed_rows, rows_of
from schemas.datasets import PER_DOCUMENT, Kind
from schemas.document import Document, Page, PageStatus, Place
from schemas.figure import Status
from schemas.records import Resmi, Standar

ORIGIN = Origin("0" * 16, "folder/a.txt", ("folder/b.txt",), "0" * 64, "0.1.0+abc")


def test_every_dataset_fits_its_schema(sample):
    rows = rows_of(*sample, ORIGIN)
    assert list(rows) == [dataset.name for dataset in PER_DOCUMENT]
    for name, records in rows.items():
        assert records, name
        assert table(name, records).to_pylist() == [{c: r[c] for c in table(name, []).schema.names} for r in records]


def test_every_figure_that_is_referred_to_is_there_once(sample):
    rows = rows_of(*sample, ORIGIN)
    ids = [row["angka_id"] for row in rows["angka"]]
    assert len(ids) == len(set(ids))
    for dataset in ("pemeriksaan", "temuan", "ringkasan"):
        for row in rows[dataset]:
            assert set(row["angka"]) <= set(ids)
    records = {name: {row["record_id"] for row in rows[name]} for name in ("anggaran", "kinerja", "klaim")}
    for row in rows["angka"]:
        assert row["record_id"] in records[row["dataset"]]


def test_counts_and_links(sample):
    rows = rows_of(*sample, ORIGIN)
    (dokumen,) = rows["dokumen"]
    assert (
        dokumen["n_tabel"],
        dokumen["n_anggaran"],
        dokumen["n_kinerja"],
        dokumen["n_klaim"],
        dokumen["n_temuan"],
    ) == (
        2,
        3,
        1,
        1,
        1,
    )
    assert dokumen["status"] == "ok"
    assert [row["temuan_id"] for row in rows["pemeriksaan"]] == [None, "t-f2"]
    assert rows["halaman"][0]["page"] is None
    assert rows["halaman"][0]["words"] == 5


def test_words_in_a_number_s_place_keep_their_text(sample):
    (row,) = rows_of(*sample, ORIGIN)["kinerja"]
    assert (row["realisasi"], row["realisasi_teks"]) == (None, "Belum diketahui")
    assert (row["target"], row["target_teks"]) == (Decimal("80.0000"), "80")


def test_malformed_fields_are_named(build):
    build.line("Program Taman", realisasi="1", anggaran=build.figure("5", status=Status.RUSAK))
    (row,) = rows_of(build.report(), (), (), ORIGIN)["anggaran"]
    assert row["malformed"] == ["anggaran"]


def test_a_figure_that_does_not_fit_is_a_doubt_and_never_rounded(build):
    build.line("Program Taman", "12.345", "9" * 19, "98.76543")
    rows = rows_of(build.report(), (), (), ORIGIN)
    (row,) = rows["anggaran"]
    assert (row["anggaran"], row["realisasi"], row["persen"]) == (None, None, None)
    assert (row["anggaran_teks"], row["persen_teks"]) == ("12.345", "98.76543")
    assert [(r["kind"], r["text"]) for r in rows["keraguan"]] == [
        ("tidak_muat", "12.345"),
        ("tidak_muat", "9" * 19),
        ("tidak_muat", "98.76543"),
    ]
    assert rows["angka"][0]["value"] == Decimal("12.3450")


def test_a_document_with_unread_pages_is_partial(build):
    pages = (
        Page(1, 595, 842),
        Page(2, 595, 842, status=PageStatus.FAILED, reason="rusak"),
        Page(3, 595, 842, status=PageStatus.FAILED, reason="rusak", method="ocr"),
        Page(4, 595, 842, status=PageStatus.SKIPPED, reason=EMPTY),
    )
    document = Document("a.pdf", "1" * 64, "mixed", pages=pages)
    rows = rows_of(build.report(document=document), (), (), ORIGIN)
    (dokumen,) = rows["dokumen"]
    assert dokumen["status"] == "partial"
    assert "halaman 2-3" in dokumen["error"]
    assert dokumen["error"].startswith("2 dari 4 halaman")
    assert (dokumen["pages"], dokumen["ocr_pages"]) == (4, 1)
    assert [row["page"] for row in rows["halaman"]] == [1, 2, 3, 4]


def test_empty_pages_take_nothing_away(build):
    pages = (Page(1, 595, 842), Page(2, 595, 842, status=PageStatus.SKIPPED, reason=EMPTY))
    document = Document("a.pdf", "1" * 64, "pdf", pages=pages)
    (dokumen,) = rows_of(build.report(document=document), (), (), ORIGIN)["dokumen"]
    assert (dokumen["status"], dokumen["error"]) == ("ok", None)


def test_failed_document_has_one_row():
    rows = failed_rows(ORIGIN, "kosong")
    assert list(rows) == ["dokumen"]
    assert table("dokumen", rows["dokumen"]).to_pylist()[0]["error"] == "kosong"


def test_staff_figures_are_kept_for_the_checks_that_use_them(build):
    build.line("Program Taman", "1")
    build.counts.append(build.figure("12", "orang", table_id="t9", row=3, col=1, place=Place(line=7)))
    row = rows_of(build.report(), (), (), ORIGIN)["angka"][-1]
    assert (row["dataset"], row["record_id"], row["field"], row["value"]) == ("tabel", "t9", "sel", Decimal(12))


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_fit_is_exact_or_nothing(value: Decimal):
    for kind in (Kind.MONEY, Kind.NUMBER):
        held, reason = fit(value, kind)
        assert (held is None) == (reason is not None)
        assert held is None or held == value


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=2))
def test_decimal_text_means_the_same_number(value: Decimal):
    for unit in ("rp", None):
        text = decimal_text(value, unit)
        assert text is not None
        assert Decimal(text) == value
        assert "E" not in text
    assert len(decimal_text(value, "rp").partition(".")[2]) == 2


def test_decimal_text_cuts_only_endless_results():
    assert decimal_text(Decimal(1) / Decimal(3)) == "0.333333"
    assert decimal_text(Decimal("89.10")) == "89.1"
    assert decimal_text("dua") == "dua"


def test_a_line_joined_to_the_nomenclature_says_to_which(build):
    standar = Standar(Resmi("8.01.02", "PROGRAM TAMAN KOTA", "program", 0.9876, None))
    build.line("Program Taman", "1", standar=standar)
    build.line("Program Setempat", "2", standar=Standar(None, kode_dikenal="bidang"))
    build.line("Jumlah", "3", tingkat="total")
    rows = rows_of(build.report(), (), (), ORIGIN)
    for dataset, n in (("anggaran", 3), ("ringkasan", 2)):
        columns = [
            tuple(row[name] for name in ("kode_standar", "nama_standar", "tingkat_standar", "kemiripan"))
            for row in rows[dataset]
        ]
        assert columns[0] == ("8.01.02", "PROGRAM TAMAN KOTA", "program", 0.9876)
        assert columns[1:] == [(None,) * 4] * (n - 1)
