//! The store in, what earlier editions told and how those articles look today out. Never changes what was
//! told.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};

use super::{super::desk::Desk, articles::PagePolicy, pages};
use crate::{
    config::Pages,
    edition::{self, Memory},
    model::{Article, Told},
    store,
};

/// What the editions before `date` told. Articles of `now` (told ones as they are today) count where no
/// version of theirs from then is kept.
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

/// The told articles as they look today, by id: with the text of their pages where that was printed. A page
/// is fetched again when its feed says that something was wrong.
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
        if let Some(text) = pages::text_again(desk, told, &now, policy).await? {
            now.text = format!("{}\n\n{text}", now.text);
        }
        today.insert(now.id.clone(), now);
    }
    Ok(today)
}
