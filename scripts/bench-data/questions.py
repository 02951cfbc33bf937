"""What scripts/bench questions asks, and the bars that the answers are held against."""
from dataclasses import dataclass, field
from typing import Callable

from answers import blob, rows_of_groups, rows_of_statistic

BUSY = "10.1.0.0"  # the busiest inside host of GenerateFlows
ABSENT = "203.0.113.77"  # of a block for documentation: in no flow of GenerateFlows
EXACT = ["-N", "-6"]  # whole numbers and whole addresses, so that texts that agree agree in all digits


@dataclass(frozen=True)
class Question:
    """One question in nfdump's words; for some also in SQL, with the rows that a text has of it."""

    options: list[str]
    condition: str
    is_ordered: bool = True
    sql: str | None = None
    rows: Callable[[str], list[tuple]] | None = None

    def words(self, *more):
        return [*EXACT, *more, *self.options, self.condition]


@dataclass(frozen=True)
class Bar:
    """The most that a figure may be, or the least."""

    limit: float
    of: str  # nfdump, duckdb: a ratio of wall seconds; else a unit
    at_least: bool = False

    def __str__(self):
        words = {"nfdump": "of nfdump's wall", "duckdb": "of DuckDB's wall"}.get(self.of, self.of)
        return f"at {'least' if self.at_least else 'most'} {self.limit:,} {words}"

    def met(self, value):
        return value >= self.limit if self.at_least else value <= self.limit


@dataclass(frozen=True)
class Row:
    """A question, of whom it is asked, and its bars."""

    title: str
    question: Question | None
    bars: list[Bar]
    how: str = "warm"  # cold: a process for each answer; warm: one process for all; session: a resident one
    source: str = "lake"  # lake, raw, or sample: the small lake of the quick start
    options: list[str] = field(default_factory=list)
    rollup: str = "may"  # must, may or cannot have answered
    asks_duckdb: bool = False


def counters(keys, condition, order):
    return (
        f"SELECT {keys}, count(*), sum(in_packets), sum(in_bytes) AS bytes FROM flows"
        f" WHERE {condition} GROUP BY {keys} ORDER BY {order}"
    )


def rows(rare):
    """All rows, by name; rare is a host of few flows."""
    inside = f"dst_addr BETWEEN {blob('10.0.0.0')} AND {blob('10.255.255.255')}"
    top = Question(
        ["-s", "dstip/bytes", "-n", "10"], "not dst net 10.0.0.0/8",
        sql=counters("dst_addr", f"NOT {inside}", "bytes DESC LIMIT 10"), rows=rows_of_statistic,
    )
    keys = "src_addr, dst_addr, dst_port"
    groups = Question(
        ["-A", "srcip,dstip,dstport", "-O", "bytes", "-n", "10"], "any",
        sql=counters(keys, "true", "bytes DESC LIMIT 10"), rows=rows_of_groups,
    )
    busy = Question(
        ["-A", "srcip,dstip,dstport", "-O", "tstart", "-n", "20"], f"dst host {BUSY}",
        sql=counters(keys, f"dst_addr = {blob(BUSY)}", "min(first_seen) LIMIT 20"), rows=rows_of_groups,
    )
    small = Question(["-s", "dstip/bytes", "-n", "10"], "any")
    flows_only = ["--no-rollup"]
    return {
        "top-cold": Row("top 10 dst by bytes, not inside; cold, rollup allowed", top, [Bar(1.0, "nfdump")], how="cold"),
        "top-scan": Row(
            "the same; warm, --no-rollup", top, [Bar(0.35, "nfdump"), Bar(2.0, "duckdb")], options=flows_only,
            rollup="cannot", asks_duckdb=True,
        ),
        "top-rollup": Row("the same; warm, rollup", top, [Bar(0.08, "nfdump")], rollup="must"),
        "keys": Row(
            "-A srcip,dstip,dstport, top 10; warm, --no-rollup", groups, [Bar(0.6, "nfdump")], options=flows_only,
            rollup="cannot", asks_duckdb=True,
        ),
        "busy": Row(
            f"order of compromise, dst host {BUSY} (the busiest); warm", busy, [Bar(0.15, "nfdump")], asks_duckdb=True
        ),
        "rare": Row(
            f"list, ip {rare} (rare); warm", Question(["-o", "line"], f"ip {rare}", is_ordered=False),
            [Bar(0.06, "nfdump"), Bar(0.5, "s")],
        ),
        "absent": Row(
            f"list, ip {ABSENT} (in no flow); warm", Question(["-o", "line"], f"ip {ABSENT}", is_ordered=False),
            [Bar(0.2, "s")],
        ),
        "small-cold": Row("top 10 dst of the sample lake; cold", small, [Bar(6.0, "s")], how="cold", source="sample"),
        "small-session": Row(
            "the same; through the resident session", small, [Bar(0.8, "s")], how="session", source="sample"
        ),
        "raw": Row("top 10 dst by bytes, not inside; nfcapd files, warm", top, [Bar(1.0, "nfdump")], source="raw"),
        "convert": Row("convert, every rollup; cold, files in order of time", None, [Bar(300_000, "flows/s", at_least=True)]),
        "size": Row("bytes of the lake with its rollups", None, [Bar(0.8, "of nfcapd LZ4")]),
    }
