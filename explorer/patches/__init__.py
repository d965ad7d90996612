"""What is changed in other packages, and what for: a file for each thing, all optional."""
