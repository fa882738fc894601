"""Amounts in words."""

from decimal import Decimal
from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from extractors import terbilang
from extractors.terbilang import find_words, parse_words


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Empat puluh empat milyar empat ratus delapan puluh empat juta lima ribu rupiah", "44484005000"),
        ("seratus lima belas juta", "115000000"),
        ("satu juta satu ribu", "1001000"),
        ("seribu dua ratus miliar", "1200000000000"),
        ("dua triliun lima ratus milyar", "2500000000000"),
        ("sejuta", "1000000"),
        ("se ratus ribu", "100000"),
        ("sebelas", "11"),
        ("nol", "0"),
        ("minus lima", "-5"),
        ("tujuh belas koma delapan dua persen", "17.82"),
        ("dua koma dua puluh lima", "2.25"),
        ("nol koma nol lima", "0.05"),
        ("satu koma dua juta", "1200000"),
        ("seratus rupiah lima puluh sen", "100.50"),
        ("lima belas ribu rupiah,-", "15000"),
    ],
)
def test_words(words: str, expected: str) -> None:
    assert parse_words(words) == Decimal(expected)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("duapuluh lima", 25),
        ("duaratus", 200),
        ("duapuluhlima", 25),
        ("seratusribu", 100000),
        ("em pat", 4),
        ("delpan belas", 18),
        ("sembilam ratus", 900),
        ("tuju triliyun", 7 * 10**12),
        ("sepulu", 10),
        ("lima rtaus", 500),
    ],
)
def test_misspelt_and_glued_words(words: str, expected: int) -> None:
    assert parse_words(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "",
        "rupiah",
        "Baik",
        "belas",
        "satu dua",
        "dua puluh tiga ratus",
        "sepuluh sembilan",
        "satu ribu dua ribu",
        "satus",  # satu, or ratus
        "epuluh",
        "setengah",
        "dua orang",
        "5 juta",
        "dua koma",
        "koma lima",
        "satu koma dua koma tiga",
    ],
)
def test_what_is_no_amount_is_not_guessed(words: str) -> None:
    assert parse_words(words) is None


@given(st.integers(0, 10**15 - 1))
def test_agrees_with_num2words_by_value(number: int) -> None:
    assert parse_words(num2words(number, lang="id")) == number


@given(st.integers(0, 10**15 - 1))
def test_spelling_of_the_scales_does_not_matter(number: int) -> None:
    words = num2words(number, lang="id").replace("miliar", "milyar").replace("triliun", "Trilyun")
    assert parse_words(f"{words} rupiah") == number


@given(st.integers(0, 10**12))
def test_blanks_do_not_matter(number: int) -> None:
    assert parse_words(num2words(number, lang="id").replace(" ", "")) == number


@given(st.integers(0, 10**9), st.from_regex(r"[0-9]{1,4}", fullmatch=True))
def test_spelt_decimals(whole: int, fraction: str) -> None:
    digits = " ".join(num2words(int(d), lang="id") for d in fraction)
    assert parse_words(f"{num2words(whole, lang='id')} koma {digits}") == Decimal(f"{whole}.{fraction}")


@given(st.integers(1, 10**13), st.randoms(use_true_random=False))
def test_a_wrong_letter_never_gives_another_number(number: int, random) -> None:  # type: ignore[no-untyped-def]
    words = num2words(number, lang="id").split()
    at = random.randrange(len(words))
    letter = random.randrange(len(words[at]))
    words[at] = words[at][:letter] + random.choice("abcdefghijklmnopqrstuvwxyz") + words[at][letter + 1 :]
    assert parse_words(" ".join(words)) in (number, None)


def test_amounts_in_a_text() -> None:
    text = "sebesar Rp. 5.000,- (Lima Ribu Rupiah), 23 (delapan belas) sasaran, 20 (dua puluh orang), (Baik)."
    found = find_words(text)
    assert [(words, value) for _, _, words, value in found] == [
        ("Lima Ribu Rupiah", 5000),
        ("delapan belas", 18),
        ("dua puluh", 20),
    ]
    assert all(text[start:end] == words for start, end, words, _ in found)


def test_after_terbilang_and_in_an_unclosed_bracket() -> None:
    assert [w[3] for w in find_words("Terbilang: dua juta lima ratus ribu rupiah.")] == [2500000]
    assert [w[3] for w in find_words("Rp 400.000.000 (empat ratus juta rupiah")] == [400000000]


def test_an_amount_is_not_cut_short_at_a_word_that_is_not_understood() -> None:
    assert find_words("(dua juta lima xyzzy ribu rupiah)") == []
    assert find_words("(satu juta enam ratus qwerty)") == []


def test_the_words_that_are_remembered_are_bounded():
    words = ("x" + "".join(letters) for letters in product("abcdefghijkl", repeat=4))
    for word in islice(words, terbilang.WORDS_KEPT + 50):
        assert parse_words(word) is None
    for remembering in (terbilang._split, terbilang._fuzzy):
        assert remembering.cache_info().currsize == terbilang.WORDS_KEPT
