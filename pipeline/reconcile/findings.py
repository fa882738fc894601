"""Defects as findings: rule, severity, place, sentences in two languages, suggestion and evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from pipeline.reconcile import messages
from pipeline.reconcile.diagnose import DOUBTFUL, Defect
from pipeline.reconcile.figures import Spot, subject
from pipeline.reconcile.interval import as_printed
from pipeline.reconcile.material import Materiality, severity, share_of, total_of
from pipeline.reconcile.messages import BASIS, LANGUAGES, OPENING, SHARE, Language, Where, number
from pipeline.reconcile.relations import EQUAL, FORMULA, RATIO, SUM
from pipeline.reconcile.suggest import suggestion
from schemas.checks import Check, Evidence, Finding, Severity
from schemas.document import Place
from schemas.figure import Figure
from schemas.records import Identity, Report

IN_TABLE = ("sum", "percent", "capaian", "malformed", "cross_table", "narrative")
IN_TEXT = ("year", "swapped", "percent", "capaian", "malformed", "narrative", "terbilang", "sum", "cross_table")
MAX_EVIDENCE = 60
MAX_SENTENCES = 4
CENT = Decimal("0.01")
ANY = Materiality()

Amount = Decimal | str | None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a finding says, before it is put into words."""

    rule: str
    first: Check
    subject: str
    stated: Amount
    expected: Amount
    culprit: Spot | None

    @property
    def difference(self) -> Decimal | None:
        if isinstance(self.stated, Decimal) and isinstance(self.expected, Decimal):
            return self.stated - self.expected
        return None


def finding(defect: Defect, spots: Mapping[str, Spot], report: Report, material: Materiality = ANY) -> Finding:
    """The finding of one defect; `material` says from which difference on money is grave."""
    facts = _facts(defect, spots, report)
    place = facts.culprit.figure.place if facts.culprit else facts.first.place
    table_id = facts.culprit.figure.table_id if facts.culprit else facts.first.table_id
    total = total_of(facts.culprit, report)
    sentences = {language: _message(facts, defect, spots, Where(report), total, language) for language in LANGUAGES}
    advice = {language: suggestion(defect, facts.expected, spots, report, language) for language in LANGUAGES}
    figures = _figures(defect, facts)
    return Finding(
        id=_finding_id(report.identity, facts, place, table_id),
        rule=facts.rule,
        severity=_weight(facts, total, material),
        subject=facts.subject,
        stated=_string(facts.stated),
        expected=_string(facts.expected),
        difference=_string(facts.difference),
        place=place,
        table_id=table_id,
        pesan=sentences["id"],
        message=sentences["en"],
        saran=advice["id"],
        suggestion=advice["en"],
        figures=tuple(figures),
        evidence=tuple(_evidence(figures, facts, spots)),
        checks=tuple(check.id for check in defect.all_checks),
    )


def _facts(defect: Defect, spots: Mapping[str, Spot], report: Report) -> _Facts:
    culprit = spots.get(defect.culprit or "")
    first = _naming(defect, culprit)
    if defect.change is not None and defect.change.swapped and culprit is not None:
        name = subject(culprit.record, culprit.field, report) if culprit.record is not None else first.subject
        stated = as_printed(culprit.figure.value or Decimal(0), culprit.figure)
        return _Facts("swapped", first, name, stated, defect.value, culprit)
    own = first.relation not in (SUM, RATIO, EQUAL, FORMULA) or culprit is None
    if own or (first.result == defect.culprit and first.rule in ("swapped", "malformed")):
        return _Facts(first.rule, first, first.subject, first.stated, first.expected, culprit)
    assert culprit is not None
    figure = culprit.figure
    value = as_printed(figure.value, figure) if figure.value is not None else figure.text
    expected = first.expected if first.result == figure.id else defect.value
    expected = defect.value if defect.value is not None else expected
    own_name = first.result == figure.id or culprit.record is None
    record_name = (
        first.subject if own_name or culprit.record is None else subject(culprit.record, culprit.field, report)
    )
    return _Facts(first.rule, first, record_name, value, expected, culprit)


def _naming(defect: Defect, culprit: Spot | None) -> Check:
    """The check a finding is named after: the strongest one that states the figure, else the strongest of all."""
    in_text = culprit is not None and culprit.in_text
    order = IN_TEXT if in_text else IN_TABLE

    def strength(check: Check) -> tuple[bool, int]:
        position = order.index(check.rule) if check.rule in order else len(order)
        weak = check.relation in (RATIO, FORMULA) and check.result != defect.culprit
        return weak, position

    return min(defect.checks, key=strength)


