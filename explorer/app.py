"""What `panel serve explorer/app.py` serves: a page of its own for everyone who opens it."""

from explorer.classroom.shared import shared_classroom
from explorer.server.pages import open_page
from explorer.server.protection import protect

protect()
open_page(classroom=shared_classroom())
