"""What one printed cell means: every row of the number table, and the forms that must not be taken for a number."""

from decimal import Decimal

import pytest

from extractors.numbers import Parsed, Style, looks_numeric, make_figure, parse
from schemas.document import Place
from schemas.figure import Status

ID, EN = Style("id"), Style("en")


def value(text: str, **options: object) -> str | None:
    parsed: Parsed = parse(text, **options)  # type: ignore[arg-type]
    return None if parsed.value is None else f"{parsed.value.normalize():f}"


@pytest.mark.parametrize(
    ("text", "expected", "decimals"),
    [
        ("Rp. 41.934.583.080,00", "41934583080", 2),
        ("Rp 7.295.723.830,00", "7295723830", 2),
        ("Rp.80.860.350,-", "80860350", 0),
        ("21.095.682.000 ,-", "21095682000", 0),
        ("Rp. 3.088.327.417-", "3088327417", 0),
        ("Rp. 5.000.000.-", "5000000", 0),
        ("IDR 1.250.000", "1250000", 0),
        ("1.250.000 rupiah", "1250000", 0),
        ("40.325,00", "40325", 2),
        ("0", "0", 0),
        ("Rp 0,00", "0", 2),
        ("Rp5.000.000/bulan", "5000000", 0),
        ("Rp 1.000.000,- (satu juta rupiah)", "1000000", 0),
    ],
)
def test_plain_money(text: str, expected: str, decimals: int) -> None:
    parsed = parse(text, style=ID, kind="money")
    assert (value(text, style=ID, kind="money"), parsed.decimals) == (expected, decimals)
    assert (parsed.unit, parsed.status, parsed.doubt) == ("rp", Status.ANGKA, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R3.870.741.155,00", "3870741155"),
        ("39.236.116,499,00", "39236116499"),
        ("469.225000,00", "469225000"),
        ("132.275.000,00,00", "132275000"),
        ("587.697.500,00,-", "587697500"),
        ("Rp. 36.053.304.000,00,-", "36053304000"),
        ("Rp. Rp.32.204.656.183,-", "32204656183"),
        ("9,955,711,600,00", "9955711600"),
        ("81.900.000.00", "81900000"),
        ("163.305..000,-", "163305000"),
        ("1.577250.000,-", "1577250000"),
    ],
)
def test_money_written_wrongly_has_the_value_it_evidently_means(text: str, expected: str) -> None:
    parsed = parse(text, kind="money")
    assert value(text, kind="money") == expected
    assert parsed.status is Status.RUSAK
    assert parsed.why_malformed
    assert parsed.doubt is None


@pytest.mark.parametrize("text", ["", "  ", "\u00a0", "\u00ad"])
def test_nothing_is_missing_not_zero(text: str) -> None:
    for kind in ("money", "percent", "plain", "any"):
        assert parse(text, kind=kind) == Parsed(None, 0, None, Status.KOSONG)


@pytest.mark.parametrize("text", ["-", "–", "- .00", "-,00", "--", "( - )", "-,-"])
def test_a_dash_is_nil_in_money_and_no_number_elsewhere(text: str) -> None:
    assert parse(text, kind="money") == Parsed(Decimal(0), 0, "rp", Status.STRIP)
    assert parse(text, kind="plain") == Parsed(None, 0, None, Status.STRIP)


@pytest.mark.parametrize("text", ["Rp. -", "Rp -,00", "Rp.-"])
def test_a_dash_with_its_currency_is_nil_anywhere(text: str) -> None:
    assert parse(text) == Parsed(Decimal(0), 0, "rp", Status.STRIP)


def test_nihil_is_nil() -> None:
    assert parse("NIHIL", kind="money").status is Status.STRIP


@pytest.mark.parametrize(
    "text", ["Belum diketahui", "n/a", "N/A", "NA", "tercapai", "%", "Rp.", "Rp", "1 : 3", "1:200"]
)
def test_words_signs_and_ratios_have_no_value(text: str) -> None:
    parsed = parse(text)
    assert (parsed.value, parsed.status, parsed.doubt) == (None, Status.KATA, None)


@pytest.mark.parametrize(
    ("text", "expected", "decimals", "status"),
    [
        ("99,701%", "99.701", 3, Status.ANGKA),
        ("2,50 %", "2.5", 2, Status.ANGKA),
        ("95,26 persen", "95.26", 2, Status.ANGKA),
        ("100\\%", "100", 0, Status.ANGKA),
        ("100 % (Baik)", "100", 0, Status.ANGKA),
        ("88.37%", "88.37", 2, Status.ANGKA),
        ("\uff18\uff18,5\uff05", "88.5", 1, Status.ANGKA),
        ("99, %", "99", 0, Status.RUSAK),
        ("212,77,00%", "212.77", 2, Status.RUSAK),
    ],
)
def test_percent(text: str, expected: str, decimals: int, status: Status) -> None:
    parsed = parse(text)
    assert (value(text), parsed.decimals, parsed.status, parsed.unit) == (expected, decimals, status, "persen")


