"""The fiscal year, from lines and running text."""

from __future__ import annotations

import pytest

from extractors.naskah import Baris
from extractors.tahun import best, in_file_name, weigh, without_foreign_years


def year_of(lines: list[Baris], jenis: str = "lkjip") -> int:
    body = without_foreign_years("\n".join(line.text for line in lines))
    return best(weigh(lines, body, jenis))


@pytest.mark.parametrize(
    "text",
    [
        "Peraturan Presiden Nomor 29 Tahun 2014",
        "Undang-Undang Nomor 23\nTahun 2014 tentang Pemerintahan Daerah",
        "RPJMD Tahun 2019-2024",
        "Renstra 2019 s.d. 2024",
        "Keputusan Nomor 188.45/037/2021",
    ],
)
def test_years_of_laws_and_plans_say_nothing(text: str) -> None:
    assert year_of([Baris(text)]) == 0


def test_a_date_of_signature_speaks_for_the_year_before_in_a_report_and_for_its_own_in_a_plan() -> None:
    signed = [Baris("Kota Contoh, 15 Februari 2018")]
    assert year_of(signed) == 2017
    assert year_of(signed, "pk") == 2018


def test_the_year_named_as_the_report_s_own_outweighs_a_year_on_the_cover_alone() -> None:
    cover = Baris("LAKIP 2025", cover=True)
    assert year_of([cover]) == 2025
    assert year_of([cover, Baris("LAPORAN KINERJA TAHUN 2024", cover=True)]) == 2024


def test_a_running_head_counts_by_the_pages_that_bear_it() -> None:
    text = [Baris("pada tahun 2015 tercatat"), Baris("sedangkan tahun 2015 naik")]
    assert year_of(text) == 2015
    assert year_of([*text, *[Baris("LKIP Tahun 2016", repeated=9)]]) == 2016


def test_the_later_of_two_years_that_are_level() -> None:
    assert year_of([Baris("tahun 2021 dan tahun 2022")]) == 2022


def test_year_of_a_file_name() -> None:
    assert in_file_name("lkjip_2019_rev2020.pdf") == 2020
    assert in_file_name("surat-120210.pdf") == 0
