//! Checks of requests with a contract, which a build without the feature `inspect` does not have.

use mapwright::internal::contract::Contract;

use super::CommandError;

#[cfg(feature = "inspect")]
mod checks {
    pub(in super::super) use mapwright::internal::contract::Inspector;

    use super::{CommandError, Contract};

    /// Compiles the schemas of a contract.
    #[expect(clippy::unnecessary_wraps, reason = "fails in a build without the feature")]
    pub(in super::super) fn inspector(contract: &Contract) -> Result<Inspector<'_>, CommandError> {
        Ok(Inspector::new(contract))
    }
}

#[cfg(not(feature = "inspect"))]
mod checks {
    use std::convert::Infallible;
    use std::marker::PhantomData;

    use mapwright::Request;
    use mapwright::internal::contract::Violation;

    use super::{CommandError, Contract};

    /// There is none in this build.
    pub(in super::super) enum Inspector<'c> {
        #[expect(dead_code, reason = "cannot be made")]
        Never(Infallible, PhantomData<&'c Contract>),
    }

    impl Inspector<'_> {
        pub(in super::super) fn request(&self, _: Request<'_>) -> Vec<Violation> {
            let Self::Never(never, _) = self;
            match *never {}
        }
    }

    /// Says how to build the command with the checks.
    pub(in super::super) fn inspector(_: &Contract) -> Result<Inspector<'_>, CommandError> {
        Err(CommandError::Plain(
            "this build of mapwright cannot check requests with a contract; `--features inspect` adds the checks: \
             `cargo install --locked --path . --features inspect`, or `cargo run --features inspect -- …`"
                .to_owned(),
        ))
    }
}

pub(super) use checks::{Inspector, inspector};
