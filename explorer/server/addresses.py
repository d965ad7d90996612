"""The addresses under which this machine can be reached, and the one that a class uses."""

from __future__ import annotations

import ipaddress
import socket

from core.errors import InputError

#: One address in each range of private networks. "Connecting" a datagram socket sends nothing:
#: it asks the system which of its own addresses it would use to get there.
_PRIVATE_PLACES = ("10.255.255.255", "172.31.255.255", "192.168.255.255")


def local_addresses() -> list[str]:
    """This machine's own IPv4 addresses in its networks, as far as the system tells them."""
    found = [*_addresses_on_the_way(), *_addresses_of_interfaces(), *_addresses_of_name()]
    return [address for address in dict.fromkeys(found) if _can_be_reached(address)]


def class_address(wanted: str | None) -> str:
    """The address that pupils type: the wanted one, or the only one there is.

    Raises:
        InputError: there is none or more than one to choose from, or the wanted one is not ours.
    """
    choices = local_addresses()
    if wanted in choices:
        return wanted
    if wanted is not None and (is_loopback(wanted) or ":" in wanted):
        return wanted  # whether one of IPv6 is ours is found out when it is used
    if wanted is None and len(choices) == 1:
        return choices[0]
    raise InputError(_why_not(wanted, choices))


def _why_not(wanted: str | None, choices: list[str]) -> str:
    if not choices:
        return "This machine is in no network that pupils could reach: connect it, then try again."
    listed = " or ".join(f"--address {choice}" for choice in choices)
    if wanted is None:
        return f"This machine is in {len(choices)} networks; say which is the pupils': {listed}."
    return f"A class cannot use {wanted}, which is not an address of this machine: try {listed}."


def _addresses_on_the_way() -> list[str]:
    found = []
    for place in _PRIVATE_PLACES:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((place, 9))
                found.append(str(probe.getsockname()[0]))
            except OSError:
                continue
    return found


def _addresses_of_interfaces() -> list[str]:
    """What Linux tells of each of its network interfaces; other systems know it by name."""
    try:
        import fcntl  # noqa: PLC0415 - only where there is one
    except ImportError:
        return []
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            asked = name.encode()[:15].ljust(256, b"\0")
            try:
                answer = fcntl.ioctl(probe, 0x8915, asked)  # SIOCGIFADDR of Linux
            except OSError:
                continue
            found.append(socket.inet_ntoa(answer[20:24]))
    return found


def _addresses_of_name() -> list[str]:
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _can_be_reached(address: str) -> bool:
    place = ipaddress.ip_address(address)
    return not (place.is_loopback or place.is_link_local or place.is_unspecified)
