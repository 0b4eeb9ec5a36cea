//! Documents that keep the text they were read from: it runs as before whatever is drawn.

use loopstream::equation::Name;
use loopstream::format::{open_text, vensim, xmile};
use loopstream::model::{Document, Edit, Element, ForeignFormat, IdSource, VariableKind};

use super::{differs, run_text};
use crate::common::outside;

/// The document of a text.
pub fn reopened(text: &str) -> Document {
    open_text(text, &mut IdSource::new(7)).unwrap().document
}

/// The text of a document in the format that it came in.
pub fn written(document: &Document) -> String {
    match document.source_text().as_ref().unwrap().format {
        ForeignFormat::Vensim => vensim::write(document).text,
        ForeignFormat::Xmile => xmile::write(document).text,
    }
}

/// Whether a text reads, runs, comes back and runs again in the same way: renamed and moved as a
/// whole, and with nothing changed. Nothing of one that cannot run.
pub fn survives(text: &str) -> Option<()> {
    let before = run_text(text).ok()?;
    let document = open_text(text, &mut IdSource::new(7)).ok()?.document;
    let again = written(&document);
    let differing = |after: &str, called: &dyn Fn(&str) -> String| {
        let run = run_text(after).unwrap_or_else(|fault| panic!("{fault}\n{after}"));
        differs(&before, &run, called)
    };
    assert_eq!(differing(&again, &|name| name.to_owned()), None, "{again}");

    let mut edit = Edit::new(&document);
    let mut names = std::collections::BTreeMap::new();
    for (place, (id, variable)) in document.variables().iter().enumerate() {
        // In the paths of modules names have no signs.
        let new = match text.contains("<module") {
            true => format!("new {place} of it"),
            false => format!("new {place} (of it)"),
        };
        names.insert(Name::new(&variable.name), new.clone());
        edit.change(*id, |element| {
            if let Element::Variable(variable) = element {
                variable.name = new;
                variable.placement.position.x += 50.0;
            }
        });
    }
    let mut renamed = document.clone();
    renamed.apply(&edit.finish()).unwrap();
    let again = written(&renamed);
    let called = |name: &str| {
        let (stem, rest) = match name.find('[') {
            Some(at) => name.split_at(at),
            None => (name, ""),
        };
        // A variable of a module has the module's name before it.
        if let Some((module, rest)) = stem.split_once('.')
            && let Some(new) = names.get(&Name::new(module))
        {
            return format!("{new}.{rest}");
        }
        let new = names.get(&Name::new(stem));
        new.map_or_else(|| name.to_owned(), |new| format!("{new}{rest}"))
    };
    assert_eq!(differing(&again, &called), None, "{again}");
    Some(())
}

/// A model of each format with stocks, flows, tables and arrays.
pub const MDL: &str = "{UTF-8}
region: north, south ~~|
tank= INTEG (
\tinflow - outflow * 0.5 - leak,
\t\t10)
\t~\tm3
\t~\tWhat is there.
\t|
inflow= 2 + table(Time)
\t~\tm3/h [0,9,1]
\t~\t\t|
outflow = tank * share[north] ~ m3/h ~ |
leak = IF THEN ELSE(tank > 3, 0.1, 0) ~ m3/h ~ |
share[region] = 0.1, 0.2 ~~|
effect = WITH LOOKUP(tank, ([(0,0)-(20,2)],(0,1),(20,2))) ~ dmnl ~ |
table([(0,0)-(10,10)],(0,1),(10,5)) ~~|
FINAL TIME = 8 ~ h ~ |
INITIAL TIME = 0 ~ h ~ |
SAVEPER = TIME STEP ~ h ~ |
TIME STEP = 0.5 ~ h ~ |
\\\\\\---/// Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*View 1
$192-192-192,0,Arial|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0
10,1,tank,400,200,40,20,3,3,0,0,0,0,0,0
12,2,48,200,200,10,8,0,3,0,0,-1,0,0,0
1,3,5,1,4,0,0,22,0,0,0,-1--1--1,,1|(350,200)|
1,4,5,2,100,0,0,22,0,0,0,-1--1--1,,1|(250,200)|
11,5,48,300,200,6,8,34,3,0,0,1,0,0,0
10,6,inflow,300,227,22,19,40,3,0,0,-1,0,0,0
10,7,outflow,520,227,22,11,8,3,0,0,0,0,0,0
1,8,1,7,0,0,43,0,0,192,0,-1--1--1,,1|(0,0)|
1,9,7,1,0,0,45,0,0,192,0,-1--1--1,,1|(0,0)|
10,10,leak,400,320,22,11,8,3,0,0,0,0,0,0
1,11,10,1,0,0,45,0,0,192,0,-1--1--1,,1|(0,0)|
10,12,effect,500,320,22,11,8,3,0,0,0,0,0,0
1,13,1,12,0,0,43,0,0,192,0,-1--1--1,,1|(0,0)|
10,14,share,600,320,22,11,8,3,0,0,0,0,0,0
///---\\\\\\
:L\u{7f}<%^E!@
15:0,0,0,0,0,0
";

