"""Connections that lead only where they may: to public addresses, within a time and a size.

The name of a host is resolved once for each connection, every address that it has is checked, and what was
checked is what is connected to: a name that changes its mind in between gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
import httpx

Resolve = Callable[[str, int], list[str]]  # the numeric addresses of a host

# Networks in which an IPv4 address stands inside an IPv6 one: NAT64 and 6to4, with the bits behind it.
_CARRIERS = ((ipaddress.IPv6Network("64:ff9b::/96"), 0), (ipaddress.IPv6Network("2002::/16"), 80))
_TEREDO = ipaddress.IPv6Network("2001::/32")


class Forbidden(Exception):
    """A connection that may not be made. The message is a sentence with the mend."""


class TooLong(Exception):
    """An answer that takes longer or is larger than it may."""


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the public internet: not private, loopback, local, reserved."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found in _TEREDO:
            return False
        carried = _carried(found)
        if carried is not None:
            return is_public(str(carried))
    return found.is_global and not found.is_multicast and not found.is_reserved


def addresses_of(host: str, port: int) -> list[str]:
    """The numeric addresses of a host, as the system resolves it. Raises OSError if it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class Budget:
    """What one answer may take: seconds until a moment, and bytes from the network."""

    def __init__(self) -> None:
        self._until = 0.0
        self._bytes = 0

    def open(self, seconds: float, size: int) -> None:
        """Begin a new answer."""
        self._until = time.monotonic() + seconds
        self._bytes = size

    def left(self) -> float:
        """Seconds that are left. Raises TooLong if none are."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TooLong("it took too long")
        return left

    def take(self, size: int) -> None:
        """Count bytes. Raises TooLong if there are too many."""
        self._bytes -= size
        if self._bytes < 0:
            raise TooLong("it is too large")


class _Stream(httpcore.NetworkStream):
    """A connection each of whose steps is held to the budget: headers that drip in come to an end, too."""

    def __init__(self, stream: httpcore.NetworkStream, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, self._shorter(timeout))
        self._budget.take(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._shorter(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._shorter(timeout))
        return _Stream(secured, self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _shorter(self, timeout: float | None) -> float:
        left = self._budget.left()
        return left if timeout is None else min(left, timeout)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, budget: Budget, allow_private: bool, resolve: Resolve) -> None:
        self._inner = httpcore.SyncBackend()
        self._budget = budget
        self._allow_private = allow_private
        self._resolve = resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to an address of the host that was checked, the first that answers."""
        problem: Exception = httpcore.ConnectError("the host has no address")
        for address in self._checked(host, port):
            left = self._budget.left()
            try:
                stream = self._inner.connect_tcp(
                    address, port, left if timeout is None else min(left, timeout), None, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
            else:
                return _Stream(stream, self._budget)
        raise problem

    def connect_unix_socket(self, *args: Any, **options: Any) -> httpcore.NetworkStream:
        raise Forbidden("Sockets of this machine are never asked.")

    def _checked(self, host: str, port: int) -> list[str]:
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"its name cannot be resolved ({error})") from error
        for address in found:
            if not self._allow_private and not is_public(address):
                raise Forbidden(
                    f"{host} is at {address}, which is no public address; --allow-private allows it."
                )
        return found


class GuardedTransport(httpx.BaseTransport):
    """What httpx sends requests with; no proxy, no connection kept between requests."""

    def __init__(self, budget: Budget, *, allow_private: bool, resolve: Resolve = addresses_of) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=1,
            max_keepalive_connections=0,
            network_backend=_Backend(budget, allow_private, resolve),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Any:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for, if it does."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    for network, shift in _CARRIERS:
        if address in network:
            return ipaddress.IPv4Address((int(address) >> shift) & 0xFFFFFFFF)
    return None
