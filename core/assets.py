"""Where the files that travel with the project are: networks, example drawings, icons."""

from pathlib import Path

from core.errors import InputError

_HERE = Path(__file__).parent
_PLACES = (_HERE / "_assets", _HERE.parent / "assets")


class AssetError(InputError):
    """A file that belongs to the project is not where it should be."""


def asset(name: str, places: tuple[Path, ...] = _PLACES) -> Path:
    """The path of the asset ``name``, such as ``"networks/default.npz"``.

    An installed package carries its assets inside ``core``, a checkout beside it.
    """
    for place in places:
        if (place / name).exists():
            return place / name
    looked = " and ".join(str(place) for place in places)
    raise AssetError(f"The file {name} is missing from {looked}; install the project again.")
