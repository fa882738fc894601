"""Coverage counts every check, and like reasons together."""

from __future__ import annotations

from pipeline.report.coverage import MOST_REASONS, coverage, kind_of_reason, total
from pipeline.report.labels import EXPECTED, RULE


def check(rule: str, outcome: str, reason: str | None = None):
    return {"rule": rule, "outcome": outcome, "reason": reason}


def test_checks_are_counted_by_rule_and_outcome():
    found = coverage([check("sum", "cocok"), check("sum", "tidak_cocok"), check("percent", "cocok")])
    assert [(rule.rule, rule.counts) for rule in found.rules] == [
        ("sum", {"cocok": 1, "tidak_cocok": 1}),
        ("percent", {"cocok": 1}),
    ]
    assert (found.total, found.count("cocok"), found.count("tak_teruji")) == (3, 2, 0)


def test_what_a_reason_quotes_does_not_make_it_another():
    assert (
        kind_of_reason("capaian berupa kata: 'n/a'")
        == kind_of_reason("capaian berupa kata: '-'")
        == "capaian berupa kata"
    )
    assert kind_of_reason(None) == "tanpa keterangan"


def test_a_long_tail_of_reasons_is_one_line():
    found = coverage([check("sum", "tak_teruji", f"sebab {i}") for i in range(40)])
    reasons = found.rules[0].reasons
    assert len(reasons) == MOST_REASONS
    assert sum(n for _, n in reasons) == 40


def test_totals_of_documents_add_up():
    one = coverage([check("sum", "tak_teruji", "sebab"), check("sum", "cocok")])
    both = total([one, one, coverage([])])
    assert both.rules[0].counts == {"tak_teruji": 2, "cocok": 2}
    assert both.rules[0].reasons == (("sebab", 2),)


def test_every_rule_of_the_checker_has_a_name_on_the_pages():
    from pipeline.reconcile import RULES

    assert {rule.RULE for rule in RULES} <= set(RULE)
    assert set(EXPECTED) <= set(RULE)
