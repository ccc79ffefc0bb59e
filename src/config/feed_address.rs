//! The address of a feed in, two out: one to print and store, never with a secret in it, and the whole one
//! with its log-in, for the request alone.

use std::{fmt, path::Path};

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::{Host, Url};

use super::{Error, Password, Secret};
use crate::secret::{self, Known};

/// Stands for a password in an address, where it is not part of a log-in.
const PLACE: &str = "{password}";

/// What is wrong, and what is allowed.
type Wrong = (String, &'static str);

/// Where a feed is. What is printed of it, `Debug` included, holds no secret: no log-in, no value of a secret parameter.
/// Only [`FeedAddress::whole`] does.
#[derive(Clone, PartialEq, Eq)]
pub struct FeedAddress {
    shown: Url,
    /// The whole address but for what `user` and `password` add to it; `{password}` stands in it as written.
    text: Secret,
    user: Option<String>,
    password: Password,
}

/// An address with all its secrets, to be asked now.
pub struct WholeAddress {
    /// With the log-in before its host.
    pub url: Secret,
    /// What must be found nowhere else.
    pub secrets: Known,
}

impl FeedAddress {
    /// The address that `text` means: `http(s)`, `file`, or a path relative to `folder`. An error is what is wrong and
    /// what is allowed.
    pub(super) fn new(text: &str, folder: &Path) -> Result<FeedAddress, Wrong> {
        let address = parse(text, folder)?;
        let written = if text.contains(PLACE) { text.trim().to_owned() } else { address.to_string() };
        let starred = Url::parse(&text.replace(PLACE, secret::STARS)).unwrap_or(address);
        let shown = secret::shown(&starred);
        Ok(FeedAddress { shown, text: Secret::new(written), user: None, password: Password::None })
    }

    /// The same with this log-in, which wins over one in the address. A password takes the place of `{password}`, if that
    /// stands there. In clear it goes only where it `may`.
    pub(super) fn with_login(
        self,
        user: Option<String>,
        password: Password,
        may_be_clear: bool,
    ) -> Result<FeedAddress, Wrong> {
        let address = FeedAddress { user, password, ..self };
        let (has_place, given) = (address.text.reveal().contains(PLACE), address.password != Password::None);
        if has_place && !given {
            let help =
                "name where it is: password_file = \"wire.password\" or password_env = \"WIRE_PASSWORD\"";
            return Err(("there is no password for the {password} of the address".to_owned(), help));
        }
        if given && !has_place && !address.has_login() {
            let help = "add user = \"…\", or write {password} where the address takes it";
            return Err(("a password needs a user".to_owned(), help));
        }
        if address.scheme() == "file" && (given || address.has_login()) {
            return Err(("a file takes no log-in".to_owned(), "leave user and password out"));
        }
        if address.scheme() == "http" && address.has_login() && !(may_be_clear || address.is_this_machine()) {
            let help = "write https://; in clear, everybody on the way could read the password";
            return Err(("a log-in leaves this machine only encrypted".to_owned(), help));
        }
        Ok(address)
    }

    /// Whether a user, or a password, goes with every request.
    pub fn has_login(&self) -> bool {
        let has = |url: Url| url != secret::without_login(&url);
        self.user.is_some() || Url::parse(self.text.reveal()).is_ok_and(has)
    }

    fn is_this_machine(&self) -> bool {
        match self.shown.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        }
    }

    /// Whether a secret stands in the address as written.
    pub(super) fn holds_secret(&self) -> bool {
        Url::parse(&self.text.reveal().replace(PLACE, secret::STARS))
            .is_ok_and(|url| url != secret::shown(&url))
    }

    /// Tells it from others that are shown alike, of which it is the `number`th. Nothing made of the secret would do: a
    /// short one could be guessed from it.
    pub(super) fn set_apart(&mut self, number: usize) {
        self.shown.set_fragment(Some(&number.to_string()));
    }

    /// The file that holds its password, if one does.
    pub(super) fn password_file(&self) -> Option<&Path> {
        self.password.file()
    }

    /// What is printed and kept of it; no two feeds of a newsletter have the same.
    pub fn as_str(&self) -> &str {
        self.shown.as_str()
    }

    pub fn scheme(&self) -> &str {
        self.shown.scheme()
    }

    pub fn host_str(&self) -> Option<&str> {
        self.shown.host_str()
    }

    /// Whether this is how it is shown.
    pub fn is_shown_as(&self, address: &str) -> bool {
        let mut shown = self.shown.clone();
        if shown.fragment() != Url::parse(address).ok().as_ref().and_then(Url::fragment) {
            shown.set_fragment(None);
        }
        shown.as_str() == address
    }

    /// The name of the file, if it is one, as far as it says something.
    pub(super) fn name(&self) -> &str {
        self.shown.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default()
    }

    /// What is to be asked: the feed's own address or, with the same log-in, the one it has `moved` to.
    ///
    /// # Errors
    /// The password cannot be read, or makes no address.
    pub fn whole(&self, moved: Option<&str>) -> Result<WholeAddress, Error> {
        let password = self.password.read()?;
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let given = password.as_ref().map(|password| encoded(password.reveal())).unwrap_or_default();
        let unusable = || Error::refused(format!("{self} is no address with its log-in"));
        let text = self.text.reveal();
        let mut own = Url::parse(&text.replace(PLACE, &given)).map_err(|_| unusable())?;
        if let Some(user) = &self.user {
            own.set_username(&encoded(user)).map_err(|()| unusable())?;
        }
        if !given.is_empty() && !text.contains(PLACE) {
            own.set_password(Some(&given)).map_err(|()| unusable())?;
        }
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let mut secrets = secret::values(&own);
        // Some servers take a token for the user.
        secrets.push(decoded(own.password().unwrap_or(own.username())));
        secrets.extend(password.map(|password| password.reveal().to_owned()));
        let url = moved.and_then(|to| at_new_place(&own, to)).unwrap_or(own);
        Ok(WholeAddress { url: Secret::new(url), secrets: Known::new(secrets) })
    }
}

