"""The runtimes that are made for networks, with the same weights; each is optional."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from machine import installed
from numpy.typing import NDArray

from core import Network

if TYPE_CHECKING:
    import torch

Images = NDArray[np.float32]
Forward = Callable[[Images], object]


def torch_model(network: Network) -> torch.nn.Sequential:
    """The network in PyTorch, which must be installed, for one thread."""
    import torch  # noqa: PLC0415 - an optional peer

    torch.set_num_threads(1)
    modules: list[torch.nn.Module] = []
    for layer in network.layers:
        linear = torch.nn.Linear(layer.n_in, layer.n_out)
        linear.load_state_dict(
            {"weight": torch.tensor(layer.weights), "bias": torch.tensor(layer.biases)}
        )
        modules += [linear, torch.nn.Sigmoid()]
    return torch.nn.Sequential(*modules)


def torch_forward(network: Network) -> Forward | None:
    """The forward pass in PyTorch; None if it is not installed."""
    if not installed("torch"):
        return None
    import torch  # noqa: PLC0415 - an optional peer

    model = torch_model(network).eval()

    def run(x: Images) -> object:
        with torch.inference_mode():
            return model(torch.from_numpy(x)).numpy()

    return run


def onnxruntime_forward(network: Network) -> Forward | None:
    """The forward pass in onnxruntime, for one thread; None if it is not installed."""
    if not (installed("onnxruntime") and installed("onnx")):
        return None
    import onnxruntime  # noqa: PLC0415 - an optional peer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(_onnx(network), options)

    def run(x: Images) -> object:
        return session.run(None, {"a0": x.reshape(-1, 784)})[0]

    return run


def _onnx(network: Network) -> bytes:
    """The network in ONNX: a Gemm and a Sigmoid for each layer."""
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415 - an optional peer

    nodes, tensors = [], []
    for at, layer in enumerate(network.layers):
        tensors.append(numpy_helper.from_array(np.array(layer.weights), f"w{at}"))
        tensors.append(numpy_helper.from_array(np.array(layer.biases), f"b{at}"))
        sums = [f"a{at}", f"w{at}", f"b{at}"]
        nodes.append(helper.make_node("Gemm", sums, [f"z{at}"], transB=1))
        nodes.append(helper.make_node("Sigmoid", [f"z{at}"], [f"a{at + 1}"]))
    last = f"a{len(network.layers)}"
    inputs = helper.make_tensor_value_info("a0", TensorProto.FLOAT, ["m", 784])
    outputs = helper.make_tensor_value_info(last, TensorProto.FLOAT, ["m", 10])
    graph = helper.make_graph(nodes, "digits", [inputs], [outputs], tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return bytes(model.SerializeToString())
