"""Charts. A picture has no room for cents: here alone numbers become floats, and only to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.dashboard.show import Tell, figure
from pipeline.report.numerals import rough_rupiah
from pipeline.report.text import visible

MOST = 20
_BUDGET, _ACTUAL, _LINE = "#9DB7D5", "#1F5FA8", "#C2571A"


def budget_and_actual(rows: Sequence[dict[str, Any]], t: Tell) -> Any:
    """Bars: the budget wide and pale, the actual narrow and dark upon it; the largest first."""
    import altair as alt
    import pandas as pd

    budget, actual = t("Anggaran", "Budget"), t("Realisasi", "Actual")
    seen: dict[str, int] = {}
    shown = []
    for row in rows[:MOST]:
        name = visible(str(row["nama"]), 46)
        seen[name] = seen.get(name, 0) + 1
        lang = 0 if t("id", "en") == "id" else 1
        shown.append(
            {
                "nama": name if seen[name] == 1 else f"{name} ({seen[name]})",
                "anggaran": float(row["anggaran"] or 0) / 1e9,
                "realisasi": float(row["realisasi"] or 0) / 1e9,
                budget: rough_rupiah(row["anggaran"])[lang] if row["anggaran"] is not None else "-",
                actual: rough_rupiah(row["realisasi"])[lang] if row["realisasi"] is not None else "-",
                t("Serapan", "Absorption"): f"{figure(row['serapan'])} %" if row["serapan"] is not None else "-",
            }
        )
    axis = alt.Axis(title=t("Rp miliar", "Rp billion"), grid=True)
    base = alt.Chart(pd.DataFrame(shown)).encode(
        y=alt.Y(
            "nama:N",
            sort=[str(one["nama"]) for one in shown],
            title=None,
            axis=alt.Axis(labelLimit=300, labelOverlap=False),
        ),
        tooltip=[alt.Tooltip(f"{name}:N") for name in ("nama", budget, actual, t("Serapan", "Absorption"))],
    )
    return alt.layer(
        base.mark_bar(size=16, color=_BUDGET).encode(x=alt.X("anggaran:Q", axis=axis)),
        base.mark_bar(size=7, color=_ACTUAL).encode(x=alt.X("realisasi:Q")),
    ).properties(height=30 * len(shown) + 70)


def years(rows: Sequence[dict[str, Any]], t: Tell) -> Any:
    """Absorption over the years, in percent."""
    import altair as alt
    import pandas as pd

    shown = [
        {"tahun": str(row["nama"]), "serapan": float(row["serapan"]), "teks": f"{figure(row['serapan'])} %"}
        for row in rows
        if row["serapan"] is not None
    ]
    return (
        alt.Chart(pd.DataFrame(shown))
        .mark_line(point={"size": 80, "filled": True}, color=_LINE)
        .encode(
            x=alt.X("tahun:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("serapan:Q", title=t("Serapan, %", "Absorption, %"), scale=alt.Scale(zero=False, nice=True)),
            tooltip=[alt.Tooltip("tahun:O"), alt.Tooltip("teks:N", title=t("Serapan", "Absorption"))],
        )
        .properties(height=260)
    )
