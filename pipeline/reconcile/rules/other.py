"""Contradictions of structure and wording: numbering, twin rows, headers, signatures, trends, targets, units, counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.reconcile import counted, headings, measures, numbering, periods, products, signatures, targets, trends
from pipeline.reconcile.checking import Detail, plain
from pipeline.reconcile.prose import paragraphs_of
from schemas.checks import Check, Evidence, Outcome
from schemas.document import Place
from schemas.figure import Figure
from schemas.records import Report

RULE = "other"
SOURCE = "consistency of the report with itself (PermenPAN-RB 53/2014 asks for reliable, accurate reports)"


def check(report: Report) -> Iterator[Check]:
    """Penomoran, kepala kolom, tanda tangan, kata tentang tren dan target, satuan dan banyaknya butir tidak bertentangan."""
    text = paragraphs_of(report)
    for table, disorder in numbering.lists(report):
        if disorder is None:
            name = f"Penomoran tabel {table.raw.table_id}"
            yield _right(name, table.raw.place_first, table.raw.table_id)
        else:
            yield _disorder(disorder)
    for disorder in (*numbering.twins(report), *numbering.codes(report), *numbering.chapters(text)):
        yield _disorder(disorder)
    for header in (*headings.copied(report), *headings.plan_ends(report)):
        yield _wrong(
            header.what, header.subject, header.place, header.stated, header.expected, header.seen, header.table_id
        )
    yield from _people(report)
    for product in products.products(report):
        yield _product(product)
    for period in periods.periods(text):
        if period.usual is None:
            yield _right(f"{period.label} {period.stated}", period.place)
        else:
            seen = (Evidence(period.stated, period.place),)
            more: Detail = (("kalimat", period.sentence),)
            yield _wrong("other_period", period.label, period.place, period.stated, period.usual, seen, more=more)
    for trend in trends.trends(text):
        if trend.holds:
            yield _right(trend.words, trend.place)
        else:
            seen = (Evidence(trend.words, trend.place),)
            more = (("angka", trend.figures), ("kalimat", trend.sentence))
            yield _wrong(trend.what, trend.words, trend.place, trend.words, trend.expected, seen, more=more)
    for met in targets.met(report, text):
        if met.capaian is None:
            yield _right(met.subject, met.place)
        else:
            more = (("angka", met.capaian), ("kalimat", met.sentence), ("berat", "sedang"))
            yield _wrong(met.what, met.subject, met.place, met.words, None, met.seen, more=more)
    for strange in (*measures.as_percent(report, text), *measures.absorption(report)):
        figures = (strange.figure,) if strange.figure is not None else ()
        more = (("kalimat", strange.sentence), ("berat", "sedang"))
        yield _wrong(
            strange.what,
            strange.subject,
            strange.place,
            strange.stated,
            strange.expected,
            strange.seen,
            strange.table_id,
            more,
            figures,
        )
    for count in (*counted.breakdowns(text), *counted.agreed(report, text)):
        if count.expected is None:
            yield _right(f"{count.subject}: {count.stated}", count.place)
        else:
            more = (("kalimat", count.sentence),)
            yield _wrong(count.what, count.subject, count.place, count.stated, count.expected, count.seen, more=more)


def _people(report: Report) -> Iterator[Check]:
    for signature, usual, seen in signatures.one_person(report):
        name = f"NIP {signature.shown}"
        if usual is None:
            yield _right(name, signature.place)
        else:
            yield _wrong("other_nip", name, signature.place, signature.shown, usual, seen)


def _product(one: products.Product) -> Check:
    factors = " x ".join(figure.text.strip() for figure in one.factors)
    return plain(
        RULE,
        "order",
        one.name,
        Outcome.COCOK if one.holds else Outcome.TIDAK_COCOK,
        one.result.place,
        result=one.result,
        operands=one.factors,
        expected=one.expected,
        detail=(("pesan", "other_product"), ("angka", factors)),
    )


def _disorder(found: numbering.Disorder) -> Check:
    more: Detail = (("angka", found.figures),) if found.figures else ()
    return _wrong(
        found.what, found.subject, found.place, found.stated, found.expected, found.seen, found.table_id, more
    )


def _right(subject: str, place: Place, table_id: str | None = None) -> Check:
    return plain(RULE, "order", subject, Outcome.COCOK, place, table_id=table_id)


def _wrong(
    what: str,
    subject: str,
    place: Place,
    stated: str,
    expected: str | None,
    seen: Sequence[Evidence],
    table_id: str | None = None,
    more: Detail = (),
    figures: Sequence[Figure] = (),
) -> Check:
    weight = () if any(key == "berat" for key, _ in more) else (("berat", "rendah"),)
    basis = (("dasar", "also_at"),) if len(seen) > 1 and not dict(more).get("kalimat") else ()
    return plain(
        RULE,
        "order",
        subject,
        Outcome.TIDAK_COCOK,
        place,
        operands=figures,
        stated_as=stated,
        expected=expected,
        table_id=table_id,
        detail=(("pesan", what), *basis, *more, *weight),
        seen=seen,
    )
