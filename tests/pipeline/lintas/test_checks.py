"""What documents of one agency are held against."""

from __future__ import annotations

import pytest

from pipeline.lintas.checks import parts, plans, prior_years
from pipeline.lintas.compare import Compared
from pipeline.lintas.findings import SENTENCES, SUGGESTIONS, rows_of
from schemas.records import Resmi, Standar


def differences(look, out) -> tuple[list[dict], Compared]:
    counted = Compared()
    return rows_of(look(out.read(), counted)), counted


# --- last year -----------------------------------------------------------------------------------------------------


def test_last_year_s_column_against_last_year_s_report(out, results) -> None:
    b = out.put("2024.txt", results("75", "66", year=2023), year=2024)
    a = out.put("2023.txt", results(year=2023), year=2023)
    (row,), counted = differences(prior_years, out)
    assert (row["document_id"], row["document_id_lain"], row["rule"]) == (b, a, "prior_year")
    assert (row["stated"], row["expected"], row["difference"]) == ("66", "75", "-9")
    assert row["subjek"] == "Jumlah kebun bibit warga: realisasi 2023"
    assert row["pesan"] == (
        "Tabel III.1, baris 4, Jumlah kebun bibit warga: realisasi 2023: tercetak 66, sedangkan laporan kinerja 2023 "
        "sendiri (2023.txt, Tabel III.1, baris 4) mencetak 75; selisih -9."
    )
    assert "the performance report of 2023 itself (2023.txt" in row["message"]
    assert row["saran"].startswith("75 menurut laporan kinerja 2023;")
    assert row["saran_en"].startswith("75 by the performance report of 2023;")
    assert [e["text"] for e in row["evidence"]] == ["66"]
    assert [e["text"] for e in row["evidence_lain"]] == ["75"]
    assert (counted.agree, counted.differ, counted.apart) == (9, 1, 0)


def test_rounding_and_several_values_in_the_earlier_report_agree(out, results) -> None:
    def earlier(b) -> None:
        results("75.04", "60", year=2023)(b)
        results("75.04", "66", year=2023, table="t3")(b)

    out.put("2024.txt", results("75.0", "66", year=2023), year=2024)
    out.put("2023.txt", earlier, year=2023)
    assert differences(prior_years, out)[0] == []


def test_a_table_that_mostly_differs_means_something_else(out, results) -> None:
    out.put("2024.txt", results("1", "2", "3", year=2023, target="9"), year=2024)
    out.put("2023.txt", results(year=2023), year=2023)
    rows, counted = differences(prior_years, out)
    assert rows == []
    assert counted.apart > 0


def test_a_percentage_follows_its_amounts(out) -> None:
    def year(realisasi: str, persen: str):
        def fill(b) -> None:
            for name in ("Program Taman", "Program Jalan", "Program Pohon Peneduh"):
                b.line(name, "1000.00", "500.00", "50.00", tahun=2023)
            b.line("Program Bibit Unggul", "1000.00", realisasi, persen, tahun=2023)

        return fill

    out.put("2024.txt", year("700.00", "70.00"), year=2024)
    out.put("2023.txt", year("600.00", "60.00"), year=2023)
    (row,), _ = differences(prior_years, out)
    assert (row["subjek"], row["severity"]) == ("Program Bibit Unggul: realisasi 2023", "tinggi")
    assert (row["stated"], row["expected"]) == ("700.00", "600.00")


def test_lines_are_the_same_by_their_official_code_whatever_the_wording(out) -> None:
    def year(name: str, realisasi: str):
        def fill(b) -> None:
            standar = Standar(Resmi("2.24.02", "PROGRAM KEBUN", "program", 0.8))
            b.line(name, "1000.00", realisasi, tahun=2023, standar=standar)
            b.line("Program Taman", "1000.00", "500.00", tahun=2023)

        return fill

    out.put("2024.txt", year("Program Kebun Raya dan Kebun Bibit", "510.00"), year=2024)
    out.put("2023.txt", year("Program Perkebunan", "501.00"), year=2023)
    (row,), _ = differences(prior_years, out)
    assert row["expected"] == "501.00"


def test_a_name_that_stands_under_several_lines_is_told_by_the_line_above(out) -> None:
    def year(first: str, second: str):
        def fill(b) -> None:
            for name, value in (("Program Taman", first), ("Program Jalan", second)):
                top = b.line(name, "9000.00", "900.00", tahun=2023)
                b.line("Administrasi Umum", "1000.00", value, tingkat="kegiatan", induk=top.record_id, tahun=2023)

        return fill

    out.put("2024.txt", year("500.00", "611.00"), year=2024)
    out.put("2023.txt", year("500.00", "600.00"), year=2023)
    (row,), counted = differences(prior_years, out)
    assert (row["stated"], row["expected"]) == ("611.00", "600.00")
    assert counted.agree == 7


@pytest.mark.parametrize("more", [{"satuan": "orang"}, {"periode": "TW1"}, {"acuan": "akhir_rencana"}])
def test_other_units_periods_and_ends_of_plans_are_not_compared(out, results, more: dict[str, str]) -> None:
    def later(b) -> None:
        results("75", "75", "75", year=2023)(b)
        b.kinerja = b.kinerja[:-1]
        b.indicator("Rasio pohon peneduh jalan", "80", "66", tahun=2023, **more)

    out.put("2024.txt", later, year=2024)
    out.put("2023.txt", results(year=2023), year=2023)
    assert differences(prior_years, out)[0] == []


