"""Libraries that are loaded at their first use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extractors.deferred import deferred


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small library that imports a large one."""
    (tmp_path / "large_lkjip.py").write_text("VALUE = 7\n")
    (tmp_path / "small_lkjip.py").write_text("import large_lkjip as large\n\ndef value():\n    return large.VALUE\n")
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("large_lkjip", "small_lkjip"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return tmp_path


def test_a_deferred_library_is_loaded_when_something_of_it_is_asked_for(modules: Path) -> None:
    with deferred("large_lkjip"):
        import small_lkjip  # type: ignore[import-not-found]
    assert "large_lkjip" not in sys.modules
    assert small_lkjip.value() == 7
    assert sys.modules["large_lkjip"].VALUE == 7


def test_a_library_asked_for_meanwhile_is_loaded_at_once(modules: Path) -> None:
    with deferred("large_lkjip"):
        import small_lkjip

        assert small_lkjip.value() == 7
        assert sys.modules["large_lkjip"].VALUE == 7
    assert sys.modules["large_lkjip"].VALUE == 7


def test_a_library_that_is_loaded_already_stays(modules: Path) -> None:
    import large_lkjip  # type: ignore[import-not-found]

    with deferred("large_lkjip"):
        import small_lkjip
    assert sys.modules["large_lkjip"] is large_lkjip is small_lkjip.large


def test_the_network_is_asked_for_without_loading_frames_and_pictures() -> None:
    code = (
        "import sys; from extractors.tables.finders import networks; from extractors.tables.geometry import ink_of;"
        "from schemas.document import Box, Word;"
        "words = tuple(Word(f'{r}{c}', Box(60 + 90 * c, 60 + 14 * r, 90 + 90 * c, 70 + 14 * r), 10.0)"
        " for r in range(6) for c in range(4));"
        "found = networks(ink_of(words, 0), list(range(len(words))));"
        "print(len(found), len(found[0].walls), 'pandas' in sys.modules, 'cv2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "3", "False", "False"]
