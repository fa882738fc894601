"""What every page is given, and the parts that several pages have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from pipeline.dashboard.data import Scope, choices
from pipeline.dashboard.show import Tell
from pipeline.location import Location
from pipeline.report.labels import SEVERITY, rule_name
from pipeline.report.text import visible

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Page:
    """The folder, the database, the language."""

    out: Location
    base: duckdb.DuckDBPyConnection
    t: Tell
    lang: str

    def severity(self, code: str) -> str:
        """A severity in the language of the page."""
        both = SEVERITY.get(code)
        return code if both is None else self.t(both.id, both.en)

    def rule(self, code: str) -> str:
        """A rule's name in the language of the page."""
        both = rule_name(code)
        return self.t(both.id, both.en)


def scope(page: Page, key: str, *, agencies: bool = True) -> Scope:
    """The filters by region, agency and year, in a row."""
    known = choices(page.base)
    names = dict(known["agencies"])
    columns = st.columns(3 if agencies else 2)
    with columns[0]:
        wilayah = st.multiselect(
            page.t("Wilayah", "Region"),
            known["wilayah"],
            key=f"{key}-wilayah",
            format_func=_short,
            placeholder=_all(page),
        )
    with columns[1]:
        years = st.multiselect(page.t("Tahun", "Year"), known["years"], key=f"{key}-year", placeholder=_all(page))
    chosen: list[str] = []
    if agencies:
        with columns[2]:
            chosen = st.multiselect(
                page.t("Instansi", "Agency"),
                list(names),
                key=f"{key}-agency",
                format_func=lambda slug: _short(names[slug]),
                placeholder=_all(page),
            )
    return Scope(tuple(wilayah), tuple(chosen), tuple(years))


def table(frame: Any, **more: Any) -> Any:
    """A table of texts over the whole width."""
    height = min(38 + 35 * max(1, len(frame)), 640)
    return st.dataframe(frame, hide_index=True, width="stretch", height=height, **more)


def agency_name(page: Page) -> Callable[[str], str]:
    """From an agency's slug to its name."""
    names = dict(choices(page.base)["agencies"])
    return lambda slug: _short(names.get(slug, slug))


def _short(text: str) -> str:
    return visible(text, 120)


def _all(page: Page) -> str:
    return page.t("semua", "all")
