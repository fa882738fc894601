"""Counts in sentences."""

from __future__ import annotations

from typing import Any

from pipeline.reconcile.rules.count import check


def test_digits_and_words(b: Any, outcomes: Any, failing: Any) -> None:
    b.say("Terdapat 6 (enam) program dan 12 (dua belas) kegiatan.")
    b.say("Pada tahun ke 3 (dua) dilaksanakan 1.000 (seribu) kunjungan.")
    assert outcomes(check, b) == ["cocok", "cocok", "tidak_cocok", "cocok"]
    (one,) = failing(check, b)
    assert (one.stated, one.expected, one.place.line) == ("3", "2", 2)


def test_other_brackets_are_no_counts(b: Any, outcomes: Any) -> None:
    b.say("Undang-Undang Nomor 23 (dua puluh tiga pasal) dan 5 (lihat tabel) serta 2024 (tahun berjalan).")
    assert outcomes(check, b) == []


def test_a_count_cut_by_a_lines_end(b: Any, outcomes: Any) -> None:
    b.say("didukung oleh 20 (dua")
    b.say("puluh satu) orang pegawai")
    assert outcomes(check, b) == ["tidak_cocok"]


def programme(b: Any, count: str, letters: str) -> None:
    b.say(f"Program Arsip yang dijabarkan dalam {count} kegiatan yaitu :", "1)")
    for letter in letters:
        b.say("Penataan arsip", f"{letter}.")
    b.say("Program Buku", "2)")


def test_what_is_listed(b: Any, outcomes: Any) -> None:
    programme(b, "3", "abc")
    assert outcomes(check, b) == ["cocok"]


def test_more_or_fewer_are_listed(b: Any, failing: Any) -> None:
    programme(b, "3", "abcd")
    programme(b, "4", "abc")
    assert [(one.stated, one.expected) for one in failing(check, b)] == [("3", "4"), ("4", "3")]


def test_a_list_whose_end_is_unclear(b: Any, outcomes: Any) -> None:
    b.say("dijabarkan dalam 4 kegiatan yaitu:", "1)")
    b.say("Penataan arsip", "a.")
    b.say("Alih media", "b.")
    b.say("Demikian pula penyelamatan arsip.", blank_before=True)
    assert outcomes(check, b) == ["tak_teruji"]


def test_a_list_that_need_not_be_complete(b: Any, outcomes: Any) -> None:
    b.say("dari 4 kegiatan antara lain:", "1)")
    b.say("Penataan arsip", "a.")
    b.say("Alih media", "b.")
    b.say("Lainnya", "2)")
    assert outcomes(check, b) == []
