"""One figure for each line: which places speak of one line, which is chosen, and what may be added up."""

from __future__ import annotations

import time
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ringkasan import ringkasan_rows
from pipeline.ringkasan.breakdown import Line, addable
from pipeline.ringkasan.keys import plain, plain_kode


def summary(build, *findings):
    return {row["kunci"]: row for row in ringkasan_rows(build.report(), findings)}


def test_one_line_in_three_tables_is_one_row(build):
    build.line("PROGRAM PENGELOLAAN TAMAN", "100", table="t1", kode="8.01.02")
    build.line("Program Pengelolaan Taman", "100", "90", "90.0", table="t2", kode="8.1.2")
    build.line("3. Program  Pengelolan Taman", "100", table="t3")
    (row,) = summary(build).values()
    assert (row["sumber_tabel"], row["anggaran"], row["realisasi"], row["persen"]) == ("t2", 100, 90, 90)
    assert (row["n_tempat"], row["n_sepakat"], row["dijumlahkan"]) == (3, 3, True)


def test_a_place_that_disagrees_is_counted_and_not_taken(build):
    build.line("Program Taman", "110", table="t1")
    build.line("Program Taman", "100", table="t2")
    build.line("Program Taman", "100", table="t3")
    (row,) = summary(build).values()
    assert (row["anggaran"], row["n_tempat"], row["n_sepakat"], row["sumber_tabel"]) == (100, 3, 2, "t2")


def test_a_figure_that_a_finding_touches_is_avoided_and_else_marked(build):
    wrong = build.line("Program Taman", "110", table="t1")
    build.line("Program Taman", "100", table="t2")
    alone = build.line("Program Pagar", "7", table="t1")
    rows = summary(build, build.finding(wrong.anggaran), build.finding(alone.anggaran))
    assert rows["program:taman"]["anggaran"] == 100
    assert rows["program:taman"]["temuan"] == [f"t-{wrong.anggaran.id}"]
    assert rows["program:pagar"]["temuan"] == [f"t-{alone.anggaran.id}"]


def test_budget_and_actual_may_come_from_two_tables(build):
    build.line("Program Taman", "100", table="t1")
    build.line("Program Taman", None, "90", table="t2")
    (row,) = summary(build).values()
    assert (row["anggaran"], row["realisasi"], row["sumber_tabel"]) == (100, 90, "t1")
    assert len(row["angka"]) == 2


def test_revised_budget_wins_over_original(build):
    build.line("Program Taman", "100", tahap="murni")
    build.line("Program Taman", "120", "110", tahap="perubahan")
    (row,) = summary(build).values()
    assert (row["anggaran"], row["tahap"], row["n_tempat"]) == (120, "perubahan", 1)


def test_other_years_quarters_and_totals_are_left_out(build):
    build.line("Program Taman", "100")
    build.line("Program Taman", "90", tahun=2023)
    build.line("Program Taman", "20", periode="TW1")
    build.line("JUMLAH", "100", tingkat="total")
    assert list(summary(build)) == ["program:taman"]


def test_a_total_alone_is_kept_once(build):
    build.line("Jumlah Belanja", "100", tingkat="total", table="t1")
    build.line("TOTAL", "100", tingkat="total", table="t2")
    (row,) = summary(build).values()
    assert (row["kunci"], row["anggaran"], row["dijumlahkan"]) == ("total:belanja:1", 100, True)


def test_several_totals_of_one_table_are_kept_and_not_added_up(build):
    build.line("Jumlah Dana", "100", tingkat="total")
    build.line("Jumlah Dana", "40", tingkat="total")
    assert [(row["anggaran"], row["dijumlahkan"]) for row in summary(build).values()] == [(100, False), (40, False)]


