//! The store: the shared suite on the memory twin, every operation failing in turn, and laws over random histories.

#[path = "../suite/store/mod.rs"]
mod suite;

mod erase;
mod faults;

use pollster::block_on;

use crate::vault::testing::NativeAes;
use caseload::store::MemoryStore;

macro_rules! run {
    ($($case:ident)*) => {
        $(
            #[test]
            fn $case() {
                block_on(suite::$case(MemoryStore::new(), NativeAes));
            }
        )*
    };
}
suite::each_case!(run);
