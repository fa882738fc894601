"""Parts and versions of one report."""

from __future__ import annotations

import pytest


def roles(out) -> dict[str, tuple[str, bool, bool]]:
    return {m.document.name: (m.role, m.budget, m.indicators) for m in out.read()}


def budget(b) -> None:
    for number in range(4):
        b.line(f"Program {'ABCD'[number]}melia Taman Kota", f"{number + 1}000.00", f"{number + 1}00.00")


def test_a_lone_document_stands_for_its_year(out, results) -> None:
    out.put("a.txt", results())
    out.put("b.txt", results(year=2023), year=2023)
    out.put("pk.txt", results(), jenis="pk")
    assert roles(out) == dict.fromkeys(("a.txt", "b.txt", "pk.txt"), ("utama", True, True))
    assert {m.group for m in out.read()} == {"lkjip-2024", "lkjip-2023", "pk-2024"}


def test_documents_with_other_contents_are_parts(out, results) -> None:
    out.put("satu.txt", budget)
    out.put("dua.txt", results())
    assert roles(out) == {"satu.txt": ("bagian", True, False), "dua.txt": ("utama", False, True)}
    assert len({m.group for m in out.read()}) == 1


def test_chapters_are_parts_however_alike(out, results) -> None:
    def plan(b) -> None:
        budget(b)
        results("", "", "", "", "")(b)

    def report(b) -> None:
        budget(b)
        results()(b)

    out.put("lkjip bab 2.txt", plan)
    out.put("lkjip bab 3.txt", report)
    assert roles(out)["lkjip bab 3.txt"] == ("utama", True, True)
    assert roles(out)["lkjip bab 2.txt"] == ("bagian", False, False)  # its indicators stand in the other one


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("lkjip draft.txt", "lkjip.txt", "draft"),
        ("lkjip.txt", "lkjip revisi.txt", "revisi"),
        ("lkjip revisi 1.txt", "lkjip revisi 2.txt", "revisi1"),
    ],
)
def test_the_name_tells_the_newer_version(out, results, old: str, new: str, says: str) -> None:
    a = out.put(new, results("70", "71"))
    out.put(old, results("60", "61"))
    assert roles(out) == {new: ("utama", True, True), old: ("versi_lama", False, False)}
    older = next(m for m in out.read() if not m.current)
    assert older.replaced_by == a
    assert says in older.reason[0]


def test_a_version_without_a_name_is_known_by_its_figures(out, results) -> None:
    def fuller(b) -> None:
        results()(b)
        b.line("Program Taman", "1000.00", "900.00")

    out.put("x.txt", fuller)
    out.put("y.txt", results("74"))
    assert roles(out) == {"x.txt": ("utama", True, True), "y.txt": ("versi_lama", False, False)}


def test_a_scan_gives_way_to_what_reads_better(out, results) -> None:
    out.put("a.pdf", results(), format="scan")
    out.put("b.pdf", results(), format="pdf")
    assert roles(out)["a.pdf"][0] == "versi_lama"


def test_figures_of_other_years_or_lines_make_no_version(out, results) -> None:
    out.put("a.txt", results("1", "2", "3", "4", "5"))
    out.put("b.txt", results("6", "7", "8", "9", "10", target="90"))
    assert {role for role, _, _ in roles(out).values()} == {"utama", "bagian"}


def test_a_manifest_settles_it(out, results) -> None:
    out.put("a.txt", results(), kelompok="satu")
    out.put("b.txt", budget, jenis="lain", kelompok="satu")
    out.put("c.txt", results("74"))
    groups = {m.document.name: m.group for m in out.read()}
    assert groups == {"a.txt": "satu", "b.txt": "satu", "c.txt": "lkjip-2024"}
    assert {role for role, _, _ in roles(out).values()} == {"utama", "bagian"}


def test_unknown_agencies_and_years_stand_alone(out, results) -> None:
    out.put("a.txt", results(), agency="tidak-dikenal")
    out.put("b.txt", results(), agency="tidak-dikenal")
    out.put("c.txt", results(), year=0)
    out.put("d.txt", results(), year=0)
    assert set(roles(out).values()) == {("utama", True, True)}
