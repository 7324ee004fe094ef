"""How often a client may ask. Kept in the memory of one process, since no visitor's request writes a row.

Each worker of the server counts by itself: with two workers a client may reach twice the rate, depending on
which of them answers. After a restart everybody begins anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from threading import Lock
from time import monotonic

from django.conf import settings
from django.http import HttpRequest

MOST_CLIENTS = 10_000  # remembered; the one not heard of for longest is forgotten first
A_MINUTE = 60.0  # seconds

# Bits of an IPv6 address that are one household's or one firm's (RFC 6177): the rest it may change at will.
_NETWORK = 64


class Rate:
    """Each client has an allowance that fills evenly, at most a minute's worth."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def seconds_to_wait(self, client: str, a_minute: int) -> float:
        """Take one request from a client's allowance.

        Args:
            client: whose.
            a_minute: how many requests it may send in a minute.

        Returns:
            0, or how many seconds pass until there is one to take.
        """
        with self._lock:
            now = self._clock()
            left, when = self._left.pop(client, (float(a_minute), now))
            left = min(float(a_minute), left + (now - when) * a_minute / A_MINUTE)
            wait = 0.0 if left >= 1 else (1 - left) * A_MINUTE / a_minute
            self._left[client] = (left if wait else left - 1, now)
            if len(self._left) > MOST_CLIENTS:
                self._left.popitem(last=False)
            return wait


def client_of(request: HttpRequest) -> str:
    """Who sent a request: its IPv4 address, or the network of its IPv6 address.

    Behind a proxy it is the address that the proxy itself has added.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_TLS else ""
    sent = forwarded.rpartition(",")[2].strip()[:64] or request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(sent.strip("[]"))
    except ValueError:
        return sent
    if address.version == 4:
        return str(address)
    return str(address.ipv4_mapped or ip_network((int(address), _NETWORK), strict=False))
