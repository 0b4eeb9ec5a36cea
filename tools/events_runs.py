"""How fast SimPy and Ciw run a line event by event, as JSON: events, seconds, mean lead time.

events_runs.py simpy|ciw LINE SEED    LINE is one of the lines that `stream_runs list` gives, as JSON

An event is an arrival, or the end of work on an item at a step. Both are counted as they happen, or
from what is kept of them, so an event is the same in each program.
"""

import importlib.metadata
import json
import random
import sys
import time


def of_simpy(line, seed):
    """As SimPy's own examples have it: an item is a process, a crew is a resource."""
    import simpy

    chance = random.Random(seed)
    steps = [(step["crew"], step["back"]) for step in line["steps"]]
    work, gap, warm_up = 1.0 / line["work"], 1.0 / line["gap"], line["warmUp"]
    events = left = 0
    lead = 0.0
    start = time.perf_counter()
    env = simpy.Environment()
    crews = [simpy.Resource(env, capacity) for capacity in line["crews"]]

    def item():
        nonlocal events, left, lead
        came = env.now
        place = 0
        while place < len(steps):
            crew, back = steps[place]
            with crews[crew].request() as turn:
                yield turn
                yield env.timeout(chance.expovariate(work))
            events += 1
            if back and chance.random() < back["chance"]:
                place = back["to"]
            else:
                place += 1
        if env.now >= warm_up:
            left += 1
            lead += env.now - came

    def source():
        nonlocal events
        while True:
            yield env.timeout(chance.expovariate(gap))
            events += 1
            env.process(item())

    env.process(source())
    env.run(until=line["minutes"]["simpy"])
    return events, time.perf_counter() - start, lead / left if left else None


def of_ciw(line, seed):
    """A crew is a node. People of several nodes cannot be shared in Ciw, so where a crew has several
    steps an item comes back to its node: the same line, as all steps take alike. The way of an item,
    with its rework, is drawn when it comes."""
    import ciw

    ciw.seed(seed)
    steps, crews = line["steps"], line["crews"]

    def way(_individual, _simulation):
        nodes = []
        place = 0
        while place < len(steps):
            step = steps[place]
            nodes.append(step["crew"] + 1)
            back = step["back"]
            place = back["to"] if back and random.random() < back["chance"] else place + 1
        # The first is where it arrives.
        return nodes[1:]

    rest = range(len(crews) - 1)
    if len(steps) == len(crews) and not any(step["back"] for step in steps):
        # The usual way of saying it, and the quicker.
        onwards = [ciw.routing.Direct(to=node + 2) for node in rest]
        routing = ciw.routing.NetworkRouting(routers=[*onwards, ciw.routing.Leave()])
    else:
        routing = ciw.routing.ProcessBased(way)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(1.0 / line["gap"]), *[None for _ in rest]],
        service_distributions=[ciw.dists.Exponential(1.0 / line["work"]) for _ in crews],
        number_of_servers=crews,
        routing=routing,
    )
    start = time.perf_counter()
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(line["minutes"]["ciw"])
    seconds = time.perf_counter() - start
    gone = simulation.nodes[-1].all_individuals
    present = [item for node in simulation.transitive_nodes for item in node.all_individuals]
    events = sum(1 + len(item.data_records) for item in [*gone, *present])
    spans = [
        (item.data_records[-1].exit_date, item.data_records[0].arrival_date)
        for item in gone
    ]
    leads = [end - came for end, came in spans if end >= line["warmUp"]]
    return events, seconds, sum(leads) / len(leads) if leads else None


def main(library, line, seed):
    events, seconds, lead = {"simpy": of_simpy, "ciw": of_ciw}[library](json.loads(line), int(seed))
    version = importlib.metadata.version(library)
    print(json.dumps({"version": version, "events": events, "seconds": seconds, "lead": lead}))


if __name__ == "__main__":
    main(*sys.argv[1:])
