"""Running text as paragraphs."""

from __future__ import annotations

from typing import Any

from pipeline.reconcile.prose import paragraphs, snippet


def test_printed_lines_are_joined_and_found_again(b: Any) -> None:
    b.say("Pada tahun 2024 dinas mengelola", blank_before=True)
    b.say("arsip daerah sebesar Rp. 5.000")
    b.say("Butir pertama", "a.")
    first, second = paragraphs(tuple(b.text))
    assert first.text == "Pada tahun 2024 dinas mengelola arsip daerah sebesar Rp. 5.000"
    assert first.place_at(first.text.index("arsip")).line == 2
    assert (second.bullet, second.first, second.last) == ("a.", 2, 2)


def test_a_paragraph_goes_on_over_a_page_break(b: Any) -> None:
    b.say("Arsip yang", blank_before=True)
    b.say("dikelola.", blank_before=True)
    b.say("dan lainnya", blank_before=True)
    b.say("KEPALA", heading=True)
    assert [one.text for one in paragraphs(tuple(b.text))] == ["Arsip yang dikelola.", "dan lainnya", "KEPALA"]


def test_what_a_colon_leads_in_begins_anew(b: Any) -> None:
    b.say("sebagai berikut:")
    b.say("Jumlah arsip naik.")
    assert len(paragraphs(tuple(b.text))) == 2


def test_sentences(b: Any) -> None:
    b.say("Anggaran sebesar Rp. 5.000 No. 3 terserap. Arsip naik. Selesai")
    (one,) = paragraphs(tuple(b.text))
    assert [one.text[i:j] for i, j in one.sentences()] == [
        "Anggaran sebesar Rp. 5.000 No. 3 terserap.", "Arsip naik.", "Selesai",
    ]  # fmt: skip
    assert one.text[slice(*one.sentence_at(one.text.index("naik")))] == "Arsip naik."


def test_no_lines() -> None:
    assert paragraphs(()) == ()


def test_snippet() -> None:
    text = "satu dua tiga empat lima enam tujuh"
    assert snippet(text, 14, 19, 100) == text
    assert snippet(text, 14, 19, 6) == "… tiga empat lima …"
