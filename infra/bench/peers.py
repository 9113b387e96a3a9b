"""
The other side, each job in a process of its own: `python peers.py JOB VECTORS.npy …` prints one line of JSON.

The clock runs around the calls alone, after imports, the load of the vectors and a small warming-up; `begin`, `end`
are seconds since 1970, for the watcher of memory outside.
"""

import argparse
import json
import sys
import time

import faiss
import numpy as np
import ot

THREADS = 2


def spread(vectors):
    """sum |x - mean|^2, the denominator of a relative error."""
    return float(((vectors - vectors.mean(0, dtype=np.float64)) ** 2).sum(dtype=np.float64))


def quantiser(dimension, levels, size, beam):
    """As it comes but for the beam (faiss ships with 5); 1 compares greedy with greedy."""
    made = faiss.ResidualQuantizer(dimension, levels, int(size).bit_length() - 1)
    made.max_beam_size = beam
    return made


def kmeans(vectors, levels, size, beam):
    """Residual k-means, fit and encode."""
    small = quantiser(vectors.shape[1], 1, 16, beam)
    small.train(vectors[:1024])
    begin = time.time()
    fitted = quantiser(vectors.shape[1], levels, size, beam)
    fitted.train(vectors)
    packed = fitted.compute_codes(vectors)
    end = time.time()
    error = float(((vectors - fitted.decode(packed)) ** 2).sum(dtype=np.float64))
    return begin, end, {"relativeError": error / spread(vectors)}


def temperature(costs, rows=2048, seed=0):
    """
    The published choice: a tenth of the median, over rows, of how far the 90th percentile of a row's costs lies above
    its least.
    """
    chosen = costs[np.random.RandomState(seed).permutation(len(costs))[:rows]]
    above = np.percentile(chosen - chosen.min(1, keepdims=True), 90, axis=1)
    return max(float(np.median(above)) * 0.1, 1e-6)


def rounded(plan, capacities, seed, nearest=32):
    """
    The published rounding: rows in random order; each takes its most probable code that has room among its 32 most
    probable, else its most probable one, or the one with least room, beyond capacity.
    """
    room = capacities.copy()
    codes = np.empty(len(plan), np.int32)
    for row in np.random.RandomState(seed).permutation(len(plan)):
        shares = plan[row]
        if nearest < len(shares):
            top = np.argpartition(-shares, nearest - 1)[:nearest]
            top = top[np.argsort(-shares[top])]
        else:
            top = np.argsort(-shares)
        free = top[room[top] > 0]
        if len(free):
            code = free[0]
        else:
            code = np.argmax(shares)
            if room[code] == 0:
                code = np.argmin(room)
        room[code] -= 1
        codes[row] = code
    return codes


def balanced(residuals, centroids, seed=42):
    """One level as the published run balances it: the dense plan of POT's `sinkhorn`, rounded. Codes and costs."""
    rows, size = len(residuals), len(centroids)
    capacities = np.full(size, rows // size, np.int64)
    capacities[: rows % size] += 1
    costs = (
        (residuals**2).sum(1, keepdims=True) + (centroids**2).sum(1) - 2 * residuals @ centroids.T
    ).astype(np.float64)
    plan = ot.sinkhorn(np.full(rows, 1 / rows), capacities / rows, costs, temperature(costs))
    return rounded(plan, capacities, seed), costs


def balance(vectors, codebook):
    """One level; the centroids are given."""
    centroids = np.load(codebook).astype(np.float32)
    balanced(vectors[:2048], centroids)
    begin = time.time()
    codes, costs = balanced(vectors, centroids)
    end = time.time()
    loads = np.bincount(codes, minlength=len(centroids))
    error = float(((vectors - centroids[codes]) ** 2).sum(dtype=np.float64))
    return (
        begin,
        end,
        {
            "cost": float(costs[np.arange(len(codes)), codes].mean()),
            "minLoad": int(loads.min()),
            "maxLoad": int(loads.max()),
            "relativeError": error / spread(vectors),
        },
    )


def levels(vectors, count, size):
    """The published run: residual k-means, then every level balanced on what the balanced ones before it left."""
    begin = time.time()
    fitted = quantiser(vectors.shape[1], count, size, 5)
    fitted.train(vectors)
    books = faiss.vector_to_array(fitted.codebooks).reshape(count, size, -1)
    residuals = vectors.copy()
    path = np.zeros(len(vectors), np.int64)
    loads = []
    for level in range(count):
        codes, _ = balanced(residuals, books[level], 42 + level)
        residuals -= books[level][codes]
        path = path * size + codes
        loads.append(np.bincount(codes, minlength=size))
    end = time.time()
    return (
        begin,
        end,
        {
            "collisionRate": 1 - len(np.unique(path)) / len(vectors),
            "relativeError": float((residuals**2).sum(dtype=np.float64)) / spread(vectors),
            "minLoad": int(min(load.min() for load in loads)),
            "maxLoad": int(max(load.max() for load in loads)),
        },
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("job", choices=["kmeans", "balance", "levels"])
    parser.add_argument("vectors")
    parser.add_argument("--levels", type=int, default=3)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--beam", type=int, default=5)
    parser.add_argument("--codebook")
    chosen = parser.parse_args()
    faiss.omp_set_num_threads(THREADS)
    vectors = np.ascontiguousarray(np.load(chosen.vectors).astype(np.float32))
    idle = time.time()
    time.sleep(0.2)
    if chosen.job == "kmeans":
        begin, end, quality = kmeans(vectors, chosen.levels, chosen.size, chosen.beam)
    elif chosen.job == "balance":
        begin, end, quality = balance(vectors, chosen.codebook)
    else:
        begin, end, quality = levels(vectors, chosen.levels, chosen.size)
    json.dump({"idle": idle, "begin": begin, "end": end, "seconds": end - begin, **quality}, sys.stdout)


if __name__ == "__main__":
    main()