def test_every_rupiah_is_marked_once(build):
    top = build.line("Program Taman", "100", kode="8.1")
    build.line("Kegiatan Pupuk", "60", kode="8.1.2.1", tingkat="kegiatan", induk=top.record_id)
    build.line("Kegiatan Air", "40", kode="8.1.2.2", tingkat="kegiatan", induk=top.record_id)
    build.line("Kegiatan Pagar", "30", kode="8.2.2.1", tingkat="kegiatan", table="t4")  # without its programme
    build.line("Belanja Pegawai", "130", tingkat="belanja", table="t2")
    build.line("Taman terawat", "130", tingkat="sasaran", table="t3")
    rows = summary(build)
    assert sorted(key for key, row in rows.items() if row["dijumlahkan"]) == ["8.1", "8.2.2.1"]
    assert rows["8.1.2.1"]["induk"] == "8.1"


def test_spending_lines_of_one_table_alone_are_marked(build):
    whole = build.line("Belanja Operasi", "100", tingkat="belanja", table="t1")
    build.line("Belanja Pegawai", "60", tingkat="belanja", table="t1", induk=whole.record_id)
    build.line("Belanja Modal", "30", tingkat="belanja", table="t1")
    build.line("Belanja Langsung", "130", tingkat="belanja", table="t2")
    marked = sum(row["anggaran"] for row in summary(build).values() if row["dijumlahkan"])
    assert marked == 130


def test_names_of_accounts_tell_levels_where_nothing_else_does(build):
    for name, value in (("BELANJA OPERASI", 70), ("Belanja Pegawai", 50), ("Belanja Barang dan Jasa", 20)):
        build.line(name, str(value), tingkat="belanja")
    build.line("Belanja Modal", "30", tingkat="belanja")
    build.line("Belanja Kursi", "5", tingkat="belanja")  # of unknown level, perhaps part of another
    build.line("Jumlah Belanja Operasi", "70", tingkat="belanja")
    assert sum(row["anggaran"] for row in summary(build).values() if row["dijumlahkan"]) == 100


def test_two_names_of_one_account_are_added_up_once(build):
    build.line("BELANJA", "100", tingkat="belanja")
    build.line("BELANJA DAERAH", "100", tingkat="belanja")
    assert [row["dijumlahkan"] for row in summary(build).values()] == [True, False]


def test_a_list_of_accounts_of_one_level_is_added_up(build):
    for name, value in (("Belanja Pegawai", 50), ("Belanja Barang", 20), ("Belanja Modal", 30), ("Belanja Kursi", 5)):
        build.line(name, str(value), tingkat="belanja")
    assert sum(row["anggaran"] for row in summary(build).values() if row["dijumlahkan"]) == 105


def test_a_second_listing_of_the_same_programmes_adds_nothing(build):
    build.line("Program Taman", "10", table="t1")
    build.line("Program Jalan", "20", table="t1")
    build.line("Program Taman", "10", table="t2")
    build.line("Program Jalan dan Jembatan Lingkungan", "20", table="t2")
    build.line("Program Air Bersih", "7", table="t3")  # a table of its own: another part of the money
    assert sum(row["anggaran"] for row in summary(build).values() if row["dijumlahkan"]) == 37


def test_codes_tell_the_lines_of_a_second_listing_apart(build):
    build.line("Program Taman", "10", table="t1", kode="8.1")
    build.line("Program Jalan", "20", table="t1", kode="8.2")
    build.line("Program Taman", "10", table="t2", kode="8.1")
    build.line("Program Air", "5", table="t2", kode="8.3")
    assert sum(row["anggaran"] for row in summary(build).values() if row["dijumlahkan"]) == 35


def test_one_name_under_two_parents_is_two_lines(build):
    a = build.line("Program A", "10")
    build.line("Belanja Pegawai", "4", tingkat="belanja", induk=a.record_id)
    b = build.line("Program B", "20")
    build.line("Belanja Pegawai", "5", tingkat="belanja", induk=b.record_id)
    rows = summary(build)
    assert rows["belanja:belanja pegawai < program:a"]["anggaran"] == 4
    assert rows["belanja:belanja pegawai < program:b"]["anggaran"] == 5


