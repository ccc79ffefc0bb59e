//! Where access tokens come from: a function given, tokens out. Knows nothing of who hands them out.

use std::{fmt, sync::Arc};

use futures_util::future::BoxFuture;

use crate::secret::Secret;

type Ask = dyn Fn() -> BoxFuture<'static, Result<Secret, String>> + Send + Sync;

/// Hands out an access token that still holds, or says why there is none; shared by its clones.
#[derive(Clone)]
pub struct Tokens(Arc<Ask>);

impl Tokens {
    pub fn new(
        ask: impl Fn() -> BoxFuture<'static, Result<Secret, String>> + Send + Sync + 'static,
    ) -> Tokens {
        Tokens(Arc::new(ask))
    }

    pub(super) async fn token(&self) -> Result<Secret, String> {
        (self.0)().await
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens")
    }
}

impl PartialEq for Tokens {
    fn eq(&self, other: &Tokens) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
