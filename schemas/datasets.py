"""Every dataset of the contract, described once: Arrow schemas, documentation and `lkjip datasets` are made from this.

A column has a name, a kind, whether it may be null, and what it holds in Indonesian and English. `agency` and `year`
are not columns of the files: they are the Hive partitions every reader adds from the path.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SCHEMA_VERSION = 1


class Kind(StrEnum):
    """What a column can hold. Reported figures are decimals; `REAL` is for coordinates and confidences alone."""

    TEXT = "text"
    INT = "int32"
    BOOL = "bool"
    REAL = "float64"
    MONEY = "decimal128(20,2)"
    NUMBER = "decimal128(20,4)"
    TEXTS = "list<text>"
    STRUCTS = "list<struct>"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `id` and `en` say what it holds; `fields` are the parts of a list of structs."""

    name: str
    kind: Kind
    nullable: bool
    id: str
    en: str
    fields: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset: `row_id`/`row_en` say what one row is. `per_document` is False for what compares documents."""

    name: str
    row_id: str
    row_en: str
    columns: tuple[Column, ...]
    per_document: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _must(name: str, kind: Kind, id_: str, en: str) -> Column:
    return Column(name, kind, False, id_, en)


def _may(name: str, kind: Kind, id_: str, en: str) -> Column:
    return Column(name, kind, True, id_, en)


def _figure(name: str, kind: Kind, id_: str, en: str) -> tuple[Column, Column]:
    """A reported figure and, beside it, what is printed."""
    return (
        _may(name, kind, id_, en),
        _may(f"{name}_teks", Kind.TEXT, f"{name} seperti tercetak", f"{name} as printed"),
    )


_DOCUMENT = _must(
    "document_id", Kind.TEXT, "16 angka heksa pertama SHA-256 berkas", "first 16 hex digits of the file's SHA-256"
)
_PAGE = _may("page", Kind.INT, "halaman, mulai 1 (kosong untuk teks)", "page, from 1 (null for text input)")
_LINE = _may(
    "line", Kind.INT, "baris berkas teks, mulai 1 (kosong untuk PDF)", "line of a text file, from 1 (null for PDF)"
)
_TABLE = _must("table_id", Kind.TEXT, "tabel di dataset tabel", "table in dataset tabel")
_TABLE_MAY = _may(
    "table_id", Kind.TEXT, "tabel di dataset tabel; kosong di luar tabel", "table in dataset tabel; null outside tables"
)
_ROW = _must(
    "row", Kind.INT, "baris tabel, mulai 0, kepala tabel ikut dihitung", "row of the table, from 0, header rows counted"
)
_ROW_MAY = _may("row", Kind.INT, "baris tabel, mulai 0", "row of the table, from 0")
_COL_MAY = _may("col", Kind.INT, "kolom tabel, mulai 0", "column of the table, from 0")
_BOX = (
    _may("x0", Kind.REAL, "tepi kiri, dalam poin halaman tampil", "left edge, in points of the displayed page"),
    _may("top", Kind.REAL, "tepi atas, dalam poin dari atas", "upper edge, in points from the top"),
    _may("x1", Kind.REAL, "tepi kanan", "right edge"),
    _may("bottom", Kind.REAL, "tepi bawah", "lower edge"),
)
_RECORD = _must(
    "record_id", Kind.TEXT, "pengenal catatan, tunggal dalam dokumen", "id of the record, unique in the document"
)
_YEAR = _may("tahun", Kind.INT, "tahun anggaran angka ini", "fiscal year of the figures")
_PERIOD = _may(
    "periode", Kind.TEXT, "TW1..TW4, B01..B12; kosong untuk setahun", "TW1..TW4, B01..B12; null for the year"
)
_STAGE = _may("tahap", Kind.TEXT, "murni, perubahan, atau kosong", "murni (original), perubahan (revised), or null")
_MALFORMED = _must("malformed", Kind.TEXTS, "kolom yang angkanya salah tulis", "fields whose number is written wrongly")
_CONFIDENCE = _must("confidence", Kind.REAL, "keyakinan pembacaan, 0 sampai 1", "confidence of the reading, 0 to 1")

DOKUMEN = Dataset(
    "dokumen",
    "berkas masukan",
    "input file",
    (
        _DOCUMENT,
        _must(
            "sumber",
            Kind.TEXT,
            "nama folder SOURCE dan jalur di bawahnya",
            "the SOURCE folder's name and the path below it",
        ),
        _must("sumber_lain", Kind.TEXTS, "nama lain dari isi yang sama", "other names of the same bytes"),
        _may(
            "sha256",
            Kind.TEXT,
            "SHA-256 berkas; kosong bila tak terbaca",
            "SHA-256 of the file; null if it could not be opened",
        ),
        _may("format", Kind.TEXT, "text, pdf, scan, atau mixed", "text, pdf, scan or mixed"),
        _may("jenis", Kind.TEXT, "lkjip, rkt, pk, atau lain", "kind of report: lkjip, rkt, pk or lain (other)"),
        _may("instansi", Kind.TEXT, "instansi pelapor", "reporting agency"),
        _may("wilayah", Kind.TEXT, "wilayahnya", "its region"),
        _may("kode_wilayah", Kind.TEXT, "kode wilayah resmi", "official code of the region"),
        _may("pages", Kind.INT, "jumlah halaman (kosong untuk teks)", "number of pages (null for text input)"),
        _may("ocr_pages", Kind.INT, "halaman yang dibaca dengan OCR", "pages read by OCR"),
        _must("n_tabel", Kind.INT, "jumlah tabel", "number of tables"),
        _must("n_anggaran", Kind.INT, "jumlah baris anggaran", "number of anggaran rows"),
        _must("n_kinerja", Kind.INT, "jumlah baris kinerja", "number of kinerja rows"),
        _must("n_klaim", Kind.INT, "jumlah klaim", "number of klaim rows"),
        _must("n_temuan", Kind.INT, "jumlah temuan", "number of findings"),
        _must("status", Kind.TEXT, "ok, partial, atau failed", "ok, partial or failed"),
        _may("error", Kind.TEXT, "sebab partial atau failed", "why it is partial or failed"),
        _must(
            "version", Kind.TEXT, "versi program dan sidik aturannya", "program version and fingerprint of its rules"
        ),
    ),
)

HALAMAN = Dataset(
    "halaman",
    "halaman (satu baris tanpa nomor untuk berkas teks)",
    "page (one row without number for a text file)",
    (
        _DOCUMENT,
        _PAGE,
        _must("status", Kind.TEXT, "read, skipped, atau failed", "read, skipped or failed"),
        _may("reason", Kind.TEXT, "sebab tidak dibaca", "why it was not read"),
        _must("method", Kind.TEXT, "text atau ocr", "text or ocr"),
        _must("rotation", Kind.INT, "putaran halaman, derajat", "rotation of the page, degrees"),
        _must("words", Kind.INT, "jumlah kata", "number of words"),
    ),
)

TABEL = Dataset(
    "tabel",
    "tabel (semua potongannya)",
    "table (all its pieces)",
    (
        _DOCUMENT,
        _TABLE,
        _may("label", Kind.TEXT, "nomor tercetak (III.10)", "printed number (III.10)"),
        _may("title", Kind.TEXT, "judul tanpa nomornya", "caption without the number"),
        _must(
            "kind",
            Kind.TEXT,
            "anggaran, kinerja, campuran, atau lain",
            "anggaran (budget), kinerja (performance), campuran (both), lain (other)",
        ),
        _may("page_first", Kind.INT, "halaman pertama", "first page"),
        _may("page_last", Kind.INT, "halaman terakhir", "last page"),
        _may("line_first", Kind.INT, "baris teks pertama", "first line of text"),
        _may("line_last", Kind.INT, "baris teks terakhir", "last line of text"),
        _must("pieces", Kind.INT, "potongan karena ganti halaman", "pieces it is cut into by page breaks"),
        _must("n_rows", Kind.INT, "jumlah baris, kepala tabel ikut", "number of rows, header rows included"),
        _must("n_cols", Kind.INT, "jumlah kolom", "number of columns"),
        _must("method", Kind.TEXT, "tabbed, ruled, aligned, atau ocr", "tabbed, ruled, aligned or ocr"),
        _CONFIDENCE,
    ),
)

SEL = Dataset(
    "sel",
    "sel tabel",
    "table cell",
    (
        _DOCUMENT,
        _TABLE,
        _ROW,
        _must("col", Kind.INT, "kolom tabel, mulai 0", "column of the table, from 0"),
        _must("row_span", Kind.INT, "tinggi dalam baris", "height in rows"),
        _must("col_span", Kind.INT, "lebar dalam kolom", "width in columns"),
        _must("text", Kind.TEXT, "isi seperti tercetak", "contents as printed"),
        _PAGE,
        _LINE,
        *_BOX,
    ),
)

ANGKA = Dataset(
    "angka",
    "angka tercetak",
    "printed figure",
    (
        _DOCUMENT,
        _must(
            "angka_id", Kind.TEXT, "pengenal angka, tunggal dalam dokumen", "id of the figure, unique in the document"
        ),
        _must(
            "dataset",
            Kind.TEXT,
            "anggaran, kinerja, klaim; tabel untuk angka tabel lain, rumus untuk perhitungan dalam teks",
            "anggaran, kinerja, klaim; tabel for a figure of any other table, rumus for a calculation in the text",
        ),
        _must(
            "record_id",
            Kind.TEXT,
            "catatan yang memakainya (table_id untuk tabel, urutan perhitungan untuk rumus)",
            "record that uses it (table_id for tabel, the calculation's number for rumus)",
        ),
        _must(
            "field",
            Kind.TEXT,
            "kolom catatan itu (sel untuk tabel; hasil, angka untuk rumus)",
            "field of that record (sel for tabel; hasil, angka for rumus)",
        ),
        _must("text", Kind.TEXT, "seperti tercetak", "as printed"),
        _may("value", Kind.NUMBER, "nilai menurut tulisannya sendiri", "value by its own characters"),
        _must("decimals", Kind.INT, "desimal tercetak", "printed decimals"),
        _may("unit", Kind.TEXT, "rp, persen, atau satuan tercetak", "rp, persen, or the unit as printed"),
        _must(
            "status",
            Kind.TEXT,
            "angka, kosong, strip, kata, atau rusak",
            "angka (number), kosong (blank), strip (dash), kata (words), rusak (malformed)",
        ),
        _CONFIDENCE,
        _TABLE_MAY,
        _ROW_MAY,
        _COL_MAY,
        _PAGE,
        _LINE,
        *_BOX,
    ),
)

ANGGARAN = Dataset(
    "anggaran",
    "baris anggaran, tahap, dan tahun",
    "budget line, stage and year",
    (
        _DOCUMENT,
        _RECORD,
        _TABLE,
        _ROW,
        _PAGE,
        _LINE,
        _may("kode", Kind.TEXT, "kode rekening atau nomenklatur tercetak", "printed code"),
        _must(
            "tingkat",
            Kind.TEXT,
            "program, kegiatan, sub_kegiatan, belanja, sasaran, total, atau lain",
            "level: program, kegiatan, sub_kegiatan, belanja, sasaran, total or lain",
        ),
        _must(
            "kelompok",
            Kind.TEXT,
            "belanja, pendapatan, atau pembiayaan",
            "belanja (spending), pendapatan (revenue), pembiayaan (financing)",
        ),
        _may("induk", Kind.TEXT, "record_id baris induk", "record_id of the parent line"),
        _must("uraian", Kind.TEXT, "nama seperti tercetak", "name as printed"),
        _YEAR,
        _PERIOD,
        _STAGE,
        *_figure("anggaran", Kind.MONEY, "anggaran, rupiah", "budget, rupiah"),
        *_figure("realisasi", Kind.MONEY, "realisasi, rupiah", "actual, rupiah"),
        *_figure("persen", Kind.NUMBER, "serapan tercetak, persen", "stated absorption, percent"),
        _MALFORMED,
    ),
)

KINERJA = Dataset(
    "kinerja",
    "indikator, tahap, dan tahun",
    "indicator, stage and year",
    (
        _DOCUMENT,
        _RECORD,
        _TABLE,
        _ROW,
        _PAGE,
        _LINE,
        _may("sasaran", Kind.TEXT, "sasaran, diisi ke bawah bila digabung", "objective, filled downwards where merged"),
        _must("indikator", Kind.TEXT, "indikator seperti tercetak", "indicator as printed"),
        _may("satuan", Kind.TEXT, "satuan", "unit"),
        _YEAR,
        _PERIOD,
        _STAGE,
        _must("acuan", Kind.TEXT, "tahunan atau akhir_rencana", "tahunan (annual) or akhir_rencana (the plan's end)"),
        _may(
            "kolom",
            Kind.TEXT,
            "kelompok kepala kolom bila sebaris ada beberapa",
            "header group, where a row has several",
        ),
        *_figure("target", Kind.NUMBER, "target", "target"),
        *_figure("realisasi", Kind.NUMBER, "realisasi", "actual"),
        *_figure("capaian", Kind.NUMBER, "capaian tercetak, persen", "stated achievement, percent"),
        _may("predikat", Kind.TEXT, "predikat tercetak", "printed category word"),
        _MALFORMED,
    ),
)

KLAIM = Dataset(
    "klaim",
    "pernyataan dalam teks",
    "statement in running text",
    (
        _DOCUMENT,
        _RECORD,
        _PAGE,
        _LINE,
        _must("kalimat", Kind.TEXT, "kalimatnya", "the sentence"),
        _may("subjek", Kind.TEXT, "tentang apa", "what it is about"),
        _YEAR,
        _PERIOD,
        _STAGE,
        *_figure("anggaran", Kind.NUMBER, "anggaran, rupiah", "budget, rupiah"),
        *_figure(
            "realisasi",
            Kind.NUMBER,
            "realisasi, rupiah atau satuan indikator",
            "actual, rupiah or the indicator's unit",
        ),
        *_figure("persen", Kind.NUMBER, "persentase", "percentage"),
        *_figure("target", Kind.NUMBER, "target indikator", "the indicator's target"),
        *_figure("capaian", Kind.NUMBER, "capaian indikator", "the indicator's achievement"),
        *_figure("terbilang", Kind.NUMBER, "bilangan menurut kata-katanya", "number that the words say"),
        _MALFORMED,
    ),
)

PEMERIKSAAN = Dataset(
    "pemeriksaan",
    "pemeriksaan yang dilakukan",
    "check carried out",
    (
        _DOCUMENT,
        _must("check_id", Kind.TEXT, "pengenal pemeriksaan", "id of the check"),
        _must("rule", Kind.TEXT, "aturan (lihat lkjip rules)", "rule (see lkjip rules)"),
        _must(
            "outcome",
            Kind.TEXT,
            "cocok, tidak_cocok, atau tak_teruji",
            "cocok (agrees), tidak_cocok (disagrees), tak_teruji (untestable)",
        ),
        _may("reason", Kind.TEXT, "sebab tak teruji, atau cara cocoknya", "why untestable, or how it agrees"),
        _must("subjek", Kind.TEXT, "apa yang diperiksa", "what was checked"),
        _may("stated", Kind.TEXT, "nilai tercetak", "value as printed"),
        _may("expected", Kind.TEXT, "nilai hasil hitung", "value by calculation"),
        _may("low", Kind.TEXT, "batas bawah nilai tercetak", "lower bound of the printed value"),
        _may("high", Kind.TEXT, "batas atas nilai tercetak", "upper bound of the printed value"),
        _must("angka", Kind.TEXTS, "angka_id yang terlibat", "ids of the figures involved"),
        _may("temuan_id", Kind.TEXT, "temuan yang memuatnya", "finding it is part of"),
    ),
)

_EVIDENCE = (
    _TABLE_MAY,
    _ROW_MAY,
    _COL_MAY,
    _PAGE,
    _LINE,
    *_BOX,
    _must("text", Kind.TEXT, "seperti tercetak", "as printed"),
)
_FINDING = (
    _must(
        "temuan_id",
        Kind.TEXT,
        "pengenal tetap dari aturan, subjek, tempat",
        "stable id made of rule, subject and place",
    ),
    _must("rule", Kind.TEXT, "aturan (lihat lkjip rules)", "rule (see lkjip rules)"),
    _must("severity", Kind.TEXT, "tinggi, sedang, atau rendah", "tinggi (high), sedang (medium), rendah (low)"),
    _TABLE_MAY,
    _PAGE,
    _LINE,
    _must("subjek", Kind.TEXT, "baris atau indikator, dan apanya", "line item or indicator, and what of it"),
    _may("stated", Kind.TEXT, "nilai tercetak", "value as printed"),
    _may("expected", Kind.TEXT, "nilai yang seharusnya menurut laporan sendiri", "value by the report's own figures"),
    _may("difference", Kind.TEXT, "selisih", "difference"),
    _must("pesan", Kind.TEXT, "kalimat temuan (Indonesia)", "the finding as an Indonesian sentence"),
    _must("message", Kind.TEXT, "kalimat temuan (Inggris)", "the finding as an English sentence"),
    _may("saran", Kind.TEXT, "usul nilai, alasan, dan keyakinannya", "suggested value, its grounds, and how sure"),
    _must("angka", Kind.TEXTS, "angka_id yang terlibat", "ids of the figures involved"),
    Column("evidence", Kind.STRUCTS, False, "tempat-tempat yang perlu dilihat", "the places to look at", _EVIDENCE),
)

TEMUAN = Dataset("temuan", "temuan", "finding", (_DOCUMENT, *_FINDING))

KERAGUAN = Dataset(
    "keraguan",
    "keraguan atas pembacaan kami sendiri",
    "doubt about our own reading",
    (
        _DOCUMENT,
        _must("kind", Kind.TEXT, "jenis keraguan", "kind of doubt"),
        _PAGE,
        _LINE,
        _TABLE_MAY,
        _ROW_MAY,
        _COL_MAY,
        _must("text", Kind.TEXT, "seperti tercetak", "as printed"),
        _must("reason", Kind.TEXT, "sebab ragu", "why we doubt"),
        _may("confidence", Kind.REAL, "keyakinan pembacaan, 0 sampai 1", "confidence of the reading, 0 to 1"),
    ),
)

RINGKASAN = Dataset(
    "ringkasan",
    "baris anggaran atau indikator, sekali untuk instansi dan tahun",
    "budget line or indicator, once for an agency and year",
    (
        _DOCUMENT,
        _must("dataset", Kind.TEXT, "anggaran atau kinerja", "anggaran (budget) or kinerja (performance)"),
        _must(
            "kunci",
            Kind.TEXT,
            "kunci baris: kode, atau tingkat dan nama",
            "key of the line: its code, or level and name",
        ),
        _must("jenis", Kind.TEXT, "jenis dokumen: lkjip, rkt, pk, lain", "kind of document: lkjip, rkt, pk, lain"),
        _must("record_id", Kind.TEXT, "catatan yang dipilih", "the record chosen"),
        _must("sumber_tabel", Kind.TEXT, "tabel asal catatan itu", "table it stands in"),
        _PAGE,
        _LINE,
        _may("kode", Kind.TEXT, "kode tercetak", "printed code"),
        _may("tingkat", Kind.TEXT, "tingkat baris anggaran", "level of a budget line"),
        _may("kelompok", Kind.TEXT, "belanja, pendapatan, atau pembiayaan", "belanja, pendapatan or pembiayaan"),
        _may("induk", Kind.TEXT, "kunci baris induk", "key of the parent line"),
        _must("uraian", Kind.TEXT, "nama baris atau indikator", "name of the line or indicator"),
        _may("sasaran", Kind.TEXT, "sasaran indikator", "objective of an indicator"),
        _may("satuan", Kind.TEXT, "satuan indikator", "unit of an indicator"),
        _may(
            "tahap", Kind.TEXT, "tahap yang dipilih (perubahan bila ada)", "stage chosen (perubahan where there is one)"
        ),
        _may("anggaran", Kind.MONEY, "anggaran, rupiah", "budget, rupiah"),
        _may("realisasi", Kind.MONEY, "realisasi anggaran, rupiah", "actual of the budget, rupiah"),
        _may("persen", Kind.NUMBER, "serapan tercetak, persen", "stated absorption, percent"),
        _may("target", Kind.NUMBER, "target indikator", "the indicator's target"),
        _may("hasil", Kind.NUMBER, "realisasi indikator", "the indicator's actual"),
        _may("capaian", Kind.NUMBER, "capaian tercetak, persen", "stated achievement, percent"),
        _must(
            "dijumlahkan",
            Kind.BOOL,
            "benar bila ikut dijumlahkan: tiap rupiah tepat sekali",
            "true for the rows to add up: every rupiah exactly once",
        ),
        _must("n_tempat", Kind.INT, "banyaknya tempat tercetak", "number of places that print it"),
        _must(
            "n_sepakat", Kind.INT, "banyaknya tempat yang sepakat", "number of those that agree with what was chosen"
        ),
        _must(
            "ada_temuan",
            Kind.BOOL,
            "benar bila ada temuan pada salah satu tempatnya",
            "true if a finding touches any of its places",
        ),
        _must("temuan", Kind.TEXTS, "temuan_id itu", "ids of those findings"),
        _must("angka", Kind.TEXTS, "angka_id yang dipilih", "ids of the figures chosen"),
    ),
)

TEMUAN_LINTAS = Dataset(
    "temuan_lintas",
    "temuan antardokumen",
    "finding between documents",
    (
        _DOCUMENT,
        _must("document_id_lain", Kind.TEXT, "dokumen pembandingnya", "the document it is compared with"),
        *_FINDING,
    ),
    per_document=False,
)

AGENCY = _must(
    "agency", Kind.TEXT, "instansi dan wilayah, bentuk aman untuk jalur", "agency and region, in a form safe for paths"
)
YEAR = _must(
    "year", Kind.INT, "tahun anggaran yang dilaporkan; 0 bila tidak diketahui", "fiscal year reported on; 0 if unknown"
)
PARTITIONS = (AGENCY, YEAR)

DATASETS = (
    DOKUMEN,
    HALAMAN,
    TABEL,
    SEL,
    ANGKA,
    ANGGARAN,
    KINERJA,
    KLAIM,
    PEMERIKSAAN,
    TEMUAN,
    KERAGUAN,
    RINGKASAN,
    TEMUAN_LINTAS,
)
BY_NAME = {dataset.name: dataset for dataset in DATASETS}
PER_DOCUMENT = tuple(dataset for dataset in DATASETS if dataset.per_document)
