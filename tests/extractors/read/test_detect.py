"""The detector's boxes are those of RapidOCR's own pipeline, for less memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from extractors.read.detect import Detector
from extractors.read.raster import Gray
from pipeline.pool.child import ALLOCATOR


@pytest.fixture(scope="module")
def models() -> Path:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import rapidocr

    return Path(rapidocr.__file__).parent / "models"


@pytest.fixture(scope="module")
def detector(models: Path) -> Detector:
    return Detector(next(models.glob("*det*.onnx")))


@pytest.fixture(scope="module")
def rapidocr_itself(models: Path) -> Any:
    import rapidocr

    params = {"Global.log_level": "critical", "Det.model_path": str(next(models.glob("*det*.onnx")))}
    return rapidocr.RapidOCR(params=params)


def page(height: int, width: int, *lines: tuple[str, int, int]) -> Gray:
    """A white picture with lines of text, each with its place."""
    out = np.full((height, width), 250, np.uint8)
    for text, x, y in lines:
        cv2.putText(out, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2)
    return out


LINES = [(f"Program {k} Rp 1.234.{k}67", 30 + 330 * (k % 2), 60 + 45 * (k // 2)) for k in range(8)]


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(page(300, 700, *LINES), id="ordinary"),
        pytest.param(page(60, 900, ("Jumlah belanja daerah 98,5", 40, 40)), id="flat"),
        pytest.param(cv2.resize(page(300, 700, *LINES), (2500, 1100)), id="large"),
        pytest.param(cv2.resize(page(300, 700, *LINES), (1000, 1900)), id="tall"),
        pytest.param(page(200, 200), id="blank"),
    ],
)
def test_the_boxes_are_those_of_rapidocr(detector: Detector, rapidocr_itself: Any, picture: Gray) -> None:
    theirs = rapidocr_itself(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False)
    ours = detector(picture)
    if theirs.boxes is None:
        assert ours is None
    else:
        assert ours is not None
        assert np.array_equal(ours, np.asarray(theirs.boxes, dtype=np.float64))


def test_a_model_that_cannot_be_cut_is_used_whole(
    detector: Detector, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = page(300, 700, *LINES)
    boxes = detector(picture)
    monkeypatch.setattr("extractors.read.detect.STEM", "a tensor of another model")
    again = Detector(next(models.glob("*det*.onnx")))(picture)
    assert boxes is not None
    assert again is not None
    assert np.array_equal(again, boxes)


@pytest.mark.skipif(sys.platform != "linux", reason="the largest resident memory is told in other units elsewhere")
def test_a_page_takes_little_memory() -> None:
    """Of the size that text is looked for in at the most; the whole model in one go takes 330 MB."""
    code = (
        "import rapidocr, resource, numpy as np; from pathlib import Path; from extractors.read.detect import Detector;"
        "detector = Detector(next((Path(rapidocr.__file__).parent / 'models').glob('*det*.onnx')));"
        "held = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024; before = held();"
        "detector(np.full((2000, 1400), 255, np.uint8)); print(held() - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **ALLOCATOR, "ORT_DISABLE_TELEMETRY": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) < 270


def test_what_draws_boxes_is_not_loaded() -> None:
    code = (
        "import rapidocr, sys; from pathlib import Path; from extractors.read.detect import Detector;"
        "Detector(next((Path(rapidocr.__file__).parent / 'models').glob('*det*.onnx')));"
        "print([name for name in ('omegaconf', 'requests', 'PIL') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "ORT_DISABLE_TELEMETRY": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