def _finding_id(who: Identity, facts: _Facts, place: Place, table_id: str | None) -> str:
    """The same over runs: of agency and year, rule, subject and place; two agencies never share one."""
    culprit = facts.culprit
    where = (table_id, culprit.figure.row, culprit.figure.col) if culprit and table_id else (place.page, place.line)
    parts = (who.agency, who.year, facts.rule, facts.subject, *where, _string(facts.stated))
    return sha256("\x1f".join("" if part is None else str(part) for part in parts).encode()).hexdigest()[:16]


def _string(value: Amount) -> str | None:
    """A decimal string as the gold has it: a dot, no grouping, the decimals of the figure."""
    return None if value is None else str(value) if isinstance(value, str) else f"{value:f}"


def _weight(facts: _Facts, total: Decimal | None, material: Materiality) -> Severity:
    """The severity: what the rule itself says, a doubtful reading, else by what turns on the figure."""
    if facts.culprit is not None and facts.culprit.figure.confidence < DOUBTFUL:
        return Severity.RENDAH
    if weight := dict(facts.first.detail).get("berat"):
        return Severity(weight)
    return severity(facts.rule, facts.culprit, facts.stated, facts.expected, total, material)


def _message(
    facts: _Facts,
    defect: Defect,
    spots: Mapping[str, Spot],
    where: Where,
    total: Decimal | None,
    language: Language,
) -> str:
    place = facts.culprit.figure.place if facts.culprit else facts.first.place
    table_id = facts.culprit.figure.table_id if facts.culprit else facts.first.table_id
    values = dict(facts.first.detail) | {
        "where": where.of(place, table_id, language),
        "subject": facts.subject,
        "stated": number(facts.stated, language),
        "expected": number(facts.expected, language),
        "difference": number(facts.difference, language),
        "share": _share(facts, total, language),
        "other": _other(defect, spots, where.report),
    }
    opening = OPENING[_opening(facts)][language].format(**values)
    if facts.culprit is not None and facts.culprit.figure.confidence < DOUBTFUL:
        opening = OPENING["scan"][language] + opening
    told = [check for check in defect.checks if facts.rule != "year" or check.rule == facts.rule][:MAX_SENTENCES]
    bases = [_basis(check, facts, defect, spots, where, language) for check in told]
    also = [_also(other, spots, report=where.report, language=language) for other in defect.also]
    if facts.rule == "year":
        also = []  # with the year that is meant its figures are right
    return messages.join([opening, *dict.fromkeys(bases), *also])


def _share(facts: _Facts, total: Decimal | None, language: Language) -> str:
    """The difference in percent of its total, for money; empty where there is no total."""
    share = share_of(facts.difference, total) if facts.difference is not None else None
    if share is None or total is None:
        return ""
    digits = CENT if share >= CENT else Decimal(1).scaleb(share.adjusted())
    shown = number(share.quantize(digits), language)
    return SHARE[language].format(share=shown, total=number(total.quantize(CENT), language))


def _other(defect: Defect, spots: Mapping[str, Spot], report: Report) -> str:
    """The cell that holds the value of this one, where two are exchanged."""
    if defect.change is None or not defect.change.swapped:
        return ""
    spot = spots[defect.change.cells[1][0]]
    return subject(spot.record, spot.field, report) if spot.record is not None else spot.figure.text


def _also(defect: Defect, spots: Mapping[str, Spot], *, report: Report, language: Language) -> str:
    """A further wrong figure of the same sentence."""
    facts = _facts(defect, spots, report)
    field = facts.culprit.field if facts.culprit else facts.subject
    stated, expected = number(facts.stated, language), number(facts.expected, language)
    return BASIS["also"][language].format(field=field, stated=stated, expected=expected)


def _opening(facts: _Facts) -> str:
    if facts.rule == "malformed":
        return "notation" if facts.expected is not None else "notation_unknown"
    if facts.rule == "swapped" and facts.first.rule != "swapped":
        return "exchanged"
    if (named := dict(facts.first.detail).get("pesan")) in OPENING:
        return named or ""
    if facts.rule == "count":
        return "words" if facts.first.relation == "words" else "listed"
    return facts.rule if facts.rule in OPENING else "figure"


