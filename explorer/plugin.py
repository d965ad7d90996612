"""What `panel serve --plugins explorer.plugin` adds: the rules of the door, three routes."""

from __future__ import annotations

import sys

from core.errors import InputError
from explorer.classroom.shared import shared_classroom
from explorer.diagram.weights import offer_weights
from explorer.server.invitation import InvitationHandler
from explorer.server.security import take_the_door
from explorer.transport.channel import offer_channel
from explorer.transport.scripts import offer_scripts

take_the_door()
try:
    shared_classroom()  # what is wrong with the class is said before it starts
except InputError as error:
    sys.exit(f"neuron-explorer: {error}")

#: What Panel serves beside the pages.
ROUTES = [("/invitation", InvitationHandler), offer_weights(), offer_scripts(), offer_channel()]
