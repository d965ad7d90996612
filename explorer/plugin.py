"""What `panel serve --plugins explorer.plugin` adds: the rules of the door, the invitation."""

from __future__ import annotations

from explorer.door import take_the_door
from explorer.invitation import InvitationHandler

take_the_door()

#: What Panel serves beside the pages.
ROUTES = [("/invitation", InvitationHandler)]
