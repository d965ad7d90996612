"""What `panel serve explorer/app.py` serves: a page of its own for everyone who opens it."""

from panel.io import state

from explorer import create_app
from explorer.page import SHELL

create_app().servable(title="Neuron explorer")
state.curdoc.template = SHELL
