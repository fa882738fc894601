"""Which column is what, and which kind of table it is.

Sense comes from the header's words (`headers.csv`), from the groups that span columns, from units, and - where words are
silent - from what the column holds. Nothing depends on the order or position of columns in a known report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from extractors.marks import squash
from extractors.roles import CURRENCY_ONLY, UNTIL, YEAR, hints_of, period_of, role_of, year_of
from extractors.tables.rows import LIST_NUMBER, Row, is_figure, texts
from schemas.records import Column, Identity, TypedTable
from schemas.table import RawTable

MONEY_ROLES = ("anggaran", "realisasi_anggaran", "persen")
RESULT_ROLES = ("target", "realisasi", "capaian")
NAME_ROLES = ("uraian", "program", "kegiatan", "sub_kegiatan")
FIGURE_ROLES = {
    "target",
    "realisasi",
    "capaian",
    "anggaran",
    "realisasi_anggaran",
    "persen",
    "selisih",
    "jumlah",
    "efisiensi",
}
RESULTING = regex.compile(r"^(?:jumlah|total|menjadi|setelah|sesudah)")
TO_MONEY = {"target": "anggaran", "realisasi": "realisasi_anggaran", "capaian": "persen", "jumlah": "anggaran"}
SCALES = (
    (regex.compile(r"(?:dalam\s*)ribu|ribuan", regex.I), Decimal(1000)),
    (regex.compile(r"(?:dalam\s*)juta|jutaan", regex.I), Decimal(10**6)),
    (regex.compile(r"(?:dalam\s*)mil(?:i|y)ar|mil(?:i|y)aran", regex.I), Decimal(10**9)),
)
RUPIAH = regex.compile(r"\bRp\b|rupiah", regex.I)
REGION = regex.compile(
    r"^(?:realisasi|capaian|target|nilai)?\s*(?:tingkat\s+)?"
    r"(?P<region>(?:kota|kab(?:upaten)?\.?|prov(?:insi)?\.?|propinsi)\s+\p{L}[\p{L} ]+|"
    r"nasional|standar nasional|rata-rata nasional)$",
    regex.I,
)
# An account code; an amount with groups of three digits is none.
CODE = regex.compile(r"^(?!\d{1,3}(?:\.\d{3})+$)\d{1,2}(?:[.\-]\d{1,4}){1,7}\.?$")
# "X terhadap Y": a ratio of two things named in the header.
COMPARED = regex.compile(
    r"(?P<of>.{3,60}?)\s(?:terhadap|thdp?\.?|dibanding(?:kan)?(?: dengan)?)\s(?P<what>.{2,80})$", regex.I
)
LAST_YEAR = regex.compile(r"tahun(?:lalu|sebelumnya)|(?:tahun)?n-1|thnlalu")
PERCENT_ONLY = regex.compile(r"^\(?\s*(?:%|persen)\s*\)?$", regex.I)


@dataclass(frozen=True, slots=True)
class Content:
    """What a column's body holds: shares among its filled cells."""

    figures: float
    money: float
    percent: float
    list_numbers: float
    codes: float
    rupiah: bool
    length: float
    filled: int
    padded: float  # 1.0 for numbers of one width with leading zeros ("01", "10"), as codes are written


def type_table(raw: RawTable, identity: Identity) -> TypedTable:
    """Give every column of a table its meaning, and the table its kind (anggaran, kinerja, campuran, lain)."""
    body = [texts(r) for r in raw.rows[raw.n_header :]]
    contents = [_content([r[j] for r in body if j < len(r)]) for j in range(raw.n_cols)]
    paths = header_paths(raw)
    if raw.n_header:
        columns = [_column(j, path, identity) for j, path in enumerate(paths)]
        columns = _series_periods(columns, paths, raw)
        columns = _by_context(columns, paths, contents)
    else:
        columns = _by_content(contents)
    columns = _twins(columns, contents, paths)
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