def test_a_fraction_is_not_held_against_its_percentage(out, results) -> None:
    out.put("2024.txt", results("0.75", year=2023), year=2024)
    out.put("2023.txt", results(year=2023), year=2023)
    assert differences(prior_years, out)[0] == []


def test_plans_and_old_versions_are_no_reports_of_last_year(out, results) -> None:
    out.put("2024.txt", results("75", "66", year=2023), year=2024)
    out.put("rkt 2023.txt", results(year=2023), year=2023, jenis="rkt")
    assert differences(prior_years, out)[0] == []
    out.put("2023 draft.txt", results(year=2023), year=2023)
    out.put("2023 final.txt", results("75", "66", year=2023), year=2023)
    assert differences(prior_years, out)[0] == []


# --- the year's plan -----------------------------------------------------------------------------------------------


def targets(*values: str, tahap: str | None = None, table: str = "t2"):
    names = ("Persentase taman yang terawat baik", "Jumlah kebun bibit warga", "Indeks kepuasan pengunjung taman")

    def fill(b) -> None:
        for name, value in zip(names, values, strict=True):
            b.indicator(name, value, None, tahap=tahap, table=table)

    return fill


def test_targets_of_the_report_against_the_agreement(out) -> None:
    report = out.put("lkjip.txt", targets("80", "81", "99"))
    plan = out.put("pk.txt", targets("80", "81", "82"), jenis="pk")
    (row,), _ = differences(plans, out)
    assert (row["document_id"], row["document_id_lain"]) == (report, plan)
    assert (row["stated"], row["expected"]) == ("99", "82")
    assert "sedangkan perjanjian kinerja 2024 (pk.txt" in row["pesan"]


def test_the_agreement_comes_before_the_annual_plan(out) -> None:
    out.put("lkjip.txt", targets("80", "81", "82"))
    out.put("rkt.txt", targets("80", "81", "70"), jenis="rkt")
    assert len(differences(plans, out)[0]) == 1
    out.put("pk.txt", targets("80", "81", "82"), jenis="pk")
    assert differences(plans, out)[0] == []


def test_stages_are_kept_apart(out) -> None:
    def both(b) -> None:
        targets("80", "81", "82", tahap="murni")(b)
        targets("80", "81", "90", tahap="perubahan", table="t3")(b)

    out.put("lkjip.txt", both)
    out.put("pk.txt", targets("80", "81", "82"), jenis="pk")
    out.put("pk perubahan.txt", targets("80", "81", "95"), jenis="pk", kelompok="perubahan")
    (row,), _ = differences(plans, out)
    assert (row["stated"], row["expected"]) == ("90", "95")


def test_a_report_without_stages_is_the_revised_one_where_there_is_a_revised_plan(out) -> None:
    out.put("lkjip.txt", targets("80", "81", "90"))
    out.put("pk.txt", targets("80", "81", "82"), jenis="pk", kelompok="murni")
    assert len(differences(plans, out)[0]) == 1
    out.put("pk perubahan.txt", targets("80", "81", "90"), jenis="pk", kelompok="perubahan")
    rows, counted = differences(plans, out)
    assert rows == []
    assert counted.apart == 3


# --- parts ---------------------------------------------------------------------------------------------------------


def test_tables_of_two_parts_are_checked_as_one_report(out, results) -> None:
    second = out.put("bab 3.txt", results("75", "75", target="80"))

    def first(b) -> None:
        results("", "", "", "", "")(b)
        b.kinerja[1:2] = []
        b.indicator("Jumlah kebun bibit warga", "88")

    one = out.put("bab 2.txt", first)
    rows, counted = differences(parts, out)
    assert [(r["rule"], {r["document_id"], r["document_id_lain"]}) for r in rows] == [("cross_table", {one, second})]
    assert {rows[0]["stated"], rows[0]["expected"]} == {"88", "80"}
    assert not any("/" in (id_ or "") for id_ in (rows[0]["table_id"], *rows[0]["angka"], *rows[0]["angka_lain"]))
    assert counted.agree > 0


def test_text_of_one_part_against_tables_of_another(out) -> None:
    def tables(b) -> None:
        for name in ("Program Pemeliharaan Taman Kota", "Program Penerangan Jalan Umum", "Program Kebun Bibit Warga"):
            b.line(name, "1000000.00", "900000.00")

    def text(b) -> None:
        from dataclasses import replace

        for name, value in (
            ("Program Penerangan Jalan Umum", "1000000.00"),
            ("Program Kebun Bibit Warga", "1100000.00"),
        ):
            b.claim(f"Anggaran {name} sebesar itu.", anggaran=b.figure(value))
            b.klaim[-1] = replace(b.klaim[-1], subjek=name, tingkat="program")

    out.put("bab 3.txt", tables)
    out.put("bab 4.txt", text)
    (row,), _ = differences(parts, out)
    assert (row["rule"], row["stated"], row["expected"]) == ("narrative", "1100000.00", "1000000.00")
    assert row["table_id"] is None


def test_versions_are_not_checked_against_each_other(out, results) -> None:
    out.put("draft.txt", results("70"))
    out.put("final.txt", results("71"))
    assert differences(parts, out)[0] == []


def test_sentences_have_both_languages() -> None:
    import string

    for texts in (*SENTENCES.values(), *SUGGESTIONS.values()):
        blanks = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts.values()]
        assert blanks[0] == blanks[1]
