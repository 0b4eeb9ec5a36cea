//! Changes of the products of a map, each as a patch. A product goes by its name: customers ask for
//! it, and steps say how long it takes.

use crate::model::{
    Document, Edit, Element, Id, Measure, MeasureKind, Patch, Products, StationKind,
};

use super::typing::one_line;

/// The names of the products that customers ask for, each once, in the order of the customers.
#[must_use]
pub fn products_asked(document: &Document) -> Vec<String> {
    let customers = document.stations().values();
    let customers = customers.filter(|station| station.kind == StationKind::Customer);
    let mut names: Vec<String> = Vec::new();
    for product in customers.flat_map(|station| &station.products) {
        if !names.contains(&product.name) {
            names.push(product.name.clone());
        }
    }
    names
}

/// The names of the products of a station: of a customer those that it asks for; of a step all that
/// are asked for, and those that only the step has a time for.
#[must_use]
pub fn products_at(document: &Document, station: Id) -> Vec<String> {
    let Some(station) = document.stations().get(&station) else {
        return Vec::new();
    };
    let own = || station.products.iter().map(|product| product.name.clone());
    match station.kind {
        StationKind::Customer => own().collect(),
        StationKind::Step => {
            let mut names = products_asked(document);
            let others: Vec<String> = own().filter(|name| !names.contains(name)).collect();
            names.extend(others);
            names
        }
        _ => Vec::new(),
    }
}

/// Adds a product, under a name that is free, to those that a customer asks for.
#[must_use]
pub fn add_product(document: &Document, customer: Id) -> Patch {
    let taken = document.stations().values();
    let taken: Vec<&str> = taken
        .flat_map(|station| &station.products)
        .map(|product| &*product.name)
        .collect();
    let mut numbers = 1_u32..;
    let name = numbers.find_map(|number| {
        let name = format!("Product {number}");
        (!taken.contains(&&*name)).then_some(name)
    });
    let mut edit = Edit::new(document);
    change(&mut edit, customer, |products| {
        products.entry(&name.unwrap_or_default());
    });
    edit.finish()
}

/// Gives a product of a customer another name, everywhere; nothing if the name is empty or another
/// product has it.
#[must_use]
pub fn rename_product(document: &Document, name: &str, to: &str) -> Patch {
    let to = one_line(to);
    let mut edit = Edit::new(document);
    let mut stations = document.stations().values();
    let is_taken = to.is_empty() || stations.any(|station| station.products.get(&to).is_some());
    if !is_taken {
        for id in document.stations().keys() {
            change(&mut edit, *id, |products| products.rename(name, &to));
        }
    }
    edit.finish()
}

/// Takes a product out of what a customer asks for; and its times out of all steps, if no other
/// customer asks for it.
#[must_use]
pub fn remove_product(document: &Document, customer: Id, name: &str) -> Patch {
    let mut edit = Edit::new(document);
    change(&mut edit, customer, |products| products.remove(name));
    let mut others = document.stations().iter();
    let asked = others.any(|(id, station)| {
        let is_other = *id != customer && station.kind == StationKind::Customer;
        is_other && station.products.get(name).is_some()
    });
    if !asked {
        for (id, station) in document.stations() {
            if station.kind == StationKind::Step {
                change(&mut edit, *id, |products| products.remove(name));
            }
        }
    }
    edit.finish()
}

/// States a measure of a product at a station, or takes it back.
#[must_use]
pub fn state_product(
    document: &Document,
    station: Id,
    name: &str,
    kind: MeasureKind,
    measure: Option<Measure>,
) -> Patch {
    let is_step = document
        .stations()
        .get(&station)
        .is_some_and(|station| station.kind == StationKind::Step);
    let mut edit = Edit::new(document);
    change(&mut edit, station, |products| {
        products.entry(name).measures.set(kind, measure);
        if is_step {
            products.forget_blank();
        }
    });
    edit.finish()
}

fn change(edit: &mut Edit<'_>, station: Id, change: impl FnOnce(&mut Products)) {
    edit.change(station, |element| {
        if let Element::Station(station) = element {
            change(&mut station.products);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Station, Unit};

    fn map() -> (Document, [Id; 3]) {
        let ids = [1, 2, 3].map(Id::from_bits);
        let kinds = [
            StationKind::Step,
            StationKind::Customer,
            StationKind::Customer,
        ];
        let mut document = Document::default();
        let mut edit = Edit::new(&document);
        for (id, kind) in ids.into_iter().zip(kinds) {
            let station = Station {
                kind,
                ..Station::default()
            };
            edit.set(id, Some(Element::Station(station)));
        }
        let patch = edit.finish();
        document.apply(&patch).unwrap();
        (document, ids)
    }

    fn apply(document: &mut Document, patch: Patch) {
        document.apply(&patch).unwrap();
    }

    #[test]
    fn a_product_has_its_name_everywhere() {
        let (mut document, [step, one, other]) = map();
        for customer in [one, one, other] {
            let patch = add_product(&document, customer);
            apply(&mut document, patch);
        }
        assert_eq!(products_at(&document, one), ["Product 1", "Product 2"]);
        assert_eq!(products_at(&document, other), ["Product 3"]);
        assert_eq!(products_at(&document, step).len(), 3);
        let time = Measure::measured(5.0, Unit::Minute);
        let kind = MeasureKind::ProcessTime;
        let patch = state_product(&document, step, "Product 1", kind, Some(time.clone()));
        apply(&mut document, patch);
        let patch = rename_product(&document, "Product 1", " Cups\n");
        apply(&mut document, patch);
        assert_eq!(
            products_asked(&document),
            ["Cups", "Product 2", "Product 3"]
        );
        let cups = document.stations()[&step].products.get("Cups").unwrap();
        assert_eq!(cups.measures.get(kind), Some(&time));
        // Two products do not become one, and none is without a name.
        assert!(rename_product(&document, "Product 2", "Cups").is_empty());
        assert!(rename_product(&document, "Product 2", "  ").is_empty());
        let patch = state_product(&document, step, "Cups", kind, None);
        let mut without = document.clone();
        without.apply(&patch).unwrap();
        assert!(without.stations()[&step].products.is_empty());
        let patch = remove_product(&document, one, "Cups");
        apply(&mut document, patch);
        assert_eq!(products_at(&document, step), ["Product 2", "Product 3"]);
        assert!(document.stations()[&step].products.is_empty());
    }

    #[test]
    fn what_another_customer_asks_for_keeps_its_times() {
        let (mut document, [step, one, other]) = map();
        let demand = Measure::measured(5.0, Unit::PerDay);
        for customer in [one, other] {
            let patch = state_product(
                &document,
                customer,
                "Cups",
                MeasureKind::Demand,
                Some(demand.clone()),
            );
            apply(&mut document, patch);
        }
        let time = Measure::measured(5.0, Unit::Minute);
        let patch = state_product(
            &document,
            step,
            "Cups",
            MeasureKind::ProcessTime,
            Some(time),
        );
        apply(&mut document, patch);
        let patch = remove_product(&document, one, "Cups");
        apply(&mut document, patch);
        assert!(!document.stations()[&step].products.is_empty());
        let patch = remove_product(&document, other, "Cups");
        apply(&mut document, patch);
        assert!(document.stations()[&step].products.is_empty());
    }
}
