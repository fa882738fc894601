"""Review: what was said of findings, those that are found no more too, and the figures marked as misread."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from pipeline.dashboard import data
from pipeline.dashboard.page import Page, agency_name, table
from pipeline.dashboard.panel import panel
from pipeline.dashboard.show import figure, frame
from pipeline.report.labels import REVIEW
from pipeline.report.text import visible
from pipeline.review.base import MISREAD, STATUSES
from pipeline.review.listing import Listed, listed
from pipeline.review.misread import misreadings
from pipeline.review.reviews import reviews

MOST = 500
GONE = "hilang"


def show(page: Page) -> None:
    """The page."""
    t = page.t
    st.header(t("Tinjauan", "Review"))
    every = listed(data.findings(page.base), reviews(page.out))
    counts = Counter(GONE if one.gone else one.status for one in every)
    names = {code: t(*REVIEW[code]) for code in (*STATUSES, MISREAD)} | {
        GONE: t("tidak muncul lagi", "no longer found")
    }
    row = st.container(horizontal=True, gap="medium")
    for code, name in names.items():
        row.metric(name, figure(counts[code]), width="content")
    left, right = st.columns([1, 2])
    wanted = left.selectbox(
        t("Tampilkan", "Show"),
        ["", *names],
        format_func=lambda code: names.get(code, t("semua", "all")),
        key="tinjau-status",
    )
    shown = [one for one in every if not wanted or (GONE if one.gone else one.status) == wanted]
    if shown:
        _one(page, shown, right)
    else:
        st.info(t("Tidak ada.", "There are none."))
    _reviewed(page, every, names)
    _misread(page)


def _one(page: Page, shown: list[Listed], place: st.delta_generator.DeltaGenerator) -> None:
    t = page.t
    by_id = {str(one.row["temuan_id"]): one for one in reversed(shown[:MOST])}
    ids = list(dict.fromkeys(str(one.row["temuan_id"]) for one in shown[:MOST]))
    asked = st.query_params.get("temuan")
    if "tinjau-temuan" not in st.session_state and asked in by_id:
        st.session_state["tinjau-temuan"] = asked
    chosen = place.selectbox(
        t("Temuan", "Finding"),
        ids,
        format_func=lambda id_: visible(f"{by_id[id_].row.get('subjek') or ''} ({id_})", 140),
        key="tinjau-temuan",
    )
    if len(shown) > MOST:
        st.caption(t(f"Yang tampil {MOST} pertama dari {len(shown)}.", f"The first {MOST} of {len(shown)} are shown."))
    panel(page, by_id[chosen], "tinjauan")


def _reviewed(page: Page, every: list[Listed], names: dict[str, str]) -> None:
    t = page.t
    said = [one for one in every if one.review is not None]
    if not said:
        return
    st.subheader(t("Yang sudah ditinjau", "What was reviewed"))
    name = agency_name(page)
    rows = [
        {
            "status": names[one.status] + (f" · {names[GONE]}" if one.gone else ""),
            "instansi": name(str(one.row.get("agency") or "")),
            "tahun": one.row.get("year") or "",
            "subjek": one.row.get("subjek") or one.row["temuan_id"],
            "catatan": one.review.notes if one.review else "",
            "oleh": one.review.by if one.review else "",
            "waktu": one.review.when[:10] if one.review else "",
        }
        for one in said[:MOST]
    ]
    columns = {
        "status": ("Status", "text"),
        "instansi": (t("Instansi", "Agency"), "text"),
        "tahun": (t("Tahun", "Year"), "text"),
        "subjek": (t("Perihal", "Subject"), "text"),
        "catatan": (t("Catatan", "Note"), "text"),
        "oleh": (t("Oleh", "By"), "text"),
        "waktu": (t("Tanggal", "Date"), "text"),
    }
    table(frame(rows, columns))


def _misread(page: Page) -> None:
    t = page.t
    marks = misreadings(page.out)
    if not marks:
        return
    st.subheader(t("Angka yang ditandai salah baca", "Figures marked as misread"))
    st.caption(
        t(
            "Data tetap seperti terbaca; pemeriksaan pada ingest berikutnya memakai yang benar dan menyebutkannya.",
            "The data stay as read; the checks of the next ingest use the right figure and say so.",
        )
    )
    rows = [
        {
            "document": m.document_id,
            "angka": m.angka_id,
            "read": m.read,
            "right": m.right,
            "by": m.by,
            "when": m.when[:10],
        }
        for m in marks
    ]
    columns = {
        "document": (t("Dokumen", "Document"), "text"),
        "angka": (t("Angka", "Figure"), "text"),
        "read": (t("Terbaca", "Read as"), "text"),
        "right": (t("Yang benar", "Right"), "text"),
        "by": (t("Oleh", "By"), "text"),
        "when": (t("Tanggal", "Date"), "text"),
    }
    table(frame(rows, columns))
