"""Default values of Bokeh's properties, worked out once for each kind of model.

Bokeh copies and checks a default anew whenever a property that nobody set is read. A page reads
some eight thousand, in the same forty kinds of models for every pupil who joins: a third of all
that a join costs the server.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from bokeh.core.has_props import HasProps
from bokeh.core.property.descriptors import PropertyDescriptor
from bokeh.core.property.wrappers import (
    PropertyValueDict,
    PropertyValueList,
    PropertyValueSet,
)
from bokeh.model import Model
from bokeh.settings import settings

#: Values that nobody can change in place, so that all models may share one.
_CONSTANT = (type(None), bool, int, float, str)

#: What a model keeps for itself, empty at first.
_CONTAINERS = (PropertyValueDict, PropertyValueList, PropertyValueSet)

_known: dict[tuple[type[HasProps], str], Any] = {}
_empty: dict[tuple[type[HasProps], str], type[Any]] = {}
_unstable: dict[tuple[type[HasProps], str], bool] = {}
_find_unstable = PropertyDescriptor.has_unstable_default
_work_out_overridden = vars(HasProps)["_overridden_defaults"].__func__
_work_out = PropertyDescriptor._get_default


def _themed_values(model: HasProps) -> dict[str, Any] | None:
    """What a theme says of this model; Bokeh asks each model in a way that first fails."""
    return vars(model).get("__themed_values__")


def _has_unstable_default(descriptor: PropertyDescriptor[Any], owner: HasProps) -> bool:
    """Whether each model needs a default of its own: the same for all models of a kind."""
    key = (type(owner), descriptor.name)
    if key not in _unstable:
        _unstable[key] = _find_unstable(descriptor, owner)
    return _unstable[key]


def _get_default(descriptor: PropertyDescriptor[Any], model: HasProps) -> Any:
    name, own = descriptor.name, model._unstable_default_values
    if _themed_values(model):
        return _work_out(descriptor, model)
    if name in own:
        return own[name]
    key = (type(model), name)
    if key in _known:
        return _known[key]
    if key in _empty:
        return _new(_empty[key], descriptor, model)
    value = _work_out(descriptor, model)
    if isinstance(value, _CONSTANT) and name not in own:
        _known[key] = value
    elif type(value) in _CONTAINERS and not value:
        _empty[key] = type(value)
    return value


def _new(container: type[Any], descriptor: PropertyDescriptor[Any], model: HasProps) -> Any:
    """An empty container of the model's own, which tells it of changes."""
    value = model._unstable_default_values[descriptor.name] = container()
    value._register_owner(model, descriptor)
    return value


@cache
def _overridden_defaults(kind: type[HasProps]) -> dict[str, Any]:
    """What a kind of models sets otherwise than the kinds that it descends from."""
    found: dict[str, Any] = _work_out_overridden(kind)
    return found


def fits() -> bool:
    """Whether this Bokeh has what is patched."""
    has_all = all(hasattr(owner, name) for owner, name, _ in _FASTER)
    return has_all and hasattr(Model(), "_unstable_default_values")


def apply() -> None:
    """Let Bokeh remember them, and check no page's models: the tests have checked them all."""
    for owner, name, faster in _FASTER:
        setattr(owner, name, faster)
    settings.perform_document_validation = False


_FASTER: tuple[tuple[type[Any], str, Any], ...] = (
    (PropertyDescriptor, "_get_default", _get_default),
    (PropertyDescriptor, "has_unstable_default", _has_unstable_default),
    (HasProps, "themed_values", _themed_values),
    (HasProps, "_overridden_defaults", classmethod(_overridden_defaults)),  # type: ignore[arg-type]
)
