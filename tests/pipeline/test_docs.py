"""The documentation made from the code has not drifted from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.docs import PAGES, described_rules
from schemas.datasets import DATASETS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", PAGES)
def test_page_is_what_the_code_says(name: str):
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run: python -m pipeline.docs"


def test_every_rule_states_itself():
    for name, statement, source in described_rules():
        assert statement.endswith("."), name
        assert source, name


def test_every_column_is_described_in_both_languages():
    for dataset in DATASETS:
        assert len(set(dataset.names)) == len(dataset.names)
        for column in dataset.columns:
            assert column.id
            assert column.en


def test_every_command_is_documented():
    from pipeline.cli import app

    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"## lkjip {command.name or command.callback.__name__}" in text
