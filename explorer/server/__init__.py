"""How the explorer is served and guarded: everything between a socket and a page."""