@pytest.mark.parametrize(
    ("text", "low", "relation", "high"),
    [
        ("≥ 90", "90", "≥", None),
        (">= 90", "90", "≥", None),
        ("> 85%", "85", ">", None),
        ("Minimal 80 %", "80", "≥", None),
        ("91 ≤ 100", "91", "≤", "100"),
        ("$91 \\leq 100$", "91", "≤", "100"),
        (">90 - 100", "90", ">", "100"),
        ("75 s/d 90 %", "75", "-", "90"),
        ("50 ≤ x < 75", "50", "≤", "75"),
    ],
)
def test_bounds_and_ranges(text: str, low: str, relation: str, high: str | None) -> None:
    parsed = parse(text)
    assert (value(text), parsed.relation) == (low, relation)
    assert parsed.high == (None if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("text", "expected", "unit"),
    [
        ("2 dokumen", "2", "dokumen"),
        ("20 orang", "20", "orang"),
        ("71 poin", "71", "poin"),
        ("12 Bulan", "12", "Bulan"),
        ("20 m2", "20", "m2"),
        ("5org", "5", "org"),
        ("1.250 orang/hari", "1250", "orang/hari"),
        ("6 (enam) program", "6", "program"),
    ],
)
def test_units(text: str, expected: str | None, unit: str | None) -> None:
    parsed = parse(text, style=ID, kind="plain")
    assert (value(text, style=ID, kind="plain"), parsed.unit) == (expected, unit)


@pytest.mark.parametrize(
    ("text", "expected", "scale"),
    [
        ("1.834 T", "1834000000000", 10**12),
        ("Rp 1,2 miliar", "1200000000", 10**9),
        ("Rp1,2 M", "1200000000", 10**9),
        ("18,4juta", "18400000", 10**6),
        ("3 rb orang", "3000", 10**3),
    ],
)
def test_scale_words(text: str, expected: str, scale: int) -> None:
    assert (value(text), parse(text).scale) == (expected, scale)


def test_a_header_scales_money_and_not_percentages() -> None:
    thousand = Decimal(1000)
    assert value("1.234.567", style=ID, kind="money", scale=thousand) == "1234567000"
    assert value("95,5 %", style=ID, kind="money", scale=thousand) == "95.5"
    assert parse("1.234.567", style=ID, kind="money", scale=thousand).scale == thousand


def test_a_product_out_of_all_proportion_is_doubted() -> None:
    assert parse("1.234.567.890.123", style=ID, kind="money", scale=Decimal(10**6)).doubt


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(33.660.129.080,00)", "-33660129080"),
        ("(Rp 5.000.000)", "-5000000"),
        ("-5.000.000", "-5000000"),
        ("Rp. -5.000.000,00", "-5000000"),
        ("\u22125,2", "-5.2"),
    ],
)
def test_negative(text: str, expected: str) -> None:
    assert value(text, style=ID, kind="money") == expected


@pytest.mark.parametrize(
    ("text", "style", "kind", "expected", "doubted"),
    [
        ("1.234", ID, "plain", "1234", False),
        ("1.234", EN, "plain", "1.234", True),
        ("1,234", EN, "plain", "1234", False),
        ("1,234", ID, "plain", "1.234", True),
        ("1.234", None, "plain", "1234", True),
        ("1.234", None, "money", "1234", False),
        ("1,234", None, "money", "1234", False),
        ("4.95", None, "plain", "4.95", False),
        ("4,95", None, "plain", "4.95", False),
        ("0,127", EN, "plain", "0.127", True),
        ("82.029", ID, "percent", "82.029", True),
        ("1.417", ID, "percent", "1417", True),
    ],
)
def test_ambiguous_forms(text: str, style: Style | None, kind: str, expected: str, doubted: bool) -> None:
    assert value(text, style=style, kind=kind) == expected
    assert bool(parse(text, style=style, kind=kind).doubt) is doubted


def test_a_cell_that_differs_from_its_column() -> None:
    decimal = parse("4.95", style=ID)
    assert (decimal.value, decimal.status, bool(decimal.doubt)) == (Decimal("4.95"), Status.ANGKA, True)
    groups = parse("1,547,690,855.00", style=ID, kind="money")
    assert (groups.value, groups.status, bool(groups.doubt)) == (Decimal("1547690855.00"), Status.RUSAK, True)
    assert parse("1,547,690,855.00", style=EN, kind="money").status is Status.ANGKA


