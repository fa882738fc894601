"""Numbers, codes and NIPs written wrongly."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pipeline.reconcile.rules.malformed import check
from schemas.figure import Status


def ill(b: Any, text: str, value: str, **more: Any) -> Any:
    return b.figure(text, "rp", value=Decimal(value), decimals=2, status=Status.RUSAK, **more)


def test_a_clean_table_is_one_agreeing_check(b: Any, outcomes: Any) -> None:
    b.budget("T1", "Program", "100.000,00", "90.000,00")
    assert outcomes(check, b) == ["cocok"]


def test_one_cell(b: Any, failing: Any) -> None:
    b.budget("T1", "Program", ill(b, "R3.870.155,00", "3870155", table_id="T1"), "90.000,00")
    (one,) = failing(check, b)
    assert (one.stated, str(one.expected)) == ("R3.870.155,00", "3870155.00")


def test_a_notation_through_a_column_is_one_finding(b: Any, failing: Any) -> None:
    for amount in ("33.859.752.000", "865.468.300", "486.250.000"):
        b.budget("T1", "Program", ill(b, f"Rp. {amount},00,-", amount.replace(".", ""), table_id="T1"))
    b.budget("T1", "Program", ill(b, "469.225000,00", "469225000", table_id="T1"))
    assert [len(one.operands) for one in failing(check, b)] == [2, 0]


def test_sentences(b: Any, failing: Any) -> None:
    b.claim("Program", anggaran=ill(b, "Rp. 39.236.116,499,00", "39236116499"))
    b.claim("Indeks", money=False, realisasi=b.figure("99, %", "persen", value=Decimal(99), status=Status.RUSAK))
    b.claim("Program", anggaran=ill(b, "Rp. Rp.32.204.656.183,-", "32204656183"))
    assert [(one.stated, one.expected) for one in failing(check, b)] == [
        ("Rp. 39.236.116,499,00", Decimal("39236116499.00")),
        ("99, %", None),
    ]


CODES = ["1.01.01", "1.01.02", "1.01.03", "1.01.04", "1.01.05", "1.01.0521.01", "1.01.05.2.01.04", "1.01.05.2.01.05"]


def test_a_code_unlike_its_neighbours(b: Any, failing: Any) -> None:
    for code in CODES:
        b.budget("T1", "Uraian", "100", kode=code)
    (one,) = failing(check, b)
    assert (one.stated, one.expected) == ("1.01.0521.01", "1.01.05.2.01")


def test_codes_that_fit_and_codes_too_few_to_tell(b: Any, failing: Any) -> None:
    for code in [code for code in CODES if "0521" not in code]:
        b.budget("T1", "Uraian", "100", kode=code)
    for code in CODES[4:]:
        b.budget("T2", "Uraian", "100", kode=code)
    assert failing(check, b) == []


def test_nip(b: Any, outcomes: Any, failing: Any) -> None:
    b.say("NIP. 19700101 199503 1 002")
    b.say("NIP 19700101 199503 002")
    b.say("NIP. 130123456")
    assert outcomes(check, b) == ["cocok", "tidak_cocok"]
    (one,) = failing(check, b)
    assert (one.stated, one.expected) == ("19700101 199503 002", "19700101 199503 1 002")


def test_points_and_commas_of_a_scan_are_no_evidence(b: Any) -> None:
    from dataclasses import replace

    from schemas.document import Page, Place
    from schemas.figure import Status

    for text, value in (("2.500.00", "2500.00"), ("587.697.500,00,-", "587697500.00")):
        place = Place(page=1)
        b.budget(
            "T1",
            f"Kegiatan {text}",
            b.figure(text, "rp", value=Decimal(value), decimals=2, status=Status.RUSAK, place=place, table_id="T1"),
        )
    report = b.report()
    scanned = replace(report, document=replace(report.document, pages=(Page(1, 600, 800, method="ocr"),)))
    assert [str(one.outcome) for one in check(report)] == ["tidak_cocok", "tidak_cocok"]
    assert sorted(str(one.outcome) for one in check(scanned)) == ["tak_teruji", "tidak_cocok"]
