"""What is learned from: digits that people wrote, digits that were made up, and what is none."""
