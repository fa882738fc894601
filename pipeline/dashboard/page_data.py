"""Data: any dataset, looked at and taken away as Parquet, CSV or Excel."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from pipeline.dashboard import data, download
from pipeline.dashboard.page import Page, scope, table
from pipeline.dashboard.show import figure, frame
from schemas.datasets import BY_NAME

SHOWN = 200
FORMATS = {
    "parquet": ("Parquet", "application/vnd.apache.parquet"),
    "csv": ("CSV", "text/csv"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}

_TOO_MANY = (
    "Terlalu banyak baris untuk Excel; saring, atau unduh Parquet atau CSV.",
    "Too many rows for Excel; filter, or take Parquet or CSV.",
)


def show(page: Page) -> None:
    """The page."""
    t = page.t
    st.header("Data")
    names = ["ringkasan", "serapan", "capaian", *(name for name in BY_NAME if name != "ringkasan")]
    dataset = st.selectbox("Dataset", names, format_func=lambda name: _title(page, name), key="dataset")
    wanted = scope(page, "data")
    query, values = data.dataset_query(dataset, wanted)
    found = page.base.execute(f"SELECT count(*) FROM ({query})", values).fetchone()
    count = int(found[0]) if found else 0
    st.caption(
        f"{figure(count)} {t('baris', 'rows')}" + (f"; {t('yang tampil', 'shown')} {SHOWN}" if count > SHOWN else "")
    )
    read = page.base.execute(f"SELECT * FROM ({query}) LIMIT {SHOWN}", values)
    heads = [one[0] for one in read.description or ()]
    rows = [dict(zip(heads, row, strict=True)) for row in read.fetchall()]
    kinds = {h: "number" if any(isinstance(row[h], Decimal) for row in rows) else "text" for h in heads}
    table(frame(rows, {h: (h, kinds[h]) for h in heads}))
    _take(page, dataset, query, values, count)


def _title(page: Page, name: str) -> str:
    about = {
        "serapan": ("belanja yang boleh dijumlahkan", "spending to add up"),
        "capaian": ("indikator, sekali", "indicators, once"),
    }
    if name in about:
        return f"{name}: {page.t(*about[name])}"
    return f"{name}: {page.t(BY_NAME[name].row_id, BY_NAME[name].row_en)}"


def _take(page: Page, dataset: str, query: str, values: list[object], count: int) -> None:
    t = page.t
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    kind = left.segmented_control(
        t("Unduh sebagai", "Download as"),
        list(FORMATS),
        format_func=lambda k: FORMATS[k][0],
        default="parquet",
        key="bentuk",
    )
    kind = kind or "parquet"
    if kind == "xlsx" and count > download.MOST_EXCEL:
        st.warning(
            t(
                "Terlalu banyak baris untuk Excel; saring, atau unduh Parquet atau CSV.",
                "Too many rows for Excel; filter, or take Parquet or CSV.",
            )
        )
        return
    asked = repr((dataset, query, values, kind, data.state_of(page.out)))
    if right.button(t("Siapkan unduhan", "Prepare the download"), key="siapkan"):
        with st.spinner(t("Menyiapkan…", "Preparing…")):
            st.session_state["unduhan"] = (asked, _made(page, dataset, query, values, kind))
    held = st.session_state.get("unduhan")
    if held and held[0] == asked:
        st.download_button(
            f"{t('Unduh', 'Download')} {dataset}.{kind}",
            held[1],
            file_name=f"{dataset}.{kind}",
            mime=FORMATS[kind][1],
            type="primary",
            key="unduh",
        )


def _made(page: Page, dataset: str, query: str, values: list[object], kind: str) -> bytes:
    if kind == "parquet":
        return download.parquet(page.base, query, values)
    if kind == "csv":
        return download.csv(page.base, query, values)
    return download.excel(page.base, query, values, dataset)
