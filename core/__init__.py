"""The mathematics of the explorer: networks, ink, training and data, on NumPy alone."""

from core.nn.layer import Layer
from core.nn.network import Network
from core.nn.trace import Trace

__all__ = ["Layer", "Network", "Trace"]
