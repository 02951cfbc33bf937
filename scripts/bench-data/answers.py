"""Whether answers to one question agree: flowlake's text with nfdump's, DuckDB's rows with both."""
import ipaddress
import re

MAPPED = "0000000000000000" "0000ffff"
# Rows of -N -6: a statistic, an aggregation by source, destination and its port, and -o line.
STATISTIC = re.compile(r"\S+ \S+ +[\d.]+ +\S+ +(\S+) +(\d+)\( *[\d.]+\) +(\d+)\( *[\d.]+\) +(\d+)\( *[\d.]+\).*")
GROUP = re.compile(r"\S+ \S+ +[\d.]+ +(\S+) +(\S+) +(\d+) +(\d+) +(\d+) +\d+ +\d+ +(\d+)")


def differences(expected, actual, *, source, is_ordered):
    """Lines that only one of two texts has.

    Not compared: the time that an answer took; how much was read for it, and how many records of a lake were
    processed, which need not read what it answers. Lists without an order come in any.
    """
    left, right = (lines(text, source) for text in (expected, actual))
    if left == right or not is_ordered and sorted(left) == sorted(right):
        return []
    only = [f"- {line}" for line in left if line not in right] + [f"+ {line}" for line in right if line not in left]
    return only or ["the same lines in another order"]


def lines(text, source):
    left_out = ("Sys: ", "Total records processed: ") if source == "lake" else ("Sys: ",)
    return [re.sub(r"Bytes read: \d+", "", line) for line in text.splitlines() if line and not line.startswith(left_out)]


def rows_of_statistic(text):
    """Address, flows, packets and bytes of each row."""
    found = [STATISTIC.fullmatch(line) for line in text.splitlines()]
    return [(address(row[1]), int(row[2]), int(row[3]), int(row[4])) for row in found if row]


def rows_of_groups(text):
    """Source, destination, its port, flows, packets and bytes of each row."""
    found = [GROUP.fullmatch(line.strip()) for line in text.splitlines()]
    return [(address(row[1]), address(row[2]), int(row[3]), int(row[6]), int(row[4]), int(row[5])) for row in found if row]


def rows_of_duckdb(text):
    """The same rows: values between tabs, addresses as 32 digits."""
    return [tuple(value(cell) for cell in line.split("\t")) for line in text.splitlines()]


def value(cell):
    return address_of_bytes(cell) if len(cell) == 32 else int(cell)


def address(text):
    return ipaddress.ip_address(text)


def address_of_bytes(digits):
    number = int(digits, 16)
    return ipaddress.IPv4Address(number & 0xFFFFFFFF) if digits.startswith(MAPPED) else ipaddress.IPv6Address(number)


def blob(text):
    """An address as the lake keeps it, in DuckDB's words."""
    parsed = address(text)
    number = int(parsed) | (0xFFFF << 32 if parsed.version == 4 else 0)
    return "'" + "".join(f"\\x{byte:02X}" for byte in number.to_bytes(16, "big")) + "'::BLOB"
