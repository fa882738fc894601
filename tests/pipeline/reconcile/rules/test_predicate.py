"""Category words against the report's own scale."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.reconcile import reconcile
from pipeline.reconcile.rules.predicate import check

SCALE = [
    ["1", "Sangat Baik (SB)", "> 100"],
    ["2", "Baik (B)", "80 s.d 100"],
    ["3", "Cukup (C)", "60 – 79,99"],
    ["4", "Kurang (K)", "< 60"],
]
HEADER = ["nomor", "indikator", "target", "realisasi", "capaian", "predikat"]


def scale(b: Any) -> None:
    b.performance("T1", ["nomor", "predikat", "capaian"], SCALE, kind="lain")


def rows(*given: tuple[str, str]) -> list[list[str]]:
    return [[str(n), f"Persentase arsip {n}", "80", "72", value, word] for n, (value, word) in enumerate(given, 1)]


def test_categories_of_a_table(b: Any, outcomes: Any, failing: Any) -> None:
    scale(b)
    b.performance("T2", HEADER, rows(("90", "Baik"), ("101,5", "Sangat Baik"), ("79", "Baik"), ("59,9", "K")))
    assert outcomes(check, b) == ["cocok", "cocok", "tidak_cocok", "cocok"]
    (one,) = failing(check, b)
    assert (one.stated, one.expected, one.table_id) == ("Baik", "Cukup", "T2")
    assert "60 – 79,99" in reconcile(b.report())[1][-1].pesan


@pytest.mark.parametrize(
    ("value", "word", "outcome"),
    [
        ("100", "Baik", "cocok"),  # a boundary that two steps share by their wording
        ("100", "Sangat Baik", "cocok"),
        ("79,995", "Baik", "cocok"),  # in the gap between two steps either will do
        ("79,995", "Cukup", "cocok"),
        ("80", "Cukup", "tidak_cocok"),
        ("250", "Sangat Baik", "cocok"),
        ("250", "Istimewa", "tak_teruji"),  # no word of this scale
        ("-", "Baik", None),
    ],
)
def test_edges(b: Any, outcomes: Any, value: str, word: str, outcome: str | None) -> None:
    scale(b)
    b.performance("T2", HEADER, rows((value, word)))
    assert outcomes(check, b) == ([outcome] if outcome else [])


def test_above_the_top_of_a_closed_scale(b: Any, outcomes: Any) -> None:
    steps = [["Sangat Tinggi", "91 ≤ 100"], ["Tinggi", "$76 \\leq 90$"], ["Sedang", "66 ≤ 75"], ["Rendah", "≤ 65"]]
    b.performance("T1", ["predikat", "capaian"], steps, kind="lain")
    b.performance("T2", HEADER, rows(("142,6", "Sangat Tinggi"), ("50", "Rendah"), ("80", "Sedang")))
    assert outcomes(check, b) == ["cocok", "cocok", "tidak_cocok"]


def test_an_older_scale_left_in_a_column_is_one_finding(b: Any, failing: Any) -> None:
    scale(b)
    b.performance("T2", HEADER, rows(("90", "SB"), ("95", "SB"), ("85", "SB"), ("99", "B")))
    (one,) = failing(check, b)
    assert (one.stated, one.expected, dict(one.detail)["banyak"]) == ("SB", "B", "3")


def test_without_a_scale(b: Any, outcomes: Any) -> None:
    b.performance("T2", HEADER, rows(("90", "Baik")))
    assert outcomes(check, b) == ["tak_teruji"]


@pytest.mark.parametrize("title", ["Nilai Persepsi Survei Kepuasan Masyarakat", "Predikat SAKIP"])
def test_scales_of_other_things(b: Any, outcomes: Any, title: str) -> None:
    b.performance("T1", ["nomor", "predikat", "capaian"], SCALE, kind="lain", title=title)
    b.performance("T2", HEADER, rows(("90", "Sangat Baik")))
    assert outcomes(check, b) == ["tak_teruji"]


def test_a_scale_of_points(b: Any, outcomes: Any) -> None:
    steps = [["Sangat Baik", "3,26 - 4,00"], ["Baik", "2,51 - 3,25"], ["Kurang", "1,00 - 2,50"]]
    b.performance("T1", ["predikat", "capaian"], steps, kind="lain")
    b.performance("T2", HEADER, rows(("90", "Baik")))
    assert outcomes(check, b) == ["tak_teruji"]


def test_sentences(b: Any, failing: Any) -> None:
    scale(b)
    b.say("Capaian indikator ini sebesar 98,5% dengan kategori Sangat Baik.", blank_before=True)
    b.say("Capaian indikator ini sebesar 101,5% (Sangat Baik).", blank_before=True)
    b.say("Nilai SAKIP sebesar 75,2 dengan predikat Sangat Baik.", blank_before=True)
    b.say("Dari 12 (Baik) arsip", blank_before=True)
    assert [(one.stated, one.expected, dict(one.detail)["nilai"]) for one in failing(check, b)] == [
        ("Sangat Baik", "Baik", "98,5")
    ]


def test_a_sentence_cut_by_lines(b: Any, failing: Any) -> None:
    scale(b)
    b.say("Capaian kinerja sebesar 98,5% dengan kategori sangat", blank_before=True)
    b.say("baik pada tahun ini.")
    assert [one.stated for one in failing(check, b)] == ["sangat baik"]


def test_a_scale_in_lines_of_text(b: Any, outcomes: Any) -> None:
    for line in ("85 - 100 : Sangat Baik", "70 - 84 : Baik", "55 - 69 : Cukup", "< 55 : Kurang"):
        b.say(line, "-")
    b.say("capaian 75% (Sangat Baik)", blank_before=True)
    assert outcomes(check, b) == ["tidak_cocok"]


def test_one_percentage_with_two_categories(b: Any, outcomes: Any) -> None:
    for word in ("Baik", "Baik", "Cukup"):
        b.say(f"capaian kinerja 100% ({word})", blank_before=True)
    for word in ("Baik Sekali", "Sangat Baik"):  # two ways to say the same
        b.say(f"capaian kinerja 101% ({word})", blank_before=True)
    assert outcomes(check, b) == ["tak_teruji"] * 5 + ["tidak_cocok", "cocok"]
