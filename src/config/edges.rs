//! A configuration in, the settings of the edges out: how to fetch, which server mails, how the digest looks.
//! Never fetches or mails.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use super::{Config, Error, OAuth, trust};
use crate::{
    fetch,
    mailer::{
        Pace,
        smtp::{self, Tokens},
    },
    oauth::{Account, Grant},
    render::Look,
};

impl Config {
    /// The same configuration, if it names a feed.
    ///
    /// # Errors
    /// It names none.
    pub fn with_feeds(self) -> Result<Config, Error> {
        if self.feeds.is_empty() { Err(Error::NoFeed { path: self.path }) } else { Ok(self) }
    }

    /// How to fetch. The User-Agent says whom to write to, if somebody is named.
    pub fn fetch_options(&self) -> fetch::Options {
        let (ours, settings) = (fetch::Options::default(), &self.fetch);
        let contact =
            settings.contact.clone().or_else(|| self.newsletter.home.as_ref().map(ToString::to_string));
        let agent = contact.map(|contact| format!("reveille/{} (+{contact})", env!("CARGO_PKG_VERSION")));
        fetch::Options {
            timeout: settings.timeout,
            host_delay: settings.host_delay,
            concurrency: settings.concurrency,
            allow_private: settings.allow_private,
            private_networks: settings.private_networks.clone(),
            proxy: settings.proxy.clone(),
            user_agent: settings.user_agent.clone().or(agent).unwrap_or(ours.user_agent),
            ..ours
        }
    }

    /// The mail server and how to talk to it, if one is named.
    ///
    /// # Errors
    /// It wants a password, and there is none or it cannot be read.
    pub fn mail_server(&self) -> Result<Option<smtp::Options>, Error> {
        let mail = &self.mail;
        let Some(url) = &mail.smtp else { return Ok(None) };
        let mut options = smtp::Options::from_url(url.as_str())?;
        options.timeout = mail.timeout;
        options.per_connection = mail.per_connection;
        options.pace = Pace::new(mail.per_second);
        if let Some(oauth) = &mail.oauth {
            let user = mail.user.as_ref().ok_or_else(|| Error::OAuth {
                reason: "user is missing in [mail]: whose access tokens are they?".to_owned(),
            })?;
            return Ok(Some(options.with_tokens(user, self.tokens(oauth)?)));
        }
        if let Some(user) = &mail.user {
            let missing = || Error::NoPassword { path: self.path.clone(), user: user.clone() };
            let password = mail.password.read()?.ok_or_else(missing)?;
            options = options.with_credentials(user, password.reveal());
        }
        Ok(Some(options))
    }

    /// Whether the newsletter has a footer of its own that shows readers no way to leave.
    pub fn lacks_way_out(&self) -> bool {
        let footer = self.newsletter.templates.as_ref().map(|folder| folder.join("footer.md"));
        let text = footer.and_then(|footer| std::fs::read_to_string(footer).ok());
        text.is_some_and(|text| !text.replace(' ', "").contains("{{unsubscribe}}"))
    }

    /// Where access tokens for the mail server come from.
    fn tokens(&self, oauth: &OAuth) -> Result<Tokens, Error> {
        let (registration, keeper) = (oauth.registration()?, oauth.keeper(&self.store.file));
        if registration.grant == Grant::RefreshToken {
            // Whether somebody has logged in is known before anything is asked.
            keeper.read()?;
        }
        let account = Arc::new(Account::new(&registration, keeper)?);
        Ok(Tokens::new(move || {
            let account = account.clone();
            Box::pin(async move { account.token().await.map_err(|error| error.to_string()) })
        }))
    }

    /// The newsletter's look: its theme, and its own templates where there are some.
    ///
    /// # Errors
    /// A template cannot be read or used.
    pub fn look(&self) -> Result<Look, Error> {
        let (theme, folder) = (self.newsletter.theme, self.newsletter.templates.as_deref());
        let templates = folder.map(templates).transpose()?.unwrap_or_default();
        let folder = folder.unwrap_or(Path::new("the program")).to_owned();
        Look::from_files(theme, &templates).map_err(|source| Error::Look { folder, source })
    }
}

/// The templates in a folder, by their names.
fn templates(folder: &Path) -> Result<BTreeMap<String, String>, Error> {
    let unreadable = |source| Error::Templates { folder: folder.to_owned(), source };
    trust::check(folder)?;
    let mut templates = BTreeMap::new();
    for file in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = file.map_err(unreadable)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_file() && (name.ends_with(".md") || name.ends_with(".toml")) {
            trust::check(&path)?;
            let text = std::fs::read_to_string(&path);
            templates.insert(name, text.map_err(|source| Error::Template { path, source })?);
        }
    }
    Ok(templates)
}
