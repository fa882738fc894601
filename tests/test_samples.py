"""The samples are what samples/README.md and samples/planted.csv say they are (whatever the program makes of them)."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
REPORTS = sorted(p for p in SAMPLES.iterdir() if p.suffix in {".txt", ".md"} and p.stem != "README")
ENCODINGS = {"kecamatan-karang-jati-2021": "cp1252", "pk-satpolpp-nusa-kencana-2024": "utf-16"}


def planted() -> list[dict[str, str]]:
    with (SAMPLES / "planted.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(name: str) -> list[str]:
    path = SAMPLES / name
    return path.read_bytes().decode(ENCODINGS.get(path.stem, "utf-8-sig")).splitlines()


def digits(text: str) -> str:
    return re.sub(r"\D", "", re.sub(r"\.00$", "", text))


@pytest.mark.parametrize("row", planted(), ids=lambda row: f"{row['file']}:{row['line']}")
def test_a_planted_defect_stands_where_the_list_says(row: dict[str, str]) -> None:
    line = lines(row["file"])[int(row["line"]) - 1]
    if row["rule"] == "terbilang":  # stated in words, expected in digits
        assert digits(row["expected"]) in digits(line)
    else:
        assert digits(row["stated"]) in digits(line)


def test_every_report_is_in_the_table_of_the_readme() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in REPORTS if f"`{p.name}`" not in readme] == []
    assert len(REPORTS) >= 6


def test_planted_defects_name_known_rules_and_files() -> None:
    rules = {"sum", "percent", "capaian", "cross_table", "narrative", "terbilang", "malformed", "count", "over_budget"}
    rules |= {"predicate", "year", "agency", "missing", "efficiency", "other"}
    assert {row["rule"] for row in planted()} == rules
    assert {row["file"] for row in planted()} <= {p.name for p in REPORTS}


def test_the_odd_encodings_are_kept() -> None:
    assert b"\r\n" in (SAMPLES / "kecamatan-karang-jati-2021.txt").read_bytes()
    assert (SAMPLES / "pk-satpolpp-nusa-kencana-2024.txt").read_bytes().startswith(b"\xff\xfe")
    assert (SAMPLES / "literasi-ternate-2023.txt").read_bytes().startswith(b"\xef\xbb\xbf")
