"""Figures we misread, each with what the page really says: the overlay that the next run's checks honour."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.i18n import problem
from pipeline.location import Location
from pipeline.overlay import Correction, Overlay
from pipeline.review.base import reading, writing
from pipeline.review.reviews import LONGEST_NAME, now
from schemas.errors import BadOption

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Misread:
    """One figure marked: read as `read`, printed as `right`; `findings` are those it was found in when it was marked."""

    document_id: str
    angka_id: str
    read: str
    right: str
    by: str
    when: str
    findings: tuple[str, ...] = ()


def mark(
    out: Location, document_id: str, angka_id: str, read: str, right: str, *, by: str = "", findings: Sequence[str] = ()
) -> None:
    """Mark a figure as misread; an empty `right` takes the mark away. Raises `BadOption` for what is no figure's text."""
    right, by = " ".join(right.split()), " ".join(by.split())
    if len(right) > LONGEST or len(by) > LONGEST_NAME:
        raise problem(BadOption, "review_long", n=LONGEST)
    if right == " ".join(read.split()):
        raise problem(BadOption, "review_same", read=read)
    with writing(out) as base:
        base.execute(
            "INSERT INTO salah_baca (document_id, angka_id, terbaca, nilai_benar, temuan, oleh, waktu) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (document_id, angka_id, read, right or None, json.dumps(list(findings)), by, now()),
        )


def misreadings(out: Location) -> list[Misread]:
    """The marks that hold now, by document and figure."""
    with reading(out) as base:
        if base is None:
            return []
        rows = base.execute("SELECT * FROM salah_baca_kini ORDER BY document_id, angka_id").fetchall()
    return [
        Misread(
            row["document_id"],
            row["angka_id"],
            row["terbaca"],
            row["nilai_benar"],
            row["oleh"],
            row["waktu"],
            tuple(json.loads(row["temuan"])),
        )
        for row in rows
    ]


def overlays(out: Location) -> dict[str, Overlay]:
    """What to lay over each document, by its id; documents without marks are not in it."""
    found: dict[str, list[Correction]] = defaultdict(list)
    for one in misreadings(out):
        found[one.document_id].append(Correction(one.angka_id, one.read, one.right))
    return {document_id: tuple(sorted(held)) for document_id, held in found.items()}
