//! A desk in, its feeds pulled out once nobody else is pulling them: a run that begins beside a pull waits for it, or it
//! would not know what that pull is still storing.

use std::time::Duration;

use super::{Pulled, pull};
use crate::flow::{
    Progress,
    desk::{Desk, Fault},
};

/// A pull by another process is waited for no longer: whatever servers do, one ends sooner, unless it was stopped.
const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// Pulls every configured feed that is due into the store, after a pull that is under way.
///
/// # Errors
/// [`Fault::Stopped`] when that is not waited for; otherwise as for [`pull`].
pub async fn pull_in_turn(desk: &Desk<'_>, progress: &dyn Progress) -> Result<Pulled, Fault> {
    let turn = desk.stop.before(desk.store.turn_to_pull(PATIENCE)).await.ok_or(Fault::Stopped)??;
    if turn.is_none() {
        tracing::warn!(
            "another reveille has been pulling for {} minutes: it is not waited for",
            PATIENCE.as_secs() / 60
        );
    }
    let pulled = pull(desk, progress).await;
    drop(turn);
    Ok(pulled?)
}
