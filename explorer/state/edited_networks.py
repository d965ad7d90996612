"""The networks of a page, and how a person changes one: each change is a new network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import param

from core.nn.image_network import check_image_network
from core.nn.network import Network
from explorer.state.edits import Edits
from explorer.state.view_settings import ViewSettings

if TYPE_CHECKING:
    from explorer.state.session import Neuron


class EditedNetworks(ViewSettings):
    """The part of a session that is about networks, and what has been changed of them.

    `networks` are those to choose from, as they were at first. What has been changed of one is in
    `edits` under the same name, and stays there while another network is shown.
    """

    networks: dict[str, Network] = param.Dict(doc="Those to choose from, by their names.")
    network: Network
    network_name: str
    _offered: Mapping[str, Network]
    edits: Mapping[str, Edits] = param.Dict(
        default={}, doc="What has been changed, by the names of the networks."
    )
    shows_original: bool = param.Boolean(
        default=False, doc="Whether the network is shown as it was before it was changed."
    )
    picked: int | None = param.Integer(
        default=None,
        doc="The source of a weight of the selected neuron that shall be brought up; at once None "
        "again.",
    )

    @property
    def present_edits(self) -> Edits:
        """What has been changed of the present network."""
        name = self.network_name
        return self.edits.get(name) or Edits.of(self.networks[name])

    @property
    def original(self) -> Network:
        """The present network before anything was changed."""
        return self.networks[self.network_name]

    @property
    def has_maps(self) -> bool:
        """Whether the network is a convolutional one."""
        return any(layer.maps for layer in self.network.layers)

    @property
    def shows_backpropagation(self) -> bool:
        """Whether one step of backpropagation is to be seen: of a convolutional network, never.

        There the slope of a shared weight is the sum over all places, which no edge can show.
        """
        return super().shows_backpropagation and not self.has_maps

    def network_named(self, name: str) -> Network:
        """The network of this name, as it was changed. Raises `KeyError` if there is none."""
        return network_of(self.networks, name, self.edits, shows_original=False)

    @property
    def is_offered(self) -> bool:
        """Whether the network that is shown is one that this server offers to everybody."""
        return self.network is self._offered.get(self.network_name)

    def put_network(self, name: str, network: Network, *, shown: bool = True) -> None:
        """Offer a network under a name, in the place of the one that had it, and show it.

        What was changed of the one before is gone. What is selected or held stays if the network
        has the sizes of the one that was shown.

        Raises:
            InputError: it is not from pixels to digits.
        """
        check_image_network(network)
        others = {each: edits for each, edits in self.edits.items() if each != name}
        networks = {**self.networks, name: network}
        if not shown and name != self.network_name:
            self._change(networks=networks, edits=others)
            return
        same = network.sizes == self.network.sizes
        kept = {} if same else {"selected": None, "held": None}
        self._change(
            networks=networks, network_name=name, edits=others, shows_original=False, **kept
        )

    def edit(self, network: Network, *, goes_on: bool = False) -> None:
        """Change the present network: it becomes this one, of the same sizes.

        What `goes_on` is one step with what comes next, up to and with what does not.

        Raises:
            ValueError: the sizes are others.
            PausedError: the teacher has paused the page.
        """
        _check_that_sizes_stay(self.original, network)
        self._take(self.present_edits.changed(network, goes_on=goes_on))

    def restore_edits(self, name: str, network: Network) -> None:
        """A tab that was opened again brings along what was changed of the network of this name.

        There is nothing to undo. What a link, or a person, has changed of it here in the meantime
        stays, and undo leads to what the tab has brought.

        Raises:
            KeyError: there is no network of this name.
            ValueError: the sizes are others.
        """
        original = self.networks[name]
        _check_that_sizes_stay(original, network)
        kept = Edits(original, network)
        if (now := self.edits.get(name)) is not None:
            kept = kept.changed(now.network, goes_on=now.goes_on)
        self._change(edits={**self.edits, name: kept})

    def pick_weight(self, source: int) -> None:
        """Bring up a weight of the selected neuron, by its source, where it can be changed."""
        self.picked = source
        self.picked = None

    def end_edit(self) -> None:
        """The movement that went on has ended."""
        if self.present_edits.goes_on:
            self._take(self.present_edits.ended())

    def undo_edit(self) -> None:
        """Take back the last change."""
        if self.can_undo_edit:
            self._take(self.present_edits.undone())

    def redo_edit(self) -> None:
        """Bring back the change that was undone last."""
        if self.can_redo_edit:
            self._take(self.present_edits.redone())

    @property
    def can_undo_edit(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self.present_edits.history.past)

    @property
    def can_redo_edit(self) -> bool:
        """Whether there is a change to redo."""
        return bool(self.present_edits.history.future)

    @property
    def is_edited(self) -> bool:
        """Whether any number of the present network is another than at first."""
        return self.present_edits.is_changed

    def reset_neuron(self, neuron: Neuron) -> None:
        """Give a neuron its first weights and bias back; that can be undone like any change."""
        first = self.original.layer_of(*neuron)
        weights, bias = first.weights[neuron.number], float(first.biases[neuron.number])
        now = self.present_edits.network
        self.edit(now.with_weights(*neuron, weights).with_bias(*neuron, bias))

    def reset_network(self) -> None:
        """Make the network as it was at first; that can be undone like any change."""
        self.edit(self.original)

    def show_original(self, on: bool) -> None:
        """Show the network as it was before it was changed, for as long as somebody compares."""
        self._change(shows_original=on)

    def _take(self, edits: Edits) -> None:
        self.check_that_it_goes_on()
        self._change(edits={**self.edits, self.network_name: edits}, shows_original=False)

    def _change(self, **changes: Any) -> None:
        raise NotImplementedError

    def check_that_it_goes_on(self) -> None:
        """Raises an ``InputError`` while nothing may be changed."""
        raise NotImplementedError


def network_of(
    networks: Mapping[str, Network], name: str, edits: Mapping[str, Edits], shows_original: bool
) -> Network:
    """The network of this name that is shown: with what was changed of it, or without."""
    if shows_original or name not in edits:
        return networks[name]
    return edits[name].network


def _check_that_sizes_stay(original: Network, network: Network) -> None:
    if network.sizes != original.sizes:
        raise ValueError(f"an edit keeps the sizes {original.sizes}: {network.sizes}")
