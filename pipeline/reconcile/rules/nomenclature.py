"""Codes and names of budget lines against the official list (which the records carry as their `standar`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.reconcile.checking import Detail, plain
from pipeline.reconcile.codes import misfits
from pipeline.reconcile.figures import name_of
from schemas.checks import Check, Evidence, Outcome
from schemas.records import Anggaran, Report, Resmi, Standar

RULE = "nomenclature"
SOURCE = "Permendagri 90/2019; Kepmendagri 050-5889/2021 and 900.1.15.5-1317/2023 (codes and nomenclature)"

EXACT = 0.97  # likeness of letters from which a name is the official one
ALIKE = 0.85  # likeness from which it is a wording of it
OTHER = 0.7  # likeness below which it is another name altogether
LEVELS = ("program", "kegiatan", "sub_kegiatan")
OLD_NUMBER = 2  # digits of a sub kegiatan's number in the editions before 2023; many were given anew since
MANY = 3  # codes of a table that disagree before the table itself is doubted
LOCAL = "nama tidak ada dalam daftar resmi"
OTHER_EDITION = "penomoran edisi nomenklatur yang lain"


def check(report: Report) -> Iterator[Check]:
    """Kode dan nama program, kegiatan dan sub kegiatan cocok dengan nomenklatur resmi, di bawah induk yang benar.

    Misspellings and older wordings agree. A code is held against the list's name for it; a line without a code against
    the line above it. Where most codes of a table disagree, it follows another edition of the list.
    """
    by_id = {line.record_id: line for line in report.anggaran}
    ill_written = {misfit.record.record_id for misfit in misfits(report)}  # the rule `malformed` tells those
    tables: dict[str, dict[int, Anggaran]] = {}
    for line in report.anggaran:
        if line.standar is not None and line.tingkat in LEVELS and line.record_id not in ill_written:
            tables.setdefault(line.table_id, {}).setdefault(line.row, line)
    for rows in tables.values():
        coded = [_coded(line, line.standar) for line in rows.values() if line.kode and line.standar]
        yield from _believable([one for one in coded if one is not None])
        for line in rows.values():
            if not line.kode and (one := _under(line, by_id.get(line.induk or ""))) is not None:
                yield one


def _believable(coded: Sequence[Check]) -> Iterator[Check]:
    """The checks of a table's codes; untestable where most fail."""
    failing = [one for one in coded if one.outcome is Outcome.TIDAK_COCOK]
    doubted = len(failing) >= MANY and 2 * len(failing) > len(coded)
    for one in coded:
        if doubted and one.outcome is Outcome.TIDAK_COCOK:
            yield replace(one, outcome=Outcome.TAK_TERUJI, reason=OTHER_EDITION)
        else:
            yield one


def _coded(line: Anggaran, standar: Standar) -> Check | None:
    """A printed code: is it in the list, and is the printed name the one it has there?"""
    by_code, joined = standar.menurut_kode, standar.resmi
    named = [one for one in standar.menurut_nama if one.kemiripan >= EXACT and one.tingkat == line.tingkat]
    if by_code is not None:
        if by_code.kemiripan >= ALIKE or by_code.kode in {one.kode for one in (joined, *standar.menurut_nama) if one}:
            return _code(line, Outcome.COCOK)
        if not named or by_code.kemiripan >= OTHER:
            return _code(line, Outcome.TAK_TERUJI, reason=LOCAL)
    elif standar.kode_dikenal is None:
        return None
    elif not named:
        if standar.kode_dikenal in ("none", "urusan"):
            return _code(line, Outcome.TIDAK_COCOK, grounds=(("dasar", "nomenclature_no_bidang"),))
        return _code(line, Outcome.TAK_TERUJI, reason=LOCAL)
    right = joined if joined in named else named[0]
    assert right is not None
    if _renumbered(line, named):
        return _code(line, Outcome.TAK_TERUJI, reason=OTHER_EDITION)
    if by_code is not None:
        grounds: Detail = (("dasar", "nomenclature_name"), ("resmi", by_code.nama))
    else:
        grounds = (("dasar", "nomenclature_unlisted"),)
    return _code(line, Outcome.TIDAK_COCOK, _in_print(right.kode, line.kode or ""), grounds=grounds)


def _renumbered(line: Anggaran, named: Sequence[Resmi]) -> bool:
    """Whether a sub kegiatan stands under its own kegiatan and only its number is that of an older edition."""
    parts = _plain(line.kode).split(".")
    if line.tingkat != "sub_kegiatan" or len(parts) != 6 or len(parts[5]) > OLD_NUMBER:
        return False
    return any((one.induk or "").split(".")[2:] == parts[2:5] for one in named)


def _in_print(official: str, printed: str) -> str:
    """An official code as the report would print it: its own bidang for X.XX, two digits where it prints two."""
    own, parts = _plain(printed).split("."), official.split(".")
    if parts[0] == "X" and len(own) > 1:
        parts[:2] = own[:2]
    if len(parts) == 6 and len(own[-1]) <= OLD_NUMBER and parts[5].startswith("00"):
        parts[5] = parts[5][2:]
    return ".".join(parts)


def _plain(printed: str | None) -> str:
    return "".join((printed or "").split()).strip(".")


def _code(
    line: Anggaran, outcome: Outcome, expected: str | None = None, *, reason: str | None = None, grounds: Detail = ()
) -> Check:
    if outcome is Outcome.COCOK:
        expected = line.kode
    opening = "nomenclature_code" if expected else "nomenclature_unknown"
    other_program = expected is None or _plain(line.kode).split(".")[:3] != expected.split(".")[:3]
    weight = "sedang" if other_program else "rendah"
    return plain(
        RULE,
        "words",
        f"{name_of(line)}: kode",
        outcome,
        line.place,
        stated_as=line.kode,
        expected=expected,
        table_id=line.table_id,
        reason=reason,
        detail=(("pesan", opening), ("berat", weight), ("kode", _plain(line.kode)), *grounds) if grounds else (),
        seen=(_seen(line),),
    )


def _under(line: Anggaran, above: Anggaran | None) -> Check | None:
    """A line without a code: does its name belong under the line above it?"""
    parent = above.standar.resmi if above is not None and above.standar is not None else None
    if line.standar is None or above is None or parent is None or above.table_id != line.table_id:
        return None
    named = [one for one in line.standar.menurut_nama if one.kemiripan >= EXACT and one.tingkat == line.tingkat]
    next_level = parent.tingkat in LEVELS and LEVELS.index(line.tingkat) == LEVELS.index(parent.tingkat) + 1
    if not named or not next_level or parent.kemiripan < ALIKE:
        return None
    fits = any(one.induk == parent.kode for one in named)
    right = named[0]
    return plain(
        RULE,
        "words",
        f"{line.uraian}: induk",
        Outcome.COCOK if fits else Outcome.TIDAK_COCOK,
        line.place,
        stated_as=above.uraian,
        expected=parent.nama if fits else right.nama_induk,
        table_id=line.table_id,
        detail=() if fits else (("pesan", "nomenclature_parent"), ("berat", "sedang"), ("kode_resmi", right.kode)),
        seen=(_seen(line), _seen(above)),
    )


def _seen(line: Anggaran) -> Evidence:
    return Evidence(line.uraian, line.place, line.table_id, line.row)
