"""The mathematics of the explorer: networks, ink, training and data, on NumPy alone."""

from core.layer import Layer
from core.network import Network
from core.trace import Trace

__all__ = ["Layer", "Network", "Trace"]
