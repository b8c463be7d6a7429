#!/usr/bin/env python3
"""Candidates by datasketch on the sentences that `seedlint lint --select fact/duplicate` judges: how long it takes.

usage: python3 -m pip install datasketch && python3 benches/sketches.py FOLDER [SENTENCES]

Splits the articles of FOLDER at full stops, sketches the words of each sentence with MinHash (32 permutations) and asks an LSH index with a
threshold of 0.7 for those that share a band. That is the search for candidates alone; nothing is compared or explained. Prints sentences a second
and the peak of memory, to set beside `/usr/bin/time -v target/release/seedlint lint FOLDER --select fact/duplicate`.
"""
import os
import re
import resource
import sys
import time

from datasketch import MinHash, MinHashLSH


def sentences(folder):
    for path, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            with open(os.path.join(path, name), encoding="utf-8", errors="replace") as article:
                for line in article:
                    for sentence in re.split(r"(?<=[.!?])\s+", line.strip()):
                        if len(sentence.split()) >= 8:
                            yield sentence.lower()


def main():
    most = int(sys.argv[2]) if len(sys.argv) > 2 else None
    texts = []
    for sentence in sentences(sys.argv[1]):
        texts.append(sentence)
        if most and len(texts) == most:
            break
    start = time.time()
    index = MinHashLSH(threshold=0.7, num_perm=32)
    candidates = 0
    for number, sentence in enumerate(texts):
        sketch = MinHash(num_perm=32)
        sketch.update_batch([word.encode() for word in set(sentence.split())])
        candidates += len(index.query(sketch))
        index.insert(number, sketch)
    spent = time.time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print("%d sentences, %d candidate pairs, %.1f s, %.0f sentences a second, peak %d KB" % (len(texts), candidates, spent, len(texts) / spent, peak))


if __name__ == "__main__":
    main()
