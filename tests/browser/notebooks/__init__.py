"""The explorer in notebooks: real ones, kernels and all."""
