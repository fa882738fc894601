"""A network cut in two does the sums of the whole one, with less to hold."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extractors.read.detect import STEM, session
from extractors.read.network import _message, cut


def network(*nodes: tuple[str, Sequence[str], str], known: Sequence[str] = ("weights",)) -> bytes:
    """A network from "x" to "end" of nodes, each with its kind, what it takes and what it makes."""
    model = _message("Model")()
    for kind, takes, makes in nodes:
        model.graph.node.add(op_type=kind, input=takes, output=[makes])
        model.graph.value_info.add(name=makes)
    for name in known:
        model.graph.initializer.add(name=name)
    model.graph.input.add(name="x")
    model.graph.output.add(name="end")
    out: bytes = model.SerializeToString()
    return out


def nodes(model: bytes) -> list[tuple[str, str]]:
    return [(node.op_type, node.output[0]) for node in _message("Model").FromString(model).graph.node]


def ends(model: bytes) -> tuple[list[str], list[str], list[str]]:
    graph = _message("Model").FromString(model).graph
    return [v.name for v in graph.input], [v.name for v in graph.output], [t.name for t in graph.initializer]


def test_each_part_has_its_own_nodes_numbers_and_ends() -> None:
    parts = cut(
        network(
            ("Conv", ["x", "first"], "a"),
            ("Relu", ["a"], "b"),
            ("Conv", ["b", "second"], "c"),
            ("Sigmoid", ["c"], "end"),
            known=["first", "second", "unused"],
        ),
        "b",
    )
    assert parts is not None
    assert [nodes(part) for part in parts] == [
        [("Conv", "a"), ("Relu", "b")],
        [("Conv", "c"), ("Sigmoid", "end")],
    ]
    assert [ends(part) for part in parts] == [(["x"], ["b"], ["first"]), (["b"], ["end"], ["second"])]


def test_what_enlarges_stands_as_far_ahead_as_it_may() -> None:
    parts = cut(
        network(
            ("Relu", ["x"], "a"),
            ("Conv", ["a", "weights"], "fine"),
            ("MaxPool", ["a"], "small"),
            ("Conv", ["small", "weights"], "coarse"),
            ("Conv", ["fine", "weights"], "finer"),
            ("Resize", ["coarse"], "large"),
            ("Add", ["finer", "large"], "end"),
        ),
        "a",
    )
    assert parts is not None
    order = [made for _, made in nodes(parts[1])]
    assert order == ["small", "coarse", "large", "fine", "finer", "end"]


@pytest.mark.parametrize(
    "model",
    [
        pytest.param(network(("Relu", ["x"], "b"), ("Relu", ["b"], "end")), id="no such tensor"),
        pytest.param(network(("Relu", ["x"], "a"), ("Add", ["a", "x"], "end")), id="the input leads past it"),
        pytest.param(
            network(("Relu", ["x"], "b"), ("Relu", ["b"], "a"), ("Add", ["a", "b"], "end")),
            id="another tensor leads past it",
        ),
        pytest.param(
            network(("GlobalAveragePool", ["x"], "b"), ("Add", ["x", "b"], "a"), ("Relu", ["a"], "end")),
            id="the first part looks at the whole picture",
        ),
        pytest.param(network(("Relu", ["x"], "a"), ("Relu", ["x"], "end")), id="it leads nowhere"),
    ],
)
def test_a_network_without_such_a_place_is_not_cut(model: bytes) -> None:
    assert cut(model, "a") is None


@pytest.fixture(scope="module")
def detection() -> bytes:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import rapidocr

    return next((Path(rapidocr.__file__).parent / "models").glob("*det*.onnx")).read_bytes()


def test_the_detector_s_parts_answer_as_the_whole_to_the_last_bit(detection: bytes) -> None:
    parts = cut(detection, STEM)
    assert parts is not None
    picture = np.random.default_rng(1).random((1, 3, 224, 320), dtype=np.float32)

    def answer(model: bytes, takes: np.ndarray) -> Any:
        loaded = session(model, sparing=True)
        return loaded.run(None, {loaded.get_inputs()[0].name: takes})[0]

    assert np.array_equal(answer(parts[1], answer(parts[0], picture)), answer(detection, picture))
