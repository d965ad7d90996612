"""How the pages are served, found and guarded."""
