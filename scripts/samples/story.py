"""What happened at the site: the hosts, the talks between them and their exact totals.

The figures are those of the tutorial's five printed answers. Byte counts are transport header plus
payload, without the IP header, as the printed figures demand: 28 bytes are one SYN with options.
"""

from dataclasses import dataclass
from datetime import datetime, timezone

TCP, UDP, ICMP = 6, 17, 1

FIN, SYN, RST, PSH, ACK = 0x01, 0x02, 0x04, 0x08, 0x10
WHOLE_TCP_SESSION = SYN | ACK | PSH | FIN

SYN_BYTES = 28
THREE_SYN_BYTES = 92  # Windows 7 tries twice with 32 bytes of header, then once with 28


def ms(text):
    """Milliseconds since the epoch of a UTC time such as 2012-04-02 21:52:19.318."""
    moment = datetime.strptime(text, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=timezone.utc)
    return int(moment.timestamp()) * 1000 + moment.microsecond // 1000


CAPTURE_FIRST = ms("2012-04-02 21:52:19.318")
CAPTURE_LAST = ms("2012-04-06 19:28:02.590")

TOTAL_FLOWS = 323_982
OUTSIDE_FLOWS = 126_374
OUTSIDE_PACKETS = 783_326
OUTSIDE_BYTES = 155_278_100

# The three hosts of the story, in the order in which they fell. The first is an old system with
# ephemeral ports from 1025, the others use 49152 and up.
FIRST_VICTIM, SECOND_VICTIM, THIRD_VICTIM = "10.3.58.7", "10.3.58.5", "10.3.58.6"
OLD_SYSTEMS = {FIRST_VICTIM, "10.3.58.112", "10.3.58.131"}

DOMAIN_CONTROLLER, FILE_SERVER = "10.3.58.2", "10.3.58.3"
INTRANET, MAIL_SERVER, MONITOR, PRINTER = "10.3.58.20", "10.3.58.25", "10.3.58.30", "10.3.58.40"
BROADCAST = "10.3.58.255"
WORKSTATIONS = [f"10.3.58.{n}" for n in range(100, 160)]
OFFICE = WORKSTATIONS + [FIRST_VICTIM, SECOND_VICTIM, THIRD_VICTIM]

C2 = "199.73.28.114"
DROP = "207.58.245.179"
RESOLVER = "208.67.222.222"


@dataclass(frozen=True)
class Talk:
    """Flows from some hosts to one port of one host whose totals are given exactly.

    The earliest flow starts at `first` and the latest ends at `last`; the others lie between,
    evenly (`steady`) or with the load of the office's day. `header` is the least number of bytes
    of a packet, `lasting` the range of a flow's duration in milliseconds. `reply` is the mean
    number of bytes of an answering packet; without it nobody answers.
    """

    sources: list
    dst: str
    port: int
    flows: int
    packets: int
    octets: int
    first: int
    last: int
    proto: int = TCP
    header: int = 20
    flags: int = WHOLE_TCP_SESSION
    steady: bool = False
    least_packets: int = 3
    lasting: tuple = (90, 9_000)
    reply: int | None = 200


@dataclass(frozen=True)
class Sighting:
    """One flow that the tutorial prints in full."""

    src: str
    port: int
    dst: str
    dst_port: int
    first: int
    lasting: int
    packets: int
    octets: int
    flags: int
    reply: int | None = None


def _c2_talks():
    """The control channel of question 2, apart from the three attempts of question 3."""
    end = ms("2012-04-06 18:41:43.303")  # 322713.426 s after the first contact
    a, b, c = [FIRST_VICTIM], [SECOND_VICTIM], [THIRD_VICTIM]
    return [
        Talk(a, C2, 80, 23_927, 145_160, 31_214_590,
             ms("2012-04-03 01:03:09.877"), end - 7_411, steady=True),
        Talk(a, C2, 443, 4, 806, 17_324,
             ms("2012-04-03 16:30:27.015"), ms("2012-04-03 16:58:40.377"),
             lasting=(60_000, 200_000), reply=1_100),
        Talk(b, C2, 443, 82, 29_821, 17_983_104,
             ms("2012-04-03 21:04:27.948"), ms("2012-04-04 02:11:09.120"),
             steady=True, lasting=(20_000, 180_000), reply=40),
        Talk(b, C2, 4444, 4, 36, 12 * THREE_SYN_BYTES,
             ms("2012-04-03 21:45:39.148"), ms("2012-04-03 21:49:02.614"),
             flags=SYN, least_packets=9, header=0, lasting=(8_900, 9_100), reply=None),
        Talk(b, C2, 80, 4, 20, 1_771,
             ms("2012-04-03 22:24:57.820"), ms("2012-04-03 22:25:09.955")),
        Talk(b, C2, 8080, 2, 6, 2 * THREE_SYN_BYTES,
             ms("2012-04-03 22:25:12.596"), ms("2012-04-03 22:25:34.102"),
             flags=SYN, header=0, lasting=(8_900, 9_100), reply=None),
        Talk(b, C2, 53, 3, 9, 3 * THREE_SYN_BYTES,
             ms("2012-04-03 22:38:31.056"), ms("2012-04-03 22:39:20.480"),
             flags=SYN, header=0, lasting=(8_900, 9_100), reply=None),
        Talk(c, C2, 80, 13_420, 78_166, 59_093_636 - 31_214_590 - 17_983_104 - 21_279,
             ms("2012-04-05 17:47:46.780"), end, steady=True),
        Talk(c, C2, 22, 4, 12, 4 * THREE_SYN_BYTES,
             ms("2012-04-06 15:33:54.362"), ms("2012-04-06 15:35:10.018"),
             flags=SYN, header=0, lasting=(8_900, 9_100), reply=None),
    ]