def header_paths(raw: RawTable) -> list[list[str]]:
    """For each column its header texts from the top (widest group) to the bottom, spanning groups filled in."""
    n, width = raw.n_header, raw.n_cols
    rows = [list(texts(r)) + [""] * (width - len(r)) for r in raw.rows[:n]]
    spans = _spans(raw.rows[:n], width)
    grid: list[list[str]] = [[""] * width for _ in range(n)]
    for i in range(n):
        for j in range(width):
            own = rows[i][j]
            if own:
                grid[i][j] = own
            elif spans[i][j] is not None:
                si, sj = spans[i][j]  # type: ignore[misc]
                grid[i][j] = rows[si][sj] if si == i else ""
            else:
                grid[i][j] = _group_left(rows, i, j)
    paths: list[list[str]] = []
    for j in range(width):
        path: list[str] = []
        for i in range(n):
            text = grid[i][j]
            if text and (not path or path[-1] != text):
                path.append(text)
        paths.append(path)
    for j in range(1, width):
        if not paths[j] and not any(rows[i][j] for i in range(n)):
            paths[j] = list(paths[j - 1])  # a header cell that spans this column too, without a text of its own below
    return paths


def _spans(rows: Sequence[Row], width: int) -> list[list[tuple[int, int] | None]]:
    """For each covered cell the (row, col) of the cell that covers it, from the spans a reader has seen."""
    out: list[list[tuple[int, int] | None]] = [[None] * width for _ in rows]
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if cell is None or (cell.col_span == 1 and cell.row_span == 1):
                continue
            for a in range(i, min(len(rows), i + cell.row_span)):
                for b in range(j, min(width, j + cell.col_span)):
                    if (a, b) != (i, j):
                        out[a][b] = (i, j)
    return out


def _group_left(rows: Sequence[Sequence[str]], i: int, j: int) -> str:
    """The group text that spans an empty header cell: the nearest text to its left, if it is a group.

    It is one when both it and this column have texts below it.
    """
    below = any(rows[k][j] for k in range(i + 1, len(rows)))
    if not below:
        return ""
    g = j - 1
    while g >= 0 and not rows[i][g]:
        g -= 1
    if g < 0:
        return ""
    return rows[i][g] if any(rows[k][g] for k in range(i + 1, len(rows))) else ""


