"""Runs nfdump, flowlake and DuckDB, and says what each answer took: wall and CPU seconds, memory, bytes read."""
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FLOWLAKE = ROOT / "scripts/flowlake"
ENVIRONMENT = {**os.environ, "TZ": "UTC", "FLOWLAKE_SESSION": "off"}


@dataclass(frozen=True)
class Run:
    """One answer, and what was said on standard error. Bytes read are those that the kernel counts, from its cache too."""

    wall: float
    cpu: float
    peak_mb: float
    read_mb: float
    text: str
    said: str = ""


def fail(message):
    sys.exit(f"bench: {message}")


def nfdump():
    """The nfdump that is measured."""
    program = os.environ.get("NFDUMP", "nfdump")
    if not shutil.which(program):
        fail("no nfdump: install the Debian package nfdump, or set NFDUMP")
    return program


def nfdump_version():
    """The version that an nfdump states, among whatever else its builds state."""
    stated = subprocess.run([nfdump(), "-V"], capture_output=True, text=True, check=False).stdout
    return re.search(r"\d+\.\d+\.\d+", stated).group()


def java():
    return os.path.join(os.environ["JAVA_HOME"], "bin/java") if os.environ.get("JAVA_HOME") else "java"


def megabytes_read(pid):
    return int(re.search(r"rchar: (\d+)", Path(f"/proc/{pid}/io").read_text()).group(1)) / 1e6


def peak_megabytes(pid):
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def forget_peak(pid):
    """The largest resident size is counted anew from here on."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def run(command, out, environment=None):
    """One process from its start to its end; its answer goes to a file."""
    words = [str(word) for word in command]
    errors = f"{out}.err"
    start = time.monotonic()
    with open(out, "wb") as target, open(errors, "wb") as err:
        process = subprocess.Popen(words, stdout=target, stderr=err, env={**ENVIRONMENT, **(environment or {})})
        # Not reaped yet: what it has read is told until then.
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        wall = time.monotonic() - start
        read = megabytes_read(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    said = Path(errors).read_text(errors="replace")
    if process.returncode:
        fail(f"exit status {process.returncode}: {shlex.join(words)}\n{said[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, read, Path(out).read_text(), said)


class WarmFlowlake:
    """One JVM that answers line after line (`flowlake run --times -`), so that others can be asked in between."""

    TIMES = re.compile(r"-, line \d+: ([0-9.]+) s, ([0-9.]+) CPU s")

    def __init__(self, work, heap):
        self.answers = work / "warm.out"
        self.errors = work / "warm.err"
        with open(self.answers, "wb") as out:
            self.process = subprocess.Popen(
                [FLOWLAKE, "run", "--times", "-"], stdin=subprocess.PIPE, stdout=out, stderr=subprocess.PIPE,
                text=True, env={**ENVIRONMENT, "FLOWLAKE_HEAP": heap},
            )

    def ask(self, words):
        """The answer to a command, with what it took."""
        pid = self.process.pid
        read, before = megabytes_read(pid), self.answers.stat().st_size
        forget_peak(pid)
        self.process.stdin.write(shlex.join(map(str, words)) + "\n")
        self.process.stdin.flush()
        wall, cpu, said = self.times(words)
        with open(self.answers, encoding="utf-8") as answers:
            answers.seek(before)
            text = answers.read()
        # The command comes first, under an empty line if it is not the first one.
        text = text.lstrip("\n").split("\n", 1)[1]
        return Run(wall, cpu, peak_megabytes(pid), megabytes_read(pid) - read, text, said)

    def times(self, words):
        """Wall and CPU seconds, told on standard error when the answer is complete, and what was said before."""
        said = []
        for line in self.process.stderr:
            found = self.TIMES.fullmatch(line.strip())
            if found:
                return float(found.group(1)), float(found.group(2)), "".join(said)
            said.append(line)
        return fail(f"flowlake ended with {self.process.wait()} at: {shlex.join(map(str, words))}\n{''.join(said)}")

    def close(self):
        self.process.stdin.close()
        said = self.process.stderr.read()
        if self.process.wait():
            fail(f"flowlake run ended with {self.process.returncode}\n{said}")


class WarmDuckDb:
    """DuckDB in a JVM that runs statement after statement."""

    TIMES = re.compile(r"= ([0-9.]+) ([0-9.]+)")

    def __init__(self, work, lake):
        self.files = f"read_parquet('{lake}/flows/data/*/*.parquet', hive_partitioning = false)"
        self.errors = work / "duckdb.err"
        with open(self.errors, "wb") as err:
            self.process = subprocess.Popen(
                [java(), "-Xmx1g", "-cp", duckdb_jar(work), ROOT / "scripts/bench-data/AskDuckDb.java"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=err, text=True, env=ENVIRONMENT,
            )

    def ask(self, sql):
        """The rows of the flows that a statement selects, with what it took."""
        pid = self.process.pid
        read = megabytes_read(pid)
        forget_peak(pid)
        self.process.stdin.write(sql.replace("FROM flows", f"FROM {self.files}") + "\n")
        self.process.stdin.flush()
        rows = []
        for line in self.process.stdout:
            found = self.TIMES.fullmatch(line.strip())
            if found:
                wall, cpu = map(float, found.groups())
                return Run(wall, cpu, peak_megabytes(pid), megabytes_read(pid) - read, "".join(rows))
            rows.append(line)
        return fail(f"DuckDB ended with {self.process.wait()}, see {self.errors}")

    def close(self):
        self.process.stdin.close()
        if self.process.wait():
            fail(f"DuckDB ended with {self.process.returncode}, see {self.errors}")


def duckdb_jar(work):
    listing = (work / "classpath").resolve()
    if not listing.exists():
        subprocess.run(
            ["mvn", "-B", "-q", "-Dquick", "-f", ROOT / "pom.xml", "-pl", "jobs", "-am", "compile",
             "dependency:build-classpath", f"-Dmdep.outputFile={listing}", "-Dmdep.includeScope=test"],
            check=True, stdout=subprocess.DEVNULL,
        )
    jars = [jar for jar in listing.read_text().split(":") if "duckdb_jdbc" in jar]
    return jars[0] if jars else fail("Maven found no duckdb_jdbc")
