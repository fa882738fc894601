"""One agency over the years."""

from __future__ import annotations

import streamlit as st

from pipeline.dashboard import charts, data
from pipeline.dashboard.page import Page, agency_name, table
from pipeline.dashboard.show import frame


def show(page: Page) -> None:
    """The page."""
    t = page.t
    st.header(t("Satu instansi, semua tahun", "One agency over the years"))
    slugs = [slug for slug, _ in data.choices(page.base)["agencies"]]
    if not slugs:
        st.info(t("Belum ada dokumen yang terbaca.", "No document was read yet."))
        return
    agency = st.selectbox(t("Instansi", "Agency"), slugs, format_func=agency_name(page), key="instansi")
    rows = data.agency_years(page.base, agency)
    st.subheader(t("Per tahun", "By year"))
    if sum(row["serapan"] is not None for row in rows) > 1:
        st.altair_chart(charts.years(rows, t), width="stretch")
    columns = {
        "nama": (t("Tahun", "Year"), "text"),
        "anggaran": (t("Anggaran (Rp)", "Budget (Rp)"), "money"),
        "realisasi": (t("Realisasi (Rp)", "Actual (Rp)"), "money"),
        "serapan": (t("Serapan (%)", "Absorption (%)"), "number"),
        "n_indikator": (t("Indikator", "Indicators"), "number"),
        "n_tercapai": (t("Tercapai", "Achieved"), "number"),
        "capaian_tengah": (t("Capaian tengah (%)", "Median (%)"), "number"),
    }
    table(frame(rows, columns))
    st.subheader(t("Program", "Programmes"))
    lines = data.agency_lines(page.base, agency)
    if lines:
        columns = {
            "kode": (t("Kode", "Code"), "text"),
            "uraian": (t("Uraian", "Name"), "text"),
            "year": (t("Tahun", "Year"), "text"),
            "anggaran": (t("Anggaran (Rp)", "Budget (Rp)"), "money"),
            "realisasi": (t("Realisasi (Rp)", "Actual (Rp)"), "money"),
            "serapan": (t("Serapan (%)", "Absorption (%)"), "number"),
            "temuan": (t("Temuan", "Finding"), "text"),
        }
        table(frame([_told(row, page) for row in lines], columns))
    else:
        st.info(t("Tidak ada baris belanja.", "There are no spending lines."))
    st.subheader(t("Indikator", "Indicators"))
    indicators = data.agency_indicators(page.base, agency)
    if indicators:
        columns = {
            "indikator": (t("Indikator", "Indicator"), "text"),
            "satuan": (t("Satuan", "Unit"), "text"),
            "year": (t("Tahun", "Year"), "text"),
            "target": (t("Target", "Target"), "number"),
            "hasil": (t("Realisasi", "Actual"), "number"),
            "capaian": (t("Capaian (%)", "Achievement (%)"), "number"),
            "temuan": (t("Temuan", "Finding"), "text"),
        }
        table(frame([_told(row, page) for row in indicators], columns))
    else:
        st.info(t("Tidak ada indikator.", "There are no indicators."))
    st.subheader(t("Dokumen", "Documents"))
    papers = data.documents(page.base, data.Scope(agencies=(agency,)))
    columns = {
        "year": (t("Tahun", "Year"), "text"),
        "jenis": (t("Jenis", "Kind"), "text"),
        "sumber": (t("Berkas", "File"), "text"),
        "status": ("Status", "text"),
        "n_temuan": (t("Temuan", "Findings"), "number"),
        "dipakai": (t("Ikut dihitung", "Counts"), "text"),
        "error": (t("Keterangan", "Remark"), "text"),
    }
    yes, no = t("ya", "yes"), t("tidak", "no")
    used = [row | {"dipakai": yes if row["anggaran_dipakai"] or row["kinerja_dipakai"] else no} for row in papers]
    table(frame(used, columns))


def _told(row: data.Row, page: Page) -> data.Row:
    return row | {"temuan": page.t("ada", "yes") if row["ada_temuan"] else ""}
