// Arranges the same graphs by Loopstream and by its peers, and measures all alike.
//
//   node tools/layout_bench.mjs --examples target/release/examples/layout --peers .tools/layout
//
// Called by ./dev bench layout. Graphs: the templates, those of tests/graphs, and the SD-JSON models
// of LOOPSTREAM_SHARED_DATA (or ../shared/data) where that folder is there. Every arranger gets the
// size of every box. What counts is the straight chord between the middles of two boxes, for all.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: { examples: { type: "string" }, peers: { type: "string" }, only: { type: "string" } },
});
const peerRequire = createRequire(`${resolve(options.peers)}/package.json`);

const graphs = JSON.parse(ours(["arrange", ...files()])).filter(
  (graph) => !options.only || graph.name.includes(options.only),
);
if (graphs.length === 0) {
  console.error(`error: there is no graph ${options.only ? `with '${options.only}' in its name` : "to arrange"}`);
  process.exit(1);
}
const arrangers = await peers();
const rows = [];
const troubles = [];
for (const graph of graphs) {
  add({ graph, name: "Loopstream", millis: graph.millis, places: graph.places });
  for (const [name, arrange] of Object.entries(arrangers)) {
    const start = performance.now();
    try {
      const places = await arrange(graph);
      add({ graph, name, millis: performance.now() - start, places });
    } catch (error) {
      troubles.push(`${name} failed on ${graph.name}: ${error.message ?? error}`);
    }
  }
}
const scores = JSON.parse(
  ours(["score"], JSON.stringify(rows.map(({ graph, places }) => ({ nodes: graph.nodes, links: graph.links, places })))),
);
rows.forEach((row, index) => Object.assign(row, scores[index]));
printTables();
for (const trouble of troubles) console.error(`error: ${trouble}`);
// ELK keeps a worker that would hold the process up.
process.exit(troubles.length > 0 ? 1 : 0);

/** Keeps an arrangement, if it has a place for everything. */
function add(row) {
  const { places, graph } = row;
  const isWhole = graph.nodes.every((_, index) => places?.[index]?.length === 2 && places[index].every(Number.isFinite));
  if (isWhole) rows.push(row);
  else troubles.push(`${row.name} gave no place to some of ${graph.name}`);
}

function ours(args, input) {
  return execFileSync(resolve(options.examples), args, { input, maxBuffer: 1 << 28, encoding: "utf8" });
}

/** The templates of loops, the graphs, and the models of others where they are at hand. */
function files() {
  const templates = JSON.parse(readFileSync("public/templates/index.json", "utf8"));
  const list = templates.templates ?? templates;
  const found = list.filter((entry) => entry.kind === "loops").map((entry) => `public/templates/${entry.file}`);
  const models = `${process.env.LOOPSTREAM_SHARED_DATA ?? "../shared/data"}/sd-json`;
  if (!existsSync(models)) console.error(`There are no models in ${models}: they are left out.`);
  for (const folder of [models, "tests/graphs"].filter((folder) => existsSync(folder))) {
    const files = readdirSync(folder).filter((file) => /\.(json|txt)$/.test(file));
    found.push(...files.sort().map((file) => `${folder}/${file}`));
  }
  return found;
}

async function peers() {
  const { instance } = await import(peerRequire.resolve("@viz-js/viz"));
  const viz = await instance();
  const Elk = peerRequire("elkjs/lib/elk.bundled.js");
  const elk = new Elk();
  const cytoscape = peerRequire("cytoscape");
  cytoscape.use(peerRequire("cytoscape-fcose"));
  const dot = (engine) => (graph) => graphviz(viz, graph, engine);
  const byElk = (settings) => (graph) => layered(elk, graph, settings);
  return {
    "Graphviz dot": dot("dot"),
    "Graphviz neato": dot("neato"),
    "Graphviz sfdp": dot("sfdp"),
    "Graphviz circo": dot("circo"),
    "ELK layered": byElk({ "elk.algorithm": "layered" }),
    "ELK stress": byElk({ "elk.algorithm": "stress", "elk.stress.desiredEdgeLength": "200" }),
    "ELK force": byElk({ "elk.algorithm": "force" }),
    "Cytoscape fCoSE": (graph) => fcose(cytoscape, graph),
  };
}

/** Graphviz works in inches of 72 units; overlap=false has neato and sfdp take boxes apart. */
function graphviz(viz, graph, engine) {
  const result = viz.renderJSON(
    {
      directed: true,
      graphAttributes: { overlap: "false", sep: "+12", start: "1", splines: "line", nodesep: 0.4 },
      nodeAttributes: { shape: "box", fixedsize: true, label: "" },
      nodes: graph.nodes.map(([width, height], index) => ({
        name: String(index),
        attributes: { width: width / 72, height: height / 72 },
      })),
      edges: graph.links.map(([tail, head]) => ({ tail: String(tail), head: String(head), attributes: { len: 200 / 72 } })),
    },
    { engine },
  );
  const places = [];
  for (const { name, pos } of result.objects) if (pos) places[Number(name)] = pos.split(",").map(Number);
  return places;
}

async function layered(elk, graph, layoutOptions) {
  const result = await elk.layout({
    id: "root",
    layoutOptions: { "elk.spacing.nodeNode": "40", ...layoutOptions },
    children: graph.nodes.map(([width, height], index) => ({ id: String(index), width, height })),
    edges: graph.links.map(([from, to], index) => ({ id: `e${index}`, sources: [String(from)], targets: [String(to)] })),
  });
  return result.children.map(({ x, y, width, height }) => [x + width / 2, y + height / 2]);
}

function fcose(cytoscape, graph) {
  const random = Math.random;
  // A seed of our own, so that every run gives the same.
  let state = 1;
  Math.random = () => ((state = (state * 48271) % 2147483647) - 1) / 2147483646;
  try {
    const cy = cytoscape({
      headless: true,
      styleEnabled: true,
      style: [{ selector: "node", style: { shape: "rectangle", width: "data(width)", height: "data(height)" } }],
      elements: [
        ...graph.nodes.map(([width, height], index) => ({ data: { id: String(index), width, height } })),
        ...graph.links.map(([from, to], index) => ({ data: { id: `e${index}`, source: String(from), target: String(to) } })),
      ],
    });
    cy.layout({ name: "fcose", quality: "proof", animate: false, randomize: true, idealEdgeLength: 150, nodeSeparation: 100 }).run();
    return graph.nodes.map((_, index) => Object.values(cy.getElementById(String(index)).position()));
  } finally {
    Math.random = random;
  }
}

function printTables() {
  const names = ["Loopstream", ...Object.keys(arrangers)];
  const table = (title, show, fixed) => {
    console.log(`\n${title}\n`);
    console.log(`| graph | variables, links | ${names.join(" | ")} |`);
    console.log(`| --- | ---: |${names.map(() => " ---: |").join("")}`);
    for (const graph of graphs) {
      const cells = names.map((name) => {
        const row = rows.find((other) => other.graph === graph && other.name === name);
        return row ? show(row).toFixed(fixed) : "failed";
      });
      console.log(`| ${graph.name} | ${graph.nodes.length}, ${graph.links.length} | ${cells.join(" | ")} |`);
    }
  };
  table("Crossings of straight links", (row) => row.crossings, 0);
  table("Overlaps of boxes", (row) => row.overlaps, 0);
  table("Roundness of loops, 0 to 1", (row) => row.roundness, 2);
  table("Links through foreign boxes", (row) => row.hidden, 0);
  table("Variation of link lengths", (row) => row.variation, 2);
  table("Time, ms", (row) => row.millis, 0);
}
