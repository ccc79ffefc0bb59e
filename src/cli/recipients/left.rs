//! A state in, who is suppressed and who asks to be, as tables for the operator, out. Never changes either list.

use std::collections::BTreeMap;

use super::{Failure, setup, since};
use crate::{
    cli::table::{aligned, noted},
    config::Config,
    store::Wish,
    token::{self, Key},
};

/// Who is suppressed; where the address is no longer known, the beginning of the pseudonym is shown.
pub async fn suppressed(config: &Config) -> Result<String, Failure> {
    let store = setup::store_beside(config).await?;
    let key = Key::new(&store.identity().await?.secret);
    let configured = config.readers.iter().map(|reader| reader.email.clone());
    let readers = store.addressees().await?.into_iter().chain(configured);
    let known: BTreeMap<String, String> =
        readers.map(|email| (token::pseudonym(&key, &email), email)).collect();
    let mut rows = Vec::new();
    for (name, why) in store.suppressions().await? {
        let unknown = || format!("({})", name.chars().take(12).collect::<String>());
        let email = known.get(&name).or(why.email.as_ref()).cloned().unwrap_or_else(unknown);
        rows.push([email, why.cause.word().to_owned(), since(config, &why)]);
    }
    store.close().await;
    rows.sort();
    Ok(aligned(["ADDRESS", "WHY", "SINCE"], &rows))
}

/// Who asks to leave, in what words, and what the operator can do about it.
pub async fn wishes(config: &Config) -> Result<String, Failure> {
    let store = setup::store_beside(config).await?;
    let wishes = store.wishes().await?;
    store.close().await;
    if wishes.is_empty() {
        return Ok("Nobody asks to leave.\n".to_owned());
    }
    Ok(listed(config, wishes))
}

fn listed(config: &Config, wishes: Vec<Wish>) -> String {
    let row = |wish: Wish| {
        let since = wish.since.to_zoned(config.newsletter.timezone.clone()).date().to_string();
        let reader = if wish.is_readers { "yes" } else { "no" };
        ([wish.email, reader.to_owned(), since], vec![wish.words])
    };
    let table = noted(["ADDRESS", "READER", "SINCE"], wishes.into_iter().map(row).collect());
    format!(
        "{table}\nAnybody can write in another's name, so nothing was done. Who is to be mailed nothing more:\n    reveille \
         recipients suppress ADDRESS\nWho did not mean it:\n    reveille recipients restore ADDRESS\n"
    )
}