def _basis(
    check: Check, facts: _Facts, defect: Defect, spots: Mapping[str, Spot], where: Where, language: Language
) -> str:
    """By what the expected value is known: one failing check in words."""
    detail = dict(check.detail)
    is_result = check.result == defect.culprit
    values = {
        "expected": number(facts.expected, language),
        "computed": number(check.expected, language),
        "parts": detail.get("bagian", str(len(check.operands))),
        "total": number(check.stated, language),
        "total_subject": check.subject,
        "percentage": number(check.stated, language),
        "formula": detail.get("rumus", ""),
    }
    if check.relation == SUM:
        return BASIS["sum_result" if is_result else "sum_part"][language].format(**values)
    if check.relation == RATIO:
        if not is_result:
            return BASIS["ratio_part"][language].format(**values)
        first, second = (_printed(spots[figure].figure, language) for figure in check.operands[:2])
        if detail.get("rumus", "").startswith("target/"):
            first, second = second, first
        if detail.get("rumus", "").startswith("(2"):
            first = f"(2 x {second} - {first})"
        return BASIS["ratio_result"][language].format(numerator=first, denominator=second, **values)
    if check.relation == FORMULA:
        return _formula_basis(check, defect, spots, language, values)
    if check.relation == EQUAL:
        others = [figure for figure in (check.result, *check.operands) if figure and figure != defect.culprit]
        places = ", ".join(dict.fromkeys(_at(spots[figure].figure, where, language) for figure in others[:5]))
        other = _printed(spots[others[0]].figure, language)
        return BASIS["equal"][language].format(other=other, places=places)
    if check.rule == "malformed":
        return _notation_basis(detail, language)
    if detail.get("dasar") in BASIS:
        places = ", ".join(dict.fromkeys(_seen_at(one, where, language) for one in check.seen[1:6]))
        return BASIS[detail["dasar"]][language].format(**(detail | values | {"places": places}))
    if detail.get("kalimat"):
        return BASIS["sentence"][language].format(sentence=detail["kalimat"])
    return ""


def _formula_basis(
    check: Check, defect: Defect, spots: Mapping[str, Spot], language: Language, values: Mapping[str, str]
) -> str:
    """A calculation in words: an average by how many it takes, anything else with its numbers."""
    detail = dict(check.detail)
    if check.result != defect.culprit:
        return BASIS["formula_part"][language].format(**values)
    if detail.get("hitung") == "rerata":
        return BASIS["mean_result"][language].format(**values)
    numbers = [_printed(spots[figure].figure, language) for figure in check.operands]
    shown = re.sub(r"\d+", lambda m: numbers[int(m[0])], detail["bentuk"].removesuffix("*100"))
    shown = re.sub(r"(?<=[\d)])([-+/])(?=[\d(])", r" \1 ", shown).replace(" / ", " : ")
    times = " x 100" if detail["bentuk"].endswith("*100") else ""
    return BASIS["formula_result"][language].format(calculation=shown + times, **values)


def _seen_at(one: Evidence, where: Where, language: Language) -> str:
    text = where.of(one.place, one.table_id, language)
    return text[:1].lower() + text[1:] if one.table_id is None else text


def _notation_basis(detail: Mapping[str, str], language: Language) -> str:
    if "tetangga" in detail:
        return BASIS["code"][language].format(neighbour=detail["tetangga"])
    if "digit" in detail:
        return BASIS["nip"][language].format(digits=detail["digit"])
    if detail.get("banyak", "1") != "1":
        return BASIS["notation_many"][language].format(count=detail["banyak"])
    return ""


def _printed(figure: Figure, language: Language) -> str:
    return number(as_printed(figure.value, figure), language) if figure.value is not None else figure.text


def _at(figure: Figure, where: Where, language: Language) -> str:
    text = where.of(figure.place, figure.table_id, language)
    return text[:1].lower() + text[1:] if figure.table_id is None else text


def _figures(defect: Defect, facts: _Facts) -> list[str]:
    ids = [facts.culprit.figure.id] if facts.culprit else []
    for check in defect.all_checks:
        ids += [figure for figure in (check.result, *check.operands) if figure]
    return list(dict.fromkeys(ids))


def _evidence(figures: Sequence[str], facts: _Facts, spots: Mapping[str, Spot]) -> Iterator[Evidence]:
    """All places to look at, the wrong one first."""
    if not figures and not facts.first.seen:
        yield Evidence(str(facts.stated or facts.subject), facts.first.place, facts.first.table_id)
    for figure_id in figures[:MAX_EVIDENCE]:
        figure = spots[figure_id].figure
        yield Evidence(figure.text, figure.place, figure.table_id, figure.row, figure.col)
    yield from facts.first.seen[:MAX_EVIDENCE]
