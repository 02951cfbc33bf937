"""Turns the story into flows and adds the ordinary traffic of the site around it.

Everything is drawn from one seeded generator, so the same flows come out each time.
"""

import random
from bisect import bisect_left
from collections import Counter
from itertools import accumulate

import story
from story import (
    ACK, BROADCAST, CAPTURE_FIRST, CAPTURE_LAST, DOMAIN_CONTROLLER, FILE_SERVER, ICMP, INTRANET,
    MAIL_SERVER, MONITOR, OFFICE, PRINTER, PSH, SYN, TCP, UDP, WHOLE_TCP_SESSION, WORKSTATIONS)

SEED = 20120402
ECHO_REQUEST, ECHO_REPLY = 8 * 256, 0

# Relative load in each hour of the day, UTC; the office works from 8 to 18 on the US east coast.
DAY_LOAD = [3, 2, 2, 2, 1, 1, 1, 1, 1, 1, 2, 5, 12, 16, 17, 16, 13, 14, 16, 17, 16, 13, 8, 4]
MINUTE = 60_000
LEAST_TO_TENTH_PLACE = 646_464  # bytes of question 1's last row: all other hosts get less
PUBLIC_PREFIXES = ("192.0.2", "198.51.100", "203.0.113")  # RFC 5737, for everybody outside


class Flow:
    """One uniflow; times in milliseconds since the epoch. A flow with `answers` is a reply."""

    __slots__ = ("first", "last", "src", "dst", "port", "dst_port", "proto", "flags", "packets",
                 "octets", "answers")

    def __init__(self, first, last, src, dst, port, dst_port, proto, flags, packets, octets,
                 answers=None):
        self.first, self.last, self.src, self.dst = first, last, src, dst
        self.port, self.dst_port, self.proto, self.flags = port, dst_port, proto, flags
        self.packets, self.octets, self.answers = packets, octets, answers

    def goes_outside(self):
        return not self.dst.startswith("10.")


def share(total, weights):
    """Whole numbers in proportion to the weights that add up to the total."""
    bounds = list(accumulate(weights))
    cuts = [int(total * bound / bounds[-1]) for bound in bounds]
    cuts[-1] = total
    return [cut - before for cut, before in zip(cuts, [0] + cuts)]


