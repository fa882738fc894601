"""The dashboard's frame: which page, which language, which part of OUT. Streamlit runs this file anew for every click.

Started by `lkjip dashboard` (pipeline/dashboard/launch.py), which says in the environment which OUT is shown.
"""

from __future__ import annotations

import os

import duckdb
import streamlit as st
from PIL import Image, ImageDraw

from pipeline.dashboard import data, page_agency, page_data, page_findings, page_overview, page_review
from pipeline.dashboard.launch import LANG_VARIABLE, OUT_VARIABLE
from pipeline.dashboard.page import Page
from pipeline.dashboard.show import teller
from pipeline.location import location
from schemas.errors import LkjipError

LANGUAGES = {"id": "Indonesia", "en": "English"}
PAGES = {
    "ringkasan": ("Ringkasan", "Overview", page_overview.show),
    "instansi": ("Instansi", "Agency", page_agency.show),
    "temuan": ("Temuan", "Findings", page_findings.show),
    "tinjauan": ("Tinjauan", "Review", page_review.show),
    "data": ("Data", "Data", page_data.show),
}
# Ours alone: Streamlit's own download of a table would write what a spreadsheet takes for a formula.
_STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding-top: 4.6rem; max-width: 84rem; }
[data-testid="stElementToolbarButton"]:has([aria-label="Download as CSV"]) { display: none; }
[data-testid="stMetricValue"] { font-variant-numeric: tabular-nums; }
[data-testid="stText"] { white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 640px) {
  [data-testid="stMetricValue"] { font-size: 1.35rem; }
  button[data-variant^="segmented"], button[kind^="segmented"] { padding-left: 0.45rem; padding-right: 0.45rem; }
}
</style>"""


@st.cache_resource(max_entries=2, show_spinner=False)
def _base(out: str, state: str) -> duckdb.DuckDBPyConnection:
    """The database over OUT, opened anew when a run has written (`state`)."""
    return data.open_base(location(out))


@st.cache_resource(show_spinner=False)
def _icon() -> Image.Image:
    """A tick on blue. Streamlit would ask another server for an icon it has by name."""
    icon = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    pen = ImageDraw.Draw(icon)
    pen.rounded_rectangle((2, 2, 62, 62), 12, fill="#1F5FA8")
    pen.line(((16, 34), (28, 46), (49, 19)), fill="white", width=8, joint="curve")
    return icon


def main() -> None:
    """One page."""
    out = location(os.environ[OUT_VARIABLE])
    first = os.environ.get(LANG_VARIABLE, "id")
    st.set_page_config(page_title="lkjip", page_icon=_icon(), layout="wide")
    st.html(_STYLE)
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    lang = st.session_state.get("lang") or st.query_params.get("lang", first)
    t = teller(lang)
    with left:
        wanted = st.query_params.get("page", "ringkasan")
        if st.session_state.get("page") is None:
            st.session_state.page = wanted if wanted in PAGES else "ringkasan"
        chosen = st.segmented_control(
            t("Halaman", "Page"),
            list(PAGES),
            format_func=lambda key: t(*PAGES[key][:2]),
            key="page",
            label_visibility="collapsed",
        )
    with right:
        st.session_state.setdefault("lang", lang if lang in LANGUAGES else "id")
        st.segmented_control(
            "Bahasa / language",
            list(LANGUAGES),
            format_func=lambda code: LANGUAGES[code],
            key="lang",
            label_visibility="collapsed",
        )
    page = str(chosen or "ringkasan")
    st.query_params["page"] = page
    try:
        base = _base(str(out), data.state_of(out)).cursor()
        PAGES[page][2](Page(out, base, t, lang))
    except LkjipError as error:
        st.error(t(str(error), error.en))
    except duckdb.Error:
        _base.clear()
        st.warning(
            t(
                "Data sedang ditulis oleh ingest atau rusak; muat ulang halaman ini sebentar lagi.",
                "The data are being written by an ingest, or are damaged; load this page again in a moment.",
            )
        )


if __name__ == "__main__":
    main()
