"""Dates and durations of `--since`, and which files they leave out."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from pipeline.discover import Candidate
from pipeline.since import changed_since, parse_since
from schemas.errors import BadOption

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=7)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7d", datetime(2026, 11, 15, 5, 0, tzinfo=UTC)),
        ("12H", datetime(2026, 11, 21, 17, 0, tzinfo=UTC)),
        ("30 m", datetime(2026, 11, 22, 4, 30, tzinfo=UTC)),
        ("2w", datetime(2026, 11, 8, 5, 0, tzinfo=UTC)),
        ("2026-01-31", datetime(2026, 1, 30, 17, 0, tzinfo=UTC)),
        ("2026-01-31T08:00", datetime(2026, 1, 31, 1, 0, tzinfo=UTC)),
        ("2026-01-31T08:00+00:00", datetime(2026, 1, 31, 8, 0, tzinfo=UTC)),
    ],
)
def test_what_since_means(text: str, expected: datetime):
    assert parse_since(text, NOW) == expected.timestamp()


@pytest.mark.parametrize("text", ["", "kemarin", "7", "-7d", "7y", "2026-02-30", "31-01-2026", "999999w"])
def test_what_it_does_not(text: str):
    with pytest.raises(BadOption, match="--since"):
        parse_since(text, NOW)


def test_the_units_are_told():
    with pytest.raises(BadOption, match=r"1s; .* menit, jam, hari atau minggu \(30m, 12h, 7d, 2w\)"):
        parse_since("1s", NOW)
    with pytest.raises(BadOption, match='--since tidak mengenal ""'):
        parse_since("", NOW)


def test_a_file_counts_by_the_later_of_its_change_and_its_coming(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text("a")
    now = path.stat().st_ctime
    one = [Candidate(path, "a.txt")]
    os.utime(path, (0, 0))  # copied with its old date
    assert changed_since(one, now - 1) == (one, 0)
    assert changed_since(one, now + 3600) == ([], 1)
    os.utime(path, (now + 7200, now + 7200))  # a clock that was ahead
    assert changed_since(one, now + 3600) == (one, 0)
    path.unlink()
    assert changed_since(one, now + 3600) == (one, 0)
