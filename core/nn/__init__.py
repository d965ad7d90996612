"""What a network is: layers, activation functions, the forward pass, and how it is kept."""
