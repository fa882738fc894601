"""Datasets of what was checked, what is wrong, and what we are unsure of."""

from __future__ import annotations

from schemas.datasets.model import (
    BOX,
    COL_MAY,
    DOCUMENT,
    LINE,
    PAGE,
    ROW_MAY,
    TABLE_MAY,
    Column,
    Dataset,
    Kind,
    may,
    must,
)

PEMERIKSAAN = Dataset(
    "pemeriksaan",
    "pemeriksaan yang dilakukan",
    "check carried out",
    (
        DOCUMENT,
        must("check_id", Kind.TEXT, "pengenal pemeriksaan", "id of the check"),
        must("rule", Kind.TEXT, "aturan (lihat lkjip rules)", "rule (see lkjip rules)"),
        must(
            "outcome",
            Kind.TEXT,
            "cocok, tidak_cocok, atau tak_teruji",
            "cocok (agrees), tidak_cocok (disagrees), tak_teruji (untestable)",
        ),
        may("reason", Kind.TEXT, "sebab tak teruji, atau cara cocoknya", "why untestable, or how it agrees"),
        must("subjek", Kind.TEXT, "apa yang diperiksa", "what was checked"),
        may("stated", Kind.TEXT, "nilai tercetak", "value as printed"),
        may("expected", Kind.TEXT, "nilai hasil hitung", "value by calculation"),
        may("low", Kind.TEXT, "batas bawah nilai tercetak", "lower bound of the printed value"),
        may("high", Kind.TEXT, "batas atas nilai tercetak", "upper bound of the printed value"),
        must("angka", Kind.TEXTS, "angka_id yang terlibat", "ids of the figures involved"),
        may("temuan_id", Kind.TEXT, "temuan yang memuatnya", "finding it is part of"),
    ),
)

_EVIDENCE = (
    TABLE_MAY,
    ROW_MAY,
    COL_MAY,
    PAGE,
    LINE,
    *BOX,
    must("text", Kind.TEXT, "seperti tercetak", "as printed"),
)
_FINDING = (
    must(
        "temuan_id",
        Kind.TEXT,
        "pengenal tetap dari aturan, subjek, tempat",
        "stable id made of rule, subject and place",
    ),
    must("rule", Kind.TEXT, "aturan (lihat lkjip rules)", "rule (see lkjip rules)"),
    must("severity", Kind.TEXT, "tinggi, sedang, atau rendah", "tinggi (high), sedang (medium), rendah (low)"),
    TABLE_MAY,
    PAGE,
    LINE,
    must("subjek", Kind.TEXT, "baris atau indikator, dan apanya", "line item or indicator, and what of it"),
    may("stated", Kind.TEXT, "nilai tercetak", "value as printed"),
    may("expected", Kind.TEXT, "nilai yang seharusnya menurut laporan sendiri", "value by the report's own figures"),
    may("difference", Kind.TEXT, "selisih", "difference"),
    must("pesan", Kind.TEXT, "kalimat temuan (Indonesia)", "the finding as an Indonesian sentence"),
    must("message", Kind.TEXT, "kalimat temuan (Inggris)", "the finding as an English sentence"),
    may("saran", Kind.TEXT, "usul nilai, alasan, dan keyakinannya", "suggested value, its grounds, and how sure"),
    may("saran_en", Kind.TEXT, "saran dalam bahasa Inggris", "the suggestion (saran) in English"),
    must("angka", Kind.TEXTS, "angka_id yang terlibat", "ids of the figures involved"),
    Column("evidence", Kind.STRUCTS, False, "tempat-tempat yang perlu dilihat", "the places to look at", _EVIDENCE),
)

TEMUAN = Dataset("temuan", "temuan", "finding", (DOCUMENT, *_FINDING))

KERAGUAN = Dataset(
    "keraguan",
    "keraguan atas pembacaan kami sendiri",
    "doubt about our own reading",
    (
        DOCUMENT,
        must("kind", Kind.TEXT, "jenis keraguan", "kind of doubt"),
        PAGE,
        LINE,
        TABLE_MAY,
        ROW_MAY,
        COL_MAY,
        must("text", Kind.TEXT, "seperti tercetak", "as printed"),
        must("reason", Kind.TEXT, "sebab ragu", "why we doubt"),
        may("confidence", Kind.REAL, "keyakinan pembacaan, 0 sampai 1", "confidence of the reading, 0 to 1"),
    ),
)

TEMUAN_LINTAS = Dataset(
    "temuan_lintas",
    "temuan antardokumen",
    "finding between documents",
    (
        DOCUMENT,
        must("document_id_lain", Kind.TEXT, "dokumen pembandingnya", "the document it is compared with"),
        *_FINDING,
        must("angka_lain", Kind.TEXTS, "angka_id di dokumen pembanding", "ids of the figures of the other document"),
        Column("evidence_lain", Kind.STRUCTS, False, "tempatnya di dokumen pembanding", "the places there", _EVIDENCE),
    ),
    per_document=False,
)

KELOMPOK_DOKUMEN = Dataset(
    "kelompok_dokumen",
    "dokumen: bagian dan versi laporan yang sama, dan mana yang dipakai",
    "document: parts and versions of one report, and which of them stands for the year",
    (
        DOCUMENT,
        must("jenis", Kind.TEXT, "jenis dokumen: lkjip, rkt, pk, lain", "kind of document: lkjip, rkt, pk, lain"),
        must(
            "kelompok",
            Kind.TEXT,
            "laporan yang dimuatnya, tunggal untuk instansi dan tahun",
            "the report it belongs to, unique for agency and year",
        ),
        must(
            "peran",
            Kind.TEXT,
            "utama, bagian, atau versi_lama",
            "utama (main), bagian (a further part) or versi_lama (an older version)",
        ),
        may("digantikan_oleh", Kind.TEXT, "document_id versi yang lebih baru", "document_id of the newer version"),
        must(
            "anggaran_dipakai",
            Kind.BOOL,
            "benar bila baris anggaran di ringkasan-nya yang dipakai untuk laporan ini",
            "true if its budget lines in ringkasan are those to use for this report",
        ),
        must(
            "kinerja_dipakai",
            Kind.BOOL,
            "benar bila indikator di ringkasan-nya dipakai untuk laporan ini",
            "true if its indicators in ringkasan are to be used for this report",
        ),
        must("alasan", Kind.TEXT, "sebab peran itu (Indonesia)", "why it has that role (Indonesian)"),
        must("reason", Kind.TEXT, "sebab peran itu (Inggris)", "why it has that role (English)"),
    ),
    per_document=False,
)
