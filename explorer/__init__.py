"""The explorer: draw a digit and watch a neural network think."""

from explorer.application import create_app

__all__ = ["create_app"]
