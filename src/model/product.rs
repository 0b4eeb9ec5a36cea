//! Products, or kinds of work: what a customer asks for, and what differs for each at a step.

use serde::{Deserialize, Serialize};

use super::measure::Measures;
use super::measure_kind::MeasureKind;
use super::record::{Merge, is_default, record};

record! {
    /// A product, or a kind of work, as one station has it.
    #[derive(Default)]
    pub struct Product {
        /// Its name: a product of a customer and a product of a step with the same name are the
        /// same.
        pub name: String,
        /// What is known of it here: at a customer its demand, price and materials, at a step its
        /// times.
        #[serde(default, skip_serializing_if = "is_default")]
        pub measures: Measures,
    }
}

/// The products of one station, each name once, in the order in which a person put them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Products(Vec<Product>);

impl Products {
    /// Products in this order; of several with one name the first.
    #[must_use]
    pub fn new(products: impl IntoIterator<Item = Product>) -> Self {
        let mut list = Self::default();
        for product in products {
            if list.get(&product.name).is_none() {
                list.0.push(product);
            }
        }
        list
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Them, in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, Product> {
        self.0.iter()
    }

    /// The product of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Product> {
        self.0.iter().find(|product| product.name == name)
    }

    /// The product of a name, to be changed; a new one, at the end, if there is none.
    pub fn entry(&mut self, name: &str) -> &mut Product {
        let place = self.0.iter().position(|product| product.name == name);
        let place = place.unwrap_or_else(|| {
            self.0.push(Product {
                name: name.to_owned(),
                ..Product::default()
            });
            self.0.len() - 1
        });
        &mut self.0[place]
    }

    /// Takes a product out.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|product| product.name != name);
    }

    /// Gives a product another name; does nothing if there is no such product, or the name is taken.
    pub fn rename(&mut self, name: &str, to: &str) {
        if self.get(to).is_some() {
            return;
        }
        if let Some(product) = self.0.iter_mut().find(|product| product.name == name) {
            to.clone_into(&mut product.name);
        }
    }

    /// Takes out those of which nothing is known.
    pub fn forget_blank(&mut self) {
        self.0.retain(|product| !product.measures.is_empty());
    }

    /// Keeps only measures of some kinds, and the products of which then something is known.
    pub fn retain(&mut self, kinds: &[MeasureKind]) {
        for product in &mut self.0 {
            product.measures.retain(kinds);
        }
        self.forget_blank();
    }

    /// The place of the first product whose name stands before it in the list, if there is one.
    #[must_use]
    pub fn repeated(&self) -> Option<usize> {
        let is_repeated = |place: &usize| {
            let before = &self.0[..*place];
            let name = &self.0[*place].name;
            before.iter().any(|other| other.name == *name)
        };
        (0..self.0.len()).find(is_repeated)
    }
}

impl<'a> IntoIterator for &'a Products {
    type Item = &'a Product;
    type IntoIter = std::slice::Iter<'a, Product>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Merge for Products {
    /// Product by product, and of each measure by measure.
    fn merged(before: &Self, after: &Self, current: &Self) -> Self {
        let mut merged = current.clone();
        for product in before {
            if after.get(&product.name).is_none() {
                merged.remove(&product.name);
            }
        }
        for product in after {
            let name = &product.name;
            match (before.get(name), current.get(name)) {
                (Some(before), Some(current)) => {
                    *merged.entry(name) = Product::merged(before, product, current);
                }
                (Some(before), None) if before == product => {}
                _ => *merged.entry(name) = product.clone(),
            }
        }
        merged
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Measure, Unit};

    fn product(name: &str, demand: f64) -> Product {
        let demand = Measure::measured(demand, Unit::PerWeek);
        Product {
            name: name.to_owned(),
            measures: Measures::new().with(MeasureKind::Demand, demand),
        }
    }

    #[test]
    fn products_are_merged_one_by_one() {
        let before = Products::new([product("P", 100.0), product("Q", 50.0)]);
        let mut after = before.clone();
        *after.entry("P") = product("P", 120.0);
        after.remove("Q");
        let mut current = before.clone();
        let price = Measure::measured(90.0, Unit::One);
        current
            .entry("P")
            .measures
            .set(MeasureKind::Price, Some(price.clone()));
        *current.entry("R") = product("R", 7.0);
        let merged = Products::merged(&before, &after, &current);
        let mut expected = product("P", 120.0);
        expected.measures.set(MeasureKind::Price, Some(price));
        assert_eq!(merged, Products::new([expected, product("R", 7.0)]));
        assert_eq!(Products::merged(&before, &before, &current), current);
        assert_eq!(Products::merged(&before, &after, &before), after);
    }

    #[test]
    fn a_name_is_there_once() {
        let mut products = Products::new([product("P", 1.0), product("Q", 2.0)]);
        products.rename("P", "Q");
        assert_eq!(
            products.iter().map(|p| &*p.name).collect::<Vec<_>>(),
            ["P", "Q"]
        );
        products.rename("P", "R");
        assert_eq!(
            products.iter().map(|p| &*p.name).collect::<Vec<_>>(),
            ["R", "Q"]
        );
        assert_eq!(products.repeated(), None);
        let twice = r#"[{"name": "P"}, {"name": "Q"}, {"name": "P"}]"#;
        let twice: Products = serde_json::from_str(twice).unwrap();
        assert_eq!(twice.repeated(), Some(2));
    }
}
