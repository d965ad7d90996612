"""The lesson: a path through the page, card by card."""
