"""Assets are found in an installed package and in a checkout alike."""

from pathlib import Path

import pytest

from core.assets import AssetError, asset


def test_the_package_s_own_copy_comes_before_the_checkout_s(tmp_path: Path) -> None:
    inside, beside = tmp_path / "core" / "_assets", tmp_path / "assets"
    for place in (inside, beside):
        place.mkdir(parents=True)
        (place / "icon.svg").touch()
    (beside / "only-here.svg").touch()
    assert asset("icon.svg", (inside, beside)) == inside / "icon.svg"
    assert asset("only-here.svg", (inside, beside)) == beside / "only-here.svg"


def test_a_missing_asset_is_named_with_the_places_searched(tmp_path: Path) -> None:
    with pytest.raises(AssetError, match=r"networks/none\.npz is missing from .*install"):
        asset("networks/none.npz", (tmp_path,))
