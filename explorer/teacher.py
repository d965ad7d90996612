"""What `panel serve explorer/teacher.py` serves beside it: the teacher's page of a class."""

from explorer.classroom.shared import the_classroom
from explorer.server.pages import open_teacher_page
from explorer.server.protection import protect

protect()
open_teacher_page(the_classroom())
