"""How long PySD takes to translate a model of Vensim and to run it, as JSON, in milliseconds.

pysd_runs.py FILE SECONDS    runs go on until so many seconds are over, 30 at most

The file is copied first: PySD writes its translation beside it.
"""

import importlib.metadata
import json
import os
import shutil
import sys
import tempfile
import time
import warnings

MOST_RUNS = 30


def clocked(work):
    start = time.perf_counter()
    result = work()
    return result, 1000 * (time.perf_counter() - start)


def main(path, seconds):
    import pysd

    warnings.simplefilter("ignore")
    deadline = time.perf_counter() + seconds
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, "model.mdl")
        shutil.copyfile(path, copy)
        model, translated = clocked(lambda: pysd.read_vensim(copy))
        _, first = clocked(model.run)
        following = []
        while not following or (len(following) < MOST_RUNS and time.perf_counter() < deadline):
            following.append(clocked(model.run)[1])
    version = importlib.metadata.version("pysd")
    print(json.dumps({"version": version, "translated": [translated], "first": [first], "next": following}))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
