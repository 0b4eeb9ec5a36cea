//! Where elements stand on a map.

use crate::format::foreign::{Drawing, DrawnLink, DrawnVariable, Scaling, scales};
use crate::format::graph_builder::GraphBuilder;
use crate::model::{Id, Point, Records};

/// How far apart those stand that are not on the map, in world units.
const APART: f64 = 180.0;

/// Puts the variables where they stand on a map, at a scale at which names do not lie on each other
/// and links can be seen; those that are not on it stand in a row below. Says how many those are.
pub fn stand(graph: &mut GraphBuilder<'_>, positions: &Records<Point>) -> usize {
    let drawing = drawing(graph);
    let stands = graph
        .variables()
        .iter()
        .map(|(id, _)| positions.get(id).map(|position| (0, *position)))
        .collect();
    let scale = scales(Scaling::Fitted, 1.0, &drawing, &stands, &[false]);
    let scale = scale.first().copied().unwrap_or(1.0);
    let ids: Vec<Id> = graph.variables().iter().map(|(id, _)| *id).collect();
    let mut corner: Option<Point> = None;
    let mut others = Vec::new();
    for id in ids {
        let Some(position) = positions.get(&id) else {
            others.push(id);
            continue;
        };
        let position = Point::new(position.x * scale, position.y * scale);
        let lowest = corner.get_or_insert(position);
        *lowest = Point::new(lowest.x.min(position.x), lowest.y.max(position.y));
        graph.stand(id, position);
    }
    let corner = corner.unwrap_or_default();
    let mut x = corner.x;
    for id in &others {
        graph.stand(*id, Point::new(x, corner.y + APART));
        x += APART;
    }
    others.len()
}

/// What is drawn, as far as a scale needs it.
fn drawing(graph: &GraphBuilder<'_>) -> Drawing {
    let mut numbers: Records<usize> = Records::new();
    let variables = graph.variables().iter().enumerate();
    let variables = variables.map(|(number, (id, variable))| {
        numbers.insert(*id, number);
        DrawnVariable {
            key: String::new(),
            name: variable.name.clone(),
            kind: variable.kind,
            remark: String::new(),
            position: None,
        }
    });
    let variables = variables.collect();
    let links = graph.links().iter().filter_map(|(_, link)| {
        Some(DrawnLink {
            from: *numbers.get(&link.from)?,
            to: *numbers.get(&link.to)?,
            polarity: link.polarity,
            delay: link.delay,
            bend: None,
            corner: None,
        })
    });
    let links = links.collect();
    Drawing {
        variables,
        links,
        ..Drawing::default()
    }
}
