"""Templates to pages. Everything is escaped by Jinja unless a template of ours says otherwise, and none does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.report import labels
from pipeline.report.numerals import day, number, rupiah

STATIC = ("report.css", "report.js")


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("pipeline.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        SEVERITIES=labels.SEVERITIES,
        SEVERITY=labels.SEVERITY,
        SHAPE=labels.SHAPE,
        OUTCOMES=labels.OUTCOMES,
        OUTCOME=labels.OUTCOME,
        EXPECTED=labels.EXPECTED,
        EXPECTED_ELSE=labels.EXPECTED_ELSE,
        KIND=labels.KIND,
        FORMAT=labels.FORMAT,
        STATUS=labels.STATUS,
        PAGE_STATUS=labels.PAGE_STATUS,
        REVIEW=labels.REVIEW,
        label_of=labels.label_of,
        rule_name=labels.rule_name,
        rule_note=labels.rule_note,
        rupiah=rupiah,
        day=day,
    )
    environment.filters["n"] = number
    return environment


def render(template: str, lang: str, today: date, values: Mapping[str, Any]) -> str:
    """A page. `lang` is the language it opens in; both are in it."""
    return str(_environment().get_template(template).render(lang=lang, today=today, **values))


def write_static(folder: Path) -> None:
    """The style sheet and the script, beside the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    source = files("pipeline.report") / "static"
    for name in STATIC:
        (folder / name).write_bytes((source / name).read_bytes())
