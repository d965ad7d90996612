"""``python -m core strokes``: make a file of pen strokes from the UNIPEN release."""

import argparse
from os.path import isdir
from pathlib import Path

from core.cli.output import check_output
from core.data.pen_digits import PenDigit, write
from core.data.unipen import read_unipen
from core.errors import InputError

_SOURCE = "UNIPEN, isolated digits"
_LICENCE = "CC BY 4.0, International Unipen Foundation, doi:10.5281/zenodo.1195803"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options to the command line."""
    parser = commands.add_parser(
        "strokes",
        help="make a file of pen strokes from the UNIPEN release",
        description="Read the digits in the UNIPEN release's .dat files and write the file that "
        "STROKES_FILE is to name. The first three letters of a file's name "
        "say who collected it.",
    )
    parser.add_argument(
        "data", type=Path, nargs="+", metavar="DATA", help=".dat files, or folders that hold them"
    )
    parser.add_argument(
        "--includes",
        type=Path,
        metavar="FOLDER",
        help="where the files are that .INCLUDE names (default: beside each .dat file)",
    )
    parser.add_argument(
        "--output", type=Path, required=True, metavar="PATH", help="the .json.gz file to write"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Read every file and write the digits of all, whole or not at all."""
    check_output(options.output)
    digits: list[PenDigit] = []
    for path in _files(options.data):
        includes = options.includes or path.parent
        digits += read_unipen(path, path.stem[:3].lower(), includes)
    if not digits:
        raise InputError("There is no digit in these files; name the release's folder data/1a.")
    write(options.output, digits, _SOURCE, _LICENCE)
    writers = len({digit.writer for digit in digits})
    print(f"{len(digits):,} digits of {writers} writers, written to {options.output}")


def _files(given: list[Path]) -> list[Path]:
    found = [path for each in given for path in (_inside(each) if isdir(each) else [each])]
    if not found:
        raise InputError(f"There is no .dat file in {', '.join(map(str, given))}.")
    return found


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.dat"))
