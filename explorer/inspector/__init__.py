"""What is behind one neuron: a file for each question."""
