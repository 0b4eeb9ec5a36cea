"""How long networkx and rustworkx take to list the elementary cycles of graph files, beside ours.

peers.py table OURS FOLDER SECONDS    prints a Markdown table; OURS is what benches/peers.rs printed
peers.py measure LIBRARY FILE SECONDS prints the number of cycles and the median in milliseconds

Every cycle is kept in a list, as a caller would have it. The graph is built before the clock
starts. One run comes first that does not count, if there is time for it. Each library has a process
of its own for each graph, with a limit of time and memory.
"""

import gc
import importlib.metadata
import os
import resource
import statistics
import subprocess
import sys
import time

LIBRARIES = ("networkx", "rustworkx")
MOST_RUNS = 7
MOST_MEMORY = 4 << 30


def read(path):
    with open(path, encoding="ascii") as lines:
        variables = int(next(lines).split()[0])
        links = [tuple(map(int, line.split()[:2])) for line in lines if line.strip()]
    return variables, links


def of_networkx(variables, links):
    import networkx

    graph = networkx.DiGraph()
    graph.add_nodes_from(range(variables))
    graph.add_edges_from(links)
    return lambda: list(networkx.simple_cycles(graph))


def of_rustworkx(variables, links):
    import rustworkx

    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(variables))
    graph.add_edges_from_no_data(links)
    return lambda: list(rustworkx.simple_cycles(graph))


def measure(library, path, seconds):
    search = {"networkx": of_networkx, "rustworkx": of_rustworkx}[library](*read(path))
    # Millions of lists that stay would have the collector look at them again and again.
    gc.disable()
    deadline = time.perf_counter() + seconds
    times = []
    found = 0
    while len(times) < MOST_RUNS + 1:
        start = time.perf_counter()
        cycles = search()
        end = time.perf_counter()
        times.append(end - start)
        found = len(cycles)
        del cycles
        if end + (end - start) > deadline:
            break
    counted = times[1:] or times
    print(found, 1000 * statistics.median(counted))


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def run(library, path, seconds):
    """The cycles and the milliseconds, or None if it takes too long or too much memory."""
    command = [sys.executable, __file__, "measure", library, path, str(seconds)]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=3 * seconds,
            preexec_fn=limit_memory,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        return None
    found, milliseconds = done.stdout.split()
    return int(found), float(milliseconds)


def text(milliseconds):
    digits = 3 if milliseconds < 1 else 2 if milliseconds < 10 else 0
    return f"{milliseconds:,.{digits}f} ms"


def times(peer, ours):
    return f"{text(peer)} ({peer / ours:,.0f} ×)"


def table(ours, folder, seconds):
    versions = [f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES]
    print(f"| graph | loops | stored | and in order | and every link read | {' | '.join(versions)} |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    with open(ours, encoding="ascii") as lines:
        rows = [line.split() for line in lines]
    for name, loops, stored, in_order, reading in rows:
        cells = [name, f"{int(loops):,}", text(float(stored)), text(float(in_order))]
        cells.append("-" if reading == "-" else text(float(reading)))
        for library in LIBRARIES:
            result = run(library, os.path.join(folder, name + ".txt"), seconds)
            if result is None:
                cells.append("did not finish")
            elif result[0] != int(loops):
                cells.append(f"{result[0]:,} loops?")
            else:
                cells.append(times(result[1], float(in_order)))
        print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    what, first, second, limit = sys.argv[1:]
    {"table": table, "measure": measure}[what](first, second, float(limit))
