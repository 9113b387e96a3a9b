"""
Our stages beside those of faiss and POT.

Every job is one function, a row each side. Both sides read the same file; each measurement is a process of its own,
ours and theirs by turns, `--pairs` times; the tables show medians. Time: of ours the stages' seconds from timings.json,
in a process that has just started and in one that has made five runs before; of theirs the calls alone in a warm process;
two threads each. Memory: the most memory of its own that a process has during the job (heap and native; mapped files
are not counted on either side), less what it has before: theirs with libraries and input loaded, ours in a run over 512
vectors. Processor seconds stand beside for machines that are not quiet.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import statistics
import sys

from memory import Watched
from ours import JAVA, Program, Refused

HERE = pathlib.Path(__file__).parent
THREADS = {"OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2", "MKL_NUM_THREADS": "2"}
BALANCED = ("fit-level", "soft-loads", "repair", "assign", "group", "scatter")


class Measured:
    """One side of a row: seconds, bytes and quality of each of its runs."""

    def __init__(self, name):
        self.name = name
        self.seconds = []
        self.processor = []
        self.bytes = []
        self.quality = {}
        self.notes = {}

    def add(self, seconds, processor, size, quality, **notes):
        self.seconds.append(seconds)
        self.processor.append(processor)
        self.bytes.append(size)
        self.quality = quality
        self.notes = notes
        print(
            f"  {self.name}: {seconds:.2f} s ({processor:.1f} s of processor), {size / 2**20:,.0f} MiB, {shown(quality)}",
            *(f"    {name}: {note}" for name, note in notes.items()),
            sep="\n",
            file=sys.stderr,
            flush=True,
        )

    def line(self, base):
        seconds = statistics.median(self.seconds)
        size = statistics.median(self.bytes)
        ratio = seconds / statistics.median(base.seconds)
        share = size / max(1, statistics.median(base.bytes))
        return (
            f"| {self.name} | {seconds:.2f} | {min(self.seconds):.2f} to {max(self.seconds):.2f} | {ratio:.2f} "
            f"| {statistics.median(self.processor):.1f} | {size / 2**20:,.0f} | {share:.2f} | {shown(self.quality)} |"
        )

    def json(self):
        return {
            "name": self.name,
            "seconds": self.seconds,
            "processorSeconds": self.processor,
            "bytes": self.bytes,
            "quality": self.quality,
            **self.notes,
        }


def shown(quality):
    return ", ".join(f"{name} {value:.4g}" if isinstance(value, float) else f"{name} {value:,}" for name, value in quality.items())


def peer(side, *words):
    """One run of peers.py."""
    done = Watched([sys.executable, str(HERE / "peers.py"), *map(str, words)], THREADS)
    if done.code != 0:
        raise SystemExit(f"peers.py {' '.join(map(str, words))} ended with {done.code}:\n{done.err}")
    result = json.loads(done.out.strip().splitlines()[-1])
    begin, end, idle = (result.pop(name) for name in ("begin", "end", "idle"))
    loaded = done.peak(idle, idle + 0.2)
    side.add(result.pop("seconds"), done.processor(begin, end), done.peak(begin, end) - loaded, result)


class Bench:
    def __init__(self, options):
        self.options = options
        self.program = Program(options.sid, options.java, options.work)
        self.idle = statistics.median(self.program.idle() for _ in range(3))
        print(f"a started sid: {self.idle / 2**20:,.0f} MiB of its own", file=sys.stderr)

    def ours(self, side, vectors, request, names, window, quality, keep=None, warm=False):
        """One run of sid; `names`: the timings that count, `window`: the stages between which memory counts."""
        run = (self.program.run_warm if warm else self.program.run)(vectors, request, keep)
        begin, end = run.window(*window)
        side.add(
            run.seconds(*names),
            run.watched.processor(begin, end),
            run.watched.peak(begin, end) - self.idle,
            quality(run.report),
            wall=run.wall(*names),
            stages=run.breakdown(),
        )
        return run

    def kmeans(self, beam=1):
        """Residual k-means 3 x 256 beside faiss: fit and encode."""
        rows = self.options.rows or 200_000
        vectors = self.program.vectors(rows, 256)
        name = "sid" if beam == 1 else f"sid, beam {beam}"
        fresh, warm = Measured(name), Measured(f"{name}, sixth run of a process")
        faiss5, faiss1 = Measured("faiss, beam 5 as shipped"), Measured("faiss, beam 1")
        for _ in range(self.options.pairs):
            for side in (fresh, warm):
                self.ours(
                    side,
                    vectors,
                    {"levels": 3, "size": 256, "beam": beam},
                    ("fit", "encode"),
                    ("prepare", ("encode",)),
                    lambda report: {"relativeError": report["levels"][-1]["before"]["relativeError"]},
                    warm=side is warm,
                )
            peer(faiss5, "kmeans", vectors, "--beam", 5)
            peer(faiss1, "kmeans", vectors, "--beam", 1)
        return f"residual k-means 3 x 256, {rows:,} x 256" + ("" if beam == 1 else f", beam {beam}"), [fresh, warm, faiss5, faiss1]

    def beam(self):
        """The same with our beam search."""
        return self.kmeans(5)

    def balance(self):
        """One balanced level beside POT's sinkhorn with the published rounding."""
        rows = self.options.rows or 100_000
        vectors = self.program.vectors(rows, 64)
        codebook = pathlib.Path(self.options.work) / f"codebook-{rows}.npy"
        given, warm = Measured("sid, the same centroids"), Measured("sid, the same centroids, sixth run of a process")
        fitted, pot = Measured("sid, its own centroids"), Measured("POT sinkhorn and rounding")
        for _ in range(self.options.pairs):
            for side, refit in ((given, "false"), (warm, "false"), (fitted, "true")):
                self.ours(
                    side,
                    vectors,
                    {"levels": 1, "size": 256, "uniform": "true", "refit": refit},
                    ("balance",),
                    ("encode", BALANCED),
                    lambda report: balance_quality(report, rows),
                    lambda run: codebook.write_bytes((run / "codebook/before/centroids-1.npy").read_bytes()),
                    warm=side is warm,
                )
            peer(pot, "balance", vectors, "--codebook", codebook)
        bound = given.quality["cost"] / (1 + given.quality["overBound"])
        pot.quality["overBound"] = pot.quality["cost"] / bound - 1
        return f"one balanced level, {rows:,} x 64, K = 256", [given, warm, fitted, pot]

    def prefix(self):
        """Balance inside prefixes beside the published balancing level by level."""
        rows = self.options.rows or 1_000_000
        vectors = self.program.vectors(rows, 64)
        ours, pot = Measured("sid, scope prefix"), Measured("faiss, then POT a level")
        for _ in range(self.options.pairs):
            self.ours(
                ours,
                vectors,
                {"levels": 3, "size": 128, "uniform": "true", "scope": "prefix"},
                ("fit", "encode", "balance"),
                ("prepare", BALANCED),
                path_quality,
            )
            peer(pot, "levels", vectors, "--levels", 3, "--size", 128)
        return f"prefix scope, {rows:,} x 64, 128 x 128 x 128", [ours, pot]

    def growth(self):
        """Four times the rows: how much more time, how much more memory."""
        sides = []
        for rows in self.options.growth:
            vectors = self.program.vectors(rows, 64)
            side = Measured(f"sid, {rows:,} rows")
            for _ in range(self.options.pairs):
                self.ours(
                    side,
                    vectors,
                    {"levels": 3, "size": 256, "uniform": "true"},
                    ("fit", "encode", "balance"),
                    ("prepare", BALANCED),
                    path_quality,
                )
            sides.append(side)
        return "growth, 64 dimensions, 3 x 256 balanced", sides


