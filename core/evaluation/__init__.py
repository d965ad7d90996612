"""How well a network reads, and whether it knows when it does not."""
