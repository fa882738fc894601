"""The version changes with what decides results, and with nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pipeline
from pipeline.version import ASIDE, DECIDING, deciding_files, version

HERE = Path(pipeline.__file__).parent


def test_every_part_of_the_pipeline_is_put_on_one_side():
    parts = {p.name for p in HERE.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert parts <= {*DECIDING, *ASIDE}
    assert not {*DECIDING} & {*ASIDE}
    assert {*DECIDING} <= parts


def test_rules_and_vocabulary_decide():
    names = {path.relative_to(HERE.parent).as_posix() for path in deciding_files()}
    assert "pipeline/reconcile/rules/sum.py" in names
    assert "pipeline/extract.py" in names
    assert any(name.startswith("schemas/vocabulary/") for name in names)
    assert "extractors/read/_native.c" in names
    assert "pipeline/cli.py" not in names
    assert not [name for name in names if name.endswith((".so", ".pyd", ".pyi"))]


def test_options_are_part_of_it():
    assert re.fullmatch(r"\d+(\.\d+)*\+[0-9a-f]{12}", version())
    assert version("ocr=off") != version("ocr=force") != version()
    assert version("ocr=off").startswith(version() + ".")
