"""Which documents are read, and whose rows give way: the state of OUT follows which name holds which bytes."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.discover import Candidate
from pipeline.i18n import say
from pipeline.plan import Hashed, hash_files, make_plan, make_renames, names_after, owners
from pipeline.store import Entry


def file(name: str, letter: str, size: int = 1) -> Hashed:
    return Hashed(Candidate(Path(name), name), letter * 64, size)


def entry(letter: str, *names: str, version: str = "v1", status: str = "ok") -> Entry:
    return Entry(letter * 16, names[0], names[1:], letter * 64, status, None, version, "dinas", 2024)


def plan(files, held=(), version="v1", **more):
    return make_plan(files, held, lambda name, document_id: version, **more)


def test_a_file_that_became_a_pipe_since_it_was_found_is_waited_for_by_nobody(tmp_path: Path):
    (tmp_path / "b.txt").write_text("x")
    os.mkfifo(tmp_path / "a.txt")
    names = ("a.txt", "b.txt", "tiada.txt")
    hashed, failures = hash_files([Candidate(tmp_path / name, name) for name in names])
    assert [(one.candidate.sumber, one.size) for one in hashed] == [("b.txt", 1)]
    assert [one.sumber for one in failures] == ["a.txt", "tiada.txt"]
    assert "bukan berkas biasa" in str(failures[0].error)


def test_new_files_are_read():
    made = plan([file("b.txt", "b", 9), file("a.txt", "a", 5)])
    assert [job.origin.sumber for job in made.jobs] == ["a.txt", "b.txt"]


def test_same_bytes_and_version_are_not_read_again():
    held = [entry("a", "a.txt")]
    assert plan([file("a.txt", "a")], held).unchanged == tuple(held)
    assert [job.origin.version for job in plan([file("a.txt", "a")], held, "v2").jobs] == ["v2"]


def test_failed_documents_are_named_and_tried_again_when_asked():
    held = [entry("a", "a.txt", status="failed")]
    assert plan([file("a.txt", "a")], held).failed_before == tuple(held)
    assert len(plan([file("a.txt", "a")], held, retry_failed=True).jobs) == 1


def test_a_changed_file_takes_the_place_of_its_own_rows():
    held = [entry("a", "a.txt"), entry("c", "c.txt")]
    (job,) = plan([file("a.txt", "b"), file("c.txt", "c")], held).jobs
    assert set(job.remove) == set(held[0].paths)


def test_a_document_with_another_name_stays_when_one_of_its_files_changes():
    held = [entry("a", "a.txt", "kopi.txt")]
    (job,) = plan([file("a.txt", "b")], held).jobs
    assert job.remove == ()
    renames, nameless = make_renames(plan([file("a.txt", "b")], held).owner, [*held, entry("b", "a.txt")])
    assert [(r.entry.document_id, r.names) for r in renames] == [("a" * 16, ("kopi.txt",))]
    assert nameless == []


def test_same_bytes_twice_are_one_document():
    (job,) = plan([file("b.txt", "a"), file("a.txt", "a")]).jobs
    assert (job.origin.sumber, job.origin.sumber_lain) == ("a.txt", ("b.txt",))


def test_a_copy_found_later_is_another_name():
    made = plan([file("kopi.txt", "a")], [entry("a", "z.txt")])
    assert made.jobs == ()
    renames, _ = make_renames(made.owner, [entry("a", "z.txt")])
    assert renames[0].names == ("kopi.txt", "z.txt")


def test_a_file_that_became_equal_to_another_leaves_its_document():
    held = [entry("a", "a.txt"), entry("b", "b.txt")]
    made = plan([file("a.txt", "b")], held)
    assert made.jobs == ()
    renames, nameless = make_renames(made.owner, held)
    assert [r.names for r in renames] == [("a.txt", "b.txt")]
    assert nameless == [held[0]]


def test_a_name_stays_where_it_was_when_its_new_bytes_came_to_no_rows():
    held = [entry("a", "a.txt")]
    made = plan([file("a.txt", "b")], held)
    assert make_renames(made.owner, held) == ([], [])


def test_two_files_of_one_name_and_other_contents():
    one, two = file("x/a.txt", "a"), Hashed(Candidate(Path("y/x/a.txt"), "x/a.txt"), "b" * 64, 1)
    owner, failures = owners([one, two])
    assert owner == {"x/a.txt": one}
    assert [f.sumber for f in failures] == ["x/a.txt"]
    assert owners([one, one])[1] == []


def test_names_do_not_depend_on_order():
    files = [file("a.txt", "a"), file("b.txt", "a")]
    first = names_after({f.candidate.sumber: f for f in files}, [])
    later = names_after({"a.txt": files[0]}, [entry("a", "b.txt")])
    assert first == later == {"a" * 16: ("a.txt", "b.txt")}


def test_a_document_whose_worker_died_is_tried_again_by_itself():
    died = Entry("a" * 16, "a.txt", (), "a" * 64, "failed", say("worker_died", "id"), "v1", "dinas", 2024)
    assert len(plan([file("a.txt", "a")], [died]).jobs) == 1


def test_a_document_over_a_limit_is_looked_at_again_for_the_limit_may_be_another():
    over = Entry("a" * 16, "a.txt", (), "a" * 64, "failed", "a.txt: 60 baris; --limit lines=N.", "v1", "dinas", 2024)
    assert len(plan([file("a.txt", "a")], [over]).jobs) == 1
    broken = Entry("a" * 16, "a.txt", (), "a" * 64, "failed", "a.txt: rusak", "v1", "dinas", 2024)
    assert len(plan([file("a.txt", "a")], [broken]).jobs) == 0