def balance_quality(report, rows):
    level = report["levels"][0]
    sinkhorn = level["sinkhorn"]
    return {
        "cost": sinkhorn["cost"] / rows,
        "overBound": sinkhorn["gap"],
        "minLoad": level["after"]["minLoad"],
        "maxLoad": level["after"]["maxLoad"],
        "relativeError": level["after"]["relativeError"],
    }


def path_quality(report):
    return {
        "collisionRate": report["paths"]["after"]["collisionRate"],
        "floor": report["floors"]["pigeonhole"],
        "relativeError": report["levels"][-1]["after"]["relativeError"],
        "unbalancedError": report["levels"][-1]["before"]["relativeError"],
    }


def machine():
    with open("/proc/cpuinfo") as info:
        model = next((line.split(":")[1].strip() for line in info if line.startswith("model name")), "unknown processor")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} processors, {memory:.0f} GiB, {platform.system()} {platform.release()}"


def main():
    jobs = ["kmeans", "beam", "balance", "prefix", "growth"]
    parser = argparse.ArgumentParser(description="Our stages beside those of faiss and POT, on this machine.")
    parser.add_argument("--pairs", type=int, default=5, help="runs of each side, by turns; default 5")
    parser.add_argument("--jobs", default=",".join(jobs), help="comma list; default %(default)s")
    parser.add_argument("--rows", type=int, help="other than the job's own number of vectors, for trials")
    parser.add_argument("--growth", type=lambda text: [int(part) for part in text.split(",")], default=[1_000_000, 4_000_000, 16_000_000])
    parser.add_argument("--sid", default=str(HERE.parent.parent / "worker" / "target" / "sid"), help="the distribution")
    parser.add_argument("--java", default=JAVA, help="JVM options of sid; default %(default)s")
    parser.add_argument("--work", default=str(HERE / "work"), help="where vectors and runs go; default infra/bench/work")
    parser.add_argument("--json", help="also write every single figure here")
    options = parser.parse_args()
    chosen = options.jobs.split(",")
    if unknown := [job for job in chosen if job not in jobs]:
        parser.error(f"no such job: {', '.join(unknown)}; there are {', '.join(jobs)}")
    pathlib.Path(options.work).mkdir(parents=True, exist_ok=True)
    load = os.getloadavg()[0]
    if load > 0.5:
        print(f"other programs are busy here (load {load:.1f}): these times say little", file=sys.stderr)

    bench = Bench(options)
    when = datetime.datetime.now().date().isoformat()
    print(f"{when}, {machine()}, load {load:.1f} at the start. Medians of {options.pairs}.\n")
    results = []
    for job in chosen:
        print(job, file=sys.stderr)
        try:
            title, sides = getattr(bench, job)()
        except Refused as refused:
            print(f"{job}: left out, this build refuses it: {refused}\n", flush=True)
            continue
        print(f"**{title}**\n")
        print("| | s | least to most | of the first | processor s | MiB | of the first | quality |\n|---|---|---|---|---|---|---|---|")
        for side in sides:
            print(side.line(sides[0]))
        print(flush=True)
        results.append({"job": job, "title": title, "sides": [side.json() for side in sides]})
        if options.json:
            report = {"date": when, "machine": machine(), "load": load, "pairs": options.pairs, "jobs": results}
            pathlib.Path(options.json).write_text(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
