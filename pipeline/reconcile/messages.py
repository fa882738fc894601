"""The sentences of findings, Indonesian and English, in one place; numbers as Babel says that a language writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from pipeline.reconcile import phrases, phrases_nomenclature
from schemas.document import Place
from schemas.records import Report

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, Language] = ("id", "en")

# What is wrong. {where} and {subject} begin a sentence; {basis} tells by what the expected value is known.
OPENING: dict[str, dict[Language, str]] = {
    "figure": {
        "id": "{where}, {subject}: tercetak {stated}, seharusnya {expected}; selisih {difference}{share}.",
        "en": "{where}, {subject}: {stated} is printed where {expected} is expected; "
        "the difference is {difference}{share}.",
    },
    "words": {
        "id": "{where}, {subject}: tercetak {stated}, sedangkan hurufnya menyebut {expected}.",
        "en": "{where}, {subject}: {stated} is printed while the words say {expected}.",
    },
    "terbilang": {
        "id": "{where}, {subject}: hurufnya menyebut {stated}, sedangkan angkanya {expected}.",
        "en": "{where}, {subject}: the words say {stated} while the digits are {expected}.",
    },
    "listed": {
        "id": "{where}, {subject}: disebut {stated}, sedangkan yang didaftar {expected}.",
        "en": "{where}, {subject}: {stated} are announced while {expected} are listed.",
    },
    "citation": {
        "id": "{where}, {subject}: tercetak {stated}, peraturan dengan judul itu seharusnya {expected}.",
        "en": "{where}, {subject}: {stated} is printed; the regulation of that title has {expected}.",
    },
    "achieved": {
        "id": "{where}, {subject}: disebut {stated}, sedangkan menurut tabel capaian {expected}.",
        "en": "{where}, {subject}: {stated} are named while the tables of achievement give {expected}.",
    },
    "running": {
        "id": "{where}, {subject}: nomor urutnya sampai {stated}, sedangkan barisnya {expected}; satu nomor terlewat.",
        "en": "{where}, {subject}: the numbers run to {stated} over {expected} lines; one number is left out.",
    },
    "notation": {
        "id": "{where}, {subject}: tertulis {stated}; cara tulisnya keliru, yang dimaksud tampaknya {expected}.",
        "en": "{where}, {subject}: written {stated}; the notation is wrong, {expected} is evidently meant.",
    },
    "notation_unknown": {
        "id": "{where}, {subject}: tertulis {stated}; angkanya tidak lengkap atau salah tulis.",
        "en": "{where}, {subject}: written {stated}; the number is incomplete or written wrongly.",
    },
    "swapped": {
        "id": "{where}, {subject}: realisasi {stated} dan anggaran {expected} tertukar tempat.",
        "en": "{where}, {subject}: realisation {stated} and budget {expected} stand in each other's place.",
    },
    "exchanged": {
        "id": "{where}, {subject}: tercetak {stated}, tertukar dengan {expected} pada {other}.",
        "en": "{where}, {subject}: {stated} is printed, exchanged with {expected} of {other}.",
    },
    "over_budget": {
        "id": "{where}, {subject}: {stated} melebihi anggarannya {expected} sebesar {difference}{share}.",
        "en": "{where}, {subject}: {stated} exceeds its budget {expected} by {difference}{share}.",
    },
    "scan": {
        "id": "Periksa pindaian. ",
        "en": "Check the scan. ",
    },
}

# How large a difference in money is, beside its total.
SHARE: dict[Language, str] = {
    "id": " ({share} % dari jumlah {total})",
    "en": " ({share} % of the total {total})",
}

# By what the expected value is known, one sentence for each failing check.
BASIS: dict[str, dict[Language, str]] = {
    "sum_result": {
        "id": "Jumlah {parts} bagiannya {computed}.",
        "en": "Its {parts} parts add up to {computed}.",
    },
    "sum_part": {
        "id": "Dengan {expected}, jumlah {parts} bagian sama dengan {total} ({total_subject}).",
        "en": "With {expected} the {parts} parts add up to {total} ({total_subject}).",
    },
    "ratio_result": {
        "id": "{numerator} : {denominator} x 100 = {computed} (rumus {formula}).",
        "en": "{numerator} / {denominator} x 100 = {computed} (formula {formula}).",
    },
    "ratio_part": {
        "id": "Dengan {expected}, persentase {percentage} ({total_subject}) cocok.",
        "en": "With {expected} the percentage {percentage} ({total_subject}) is right.",
    },
    "formula_result": {
        "id": "{calculation} = {computed}.",
        "en": "{calculation} = {computed}.",
    },
    "mean_result": {
        "id": "Rata-rata {parts} angkanya {computed}.",
        "en": "The average of its {parts} figures is {computed}.",
    },
    "formula_part": {
        "id": "Dengan {expected}, hasil {percentage} ({total_subject}) cocok.",
        "en": "With {expected} the result {percentage} ({total_subject}) is right.",
    },
    "equal": {
        "id": "{other} tercetak di {places}.",
        "en": "{other} is printed in {places}.",
    },
    "notation_many": {
        "id": "Cara tulis yang sama berulang pada {count} angka.",
        "en": "The same notation is repeated in {count} figures.",
    },
    "code": {
        "id": "Baris di bawahnya berkode {neighbour}.",
        "en": "The row below has the code {neighbour}.",
    },
    "nip": {
        "id": "NIP terdiri atas 18 digit, di sini {digits}.",
        "en": "A NIP has 18 digits, this one {digits}.",
    },
    "sentence": {
        "id": 'Kalimatnya: "{sentence}".',
        "en": 'The sentence: "{sentence}".',
    },
    "also": {
        "id": "Juga {field}: tercetak {stated}, seharusnya {expected}.",
        "en": "Also {field}: {stated} is printed where {expected} is expected.",
    },
}

OPENING |= phrases.OPENING | phrases_nomenclature.OPENING
BASIS |= phrases.BASIS | phrases_nomenclature.BASIS

SUGGESTION: dict[str, dict[Language, str]] = {
    "one": {
        "id": "{expected} ({grounds}; keyakinan {sure})",
        "en": "{expected} ({grounds}; confidence {sure})",
    },
    "rival": {
        "id": "; sama kuatnya: {others}",
        "en": "; just as likely: {others}",
    },
    "open": {
        "id": "{expected}, atau salah satu bagiannya yang keliru: laporan tidak memberi petunjuk lain",
        "en": "{expected}, or one of its parts is wrong: the report gives no other hint",
    },
    "parts": {
        "id": "jumlahnya cocok dengan hitungan lain, jadi salah satu bagiannya yang keliru: {others}",
        "en": "the total agrees with other sums, so one of its parts is wrong: {others}",
    },
    "none": {
        "id": "tidak ada satu perubahan yang membuat semua pemeriksaan ini cocok",
        "en": "no single change makes all of these checks agree",
    },
}
# Why a suggested value is likely.
GROUND: dict[str, dict[Language, str]] = {
    "mends": {"id": "dengan nilai ini {count} pemeriksaan menjadi cocok", "en": "checks that then agree: {count}"},
    "angka": {"id": "berbeda satu angka dari yang tercetak", "en": "one digit away from what is printed"},
    "tukar": {"id": "dua angka bersebelahan tertukar", "en": "two neighbouring digits exchanged"},
    "kelompok": {"id": "tiga angka hilang atau terulang", "en": "three digits lost or doubled"},
    "pemisah": {"id": "tanda desimal atau ribuannya bergeser", "en": "its separator moved"},
    "elsewhere": {"id": "angka itu tercetak juga di {places}", "en": "the number is also printed here: {places}"},
    "copied": {
        "id": "yang tercetak sama dengan angka di atas atau di sebelahnya",
        "en": "what is printed is the number above it or beside it",
    },
    "stage": {
        "id": "yang tercetak adalah angka {stage} dari baris yang sama",
        "en": "what is printed is the figure of {stage} in the same row",
    },
    "swapped": {"id": "tertukar dengan {other}", "en": "exchanged with {other}"},
    "cell": {"id": "{subject} (tercetak {stated}) menjadi {value}", "en": "{subject} (printed {stated}) being {value}"},
}
SURE: dict[str, dict[Language, str]] = {
    "high": {"id": "tinggi", "en": "high"},
    "middle": {"id": "sedang", "en": "middling"},
    "low": {"id": "rendah", "en": "low"},
}


@dataclass(frozen=True, slots=True)
class Where:
    """Places in words: tables by their printed label, pages or lines."""

    report: Report

    def of(self, place: Place, table_id: str | None, language: Language) -> str:
        spot = self._spot(place, language)
        if table_id is None:
            return spot[:1].upper() + spot[1:] if spot else {"id": "Teks", "en": "Text"}[language]
        label = self.table(table_id, language)
        return f"{label}, {spot}" if spot else label

    def inside(self, place: Place, table_id: str | None, language: Language) -> str:
        """The place as it stands within a sentence."""
        text = self.of(place, table_id, language)
        return text[:1].lower() + text[1:] if table_id is None else text

    def table(self, table_id: str, language: Language) -> str:
        for table in self.report.tables:
            raw = table.raw
            if raw.table_id == table_id:
                name = {"id": "Tabel", "en": "Table"}[language]
                if raw.label:
                    return f"{name} {raw.label}"
                return f'{name} "{_short(raw.title)}"' if raw.title else f"{name} {table_id}"
        return table_id

    def _spot(self, place: Place, language: Language) -> str:
        if place.page is not None:
            return f"{'halaman' if language == 'id' else 'page'} {place.page}"
        if place.line is not None:
            return f"{'baris' if language == 'id' else 'line'} {place.line}"
        return ""


def number(value: Decimal | str | None, language: Language) -> str:
    """A number as the language writes it, with the decimals it has; words as they are."""
    if value is None:
        return {"id": "(tidak ada)", "en": "(none)"}[language]
    if isinstance(value, str):
        return value
    return f"{value:,f}".translate(_signs(language))


@cache
def _signs(language: Language) -> dict[int, str]:
    """The signs of a language in the place of Python's own."""
    from babel.numbers import get_decimal_symbol, get_group_symbol, get_minus_sign_symbol

    own = {",": get_group_symbol(language), ".": get_decimal_symbol(language), "-": get_minus_sign_symbol(language)}
    return str.maketrans(own)


def join(sentences: Sequence[str]) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _short(text: str | None, words: int = 8) -> str:
    parts = (text or "").split()
    return " ".join(parts[:words]) + ("…" if len(parts) > words else "")
