"""Which column is what, and which kind of table it is.

Sense comes from the header's words (`headers.csv`), from the groups that span columns, from units, and - where words are
silent - from what the column holds. Nothing depends on the order or position of columns in a known report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from extractors.column_content import RUPIAH, Content, content_of
from extractors.column_context import NAME_ROLES, by_content, by_context, settle_twins
from extractors.header_paths import header_paths
from extractors.marks import squash
from extractors.roles import UNTIL, YEAR, hints_of, period_of, role_of, year_of
from extractors.seek import lowered
from extractors.tables.rows import texts
from schemas.records import Column, Identity, TypedTable
from schemas.table import RawTable

RESULT_ROLES = ("target", "realisasi", "capaian")
SCALES = (
    (regex.compile(r"(?:dalam\s*)ribu|ribuan", regex.I), Decimal(1000)),
    (regex.compile(r"(?:dalam\s*)juta|jutaan", regex.I), Decimal(10**6)),
    (regex.compile(r"(?:dalam\s*)mil(?:i|y)ar|mil(?:i|y)aran", regex.I), Decimal(10**9)),
)
REGION = regex.compile(
    r"^(?:realisasi|capaian|target|nilai)?\s*(?:tingkat\s+)?"
    r"(?P<region>(?:kota|kab(?:upaten)?\.?|prov(?:insi)?\.?|propinsi)\s+\p{L}[\p{L} ]+|"
    r"nasional|standar nasional|rata-rata nasional)$",
    regex.I,
)
# "X terhadap Y": a ratio of two things named in the header.
COMPARED = regex.compile(
    r"(?P<of>.{3,60}?)\s(?:terhadap|thdp?\.?|dibanding(?:kan)?(?: dengan)?)\s(?P<what>.{2,80})$", regex.I
)
_YEAR_COLUMN = regex.compile(r"(?:tahun|thn|ta)(?:anggaran)?")
_MONTH = regex.compile(r"\d{1,2}")
_QUARTER = regex.compile(r"[IViv]{1,3}|[1-4]")
_QUARTERLY = regex.compile(r"tri\s*wulan|\btw\b|kuartal", regex.I)
LAST_YEAR = regex.compile(r"tahun(?:lalu|sebelumnya)|(?:tahun)?n-1|thnlalu")


def type_table(raw: RawTable, identity: Identity) -> TypedTable:
    """Give every column of a table its meaning, and the table its kind (anggaran, kinerja, campuran, lain)."""
    body = [texts(r) for r in raw.rows[raw.n_header :]]
    contents = [content_of([r[j] for r in body if j < len(r)]) for j in range(raw.n_cols)]
    paths = header_paths(raw)
    if raw.n_header:
        columns = [_column(j, path, identity) for j, path in enumerate(paths)]
        columns = _series_periods(columns, paths, raw)
        columns = by_context(columns, paths, contents)
    else:
        columns = by_content(contents)
    columns = settle_twins(columns, contents, paths)
    scale = _scale(raw.title or "")
    if scale != 1:
        columns = [
            replace(c, scale=scale) if c.role in ("anggaran", "realisasi_anggaran", "selisih") and c.scale == 1 else c
            for c in columns
        ]
    kind = _kind(columns, contents)
    known = sum(c.role != "lain" for c in columns) / max(1, len(columns))
    confidence = min(raw.confidence, 1.0 if raw.n_header else 0.6) * (0.5 + 0.5 * known)
    return TypedTable(raw=raw, kind=kind, columns=tuple(columns), confidence=round(confidence, 3))


def _column(j: int, path: Sequence[str], identity: Identity) -> Column:
    header = " > ".join(path)
    role, year, stage, period, acuan = "lain", None, None, None, None
    for text in reversed(path):
        if year is None:
            year = year_of(text)
        stage = stage or hints_of(text).get("stage")
        period = period or period_of(text)
        acuan = acuan or hints_of(text).get("acuan")
    if year is None and any(LAST_YEAR.search(squash(t)) for t in path) and identity.year:
        year = identity.year - 1
    for text in reversed(path):
        found = role_of(text)
        if found:
            role = found
            break
    if any(_is_other_region(t, identity) for t in path) or role_of(" ".join(path)) == "asing":
        role = "asing"
    if role == "lain" and acuan and path:
        role = "target"
    if role == "lain" and path and _YEAR_COLUMN.fullmatch(squash(path[-1])):
        role = "tahun"
    if any(hints_of(t).get("baseline") for t in path) and role in ("lain", "realisasi", "target"):
        role = "realisasi"
        acuan = None
    if path and (compared := COMPARED.search(path[-1])):
        # "Capaian tahun 2016 terhadap RPJMD 2018 (4/5)*100%" is a ratio, and an achievement of the first year named
        role, acuan = _ratio(compared["what"], role, acuan)
        if role in ("capaian", "persen"):
            year = year_of(compared["of"]) or year
    if acuan == "kondisi_akhir":
        acuan = "akhir_rencana"
    if acuan == "akhir_rencana" and role == "realisasi" and (not year or year >= (identity.year or 9999)):
        role = "target"  # the plan's last year lies ahead: what stands there is what is wanted
    if path and UNTIL.search(path[-1]) and role == "realisasi":
        acuan = "akhir_rencana"  # cumulated over the plan's years: another thing than the year's own figure
    unit = "rp" if any(RUPIAH.search(t) for t in path[-1:]) else ("persen" if path and "%" in path[-1] else None)
    return Column(
        index=j,
        role=role,
        header=header,
        group=" > ".join(path[:-1]) or None,
        year=year,
        stage=stage,
        period=period,
        acuan=acuan,
        scale=_scale(header),
        unit=unit,
    )


def _series_periods(columns: Sequence[Column], paths: Sequence[Sequence[str]], raw: RawTable) -> list[Column]:
    """Headers 1..12 are months, I..IV (or 1..4 under "Triwulan") quarters."""
    for i in range(raw.n_header):
        cells = [t for t in texts(raw.rows[i]) if t]
        months = [t for t in cells if _MONTH.fullmatch(t)]
        quarters = [t.upper() for t in cells if _QUARTER.fullmatch(t)]
        if [int(t) for t in months] == list(range(1, 13)):
            names = {t: f"B{int(t):02}" for t in months}
        elif (
            len(quarters) == 4
            and quarters in (["I", "II", "III", "IV"], ["1", "2", "3", "4"])
            and any(_QUARTERLY.search(" ".join(p)) for p in paths)
        ):
            names = {t: f"TW{n}" for n, t in enumerate([t for t in cells if t.upper() in quarters], 1)}
        else:
            continue
        return [
            replace(c, period=c.period or next((names[t] for t in p if t in names), None))
            for c, p in zip(columns, paths, strict=True)
        ]
    return list(columns)


def _ratio(what: str, role: str, acuan: str | None) -> tuple[str, str | None]:
    """Role and reference of a column that compares: with the plan, with others, or with an earlier year."""
    words = squash(what)
    if regex.search(r"nasional|provinsi|kotalain|daerahlain|standar", words):
        return "asing", acuan
    if regex.search(r"renstra|rpjmd|rpd|jangkamenengah|akhir", words):
        return "capaian", "akhir_rencana"
    if regex.search(r"target|perjanjian|rencana|^pk|anggaran|angg|pagu", words):
        return ("persen" if regex.search(r"anggaran|angg|pagu", words) else "capaian"), acuan
    if YEAR.search(what) or regex.search(r"tahun(?:lalu|sebelumnya)", words):
        return "selisih", acuan
    return role, acuan


def _is_other_region(text: str, identity: Identity) -> bool:
    low = lowered(text)
    if not any(name in low for name in ("kota", "kab", "pro", "nasional")):
        return False  # the usual header, told at once
    match = REGION.match(YEAR.sub("", text).strip(" ()"))
    if not match:
        return False
    own = squash(identity.wilayah or "")
    region = squash(match["region"])
    bare_own = regex.sub(r"^(?:kota|kabupaten|provinsi)", "", own)
    bare = regex.sub(r"^(?:kota|kabupaten|kab|provinsi|propinsi|prov)", "", region)
    return not (own and bare and (bare == bare_own or region == own))


def _scale(text: str) -> Decimal:
    low = lowered(text)
    if not ("ribu" in low or "juta" in low or "mil" in low):
        return Decimal(1)
    for pattern, scale in SCALES:
        if pattern.search(text):
            return scale
    return Decimal(1)


def _kind(columns: Sequence[Column], contents: Sequence[Content]) -> str:
    money = any(c.role in ("anggaran", "realisasi_anggaran") and contents[c.index].figures > 0 for c in columns)
    named = any(c.role in ("indikator", "sasaran", "tujuan", *NAME_ROLES) for c in columns)
    indicator = any(c.role in ("indikator", "sasaran") for c in columns)
    planned = any(c.role == "target" for c in columns)
    # A list of things with "realisasi" alone (taxes, vehicles) is no performance table.
    results = any(c.role in RESULT_ROLES for c in columns) and named and (indicator or planned)
    if money and results and (planned or (indicator and any(c.role == "realisasi" for c in columns))):
        return "campuran"
    if money:
        return "anggaran"
    if results:
        return "kinerja"
    return "lain"