/// The same in XMILE.
pub const STMX: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>
<xmile version=\"1.0\" xmlns=\"http://docs.oasis-open.org/xmile/ns/XMILE/v1.0\" xmlns:isee=\"http://iseesystems.com/XMILE\">
\t<sim_specs method=\"Euler\" time_units=\"h\">
\t\t<start>0</start>
\t\t<stop>8</stop>
\t\t<dt reciprocal=\"true\">2</dt>
\t</sim_specs>
\t<dimensions><dim name=\"region\"><elem name=\"north\"/><elem name=\"south\"/></dim></dimensions>
\t<model>
\t\t<variables>
\t\t\t<stock name=\"tank\">
\t\t\t\t<eqn>10</eqn>
\t\t\t\t<inflow>inflow</inflow>
\t\t\t\t<outflow>outflow</outflow>
\t\t\t\t<outflow>leak</outflow>
\t\t\t\t<non_negative/>
\t\t\t\t<units>m3</units>
\t\t\t\t<doc>What is there.</doc>
\t\t\t</stock>
\t\t\t<flow name=\"inflow\"><eqn>2 + table(TIME)</eqn><units>m3/h</units><range min=\"0\" max=\"9\"/></flow>
\t\t\t<flow name=\"outflow\"><eqn>tank * share[north] { a remark }</eqn></flow>
\t\t\t<flow name=\"leak\"><eqn>IF tank &gt; 3 THEN 0.1 ELSE 0</eqn><non_negative/></flow>
\t\t\t<aux name=\"share\"><dimensions><dim name=\"region\"/></dimensions><element subscript=\"north\"><eqn>0.1</eqn></element><element subscript=\"south\"><eqn>0.2</eqn></element></aux>
\t\t\t<aux name=\"effect\"><eqn>tank</eqn><gf><xscale min=\"0\" max=\"20\"/><ypts>1,2</ypts></gf></aux>
\t\t\t<aux name=\"table\"><gf><xpts>0,10</xpts><ypts>1,5</ypts></gf></aux>
\t\t</variables>
\t\t<views><view>
\t\t\t<stock x=\"400\" y=\"200\" name=\"tank\"/>
\t\t\t<flow x=\"300\" y=\"200\" name=\"inflow\"><pts><pt x=\"200\" y=\"200\"/><pt x=\"377\" y=\"200\"/></pts></flow>
\t\t\t<flow x=\"520\" y=\"200\" name=\"outflow\"><pts><pt x=\"422\" y=\"200\"/><pt x=\"600\" y=\"200\"/></pts></flow>
\t\t\t<flow x=\"400\" y=\"320\" name=\"leak\"><pts><pt x=\"400\" y=\"217\"/><pt x=\"400\" y=\"400\"/></pts></flow>
\t\t\t<aux x=\"500\" y=\"320\" name=\"effect\"/>
\t\t\t<aux x=\"600\" y=\"320\" name=\"share\"/>
\t\t\t<aux x=\"700\" y=\"320\" name=\"table\"/>
\t\t</view></views>
\t</model>
</xmile>
";

#[test]
fn fixtures_run_as_before_under_other_names() {
    for text in [
        MDL,
        STMX,
        &MDL.replace('\n', "\r\n"),
        include_str!("../format_vensim/fixtures/cup.mdl"),
        include_str!("../format_vensim/fixtures/epidemic.mdl"),
        include_str!("../format_vensim/fixtures/hares.mdl"),
        include_str!("../format_xmile/fixtures/cup.xmile"),
        include_str!("../format_xmile/fixtures/cup-drawn.xmile"),
        include_str!("../format_xmile/fixtures/epidemic.xmile"),
        include_str!("../format_xmile/fixtures/three-parties.stmx"),
    ] {
        assert_eq!(survives(text), Some(()), "{text}");
    }
}

#[test]
fn what_flows_is_a_rate_by_its_valve_or_its_sum() {
    let document = reopened(MDL);
    let kind = |name: &str| {
        let mut variables = document.variables().values();
        variables.find(|one| one.name == name).unwrap().kind
    };
    assert_eq!(kind("inflow"), VariableKind::Rate);
    assert_eq!(kind("leak"), VariableKind::Rate);
    // A part of a term is no flow.
    assert_eq!(kind("outflow"), VariableKind::Plain);
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn models_by_others_run_as_before_under_other_names() {
    let mut open = vec![outside::shared_data()];
    let (mut run, mut refused) = (0, 0);
    let mut faults = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let ending = path.extension().and_then(|ending| ending.to_str());
            if !matches!(ending, Some("mdl" | "stmx" | "itmx" | "xmile" | "xml")) {
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let Ok(text) = loopstream::format::decode(&bytes) else {
                continue;
            };
            match std::panic::catch_unwind(|| survives(&text)) {
                Ok(Some(())) => run += 1,
                Ok(None) => refused += 1,
                Err(_) => faults.push(path.display().to_string()),
            }
        }
    }
    println!("{run} run, {refused} do not");
    assert!(run > 0 && faults.is_empty(), "{faults:#?}");
}
