"""How the network is shown: its figure, the answer, the propagation."""
