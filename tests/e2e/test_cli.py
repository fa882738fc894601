"""The command line as people use it: what it prints, its exit codes, and that no bad input ends in a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from pipeline.version import fingerprint
from schemas.datasets import PER_DOCUMENT

REPORTS = Path(__file__).parents[2].parent / "shared" / "reports" / "text"


@pytest.fixture
def folder(tmp_path: Path, report_text) -> Path:
    root = tmp_path / "laporan"
    root.mkdir()
    (root / "benar.txt").write_text(report_text())
    (root / "salah.md").write_text(report_text("DINAS PASAR KOTA SUKAMAJU", 2023, "3.000.001"))
    return root


@pytest.fixture
def out(folder: Path, tmp_path: Path, lkjip) -> Path:
    out = tmp_path / "out"
    code, _, _ = lkjip("ingest", folder, "--out", out, "--jobs", 0)
    assert code == 0
    return out


# --- ingest --------------------------------------------------------------------------------------------------------


def test_ingest_tells_what_it_did(folder: Path, tmp_path: Path, lkjip):
    (folder / "x.xlsx").write_text("x")
    code, text, err = lkjip("ingest", folder, "--out", tmp_path / "out", "--jobs", 0)
    assert code == 0
    assert "2 dibaca, 0 tidak berubah, 1 jenis lain, 0 gagal" in text
    assert "laporan/x.xlsx: .xlsx" in text
    assert "temuan       1 (tinggi 1" in text
    assert "[2/2]" in err
    code, text, _ = lkjip("ingest", folder, "--out", tmp_path / "out", "--jobs", 0, "--lang", "en")
    assert (code, "0 read, 2 unchanged, 1 of another kind, 0 failed" in text) == (0, True)
    for dataset in PER_DOCUMENT:
        assert len(list((tmp_path / "out" / dataset.name).rglob("*.parquet"))) == 2


BAD = {
    "kosong.txt": b"",
    "biner.txt": bytes(range(256)) * 40,
    "panjang.txt": b"a" * 50_000_000,
    "sandi.txt": b"\x81\x8d\x8f\x90\x9d teks",
    "rusak.pdf": b"%PDF-1.4 rusak",
}


def test_every_bad_file_is_one_sentence_and_the_rest_goes_on(folder: Path, tmp_path: Path, lkjip):
    for name, data in BAD.items():
        (folder / name).write_bytes(data)
    out = tmp_path / "out"
    code, text, _ = lkjip("ingest", folder, tmp_path / "tiada.txt", "--out", out, "--jobs", 0)
    assert code == 1
    assert f"2 dibaca, 0 tidak berubah, 0 jenis lain, {len(BAD) + 1} gagal" in text
    for name in (*(f"laporan/{name}" for name in BAD), "tiada.txt"):
        assert sum(f"{name}: gagal: " in line for line in text.splitlines()) == 1
    import pandas as pd

    rows = pd.read_parquet(out / "dokumen").set_index("sumber")
    assert sorted(rows[rows["status"] == "failed"].index) == sorted(f"laporan/{name}" for name in BAD)
    assert rows.loc[[f"laporan/{name}" for name in BAD], "error"].notna().all()
    code, text, _ = lkjip("ingest", folder, "--out", out, "--jobs", 0)
    assert code == 1
    assert "--retry-failed" in text


def test_nothing_to_read(tmp_path: Path, lkjip):
    (tmp_path / "kosong").mkdir()
    code, _, err = lkjip("ingest", tmp_path / "kosong", "--out", tmp_path / "out")
    assert (code, "tidak ada laporan" in err) == (3, True)
    code, text, err = lkjip("ingest", tmp_path / "tiada", "x" * 300, "--out", tmp_path / "baru", "--lang", "en")
    assert (code, text, err.count("\n"), "does not exist" in err) == (3, "", 2, True)
    assert not (tmp_path / "baru").exists()
    (tmp_path / "a.xlsx").write_text("x")
    code, text, _ = lkjip("ingest", tmp_path / "a.xlsx", "--out", tmp_path / "out")
    assert (code, "berjenis .xlsx" in text) == (3, True)


def test_out_that_cannot_be_used(folder: Path, tmp_path: Path, lkjip):
    code, _, err = lkjip("ingest", folder, "--out", folder / "benar.txt")
    assert (code, err.count("\n"), "bukan folder" in err) == (4, 1, True)
    newer = tmp_path / "baru"
    newer.mkdir()
    (newer / "_lkjip.json").write_text(json.dumps({"schema_version": 99}))
    code, _, err = lkjip("ingest", folder, "--out", newer, "--lang", "en")
    assert (code, "newer lkjip" in err) == (4, True)
    (tmp_path / "nama").mkdir()
    (tmp_path / "nama" / "dokumen").write_text("x")
    assert lkjip("ingest", folder, "--out", tmp_path / "nama")[0] == 4


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_out_that_may_not_be_written(folder: Path, tmp_path: Path, lkjip):
    closed = tmp_path / "tutup"
    closed.mkdir(mode=0o500)
    code, _, err = lkjip("ingest", folder, "--out", closed)
    assert (code, "tidak dapat ditulisi" in err) == (4, True)


def test_manifest_there_and_back(folder: Path, tmp_path: Path, lkjip):
    file = tmp_path / "m.csv"
    code, text, _ = lkjip("manifest", folder, "--out", file)
    assert (code, "2 berkas" in text) == (0, True)
    code, _, err = lkjip("manifest", folder, "--out", file)
    assert (code, "--force" in err) == (2, True)
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert [(r["file"], r["instansi"], r["year"]) for r in rows] == [
        ("benar.txt", "Dinas Kebun", "2024"),
        ("salah.md", "Dinas Pasar", "2023"),
    ]
    file.write_text("file,year\nbenar.txt,2020\ntiada.txt,2020\n")
    out = tmp_path / "out"
    code, _, err = lkjip("ingest", folder, "--out", out, "--manifest", file, "--jobs", 0)
    assert (code, "tiada.txt" in err) == (0, True)
    assert [p.parent.name for p in (out / "dokumen" / "agency=dinas-kebun-kota-sukamaju").rglob("*.parquet")] == [
        "year=2020"
    ]
    _, text, _ = lkjip("ingest", folder, "--out", out, "--manifest", file, "--jobs", 0)
    assert "0 dibaca, 2 tidak berubah" in text
    file.write_text("file,tahun\nbenar.txt,2020\n")
    assert lkjip("ingest", folder, "--out", out, "--manifest", file)[0] == 2
    assert lkjip("ingest", folder, "--out", out, "--manifest", tmp_path / "tiada.csv")[0] == 2


def test_aliases_keep_one_agency(folder: Path, tmp_path: Path, lkjip):
    file = tmp_path / "a.csv"
    file.write_text("alias,agency\nDinas Pasar,Dinas Kebun\n")
    lkjip("ingest", folder, "--out", tmp_path / "out", "--aliases", file, "--jobs", 0)
    assert [p.name for p in (tmp_path / "out" / "dokumen").iterdir()] == ["agency=dinas-kebun-kota-sukamaju"]


# --- findings ------------------------------------------------------------------------------------------------------


def test_findings_in_every_format(out: Path, lkjip):
    code, text, _ = lkjip("findings", out)
    assert code == 0
    assert "laporan/salah.md" in text
    assert "1 temuan: tinggi 1" in text
    _, text, _ = lkjip("findings", out, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["rule"], row["year"], row["sumber"], row["line"]) == ("sum", "2023", "laporan/salah.md", "9")
    _, text, _ = lkjip("findings", out, "--format", "json")
    (found,) = json.loads(text)
    assert found["evidence"][0]["text"] == "3.000.001"
    assert found["page"] is None
    assert found["angka"]


def test_findings_are_filtered(out: Path, lkjip):
    for args, count in (
        (("--agency", "pasar"), 1),
        (("--agency", "kebun"), 0),
        (("--year", "2023"), 1),
        (("--year", "2024"), 0),
        (("--rule", "sum", "--severity", "tinggi"), 1),
        (("--rule", "percent"), 0),
    ):
        assert len(json.loads(lkjip("findings", out, "--format", "json", *args)[1])) == count, args
    assert "tidak ada temuan" in lkjip("findings", out, "--year", "2024")[1]
    for args in (("--rule", "x"), ("--severity", "x"), ("--agency", "x"), ("--year", "1999")):
        code, _, err = lkjip("findings", out, *args)
        assert (code, err.count("\n")) == (2, 1)


def test_findings_of_a_document_that_dokumen_does_not_name_do_not_count(out: Path, lkjip):
    for path in (out / "dokumen").rglob("agency=dinas-pasar*/**/*.parquet"):
        path.unlink()
    assert json.loads(lkjip("findings", out, "--format", "json")[1]) == []


def test_findings_of_no_out(tmp_path: Path, lkjip):
    assert lkjip("findings", tmp_path / "tiada")[0] == 4
    assert lkjip("findings", tmp_path)[0] == 4


def test_a_hostile_report_cannot_harm_terminal_or_spreadsheet(tmp_path: Path, report_text, lkjip):
    text = report_text(total="3.000.001").replace("Jumlah", "=HYPERLINK(1) \x1b[31m\u202eJumlah")
    (tmp_path / "a.txt").write_text(text)
    for format_ in ("table", "csv"):
        _, shown, _ = lkjip("check", tmp_path / "a.txt", "--format", format_)
        if format_ == "table":
            assert not {"\x1b", "\u202e"} & set(shown)
        else:
            for row in csv.reader(io.StringIO(shown)):
                assert not any(cell.startswith(("=", "@")) for cell in row)
    _, shown, _ = lkjip("show", tmp_path / "a.txt")
    assert not {"\x1b", "\u202e"} & set(shown)


# --- show, check ---------------------------------------------------------------------------------------------------


def test_show_one_file(folder: Path, lkjip):
    code, text, _ = lkjip("show", folder / "benar.txt")
    assert code == 0
    for part in ("Dinas Kebun Kota Sukamaju, 2024 (lkjip)", "3.1", "realisasi_anggaran", "Program Taman", "1,000,000"):
        assert part in text
    code, text, _ = lkjip("show", folder / "benar.txt", "--table", "3.1")
    assert (code, "1.000.000" in text) == (0, True)
    code, _, err = lkjip("show", folder / "benar.txt", "--table", "9")
    assert (code, "yang ada: 3.1" in err) == (2, True)
    assert lkjip("show", folder / "tiada.txt")[0] == 3


def test_check_tells_by_its_exit_code(folder: Path, lkjip):
    code, text, _ = lkjip("check", folder / "benar.txt")
    assert (code, "tidak ada temuan" in text, "tidak cocok 0" in text) == (0, True, True)
    code, text, _ = lkjip("check", folder / "benar.txt", folder / "salah.md", "--lang", "en")
    assert (code, "1 findings: high 1" in text) == (1, True)
    (folder / "kosong.txt").write_text("")
    code, text, err = lkjip("check", folder / "kosong.txt", folder / "salah.md")
    assert (code, "3.000.001" in text, err.count("\n")) == (3, True, 1)
    _, text, _ = lkjip("check", folder / "salah.md", "--format", "json")
    assert json.loads(text)[0]["sumber"] == "salah.md"


def test_materiality_decides_the_severity_alone(folder: Path, lkjip):
    def severities(*options: str) -> list[str]:
        return [
            one["severity"] for one in json.loads(lkjip("check", folder / "salah.md", "--format", "json", *options)[1])
        ]

    assert severities() == ["tinggi"]
    assert severities("--material", "1.000.000") == ["sedang"]
    assert severities("--material", "0,00001%") == ["tinggi"]
    code, _, err = lkjip("check", folder / "salah.md", "--material", "banyak")
    assert (code, "--material tidak mengenal banyak" in err) == (2, True)
    out = folder.parent / "out-material"
    for material, severity in (("1.000.000", "sedang"), ("1", "tinggi")):
        assert lkjip("ingest", folder / "salah.md", "--out", out, "--jobs", "0", "--material", material)[0] == 0
        rows = json.loads(lkjip("findings", out, "--format", "json")[1])
        assert [row["severity"] for row in rows if row["rule"] == "sum"] == [severity]
        assert all(row["saran_en"] for row in rows if row["saran"])


# --- the rest ------------------------------------------------------------------------------------------------------


def test_rules_and_datasets(lkjip):
    assert "over_budget" in lkjip("rules")[1]
    assert "ringkasan: satu baris" in lkjip("datasets")[1]
    assert "n_sepakat" not in lkjip("datasets", "dokumen")[1]
    assert lkjip("datasets", "x")[0] == 2


def test_wrong_usage(lkjip):
    assert lkjip("ingest")[0] == 2
    assert lkjip("x")[0] == 2
    assert lkjip("findings", "out", "--lang", "fr")[0] == 2
    assert lkjip("ingest", "a", "--out", "b", "--jobs", "-1")[0] == 2
    code, text, _ = lkjip("--version")
    assert (code, text.startswith("lkjip 0.")) == (0, True)


def test_an_error_inside_is_a_sentence(monkeypatch, lkjip):
    from pipeline import commands

    def broken(lang: str) -> int:
        raise RuntimeError("aduh")

    monkeypatch.setattr(commands, "rules", broken)
    code, _, err = lkjip("rules", "--lang", "en")
    assert (code, err.count("\n"), "inside the program" in err) == (5, 1, True)


def test_an_error_inside_over_one_file_leaves_the_others(monkeypatch, folder: Path, tmp_path: Path, report_text, lkjip):
    from pipeline import answers

    bad = tmp_path / "rusak.txt"
    bad.write_text(report_text(total="3.000.001"))
    good = tmp_path / "baik.txt"
    good.write_text(report_text(year=2023, total="3.000.002"))
    examine = answers.examine

    def broken(file, *more):
        if file.name == "rusak.txt":
            raise RuntimeError("aduh")
        return examine(file, *more)

    monkeypatch.setattr(answers, "examine", broken)
    code, told, err = lkjip("check", bad, good, "--format", "json")
    assert (code, len(json.loads(told)) > 0) == (5, True)
    assert "rusak.txt: RuntimeError: aduh" in err


def test_ctrl_c_before_the_work_began_is_a_sentence(monkeypatch, out: Path, lkjip):
    from pipeline import commands

    def stopped(*_args: object, **_more: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "findings", stopped)
    assert lkjip("findings", out) == (130, "", "lkjip: dihentikan; ulangi dengan perintah yang sama\n")


def test_help_starts_without_heavy_libraries():
    code = "import sys; from pipeline.cli import main; main(['--help']); print([m for m in sys.argv[1:] if m in sys.modules])"
    heavy = ["pandas", "pyarrow", "spacy", "numpy", "pdfplumber", "cv2", "rich", "camelot"]
    run = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_a_killed_run_goes_on_where_it_was(folder: Path, tmp_path: Path, report_text, lkjip):
    for i in range(30):
        (folder / f"banyak{i:02}.txt").write_text(
            report_text(f"DINAS NOMOR {chr(65 + i % 26)} KOTA SUKAMAJU", 2000 + i % 20)
        )
    fingerprint.cache_clear()  # the process started here reads the code as it is now
    out = tmp_path / "out"
    command = [sys.executable, "-m", "pipeline", "ingest", str(folder), "--out", str(out), "--jobs", "1"]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert run.stderr is not None
    for line in run.stderr:
        if line.startswith("[5/"):
            break
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stderr.close()
    code, text, _ = lkjip("ingest", folder, "--out", out, "--jobs", 0)
    assert code == 0
    assert "0 dibaca" not in text
    assert " 0 tidak berubah" not in text
    fresh = tmp_path / "fresh"
    lkjip("ingest", folder, "--out", fresh, "--jobs", 0)
    state = [{p.relative_to(o): p.read_bytes() for p in o.rglob("*.parquet")} for o in (out, fresh)]
    assert state[0] == state[1]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_run_keeps_what_is_done_and_leaves_nothing_behind(
    number: signal.Signals, code: int, folder: Path, tmp_path: Path, report_text, lkjip
):
    for i in range(30):
        (folder / f"banyak{i:02}.txt").write_text(
            report_text(f"DINAS NOMOR {chr(65 + i % 26)} KOTA SUKAMAJU", 2000 + i % 20)
        )
    out = tmp_path / "out"
    command = [sys.executable, "-m", "pipeline", "ingest", str(folder), "--out", str(out), "--jobs", "1"]
    run = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(
            number, signal.SIG_DFL
        ),  # a shell lets what runs in its background ignore Ctrl-C
    )
    assert run.stderr is not None
    said, workers = [], []
    for line in run.stderr:
        said.append(line)
        if line.startswith("[3/"):
            workers = psutil.Process(run.pid).children(recursive=True)
            run.send_signal(number)
    assert run.wait() == code
    run.stderr.close()
    assert "dihentikan" in said[-1]
    assert "perintah yang sama melanjutkannya" in said[-1]
    assert "Traceback" not in "".join(said)
    assert 3 <= len(list((out / "dokumen").rglob("*.parquet"))) < 32
    assert not (out / "_staging").exists()
    assert workers
    assert not [worker for worker in workers if worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE]


def ctrl_c(where: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program, to which Ctrl-C comes when the module `where` is looked for."""
    code = (
        "import os, signal, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {where!r}:\n"
        "            sys.meta_path.remove(self)\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder())\n"
        "from pipeline.__main__ import main\n"
        "sys.exit(main())\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


@pytest.mark.parametrize("where", ["typer", "pipeline.commands", "pyarrow"])
def test_ctrl_c_while_the_program_is_loaded_is_one_sentence(where: str, folder: Path, tmp_path: Path):
    done = ctrl_c(where, "ingest", str(folder), "--out", str(tmp_path / "out"), "--jobs", "1")
    assert (done.returncode, "Traceback" in done.stderr) == (130, False), done.stderr
    assert done.stderr.splitlines()[-1].startswith("lkjip: dihentikan")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(
    "arguments",
    [["findings", "OUT", "--format", "csv"], ["findings", "OUT", "--rule", "sum"], ["--version"], ["rules"]],
)
def test_a_full_stdout_is_one_sentence(arguments: list[str], out: Path):
    command = [sys.executable, "-m", "pipeline", *(str(out) if one == "OUT" else one for one in arguments)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 4
    assert done.stderr.startswith("lkjip: tidak ada ruang lagi di tempat keluaran (stdout)"), done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("closed", [1, 2])
def test_a_closed_stdout_or_stderr_is_no_error(closed: int, out: Path):
    command = [sys.executable, "-m", "pipeline", "findings", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=lambda: os.close(closed))
    assert (done.returncode, done.stderr, bool(done.stdout)) == (0, "", closed == 2)


@pytest.mark.parametrize("timeout", ["nan", "0", "inf", "lama"])
def test_a_timeout_that_is_none_is_told_with_what_would_be(timeout: str, folder: Path, tmp_path: Path, lkjip):
    code, _, err = lkjip("ingest", folder, "--out", tmp_path / "out", "--timeout", timeout)
    assert code == 2
    assert f"{timeout} is not a number of seconds from 1 to 10000000" in err


def test_an_empty_since_is_no_date(folder: Path, tmp_path: Path, lkjip):
    code, _, err = lkjip("ingest", folder, "--out", tmp_path / "out", "--since", "")
    assert (code, "--since" in err) == (2, True)
    assert not (tmp_path / "out").exists()


def test_text_is_not_read_again_for_another_ocr(folder: Path, tmp_path: Path, lkjip):
    out = tmp_path / "out"
    for ocr, told in (("auto", " 0 tidak berubah"), ("off", "0 dibaca"), ("force", "0 dibaca")):
        code, text, _ = lkjip("ingest", folder, "--out", out, "--jobs", 0, "--ocr", ocr)
        assert (code, told in text) == (0, True), text


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")
def test_the_main_job_on_real_reports(tmp_path: Path, lkjip):
    code, text, _ = lkjip("ingest", REPORTS, "--out", tmp_path / "out", "--jobs", 0)
    assert (code, "4 dibaca" in text) == (0, True)
    for dataset in PER_DOCUMENT:
        assert len(list((tmp_path / "out" / dataset.name).rglob("*.parquet"))) == 4


def test_since_prune_and_the_log_as_json(folder: Path, out: Path, tmp_path: Path, lkjip):
    (folder / "benar.txt").unlink()
    code, text, _ = lkjip("ingest", folder, "--out", out, "--jobs", 0, "--since", "2999-01-01", "--lang", "en")
    assert (code, "1 not changed since --since" in text) == (0, True)
    code, text, _ = lkjip("ingest", folder, "--out", out, "--jobs", 0, "--prune")
    assert (code, "1 nama dihapus" in text, "laporan/benar.txt: berkasnya tidak ada lagi" in text) == (0, True, True)
    code, text, err = lkjip("ingest", folder, "--out", tmp_path / "lain", "--jobs", 0, "--log-json")
    events = [json.loads(line) for line in text.splitlines()]
    assert (code, err) == (0, "")
    assert [e["event"] for e in events] == ["begin", "plan", "document", "reconcile", "end"]
    (log,) = (tmp_path / "lain" / "_runs").glob("*.jsonl")
    assert [json.loads(line) for line in log.read_text().splitlines()] == events
    code, _, err = lkjip("ingest", folder, "--out", out, "--since", "kemarin")
    assert (code, "--since tidak mengenal kemarin" in err) == (2, True)
