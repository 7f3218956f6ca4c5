//! The tabs of one registry: one writes, the others follow.
//!
//! This is courtesy, so that two people at two screens don't get in each other's way; what guards the data is the head, which every
//! save compares. What tabs tell each other holds no patient data, and keys never travel.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::journal::RegistryId;

/// What one tab tells the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// A save went through: read the head again. The head's generation.
    Saved(u64),
    /// This tab locked: lock too.
    Locked,
}

/// How a tab asks to be the one that writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Only when no other tab does.
    IfFree,
    /// Whoever did, on a person's command.
    TakeOver,
}

/// The tabs of this browser.
pub trait Tabs {
    /// Being the one that writes; ends when it is dropped.
    type Turn: 'static;
    /// Hearing what others tell; ends when it is dropped.
    type Ear: 'static;

    /// Asks to write; `None` when another tab does. `on_lost` runs when another tab takes over.
    fn claim(
        &self,
        registry: RegistryId,
        claim: Claim,
        on_lost: impl FnOnce() + 'static,
    ) -> impl Future<Output = Option<Self::Turn>>;
    /// Tells all other tabs of a registry.
    fn tell(&self, registry: RegistryId, told: Told);
    /// Hears what the other tabs of a registry tell. `None` where the browser has no channels.
    fn hear(&self, registry: RegistryId, run: impl Fn(Told) + 'static) -> Option<Self::Ear>;
}

/// Tabs without a browser. A clone is another tab.
#[derive(Default)]
pub struct FakeTabs {
    shared: Rc<RefCell<Shared>>,
    tab: usize,
}

#[derive(Default)]
struct Shared {
    tabs: usize,
    writers: BTreeMap<RegistryId, Writer>,
    ears: BTreeMap<usize, (RegistryId, usize, Rc<dyn Fn(Told)>)>,
    next: usize,
}

struct Writer {
    turn: usize,
    on_lost: Box<dyn FnOnce()>,
}

/// What a [`FakeTabs`] tab holds; dropping it lets go.
pub struct FakeHold {
    shared: Rc<RefCell<Shared>>,
    number: usize,
}

impl Drop for FakeHold {
    fn drop(&mut self) {
        let mut shared = self.shared.borrow_mut();
        shared.writers.retain(|_, writer| writer.turn != self.number);
        shared.ears.remove(&self.number);
    }
}

impl Clone for FakeTabs {
    fn clone(&self) -> Self {
        let mut shared = self.shared.borrow_mut();
        shared.tabs += 1;
        Self {
            shared: Rc::clone(&self.shared),
            tab: shared.tabs,
        }
    }
}

impl FakeTabs {
    fn hold(&self) -> FakeHold {
        let mut shared = self.shared.borrow_mut();
        shared.next += 1;
        FakeHold {
            shared: Rc::clone(&self.shared),
            number: shared.next,
        }
    }
}

impl Tabs for FakeTabs {
    type Turn = FakeHold;
    type Ear = FakeHold;

    async fn claim(&self, registry: RegistryId, claim: Claim, on_lost: impl FnOnce() + 'static) -> Option<FakeHold> {
        let taken = self.shared.borrow().writers.contains_key(&registry);
        if taken && claim == Claim::IfFree {
            return None;
        }
        let hold = self.hold();
        let writer = Writer {
            turn: hold.number,
            on_lost: Box::new(on_lost),
        };
        let before = self.shared.borrow_mut().writers.insert(registry, writer);
        if let Some(before) = before {
            (before.on_lost)();
        }
        Some(hold)
    }

    fn tell(&self, registry: RegistryId, told: Told) {
        let others = |(of, tab, run): &(RegistryId, usize, Rc<dyn Fn(Told)>)| {
            (*of == registry && *tab != self.tab).then(|| Rc::clone(run))
        };
        let ears: Vec<Rc<dyn Fn(Told)>> = self.shared.borrow().ears.values().filter_map(others).collect();
        ears.iter().for_each(|run| run(told));
    }

    fn hear(&self, registry: RegistryId, run: impl Fn(Told) + 'static) -> Option<FakeHold> {
        let hold = self.hold();
        let ear = (registry, self.tab, Rc::new(run) as Rc<dyn Fn(Told)>);
        self.shared.borrow_mut().ears.insert(hold.number, ear);
        Some(hold)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use pollster::block_on;

    use super::*;

    fn registry(n: u8) -> RegistryId {
        RegistryId::from_random([n; 16])
    }

    #[test]
    fn one_tab_writes_until_it_lets_go_or_another_takes_over() {
        let first = FakeTabs::default();
        let second = first.clone();
        let lost = Rc::new(Cell::new(false));
        let on_lost = {
            let lost = Rc::clone(&lost);
            move || lost.set(true)
        };
        let turn = block_on(first.claim(registry(1), Claim::IfFree, on_lost)).unwrap();
        assert!(block_on(second.claim(registry(1), Claim::IfFree, || ())).is_none());
        assert!(block_on(second.claim(registry(2), Claim::IfFree, || ())).is_some());
        let taken = block_on(second.claim(registry(1), Claim::TakeOver, || ()));
        assert!(taken.is_some() && lost.get());
        // Letting go of a turn that was lost takes it from nobody.
        drop(turn);
        assert!(block_on(first.claim(registry(1), Claim::IfFree, || ())).is_none());
        drop(taken);
        assert!(block_on(first.claim(registry(1), Claim::IfFree, || ())).is_some());
    }

    #[test]
    fn other_tabs_of_the_registry_hear_and_nobody_else() {
        let (first, heard) = (FakeTabs::default(), Rc::new(RefCell::new(Vec::new())));
        let (second, third) = (first.clone(), first.clone());
        let hear = |tabs: &FakeTabs, n| {
            let (heard, tab) = (Rc::clone(&heard), tabs.tab);
            tabs.hear(registry(n), move |told| heard.borrow_mut().push((tab, told)))
        };
        let _ears = (hear(&first, 1), hear(&second, 1), hear(&third, 2));
        first.tell(registry(1), Told::Saved(7));
        assert_eq!(*heard.borrow(), [(second.tab, Told::Saved(7))]);
    }
}
