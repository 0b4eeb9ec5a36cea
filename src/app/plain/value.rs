//! Signals and memos whose types share their code.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;

/// What a signal can hold.
trait Held: Any + Send + Sync {
    fn equals(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + Send + Sync + 'static> Held for T {
    fn equals(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>() == Some(self)
    }
}

/// A value of any type, so that Leptos sees only this one.
#[derive(Clone)]
struct Shared(Arc<dyn Held>);

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        self.0.equals(&*other.0)
    }
}

/// A value of the type it was made with; there is no way to get at another.
fn typed<T: 'static>(shared: &Shared) -> &T {
    let held: &dyn Any = &*shared.0;
    match held.downcast_ref::<T>() {
        Some(value) => value,
        None => mistaken(),
    }
}

#[cold]
fn mistaken() -> ! {
    unreachable!("a value has the type it was made with")
}

/// A signal: a value that can be set, and that views follow.
pub struct Value<T: 'static> {
    signal: RwSignal<Shared>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Copy for Value<T> {}

impl<T> Clone for Value<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Value<T> {
    /// A signal that holds `value`.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self {
            signal: RwSignal::new(Shared(Arc::new(value))),
            kind: PhantomData,
        }
    }

    /// The value; who reads it here follows it.
    #[must_use]
    pub fn get(self) -> T {
        typed::<T>(&signal_now(self.signal, Reading::Followed)).clone()
    }

    /// The value as it is now.
    #[must_use]
    pub fn get_untracked(self) -> T {
        typed::<T>(&signal_now(self.signal, Reading::Once)).clone()
    }

    /// Follows the value without reading it.
    pub fn track(self) {
        let _ = signal_now(self.signal, Reading::Followed);
    }

    /// Sets the value, and tells who follows it.
    pub fn set(self, value: T) {
        set_signal(self.signal, Arc::new(value));
    }

    /// Changes the value, and tells who follows it.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        let mut value = self.get_untracked();
        change(&mut value);
        self.set(value);
    }
}

/// A memo: a value that follows from others, and tells who follows it only of real changes.
pub struct Known<T: 'static> {
    memo: Memo<Shared>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Copy for Known<T> {}

impl<T> Clone for Known<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Known<T> {
    /// What `read` says of the signals it reads.
    #[must_use]
    pub fn new(read: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self {
            memo: shared_memo(Box::new(move || Shared(Arc::new(read())))),
            kind: PhantomData,
        }
    }

    /// The value; who reads it here follows it.
    #[must_use]
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value as it is now.
    #[must_use]
    pub fn get_untracked(self) -> T {
        typed::<T>(&memo_now(self.memo, Reading::Once)).clone()
    }

    /// Looks at the value; who looks at it here follows it.
    pub fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(typed::<T>(&memo_now(self.memo, Reading::Followed)))
    }
}

/// Whether who reads a value is told of its changes.
#[derive(Clone, Copy, PartialEq)]
enum Reading {
    Followed,
    Once,
}

// What follows is there once, whatever the types of the values.

#[inline(never)]
fn signal_now(signal: RwSignal<Shared>, reading: Reading) -> Shared {
    match reading {
        Reading::Followed => signal.get(),
        Reading::Once => signal.get_untracked(),
    }
}

#[inline(never)]
fn set_signal(signal: RwSignal<Shared>, value: Arc<dyn Held>) {
    signal.set(Shared(value));
}

#[inline(never)]
fn memo_now(memo: Memo<Shared>, reading: Reading) -> Shared {
    match reading {
        Reading::Followed => memo.get(),
        Reading::Once => memo.get_untracked(),
    }
}

#[inline(never)]
fn shared_memo(read: Box<dyn Fn() -> Shared + Send + Sync>) -> Memo<Shared> {
    Memo::new(move |_| read())
}
