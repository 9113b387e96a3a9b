"""Runs a program and watches its memory from outside, the same way for both sides."""

import os
import subprocess
import threading
import time

INTERVAL = 0.01
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICK = os.sysconf("SC_CLK_TCK")


def anonymous_bytes(pid):
    """Memory of its own: heap and native, not mapped files. 0 once the process has ended."""
    try:
        with open(f"/proc/{pid}/statm") as statm:
            _, resident, shared, *_ = statm.read().split()
            return (int(resident) - int(shared)) * _PAGE
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return 0


def processor_seconds(pid):
    """What all its threads have used so far; 0 once it has ended."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / _TICK
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return 0


class Watched:
    """
    A finished program: `code`, `out`, `err`, and every 10 ms a sample: wall-clock time (s since 1970), bytes of its
    own, processor seconds.
    """

    def __init__(self, command, environment=None):
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **(environment or {})},
        )
        self.samples = []
        watcher = threading.Thread(target=self._watch, args=(process,))
        watcher.start()
        self.out, self.err = process.communicate()
        watcher.join()
        self.code = process.returncode

    def _watch(self, process):
        while process.poll() is None:
            self.samples.append((time.time(), anonymous_bytes(process.pid), processor_seconds(process.pid)))
            time.sleep(INTERVAL)

    def peak(self, begin=0.0, end=float("inf")):
        """The most bytes between two times."""
        return max((size for when, size, _ in self.samples if begin <= when <= end), default=0)

    def processor(self, begin, end):
        """Processor seconds between two times: what remains comparable where other programs are busy."""
        used = [seconds for when, _, seconds in self.samples if begin <= when <= end and seconds > 0]
        return used[-1] - used[0] if used else 0.0
