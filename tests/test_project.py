"""The project's own files: the README's two commands, the lock, the documentation of the command line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = {".md", ".py", ".toml", ".lock", ".csv", ".txt", ".svg", ".html", ".j2", ".cfg", ".yml", ".yaml", ""}
SKIP = {
    ".git",
    ".venv",
    "out",
    "build",
    "dist",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def project_files() -> list[Path]:
    found = []
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = not SKIP.isdisjoint(parts) or any(p.endswith(".egg-info") for p in parts)
        if not hidden and path.is_file() and path.suffix in TEXT:
            found.append(path)
    return found


def requirements() -> dict[str, str]:
    """Name -> version of every requirement in the lock."""
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", read("requirements.lock"), re.M))


def test_the_readme_names_both_commands_and_the_makefile_has_them() -> None:
    for command in ("make demo", "make test"):
        assert command in read("README.md")
        assert re.search(rf"^{command.split()[1]}:", read("Makefile"), re.M)


def test_ci_calls_make_test() -> None:
    assert "make test" in read(".ci/run")
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_the_lock_names_no_place_to_download_from() -> None:
    lock = read("requirements.lock")
    assert not re.search(r"://|--(index-url|extra-index-url|find-links|trusted-host)|^-[ief]\b", lock, re.M)
    assert "@ " not in lock


def test_everything_in_the_lock_has_a_hash() -> None:
    entries = re.split(r"^(?=[A-Za-z0-9])", read("requirements.lock"), flags=re.M)
    packages = [e for e in entries if not e.startswith("#")]
    assert len(packages) == len(requirements()) > 50
    assert [e.split("==")[0] for e in packages if "--hash=sha256:" not in e] == []


def test_the_lock_holds_every_declared_dependency() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    names = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
        *project["build-system"]["requires"],
    ]
    plain = {re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", n)[0]).lower() for n in names}
    assert plain - {re.sub(r"[-_.]+", "-", n).lower() for n in requirements()} == set()


def test_opencv_needs_no_window_system() -> None:
    assert {n for n in requirements() if n.startswith("opencv")} == {"opencv-python-headless"}


def test_every_command_is_documented() -> None:
    from pipeline import cli

    app = next(v for v in vars(cli).values() if type(v).__name__ == "Typer")
    commands = {c.name or c.callback.__name__.replace("_", "-") for c in app.registered_commands}
    assert len(commands) >= 5
    docs = read("README.md") + "".join(p.read_text(encoding="utf-8") for p in (ROOT / "docs").glob("*.md"))
    assert sorted(c for c in commands if f"lkjip {c}" not in docs) == []


def test_contributing_opens_with_the_three_tasks() -> None:
    headings = re.findall(r"^## (.+)$", read("CONTRIBUTING.md"), re.M)
    assert [h.lower() for h in headings[:3]] == ["add a rule", "teach it a new column name", "add a sample"]


def test_the_licence_is_apache() -> None:
    assert read("LICENSE").lstrip().startswith("Apache License")
    assert tomllib.loads(read("pyproject.toml"))["project"]["license"] == "Apache-2.0"


def test_the_changelog_knows_the_version() -> None:
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert f"[{version}]" in read("CHANGELOG.md") or "[Unreleased]" in read("CHANGELOG.md")


def test_no_file_carries_a_path_of_somebodys_machine() -> None:
    here = Path(__file__)
    hits = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in project_files()
        if path != here
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if re.search(r"(?<![\w.~/-])/(home|Users|root|opt|work)/\w", line)
    ]
    assert hits == []


def test_links_in_the_documentation_lead_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "samples").glob("README.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []
