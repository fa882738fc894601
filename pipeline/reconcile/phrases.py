"""Sentences of the rules that compare words: predicates, years, names, gaps and contradictions of structure.

They are found by the keys `pesan` (what is wrong) and `dasar` (by what it is known) of a check's detail; every detail of
the check may stand in them as a blank.
"""

from __future__ import annotations

from typing import Literal

Templates = dict[str, dict[Literal["id", "en"], str]]

OPENING: Templates = {
    "missing_sign": {
        "id": "{where}, {subject}: hanya tertulis {stated}, angkanya tidak ada.",
        "en": "{where}, {subject}: only {stated} is printed, the number is not there.",
    },
    "missing_result": {
        "id": "{where}, {subject}: capaian {capaian} dicantumkan, tetapi realisasinya tidak ada (tertulis: {tertulis}).",
        "en": "{where}, {subject}: capaian {capaian} is stated, but there is no result behind it (printed: {tertulis}).",
    },
    "missing_row": {
        "id": "{where}, {subject}: semua kolom angka kosong, sedangkan baris lain terisi.",
        "en": "{where}, {subject}: all columns of figures are empty while the other rows are filled.",
    },
    "missing_cell": {
        "id": "{where}, {subject}: kolomnya kosong.",
        "en": "{where}, {subject}: the cell is empty.",
    },
    "missing_indicator": {
        "id": "{where}, {subject}: diperjanjikan (target {target}), tetapi hasilnya tidak dilaporkan.",
        "en": "{where}, {subject}: agreed (target {target}), but its result is not reported.",
    },
    "missing_in_table": {
        "id": "{where}: indikator {subject} tidak ada, sedangkan {banyak} tabel lain yang sejenis memuatnya.",
        "en": "{where}: indicator {subject} is not there while {banyak} other tables of this kind hold it.",
    },
    "missing_number": {
        "id": "{where}: angkanya tidak dicantumkan: '{stated}'.",
        "en": "{where}: the number is left out: '{stated}'.",
    },
    "missing_year": {
        "id": "{where}: tahunnya tidak dicantumkan: '{stated}'.",
        "en": "{where}: the year is left out: '{stated}'.",
    },
    "missing_table": {
        "id": "{where}: {subject} disebut, tetapi tabel dengan nomor itu tidak ada dalam laporan.",
        "en": "{where}: {subject} is referred to, but there is no table of that number in the report.",
    },
    "missing_list": {
        "id": "{where}, {subject}: sesudah '{stated}' tidak ada apa pun; baris berikutnya sudah butir lain.",
        "en": "{where}, {subject}: nothing follows '{stated}'; the next line is already another item.",
    },
    "predicate": {
        "id": "{where}, {subject}: tertulis kategori {stated} untuk capaian {nilai}, seharusnya {expected}.",
        "en": "{where}, {subject}: category {stated} is given to {nilai} where {expected} is expected.",
    },
}

BASIS: Templates = {
    "missing_elsewhere": {
        "id": "Di {places} tercetak {expected}.",
        "en": "{expected} is printed in {places}.",
    },
    "predicate_scale": {
        "id": "Skala laporan ({places}): {skala}.",
        "en": "The report's own scale ({places}): {skala}.",
    },
    "predicate_column": {
        "id": "Skala laporan: {skala}. {banyak} kategori di tabel ini tidak sesuai dengannya; mungkin dari skala lama.",
        "en": "The report's own scale: {skala}. {banyak} categories of this table differ from it; perhaps an older scale.",
    },
    "predicate_unlike": {
        "id": "Untuk {nilai} laporan ini di tempat lain menulis {expected}.",
        "en": "Elsewhere the report gives {expected} to {nilai}.",
    },
}