impl WholeAddress {
    /// The address of an article as it is to be asked for: with the log-in, when it is of the feed's own origin.
    pub fn page(&self, url: &str) -> Option<Secret> {
        let (own, mut page) = (Url::parse(self.url.reveal()).ok()?, Url::parse(url).ok()?);
        if own == secret::without_login(&own) || own.origin() != page.origin() {
            return None;
        }
        page.set_username(own.username()).ok()?;
        page.set_password(own.password()).ok()?;
        Some(Secret::new(page))
    }
}

/// The address that is kept as `to`, with the secrets of `own` in it. Only at the same host, as no other is told them, and
/// never in clear where they were encrypted.
fn at_new_place(own: &Url, to: &str) -> Option<Url> {
    let mut url = Url::parse(to).ok()?;
    if url.origin() == own.origin() {
        url.set_username(own.username()).ok()?;
        url.set_password(own.password()).ok()?;
    }
    if !to.contains(secret::STARS) {
        return Some(url);
    }
    let is_as_private = url.scheme() == own.scheme() || url.scheme() == "https";
    let query = url.query().filter(|_| url.host() == own.host() && is_as_private)?;
    let of_own = |name: &str| {
        let pairs = own.query()?.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(other, _)| *other == name).map(|(_, value)| value)
    };
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, secret::STARS)) => Some(format!("{name}={}", of_own(name)?)),
        _ => Some(pair.to_owned()),
    });
    let query = pairs.collect::<Option<Vec<String>>>()?.join("&");
    url.set_query(Some(&query));
    (!url.as_str().contains(secret::STARS)).then_some(url)
}

/// An address as written, checked for its form alone.
fn parse(text: &str, folder: &Path) -> Result<Url, Wrong> {
    const ALLOWED: &str = "write an http or https address, or a file relative to this one";
    let shown = || secret::hidden(text);
    if text.trim().is_empty() {
        return Err(("a feed needs an address".to_owned(), ALLOWED));
    }
    if text.contains("://") {
        let url = Url::parse(text)
            .map_err(|error| (format!("`{}` is not an address: {error}", shown()), ALLOWED))?;
        return match url.scheme() {
            "http" | "https" | "file" => Ok(url),
            "feed" => Err((
                format!("`{}` begins with a word of old browsers", shown()),
                "write https:// in place of feed:",
            )),
            other => Err((format!("feeds cannot be read from `{other}:` addresses"), ALLOWED)),
        };
    }
    if is_host(text) && !folder.join(text).exists() {
        return Err((format!("`{}` lacks its scheme", shown()), "put https:// before it"));
    }
    Url::from_file_path(folder.join(text)).map_err(|()| (format!("`{text}` is not a path"), ALLOWED))
}

/// Whether a text begins with the name of a host and not of a file, as `gazette.example/rss`.
fn is_host(text: &str) -> bool {
    const FILES: [&str; 9] = ["xml", "rss", "atom", "rdf", "json", "feed", "txt", "html", "gz"];
    let (first, _) = text.split_once(['/', '?']).unwrap_or((text, ""));
    let name = first.split(':').next().unwrap_or_default();
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let last = name.rsplit('.').next().unwrap_or_default();
    let is_name = name.contains('.') && name.split('.').all(is_label) && last.len() > 1;
    is_name && last.chars().all(char::is_alphabetic) && !FILES.contains(&last.to_ascii_lowercase().as_str())
        || matches!(first, "http:" | "https:" | "feed:" | "localhost")
        || ["http//", "https//"].iter().any(|slip| text.starts_with(slip))
}

