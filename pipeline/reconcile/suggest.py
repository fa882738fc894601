"""What a finding suggests: the value, its grounds, and how sure that is; in both languages. Figures are never altered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipeline.reconcile.diagnose import Defect
from pipeline.reconcile.explain import Change
from pipeline.reconcile.figures import Spot, subject
from pipeline.reconcile.messages import GROUND, SUGGESTION, SURE, Language, Where, number
from pipeline.reconcile.relations import SOLVABLE
from schemas.records import Anggaran, Report

MAX_PLACES = 3
MAX_RIVALS = 2
MAX_PARTS = 5


def suggestion(
    defect: Defect, expected: Decimal | str | None, spots: Mapping[str, Spot], report: Report, language: Language
) -> str | None:
    """The suggestion of one defect; None for what cannot be worked out (words, notation, what is missing)."""
    first = defect.checks[0]
    if first.relation not in SOLVABLE or first.rule == "malformed" or not isinstance(expected, Decimal):
        return None
    value = number(expected, language)
    if defect.change is None and defect.rivals and defect.balance == 0:
        names = [_name(one.figure, one.value, spots, report, language) for one in defect.rivals[:MAX_PARTS]]
        return SUGGESTION["parts"][language].format(others="; ".join(names))
    if defect.change is None:
        key = "open" if defect.rivals or defect.culprit == first.result else "none"
        return SUGGESTION[key][language].format(expected=value)
    grounds = "; ".join(_grounds(defect.change, defect, spots, report, language))
    text = SUGGESTION["one"][language].format(expected=value, grounds=grounds, sure=SURE[_sure(defect)][language])
    rivals = [rival for rival in defect.rivals if rival.figure != defect.culprit][:MAX_RIVALS]
    others = [_name(rival.figure, rival.value, spots, report, language) for rival in rivals]
    return text + (SUGGESTION["rival"][language].format(others="; ".join(others)) if others else "")


def _sure(defect: Defect) -> str:
    change = defect.change
    if change is None or not defect.certain:
        return "low"
    told = change.slip is not None and bool(change.elsewhere)
    return "high" if change.balance > 1 or told or change.swapped else "middle" if change.balance > 0 else "low"


def _grounds(
    change: Change, defect: Defect, spots: Mapping[str, Spot], report: Report, language: Language
) -> Iterator[str]:
    yield GROUND["mends"][language].format(count=len(defect.checks))
    if change.swapped:
        other, value = change.cells[1]
        yield GROUND["swapped"][language].format(other=_name(other, value, spots, report, language))
        return
    if change.slip is not None:
        yield GROUND[change.slip.value][language]
    if change.elsewhere:
        where = Where(report)
        figures = [spots[figure].figure for figure in change.elsewhere]
        places = list(dict.fromkeys(where.inside(f.place, f.table_id, language) for f in figures))
        yield GROUND["elsewhere"][language].format(places=", ".join(places[:MAX_PLACES]))
    if change.copied is not None:
        yield GROUND["copied"][language]
    stage = _other_stage(spots[change.figure], report)
    if stage is not None:
        yield GROUND["stage"][language].format(stage=stage)


def _other_stage(spot: Spot, report: Report) -> str | None:
    """The stage or year of the same line whose figure is printed instead; None where none is."""
    record = spot.record
    if not isinstance(record, Anggaran) or not spot.figure.value:
        return None
    for other in report.anggaran:
        same_row = other.table_id == record.table_id and other.row == record.row and other is not record
        figure = getattr(other, spot.field, None)
        if same_row and figure is not None and figure.value == spot.figure.value:
            return " ".join(str(part) for part in (other.tahap, other.tahun) if part)
    return None


def _name(figure: str, value: Decimal, spots: Mapping[str, Spot], report: Report, language: Language) -> str:
    spot = spots[figure]
    what = subject(spot.record, spot.field, report) if spot.record is not None else spot.figure.text
    return GROUND["cell"][language].format(subject=what, stated=spot.figure.text, value=number(value, language))
