"""Trainings, as far as they need more than NumPy: their settings, what is shown, where they run."""
