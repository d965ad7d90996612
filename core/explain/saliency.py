"""What would change a neuron's sum: the exact slope of z by every activation before it.

The chain rule, walked backwards from the neuron as in M. Nielsen, "Neural Networks and Deep
Learning", chapter 2, but with z in the place of the loss. The slopes hold for the image at hand
and small changes of it; K. Simonyan, A. Vedaldi and A. Zisserman (2013) first looked at them as
pictures.
"""

from collections.abc import Iterator

import numpy as np

from core.arrays import Doubles
from core.nn.network import Network
from core.nn.trace import Trace


def local_gradients(network: Network, trace: Trace, layer: int, neuron: int) -> tuple[Doubles, ...]:
    """∂z/∂a of one neuron, by the activations of each layer before its own, in 64 bits.

    Of `layer` 3, the first array is by the pixels, (n_in,), the next by layer 1, the last by
    layer 2: that is the neuron's own row of weights. `trace` is of one image. Layers and neurons
    count from 0, the input; `NetworkError` for a neuron that has no sum or does not exist.
    """
    row = network.layer_of(layer, neuron).weights[neuron]
    return tuple(reversed(list(_backwards(network, trace, layer, row.astype(np.float64)))))


def pixel_gradient(network: Network, trace: Trace, layer: int, neuron: int) -> Doubles:
    """∂z/∂pixel, (n_in,): how much z grows per unit of ink at each pixel, near this image.

    Of a neuron in layer 1 these are its weights, whatever the image.
    """
    return local_gradients(network, trace, layer, neuron)[0]


def output_gradients(network: Network, trace: Trace) -> Doubles:
    """(n_out, n_in) `pixel_gradient` of every output's z."""
    weights = network.layers[-1].weights.astype(np.float64)
    *_, gradients = _backwards(network, trace, len(network.layers), weights)
    return gradients


def _backwards(network: Network, trace: Trace, layer: int, gradient: Doubles) -> Iterator[Doubles]:
    """The slopes (n,) by the layer before ``layer``, or several, (m, n), and by those before it."""
    yield gradient
    for below in reversed(range(layer - 1)):
        between = network.layers[below]
        a = between.activation(trace.z[below].astype(np.float64))
        delta = between.activation.backpropagate(np.broadcast_to(a, gradient.shape), gradient)
        gradient = np.asarray(delta @ between.weights.astype(np.float64), np.float64)
        yield gradient