def test_one_code_for_two_names_in_a_table_is_two_lines(build):
    build.line("Program Taman", "10", kode="8.1")
    build.line("Program Jalan Lingkungan", "20", kode="8.1")
    assert [row["anggaran"] for row in summary(build).values()] == [10, 20]


def test_one_code_for_unlike_names_in_two_tables_is_two_lines(build):
    build.line("Program Taman", "10", kode="1.1", table="t1")
    build.line("Program Jalan Lingkungan", "20", kode="1.1", table="t2")
    assert [row["anggaran"] for row in summary(build).values()] == [10, 20]


def test_numbers_that_count_within_a_programme_are_no_codes(build):
    build.line("Program Taman", "30", kode="1")
    build.line("Kegiatan Pupuk", "10", kode="1", tingkat="kegiatan")
    build.line("Kegiatan Air", "20", kode="2", tingkat="kegiatan")
    build.line("Program Jalan", "5", kode="2")
    rows = summary(build)
    assert [key for key, row in rows.items() if row["dijumlahkan"]] == ["program:taman", "program:jalan"]


def test_numerals_tell_names_apart(build):
    build.line("Program Pembangunan Taman Kota Tahap I", "10", table="t1")
    build.line("Program Pembangunan Taman Kota Tahap II", "20", table="t2")
    assert len(summary(build)) == 2


def test_indicator_once_with_most_complete_place(build):
    build.indicator("Persentase taman terawat", "80", table="t1")
    build.indicator("Persentase Taman Terawat", "80", "82", "102.5", table="t2")
    build.indicator("Persentase taman terawat", "70", "71", tahun=2023, table="t3")
    build.indicator("Persentase taman terawat", "95", acuan="akhir_rencana", table="t4")
    (row,) = summary(build).values()
    assert (row["target"], row["hasil"], row["capaian"], row["dijumlahkan"]) == (80, 82, Decimal("102.5"), False)
    assert (row["n_tempat"], row["n_sepakat"]) == (2, 2)


def test_same_indicator_under_two_objectives_is_two_lines(build):
    build.indicator("Jumlah kegiatan", "1", sasaran="Taman")
    build.indicator("Jumlah kegiatan", "2", sasaran="Jalan")
    assert len(summary(build)) == 2


def test_plain_names():
    assert plain("<b>PROGRAM  Pengelolaan (Taman)</b>") == "pengelolaan taman"
    assert plain("Program") == "program"
    assert plain("2. Program Taman") == plain("b) Taman") == "taman"
    assert plain("3 Pilar") == "3 pilar"
    assert plain_kode("8.01.01.2.01.0001 ") == "8.1.1.2.1.1"
    assert plain_kode("-") is plain_kode("01") is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Taman", "Jalan", "Air", "Taman I", "Taman II"]),
            st.sampled_from(["program", "kegiatan", "belanja", "sasaran", "total", "lain"]),
            st.sampled_from(["t1", "t2"]),
            st.sampled_from([None, "8", "8.1", "8.1.1", "8.2"]),
            st.integers(0, 3),
        ),
        max_size=12,
    )
)
def test_keys_are_unique_and_all_lines_are_there(new_builder, rows):
    build = new_builder()
    for name, level, table, kode, value in rows:
        build.line(name, str(value), tingkat=level, table=table, kode=kode)
    found = ringkasan_rows(build.report(), ())
    keys = [row["kunci"] for row in found]
    assert len(keys) == len(set(keys))
    assert bool(found) == bool(rows)
    assert not rows or any(row["dijumlahkan"] for row in found) or all(level == "total" for _, level, *_ in rows)


def test_thousands_of_programmes_take_no_longer_each():
    lines = [Line(f"program:{n}", f"taman {n}", "belanja", "program", None, None, ("t1",)) for n in range(6_000)]
    start = time.process_time()
    assert len(addable(lines)) == len(lines)
    assert time.process_time() - start < 1.0  # 0.1 here, and 2 where every line was held against every other
