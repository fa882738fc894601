"""What --limit takes, and which of the limits change what the rows of a file say."""

from __future__ import annotations

import pytest

from schemas.limits import USUAL, Limits


def test_limits_are_given_by_name_with_units():
    found = Limits.parse(["pages=5000", "unpacked = 64M", "file=2g", "line=300k"])
    assert (found.pages, found.unpacked, found.file, found.line) == (5000, 64_000_000, 2_000_000_000, 300_000)
    assert (found.text, found.glyphs) == (USUAL.text, USUAL.glyphs)
    assert Limits.parse([]) == USUAL


@pytest.mark.parametrize(
    "given", ["halaman=3", "pages", "pages=", "pages=0", "pages=-1", "pages=1e9", "pages=٣", "pages=1T", "=1", ""]
)
def test_what_is_no_limit_is_refused(given: str):
    with pytest.raises(ValueError, match="^" + given.replace("=", "=?")[:3]):
        Limits.parse([given])


def test_only_limits_of_a_page_change_rows():
    assert Limits(pages=2, file=1, unpacked=1, lines=1).of_rows() == ""
    assert Limits(glyphs=2, pixels=3).of_rows() == "glyphs=2,pixels=3"