impl fmt::Debug for FeedAddress {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl fmt::Display for FeedAddress {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> FeedAddress {
        FeedAddress::new(text, Path::new("/news")).expect(text)
    }

    fn given(password: &str) -> Password {
        Password::Given(Secret::new(password))
    }

    fn whole(address: &FeedAddress, moved: Option<&str>) -> String {
        address.whole(moved).expect("an address").url.reveal().to_owned()
    }

    #[test]
    fn nothing_secret_is_shown_and_all_of_it_is_asked() {
        let plain = "https://wire.example/rss?topic=sea";
        for (text, shown) in [
            (plain, plain),
            ("https://bo:p%40ss@wire.example/rss", "https://wire.example/rss"),
            ("https://wire.example/rss?token=hunter2", "https://wire.example/rss?token=***"),
        ] {
            let feed = address(text);
            assert_eq!((feed.as_str(), format!("{feed} {feed:?}")), (shown, format!("{shown} {shown:?}")));
            assert_eq!(whole(&feed, None), text);
            assert_eq!(feed.holds_secret(), text != plain);
        }
        assert_eq!(address("saved/a.xml").as_str(), "file:///news/saved/a.xml");
    }

    #[test]
    fn a_password_of_its_own_joins_the_user_or_takes_its_place() {
        let login = |text, user: Option<&str>| {
            address(text).with_login(user.map(str::to_owned), given("p@ss/w"), false)
        };
        let named = login("https://wire.example/rss", Some("bo")).expect("sound");
        assert_eq!(whole(&named, None), "https://bo:p%40ss%2Fw@wire.example/rss");
        assert_eq!(named.as_str(), "https://wire.example/rss");
        let placed = login("https://wire.example/private/{password}/rss", None).expect("sound");
        assert_eq!(whole(&placed, None), "https://wire.example/private/p%40ss%2Fw/rss");
        assert_eq!(placed.as_str(), "https://wire.example/private/***/rss");
        assert!(!placed.holds_secret() && !named.holds_secret());
        for (wrong, user) in [
            ("https://wire.example/rss", None),
            ("http://wire.example/rss", Some("bo")),
            ("saved.xml", Some("bo")),
        ] {
            assert!(login(wrong, user).is_err(), "{wrong}");
        }
        assert!(login("http://127.0.0.1:8080/rss", Some("bo")).is_ok());
        assert!(address("https://a.example/{password}").with_login(None, Password::None, false).is_err());
    }

    #[test]
    fn where_a_feed_moved_to_its_secrets_go_along_at_the_same_host_only() {
        let feed = address("https://bo:pw@wire.example/rss?token=hunter2");
        for (to, asked) in [
            ("https://wire.example/new?token=***&a=1", "https://bo:pw@wire.example/new?token=hunter2&a=1"),
            ("https://wire.example:8443/new?token=***", "https://wire.example:8443/new?token=hunter2"),
            ("https://other.example/new", "https://other.example/new"),
            ("https://other.example/new?token=***", "https://bo:pw@wire.example/rss?token=hunter2"),
            ("https://wire.example/new?key=***", "https://bo:pw@wire.example/rss?token=hunter2"),
            ("http://wire.example/new?token=***", "https://bo:pw@wire.example/rss?token=hunter2"),
        ] {
            assert_eq!(whole(&feed, Some(to)), asked, "{to}");
        }
        let clear = address("http://wire.example/rss?token=hunter2");
        let encrypted = whole(&clear, Some("https://wire.example/new?token=***"));
        assert_eq!(encrypted, "https://wire.example/new?token=hunter2");
    }

    #[test]
    fn only_pages_of_the_feeds_own_origin_are_asked_for_with_its_log_in() {
        let page = |feed: &str, url| {
            address(feed).whole(None).expect("whole").page(url).map(|page| page.reveal().to_owned())
        };
        let feed = "https://bo:pw@wire.example/rss";
        assert_eq!(page(feed, "https://wire.example/1").as_deref(), Some("https://bo:pw@wire.example/1"));
        for other in
            ["http://wire.example/1", "https://wire.example:8443/1", "https://www.wire.example/1", "nothing"]
        {
            assert_eq!(page(feed, other), None, "{other}");
        }
        assert_eq!(page("https://wire.example/rss", "https://wire.example/1"), None);
    }
}
