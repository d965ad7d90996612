"""How messages travel between a page and its server."""
