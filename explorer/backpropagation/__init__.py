"""One step of backpropagation on the drawing: its gradient, and what steps against it do."""
