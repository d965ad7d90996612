"""Changed copies of digits, so that a network reads more than it was shown."""
