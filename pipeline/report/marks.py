"""Which cells of tables a finding or a passed check touches: worked out once for a document, used by every view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.report.labels import rule_name
from pipeline.report.model import Row
from pipeline.report.places import Lookup

Spot = tuple[str, int, int]  # table, row, column


@dataclass(slots=True)
class Marks:
    """`wrong` and `seen` give the finding (the first that touches the cell), `ok` the rules it agrees with."""

    wrong: dict[Spot, str] = field(default_factory=dict)
    seen: dict[Spot, str] = field(default_factory=dict)
    ok: dict[Spot, str] = field(default_factory=dict)
    numbers: set[Spot] = field(default_factory=set)

    def of(self, spot: Spot) -> tuple[str, str, str]:
        """Mark, finding and rules of a cell."""
        rules = self.ok.get(spot, "")
        if spot in self.wrong:
            return "wrong", self.wrong[spot], rules
        if spot in self.seen:
            return "seen", self.seen[spot], rules
        return ("ok" if rules else ""), "", rules


def spot_of(row: Mapping[str, object]) -> Spot | None:
    """The cell a figure or a piece of evidence stands in."""
    table, line, column = row.get("table_id"), row.get("row"), row.get("col")
    if isinstance(table, str) and isinstance(line, int) and isinstance(column, int):
        return table, line, column
    return None


def marks_of(findings: Iterable[Row], lookup: Lookup) -> Marks:
    """The marks of all cells. Findings come worst first, so that a cell names the worst that touches it."""
    marks = Marks()
    for finding in findings:
        for i, evidence in enumerate(located(finding, lookup)):
            spot = spot_of(evidence)
            if spot is not None:
                (marks.wrong if i == 0 else marks.seen).setdefault(spot, finding["temuan_id"])
        if finding["rule"] == "malformed":  # one finding for a notation repeated through a column: all are wrong
            for evidence in finding["evidence"]:
                if (spot := spot_of(evidence)) is not None:
                    marks.wrong.setdefault(spot, finding["temuan_id"])
    for id_, rules in lookup.agreeing.items():
        figure = lookup.figures.get(id_)
        if figure is not None and (spot := spot_of(figure)) is not None:
            marks.ok[spot] = ", ".join(dict.fromkeys(rule_name(rule).id.lower() for rule in rules))
    for figure in lookup.figures.values():
        if (spot := spot_of(figure)) is not None:
            marks.numbers.add(spot)
    return marks


def located(finding: Row, lookup: Lookup) -> list[Row]:
    """The evidence of a finding; where it names a table but no cell, the cell of that row, line or page that holds it."""
    return [_found(evidence, lookup) for evidence in finding["evidence"]]


def _found(evidence: Row, lookup: Lookup) -> Row:
    if evidence["table_id"] is None or spot_of(evidence) is not None or not evidence["text"]:
        return evidence
    for cell in lookup.cells.get(evidence["table_id"], ()):
        if evidence["row"] is not None:
            near = cell["row"] == evidence["row"]
        else:
            near = (cell["line"], cell["page"]) == (evidence["line"], evidence["page"])
        if near and evidence["text"] in cell["text"]:
            return evidence | {"row": cell["row"], "col": cell["col"]}
    return evidence
