"""A checkpoint in `sid embed` beside transformers' loop: speed, memory, and the cosine between the two.

    infra/bench/models CHECKPOINT products.jsonl --texts 192 --pairs 3

CHECKPOINT is a folder, or a shape's name: then a checkpoint of that shape with random weights is made below --work if it
is not there yet, with fewer layers where --layers says so (4 of qwen3-8b's 36 have its widths in 2.8 GB).

The loop is the usual one: texts in the catalogue's order, batches of 64, padded to the longest of each, in the
checkpoint's own type, last token, unit length. Both sides embed the same sample (every n-th text of the catalogue), each
in a process of its own on as many threads as there are processors, by turns; the ratio is the median over the pairs.
Loading is not timed. On a machine that is not quiet look at the tokens per second of processor time, which stand beside.
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
MAKE = HERE.parent / "checkpoints/make.py"
SHAPES = ("qwen3-0.6b", "qwen3-8b", "gemma-3-270m")
SID = HERE.parent.parent / "worker/target/sid/bin/sid"
BATCH = 64


def texts_of(path, count):
    """Distinct texts as a request's defaults read them, evenly spread over the catalogue."""
    texts = []
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        texts.append("\n".join(item[field] for field in ("title", "description") if item.get(field)))
    texts = list(dict.fromkeys(texts))
    return texts[:: max(1, len(texts) // count)][:count]


def reference(checkpoint, sample, target, most):
    """transformers, in this process."""
    import numpy
    import torch
    from transformers import AutoModel, PreTrainedTokenizerFast

    texts = [json.loads(line)["title"] for line in sample.read_text().splitlines()]
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(checkpoint / "tokenizer.json"), padding_side="right")
    tokenizer.pad_token = tokenizer.convert_ids_to_tokens(0)
    model = AutoModel.from_pretrained(checkpoint, dtype="auto").eval()
    with torch.no_grad():
        model(torch.zeros((1, 1), dtype=torch.int64))
        rows, tokens = [], 0
        started, cpu = time.perf_counter(), time.process_time()
        for first in range(0, len(texts), BATCH):
            batch = tokenizer(
                texts[first : first + BATCH], padding=True, truncation=True, max_length=most, return_tensors="pt"
            )
            ids, mask = batch["input_ids"], batch["attention_mask"]
            hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state
            last = hidden[torch.arange(len(ids)), mask.sum(1) - 1].float()
            rows.append(torch.nn.functional.normalize(last, dim=1).numpy())
            tokens += int(mask.sum())
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    numpy.save(target, numpy.concatenate(rows))
    print(json.dumps({"seconds": seconds, "cpu": cpu, "tokens": tokens, "type": str(model.dtype)}))


def made(shape, layers, catalogue, work):
    """A checkpoint of a shape: made once."""
    folder = work / (f"{shape}-{layers}-layers" if layers else shape)
    if not (folder / "complete").exists():
        command = [sys.executable, MAKE, "full", shape, folder, "--texts", catalogue]
        subprocess.run(command + (["--layers", str(layers)] if layers else []), check=True)
        (folder / "complete").touch()
    return folder


def memory(pid):
    """Bytes of its own, and of mapped files."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return [int(re.search(rf"{key}:\s+(\d+) kB", status)[1]) * 1024 for key in ("RssAnon", "RssFile")]


def run(command):
    """Output of a command, its peaks of memory and its processor time in seconds."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    peak = [0, 0]

    def watch():
        while process.poll() is None:
            try:
                peak[:] = map(max, peak, memory(process.pid))
            except (OSError, TypeError):
                return
            time.sleep(0.2)

    before = os.times()
    watcher = threading.Thread(target=watch)
    watcher.start()
    out, err = process.communicate()
    watcher.join()
    after = os.times()
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))}: exit code {process.returncode}\n{err}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return out, err, peak, cpu


def ours(checkpoint, sample, target, most):
    command = [SID, "embed", "--model", "checkpoint", "--weights", checkpoint, sample, "--text", "title"]
    out, err, peak, cpu = run([*command, "--max-tokens", str(most), "--output", target])
    found = re.search(r"\(([\d,]+) tokens\) in ([\d.]+) s", err)
    return int(found[1].replace(",", "")), float(found[2]), cpu, peak


def theirs(checkpoint, sample, target, most):
    out, err, peak, _ = run([sys.executable, __file__, checkpoint, sample, "--reference", target, "--most", str(most)])
    found = json.loads(out.splitlines()[-1])
    return found["tokens"], found["seconds"], found["cpu"], peak


def main():
    parser = argparse.ArgumentParser(
        prog="infra/bench/models", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checkpoint", type=pathlib.Path, help=f"a folder, or {', '.join(SHAPES)}")
    parser.add_argument("catalogue", type=pathlib.Path, help="JSON lines with title and description")
    parser.add_argument("--texts", type=int, default=192, help="how many of the catalogue (default: 192)")
    parser.add_argument("--pairs", type=int, default=3, help="times that each side runs (default: 3)")
    parser.add_argument("--most", type=int, default=8192, help="tokens of a text (default: 8192)")
    parser.add_argument("--layers", type=int, help="of a shape: fewer than the model has")
    parser.add_argument(
        "--work",
        type=pathlib.Path,
        default=pathlib.Path.home() / ".cache/semantic-ids/checkpoints",
        help="where checkpoints of shapes are kept (default: %(default)s)",
    )
    parser.add_argument("--reference", type=pathlib.Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.reference:
        reference(arguments.checkpoint, arguments.catalogue, arguments.reference, arguments.most)
        return
    import numpy

    checkpoint = arguments.checkpoint
    if str(checkpoint) in SHAPES:
        checkpoint = made(str(checkpoint), arguments.layers, arguments.catalogue, arguments.work)
    weights = sum(path.stat().st_size for path in checkpoint.glob("*.safetensors"))
    ratios, cpu_ratios = [], []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        sample = folder / "sample.jsonl"
        texts = texts_of(arguments.catalogue, arguments.texts)
        sample.write_text("".join(json.dumps({"title": text}) + "\n" for text in texts))
        for pair in range(arguments.pairs):
            speeds = {}
            for side in (ours, theirs):
                target = folder / f"{side.__name__}.npy"
                tokens, seconds, cpu, peak = side(checkpoint, sample, target, arguments.most)
                speeds[side] = (tokens / seconds, tokens / cpu)
                print(
                    f"{pair + 1} {side.__name__:6}: {len(texts):,} texts, {tokens:,} tokens in {seconds:.1f} s: "
                    f"{tokens / seconds:,.0f} tokens/s, {tokens / cpu:,.0f} a processor second; peak "
                    f"{peak[0] / 1e9:.2f} GB of its own + {peak[1] / 1e9:.2f} GB mapped, weights {weights / 1e9:.2f} GB",
                    flush=True,
                )
            ratios.append(speeds[ours][0] / speeds[theirs][0])
            cpu_ratios.append(speeds[ours][1] / speeds[theirs][1])
        a, b = (numpy.load(folder / f"{side.__name__}.npy").astype("float64") for side in (ours, theirs))
        cosines = (a * b).sum(1) / numpy.linalg.norm(a, axis=1) / numpy.linalg.norm(b, axis=1)
    print(f"ratio {statistics.median(ratios):.2f} (by processor time, loading included on our side: {statistics.median(cpu_ratios):.2f})")
    print(f"cosine: worst {cosines.min():.6f}, median {numpy.median(cosines):.6f}")


if __name__ == "__main__":
    main()
