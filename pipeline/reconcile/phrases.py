"""Sentences of the rules that compare words: predicates, years, names, gaps and contradictions of structure.

They are found by the keys `pesan` (what is wrong) and `dasar` (by what it is known) of a check's detail; every detail of
the check may stand in them as a blank.
"""

from __future__ import annotations

from typing import Literal

Templates = dict[str, dict[Literal["id", "en"], str]]

OPENING: Templates = {
    "predicate": {
        "id": "{where}, {subject}: tertulis kategori {stated} untuk capaian {nilai}, seharusnya {expected}.",
        "en": "{where}, {subject}: category {stated} is given to {nilai} where {expected} is expected.",
    },
}

BASIS: Templates = {
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
