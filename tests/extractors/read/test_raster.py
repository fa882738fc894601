"""Pages as pictures, looked at in parts."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.read import raster


@pytest.mark.parametrize("height", [30, 64, 65, 200, 331])
def test_dithered_areas_are_the_same_however_many_bands_they_are_sought_in(
    height: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = np.where(np.random.default_rng(height).random((height, 90)) < 0.5, 0, 255).astype(np.uint8)
    picture[: height // 3] = 255
    whole = raster._restless(picture, 21)
    monkeypatch.setattr(raster, "BAND", 64)
    assert np.array_equal(raster._restless(picture, 21), whole)
    assert 0 < whole.sum() < whole.size
