"""Libraries that are loaded at their first use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extractors.deferred import apart, bare_package, deferred, instead


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


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that would load all of its modules."""
    folder = tmp_path / "whole_lkjip"
    folder.mkdir()
    (folder / "__init__.py").write_text("from .one import ONE\nfrom .two import TWO\n")
    (folder / "one.py").write_text("ONE = 1\n")
    (folder / "two.py").write_text("TWO = 2\n")
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("whole_lkjip", "whole_lkjip.one", "whole_lkjip.two"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return folder


def test_a_module_is_imported_without_its_package(package: Path) -> None:
    with bare_package("whole_lkjip"):
        from whole_lkjip.one import ONE  # type: ignore[import-not-found]
    assert ONE == 1
    assert "whole_lkjip" not in sys.modules
    assert "whole_lkjip.two" not in sys.modules


def test_the_package_can_be_imported_afterwards(package: Path) -> None:
    with bare_package("whole_lkjip"):
        import whole_lkjip.one
    import whole_lkjip

    assert (whole_lkjip.ONE, whole_lkjip.TWO) == (1, 2)


def test_a_package_that_is_loaded_already_stays_whole(package: Path) -> None:
    import whole_lkjip  # type: ignore[import-not-found]

    with bare_package("whole_lkjip"):
        assert sys.modules["whole_lkjip"] is whole_lkjip
    assert sys.modules["whole_lkjip"] is whole_lkjip


def test_nobody_else_gets_modules_that_were_given_stand_ins(package: Path) -> None:
    (package / "two.py").write_text("from absent_lkjip import VALUE\n")
    with apart("whole_lkjip"), instead("absent_lkjip", VALUE=8):
        from whole_lkjip.two import VALUE  # type: ignore[import-not-found]
    assert VALUE == 8
    assert not {"whole_lkjip", "whole_lkjip.two", "absent_lkjip"} & set(sys.modules)


def test_values_stand_in_the_place_of_a_module(modules: Path) -> None:
    with instead("large_lkjip", VALUE=8):
        import small_lkjip
    assert "large_lkjip" not in sys.modules
    assert small_lkjip.value() == 8
    import large_lkjip

    assert large_lkjip.VALUE == 7


def test_after_the_finders_their_libraries_can_be_used_whole() -> None:
    code = (
        "from extractors.tables import finders; from extractors.read import gridlines;"
        "finders._table_finder(); finders._parser(); gridlines._camelot();"
        "import sys; print('pandas' in sys.modules, 'pdfplumber' in sys.modules);"
        "import camelot, pdfplumber; print(callable(camelot.read_pdf), callable(pdfplumber.open));"
        "print(camelot.utils.LTChar.__module__, pdfplumber.utils.resolve.__module__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True", "True", "playa.miner", "pdfplumber.utils.pdfinternals"]


def test_the_network_is_asked_for_without_loading_frames_and_pictures() -> None:
    code = (
        "import sys; from extractors.tables.finders import networks; from extractors.tables.geometry import ink_of;"
        "from schemas.document import Box, Word;"
        "words = tuple(Word(f'{r}{c}', Box(60 + 90 * c, 60 + 14 * r, 90 + 90 * c, 70 + 14 * r), 10.0)"
        " for r in range(6) for c in range(4));"
        "found = networks(ink_of(words, 0), list(range(len(words))));"
        "print(len(found), len(found[0].walls), {'pandas', 'cv2', 'playa', 'urllib.request'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "3", "set()"]


def test_a_library_put_together_otherwise_is_loaded_whole() -> None:
    code = (
        "from extractors.tables import finders; finders.CAMELOT_READS = {'playa.miner': ()}; "
        "finders.PDFPLUMBER_READS = {'pdfplumber.utils.pdfinternals': ()}; import sys; "
        "print(finders._parser().__mro__[1].__name__, finders._table_finder().__name__, "
        "'pandas' in sys.modules, 'pdfplumber.pdf' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["Network", "TableFinder", "True", "True"]
