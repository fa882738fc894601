"""Datasets of what was read, before any meaning: documents, pages, tables, cells, figures."""

from __future__ import annotations

from schemas.datasets.model import (
    BOX,
    COL_MAY,
    CONFIDENCE,
    DOCUMENT,
    LINE,
    PAGE,
    ROW,
    ROW_MAY,
    TABLE,
    TABLE_MAY,
    Dataset,
    Kind,
    may,
    must,
)

DOKUMEN = Dataset(
    "dokumen",
    "berkas masukan",
    "input file",
    (
        DOCUMENT,
        must(
            "sumber",
            Kind.TEXT,
            "nama folder SOURCE dan jalur di bawahnya",
            "the SOURCE folder's name and the path below it",
        ),
        must("sumber_lain", Kind.TEXTS, "nama lain dari isi yang sama", "other names of the same bytes"),
        may(
            "sha256",
            Kind.TEXT,
            "SHA-256 berkas; kosong bila tak terbaca",
            "SHA-256 of the file; null if it could not be opened",
        ),
        may("format", Kind.TEXT, "text, pdf, scan, atau mixed", "text, pdf, scan or mixed"),
        may("jenis", Kind.TEXT, "lkjip, rkt, pk, atau lain", "kind of report: lkjip, rkt, pk or lain (other)"),
        may("instansi", Kind.TEXT, "instansi pelapor", "reporting agency"),
        may("wilayah", Kind.TEXT, "wilayahnya", "its region"),
        may("kode_wilayah", Kind.TEXT, "kode wilayah resmi", "official code of the region"),
        may("pages", Kind.INT, "jumlah halaman (kosong untuk teks)", "number of pages (null for text input)"),
        may("ocr_pages", Kind.INT, "halaman yang dibaca dengan OCR", "pages read by OCR"),
        must("n_tabel", Kind.INT, "jumlah tabel", "number of tables"),
        must("n_anggaran", Kind.INT, "jumlah baris anggaran", "number of anggaran rows"),
        must("n_kinerja", Kind.INT, "jumlah baris kinerja", "number of kinerja rows"),
        must("n_klaim", Kind.INT, "jumlah klaim", "number of klaim rows"),
        must("n_temuan", Kind.INT, "jumlah temuan", "number of findings"),
        must("status", Kind.TEXT, "ok, partial, atau failed", "ok, partial or failed"),
        may("error", Kind.TEXT, "sebab partial atau failed", "why it is partial or failed"),
        must("version", Kind.TEXT, "versi program dan sidik aturannya", "program version and fingerprint of its rules"),
        may(
            "kelompok",
            Kind.TEXT,
            "laporan yang dimuatnya menurut manifest (lihat kelompok_dokumen)",
            "report it belongs to by the manifest (see kelompok_dokumen)",
        ),
    ),
)

HALAMAN = Dataset(
    "halaman",
    "halaman (satu baris tanpa nomor untuk berkas teks)",
    "page (one row without number for a text file)",
    (
        DOCUMENT,
        PAGE,
        must("status", Kind.TEXT, "read, skipped, atau failed", "read, skipped or failed"),
        may("reason", Kind.TEXT, "sebab tidak dibaca", "why it was not read"),
        must("method", Kind.TEXT, "text atau ocr", "text or ocr"),
        must("rotation", Kind.INT, "putaran halaman, derajat", "rotation of the page, degrees"),
        must("words", Kind.INT, "jumlah kata", "number of words"),
    ),
)

TABEL = Dataset(
    "tabel",
    "tabel (semua potongannya)",
    "table (all its pieces)",
    (
        DOCUMENT,
        TABLE,
        may("label", Kind.TEXT, "nomor tercetak (III.10)", "printed number (III.10)"),
        may("title", Kind.TEXT, "judul tanpa nomornya", "caption without the number"),
        must(
            "kind",
            Kind.TEXT,
            "anggaran, kinerja, campuran, atau lain",
            "anggaran (budget), kinerja (performance), campuran (both), lain (other)",
        ),
        may("page_first", Kind.INT, "halaman pertama", "first page"),
        may("page_last", Kind.INT, "halaman terakhir", "last page"),
        may("line_first", Kind.INT, "baris teks pertama", "first line of text"),
        may("line_last", Kind.INT, "baris teks terakhir", "last line of text"),
        must("pieces", Kind.INT, "potongan karena ganti halaman", "pieces it is cut into by page breaks"),
        must("n_rows", Kind.INT, "jumlah baris, kepala tabel ikut", "number of rows, header rows included"),
        must("n_cols", Kind.INT, "jumlah kolom", "number of columns"),
        must("method", Kind.TEXT, "tabbed, ruled, aligned, atau ocr", "tabbed, ruled, aligned or ocr"),
        CONFIDENCE,
    ),
)

SEL = Dataset(
    "sel",
    "sel tabel",
    "table cell",
    (
        DOCUMENT,
        TABLE,
        ROW,
        must("col", Kind.INT, "kolom tabel, mulai 0", "column of the table, from 0"),
        must("row_span", Kind.INT, "tinggi dalam baris", "height in rows"),
        must("col_span", Kind.INT, "lebar dalam kolom", "width in columns"),
        must("text", Kind.TEXT, "isi seperti tercetak", "contents as printed"),
        PAGE,
        LINE,
        *BOX,
    ),
)

ANGKA = Dataset(
    "angka",
    "angka tercetak",
    "printed figure",
    (
        DOCUMENT,
        must(
            "angka_id", Kind.TEXT, "pengenal angka, tunggal dalam dokumen", "id of the figure, unique in the document"
        ),
        must(
            "dataset",
            Kind.TEXT,
            "anggaran, kinerja, klaim; tabel untuk angka tabel lain, rumus untuk perhitungan dalam teks",
            "anggaran, kinerja, klaim; tabel for a figure of any other table, rumus for a calculation in the text",
        ),
        must(
            "record_id",
            Kind.TEXT,
            "catatan yang memakainya (table_id untuk tabel, urutan perhitungan untuk rumus)",
            "record that uses it (table_id for tabel, the calculation's number for rumus)",
        ),
        must(
            "field",
            Kind.TEXT,
            "kolom catatan itu (sel untuk tabel; hasil, angka untuk rumus)",
            "field of that record (sel for tabel; hasil, angka for rumus)",
        ),
        must("text", Kind.TEXT, "seperti tercetak", "as printed"),
        may("value", Kind.NUMBER, "nilai menurut tulisannya sendiri", "value by its own characters"),
        must("decimals", Kind.INT, "desimal tercetak", "printed decimals"),
        may("unit", Kind.TEXT, "rp, persen, atau satuan tercetak", "rp, persen, or the unit as printed"),
        must(
            "status",
            Kind.TEXT,
            "angka, kosong, strip, kata, atau rusak",
            "angka (number), kosong (blank), strip (dash), kata (words), rusak (malformed)",
        ),
        CONFIDENCE,
        TABLE_MAY,
        ROW_MAY,
        COL_MAY,
        PAGE,
        LINE,
        *BOX,
    ),
)
