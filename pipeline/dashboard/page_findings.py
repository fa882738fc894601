"""Findings with filters; the one that is chosen is shown below, to be reviewed at once."""

from __future__ import annotations

import streamlit as st

from pipeline.dashboard import data
from pipeline.dashboard.page import Page, agency_name, scope, table
from pipeline.dashboard.panel import panel
from pipeline.dashboard.show import figure, frame, stated
from pipeline.report.labels import REVIEW, SEVERITIES
from pipeline.review.base import MISREAD, STATUSES
from pipeline.review.listing import Listed, listed
from pipeline.review.reviews import reviews

MOST = 1000


def show(page: Page) -> None:
    """The page."""
    t = page.t
    st.header(t("Temuan", "Findings"))
    wanted = scope(page, "temuan")
    first, second, third, fourth = st.columns(4)
    severities = first.multiselect(
        t("Tingkat", "Severity"), SEVERITIES, key="tingkat", format_func=page.severity, placeholder=t("semua", "all")
    )
    known = [rule for (rule,) in page.base.execute("SELECT DISTINCT rule FROM temuan ORDER BY rule").fetchall()]
    rules = second.multiselect(
        t("Aturan", "Rule"), known, key="aturan", format_func=page.rule, placeholder=t("semua", "all")
    )
    statuses = third.multiselect(
        t("Tinjauan", "Review"),
        [*STATUSES, MISREAD],
        key="status",
        format_func=lambda code: t(*REVIEW[code]),
        placeholder=t("semua", "all"),
    )
    text = fourth.text_input(t("Cari", "Search"), key="cari", max_chars=200)
    found = listed(data.findings(page.base, wanted, severities=severities, rules=rules, text=text), reviews(page.out))
    found = [one for one in found if not one.gone and (not statuses or one.status in statuses)]
    st.caption(
        f"{figure(len(found))} {t('temuan', 'findings')}"
        + (
            t(f"; yang tampil {figure(MOST)} pertama", f"; the first {figure(MOST)} are shown")
            if len(found) > MOST
            else ""
        )
    )
    if not found:
        st.info(t("Tidak ada temuan untuk pilihan ini.", "There are no findings for this choice."))
        return
    shown = found[:MOST]
    chosen = _table(page, shown)
    if chosen is None:
        st.caption(t("Pilih satu baris untuk melihat dan meninjaunya.", "Choose a row to see and review it."))
        return
    panel(page, shown[chosen], "temuan")


def _table(page: Page, shown: list[Listed]) -> int | None:
    """The list; which of its rows is chosen."""
    t = page.t
    name = agency_name(page)
    rows = [
        {
            "tingkat": page.severity(one.row["severity"]),
            "aturan": page.rule(one.row["rule"]),
            "status": t(*REVIEW[one.status]),
            "instansi": name(one.row["agency"]),
            "tahun": one.row["year"],
            "subjek": one.row["subjek"],
            "stated": stated(one.row["stated"]),
            "expected": stated(one.row["expected"]),
            "difference": stated(one.row["difference"]),
        }
        for one in shown
    ]
    columns = {
        "tingkat": (t("Tingkat", "Severity"), "text"),
        "aturan": (t("Aturan", "Rule"), "text"),
        "status": (t("Tinjauan", "Review"), "text"),
        "instansi": (t("Instansi", "Agency"), "text"),
        "tahun": (t("Tahun", "Year"), "text"),
        "subjek": (t("Perihal", "Subject"), "text"),
        "stated": (t("Tercetak", "Stated"), "text"),
        "expected": (t("Seharusnya", "Expected"), "text"),
        "difference": (t("Selisih", "Difference"), "text"),
    }
    event = table(frame(rows, columns), on_select="rerun", selection_mode="single-row", key="daftar-temuan")
    picked = event.selection.rows if event is not None else []
    return picked[0] if picked and picked[0] < len(shown) else None
