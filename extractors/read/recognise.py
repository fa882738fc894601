"""Finding and reading lines of text in pictures, with RapidOCR's models (PP-OCR through onnxruntime).

The models are the ones in rapidocr's own package; nothing is fetched. They are loaded at the first page that needs them,
once in a process. Only signs that such reports print are read: the models know thousands of Chinese ones.
"""

from __future__ import annotations

import functools
import math
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.read.detect import Detector, session
from extractors.read.memory import give_back
from extractors.read.raster import Gray
from extractors.read.room import Room

THREADS = "LKJIP_OCR_THREADS"  # environment: pages that one process reads at a time; workers share the cores through it
MOST_THREADS = 4
SEEN, COARSEST = 8.0, 0.45  # height of letters in it, pixels; least factor by which the page is made smaller for it
HEIGHT = 48  # pixels of a line as the model reads it
NARROWEST, WIDEST = 64, 3200  # pixels of a line as the model reads it
BATCH = 8
BATCH_WIDTH = 9600  # pixels of one batch together

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
FIGURE_SIGNS = DIGITS + ".,-%()/:Rp"
SIGNS = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~–—‘’“”•·…°±×÷≤≥≠≈√∑½¼¾²³€£§©®"
DASHES = "‐‑−一ー﹣－─"  # what the models may call a dash

Floats32 = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """One line as read: its text, and for each character its probability and its middle as a share of the width."""

    text: str
    probs: tuple[float, ...]
    at: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """Mean probability of the characters; 0 where nothing was read."""
        return sum(self.probs) / len(self.probs) if self.probs else 0.0


class Reader:
    """The loaded models; pages may be read with them in several threads, each of which does its own sums."""

    def __init__(self) -> None:
        # onnxruntime reports its use to its maker over the network, and keeps a file for that in the user's home, unless this
        # is set before it is loaded (its own call to switch it off comes too late). Assigned: nobody may switch it on here.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import rapidocr

        models = Path(rapidocr.__file__).parent / "models"
        self._detector = Detector(_model(models, "det"))
        self.room = Room()  # much of it for looking for text on a page, little for a line
        self._session = session(str(_model(models, "rec")))
        self._input = self._session.get_inputs()[0].name
        listed = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        alphabet = ["", *listed, " "]  # class 0 is the blank of CTC, the last one white space
        self._all = _Alphabet.of(alphabet, LETTERS + DIGITS + SIGNS)
        self._figures = _Alphabet.of(alphabet, FIGURE_SIGNS, only=True)

    def detect(self, picture: Gray, letter: float) -> NDArray[np.float64]:
        """Boxes around lines of text, rows (x0, y0, x1, y1) in pixels; turned lines have tall boxes.

        `letter` is the height of small letters in pixels: larger ones than needed only cost time.
        """
        factor = min(max(SEEN / max(letter, 1.0), COARSEST), 1.0)
        smaller = np.asarray(cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)
        with self.room.much():
            give_back()
            corners = self._detector(smaller)
            give_back()
        if corners is None:
            return np.zeros((0, 4))
        corners = corners / factor
        return np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)

    def read(self, lines: list[Gray], figures: bool = False) -> list[Reading]:
        """Lines of text, each a picture of one line; `figures`: they can only be digits and their signs."""
        out: list[Reading] = [Reading("", (), ())] * len(lines)
        shaped = [_shaped(line) for line in lines]
        order = sorted(range(len(lines)), key=lambda i: shaped[i].shape[1])
        alphabet = self._figures if figures else self._all
        start = 0
        while start < len(order):
            end = start + 1
            while (
                end < len(order)
                and end - start < BATCH
                and shaped[order[end]].shape[1] * (end - start + 1) <= BATCH_WIDTH
            ):
                end += 1
            chosen = order[start:end]
            width = max(NARROWEST, shaped[chosen[-1]].shape[1])
            # Lines of about one length are given the same width, but one by one: the model answers with a number for each of
            # thousands of signs at each step, and eight lines at a time would take hundreds of megabytes.
            for i in chosen:
                line = np.zeros((1, 3, HEIGHT, width), np.float32)
                line[0, :, :, : shaped[i].shape[1]] = shaped[i].astype(np.float32) / 127.5 - 1.0
                with self.room.little():
                    probs = np.asarray(self._session.run(None, {self._input: line})[0], dtype=np.float32)
                    out[i] = alphabet.decode(probs[0], shaped[i].shape[1] / width)
                    del probs
            start = end
        return out


def _model(folder: Path, part: str) -> Path:
    found = sorted(folder.glob(f"*{part}*.onnx"))
    if not found:
        raise FileNotFoundError(f"rapidocr's package holds no {part} model; install rapidocr again")
    return found[-1]


def _shaped(line: Gray) -> Gray:
    height, width = line.shape[:2]
    wanted = min(max(math.ceil(HEIGHT * width / max(height, 1)), 4), WIDEST)
    how = cv2.INTER_AREA if height > 1.5 * HEIGHT else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(line, (wanted, HEIGHT), interpolation=how), dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class _Alphabet:
    """The model's classes that are signs of ours: class `index[k]` is read as `chars[sign[k]]`; 0 is CTC's blank.

    Letters with accents are read as the letters: the language has none, and on a worn page the accents are dirt.
    """

    index: NDArray[np.intp]
    sign: NDArray[np.intp]
    chars: tuple[str, ...]
    only: bool  # nothing else can be meant: probabilities are shared out among these signs

    @classmethod
    def of(cls, alphabet: list[str], wanted: str, only: bool = False) -> _Alphabet:
        index, sign, chars = [0], [0], ["", *wanted]
        for i, char in enumerate(alphabet[1:], 1):
            plain = "-" if char in DASHES else char if char in wanted else unicodedata.normalize("NFKD", char)[:1]
            if plain and plain in wanted:
                index.append(i)
                sign.append(1 + wanted.index(plain))
        return cls(np.array(index, dtype=np.intp), np.array(sign, dtype=np.intp), tuple(chars), only)

    def decode(self, probs: Floats32, share: float) -> Reading:
        """Best path of a CTC output (steps x classes); the line fills the first `share` of the steps."""
        own = probs[:, self.index]
        best, sure = self.sign[own.argmax(axis=1)], own.max(axis=1)
        if self.only:
            sure = sure / np.maximum(own.sum(axis=1), 1e-6)
        steps = max(len(best) * share, 1e-6)
        text: list[str] = []
        found: list[float] = []
        at: list[float] = []
        first = 0
        for step in range(1, len(best) + 1):
            if step < len(best) and best[step] == best[first]:
                continue
            if best[first] != 0:
                text.append(self.chars[best[first]])
                found.append(float(sure[first:step].max()))
                at.append(min((first + step) / 2 / steps, 1.0))
            first = step
        return Reading("".join(text), tuple(found), tuple(at))


@functools.cache
def reader() -> Reader:
    """The models of this process, loaded at the first call."""
    return Reader()


def threads() -> int:
    """Pages that are read from their images at a time: what `LKJIP_OCR_THREADS` says, else the machine's cores, four at most."""
    told = os.environ.get(THREADS, "")
    if told.isdigit() and int(told) > 0:
        return int(told)
    return max(1, min(os.cpu_count() or 1, MOST_THREADS))
