"""Properties: what is written is what is read, and no reading changes a magnitude without a word."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractors.numbers import Parsed, Style, decide_style, find_numbers, looks_numeric, parse
from schemas.figure import Status

REPORTS = Path(__file__).parents[3] / "../shared/reports/text"
SIGNS = {"id": (".", ","), "en": (",", ".")}
amounts = st.integers(min_value=0, max_value=10**15)


def written(whole: int, cents: str, grouping: str) -> str:
    thousands, point = SIGNS[grouping]
    return f"{whole:,}".replace(",", thousands) + (point + cents if cents else "")


def digits(parsed: Parsed) -> str:
    assert parsed.value is not None
    plain = parsed.value / parsed.scale
    return re.sub(r"\D", "", f"{abs(plain):.{parsed.decimals}f}")


@given(
    amounts,
    st.from_regex(r"([0-9]{2})?", fullmatch=True),
    st.sampled_from(["id", "en"]),
    st.sampled_from(["", "Rp", "Rp.", "Rp. ", "Rp ", "IDR "]),
)
def test_written_money_is_read_back(whole: int, cents: str, grouping: str, currency: str) -> None:
    text = currency + written(whole, cents, grouping)
    parsed = parse(text, style=Style(grouping), kind="money")
    assert parsed.value == Decimal(f"{whole}.{cents or 0}")
    assert (parsed.decimals, parsed.status, parsed.doubt) == (len(cents), Status.ANGKA, None)


@given(amounts, st.sampled_from([",-", " ,-", ".-", "-", ",--", ",="]))
def test_whole_rupiah_marks_are_read_back(whole: int, mark: str) -> None:
    parsed = parse("Rp. " + written(whole, "", "id") + mark, style=Style("id"), kind="money")
    assert (parsed.value, parsed.decimals, parsed.status) == (whole, 0, Status.ANGKA)


@given(amounts, st.sampled_from(["id", "en"]), st.booleans())
def test_a_bracketed_amount_is_its_negative(whole: int, grouping: str, inside: bool) -> None:
    text = written(whole, "00", grouping)
    text = f"(Rp {text})" if inside else f"Rp ({text})"
    assert parse(text, style=Style(grouping), kind="money").value == -whole


@given(st.integers(0, 99999), st.from_regex(r"[0-9]{0,6}", fullmatch=True), st.sampled_from(["%", " %", " persen"]))
def test_a_written_percentage_is_read_back(whole: int, fraction: str, sign: str) -> None:
    text = f"{whole},{fraction}{sign}" if fraction else f"{whole}{sign}"
    parsed = parse(text, style=Style("id"))
    assert (parsed.value, parsed.decimals, parsed.unit) == (
        Decimal(f"{whole}.{fraction or 0}"),
        len(fraction),
        "persen",
    )


@given(amounts.filter(lambda n: n > 999999), st.from_regex(r"[0-9]{2}", fullmatch=True), st.sampled_from(["id", "en"]))
def test_any_style_given_a_full_form_keeps_its_value(whole: int, cents: str, grouping: str) -> None:
    text = written(whole, cents, grouping)
    for style in (None, Style("id"), Style("en"), Style("id", same_separator=True), Style("en", same_separator=True)):
        assert parse(text, style=style, kind="money").value == Decimal(f"{whole}.{cents}")


@given(amounts.filter(lambda n: n > 99999), st.integers(1, 20))
def test_a_number_torn_by_a_narrow_column_is_joined_or_doubted(whole: int, at: int) -> None:
    text = written(whole, "00", "id")
    torn = text[: -at % len(text)] + " " + text[-at % len(text) :]
    parsed = parse(torn.strip(), style=Style("id"), kind="money")
    assert parsed.value == whole or (parsed.value is None and parsed.doubt)


@given(amounts.filter(lambda n: n > 999), amounts.filter(lambda n: n > 999))
def test_two_amounts_in_a_cell_never_become_one(first: int, second: int) -> None:
    for cents in ("", "00"):
        text = f"{written(first, cents, 'id')} {written(second, cents, 'id')}"
        parsed = parse(text, style=Style("id"), kind="money")
        assert (parsed.value, parsed.status) == (None, Status.KATA)
        assert parsed.doubt


@given(st.text(alphabet="0123456789., -%()R", max_size=24), st.sampled_from(["money", "percent", "plain", "any"]))
@example("1.234.567,890", "money")
@example("0001.234", "plain")
@example("0(1R)", "money")
def test_no_digit_is_lost_or_won(text: str, kind: str) -> None:
    for style in (None, Style("id"), Style("en"), Style("en", same_separator=True)):
        parsed = parse(text, style=style, kind=kind)
        if parsed.value is None or parsed.status is Status.STRIP or parsed.high is not None:
            continue
        # A remark in brackets behind the number ("75 (2R)") is no part of it.
        remark = re.sub(r"(?<=[\d%,.\-\s])\s*\([^()]*R[^()]*\)\s*$", "", text)
        printed, bare = (re.sub(r"\D", "", t).lstrip("0") for t in (text, remark))
        read = digits(parsed).lstrip("0")
        twice = parsed.why_malformed == "desimal tertulis dua kali"
        assert read in (printed, bare) or (twice and printed.startswith(read))


@given(st.text(max_size=60), st.sampled_from(["money", "percent", "plain", "any"]))
def test_any_text_is_read_without_an_error(text: str, kind: str) -> None:
    parsed = parse(text, kind=kind)
    assert (parsed.value is None) or parsed.status in (Status.ANGKA, Status.RUSAK, Status.STRIP)
    assert (parsed.status is Status.RUSAK) == (parsed.why_malformed is not None)
    assert looks_numeric(text) in (True, False)
    for found in find_numbers(text):
        assert found.text == text[found.start : found.end]


@given(st.lists(amounts.filter(lambda n: n > 999999), min_size=1, max_size=8), st.sampled_from(["id", "en"]))
def test_a_column_shows_its_style(column: list[int], grouping: str) -> None:
    assert decide_style([written(n, "", grouping) for n in column]) == Style(grouping)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the shared real reports are not here")
def test_every_amount_of_real_reports_keeps_its_digits() -> None:
    seen = 0
    for path in sorted(REPORTS.glob("*.txt")):
        text = path.read_text(encoding="utf-8-sig")
        style = decide_style(text.splitlines())
        for token in sorted(set(re.findall(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{2})*(?![\d.,]*\d)", text))):
            parsed = parse(token, style=style, kind="money")
            printed = re.sub(r"\D", "", token)
            twice = parsed.why_malformed == "desimal tertulis dua kali"
            assert parsed.value is not None, token
            assert digits(parsed) == (printed[:-2] if twice else printed), token
            seen += 1
    assert seen > 150
