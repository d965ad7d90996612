"""Files appear whole or not at all, take nothing else's place, and leave nothing behind."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import core
from core import Network
from core.files import check_writable, read_regular, write_whole
from core.nn.network_file import NetworkFileError

NETWORK = Network.random((3, 2), seed=0)

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def special(folder: Path, kind: str) -> Path:
    path = folder / kind
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        path.symlink_to(os.devnull)
    return path


@posix
@pytest.mark.parametrize("kind", ["fifo", "folder", "device"])
def test_only_regular_files_are_replaced_or_read(tmp_path: Path, kind: str) -> None:
    path = special(tmp_path, kind)
    before = path.stat()
    with pytest.raises(NetworkFileError, match=r"Cannot write .*(regular file|directory)"):
        NETWORK.save(path)
    with pytest.raises(NetworkFileError, match=r"Cannot read .*(regular file|directory)"):
        Network.load(path)
    with pytest.raises(OSError, match=r"regular|directory"):
        check_writable(path)
    assert stat.S_IFMT(path.stat().st_mode) == stat.S_IFMT(before.st_mode)
    assert os.listdir(tmp_path) == [kind]


@posix
def test_a_link_stays_a_link_to_the_new_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "net.npz")
    NETWORK.save(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert Network.load(tmp_path / "net.npz").sizes == NETWORK.sizes


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"12345")
    assert read_regular(path, 5) == b"12345"
    with pytest.raises(OSError, match="more than 4") as caught:
        read_regular(path, 4)
    assert caught.value.errno == errno.EFBIG


_SAVES_HALF = """
import os, sys
from pathlib import Path
from core.files import write_whole
with write_whole(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    print("writing", flush=True)
    sys.stdin.read()
"""


def half_saved(path: Path) -> subprocess.Popen[str]:
    """A process that has written a part of its file and waits."""
    process = subprocess.Popen(
        [sys.executable, "-c", _SAVES_HALF, str(path)],
        cwd=Path(core.__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    return process


def test_what_a_killed_save_left_is_cleaned_up_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "net.npz"
    process = half_saved(path)
    process.kill()
    process.communicate()
    assert len(os.listdir(tmp_path)) == 1
    (tmp_path / ".other.npz.1234.part").touch()  # another file's business
    NETWORK.save(path)
    assert sorted(os.listdir(tmp_path)) == [".other.npz.1234.part", "net.npz"]
    assert Network.load(path).sizes == (3, 2)


def test_a_save_that_is_still_under_way_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "net.npz"
    process = half_saved(path)
    NETWORK.save(path)
    assert len(os.listdir(tmp_path)) == 2
    process.communicate("")
    assert process.returncode == 0
    assert path.read_bytes() == b"half"
    assert os.listdir(tmp_path) == ["net.npz"]


def test_an_error_while_writing_leaves_all_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_bytes(b"before")
    with pytest.raises(TypeError), write_whole(path) as file:
        file.write("no bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["text"]
