"""Which documents are one report: its parts and its versions, and which of them stands for the year.

Documents of one agency, year and kind are one report. Two of them are *versions* of it where they say the same things
about the same lines; else they are *parts* (chapters, an annex). A manifest's `kelompok` settles what is one report;
names of files ("bab 2", "draft", "revisi 2") count before likeness does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.lintas.documents import Reread
from pipeline.lintas.filenames import Marks, marks_of
from pipeline.reconcile.figures import figures_of, records_of, usable
from pipeline.reconcile.names import squash
from pipeline.store.parquet import UNKNOWN_AGENCY
from schemas.records import Anggaran, Kinerja

MAIN, PART, OLD = "utama", "bagian", "versi_lama"
SAME_LINES, SAME_FIGURES = 0.6, 0.5  # share of the larger one's lines and figures that versions have in common
NAMED_VERSION = 0.3  # the same, where a file's name calls one of them a version
ENOUGH = 4  # figures in common before likeness means anything
COVERED = 0.5  # share of a part's indicators that others may have before it adds nothing
_FORMATS = {"text": 0, "pdf": 0, "mixed": 1, "scan": 2}  # read better before worse

REASONS = {
    "alone": ("satu-satunya dokumen", "the only document"),
    "main": ("bagian yang memuat paling banyak realisasi", "the part that holds most results"),
    "part": ("bagian lain dari laporan yang sama", "another part of the same report"),
    "newest": ("versi terbaru", "the newest version"),
    "older": ("versi lama: {words}", "older version: {words}"),
    "marked": ("nama berkas menyebut {old} dan {new}", "the files' names say {old} and {new}"),
    "fuller": (
        "{share} % angkanya sama; yang lain lebih lengkap",
        "{share} % of its figures are the same; the other is fuller",
    ),
    "copy": (
        "{share} % angkanya sama; satu saja yang dipakai",
        "{share} % of its figures are the same; only one of them is used",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A document's place in its report.

    `replaced_by` is the newer version; `budget` and `indicators` say whether its `ringkasan` stands for the report.
    """

    document: Reread
    group: str
    role: str
    replaced_by: str | None
    budget: bool
    indicators: bool
    reason: tuple[str, str]

    @property
    def current(self) -> bool:
        return self.role != OLD


@dataclass(frozen=True, slots=True)
class _Content:
    """What a document says: its lines, and its figures by line and field."""

    document: Reread
    marks: Marks
    lines: frozenset[tuple[str, str]]
    figures: frozenset[tuple[object, ...]]
    results: int


def members_of(documents: Iterable[Reread]) -> list[Member]:
    """Every document with its place in its report, by id. One of an unknown agency or year stands alone."""
    groups: dict[tuple[object, ...], list[Reread]] = defaultdict(list)
    for one in documents:
        stored = one.stored
        alone = stored.agency == UNKNOWN_AGENCY or not stored.year
        named = ("", stored.kelompok) if stored.kelompok else (stored.jenis, "")
        key = (stored.document_id,) if alone else (stored.agency, stored.year, *named)
        groups[key].append(one)
    found = [member for group in groups.values() for member in _report(group)]
    return sorted(found, key=lambda member: member.document.document_id)


def _report(documents: Sequence[Reread]) -> list[Member]:
    contents = sorted((_content(one) for one in documents), key=_newness, reverse=True)
    current: list[_Content] = []
    old: list[tuple[_Content, _Content]] = []
    for content in contents:
        newer = next((other for other in current if _versions(content, other)), None)
        if newer is None:
            current.append(content)
        else:
            old.append((content, newer))
    stored = documents[0].stored
    group = stored.kelompok or f"{stored.jenis}-{stored.year}"
    found = _parts(current, group, bool(old))
    for content, newer in old:
        reason = _why_old(content, newer)
        found.append(Member(content.document, group, OLD, newer.document.document_id, False, False, reason))
    return found


def _parts(current: Sequence[_Content], group: str, versions: bool) -> list[Member]:
    main = max(current, key=lambda c: (c.results, len(c.figures), c.document.document_id))
    budget = max(current, key=lambda c: (c.document.adds_up, c is main, len(c.document.summed["anggaran"])))
    covered: set[str] = set()
    found = []
    for content in sorted(current, key=lambda c: (c is not main, -c.results, -len(c.figures), c.document.document_id)):
        mine = content.document.summed["kinerja"]
        adds = len(mine & covered) <= COVERED * len(mine) if mine else content is main
        covered |= mine if adds else set()
        key = "newest" if versions and len(current) == 1 else "alone" if len(current) == 1 else "part"
        reason = REASONS["main" if content is main and len(current) > 1 else key]
        role = MAIN if content is main else PART
        found.append(Member(content.document, group, role, None, content is budget, adds, reason))
    return found


def _content(document: Reread) -> _Content:
    lines, figures, results = set(), set(), 0
    for record in records_of(document.report):
        if not isinstance(record, Anggaran | Kinerja) or (isinstance(record, Anggaran) and record.tingkat == "total"):
            continue
        name = record.uraian if isinstance(record, Anggaran) else record.indikator
        line = (type(record).__name__, squash(name))
        lines.add(line)
        for field, figure in figures_of(record):
            if usable(figure):
                figures.add((*line, record.tahun, field, figure.value))
                results += field == "realisasi" and record.tahun == document.stored.year
    names = (document.stored.sumber, *document.stored.sumber_lain)
    return _Content(document, marks_of(names), frozenset(lines), frozenset(figures), results)


def _newness(content: _Content) -> tuple[object, ...]:
    """The higher, the newer: the words of the name, then what is read best and holds most."""
    rank = content.marks.rank or 0
    readable = -_FORMATS.get(content.document.stored.format, 0)
    return (rank, readable, len(content.figures), content.document.document_id)


def _versions(one: _Content, other: _Content) -> bool:
    """Whether two documents are versions of one, rather than parts."""
    if one.marks.part != other.marks.part and (one.marks.part or other.marks.part):
        return False
    if len(one.figures & other.figures) < ENOUGH:
        return False
    called = one.marks.rank != other.marks.rank
    lines, figures = (NAMED_VERSION, NAMED_VERSION) if called else (SAME_LINES, SAME_FIGURES)
    return _shared(one.lines, other.lines) >= lines and _shared(one.figures, other.figures) >= figures


def _shared(one: frozenset[Any], other: frozenset[Any]) -> float:
    """Share of the larger set that both have."""
    return len(one & other) / max(len(one), len(other), 1)


def _why_old(old: _Content, new: _Content) -> tuple[str, str]:
    if old.marks.rank != new.marks.rank:
        words = {"old": f'"{old.marks.version}"', "new": f'"{new.marks.version}"'}
        inner = tuple(text.format(**words) for text in REASONS["marked"])
        if not old.marks.version or not new.marks.version:
            said = old.marks.version or new.marks.version
            inner = (f'nama berkas menyebut "{said}"', f'a file\'s name says "{said}"')
    else:
        share = round(100 * _shared(old.figures, new.figures))
        key = "fuller" if len(new.figures) > len(old.figures) else "copy"
        inner = tuple(text.format(share=share) for text in REASONS[key])
    indonesian, english = (text.format(words=words) for text, words in zip(REASONS["older"], inner, strict=True))
    return indonesian, english


def current_of(members: Iterable[Member], year: int, kinds: Sequence[str]) -> list[Reread]:
    """The documents that stand for a year, of some kinds."""
    here = (m.document for m in members if m.current and m.document.stored.year == year)
    return [document for document in here if document.stored.jenis in kinds]
