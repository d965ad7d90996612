"""What `panel serve explorer/app.py` serves: a page of its own for everyone who opens it."""

from explorer import create_app

create_app().serve_here()
