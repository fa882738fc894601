"""spaCy's tokenizer and matcher, as claims use them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from extractors.klaim import tokens

SENTENCES = (
    "Realisasi anggaran/target sebesar Rp1.000,00 (98,5%) dari rata-rata capaian, yaitu 12 orang.",
    "  Anggaran  belanja:Rp 5,-  -- 50 % ",
    "masing-masing\tUSD5 dan 2.024.Realisasi",
)


@pytest.mark.parametrize("text", SENTENCES)
def test_texts_are_parted_as_spacy_parts_them(text: str) -> None:
    whole = tokens._spacy().tokenizer(text)
    mine = tokens.parted(text)
    assert [text[start:end].lower() for start, end, _ in mine] == [word for _, _, word in mine]
    lettered = [(t.idx, t.idx + len(t), t.text.lower()) for t in whole if any(c.isalpha() for c in t.text)]
    assert [token for token in mine if any(c.isalpha() for c in token[2])] == lettered


@pytest.mark.parametrize("word", ["anggaran", "Dinas", "RSUD", "a", "B", "kM", "Rp", "IDRa", "usd", "SGDx", "RMB", "X"])
@pytest.mark.parametrize("end", ["", ",", ":", ";", ".", "..", ",,", ").", "-"])
def test_words_are_parted_as_spacy_parts_them(word: str, end: str) -> None:
    whole = tokens._spacy().tokenizer(word + end)
    assert list(tokens.cut(word + end)) == [(t.idx, t.idx + len(t), t.text.lower()) for t in whole]


def test_of_overlapping_phrases_the_longest_is_found() -> None:
    phrases = tokens.Phrases([(("realisasi",), "a"), (("realisasi", "anggaran"), "b"), (("target",), "c")])
    assert phrases.find(("total", "realisasi", "anggaran", "dan", "target")) == ((1, 3, "b"), (4, 5, "c"))
    assert phrases.find(("tanpa", "kata", "kunci")) == ()


def test_phrases_outlive_the_memory_of_a_document() -> None:
    phrases = tokens.Phrases([(("pagu",), "anggaran")])
    for _ in range(3):
        with tokens.memory_zone():
            words = tuple(word for _, _, word in tokens.parted("Pagu yang belum pernah dibaca sebelumnya"))
            assert phrases.find(words) == ((0, 1, "anggaran"),)


def test_the_rest_of_spacy_is_not_loaded_and_can_be_afterwards() -> None:
    code = (
        "import sys; from extractors.klaim import tokens; tokens.parted('Realisasi anggaran');"
        "print([m for m in ('spacy', 'spacy.cli', 'requests', 'pandas') if m in sys.modules]);"
        "import spacy; print([t.text for t in spacy.blank('id')('Realisasi anggaran')])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["[]", "['Realisasi', 'anggaran']"]
