//! A registration and what is kept of a person's consent in, an access token that still holds out: asked for once, kept in
//! memory until shortly before it runs out. Never writes it anywhere.

use std::time::Duration;

use tokio::{sync::Mutex, time::Instant};

use super::{Client, Error, Grant, Keeper, Registration};
use crate::secret::Secret;

/// A token is not used in its last minute: the log-in takes time, and clocks differ.
const MARGIN: Duration = Duration::from_secs(60);

/// How long a token is used whose provider does not say how long it holds.
const UNSAID: Duration = Duration::from_secs(5 * 60);

/// Whose access tokens these are.
pub struct Account {
    client: Client,
    keeper: Keeper,
    held: Mutex<Option<(Secret, Instant)>>,
}

impl Account {
    /// # Errors
    /// No connection can be made on this machine.
    pub fn new(registration: &Registration, keeper: Keeper) -> Result<Account, Error> {
        Ok(Account { client: Client::new(registration)?, keeper, held: Mutex::default() })
    }

    /// An access token. A refresh token that is handed out with it takes the place of the one before.
    ///
    /// # Errors
    /// The provider gives none, or nobody has logged in.
    pub async fn token(&self) -> Result<Secret, Error> {
        let mut held = self.held.lock().await;
        if let Some((token, until)) = &*held
            && Instant::now() < *until
        {
            return Ok(token.clone());
        }
        let asked = Instant::now();
        let scope = self.client.registration.scope.as_str();
        let answer = match self.client.registration.grant {
            Grant::ClientCredentials => {
                self.client.token(&[("grant_type", "client_credentials"), ("scope", scope)]).await?
            }
            Grant::RefreshToken => {
                let kept = self.keeper.read()?;
                let form =
                    [("grant_type", "refresh_token"), ("refresh_token", kept.reveal()), ("scope", scope)];
                let answer = self.client.token(&form).await?;
                if let Some(new) = answer.refresh_token.as_ref().filter(|new| **new != kept) {
                    self.keeper.keep(new)?;
                }
                answer
            }
        };
        let holds = answer.expires_in(UNSAID);
        let token = answer.access_token.ok_or_else(|| self.client.without_token())?;
        // One that holds for less than a minute or two is used for half its time.
        *held = Some((token.clone(), asked + holds.saturating_sub(MARGIN).max(holds / 2)));
        Ok(token)
    }
}
