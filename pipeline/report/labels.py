"""What codes of the datasets are called on the pages, in Indonesian and English."""

from __future__ import annotations

from typing import NamedTuple


class Both(NamedTuple):
    """One text in both languages; the page shows one of them."""

    id: str
    en: str


SEVERITIES = ("tinggi", "sedang", "rendah")
SEVERITY = {
    "tinggi": Both("Tinggi", "High"),
    "sedang": Both("Sedang", "Medium"),
    "rendah": Both("Rendah", "Low"),
}
SHAPE = {"tinggi": "▲", "sedang": "◆", "rendah": "○"}

# Rule: its name, and what it compares.
RULE: dict[str, tuple[Both, Both]] = {
    "sum": (Both("Penjumlahan", "Sums"), Both("jumlah dibanding rinciannya", "totals against their parts")),
    "percent": (
        Both("Persentase", "Percentages"),
        Both("persentase dibanding realisasi : anggaran", "percentage against actual / budget"),
    ),
    "capaian": (
        Both("Capaian", "Achievement"),
        Both("capaian dibanding realisasi dan target", "achievement against actual and target"),
    ),
    "cross_table": (
        Both("Antartabel", "Across tables"),
        Both("angka yang sama pada dua tabel atau lebih", "one figure in two or more tables"),
    ),
    "narrative": (
        Both("Narasi", "Running text"),
        Both("angka dalam kalimat dibanding tabel", "figures in sentences against tables"),
    ),
    "terbilang": (Both("Terbilang", "Words"), Both("huruf dibanding angka", "amount in words against digits")),
    "count": (
        Both("Banyaknya", "Counts"),
        Both("jumlah yang disebut dibanding yang didaftar", "number announced against number listed"),
    ),
    "malformed": (Both("Cara tulis", "Notation"), Both("angka yang salah tulis", "numbers written wrongly")),
    "predicate": (
        Both("Predikat", "Category words"),
        Both("predikat dibanding skala laporan sendiri", "category word against the report's own scale"),
    ),
    "year": (Both("Tahun", "Year"), Both("tahun yang tertinggal dari laporan lain", "a year left over")),
    "agency": (
        Both("Instansi", "Agency"),
        Both("nama instansi yang tertinggal dari laporan lain", "another agency's name left over"),
    ),
    "over_budget": (
        Both("Melebihi pagu", "Over budget"),
        Both("realisasi belanja dibanding anggarannya", "spending against its budget"),
    ),
    "kelengkapan": (
        Both("Kelengkapan", "Completeness"),
        Both(
            "isi yang diminta PermenPAN-RB 53/2014, ada atau tidak",
            "what PermenPAN-RB 53/2014 asks for, present or not",
        ),
    ),
    "missing": (
        Both("Tidak lengkap", "Missing"),
        Both("capaian tanpa realisasi", "achievement without an actual"),
    ),
    "efficiency": (
        Both("Efisiensi", "Efficiency"),
        Both("efisiensi dibanding angkanya sendiri", "stated efficiency against its own figures"),
    ),
    "swapped": (Both("Tertukar", "Swapped"), Both("dua angka bertukar tempat", "two figures in each other's place")),
    "nomenclature": (
        Both("Nomenklatur", "Nomenclature"),
        Both("kode dibanding nama resminya", "code against its official name"),
    ),
    "prior_year": (
        Both("Tahun lalu", "Prior year"),
        Both("kolom tahun lalu dibanding laporan tahun lalu", "last year's column against last year's report"),
    ),
    "other": (Both("Lainnya", "Other"), Both("pemeriksaan lain", "other checks")),
}

# What `expected` of a finding is, where it is not simply what should be printed.
EXPECTED = {
    "over_budget": Both("Anggarannya", "Its budget"),
    "swapped": Both("Bertukar dengan", "Swapped with"),
    "malformed": Both("Yang dimaksud", "Evidently meant"),
    "terbilang": Both("Angkanya", "The digits"),
    "agency": Both("Instansi pelapor", "Reporting agency"),
}
# Rules that compare words, names or years: what they state is no amount, and 2023 is not 2.023.
WORDED = frozenset({"agency", "missing", "nomenclature", "predicate", "year"})
EXPECTED_ELSE = Both("Seharusnya", "Expected")

KIND = {
    "lkjip": Both("Laporan Kinerja Instansi Pemerintah (LKjIP)", "Performance report (LKjIP)"),
    "rkt": Both("Rencana Kinerja Tahunan (RKT)", "Annual performance plan (RKT)"),
    "pk": Both("Perjanjian Kinerja (PK)", "Performance agreement (PK)"),
    "lain": Both("Dokumen lain", "Other document"),
}
KIND_SHORT = {"lkjip": "LKjIP", "rkt": "RKT", "pk": "PK", "lain": "Lain"}
FORMAT = {
    "text": Both("teks", "text"),
    "pdf": Both("PDF", "PDF"),
    "scan": Both("PDF hasil pindai", "scanned PDF"),
    "mixed": Both("PDF campuran (teks dan pindaian)", "mixed PDF (text and scans)"),
}
STATUS = {
    "ok": Both("terbaca seluruhnya", "read in full"),
    "partial": Both("terbaca sebagian", "read in part"),
    "failed": Both("tidak terbaca", "could not be read"),
}
PAGE_STATUS = {
    "read": Both("terbaca", "read"),
    "skipped": Both("dilewati", "skipped"),
    "failed": Both("tidak terbaca", "not read"),
}
OUTCOMES = ("cocok", "tidak_cocok", "tak_teruji")
OUTCOME = {
    "cocok": Both("cocok", "agree"),
    "tidak_cocok": Both("tidak cocok", "disagree"),
    "tak_teruji": Both("tak teruji", "untestable"),
}
REVIEW = {
    "baru": Both("baru", "new"),
    "diterima": Both("diterima", "accepted"),
    "ditolak": Both("ditolak", "rejected"),
    "selesai": Both("selesai", "settled"),
    "salah baca": Both("salah baca", "misread by us"),
}
FIELD = {
    "anggaran": Both("anggaran", "budget"),
    "realisasi": Both("realisasi", "actual"),
    "persen": Both("persen", "percent"),
    "target": Both("target", "target"),
    "capaian": Both("capaian", "achievement"),
    "terbilang": Both("terbilang", "in words"),
}
LEVEL = {
    "program": Both("program", "programme"),
    "kegiatan": Both("kegiatan", "activity"),
    "sub_kegiatan": Both("sub kegiatan", "sub-activity"),
    "belanja": Both("jenis belanja", "kind of spending"),
    "sasaran": Both("sasaran", "objective"),
    "total": Both("jumlah", "total"),
    "lain": Both("baris anggaran", "budget line"),
}


def rule_name(rule: str) -> Both:
    """A rule that is not known here keeps its own name."""
    return RULE[rule][0] if rule in RULE else Both(rule, rule)


def rule_note(rule: str) -> Both:
    return RULE[rule][1] if rule in RULE else Both("", "")


def label_of(known: dict[str, Both], code: str | None) -> Both:
    """The label of a code, or the code itself."""
    return known.get(code or "", Both(code or "", code or ""))