def _drop_talks():
    """The hosts of question 4, apart from the four flows of question 5."""
    a, b, c = [FIRST_VICTIM], [SECOND_VICTIM], [THIRD_VICTIM]
    return [
        Talk(a, DROP, 80, 6, 108, 4_596,
             ms("2012-04-03 00:32:51.022"), ms("2012-04-03 00:33:14.790"), reply=1_300),
        Talk(a, DROP, 443, 3, 675, 274_877,
             ms("2012-04-03 00:33:17.118"), ms("2012-04-03 00:41:52.306"),
             lasting=(50_000, 120_000)),
        Talk(b, DROP, 80, 6, 52, 3_193,
             ms("2012-04-03 22:41:05.020"), ms("2012-04-03 22:43:18.700"), reply=1_300),
        Talk(c, DROP, 443, 1_207, 7_494, 734_014,
             ms("2012-04-06 16:35:50.971"), ms("2012-04-06 18:29:21.619"), steady=True),
    ]


def _other_talks():
    """The rest of question 1's table."""
    return [
        Talk(WORKSTATIONS, "199.59.148.87", 443, 5_114, 42_968, 9_004_417,
             ms("2012-04-02 21:52:24.449"), ms("2012-04-02 21:52:24.449") + 94_555_891,
             lasting=(300, 120_000), reply=640),
        Talk(WORKSTATIONS[20:24], "173.173.88.154", 443, 662, 24_174, 7_796_203,
             ms("2012-04-04 03:35:42.075"), ms("2012-04-04 03:35:42.075") + 229_923_283,
             lasting=(5_000, 200_000), reply=90),
        Talk(WORKSTATIONS[7:8], "12.190.135.235", 80, 8_941, 44_361, 4_702_266,
             ms("2012-04-03 23:55:42.732"), ms("2012-04-03 23:55:42.732") + 243_046_744,
             steady=True),
        # Mostly bare acknowledgements: somebody watches a stream.
        Talk(WORKSTATIONS[40:43], "96.255.98.154", 80, 3_423, 134_956, 4_318_690,
             ms("2012-04-02 21:52:22.258"), CAPTURE_LAST,
             header=32, steady=True, lasting=(20_000, 280_000), reply=1_380),
        Talk(WORKSTATIONS, "69.171.227.72", 443, 266, 3_587, 1_506_932,
             ms("2012-04-02 23:13:45.952"), ms("2012-04-02 23:13:45.952") + 68_474_528,
             lasting=(2_000, 150_000), reply=700),
        # A bot whose server is gone tries again every seven seconds.
        Talk(["10.3.58.112"], "69.164.192.215", 6667, 40_170, 40_416, 40_416 * SYN_BYTES,
             ms("2012-04-03 06:03:18.178"), ms("2012-04-03 06:03:18.178") + 279_675_204,
             flags=SYN, header=SYN_BYTES, least_packets=1, steady=True,
             lasting=(2_900, 3_100), reply=None),
        Talk([DOMAIN_CONTROLLER], RESOLVER, 53, 12_483, 12_483, 710_722,
             ms("2012-04-02 21:52:24.486"), ms("2012-04-02 21:52:24.486") + 336_596_317,
             proto=UDP, header=35, flags=0, least_packets=1, reply=140),
        Talk(WORKSTATIONS[55:56], "63.233.110.148", 22, 5, 5_283, 646_464,
             ms("2012-04-03 17:23:00.811"), ms("2012-04-03 17:23:00.811") + 29_994_191,
             lasting=(180_000, 290_000), reply=160),
    ]


def talks():
    return _c2_talks() + _drop_talks() + _other_talks()


def sightings():
    """Questions 3 (attempts that nobody answered) and 5 (the theft)."""
    attempts = [
        ("2012-04-03 16:28:43.187", 1132, 8_979),
        ("2012-04-03 16:28:43.435", 1134, 9_033),
        ("2012-04-03 16:29:04.440", 1241, 8_949),
    ]
    for first, port, lasting in attempts:
        yield Sighting(FIRST_VICTIM, port, C2, 8000, ms(first), lasting, 3, 3 * SYN_BYTES, SYN)
    theft = [
        ("2012-04-06 16:34:11.276", 61407, 6_214, 9_343, 359_527, WHOLE_TCP_SESSION, 1_420),
        ("2012-04-06 16:37:44.446", 61658, 3_394, 21, 1_217, WHOLE_TCP_SESSION, 300),
        # One connection; the exporter's active timeout cut it in two.
        ("2012-04-06 16:45:34.832", 61684, 265_102, 24_871, 22_096_402, SYN | ACK | PSH, 20),
        ("2012-04-06 16:50:00.009", 61684, 270_510, 25_355, 22_555_426, ACK | PSH | FIN, 20),
    ]
    for first, port, lasting, packets, octets, flags, reply in theft:
        yield Sighting(
            THIRD_VICTIM, port, DROP, 80, ms(first), lasting, packets, octets, flags, reply)
