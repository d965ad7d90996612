"""One step of backpropagation on the drawing: what its loss asks of weights, and what that does."""
