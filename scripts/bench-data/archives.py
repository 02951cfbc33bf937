"""Made-up archives of nfcapd files as a collector with -z=lz4 leaves them, and the lakes made of them."""
import subprocess
import sys
import tarfile
import time
from pathlib import Path

from programs import ENVIRONMENT, FLOWLAKE, ROOT, fail, java, nfdump, run

GENERATOR = ROOT / "scripts/bench-data/GenerateFlows.java"
COMPRESSION_AT = 16  # of an nfcapd file, layout 2: one byte
LZ4 = 3
WAIT_SECONDS = 0.5


def nfcapd_files(raw):
    """All whole files, in order of time; one that is being written has another name."""
    return sorted(path for path in Path(raw).rglob("nfcapd.*") if path.name[len("nfcapd.") :].isdigit())


def make(raw, days, flows):
    """
    Makes the archive, or goes on with one that is not complete. Files are compressed while the next ones are made, so
    that no more than a few lie there uncompressed.
    """
    raw.mkdir(parents=True, exist_ok=True)
    for unfinished in [*raw.rglob("*.part"), *raw.rglob("*-tmp")]:
        unfinished.unlink()
    generator = subprocess.Popen([java(), GENERATOR, raw, str(days), str(flows)])
    done = set()
    while generator.poll() is None:
        compress(raw, done)
        time.sleep(WAIT_SECONDS)
    if generator.returncode:
        fail(f"GenerateFlows ended with {generator.returncode}")
    compress(raw, done)


def compress(raw, done):
    for path in nfcapd_files(raw):
        if path not in done:
            if not is_lz4(path):
                subprocess.run([nfdump(), "-J", str(LZ4), "-r", path], check=True, stdout=subprocess.DEVNULL)
            done.add(path)


def is_lz4(path):
    with open(path, "rb") as file:
        return file.read(COMPRESSION_AT + 1)[COMPRESSION_AT] == LZ4


def convert(lake, raw, work, *options):
    """Converts what of the files is not in the lake yet."""
    return run([FLOWLAKE, "convert", "--lake", lake, *options, raw], work / "convert.out")


def made(work, days, flows):
    """An archive and its lake in a folder, made once."""
    raw, lake = work / "netflow", work / "lake"
    if not (work / "made-lz4").exists():
        print(f"making {days} days of {flows} flows in {work}", file=sys.stderr)
        work.mkdir(parents=True, exist_ok=True)
        make(raw, days, flows)
        convert(lake, raw, work)
        (work / "made-lz4").touch()
    return raw, lake


def sample(work):
    """The archive of the quick start, and a lake of it."""
    raw, lake = work / "sample/netflow", work / "sample/lake"
    if not (work / "sample/made").exists():
        with tarfile.open(ROOT / "scripts/samples/netflow.tar.gz") as archive:
            archive.extractall(work / "sample", filter="data")
        convert(lake, raw, work)
        (work / "sample/made").touch()
    return raw, lake


def size(folder):
    """Bytes of all files, without the checksums that Hadoop puts beside them on a local disk."""
    return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file() and path.suffix != ".crc")


def read_once(*folders):
    """Brings files into the page cache, where all who are asked find them."""
    for folder in folders:
        for path in Path(folder).rglob("*"):
            if path.is_file():
                with open(path, "rb", buffering=0) as file:
                    while file.read(1 << 20):
                        pass


def make_class_archive():
    """The launcher's archive of loaded classes, which it else makes in the background after the first command."""
    subprocess.run(
        [FLOWLAKE, "warm-up"], env={**ENVIRONMENT, "FLOWLAKE_CDS": "create"}, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
