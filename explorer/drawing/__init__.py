"""How one draws: the pad, the keyboard, examples and files."""