class Traffic:
    def __init__(self):
        self.random = random.Random(SEED)
        minutes = range((CAPTURE_LAST - CAPTURE_FIRST) // MINUTE)
        hours = [(CAPTURE_FIRST + minute * MINUTE) // (60 * MINUTE) % 24 for minute in minutes]
        self.load = list(accumulate(DAY_LOAD[hour] for hour in hours))
        self.flows = []

    def all(self):
        """Every flow, in the order of first seen."""
        for talk in story.talks():
            self.add_talk(talk)
        for sighting in story.sightings():
            self.add_sighting(sighting)
        self.add_rest_of_outside()
        self.add_mail_from_outside(900)
        self.add_knocks_from_outside(7_500)
        self.add_search_for_neighbours()
        self.add_inside_until(story.TOTAL_FLOWS)
        self.flows.sort(key=lambda flow: (flow.first, flow.last))
        self.assign_ports()
        return self.flows

    # Times

    def office_times(self, count, first, last):
        """Times between two moments with the load of the office's day."""
        low, high = (self.load_before(moment) for moment in (first, last))
        return [self.moment_at(self.random.uniform(low, high), first, last) for _ in range(count)]

    def load_before(self, moment):
        minute, rest = divmod(moment - CAPTURE_FIRST, MINUTE)
        minute = max(0, min(minute, len(self.load) - 1))
        before = self.load[minute - 1] if minute else 0
        return before + (self.load[minute] - before) * rest / MINUTE

    def moment_at(self, load, first, last):
        minute = min(bisect_left(self.load, load), len(self.load) - 1)
        moment = CAPTURE_FIRST + minute * MINUTE + self.random.randrange(MINUTE)
        return max(first, min(moment, last))

    def steady_times(self, count, first, last):
        step = (last - first) / count
        return [first + int((n + self.random.random() * 0.6) * step) for n in range(count)]

    def session_starts(self, talk):
        """Starts in order: the first at the talk's first, the last with room for its end."""
        latest = max(talk.first + 1, talk.last - talk.lasting[1])
        times = self.steady_times if talk.steady else self.office_times
        starts = sorted(times(talk.flows, talk.first + 1, latest))
        starts[0] = talk.first
        one_packet_each = talk.packets == talk.flows
        starts[-1] = talk.last - (0 if one_packet_each else self.random.randint(*talk.lasting))
        return starts

    def duration(self, packets, lasting):
        if packets == 1:
            return 0
        low, high = lasting
        return int(low + (high - low) * self.random.betavariate(1.2, 3))

    # The story

    def add_talk(self, talk):
        rnd = self.random
        weights = [rnd.lognormvariate(0, 0.5) for _ in range(talk.flows)]
        spare = share(talk.packets - talk.flows * talk.least_packets, weights)
        packets = [talk.least_packets + more for more in spare]
        # The last flow has a duration, so it needs a second packet.
        if packets[-1] == 1 and max(packets) > 1:
            most = packets.index(max(packets))
            packets[-1], packets[most] = packets[most], packets[-1]
        octets = self.octets(talk, packets)
        starts = self.session_starts(talk)
        for n, start in enumerate(starts):
            end = min(start + self.duration(packets[n], talk.lasting), talk.last)
            if n == len(starts) - 1:
                end = talk.last
            src = rnd.choice(talk.sources)
            flow = self.add(Flow(start, end, src, talk.dst, None, talk.port, talk.proto,
                                 talk.flags, packets[n], octets[n]))
            if talk.reply is not None:
                self.add_reply(flow, talk.reply)

    def octets(self, talk, packets):
        if talk.flags == SYN and talk.header == 0:
            return [count // 3 * story.THREE_SYN_BYTES for count in packets]
        weights = [count * self.random.lognormvariate(0, 0.3) for count in packets]
        payload = share(talk.octets - talk.packets * talk.header, weights)
        return [count * talk.header + more for count, more in zip(packets, payload)]

    def add_sighting(self, seen):
        flow = self.add(Flow(seen.first, seen.first + seen.lasting, seen.src, seen.dst, seen.port,
                             seen.dst_port, TCP, seen.flags, seen.packets, seen.octets))
        if seen.reply is not None:
            self.add_reply(flow, seen.reply)

    # Around it

    def add(self, flow):
        self.flows.append(flow)
        return flow

    def add_reply(self, flow, bytes_per_packet):
        rnd = self.random
        packets = max(1, round(flow.packets * rnd.uniform(0.75, 1.25)))
        if flow.packets == 1:
            packets = 1
        octets = packets * 20 + int(packets * bytes_per_packet * rnd.uniform(0.2, 1.0))
        round_trip = rnd.randint(8, 90) if flow.goes_outside() else rnd.randint(0, 2)
        first = min(flow.first + round_trip, CAPTURE_LAST)
        last = first if packets == 1 else max(first, min(flow.last + round_trip, CAPTURE_LAST))
        if flow.proto == ICMP:
            port, dst_port = 0, ECHO_REPLY
        else:
            port, dst_port = flow.dst_port, None
        return self.add(Flow(first, last, flow.dst, flow.src, port, dst_port, flow.proto,
                             flow.flags, packets, min(octets, packets * 1_480), answers=flow))

    def add_rest_of_outside(self):
        """Web, mail and time of everybody else: exactly what is left of the outside totals."""
        rnd = self.random
        done = [flow for flow in self.flows if flow.goes_outside()]
        count = story.OUTSIDE_FLOWS - len(done)
        spare = share(story.OUTSIDE_PACKETS - sum(flow.packets for flow in done) - 2 * count,
                      [rnd.lognormvariate(0, 1) for _ in range(count)])
        packets = [2 + more for more in spare]
        octets = [n * 20 + more for n, more in zip(packets, share(
            story.OUTSIDE_BYTES - sum(flow.octets for flow in done) - 20 * sum(packets),
            [n * rnd.lognormvariate(0, 0.8) for n in packets]))]
        hosts = [f"{prefix}.{n}" for prefix in PUBLIC_PREFIXES for n in range(1, 255)]
        rnd.shuffle(hosts)
        favour = [1 / (rank + 12) for rank in range(len(hosts))]
        per_host = Counter()
        times = self.office_times(count, CAPTURE_FIRST + 1, CAPTURE_LAST - 60_000)
        for n, start in enumerate(times):
            dst = rnd.choices(hosts, favour)[0]
            per_host[dst] += octets[n]
            kind = rnd.random()
            src, port, proto = rnd.choice(WORKSTATIONS), 443 if kind < 0.45 else 80, TCP
            if kind > 0.96:
                src, port = MAIL_SERVER, 25
            elif kind > 0.92:
                src, port, proto = DOMAIN_CONTROLLER, 123, UDP
            flags = WHOLE_TCP_SESSION if proto == TCP else 0
            end = min(start + self.duration(packets[n], (60, 59_000)), CAPTURE_LAST)
            flow = self.add(Flow(start, end, src, dst, None, port, proto, flags, packets[n],
                                 octets[n]))
            self.add_reply(flow, 1_200 if proto == TCP else 48)
        assert max(per_host.values()) < LEAST_TO_TENTH_PLACE, max(per_host.values())

    def outsider(self):
        return f"{self.random.choice(PUBLIC_PREFIXES)}.{self.random.randint(1, 254)}"

    def add_mail_from_outside(self, count):
        """Deliveries; what the mail server answers leaves through a relay and is not seen here."""
        rnd = self.random
        for start in self.office_times(count, CAPTURE_FIRST + 1, CAPTURE_LAST - 60_000):
            packets = rnd.randint(8, 60)
            self.add(Flow(start, start + rnd.randint(300, 40_000), self.outsider(), MAIL_SERVER,
                          None, 25, TCP, WHOLE_TCP_SESSION, packets,
                          packets * rnd.randint(120, 1_300)))

    def add_knocks_from_outside(self, count):
        """Port scans of the one published address: single SYNs that nobody answers."""
        rnd = self.random
        ports = [22, 23, 80, 135, 139, 443, 445, 1433, 3306, 3389, 5900, 8080]
        for start in self.steady_times(count, CAPTURE_FIRST + 1, CAPTURE_LAST):
            self.add(Flow(start, start, self.outsider(), MAIL_SERVER, rnd.randint(1_024, 65_535),
                          rnd.choice(ports), TCP, SYN, 1, story.SYN_BYTES))

    def add_search_for_neighbours(self):
        """Each victim looks for file shares before the next host falls."""
        for victim, moment in (
                (story.FIRST_VICTIM, story.ms("2012-04-03 20:31:07.402")),
                (story.SECOND_VICTIM, story.ms("2012-04-05 17:22:40.116"))):
            for n in range(1, 255):
                host = f"10.3.58.{n}"
                if host != victim:
                    at = moment + n * 61 + self.random.randint(0, 40)
                    flow = self.add(Flow(at, at, victim, host, None, 445, TCP, SYN, 1,
                                         story.SYN_BYTES))
                    if host in OFFICE:
                        self.add_reply(flow, 8).flags = SYN | ACK

    def add_inside_until(self, total):
        """Names, shares, logins, the intranet, printing and monitoring, to the given total."""
        rnd = self.random
        start = CAPTURE_FIRST  # the very first flow of the capture
        while len(self.flows) < total:
            src, kind = rnd.choice(OFFICE), rnd.random()
            if kind < 0.06 or len(self.flows) == total - 1:
                self.add(Flow(start, start, src, BROADCAST, 138, 138, UDP, 0, 1, 209))
            elif kind < 0.12:
                server = rnd.choice((DOMAIN_CONTROLLER, FILE_SERVER, INTRANET, MAIL_SERVER, PRINTER))
                self.add_inside(start, MONITOR, server, ECHO_REQUEST, ICMP, 0, (4, 4), (64, 64), 44)
            elif kind < 0.55:
                self.add_inside(start, src, DOMAIN_CONTROLLER, 53, UDP, 0, (1, 1), (36, 70), 90)
            elif kind < 0.70:
                self.add_inside(start, src, DOMAIN_CONTROLLER, rnd.choice((88, 135, 389)), TCP,
                                WHOLE_TCP_SESSION, (6, 14), (110, 320), 260)
            elif kind < 0.85:
                self.add_inside(start, src, FILE_SERVER, 445, TCP, ACK | PSH, (10, 400),
                                (70, 700), 900)
            elif kind < 0.98:
                self.add_inside(start, src, INTRANET, 80, TCP, WHOLE_TCP_SESSION, (5, 40),
                                (50, 210), 1_050)
            else:
                self.add_inside(start, src, PRINTER, 9100, TCP, WHOLE_TCP_SESSION, (40, 900),
                                (600, 1_440), 22)
            start = self.office_times(1, CAPTURE_FIRST + 1, CAPTURE_LAST - 100_000)[0]

    def add_inside(self, start, src, dst, port, proto, flags, packets, size, reply):
        rnd = self.random
        count = rnd.randint(*packets)
        end = start + self.duration(count, (2, 60 + count * 200))
        flow = self.add(Flow(start, end, src, dst, 0 if proto == ICMP else None, port, proto,
                             flags, count, count * rnd.randint(*size)))
        self.add_reply(flow, reply)

    def assign_ports(self):
        """Ephemeral ports in the order of use, as each client's system hands them out."""
        next_port = {}
        for flow in self.flows:
            if flow.port is None:
                low, high = (1_025, 5_000) if flow.src in story.OLD_SYSTEMS else (49_152, 65_535)
                port = next_port.get(flow.src, low + self.random.randrange(high - low))
                flow.port = port
                port += self.random.choice((1, 1, 1, 2, 5))
                next_port[flow.src] = port if port <= high else low
        for flow in self.flows:
            if flow.dst_port is None:
                flow.dst_port = flow.answers.port
