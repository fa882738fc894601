"""What words alone leave open of a column, settled by its neighbours and by what it holds.

Money or performance, bare "Rp" and "%", one header over two columns, an original beside its change and result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractors.column_content import Content
from extractors.marks import squash
from extractors.roles import CURRENCY_ONLY, hints_of, role_of
from schemas.records import Column

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
PERCENT_ONLY = regex.compile(r"^\(?\s*(?:%|persen)\s*\)?$", regex.I)


def by_context(columns: Sequence[Column], paths: Sequence[Sequence[str]], contents: Sequence[Content]) -> list[Column]:
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
            elif (
                role == "realisasi"
                and money_before
                and not has_indicator
                and not any(c.role == "target" for c in columns)
            ):
                role = "realisasi_anggaran"  # "Program | Anggaran | Realisasi": the header decides, whatever the cells hold
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
        out.append(column if role == column.role else replace(column, role=role))
    return out


def _is_money(column: Column, content: Content) -> bool:
    return column.role in ("anggaran", "realisasi_anggaran") or content.rupiah


def by_content(contents: Sequence[Content]) -> list[Column]:
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


def settle_twins(
    columns: Sequence[Column], contents: Sequence[Content], paths: Sequence[Sequence[str]]
) -> list[Column]:
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