def test_one_sign_for_both_uses_is_a_fault_of_notation_only_where_decimals_follow() -> None:
    style = Style("en", same_separator=True)
    assert parse("1,183,525,042,239", style=style, kind="money").status is Status.ANGKA
    assert parse("641,773,572,00", style=style, kind="money").status is Status.RUSAK
    assert parse("96,34", style=style, kind="percent") == Parsed(Decimal("96.34"), 2, "persen", Status.ANGKA)


@pytest.mark.parametrize(
    ("text", "kind", "expected", "doubted"),
    [
        ("4.227.640.0 44", "money", "4227640044", False),
        ("102.780.80 0", "money", "102780800", False),
        ("33.660.129.080, 00", "money", "33660129080", False),
        ("33.660.129.080,0 0", "money", "33660129080", False),
        ("39. 236.116", "money", "39236116", False),
        ("58,3 3%", "percent", "58.33", True),
        ("10 0%", "percent", "100", True),
        ("1 5 , 7 0 6 , 3 3 4 . 0 0", "money", "15706334", False),
    ],
)
def test_a_torn_number_is_joined(text: str, kind: str, expected: str, doubted: bool) -> None:
    parsed = parse(text, kind=kind)
    assert (value(text, kind=kind), parsed.status) == (expected, Status.ANGKA)
    assert bool(parsed.doubt) is doubted


@pytest.mark.parametrize(
    "text",
    [
        "102.780.800 59.956.714",
        "1.219.531.318.910,001.198.210.045.931,00",
        "3 3.660.129.080,00",
        "12 500",
        "85,2 90,1",
        "1 2 3 4",
        "2 Kec. 5 Desa",
    ],
)
def test_two_numbers_are_never_one(text: str) -> None:
    for kind in ("money", "percent", "plain", "any"):
        parsed = parse(text, kind=kind)
        assert (parsed.value, parsed.status) == (None, Status.KATA)
        assert parsed.doubt


@pytest.mark.parametrize("text", ["1.OOO.000", "l00", "5O%", "1l.000", "Rp. 12.5OO.000"])
def test_letters_are_not_made_digits(text: str) -> None:
    parsed = parse(text, kind="money")
    assert (parsed.value, parsed.status) == (None, Status.KATA)
    assert parsed.doubt


@pytest.mark.parametrize(
    "text",
    ["8.01.06.2.01", "12.05.2024", "31-12-2024", "12/2024", "1. Program Perintis", "2) Kegiatan", "Tahun 2024", "(1)"],
)
def test_codes_dates_and_marks_are_not_numbers(text: str) -> None:
    assert parse(text).value is None
    assert not looks_numeric(text)


def test_spreadsheet_accidents() -> None:
    assert parse("#DIV/0!").status is Status.RUSAK
    short = parse("1,23E+09", kind="money")
    assert (short.value, short.status, bool(short.doubt)) == (Decimal("1230000000"), Status.RUSAK, True)


def test_a_grade_with_its_number_and_a_formula_with_its_result() -> None:
    assert value("BB (75,35)") == "75.35"
    assert parse("BB (75,35)").doubt
    assert value("$$4/4 \\times 100\\% = 100\\%$$") == "100"


@pytest.mark.parametrize(
    "text", ["12,5", "Rp. 1.000", "Rp", "%", "-", "0", "1 : 3", "4.227.640.0 44", "99, %", "20 orang", "≥ 90"]
)
def test_cells_that_could_hold_a_figure(text: str) -> None:
    assert looks_numeric(text)


@pytest.mark.parametrize("text", ["", "Program Perintis", "n/a", "Dinas Perintis Kota Sukamaju", "S2", "x" * 500])
def test_cells_that_could_not(text: str) -> None:
    assert not looks_numeric(text)


def test_a_figure_carries_all_that_was_read() -> None:
    place = Place(line=3)
    parsed = parse("91 ≤ 100 %")
    figure = make_figure(parsed, "91 ≤ 100 %", id="t1.2.3", place=place, confidence=0.9, table_id="t1", row=2, col=3)
    assert (figure.value, figure.high, figure.relation, figure.unit) == (Decimal(91), Decimal(100), "≤", "persen")
    assert (figure.id, figure.text, figure.place, figure.table_id, figure.row, figure.col) == (
        "t1.2.3",
        "91 ≤ 100 %",
        place,
        "t1",
        2,
        3,
    )
    assert figure.confidence == 0.9
