"""Trainings, as far as they need more than NumPy: what is shown of them, and where they run."""
