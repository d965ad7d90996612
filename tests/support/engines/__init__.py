"""The browsers that pupils have, driven in one way: Chromium, Firefox and WebKit."""
