"""The folder of rules: every rule is listed, documented and tested."""

from __future__ import annotations

from pathlib import Path

from pipeline.reconcile.rules import RULES, statement

HERE = Path(__file__).parent
FOLDER = Path(__file__).parents[3] / "pipeline" / "reconcile" / "rules"
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")


def test_every_module_of_the_folder_is_listed_under_its_name() -> None:
    assert sorted(rule.RULE for rule in RULES) == MODULES


def test_every_rule_has_its_own_test() -> None:
    assert sorted(path.stem.removeprefix("test_") for path in (HERE / "rules").glob("test_*.py")) == MODULES


def test_every_rule_states_itself_in_one_sentence_and_names_its_source() -> None:
    for rule in RULES:
        first = statement(rule)
        assert first.endswith((".", ")")), rule.RULE
        assert len(first) > 30, rule.RULE
        assert len(rule.SOURCE) > 20, rule.RULE


def test_statements_differ() -> None:
    assert len({statement(rule) for rule in RULES}) == len(RULES)
