"""Numbers, account codes and NIPs that are written wrongly."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.reconcile.checking import plain, untestable
from pipeline.reconcile.codes import misfits
from pipeline.reconcile.figures import Spot, index, name_of, subject, two_numbers
from pipeline.reconcile.interval import as_printed
from pipeline.reconcile.screen import lines_holding
from schemas.checks import Check, Outcome
from schemas.records import Report

RULE = "malformed"
SOURCE = (
    "PUEBI (points for thousands, a comma for decimals); Permendagri 90/2019 (codes); PP 11/2017, BKN (NIP: 18 digits)"
)

NIP_DIGITS = 18
OFTEN = 2  # more sentences than this with one notation are one finding
IMAGE = "dibaca dari gambar: titik dan koma pada pindaian tidak pasti"
_SIGNS = re.compile(r"(?:Rp\.?\s*)?[-(]?[\d.,\s]+\)?\s*%?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_POINTS = re.compile(r"9(?:\.9)+")
_COMMAS = re.compile(r"9(?:,9)+")
_DANGLING = re.compile(r"\d,\s*%?\s*$")
_TWICE = re.compile(r"(?:Rp\s*\.?\s*){2,}\d{1,3}(?:\.\d{3})*(?:,\d\d|,-)?", re.IGNORECASE)
_NIP = re.compile(r"\bNIP\b\s*[.:]*\s*(\d(?:[\d ]|\d)*\d)", re.IGNORECASE)


def check(report: Report) -> Iterator[Check]:
    """Angka, kode rekening dan NIP ditulis menurut kaidahnya; satu cara tulis yang berulang dalam tabel satu temuan."""
    tables: dict[str, list[Spot]] = defaultdict(list)
    sentences: dict[str, list[Spot]] = defaultdict(list)
    for spot in index(report).values():
        if spot.figure.table_id is not None:
            tables[spot.figure.table_id].append(spot)
        elif _ill(spot):
            sentences[_notation(spot.figure.text)].append(spot)
    for spots in sentences.values():
        for group in [spots] if len(spots) > OFTEN else [[spot] for spot in spots]:
            yield _wrong(report, group)
    for table_id, spots in tables.items():
        yield from _table(report, table_id, spots)
    yield from _codes(report)
    yield from _nips(report)


def _ill(spot: Spot) -> bool:
    """Malformed, and not merely its currency sign printed twice or two numbers in one cell."""
    text = spot.figure.text.strip()
    return spot.figure.malformed and not _TWICE.fullmatch(text) and not two_numbers(text)


def _table(report: Report, table_id: str, spots: Sequence[Spot]) -> Iterator[Check]:
    groups: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        if _ill(spot):
            groups[_notation(spot.figure.text)].append(spot)
    for group in groups.values():
        yield _wrong(report, group)
    if not groups:
        detail = (("angka", str(len(spots))),)
        subject_ = f"Cara tulis angka tabel {table_id}"
        place = spots[0].figure.place
        yield plain(RULE, "notation", subject_, Outcome.COCOK, place, table_id=table_id, detail=detail)


def _notation(text: str) -> str:
    """How a number is written, whatever its digits and the number of its groups: "Rp. 9.9,9,-"."""
    return _COMMAS.sub("9,9", _POINTS.sub("9.9", _DIGITS.sub("9", " ".join(text.split()))))


def _of_image(report: Report, spot: Spot) -> bool:
    """Whether a figure was read from an image and only its points and commas are odd: a scan loses and mixes them up."""
    return spot.figure.place.page in _images(report) and _SIGNS.fullmatch(spot.figure.text.strip()) is not None


def _images(report: Report) -> frozenset[int]:
    return frozenset(page.number for page in report.document.pages if page.method == "ocr")


def _wrong(report: Report, group: Sequence[Spot]) -> Check:
    sound = [spot for spot in group if not _of_image(report, spot)]
    if not sound:
        figures = [spot.figure for spot in group]
        name = subject(group[0].record, group[0].field, report) if group[0].record is not None else group[0].field
        return untestable(RULE, "notation", name, IMAGE, result=figures[0], operands=figures[1:])
    group = sound
    spot = group[0]
    figure = spot.figure
    name = subject(spot.record, spot.field, report) if spot.record is not None else spot.field
    evident = figure.value is not None and not _DANGLING.search(figure.text)
    return plain(
        RULE,
        "notation",
        name,
        Outcome.TIDAK_COCOK,
        figure.place,
        result=figure,
        operands=[other.figure for other in group[1:]],
        stated_as=figure.text,
        expected=as_printed(figure.value, figure) if evident and figure.value is not None else None,
        detail=(("banyak", str(len(group))),),
    )


def _codes(report: Report) -> Iterator[Check]:
    for misfit in misfits(report):
        yield plain(
            RULE,
            "notation",
            f"Kode rekening {name_of(misfit.record).removeprefix(misfit.code).strip()}",
            Outcome.TIDAK_COCOK,
            misfit.record.place,
            stated_as=misfit.code,
            expected=misfit.expected,
            table_id=misfit.record.table_id,
            detail=(("tetangga", misfit.neighbour),),
        )


def _nips(report: Report) -> Iterator[Check]:
    """A NIP has 18 digits; where another one of the report has it with one digit more, that is what is expected."""
    found = []
    images = _images(report)
    for line in lines_holding(report, ("nip",)):
        if line.place.page in images:
            continue  # a digit more or less is rather the scan's
        for match in _NIP.finditer(line.text):
            digits = match[1].replace(" ", "")
            if NIP_DIGITS - 3 <= len(digits) <= NIP_DIGITS + 3:
                found.append((line.place, " ".join(match[1].split()), digits))
    right = {digits: text for _, text, digits in found if len(digits) == NIP_DIGITS}
    for place, text, digits in found:
        fits = len(digits) == NIP_DIGITS
        meant = {other for other in right if _one_digit_apart(digits, other)} if not fits else set()
        yield plain(
            RULE,
            "notation",
            f"NIP {text} ({place.page or ''}/{place.line or ''})",
            Outcome.COCOK if fits else Outcome.TIDAK_COCOK,
            place,
            stated_as=text,
            expected=text if fits else (right[meant.pop()] if len(meant) == 1 else None),
            detail=(("digit", str(len(digits))),),
        )


def _one_digit_apart(digits: str, other: str) -> bool:
    shorter, longer = sorted((digits, other), key=len)
    if len(longer) - len(shorter) != 1:
        return False
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
