//! The store in, what earlier editions told out, and how their articles look today.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};

use super::{super::desk::Desk, articles::PagePolicy, pages};
use crate::{
    config::Pages,
    edition::{self, Memory},
    model::{Article, Told},
    store,
};

/// What the editions before `date` told. Of `now`, the articles told as they are now, those count that were told before
/// articles were kept as they were then.
pub async fn recall(
    desk: &Desk<'_>,
    date: Date,
    since: Timestamp,
    now: &[Told],
) -> Result<Memory, store::Error> {
    let editions = desk.store.editions(since, date).await?;
    let mut told = desk.store.told(since, date).await?;
    told.extend(now.iter().cloned());
    Ok(Memory::new(editions, told))
}

/// The articles that were told as they look today, by their ids: with the text of their pages where that is what was
/// printed. A page is asked for once more when its feed says that something was wrong.
pub async fn today(
    desk: &Desk<'_>,
    memory: &Memory,
    now: Vec<Told>,
    policy: &BTreeMap<String, PagePolicy>,
) -> Result<BTreeMap<String, Article>, store::Error> {
    let mut today = BTreeMap::new();
    for Told { article: mut now, .. } in now {
        let Some(Told { article: told, .. }) = memory.told(&now.id) else { continue };
        let policy = policy.get(&now.id).filter(|policy| policy.ask != Pages::Never);
        let policy = policy.filter(|_| edition::is_labelled_anew(told, &now));
        if let Some(text) = pages::text_again(desk, told, policy).await? {
            now.text = format!("{}\n\n{text}", now.text);
        }
        today.insert(now.id.clone(), now);
    }
    Ok(today)
}
