#!/usr/bin/env python3
"""Exports the sample site's flows as NetFlow v5 packets to a collector on this machine.

The router is simulated: it looks through its table every ten seconds, sends what has ended in
packets of up to 30 flows, and counts its sequence numbers. Before each of these rounds the time is
written to a file that the collector's clock reads (libfaketime), so that the collector receives,
rotates and names its files as it would have done then.

usage: exporter.py PORT PROCESS CLOCK_FILE
"""

import socket
import struct
import sys
import time
from itertools import groupby
from pathlib import Path

from story import CAPTURE_LAST, FIN, RST, ms
from traffic import Traffic

BOOT = ms("2012-03-31 08:14:33.250")
ROUND = 10_000
INACTIVE_TIMEOUT = 15_000
FLOWS_PER_PACKET = 30
HEADER = struct.Struct("!HHIIIIBBH")
RECORD = struct.Struct("!4s4s4sHHIIIIHHxBBBHHBBxx")
INSIDE_INTERFACE, OUTSIDE_INTERFACE = 2, 1
NO_NEXT_HOP = bytes(4)


def export_round(flow):
    """Time of the round that finds the flow ended; a closed connection needs no timeout."""
    closed = flow.flags & (FIN | RST)
    end = flow.last + (0 if closed else INACTIVE_TIMEOUT)
    return min(-(-end // ROUND), CAPTURE_LAST // ROUND + 1) * ROUND


def interface(address):
    return INSIDE_INTERFACE if address.startswith("10.") else OUTSIDE_INTERFACE


def record(flow):
    return RECORD.pack(
        socket.inet_aton(flow.src), socket.inet_aton(flow.dst), NO_NEXT_HOP,
        interface(flow.src), interface(flow.dst), flow.packets, flow.octets,
        flow.first - BOOT, flow.last - BOOT, flow.port, flow.dst_port, flow.flags, flow.proto,
        0, 0, 0, 0, 0)


def packets(flows, now, sequence):
    """The export packets of one round with the number of flows in each."""
    for start in range(0, len(flows), FLOWS_PER_PACKET):
        part = flows[start:start + FLOWS_PER_PACKET]
        header = HEADER.pack(5, len(part), now - BOOT, now // 1000, 0, sequence + start, 0, 0, 0)
        yield header + b"".join(record(flow) for flow in part)


class Collector:
    """The receiving end: its port, its process, its clock, and what its socket says about itself."""

    def __init__(self, port, process, clock_file):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.connect(("127.0.0.1", port))
        self.port = port
        self.process = process
        self.clock_file = Path(clock_file)

    def set_clock(self, now):
        text = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(now // 1000))
        with self.clock_file.open("r+") as clock:
            clock.write(text)

    def wait_until_idle(self):
        """Until nothing waits in the socket and all the collector's threads sleep."""
        while self.socket_state()[0] or self.is_busy():
            time.sleep(0.0002)

    def is_busy(self):
        try:
            for thread in Path(f"/proc/{self.process}/task").glob("*/stat"):
                state = thread.read_text().rpartition(")")[2].split()[0]
                if state != "S":
                    return True
        except (FileNotFoundError, ProcessLookupError):
            return True  # a writer of the file that was rotated has just ended
        return False

    def socket_state(self):
        """Bytes that wait to be read, and packets dropped for want of room."""
        for line in Path("/proc/net/udp").read_text().splitlines()[1:]:
            words = line.split()
            if int(words[1].split(":")[1], 16) == self.port:
                return int(words[4].split(":")[1], 16), int(words[12])
        raise SystemExit(f"exporter.py: no collector listens on UDP port {self.port}")


def main():
    if len(sys.argv) != 4:
        raise SystemExit("usage: exporter.py PORT PROCESS CLOCK_FILE")
    collector = Collector(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
    flows = sorted(Traffic().all(), key=lambda flow: (export_round(flow), flow.last, flow.first))
    sent = 0
    for now, ended in groupby(flows, key=export_round):
        ended = list(ended)
        collector.wait_until_idle()
        collector.set_clock(now)
        for packet in packets(ended, now, sent):
            collector.socket.send(packet)
        sent += len(ended)
    collector.wait_until_idle()
    dropped = collector.socket_state()[1]
    if dropped:
        raise SystemExit(f"exporter.py: the collector dropped {dropped} packets; run it again")
    print(f"exported {sent} flows")


if __name__ == "__main__":
    main()
