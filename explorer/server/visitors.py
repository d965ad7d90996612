"""Who asks: the address that a connection really comes from, or that a named proxy vouches for."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

from tornado.httputil import HTTPServerRequest


def believe_proxies(request: HTTPServerRequest, proxies: Collection[str]) -> None:
    """Give a request the address and protocol that its proxy tells, if it comes from a named one.

    Anybody can send such headers: from all others they are left aside.
    """
    if _plain(str(request.remote_ip)) not in {_plain(each) for each in proxies}:
        return
    request.remote_ip = _forwarded_for(request, proxies)
    told = request.headers.get("X-Forwarded-Proto") or request.headers.get("X-Scheme") or ""
    if (protocol := told.split(",")[-1].strip()) in ("http", "https"):
        request.protocol = protocol


def _forwarded_for(request: HTTPServerRequest, proxies: Collection[str]) -> str:
    """The last address in the chain that is no proxy's: what stands before it can be made up."""
    chain = request.headers.get("X-Forwarded-For") or request.headers.get("X-Real-Ip") or ""
    for each in reversed(chain.split(",")):
        if not is_address(each.strip()):
            break
        if _plain(each.strip()) not in proxies:
            return _plain(each.strip())
    return _plain(str(request.remote_ip))


def is_address(text: str) -> bool:
    """Whether this is an IP address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def quota_key(address: str) -> str:
    """What quotas count as one: an IPv4 address, or the 2^64 of them that an IPv6 host has."""
    plain = _plain(address)
    if ":" not in plain:
        return plain
    return str(ipaddress.ip_network((plain.partition("%")[0], 64), strict=False))


def _plain(address: str) -> str:
    """One spelling for an address; what is none stays as it is."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    mapped = getattr(parsed, "ipv4_mapped", None)
    return str(mapped or parsed)
