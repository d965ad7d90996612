"""Matlab's ``.mat`` files: those up to version 7 by SciPy, those of version 7.3 are HDF5."""

from core.formats import own_process
from core.formats.contents import Contents
from core.formats.found import FoundNetwork
from core.formats.named_arrays import network_of, real_numbers
from core.formats.source import Source


def read_matlab(source: Source) -> FoundNetwork:
    """The matrices by the names of their variables, or all numbers in one line."""
    new = source.content.startswith(b"MATLAB 7.3")
    contents = _in_rows(own_process.hdf5(source)) if new else own_process.matlab(source)
    if not contents.arrays:
        raise source.no_network(contents.others)
    return network_of(source, real_numbers(source, contents.arrays))


def _in_rows(contents: Contents) -> Contents:
    """Version 7.3 writes columns as rows, and what is in cells under a name of its own."""
    variables = {name: each.T for name, each in contents.arrays.items() if name[0] != "#"}
    cells = {name: each.T for name, each in contents.arrays.items() if name[0] == "#"}
    return Contents(variables or cells, others=contents.others)
