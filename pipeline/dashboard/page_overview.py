"""Overview: absorption and achievement by region, agency, programme and year."""

from __future__ import annotations

import streamlit as st

from pipeline.dashboard import charts, data
from pipeline.dashboard.page import Page, scope, table
from pipeline.dashboard.show import figure, frame
from pipeline.report.numerals import rough_rupiah

_AXES = {
    "wilayah": ("Wilayah", "Region"),
    "instansi": ("Instansi", "Agency"),
    "program": ("Program resmi", "Official programme"),
    "tahun": ("Tahun", "Year"),
}


def show(page: Page) -> None:
    """The page."""
    t = page.t
    st.header(t("Ringkasan", "Overview"))
    wanted = scope(page, "ringkasan")
    sums = data.totals(page.base, wanted)
    _numbers(page, sums)
    axis = st.segmented_control(
        t("Menurut", "By"), list(_AXES), format_func=lambda key: t(*_AXES[key]), default="wilayah", key="sumbu"
    )
    axis = axis or "wilayah"
    rows = data.overview(page.base, axis, wanted)
    if not rows:
        st.info(t("Tidak ada data untuk pilihan ini.", "There are no data for this choice."))
        return
    budget = [row for row in rows if row["anggaran"] is not None]
    st.subheader(t("Anggaran dan serapan", "Budget and absorption"))
    if budget:
        st.altair_chart(charts.budget_and_actual(budget, t), width="stretch")
        if len(budget) > charts.MOST:
            st.caption(t(f"Gambar: {charts.MOST} terbesar.", f"The chart shows the largest {charts.MOST}."))
        columns = {"nama": (t(*_AXES[axis]), "text")}
        if axis == "program":
            columns = {"kunci": (t("Kode", "Code"), "text"), **columns}
        columns |= {
            "anggaran": (t("Anggaran (Rp)", "Budget (Rp)"), "money"),
            "realisasi": (t("Realisasi (Rp)", "Actual (Rp)"), "money"),
            "serapan": (t("Serapan (%)", "Absorption (%)"), "number"),
            "n_dokumen": (t("Dokumen", "Documents"), "number"),
            "n_baris": (t("Baris", "Lines"), "number"),
        }
        table(frame(budget, columns))
    else:
        st.info(t("Tidak ada baris belanja.", "There are no spending lines."))
    _results(page, rows, axis)
    _note(page)


def _numbers(page: Page, sums: data.Row) -> None:
    t = page.t
    found = sums["findings"]
    row = st.container(horizontal=True, gap="large")
    agencies = f"{figure(sums['agencies'])} {t('instansi', 'agencies')}"
    row.metric(
        t("Dokumen", "Documents"),
        figure(sums["documents"]),
        agencies,
        delta_color="off",
        delta_arrow="off",
        width="content",
    )
    lang = 0 if page.lang == "id" else 1
    row.metric(
        t("Anggaran belanja", "Spending budget"),
        "-" if sums["anggaran"] is None else rough_rupiah(sums["anggaran"])[lang],
        width="content",
    )
    row.metric(
        t("Realisasi", "Actual"),
        "-" if sums["realisasi"] is None else rough_rupiah(sums["realisasi"])[lang],
        width="content",
    )
    over = sums["anggaran_terbanding"]
    row.metric(
        t("Serapan", "Absorption"),
        "-" if sums["serapan"] is None else f"{figure(sums['serapan'])} %",
        None if over is None else f"{t('atas', 'of')} {rough_rupiah(over)[lang]}",
        delta_color="off",
        delta_arrow="off",
        width="content",
    )
    row.metric(
        t("Temuan", "Findings"),
        figure(sum(found.values())),
        f"{figure(found.get('tinggi', 0))} {t('tinggi', 'high')}",
        delta_color="off",
        delta_arrow="off",
        width="content",
    )
    if sums["failed"] or sums["partial"]:
        st.caption(
            t(
                f"{sums['failed']} berkas gagal dibaca, {sums['partial']} terbaca sebagian.",
                f"{sums['failed']} files could not be read, {sums['partial']} were read in part.",
            )
        )


def _results(page: Page, rows: list[data.Row], axis: str) -> None:
    t = page.t
    st.subheader(t("Capaian indikator", "Achievement of indicators"))
    measured = [row for row in rows if row["n_indikator"]]
    if not measured:
        st.info(
            t(
                "Laporan tidak mengaitkan indikator dengan program; lihat menurut wilayah, instansi, atau tahun.",
                "The reports do not tie indicators to programmes; look by region, agency or year.",
            )
            if axis == "program"
            else t("Tidak ada indikator.", "There are no indicators.")
        )
        return
    columns = {
        "nama": (t(*_AXES[axis]), "text"),
        "n_indikator": (t("Indikator", "Indicators"), "number"),
        "n_capaian": (t("Punya capaian", "With achievement"), "number"),
        "n_tercapai": (t("Tercapai (≥ 100 %)", "Achieved (≥ 100 %)"), "number"),
        "capaian_tengah": (t("Capaian tengah (%)", "Median (%)"), "number"),
    }
    table(frame(measured, columns))


def _note(page: Page) -> None:
    st.caption(
        page.t(
            "Tiap rupiah dihitung sekali: satu laporan untuk tiap instansi dan tahun, dan baris yang dijumlahkan saja. "
            "Serapan memakai baris yang punya anggaran dan realisasi. Angka adalah yang tercetak di laporan; yang tersentuh "
            "temuan ada di halaman Temuan. Capaian tengah adalah median capaian yang tercetak.",
            "Every rupiah counts once: one report for each agency and year, and only the lines to add up. Absorption is over "
            "lines that have both a budget and an actual. Figures are those the reports print; what findings touch is on the "
            "page Findings. The median is of the achievements as printed.",
        )
    )
