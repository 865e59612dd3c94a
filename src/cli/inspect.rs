//! Checking requests against a contract. A build without the feature `inspect` cannot do it.

use mapwright::internal::contract::Contract;

use super::exit::CommandError;

#[cfg(feature = "inspect")]
mod checks {
    pub(in super::super) use mapwright::internal::contract::Inspector;

    use super::{CommandError, Contract};

    /// Compiles the schemas of a contract.
    #[expect(clippy::unnecessary_wraps, reason = "it fails in a build without the feature")]
    pub(in super::super) fn inspector(contract: &Contract) -> Result<Inspector<'_>, CommandError> {
        Ok(Inspector::new(contract))
    }
}

#[cfg(not(feature = "inspect"))]
mod checks {
    use std::collections::HashSet;
    use std::convert::Infallible;
    use std::marker::PhantomData;

    use mapwright::Request;
    use mapwright::internal::contract::Violation;

    use super::{CommandError, Contract};

    /// Never constructed in this build.
    pub(in super::super) enum Inspector<'c> {
        #[expect(dead_code, reason = "it cannot be constructed")]
        Never(Infallible, PhantomData<&'c Contract>),
    }

    impl Inspector<'_> {
        pub(in super::super) fn request(&self, _: Request<'_>, _: &HashSet<String>) -> Vec<Violation> {
            let Self::Never(never, _) = self;
            match *never {}
        }

        pub(in super::super) fn accepts(&self, _: Request<'_>) -> bool {
            let Self::Never(never, _) = self;
            match *never {}
        }
    }

    /// Always fails; the message says how to build the command with the checks.
    pub(in super::super) fn inspector(_: &Contract) -> Result<Inspector<'_>, CommandError> {
        Err(CommandError::Message(
            "this build of mapwright cannot check requests against a contract; build it with `--features inspect`: \
             `cargo install --locked --path . --features inspect`, or `cargo run --features inspect -- …`"
                .to_owned(),
        ))
    }
}

pub(super) use checks::{Inspector, inspector};
