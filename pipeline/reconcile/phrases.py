"""Sentences of the rules that compare words: predicates, years, names, gaps and contradictions of structure.

They are found by the keys `pesan` (what is wrong) and `dasar` (by what it is known) of a check's detail; every detail of
the check may stand in them as a blank.
"""

from __future__ import annotations

from typing import Literal

Templates = dict[str, dict[Literal["id", "en"], str]]

OPENING: Templates = {
    "other_numbers": {
        "id": "{where}, {subject}: tertulis nomor {stated}, seharusnya {expected} (nomor urutnya {angka}).",
        "en": "{where}, {subject}: number {stated} is printed where {expected} follows (the rows are numbered {angka}).",
    },
    "other_twin": {
        "id": "{where}: baris '{stated}' tercantum dua kali dengan angka yang sama.",
        "en": "{where}: the row '{stated}' stands twice with the same figures.",
    },
    "other_code": {
        "id": "{where}, {subject}: tertulis {stated}, seharusnya {expected} menurut urutan kode di sekitarnya.",
        "en": "{where}, {subject}: {stated} is written where the codes around it call for {expected}.",
    },
    "other_chapter": {
        "id": "{where}, {subject}: tertulis {stated}, seharusnya {expected}.",
        "en": "{where}, {subject}: {stated} is written, it is {expected}.",
    },
    "other_product": {
        "id": "{where}, {subject}: tertulis {stated}, padahal {angka} = {expected}.",
        "en": "{where}, {subject}: {stated} is printed, but {angka} = {expected}.",
    },
    "other_period": {
        "id": "{where}, {subject}: tertulis {stated}, sedangkan di tempat lain {expected}.",
        "en": "{where}, {subject}: {stated} is written, elsewhere {expected}.",
    },
    "other_nip": {
        "id": "{where}, {subject}: tertulis {stated}, sedangkan di tempat lain {expected}.",
        "en": "{where}, {subject}: {stated} is written, elsewhere {expected}.",
    },
    "other_series": {
        "id": "{where}: tertulis '{stated}', padahal angkanya {angka}.",
        "en": "{where}: '{stated}' is said of {angka}.",
    },
    "other_change": {
        "id": "{where}: tertulis '{stated}', padahal angkanya {angka}.",
        "en": "{where}: '{stated}' is said of {angka}.",
    },
    "other_rank": {
        "id": "{where}: tertulis '{stated}'; peringkat {angka} adalah {expected}.",
        "en": "{where}: '{stated}' is said of a rank that went {angka}: {expected}.",
    },
    "other_compared": {
        "id": "{where}: tertulis '{stated}', padahal angkanya {angka}.",
        "en": "{where}: '{stated}' is said of {angka}.",
    },
    "other_target": {
        "id": "{where}, {subject}: tertulis '{stated}', padahal capaiannya {angka}.",
        "en": "{where}, {subject}: '{stated}' is said of a capaian of {angka}.",
    },
    "other_targets": {
        "id": "{where}, {subject}: tertulis '{stated}', padahal ada yang belum: {angka}.",
        "en": "{where}, {subject}: '{stated}' is said, but some are not met: {angka}.",
    },
    "other_unit": {
        "id": "{where}, {subject}: tertulis {stated}; tabelnya memberi nilai, bukan persen ({expected}).",
        "en": "{where}, {subject}: {stated} is printed; the tables give a score, no percentage ({expected}).",
    },
    "other_absorption": {
        "id": "{where}, {subject}: tertulis {stated}; angka itu serapan anggaran, bukan nilai indikatornya.",
        "en": "{where}, {subject}: {stated} is printed; that is the absorption of the budget, not the indicator's score.",
    },
    "other_breakdown": {
        "id": "{where}, {subject}: rinciannya {stated}, sedangkan jumlahnya {expected}.",
        "en": "{where}, {subject}: the parts make {stated} while the whole is {expected}.",
    },
    "other_agreed": {
        "id": "{where}, {subject}: disebut {stated}, sedangkan perjanjian kinerja memuat {expected}.",
        "en": "{where}, {subject}: {stated} are named while the performance agreement holds {expected}.",
    },
    "other_header": {
        "id": "{where}, {subject}: kepala kolom '{stated}' milik tabel sebelumnya; tabel ini tentang '{expected}'.",
        "en": "{where}, {subject}: the header '{stated}' is that of the table before; this one is about '{expected}'.",
    },
    "other_plan_end": {
        "id": "{where}, {subject}: kepala kolom '{stated}', padahal tahun akhir rencana belum tiba: seharusnya {expected}.",
        "en": "{where}, {subject}: headed '{stated}' though the plan's last year lies ahead: it is the {expected}.",
    },
    "efficiency": {
        "id": "{where}, {subject}: tertulis {stated}, seharusnya {expected} menurut angkanya sendiri.",
        "en": "{where}, {subject}: {stated} is printed where its own figures give {expected}.",
    },
    "efficiency_swapped": {
        "id": "{where}, {subject}: tertulis {stated}, seharusnya {expected}; tertukar dengan baris {lain}.",
        "en": "{where}, {subject}: {stated} is printed for {expected}; exchanged with the row {lain}.",
    },
    "efficiency_repeats": {
        "id": "{where}, {subject}: tertulis {stated}; kolom ini hanya mengulang serapan anggaran, bukan efisiensi.",
        "en": "{where}, {subject}: {stated} is printed; the column repeats the absorption and is no efficiency.",
    },
    "year_cover": {
        "id": "{where}, sampul: tertulis {stated}, sedangkan laporan ini tentang tahun {expected}.",
        "en": "{where}, cover: {stated} is printed while the report is that of {expected}.",
    },
    "year_own": {
        "id": "{where}: laporan ini disebut laporan tahun {stated}, seharusnya {expected}.",
        "en": "{where}: this report is called that of {stated}, it is that of {expected}.",
    },
    "year_lead": {
        "id": "{where}: kalimat pengantar menyebut tahun {stated}, sedangkan tabel sesudahnya memuat tahun {expected}.",
        "en": "{where}: the sentence names {stated} while the table it leads into is about {expected}.",
    },
    "year_caption": {
        "id": "{where}, {subject}: judul menyebut tahun {stated}, sedangkan kolom tabelnya tahun {expected}.",
        "en": "{where}, {subject}: the caption names {stated} while the columns of the table are those of {expected}.",
    },
    "year_twice": {
        "id": "{where}, {subject}: tahun yang sama dibandingkan dengan dirinya sendiri ({stated}), mungkin {expected}.",
        "en": "{where}, {subject}: a year is compared with itself ({stated}), perhaps {expected} is meant.",
    },
    "year_plan": {
        "id": "{where}, {subject}: tertulis tahun ke {stated}, seharusnya ke {expected}.",
        "en": "{where}, {subject}: year {stated} is printed, it is year {expected}.",
    },
    "year_claim": {
        "id": "{where}, {subject}: kalimat menyebut tahun {stated}, sedangkan angkanya adalah angka tahun {expected}.",
        "en": "{where}, {subject}: the sentence names {stated} while its figures are those of {expected}.",
    },
    "year_dates": {
        "id": "{where}, {subject}: semuanya tahun {stated}, padahal dilaporkan sebagai capaian tahun {expected}.",
        "en": "{where}, {subject}: all of {stated}, though reported as achievements of {expected}.",
    },
    "year_total": {
        "id": "{where}, {subject}: tertulis {stated}, sedangkan jumlahnya sudah termasuk tahun {expected}.",
        "en": "{where}, {subject}: {stated} is printed while the total takes in {expected}.",
    },
    "year_header": {
        "id": "{where}, {subject}: kepala kolom menyebut realisasi {stated}, padahal kolom realisasinya tahun {expected}.",
        "en": "{where}, {subject}: the header names the results of {stated}, but the column of results is of {expected}.",
    },
    "year_formula": {
        "id": "{where}, {subject}: rumus menyebut tahun {stated}, sedangkan rumus lain tahun {expected}.",
        "en": "{where}, {subject}: the formula names {stated} while the other formulas name {expected}.",
    },
    "agency_name": {
        "id": "{where}: tertulis '{stated}', padahal instansi pelapor adalah {expected}.",
        "en": "{where}: '{stated}' is written while the reporting agency is {expected}.",
    },
    "agency_level": {
        "id": "{where}, {subject}: tertulis '{stated}', sedangkan kalimat sejenis di sekitarnya '{expected}'.",
        "en": "{where}, {subject}: '{stated}' is written while like sentences around it have '{expected}'.",
    },
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
    "also_at": {
        "id": "Lihat juga {places}.",
        "en": "See also {places}.",
    },
    "efficiency_way": {
        "id": "Baris lain mengikuti rumus {rumus}.",
        "en": "The other rows follow the formula {rumus}.",
    },
    "efficiency_sentence": {
        "id": 'Dihitung: {rumus}. Kalimatnya: "{kalimat}".',
        "en": 'Computed: {rumus}. The sentence: "{kalimat}".',
    },
    "efficiency_ratio": {
        "id": 'Angka itu perbandingan capaian dengan serapan, bukan persen ({rumus}). Kalimatnya: "{kalimat}".',
        "en": 'The figure is capaian over absorption, no percentage ({rumus}). The sentence: "{kalimat}".',
    },
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
