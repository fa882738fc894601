"""A neural network's file (ONNX) cut in two, and put into an order in which it holds little at a time.

The sums stay the same, and so do their results, to the last bit: only who does them, and when, is another. Of the file's format
(https://onnx.ai/onnx/intro, `onnx.proto`) no more is declared here than is changed; the rest is kept as it is.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

# Each field: its name, its number in onnx.proto, and what it holds (a string or another message); (...,) for many of them.
_FORMAT: dict[str, tuple[tuple[str, int, str | tuple[str]], ...]] = {
    "Value": (("name", 1, "string"),),
    "Tensor": (("name", 8, "string"),),
    "Node": (("input", 1, ("string",)), ("output", 2, ("string",)), ("op_type", 4, "string")),
    "Graph": (
        ("node", 1, ("Node",)),
        ("initializer", 5, ("Tensor",)),
        ("input", 11, ("Value",)),
        ("output", 12, ("Value",)),
        ("value_info", 13, ("Value",)),
    ),
    "Model": (("graph", 7, "Graph"),),
}
# What a point of the result is made of lies around that point: part of a picture can be worked out by itself.
LOCAL = frozenset({"Add", "BatchNormalization", "Concat", "Conv", "HardSwish", "Identity", "MaxPool", "Pad", "Relu"})
ENLARGES = "Resize"


def cut(model: bytes, at: str) -> tuple[bytes, bytes] | None:
    """The part of a network up to the tensor `at`, and the part from it on, as models of their own.

    None where there is no such tensor, where something else leads from the one part to the other, or where the first part looks
    further than around each point (see `LOCAL`). In the second part, what enlarges a tensor comes as late as may be.
    """
    whole = _message("Model").FromString(model)
    nodes = list(whole.graph.node)
    inputs, outputs = [v.name for v in whole.graph.input], [v.name for v in whole.graph.output]
    first, second = _leading(nodes, [at], []), _leading(nodes, outputs, [at])
    between = {name for node in first for name in node.output}
    if (
        not first
        or not {node.op_type for node in first} <= LOCAL
        or not any(at in node.input for node in second)
        or any(name in inputs or name in between for node in second for name in node.input if name != at)
    ):
        return None
    return _part(whole, first, inputs, [at]), _part(whole, _thrifty(second), [at], outputs)


def _leading(nodes: list[Any], to: list[str], known: list[str]) -> list[Any]:
    """The nodes that lead to these tensors, in their order, where those of `known` are given."""
    source = {name: k for k, node in enumerate(nodes) for name in node.output}
    found: set[int] = set()
    wanted = list(to)
    while wanted:
        name = wanted.pop()
        if name in source and name not in known and source[name] not in found:
            found.add(source[name])
            wanted += nodes[source[name]].input
    return [nodes[k] for k in sorted(found)]


def _thrifty(nodes: list[Any]) -> list[Any]:
    """The nodes in another order that is as good, in which onnxruntime has less to hold at a time.

    Of the tensors that a node takes it works out the one first whose node stands last in the file. So what enlarges a tensor is
    put as far ahead as may be: it is then worked out last, and until then the small tensor is held instead of the large one.
    """
    users = defaultdict(set)
    for k, node in enumerate(nodes):
        for name in node.input:
            users[name].add(k)
    source = {name: k for k, node in enumerate(nodes) for name in node.output}
    waiting = [len({user for name in node.output for user in users[name]}) for node in nodes]
    free = {k for k, count in enumerate(waiting) if not count}
    backwards: list[Any] = []
    while free:
        last = max(free, key=lambda k: (nodes[k].op_type != ENLARGES, k))
        free.remove(last)
        backwards.append(nodes[last])
        for k in {source[name] for name in nodes[last].input if name in source}:
            waiting[k] -= 1
            if not waiting[k]:
                free.add(k)
    return backwards[::-1]


def _part(whole: Any, nodes: list[Any], inputs: list[str], outputs: list[str]) -> bytes:
    """A model of these nodes alone, with the numbers that they were taught."""
    graph = whole.graph
    declared = {value.name: value for values in (graph.value_info, graph.input, graph.output) for value in values}
    used = {name for node in nodes for name in node.input}
    part = type(whole)()
    part.CopyFrom(whole)
    for field, kept in {
        "node": nodes,
        "initializer": [tensor for tensor in graph.initializer if tensor.name in used],
        "input": [declared[name] for name in inputs],
        "output": [declared[name] for name in outputs],
    }.items():
        part.graph.ClearField(field)
        getattr(part.graph, field).extend(kept)
    out: bytes = part.SerializeToString()
    return out


@cache
def _message(name: str) -> Any:
    """The class of a message of the format."""
    field = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="lkjip/onnx.proto", package="lkjip.onnx", syntax="proto2")
    for message, fields in _FORMAT.items():
        declared = file.message_type.add(name=message)
        for called, number, kind in fields:
            many, kind = isinstance(kind, tuple), kind[0] if isinstance(kind, tuple) else kind
            text = kind == "string"
            declared.field.add(
                name=called,
                number=number,
                label=field.LABEL_REPEATED if many else field.LABEL_OPTIONAL,
                type=field.TYPE_STRING if text else field.TYPE_MESSAGE,
                type_name=None if text else f".lkjip.onnx.{kind}",
            )
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"lkjip.onnx.{name}"))
