"""Words in names of files."""

from __future__ import annotations

import pytest

from pipeline.lintas.filenames import marks_of


@pytest.mark.parametrize(
    ("name", "version", "part", "revised"),
    [
        ("src/lkjip-2024.txt", "", None, False),
        ("src/LKjIP 2024 DRAFT.pdf", "draft", None, False),
        ("src/draf2_lkjip.pdf", "draf2", None, False),
        ("src/lkjip_final_rev1.pdf", "final rev1", None, False),
        ("src/LKjIP 2024 v2.pdf", "v2", None, False),
        ("src/dinas_bab2.pdf", "", "bab2", False),
        ("src/BAB III.pdf", "", "bab3", False),
        ("src/draft/lampiran 1.pdf", "draft", "lampiran1", False),
        ("src/PK Perubahan 2024.pdf", "", None, True),
        ("src/laporan v.pdf", "", None, False),  # a lone letter is no version
        ("draft/lkjip.pdf", "", None, False),  # the SOURCE's own name says nothing of a document
        ("lkjip.pdf", "", None, False),
    ],
)
def test_marks(name: str, version: str, part: str | None, revised: bool) -> None:
    found = marks_of([name])
    assert (found.version, found.part, found.revised) == (version, part, revised)


def test_versions_are_in_order() -> None:
    names = ["konsep", "draft 1", "draft 2", "sementara", "final", "revisi", "revisi 2"]
    ranks = [marks_of([f"src/lkjip {name}.pdf"]).rank or 0 for name in names]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)
    plain = marks_of(["src/lkjip 2024.pdf"]).rank
    assert plain is None
    assert ranks[3] < 0 < ranks[4]


def test_the_name_that_says_something_counts() -> None:
    assert marks_of(["src/a.pdf", "src/a draft.pdf"]).version == "draft"
