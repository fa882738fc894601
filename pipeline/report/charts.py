"""Charts as plain values: shares of a width, which the template draws as static SVG bars beside the printed figures.

Only figures that the report prints are drawn; nothing is computed in the place of a missing one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pipeline.report.labels import LEVEL, Both
from pipeline.report.load import Data
from pipeline.report.model import Bar, Chart, ChartRow, Row
from pipeline.report.numerals import number, rough_rupiah, rupiah, short
from pipeline.report.text import visible

MOST_LINES = 40
MOST_YEARS = 6
WIDEST_PERCENT = Decimal(200)  # a bar of capaian is cut here, its figure is printed all the same
HUNDRED = Decimal(100)
NAME = 220


def charts(data: Data) -> list[Chart]:
    """The charts this document has figures for: programmes, indicators, and years of the agency."""
    found = [programmes(data), indicators(data), years(data)]
    return [chart for chart in found if chart is not None]


def programmes(data: Data) -> Chart | None:
    """Budget against actual by programme; by the lines that may be added up where there is no programme."""
    lines = [row for row in data["ringkasan"] if row["dataset"] == "anggaran" and _drawn(row)]
    chosen = [row for row in lines if row["tingkat"] == "program"] or [row for row in lines if row["dijumlahkan"]]
    if not chosen:
        return None
    level = LEVEL.get(chosen[0]["tingkat"], LEVEL["lain"])
    widest = max(max(abs(row["anggaran"] or 0), abs(row["realisasi"] or 0)) for row in chosen)
    rows = []
    for row in chosen[:MOST_LINES]:
        budget, actual = row["anggaran"], row["realisasi"]
        text = rupiah(actual) if actual is not None else "–"
        percent = f" ({number(short(row['persen']))} %)" if row["persen"] is not None else ""
        over = budget is not None and actual is not None and actual > budget
        bar = Bar(
            label=rupiah(budget) if budget is not None else "–",
            share=_share(budget, widest),
            text=text + percent,
            kind="over" if over else "",
            inner=_share(actual, widest) if actual is not None else None,
        )
        rows.append(ChartRow(_name(row), (bar,), bool(row["ada_temuan"]), _link(row)))
    title = Both(f"Anggaran dan realisasi menurut {level.id}", f"Budget and actual by {level.en}")
    note = Both(
        "Seperti tercetak dalam tabel anggaran; serapan dalam kurung adalah persentase yang tercetak.",
        "As printed in the budget tables; the absorption in brackets is the printed percentage.",
    )
    return Chart(title, note, tuple(rows), left_out=max(0, len(chosen) - MOST_LINES))


def indicators(data: Data) -> Chart | None:
    """Stated capaian by indicator, with earlier years where the tables print them."""
    lines = [row for row in data["ringkasan"] if row["dataset"] == "kinerja" and row["capaian"] is not None]
    if not lines:
        return None
    before = _earlier_capaian(data)
    values = [row["capaian"] for row in lines] + [value for of in before.values() for value in of.values()]
    widest = min(WIDEST_PERCENT, max(HUNDRED, *values) * Decimal("1.04"))
    rows = []
    for row in lines[:MOST_LINES]:
        of = {**before.get(_key(row["uraian"]), {}), data.head["year"]: row["capaian"]}
        bars = tuple(
            Bar(
                str(year or "–"),
                _share(of[year], widest),
                f"{number(short(of[year]))} %",
                _kind(year, data),
                of[year] > widest,
            )
            for year in sorted(of)[-MOST_YEARS:]
        )
        rows.append(ChartRow(_name(row), bars, bool(row["ada_temuan"]), _link(row)))
    several = any(len(row.bars) > 1 for row in rows)
    title = Both(
        "Capaian menurut indikator" + (" dan tahun" if several else ""),
        "Achievement by indicator" + (" and year" if several else ""),
    )
    note = Both(
        "Capaian seperti tercetak; garis tegak menandai 100 %. Batang dipotong pada 200 %.",
        "Achievement as printed; the upright line marks 100 %. Bars are cut at 200 %.",
    )
    return Chart(title, note, tuple(rows), float(HUNDRED / widest), max(0, len(lines) - MOST_LINES))


def years(data: Data) -> Chart | None:
    """Totals of the agency over the years of OUT: what may be added up of each year's report."""
    totals = {
        year: _totals(rows) for year, rows in {**(data.earlier or {}), data.head["year"]: data["ringkasan"]}.items()
    }
    known = {year: pair for year, pair in totals.items() if pair[0] is not None}
    if len(known) < 2:
        return None
    widest = max(max(budget or 0, actual or 0) for budget, actual in known.values())
    rows = []
    for year, (budget, actual) in sorted(known.items()):
        assert budget is not None
        over = actual is not None and actual > budget
        text = rough_rupiah(actual)[0] if actual is not None else "–"
        bar = Bar(
            rough_rupiah(budget)[0],
            _share(budget, widest),
            text,
            "over" if over else "",
            inner=_share(actual, widest) if actual is not None else None,
        )
        rows.append(ChartRow(str(year), (bar,)))
    title = Both("Belanja instansi dari tahun ke tahun", "Spending of the agency over the years")
    note = Both(
        "Jumlah baris belanja yang boleh dijumlahkan dari laporan tiap tahun dalam himpunan ini.",
        "Sum of the spending lines that may be added up, from each year's report in this collection.",
    )
    return Chart(title, note, tuple(rows))


def _totals(rows: Sequence[Row]) -> tuple[Decimal | None, Decimal | None]:
    mine = [row for row in rows if row["dataset"] == "anggaran" and row["dijumlahkan"] and row["kelompok"] == "belanja"]
    budgets = [row["anggaran"] for row in mine if row["anggaran"] is not None]
    actuals = [row["realisasi"] for row in mine if row["realisasi"] is not None]
    return (sum(budgets) if budgets else None), (sum(actuals) if actuals else None)


def _earlier_capaian(data: Data) -> Mapping[str, dict[int, Decimal]]:
    """Capaian of other years by indicator: from the tables of this report, else from the reports of those years."""
    found: dict[str, dict[int, Decimal]] = {}
    year = data.head["year"]
    for row in data["kinerja"]:
        plain = row["periode"] is None and row["acuan"] == "tahunan" and row["tahun"] not in (None, 0)
        if plain and row["capaian"] is not None and row["tahun"] < year:
            found.setdefault(_key(row["indikator"]), {}).setdefault(row["tahun"], row["capaian"])
    for other, rows in (data.earlier or {}).items():
        for row in rows:
            if row["dataset"] == "kinerja" and row["capaian"] is not None:
                found.setdefault(_key(row["uraian"]), {}).setdefault(other, row["capaian"])
    return found


def _drawn(row: Row) -> bool:
    return row["kelompok"] == "belanja" and (row["anggaran"] is not None or row["realisasi"] is not None)


def _share(value: Decimal | None, widest: Decimal | int) -> float:
    if not value or not widest:
        return 0.0
    return max(0.0, min(1.0, float(abs(value) / widest)))


def _kind(year: int, data: Data) -> str:
    return "now" if year == data.head["year"] else "before"


def _name(row: Row) -> str:
    return visible(" ".join(part for part in (row["kode"], row["uraian"]) if part), NAME)


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _link(row: Row) -> str:
    """The finding that touches the line, else its table."""
    return f"t-{row['temuan'][0]}" if row["temuan"] else f"tabel-{row['sumber_tabel']}"
