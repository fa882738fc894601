"""Running heads and feet."""

from __future__ import annotations

from extractors.heads import running_heads
from extractors.identity import identify
from schemas.document import Box, Document, Page, PageStatus, Word


def words(text: str, top: float, rotation: int = 0) -> tuple[Word, ...]:
    """The words of one line, 60 points apart; turned by 90 degrees they run down the page at the right."""
    made = []
    for i, word in enumerate(text.split()):
        box = Box(30 + 60 * i, top, 80 + 60 * i, top + 10)
        if rotation:
            box = Box(600 - box.bottom, box.x0, 600 - box.top, box.x1)
        made.append(Word(word, box, rotation=rotation))
    return tuple(made)


def document(*pages: tuple[Word, ...], status: PageStatus = PageStatus.READ) -> Document:
    made = tuple(Page(i, 600, 800, words=w, status=status) for i, w in enumerate(pages, 1))
    return Document("a.pdf", "0" * 64, "pdf", pages=made)


HEAD = "Dinas Contoh Kota Cimahi LKIP 2016"


def test_a_line_in_the_margin_of_three_pages_is_a_head() -> None:
    pages = [words(f"{HEAD} {i}", 20) + words("Uraian yang panjang", 400) for i in range(4)]
    found = running_heads(document(*pages))
    assert [line.text for line in found] == [f"{HEAD} {i}" for i in range(4)]
    assert [line.place.page for line in found] == [1, 2, 3, 4]


def test_two_pages_another_height_or_the_middle_of_the_page_are_not_enough() -> None:
    assert running_heads(document(*[words(HEAD, 20)] * 2)) == []
    assert running_heads(document(*[words(HEAD, 20 + 15 * i) for i in range(4)])) == []
    assert running_heads(document(*[words(HEAD, 400)] * 4)) == []
    assert running_heads(document(*[words(HEAD, 20)] * 4, status=PageStatus.FAILED)) == []


def test_pages_on_their_side_have_heads_too() -> None:
    pages = [words(HEAD, 550 + 0.1 * i, rotation=90) for i in range(3)]
    assert [line.text for line in running_heads(document(*pages))] == [HEAD] * 3


def test_heads_tell_who_reports() -> None:
    heads = running_heads(document(*[words(HEAD, 20)] * 4))
    found = identify("a.pdf", [], heads)
    assert (found.instansi, found.wilayah, found.year, found.jenis) == ("Dinas Contoh", "Kota Cimahi", 2016, "lkjip")
