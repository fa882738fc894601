"""Evidence: sums written out only where they hold, cells and sentences marked where the figures stand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.report.evidence import excerpts, passages, pieces
from pipeline.report.findings import ordered, suggestion, view
from pipeline.report.load import Data
from pipeline.report.marks import marks_of
from pipeline.report.places import Lookup
from pipeline.report.workings import workings
from schemas.datasets import BY_NAME


def lookup_of(doc) -> Lookup:
    rows = {name: doc.rows.get(name, []) for name in BY_NAME}
    return Lookup(Data({"document_id": doc.id, "year": doc.year}, rows))


def test_a_sum_is_written_out_with_its_parts(sum_doc):
    lookup = lookup_of(sum_doc)
    (working,) = workings(lookup.checks_of["aa01"], "f3", lookup)
    assert working.kind == "sum"
    assert [(line.name, line.value) for line in working.lines] == [
        ("Program Taman (anggaran)", "Rp 1.000.000"),
        ("Program Jalan (anggaran)", "Rp 2.000.000"),
    ]
    assert (working.computed, working.stated, working.difference) == ("Rp 3.000.000", "Rp 3.500.000", "Rp 500.000")
    assert working.stated_wrong


def test_a_sum_that_does_not_hold_is_not_written(sum_doc):
    sum_doc.rows["pemeriksaan"][0]["expected"] = "3000001"
    lookup = lookup_of(sum_doc)
    assert workings(lookup.checks_of["aa01"], "f3", lookup) == ()


@pytest.mark.parametrize(
    ("expected", "formula"),
    [
        ("95.68", "32,00 : 33,446 × 100"),
        ("104.52", "33,446 : 32,00 × 100"),
        ("104.32", "(2 × 33,446 − 32,00) : 33,446 × 100"),
        ("50.00", None),
    ],
)
def test_a_percentage_shows_the_formula_that_gives_it(new_doc, expected: str, formula: str | None):
    doc = new_doc()
    doc.figure("p", "90", "90", unit="persen")
    doc.figure("a", "32,00", "32.0000", decimals=2)
    doc.figure("b", "33,446", "33.4460", decimals=3)
    doc.check("c", "capaian", "tidak_cocok", "p", "a", "b", stated="90", expected=expected, temuan_id="x")
    lookup = lookup_of(doc)
    found = [one.formula for one in workings(lookup.checks_of["x"], "p", lookup)]
    assert found == ([formula] if formula else [])


def test_an_excerpt_has_header_rows_in_question_and_counts_the_rest(new_doc, make_evidence):
    doc = new_doc()
    doc.table("t1", [["Uraian", "Anggaran"], *[[f"Baris {i}", f"{i}00"] for i in range(1, 21)]])
    for i in range(1, 21):
        doc.figure(f"f{i}", f"{i}00", f"{i}00", table_id="t1", row=i, col=1)
    places = [make_evidence(f"{i}00", table_id="t1", row=i, col=1) for i in (12, 3)]
    finding = doc.finding("x", "f12", "f3", evidence=places)
    (excerpt,) = excerpts(finding, lookup_of(doc))
    shown = [(line.head, line.gap, [cell.text for cell in line.cells]) for line in excerpt.rows]
    assert shown == [
        (True, 0, ["Uraian", "Anggaran"]),
        (False, 2, ["Baris 3", "300"]),
        (False, 8, ["Baris 12", "1200"]),
    ]
    assert [cell.mark for line in excerpt.rows for cell in line.cells] == ["", "", "", "seen", "", "wrong"]
    assert excerpt.after == 8


def test_a_merged_cell_is_repeated_in_the_rows_it_reaches(new_doc, make_evidence):
    doc = new_doc()
    doc.table("t1", [["Sasaran", "90"], ["", "91"], ["", "92"]])
    doc.rows["sel"][0]["row_span"] = 3
    doc.rows["sel"] = [cell for cell in doc.rows["sel"] if cell["text"]]
    finding = doc.finding("x", evidence=[make_evidence("92", table_id="t1", row=2, col=1)])
    (excerpt,) = excerpts(finding, lookup_of(doc))
    assert [(cell.text, cell.repeated) for cell in excerpt.rows[-1].cells] == [("Sasaran", True), ("92", False)]


def test_a_code_without_a_cell_is_found_in_its_table(new_doc, make_evidence):
    doc = new_doc()
    doc.table("t1", [["Kode", "Uraian"], ["8.01.0621", "Kegiatan"]])
    finding = doc.finding("x", table_id="t1", evidence=[make_evidence("8.01.0621", table_id="t1", line=2)])
    lookup = lookup_of(doc)
    assert marks_of([finding], lookup).wrong == {("t1", 1, 0): "x"}


def test_a_sentence_is_shown_with_its_figures_marked(new_doc, make_evidence):
    doc = new_doc()
    sentence = "Anggaran Rp 1.000 dan realisasi Rp 900 atau 80%."
    doc.add("klaim", record_id="k1", kalimat=sentence, line=7)
    doc.figure("k1-1", "80%", "80", dataset="klaim", record_id="k1", field="persen", line=7)
    doc.figure("k1-2", "Rp 900", "900", dataset="klaim", record_id="k1", field="realisasi", line=7)
    finding = doc.finding("x", "k1-1", "k1-2", evidence=[make_evidence("80%", line=7), make_evidence("Rp 900", line=7)])
    (passage,) = passages(finding, lookup_of(doc))
    assert "".join(text for text, _ in passage.pieces) == sentence
    assert [piece for piece in passage.pieces if piece[1]] == [("Rp 900", "seen"), ("80%", "wrong")]
    assert passage.place.id == "baris 7"


def test_a_mark_is_not_set_within_a_longer_number():
    assert [text for text, mark in pieces("1.100 dan 100", [("100", "wrong")]) if mark] == ["100"]
    assert next(pieces("1.100 dan 100", [("100", "wrong")])) == ("1.100 dan ", "")


def test_what_a_sentence_does_not_hold_follows_it():
    assert list(pieces("Tidak ada.", [("77", "wrong")]))[-1] == ("77", "wrong")


def test_ticks_stand_on_agreeing_figures_and_not_on_the_wrong_one(sum_doc):
    lookup = lookup_of(sum_doc)
    marks = marks_of(sum_doc.rows["temuan"], lookup)
    assert marks.of(("t1", 3, 1))[0] == "wrong"
    assert marks.of(("t1", 1, 1)) == ("seen", "aa01", "melebihi pagu")
    assert marks.of(("t1", 0, 0)) == ("", "", "")


def test_findings_come_worst_first(new_doc):
    doc = new_doc()
    doc.figure("f", "1", "1")
    small = doc.finding("small", "f", difference="-5")
    large = doc.finding("large", "f", difference="-900")
    low = doc.finding("low", "f", severity="rendah", difference="99999")
    assert [row["temuan_id"] for row in ordered([low, small, large], lookup_of(doc))] == ["large", "small", "low"]


def test_a_suggestion_is_told_in_the_languages_it_has():
    assert suggestion({"saran": None}) is None
    assert suggestion({"saran": "95,68"}) == ("95,68", "95,68")
    assert suggestion({"saran": "lihat hlm. 3", "suggestion": "see p. 3"}) == ("lihat hlm. 3", "see p. 3")


def test_nothing_is_rounded_in_a_working(new_doc):
    doc = new_doc()
    doc.figure("s", "1.000.000.000.000,05", "1000000000000.0500", decimals=2)
    doc.figure("a", "999.999.999.999,99", "999999999999.9900", decimals=2)
    doc.figure("b", "0,07", "0.0700", decimals=2)
    doc.check(
        "c", "sum", "tidak_cocok", "s", "a", "b", stated="1000000000000.05", expected="1000000000000.06", temuan_id="x"
    )
    lookup = lookup_of(doc)
    (working,) = workings(lookup.checks_of["x"], "s", lookup)
    assert working.computed == "Rp 1.000.000.000.000,06"
    assert Decimal(str(lookup.figures["s"]["value"])) == Decimal("1000000000000.05")


def test_a_caption_is_quoted_and_a_row_without_a_column_is_found(new_doc, make_evidence):
    doc = new_doc()
    doc.table("t1", [["Kode", "Uraian"], ["8.01", "Kegiatan Pupuk"]])
    caption = make_evidence("Realisasi tahun 2023", table_id="t1", line=9)
    finding = doc.finding("x", rule="year", evidence=[caption, make_evidence("Kegiatan Pupuk", table_id="t1", row=1)])
    lookup = lookup_of(doc)
    (passage,) = passages(finding, lookup)
    assert (passage.place.id, passage.pieces[1]) == ("Tabel 3.1, baris 9", ("Realisasi tahun 2023", "wrong"))
    (excerpt,) = excerpts(finding, lookup)
    assert [cell.mark for cell in excerpt.rows[-1].cells] == ["", "seen"]


def test_a_sentence_named_beside_its_figures_is_not_told_twice():
    sentence = "Tahun 2022 realisasinya 75,51% sehingga capaiannya 103,24%."
    shown = list(pieces(sentence, [("75,51%", "wrong"), (sentence, "seen")]))
    assert "".join(text for text, _ in shown) == sentence


def test_a_year_is_no_amount(new_doc):
    doc = new_doc()
    doc.figure("f", "75,51%", "75.51", unit="persen")
    finding = doc.finding("x", "f", rule="year", stated="2022", expected="2023", difference=None)
    one = view(finding, lookup_of(doc), {}, None, "")
    assert (one.stated, one.expected, one.difference, one.money) == ("2022", "2023", "", None)
