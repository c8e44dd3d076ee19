# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the lowest free address of a network without reading all servers, so that its cost does not grow with them."""

from __future__ import annotations

import heapq
import ipaddress
from collections.abc import Callable, Hashable, Sequence
from collections.abc import Set as AbstractSet


class AddressPool:
    """The addresses of some networks in order.

    Every address below `_next` was used when the pool last looked, or is in `_released`. Whether an address is used is always
    read from the world, so the pool is right even if an address in it was taken in another way.
    """

    def __init__(self, cidrs: Sequence[str], first_host: int) -> None:
        networks = [ipaddress.IPv4Network(cidr) for cidr in cidrs]
        self._ranges = [
            range(int(network.network_address) + first_host, int(network.broadcast_address)) for network in networks
        ]
        self._size = sum(map(len, self._ranges))
        self._next = 0
        self._released: list[int] = []

    def lowest(self, is_used: Callable[[str], bool], reserved: AbstractSet[str | None] = frozenset()) -> str | None:
        """Return the lowest address that is neither used nor reserved, or None; it is not taken."""
        skipped = []
        found = None
        while self._released and found is None:
            address = self._address(self._released[0])
            if is_used(address):
                heapq.heappop(self._released)
            elif address in reserved:
                skipped.append(heapq.heappop(self._released))
            else:
                found = address
        for number in skipped:
            heapq.heappush(self._released, number)
        return found or self._lowest_above(is_used, reserved)

    def _lowest_above(self, is_used: Callable[[str], bool], reserved: AbstractSet[str | None]) -> str | None:
        while self._next < self._size and is_used(self._address(self._next)):
            self._next += 1
        for number in range(self._next, self._size):
            address = self._address(number)
            if address not in reserved and not is_used(address):
                return address
        return None

    def release(self, address: str) -> None:
        """Note that an address may be free again, if the pool has it."""
        value, offset = int(ipaddress.IPv4Address(address)), 0
        for addresses in self._ranges:
            if value in addresses:
                number = offset + addresses.index(value)
                if number < self._next:
                    heapq.heappush(self._released, number)
            offset += len(addresses)

    def _address(self, number: int) -> str:
        for addresses in self._ranges:
            if number < len(addresses):
                return str(ipaddress.IPv4Address(addresses[number]))
            number -= len(addresses)
        raise IndexError(number)


class AddressPools:
    """The address pools of a world, by scope: addresses of different data centers do not conflict."""

    def __init__(self) -> None:
        self._pools: dict[Hashable, dict[tuple[str, ...], AddressPool]] = {}

    def pool(self, scope: Hashable, cidrs: Sequence[str], first_host: int) -> AddressPool:
        """Return the pool of some networks of a scope."""
        pools = self._pools.setdefault(scope, {})
        key = tuple(cidrs)
        if key not in pools:
            pools[key] = AddressPool(key, first_host)
        return pools[key]

    def release(self, scope: Hashable, address: str) -> None:
        """Note that an address of a scope may be free again."""
        for pool in self._pools.get(scope, {}).values():
            pool.release(address)