def _content(cells: Sequence[str]) -> Content:
    used = [c for c in cells if c]
    n = len(used) or 1
    figures = [c for c in used if is_figure(c)]
    digits = [regex.sub(r"\D", "", c) for c in figures]
    money = sum(
        bool(RUPIAH.search(c)) or c.lower().startswith("rp") or len(d) >= 7
        for c, d in zip(figures, digits, strict=True)
    )
    return Content(
        figures=len(figures) / n,
        money=money / (len([d for d in digits if d and d.strip("0")]) or 1) if figures else 0.0,
        percent=sum("%" in c for c in used) / n,
        list_numbers=sum(bool(LIST_NUMBER.match(c)) for c in used) / n,
        codes=sum(bool(CODE.match(c)) for c in used) / n,
        rupiah=any(c.lower().startswith("rp") for c in used),
        length=sum(map(len, used)) / n,
        filled=len(used),
        padded=float(
            len({len(c) for c in used}) == 1
            and all(regex.fullmatch(r"\d{2,3}", c) for c in used)
            and any(c.startswith("0") for c in used)
        ),
    )


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
    if role == "lain" and path and regex.fullmatch(r"(?:tahun|thn|ta)(?:anggaran)?", squash(path[-1])):
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
        months = [t for t in cells if regex.fullmatch(r"\d{1,2}", t)]
        quarters = [t.upper() for t in cells if regex.fullmatch(r"[IViv]{1,3}|[1-4]", t)]
        if [int(t) for t in months] == list(range(1, 13)):
            names = {t: f"B{int(t):02}" for t in months}
        elif (
            len(quarters) == 4
            and quarters in (["I", "II", "III", "IV"], ["1", "2", "3", "4"])
            and any(regex.search(r"tri\s*wulan|\btw\b|kuartal", " ".join(p), regex.I) for p in paths)
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
    match = REGION.match(YEAR.sub("", text).strip(" ()"))
    if not match:
        return False
    own = squash(identity.wilayah or "")
    region = squash(match["region"])
    bare_own = regex.sub(r"^(?:kota|kabupaten|provinsi)", "", own)
    bare = regex.sub(r"^(?:kota|kabupaten|kab|provinsi|propinsi|prov)", "", region)
    return not (own and bare and (bare == bare_own or region == own))


def _scale(text: str) -> Decimal:
    for pattern, scale in SCALES:
        if pattern.search(text):
            return scale
    return Decimal(1)


def _by_context(columns: Sequence[Column], paths: Sequence[Sequence[str]], contents: Sequence[Content]) -> list[Column]:
    """Settle what words alone leave open: money or performance, percentages, bare "Rp" and "%", unknown headers."""
    has_indicator = any(c.role == "indikator" for c in columns)
    any_money = any(_is_money(c, k) for c, k in zip(columns, contents, strict=True))
    has_name = any(c.role in NAME_ROLES for c in columns)
    out: list[Column] = []
    money_before: bool | None = None
    for column, path, content in zip(columns, paths, contents, strict=True):
        role = column.role
        bottom = path[-1] if path else ""
        groups = [hints_of(t).get("group") for t in path[:-1]]
        grouped_money = "uang" in groups or (
            len(path) > 1 and any(role_of(t) in ("anggaran", "realisasi_anggaran") for t in path[:-1])
        )
        grouped_result = "kinerja" in groups and not grouped_money
        said_money = column.unit == "rp" or content.rupiah
        if PERCENT_ONLY.match(bottom):
            # the percentage of what its group names: of a difference it is a difference
            groups_roles = {role_of(t) for t in path[:-1]}
            role = (
                "fisik"
                if "fisik" in groups_roles
                else "selisih"
                if groups_roles & {"selisih", "efisiensi"}
                else "persen"
            )
        if CURRENCY_ONLY.match(bottom):
            parent = next((role_of(t) for t in reversed(path[:-1]) if role_of(t)), None)
            role = TO_MONEY.get(parent or "", parent or "anggaran") if parent not in ("persen",) else "anggaran"
        if role == "uraian" and len(path) > 1:
            # "Indikator Sasaran > Uraian": the text of what the group names
            named = next(
                (r for t in reversed(path[:-1]) for r in [role_of(t)] if r in ("indikator", "sasaran", "tujuan")), None
            )
            role = named or role
        if role == "kinerja_anggaran":
            role = "lain"
        if role in ("target", "realisasi", "jumlah"):
            rivals = [
                c
                for c in columns
                if c.role == role and c.index != column.index and contents[c.index].money < 0.5 <= content.money
            ]
            by_content = (
                content.money >= 0.6
                and content.figures >= 0.5
                and (not has_indicator or bool(rivals))
                and not grouped_result
            )
            if grouped_money or said_money or (by_content and (role != "jumlah" or has_name or content.rupiah)):
                role = TO_MONEY[role]
        elif role == "capaian":
            if grouped_money or (money_before and not has_indicator and "kinerja" not in squash(bottom)):
                role = "persen"
        elif role == "realisasi_anggaran":
            # "Realisasi Anggaran (%)", or a bare "Realisasi Anggaran" whose cells are percentages.
            if PERCENT_ONLY.match(bottom) or (content.percent >= 0.5 and content.money < 0.5):
                role = "persen"
        elif role == "anggaran" and content.filled and content.figures < 0.3:
            role = "keterangan"  # "Anggaran: APBD", a source of funds
        if role == "anggaran" and content.percent >= 0.6 and content.money < 0.4:
            role = "persen"
        of_results = grouped_result or money_before is False or (money_before is None and not any_money)
        if role == "persen" and not grouped_money and hints_of(bottom).get("group") != "uang" and of_results:
            role = "capaian"
        if role == "lain" and column.stage and not has_indicator and (column.unit == "rp" or content.money >= 0.6):
            role = "anggaran"  # "Sebelum | Sesudah (Rp)": a stage of the budget, and nothing else is said
        if role == "lain" and content.money >= 0.6 and content.figures >= 0.6 and not has_indicator and content.rupiah:
            role = "anggaran"
        if role in ("anggaran", "realisasi_anggaran"):
            money_before = True
        elif role in ("target", "realisasi"):
            money_before = False
        out.append(replace(column, role=role))
    return out


def _is_money(column: Column, content: Content) -> bool:
    return column.role in ("anggaran", "realisasi_anggaran") or content.rupiah


def _by_content(contents: Sequence[Content]) -> list[Column]:
    """Columns of a table without any header: numbers, codes, the longest text, then money in the usual order."""
    roles = ["lain"] * len(contents)
    texts_at = [j for j, c in enumerate(contents) if c.figures < 0.4 and c.filled and c.list_numbers < 0.5]
    money_at = [j for j, c in enumerate(contents) if c.figures >= 0.5 and c.money >= 0.4 and c.codes < 0.5]
    for j, content in enumerate(contents):
        if content.codes >= 0.6:
            roles[j] = "kode"
        elif content.list_numbers >= 0.6 and j == 0:
            roles[j] = "nomor"
    if money_at and texts_at:
        roles[max(texts_at, key=lambda j: contents[j].length)] = "uraian"
        for j, role in zip(money_at, ("anggaran", "realisasi_anggaran"), strict=False):
            roles[j] = role
        if len(money_at) >= 2:
            after = [
                j
                for j in range(money_at[1] + 1, len(contents))
                if contents[j].figures >= 0.5 and contents[j].money < 0.3
            ]
            if after:
                roles[after[0]] = "persen"
    return [Column(index=j, role=role, header="") for j, role in enumerate(roles)]


def _twins(columns: Sequence[Column], contents: Sequence[Content], paths: Sequence[Sequence[str]]) -> list[Column]:
    """One header over two columns: a numbering beside its text, or a percentage beside its amount."""
    out = list(columns)
    for j in range(1, len(out)):
        a, b = out[j - 1], out[j]
        if not (a.header and a.header == b.header and list(paths[j]) == list(paths[j - 1])):
            continue
        before, here = contents[j - 1], contents[j]
        if a.role in ("anggaran", "realisasi_anggaran", "selisih"):
            if here.percent >= 0.5 and before.percent < 0.5:
                out[j] = replace(b, role="persen" if a.role == "realisasi_anggaran" else "selisih")
        elif a.role in ("target", "realisasi") and here.percent >= 0.5 and before.percent < 0.5:
            out[j] = replace(b, role="capaian")
        elif a.role not in FIGURE_ROLES:
            if before.list_numbers >= 0.6 and here.list_numbers < 0.5:
                # "01" beside a programme's name is its code, "1." beside it its number
                out[j - 1] = replace(a, role="kode" if before.padded >= 0.6 and a.role in NAME_ROLES else "nomor")
            elif before.codes >= 0.6:
                out[j - 1] = replace(a, role="kode")
            elif here.filled == 0:
                out[j] = replace(b, role="lain")
    for j, column in enumerate(out):
        content = contents[j]
        if (
            column.role in ("sasaran", "tujuan", "indikator", *NAME_ROLES)
            and content.filled
            and content.list_numbers >= 0.9
            and content.length < 8
        ):
            out[j] = replace(column, role="kode" if content.padded >= 0.6 and column.role in NAME_ROLES else "nomor")
        if column.role == "nomor" and content.codes >= 0.5 and content.length > 4:
            out[j] = replace(column, role="kode")
    return _deltas(out)


def _deltas(columns: list[Column]) -> list[Column]:
    """Penetapan | Perubahan | Jumlah in one group: the change is a difference, the sum is the revised budget.

    Told by the words alone: where a group has an original, a change and then a column that names the result ("jumlah",
    "setelah perubahan", "menjadi"), the result is the revised stage.
    """
    for j, column in enumerate(columns):
        if (
            column.role != "anggaran"
            or column.stage is not None
            or not RESULTING.search(squash(column.header.split(" > ")[-1]))
        ):
            continue
        group = [c for c in columns[:j] if c.group == column.group and c.role == "anggaran" and c.year == column.year]
        if [c.stage for c in group] == ["murni", "perubahan"]:
            columns[group[1].index] = replace(group[1], role="selisih", stage=None)
            columns[j] = replace(column, stage="perubahan")
    return columns


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
