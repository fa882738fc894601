"""Sentences of the rule `nomenclature`; keys and blanks as in `phrases`."""

from __future__ import annotations

from pipeline.reconcile.phrases import Templates

OPENING: Templates = {
    "nomenclature_code": {
        "id": "{where}, {subject}: tercetak {stated}, sedangkan kode resmi untuk nama itu {expected}.",
        "en": "{where}, {subject}: {stated} is printed while the official code of that name is {expected}.",
    },
    "nomenclature_unknown": {
        "id": "{where}, {subject}: kode {stated} tidak ada dalam nomenklatur resmi.",
        "en": "{where}, {subject}: there is no code {stated} in the official nomenclature.",
    },
    "nomenclature_parent": {
        "id": '{where}, {subject}: berada di bawah "{stated}", sedangkan menurut nomenklatur resmi nama itu '
        '({kode_resmi}) termasuk "{expected}".',
        "en": '{where}, {subject}: it stands under "{stated}" while by the official nomenclature that name '
        '({kode_resmi}) belongs to "{expected}".',
    },
}

BASIS: Templates = {
    "nomenclature_name": {
        "id": 'Menurut nomenklatur resmi, {kode} adalah "{resmi}".',
        "en": 'In the official nomenclature {kode} is "{resmi}".',
    },
    "nomenclature_unlisted": {
        "id": "Kode {kode} tidak ada dalam nomenklatur resmi.",
        "en": "There is no code {kode} in the official nomenclature.",
    },
    "nomenclature_no_bidang": {
        "id": "Urusan atau bidang dengan kode itu tidak ada.",
        "en": "There is no urusan or bidang of that code.",
    },
}
