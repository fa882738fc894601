"""Which printed rows speak of the same line: by code where there is one, else by level and name.

Names are compared without case, marks and level words; two spellings of one name are joined only where no table
prints both (a table does not list one line under two names) and their numerals agree ("tahap I" is not "tahap II").
Amounts are never compared: two places that disagree about a figure must still be seen as one line.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from schemas.records import Anggaran, Kinerja

SAME_NAME = 93.0  # per cent of likeness from which two spellings are one name
UNLIKE = 50.0  # below it two names of one code are two lines
NOMENCLATURE = ("program", "kegiatan", "sub_kegiatan")

_LEVEL_WORDS = re.compile(r"^(?:program|kegiatan|sub kegiatan|subkegiatan|indikator|sasaran(?: strategis)?)\s+")
_ENUMERATION = re.compile(r"^\W*(?:\d{1,2}|[a-z]|[ivx]{1,4})\s*[.)]\s*(?=\D)")
_NUMERAL = re.compile(r"\b(?:\d+|[ivx]+)\b")


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """A name without case, marks, its number in a list and leading level words; single blanks between its words."""
    bare = _ENUMERATION.sub("", re.sub(r"</?[a-z]+>", " ", name.casefold()))
    text = " ".join(re.findall(r"[^\W_]+", bare))
    return _LEVEL_WORDS.sub("", text) or text


@lru_cache(maxsize=8192)
def plain_kode(kode: str | None) -> str | None:
    """A code without leading zeros and blanks: "8.01.01.2.01 " and "8.1.1.2.1" are one.

    None for a lone number: it counts a line among its neighbours ("kegiatan 2" stands under every programme).
    """
    parts = re.findall(r"\d+", kode or "")
    return ".".join(str(int(part)) for part in parts) if len(parts) > 1 else None


@dataclass(slots=True)
class _Cluster:
    """Spellings of one name, and the tables in which any of them stands."""

    name: str
    spellings: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)


def join_spellings(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """From (plain name, table id), in document order, to the name that stands for each spelling."""
    from rapidfuzz import fuzz, process

    tables: dict[str, set[str]] = defaultdict(set)
    for name, table in names:
        tables[name].add(table)
    clusters: list[_Cluster] = []
    alike: dict[tuple[str, ...], list[_Cluster]] = defaultdict(list)  # by numerals
    texts: dict[tuple[str, ...], list[str]] = defaultdict(list)  # theirs, without blanks
    taken: Counter[tuple[tuple[str, ...], str]] = Counter()  # clusters of some numerals that stand in a table
    for name, where in tables.items():
        squeezed, numerals = name.replace(" ", ""), tuple(_NUMERAL.findall(name))
        others, squeezed_others = alike[numerals], texts[numerals]
        if any(taken[numerals, table] == len(others) for table in where):
            squeezed_others = []  # all stand in a table of this name
        like = process.extract_iter(squeezed, squeezed_others, scorer=fuzz.ratio, score_cutoff=SAME_NAME)
        for _, _, at in like:
            cluster = others[at]
            if cluster.tables.isdisjoint(where):
                break
        else:
            cluster = _Cluster(name)
            clusters.append(cluster)
            others.append(cluster)
            texts[numerals].append(squeezed)
        cluster.spellings.add(name)
        taken.update((numerals, table) for table in where - cluster.tables)
        cluster.tables |= where
    return {spelling: cluster.name for cluster in clusters for spelling in cluster.spellings}


def anggaran_keys(records: Sequence[Anggaran]) -> dict[str, str]:
    """Record id to the key of its line. Equal keys are one line."""
    names = _names_by_level(records)
    by_kode = _kode_keys(records, names)
    kode_of_name: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for record in records:
        if record.record_id in by_kode:
            kode_of_name[record.kelompok, record.tingkat, names[record.record_id]].add(by_kode[record.record_id])
    base: dict[str, str] = {}
    for record in records:
        adopted = kode_of_name.get((record.kelompok, record.tingkat, names[record.record_id]), set())
        group = "" if record.kelompok == "belanja" else f"{record.kelompok}:"
        base[record.record_id] = by_kode.get(record.record_id) or (
            next(iter(adopted)) if len(adopted) == 1 else f"{group}{record.tingkat}:{names[record.record_id]}"
        )
    return _with_parents(records, base)


def _names_by_level(records: Sequence[Anggaran]) -> dict[str, str]:
    levels: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for record in records:
        levels[record.kelompok, record.tingkat].append((plain(record.uraian), record.table_id))
    joined = {level: join_spellings(names) for level, names in levels.items()}
    return {r.record_id: joined[r.kelompok, r.tingkat][plain(r.uraian)] for r in records}


def _kode_keys(records: Sequence[Anggaran], names: dict[str, str]) -> dict[str, str]:
    """Keys of coded rows. The name is part of the key where a code has two names in one table, or two unlike ones."""
    from rapidfuzz import fuzz

    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    everywhere: dict[str, list[str]] = defaultdict(list)
    for record in records:
        if kode := plain_kode(record.kode):
            name = names[record.record_id]
            named[kode, record.table_id].add(name)
            if name not in everywhere[kode]:
                everywhere[kode].append(name)
    shared = {kode for (kode, _), seen in named.items() if len(seen) > 1}
    for kode, spellings in everywhere.items():
        if any(fuzz.token_set_ratio(spellings[0], other) < UNLIKE for other in spellings[1:]):
            shared.add(kode)
    keys = {}
    for record in records:
        if kode := plain_kode(record.kode):
            keys[record.record_id] = f"{kode}:{names[record.record_id]}" if kode in shared else kode
    return keys


def _with_parents(records: Sequence[Anggaran], base: dict[str, str]) -> dict[str, str]:
    """Add the parent to keys that do not tell a line by themselves.

    These are spending lines without a code ("Belanja Pegawai" stands under every activity), and names that one table
    prints under several parents.
    """
    parent = {r.record_id: base.get(r.induk or "", "") for r in records}
    parents: dict[tuple[str, str], set[str]] = defaultdict(set)
    for record in records:
        parents[base[record.record_id], record.table_id].add(parent[record.record_id])
    split = {key for (key, _), seen in parents.items() if len(seen) > 1}
    keys = {}
    for record in records:
        key, above = base[record.record_id], parent[record.record_id]
        own = plain_kode(record.kode) is not None or record.tingkat in (*NOMENCLATURE, "sasaran", "total")
        keys[record.record_id] = f"{key} < {above}" if above and (key in split or not own) else key
    return keys


def total_keys(records: Sequence[Anggaran]) -> dict[str, str]:
    """Record id to the key of a total row: its group, and which of the totals of its table it is.

    What a total is the total of is not printed in its row, so tables that print as many of them are taken side by side.
    """
    rows: dict[str, list[int]] = defaultdict(list)
    keys = {}
    for record in records:
        seen = rows[record.table_id]
        if record.row not in seen:
            seen.append(record.row)
        keys[record.record_id] = f"total:{record.kelompok}:{seen.index(record.row) + 1}"
    return keys


def kinerja_keys(records: Sequence[Kinerja]) -> dict[str, str]:
    """Record id to the key of its indicator; the objective is part of it where one table has it under several."""
    joined = join_spellings((plain(r.indikator), r.table_id) for r in records)
    under: dict[tuple[str, str], set[str]] = defaultdict(set)
    for record in records:
        under[joined[plain(record.indikator)], record.table_id].add(plain(record.sasaran or ""))
    split = {name for (name, _), seen in under.items() if len(seen) > 1}
    keys = {}
    for record in records:
        name = joined[plain(record.indikator)]
        above = plain(record.sasaran or "")
        keys[record.record_id] = f"indikator:{name} < {above}" if name in split and above else f"indikator:{name}"
    return keys
