"""Our side: `sid run` in a process of its own, as anybody starts it, and what it left behind."""

import json
import os
import pathlib
import shutil
import tempfile

from memory import Watched

THREADS = 2

# The heap holds little, data lie outside it: small, with the collector that needs least beside it.
JAVA = "-Xmx256m -XX:+UseSerialGC"


class Refused(Exception):
    """The request is not one that this build carries out."""


class Program:
    """
    The distribution.

    home: its folder; java: JVM options; scratch: where runs leave their files until they have been read
    """

    def __init__(self, home, java, scratch):
        self.sid = pathlib.Path(home) / "bin" / "sid"
        if not self.sid.exists():
            raise SystemExit(f"There is no {self.sid}: build it with `mvn -DskipTests package`, or name another with --sid.")
        self.environment = {"SID_JAVA_OPTS": java, "MALLOC_ARENA_MAX": "2"}
        self.scratch = pathlib.Path(scratch)

    def vectors(self, rows, dimension):
        """The file of so many vectors, made once."""
        file = self.scratch / f"vectors-{rows}x{dimension}.npy"
        if not file.exists():
            part = file.with_name(f"part-{os.getpid()}-{file.name}")
            self._call("sample", "--vectors", "--items", str(rows), "--dim", str(dimension), "--output", str(part))
            part.rename(file)
        return file

    def _call(self, *words):
        done = Watched([str(self.sid), *words], self.environment)
        if done.code == 2:
            raise Refused(done.err.strip())
        if done.code != 0:
            raise SystemExit(f"sid {' '.join(words)} ended with {done.code}:\n{done.err}")
        return done

    def run(self, vectors, request, keep=None):
        """A whole run in a new folder, which is deleted, except that `keep(run folder)` may read it first."""
        return self._in_new_folder(["run", str(vectors)], request, keep)

    def run_warm(self, vectors, request, keep=None):
        """The same run in a process that has just made five with other seeds, as a worker that goes on running."""
        # They are run in this order; 1 is the request's default.
        seeds = [word for seed in (2, 3, 4, 5, 6, 1) for word in ("--vary", f"seed={seed}")]
        return self._in_new_folder(["sweep", str(vectors), *seeds], request, keep)

    def _in_new_folder(self, words, request, keep):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="run-", dir=self.scratch))
        try:
            settings = [word for key, value in request.items() for word in ("--set", f"{key}={value}")]
            done = self._call(*words, "--output", str(folder), "--threads", str(THREADS), *settings)
            runs = sorted((folder / "runs").iterdir(), key=finished)
            run = runs[-1]
            if json.loads((run / "request.json").read_text())["request"]["seed"] != 1:
                raise SystemExit(f"{run} was the last run and has another seed than 1.")
            kept = keep(run) if keep else None
            before = max((finished(other) for other in runs[:-1]), default=0.0)
            return Run(done, folder, before, json.loads((run / "report.json").read_text()), timings(run), kept)
        finally:
            shutil.rmtree(folder)

    def idle(self):
        """Bytes of a started program: everything loaded, next to nothing computed."""
        vectors = self.vectors(512, 16)
        return self.run(vectors, {"levels": 1, "size": 2, "uniform": "true"}).watched.peak()


def finished(run):
    """When the run wrote its last file, in seconds since 1970."""
    return (run / "timings.json").stat().st_mtime


def timings(run):
    return json.loads((run / "timings.json").read_text())


class Run:
    """
    What the last run of a process left: `report`, `timings`, `stages` (name, end in seconds since 1970), `kept`, memory.

    before: when the run before it had finished
    """

    def __init__(self, watched, folder, before, report, timings, kept):
        self.watched = watched
        self.before = before
        self.report = report
        self.timings = timings
        self.kept = kept
        manifests = (folder / "artifacts").glob("*/**/manifest.json")
        ends = ((file.relative_to(folder).parts[1], file.stat().st_mtime) for file in manifests)
        self.stages = sorted((stage for stage in ends if stage[1] > before), key=lambda stage: stage[1])

    def seconds(self, *names):
        """Stage seconds of these timings."""
        return sum(self.timings[name] for name in names)

    def wall(self, *names):
        """The same with what lies between the tasks: planning, the workflow, the engine's load."""
        return sum(self.timings["wall"][name] for name in names)

    def breakdown(self):
        """Seconds from one finished stage to the next, in order."""
        ends = [end for _, end in self.stages]
        return [(name, round(end - before, 2)) for (name, end), before in zip(self.stages[1:], ends)]

    def window(self, after, last):
        """From the end of the last stage `after` to the end of the last stage of these, in seconds since 1970."""
        begin = max((end for name, end in self.stages if name == after), default=self.before)
        return begin, max(end for name, end in self.stages if name in last)
