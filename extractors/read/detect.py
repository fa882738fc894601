"""Where lines of text stand in a picture, with RapidOCR's detector (PP-OCR's model and RapidOCR's way from its answer to boxes).

RapidOCR's own pipeline is not run: it turns the picture into numbers of eight bytes, three to the pixel, and cuts out every
line it finds. The numbers that the model gets, and so the boxes, are the same; a page takes 200 MB less.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.deferred import bare_package, instead
from extractors.read.network import cut
from extractors.read.raster import Gray

LONGEST_SIDE, LEAST_SIDE = 2000, 30  # pixels of the picture in which text is looked for
FLAT, LOW = 8.0, 30  # times as wide as high, and pixels of height: such a picture gets paper above and below it
SHORT_SIDE = 736  # pixels: a smaller picture is made larger
ONE_LINE = 10  # pixels between the tops of boxes of one line
STEM = "p2o.pd_op.relu.3.0"  # PP-OCRv6: where its first steps end, which look at some pixels around each alone
STEP = 4  # pixels of the picture to one of the stem's
STRIP = 256  # rows of the picture for which the stem is worked out at a time
AROUND = 16  # rows that are looked at above and below them
BOXES: dict[str, Any] = {
    "thresh": 0.3,
    "box_thresh": 0.5,
    "max_candidates": 1000,
    "unclip_ratio": 1.6,
    "use_dilation": True,
}


class Detector:
    """The loaded model; to be used by one thread at a time, for it takes some 240 MB for a page."""

    def __init__(self, model: Path) -> None:
        # Without what draws boxes on pictures, which loads libraries of 20 MB.
        with bare_package("rapidocr.ch_ppocr_det"), instead("rapidocr.utils.vis_res", VisRes=None):
            from rapidocr.ch_ppocr_det.utils import DBPostProcess, DetPreProcess
        from rapidocr.utils import process_img

        # Where the picture is still large, the model holds the most: that part is done in strips of it.
        parts = cut(model.read_bytes(), STEM)
        self._stem = None if parts is None else session(parts[0], sparing=True)
        self._session = session(str(model) if parts is None else parts[1], sparing=True)
        self._input = (self._stem or self._session).get_inputs()[0].name
        self._pictures: Any = process_img
        self._fit: Any = DetPreProcess(SHORT_SIDE, "min")
        self._boxes: Any = DBPostProcess(score_mode="fast", **BOXES)
        shades = np.arange(256, dtype=np.uint8).reshape(-1, 1, 1).repeat(3, axis=2)
        self._shades = self._fit.permute(self._fit.normalize(shades)).astype(np.float32).reshape(3, 256)

    def __call__(self, picture: Gray) -> NDArray[np.float64] | None:
        """The corners of each box, n x 4 x (x, y) in pixels, in reading order; None where there is no text."""
        height, width = picture.shape
        fitted, ratio_h, ratio_w = self._pictures.resize_image_within_bounds(picture, LEAST_SIDE, LONGEST_SIDE)
        changes: dict[str, Any] = {"preprocess": {"ratio_h": ratio_h, "ratio_w": ratio_w}}
        fitted, changes = self._pictures.apply_vertical_padding(fitted, changes, FLAT, LOW)
        answer = self._answer(self._fit.resize(fitted))
        boxes, _ = self._boxes(answer, fitted.shape)
        if not len(boxes):
            return None
        boxes = self._pictures.map_boxes_to_original(_in_order(boxes), changes, height, width)
        return np.asarray(boxes, dtype=np.float64)

    def _answer(self, picture: Gray) -> NDArray[np.float32]:
        """How likely each pixel is one of a text: 1 x 1 x height x width."""
        if self._stem is None:
            return np.asarray(self._session.run(None, {self._input: self._numbers(picture)})[0], np.float32)
        height, width = picture.shape
        stem: NDArray[np.float32] | None = None
        for top in range(0, height, STRIP):
            low, bottom = max(top - AROUND, 0), min(top + STRIP, height)
            rows = self._numbers(picture[low : min(bottom + AROUND, height)])
            strip = self._stem.run(None, {self._input: rows})[0]
            if stem is None:
                stem = np.empty((*strip.shape[:2], height // STEP, width // STEP), np.float32)
            stem[:, :, top // STEP : bottom // STEP] = strip[:, :, (top - low) // STEP : (bottom - low) // STEP]
        return np.asarray(self._session.run(None, {STEM: stem})[0], np.float32)

    def _numbers(self, picture: Gray) -> NDArray[np.float32]:
        """What the model takes: three colours, each shade as its number."""
        out = np.empty((1, 3, *picture.shape), np.float32)
        for colour, shades in enumerate(self._shades):
            np.take(shades, picture, out=out[0, colour], mode="clip")  # without a mode it would be copied
        return out


def session(model: str | bytes, *, sparing: bool = False) -> Any:
    """A model (its file's name, or what stands in it) loaded for onnxruntime, in one thread.

    `sparing`: memory is taken for each tensor by itself and given back at once. Otherwise the memory of one run is planned from
    an earlier one of the same size and taken in one piece, and a tensor's is kept for a later one of its size.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # pictures differ in size: an arena would keep the memory of the largest
    options.enable_mem_pattern = not sparing
    options.enable_mem_reuse = not sparing
    loaded = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    loaded._model_bytes = None  # kept there for a change of provider, which never comes
    return loaded


def _in_order(boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Boxes from top to bottom, those of one line from left to right."""
    boxes = boxes[np.argsort(boxes[:, 0, 1], kind="stable")]
    line = np.concatenate([[0], np.cumsum(np.diff(boxes[:, 0, 1]) >= ONE_LINE)])
    return boxes[np.lexsort((boxes[:, 0, 0], line))]
