"""What `panel serve --plugins explorer.plugin` adds: the rules of the door, three routes."""

from __future__ import annotations

from explorer.door import take_the_door
from explorer.invitation import InvitationHandler
from explorer.scripts import offer_scripts
from explorer.weights import offer_weights

take_the_door()

#: What Panel serves beside the pages.
ROUTES = [("/invitation", InvitationHandler), offer_weights(), offer_scripts()]
