"""One finding: what it says, its figures, and the two forms: a status with a note, and a figure that we misread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pipeline.dashboard import data
from pipeline.dashboard.page import Page, table
from pipeline.dashboard.show import figure, frame, plain, stated
from pipeline.i18n import say
from pipeline.report.labels import REVIEW
from pipeline.report.text import visible
from pipeline.review.base import STATUSES
from pipeline.review.command import right_figure
from pipeline.review.listing import Listed
from pipeline.review.misread import mark, misreadings
from pipeline.review.reviews import LONGEST_NAME, LONGEST_NOTE, history, set_review
from schemas.errors import LkjipError

_RIGHT = (
    "Yang benar, seperti tercetak di laporan (kosong: cabut tanda)",
    "Right figure, as printed in the report (empty: take the mark away)",
)
_MARKED = (
    "Ditandai; pemeriksaan pada ingest berikutnya memakai angka ini:",
    "Marked; the checks of the next ingest use this figure:",
)


def panel(page: Page, one: Listed, key: str) -> None:
    """The finding and the forms. `key` tells the forms of two pages apart."""
    t = page.t
    row = one.row
    with st.container(border=True):
        st.text(visible(str(row.get(t("pesan", "message")) or row.get("subjek") or row["temuan_id"]), 3000))
        if one.gone:
            st.warning(t("Temuan ini tidak muncul lagi.", "This finding is no longer found."))
        first, second, third = st.columns(3)
        for column, heading, name in (
            (first, t("Tercetak", "Stated"), "stated"),
            (second, t("Seharusnya", "Expected"), "expected"),
            (third, t("Selisih", "Difference"), "difference"),
        ):
            column.caption(heading)
            column.text(stated(row.get(name)) or "-")
        if row.get("saran"):
            st.caption(t("Saran", "Suggestion"))
            st.text(visible(str(row["saran"]), 1000))
        st.caption(t("Tempat", "Place"))
        st.text(_place(page, row))
        _review_form(page, one, key)
        if not one.gone:
            _misread_form(page, one, key)
        _history(page, one)


def _place(page: Page, row: Mapping[str, Any]) -> str:
    t = page.t
    parts = [
        visible(str(row.get("sumber") or ""), 200),
        f"{t('halaman', 'page')} {row['page']}" if row.get("page") else "",
        f"{t('baris', 'line')} {row['line']}" if row.get("line") else "",
        f"temuan_id {row['temuan_id']}",
    ]
    return ", ".join(part for part in parts if part)


def _review_form(page: Page, one: Listed, key: str) -> None:
    t = page.t
    id_ = str(one.row["temuan_id"])
    slot = f"revisi-{key}-{id_}"
    now = one.review.revision if one.review else 0
    seen = st.session_state.setdefault(slot, now)
    me = st.session_state.get("oleh", "")
    status = one.status if one.status in STATUSES else "baru"
    with st.form(f"tinjau-{key}-{id_}", border=False):
        left, right = st.columns([1, 2])
        chosen = left.selectbox(
            "Status",
            STATUSES,
            index=STATUSES.index(status),
            format_func=lambda code: t(*REVIEW[code]),
            key=f"s-{key}-{id_}",
        )
        by = left.text_input(
            t("Nama Anda", "Your name"),
            key=f"oleh-{key}-{id_}",
            max_chars=LONGEST_NAME,
            value=me,
        )
        note = right.text_area(t("Catatan", "Note"), key=f"c-{key}-{id_}", max_chars=LONGEST_NOTE, height=110)
        sent = st.form_submit_button(t("Simpan", "Save"), type="primary")
    if not sent:
        return
    st.session_state["oleh"] = by
    if chosen == status and not note.strip():
        st.info(t("Tidak ada yang berubah.", "Nothing has changed."))
        return
    try:
        saved = set_review(page.out, one.row, status=chosen if chosen != status else None, note=note, by=by, seen=seen)
    except LkjipError as error:
        st.error(t(str(error), error.en))
        return
    st.session_state[slot] = saved.now.revision
    if saved.stale:
        who = saved.now.by or say("somebody", page.lang)
        told = say("review_stale", page.lang, id=id_, by=who, status=t(*REVIEW[saved.now.status]))
        st.warning(plain(told[:1].upper() + told[1:]))
    else:
        st.success(t("Tersimpan.", "Saved."))


def _misread_form(page: Page, one: Listed, key: str) -> None:
    t = page.t
    row = one.row
    id_, document = str(row["temuan_id"]), str(row["document_id"])
    figures = {f["angka_id"]: f for f in data.figures(page.base, document, row.get("angka") or ())}
    if not figures:
        return
    marked = {m.angka_id: m for m in misreadings(page.out) if m.document_id == document}
    with st.expander(t("Angka yang terlibat, dan salah baca", "The figures involved, and misreadings")):
        columns = {
            "angka_id": ("angka_id", "text"),
            "field": (t("Kolom", "Field"), "text"),
            "text": (t("Terbaca", "Read as"), "text"),
            "value": (t("Nilai", "Value"), "number"),
            "page": (t("Halaman", "Page"), "text"),
            "line": (t("Baris", "Line"), "text"),
            "right": (t("Ditandai salah baca; yang benar", "Marked as misread; right is"), "text"),
        }
        table(frame([f | {"right": marked[i].right if i in marked else ""} for i, f in figures.items()], columns))
        with st.form(f"salah-{key}-{id_}", border=False):
            chosen = st.selectbox(
                t("Angka", "Figure"),
                list(figures),
                format_func=lambda i: f"{i}: {visible(figures[i]['text'], 60)}",
                key=f"angka-{key}-{id_}",
            )
            right = st.text_input(
                t(*_RIGHT),
                key=f"benar-{key}-{id_}",
                max_chars=200,
            )
            sent = st.form_submit_button(t("Tandai salah baca", "Mark as misread"))
        if sent:
            _mark(page, one, figures[str(chosen)], right)


def _mark(page: Page, one: Listed, read: data.Row, right: str) -> None:
    t = page.t
    try:
        understood = right_figure(right, read["unit"]) if right.strip() else None
        mark(
            page.out,
            str(one.row["document_id"]),
            read["angka_id"],
            read["text"],
            right,
            by=st.session_state.get("oleh", ""),
            findings=[str(one.row["temuan_id"])],
        )
    except LkjipError as error:
        st.error(t(str(error), error.en))
        return
    if understood is None:
        st.success(t("Tanda dicabut.", "The mark was taken away."))
    else:
        st.success(t(*_MARKED))
        st.text(figure(understood.value) or understood.status.value)


def _history(page: Page, one: Listed) -> None:
    events = history(page.out, str(one.row["temuan_id"]))
    if not events:
        return
    t = page.t
    st.caption(t("Riwayat", "History"))
    rows = [
        {
            "waktu": event.when.replace("T", " ").replace("+00:00", " UTC"),
            "oleh": event.by,
            "status": t(*REVIEW[event.status]) if event.status else "",
            "catatan": event.note,
        }
        for event in reversed(events)
    ]
    columns = {
        "waktu": (t("Waktu", "Time"), "text"),
        "oleh": (t("Oleh", "By"), "text"),
        "status": ("Status", "text"),
        "catatan": (t("Catatan", "Note"), "text"),
    }
    table(frame(rows, columns))
