"""The notation of a column from its cells."""

import pytest

from extractors.numbers import Style, decide_style


@pytest.mark.parametrize(
    ("texts", "grouping"),
    [
        (["1.234.567", "-", "12"], "id"),
        (["4,85", "5", "100%"], "id"),
        (["Rp. 1.234.567,00", "Rp 0,00"], "id"),
        (["1,547,690,855", "1,234"], "en"),
        (["88.37%", "99.12%"], "en"),
        (["1.234", "5.678"], "unknown"),
        (["100", "", "-"], "unknown"),
        (["4,85", "4.95", "5"], "unknown"),
        (["1.234.567", "2.345.678", "4.95"], "id"),
        (["R3.870.741.155,00"], "id"),
    ],
)
def test_by_the_unambiguous_forms(texts: list[str], grouping: str) -> None:
    assert decide_style(texts) == Style(grouping)


def test_the_document_decides_where_the_column_does_not_tell() -> None:
    assert decide_style(["1.234", "100"], Style("en")) == Style("en")
    assert decide_style(["12,5"], Style("en")) == Style("id")


@pytest.mark.parametrize(("sign", "grouping"), [(",", "en"), (".", "id")])
def test_one_sign_for_both_uses(sign: str, grouping: str) -> None:
    texts = [t.replace("_", sign) for t in ("9_955_711_600_00", "641_773_572_00", "95_500_000_00", "1_183_525_042_239")]
    assert decide_style(texts) == Style(grouping, same_separator=True)


def test_one_such_cell_among_well_formed_ones_is_its_own_fault() -> None:
    assert decide_style(["81.900.000.00", "81.900.000,00", "12.000.000,00", "1.500.000,00"]) == Style("id")


def test_a_torn_number_is_no_evidence_of_one_sign_for_both() -> None:
    assert decide_style(["102.780.80 0", "102.780.80 0", "59.956.714"]) == Style("id")


def test_the_same_hand_in_a_column_of_its_document() -> None:
    document = Style("en", same_separator=True)
    assert decide_style(["50", "40,24", "16,085,121"], document) == document
    assert decide_style(["50", "40,24", "16.085.121"], document) == Style("id")


def test_chapter_numbers_in_sentences_say_nothing() -> None:
    assert decide_style(["Sebagaimana diuraikan pada bagian 3.1 dan 3.2 laporan ini", "1.234.567"]) == Style("id")


def test_wide_letter_spacing_is_seen_by_column() -> None:
    texts = ["1 5,706,334,647.00", "4 5,216,799,280.00", "7 6,278,639,222.00", "9,907,586,855.00"]
    assert decide_style(texts) == Style("en", torn_head=True)
