"""The shipped networks: what a person can choose from."""

from core.library import DEFAULT, library, title


def test_the_default_network_comes_first() -> None:
    assert next(iter(library())) == DEFAULT


def test_every_shipped_network_reads_pictures_of_digits_and_says_where_it_comes_from() -> None:
    for name, network in library().items():
        assert (network.sizes[0], network.sizes[-1]) == (784, 10)
        assert network.card["command"].startswith("python -m core"), name
        assert title(name, network)
