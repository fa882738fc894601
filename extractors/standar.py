"""Budget lines joined to the official nomenclature and accounts: the code that is the same for all agencies and years.

A printed name is compared word by word, for the names of siblings differ by one telling word: two names are one only
where every word that differs is a misspelling of its partner, or where words are missing on one side alone. A printed
code bears witness: it lets an older wording pass, and it tells lines of one name from each other, as do the line above
and the agency's own bidang. Lines older than the nomenclature, local ones, and those that could be several stay unjoined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.nomenklatur import NEW_NOMENCLATURE, level_of_code
from extractors.resmi import (
    AKUN,
    HALF,
    LEVELS,
    Official,
    as_read,
    bearing_name,
    code_known,
    letters_alike,
    likeness,
    named_by_code,
    nearest_child,
    nearest_name,
)
from schemas.records import Anggaran, Identity, Resmi, Standar

EXACT = 0.97  # likeness of letters from which a name counts as the official one
BY_CODE = 0.72  # likeness that is enough where the printed code is the official line's own
CLEARLY = 0.1  # by how much a name must be liker to another line than to that of its code
_SPECIAL = ("11", "31", "91", "92", "93", "94", "95", "96", "97")  # Aceh, Jakarta, Papua: lines of their own
_LINKED = (*LEVELS, "lain", "belanja")


def link(lines: Sequence[Anggaran], identity: Identity) -> tuple[Anggaran, ...]:
    """The same records, each with its `standar` (None for totals, objectives, and what the nomenclature is no list of).

    `kode_wilayah` of the identity tells a province from a kabupaten or kota; a fiscal year before 2021 knows no such
    nomenclature, so nothing is joined there except a code of today's form that bears its own official name.
    """
    pemda = _pemda(identity)
    modern = _is_modern(lines, identity.year)
    first: dict[tuple[str, int], Standar | None] = {}
    for line in lines:
        if (line.table_id, line.row) not in first:
            first[line.table_id, line.row] = _standard(line, pemda, modern)
    settled = _settle(lines, first)
    joined = ((line, settled[line.table_id, line.row]) for line in lines)
    return tuple([line if standar is line.standar else replace(line, standar=standar) for line, standar in joined])


def _pemda(identity: Identity) -> str:
    """Whose lines may be meant: p for a province, k for a kabupaten or kota; x where the region has its own."""
    code = identity.kode_wilayah or ""
    name = (identity.wilayah or "").casefold()
    province = "." not in code if code else name.startswith(("provinsi", "daerah istimewa"))
    return ("p" if province else "k") + ("x" if code[:2] in _SPECIAL else "")


def _is_modern(lines: Sequence[Anggaran], year: int) -> bool:
    """Whether lines of an unknown year may be of today's nomenclature: it is the form of their codes that tells."""
    if year:
        return year >= NEW_NOMENCLATURE
    return any(line.kode and code_known(line.kode) in ("kegiatan", "sub_kegiatan") for line in lines)


def _standard(line: Anggaran, pemda: str, modern: bool) -> Standar | None:
    """What code and name say by themselves; `resmi` is the joined line where these two are enough."""
    if line.tingkat not in _LINKED or line.kelompok != "belanja":
        return None
    recent = line.tahun >= NEW_NOMENCLATURE if line.tahun else modern
    accounts = line.tingkat == "belanja"
    coded = named_by_code(line.kode, accounts)
    by_code = nearest_name(line.uraian, coded)
    if not recent:
        sure = by_code is not None and by_code.kemiripan >= EXACT and level_of_code(line.kode) in LEVELS[1:]
        return Standar(by_code, by_code) if sure else None
    named = bearing_name(line.uraian, pemda, accounts)
    named = tuple(one for one in named if one.tingkat == line.tingkat) or named
    chosen = _by_code_and_name(line.uraian, by_code, named)
    found = tuple(as_read(line.uraian, n) for n in named)
    known = code_known(line.kode)
    if chosen is None and by_code is None and not found and known is None:
        return None
    return Standar(chosen, by_code, found, known)


def _by_code_and_name(name: str, by_code: Resmi | None, named: Sequence[Official]) -> Resmi | None:
    """The line that printed code and name agree on; None where they do not, or where there is no known code."""
    if by_code is None:
        return None
    if any(n.kode == by_code.kode for n in named) or by_code.kemiripan >= EXACT:
        return by_code
    by_name = max((letters_alike(name, n.nama) for n in named), default=0.0)
    worded = likeness(name, by_code.nama, HALF, HALF) > 0
    if by_name >= EXACT or (by_name > by_code.kemiripan + CLEARLY and not worded):
        return None  # the name is another line's: what stands around it tells which
    return by_code if worded or by_code.kemiripan >= BY_CODE else None


def _settle(
    lines: Sequence[Anggaran], first: dict[tuple[str, int], Standar | None]
) -> dict[tuple[str, int], Standar | None]:
    """Join what its name alone, the line above it, or the report's own bidang tells from lines of the same name."""
    by_id = {line.record_id: line for line in lines}
    settled = dict(first)
    for again in (False, True):
        bidang = _bidang(settled.values()) if again else None
        for line in lines:
            where = line.table_id, line.row
            standar = settled[where]
            if standar is not None and standar.resmi is not None:
                continue
            above = by_id.get(line.induk or "")
            parent = settled[above.table_id, above.row] if above is not None else None
            parent_line = parent.resmi if parent else None
            named = standar.menurut_nama if standar else ()
            if named:
                chosen = _choose(named, line, parent_line, bidang)
            elif parent_line and line.tingkat in LEVELS and not (standar and standar.menurut_kode):
                chosen = nearest_child(line.uraian, parent_line.kode)
            else:
                continue
            if chosen is not None:
                settled[where] = replace(standar or Standar(None), resmi=chosen)
    return settled


def _choose(
    named: Sequence[Resmi], line: Anggaran, parent: Resmi | None, bidang: frozenset[str] | None
) -> Resmi | None:
    best = max(one.kemiripan for one in named)
    pool = [one for one in named if one.kemiripan >= best - 0.005]
    for keep in (
        lambda one: parent is not None and one.kode.startswith(f"{parent.kode}."),
        lambda one: bidang is not None and one.kode[:4] in bidang,
        lambda one: bool(line.kode) and one.kode.startswith((line.kode or "")[:4]),
    ):
        pool = [one for one in pool if keep(one)] or pool
    if len({one.kode for one in pool}) > 1 and pool[0].tingkat == AKUN:
        pool = [one for one in pool if one.kode.count(".") == min(o.kode.count(".") for o in pool)]
    if len({one.kode for one in pool}) != 1:
        return None
    if pool[0].tingkat != line.tingkat and pool[0].tingkat != AKUN and best < EXACT:
        return None
    return pool[0]


def _bidang(found: Iterable[Standar | None]) -> frozenset[str]:
    """The bidang of the lines joined so far, those of every agency (X.XX) aside: an agency has one, seldom a few."""
    joined = [s.resmi for s in found if s is not None and s.resmi is not None]
    counted = Counter(one.kode[:4] for one in joined if one.tingkat != AKUN and not one.kode.startswith("X"))
    most = max(counted.values(), default=0)
    return frozenset(kode for kode, times in counted.items() if times * 4 >= most)
