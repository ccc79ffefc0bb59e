//! The device authorization grant (RFC 8628): a registration in, a code for a person to enter elsewhere, and once that is
//! done the refresh token kept out. Never asks more often than the provider wants.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{
    Client, Error, Keeper, Registration,
    answer::{Answer, words},
};

/// The grant by its name (RFC 8628 section 3.4).
const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// What `slow_down` adds to the time between two questions (RFC 8628 section 3.5).
const SLOWER: Duration = Duration::from_secs(5);

/// How long a code holds whose provider does not say.
const UNSAID: Duration = Duration::from_secs(15 * 60);

/// What a person is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub address: String,
    pub code: String,
    /// For how long the code holds.
    pub holds: Duration,
}

/// Asks for a code, has `show` tell a person of it, waits until it was entered and keeps the refresh token.
///
/// # Errors
/// The provider says no, the code ran out, or the token cannot be kept.
pub async fn log_in(
    registration: &Registration,
    keeper: &Keeper,
    show: impl FnOnce(&Invitation),
) -> Result<(), Error> {
    let url = registration.device_url.as_ref().ok_or(Error::NoDeviceFlow)?;
    let client = Client::new(registration)?;
    let begun = client.ask(url, &[("scope", registration.scope.as_str())]).await?;
    let holds = begun.expires_in(UNSAID);
    let until = Instant::now() + holds;
    let (address, code) = (words(&begun.verification_uri), words(&begun.user_code));
    show(&Invitation { address, code, holds });
    let answer = poll(&client, &begun, until).await?;
    let token = answer.refresh_token.ok_or_else(|| {
        let reason = "the provider gave none: is offline access among what is asked for (scope)?";
        Error::Keeping { reason: reason.to_owned() }
    })?;
    keeper.keep(&token)
}

/// Asks until the code was entered, declined or ran out.
async fn poll(client: &Client, begun: &Answer, until: Instant) -> Result<Answer, Error> {
    let code = begun.device_code.as_ref().ok_or_else(|| client.without_token())?;
    let form = [("grant_type", GRANT), ("device_code", code.reveal())];
    let mut interval = begun.interval();
    loop {
        if Instant::now() + interval > until {
            return Err(client.refused("expired_token"));
        }
        sleep(interval).await;
        match client.token(&form).await {
            Err(Error::Refused { code, .. }) if code == "authorization_pending" => {}
            Err(Error::Refused { code, .. }) if code == "slow_down" => interval += SLOWER,
            // The person may have entered it all the same; rarer from now on (RFC 8628 section 3.5).
            Err(Error::Unreachable { .. }) => interval *= 2,
            answered => return answered,
        }
    }
}
