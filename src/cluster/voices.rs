//! A story's articles in, the voice of each and the reason out. Never merges two voices without one.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::site;
use crate::{
    agency,
    model::{Article, Member, Tie},
};

/// The articles as members of one story, in order. `text` gives the text of each.
pub(super) fn members(articles: &[&Article], text: &[usize]) -> Vec<Member> {
    let ties: Vec<Vec<Tie>> =
        articles.iter().zip(credits(articles, text)).map(|(article, credit)| ties(article, credit)).collect();
    let mut voice: Vec<usize> = (0..articles.len()).collect();
    let mut tied: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (at, tie) in ties.iter().enumerate().flat_map(|(at, ties)| ties.iter().map(move |tie| (at, tie))) {
        let (first, count) = tied.entry(key(tie)).or_insert((at, 0));
        *count += 1;
        let (from, to) = (root(&voice, at), root(&voice, *first));
        if let Some(place) = voice.get_mut(from.max(to)) {
            *place = from.min(to);
        }
    }
    let is_shared = |tie: &Tie| tied.get(&key(tie)).is_some_and(|(_, count)| *count > 1);
    let member = |(at, (article, ties)): (usize, (&&Article, Vec<Tie>))| Member {
        id: article.id.clone(),
        voice: root(&voice, at),
        text: text.get(at).copied().unwrap_or(at),
        tie: ties.into_iter().find(is_shared),
    };
    articles.iter().zip(ties).enumerate().map(member).collect()
}

/// Ties with the same key are the same.
fn key(tie: &Tie) -> String {
    match tie {
        Tie::Agency(agency) => format!("agency {}", agency.to_lowercase()),
        Tie::Owner(owner) => format!("owner {owner}"),
        Tie::Site(site) => format!("site {site}"),
        Tie::Outlet(outlet) => format!("outlet {outlet}"),
    }
}

/// The agency each article carries: as credited by itself, otherwise by a copy of the same text. A name that only one
/// outlet puts in its datelines is probably its own; an unnamed agency is probably the one that most others carry.
fn credits<'a>(articles: &[&'a Article], text: &[usize]) -> Vec<Option<&'a str>> {
    let mut outlets: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for article in articles {
        if let Some(agency) = &article.agency {
            outlets.entry(agency).or_default().insert(&article.outlet);
        }
    }
    let known = |agency: &&str| {
        agency::is_listed(agency) || outlets.get(agency).is_some_and(|outlets| outlets.len() > 1)
    };
    let own = |article: &&'a Article| article.agency.as_deref().filter(known);
    let mut of_text: BTreeMap<usize, &str> = BTreeMap::new();
    for (article, &text) in articles.iter().zip(text) {
        if let Some(agency) = own(article) {
            let first = of_text.entry(text).or_insert(agency);
            *first = agency.min(*first);
        }
    }
    let credits: Vec<Option<&str>> =
        articles.iter().zip(text).map(|(a, text)| own(a).or_else(|| of_text.get(text).copied())).collect();
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    for agency in credits.iter().flatten().filter(|agency| **agency != agency::WIRE) {
        *named.entry(agency).or_default() += 1;
    }
    let likeliest =
        named.into_iter().max_by_key(|(name, articles)| (*articles, Reverse(*name))).map(|(name, _)| name);
    let told = |credit: &str| if credit == agency::WIRE { likeliest } else { None };
    credits.into_iter().map(|credit| credit.and_then(told).or(credit)).collect()
}

fn root(voice: &[usize], mut at: usize) -> usize {
    while let Some(&next) = voice.get(at).filter(|&&next| next != at) {
        at = next;
    }
    at
}

/// A carried report speaks with its agency's voice alone, an agency's own outlet with both. An outlet is identified
/// by its owner and its name, and by its site if no owner is configured: whoever names owners knows better. The best
/// explanation of a shared voice comes first.
fn ties(article: &Article, credit: Option<&str>) -> Vec<Tie> {
    let mut ties: Vec<Tie> = credit.map(|agency| Tie::Agency(agency.to_owned())).into_iter().collect();
    if credit.is_none_or(|agency| agency::is(agency, &article.outlet, &article.url)) {
        ties.extend(match &article.owner {
            Some(owner) => Some(Tie::Owner(owner.clone())),
            None => site::of(&article.url).map(Tie::Site),
        });
        ties.extend(Some(&article.outlet).filter(|name| !name.is_empty()).cloned().map(Tie::Outlet));
    }
    ties
}

#[cfg(test)]
mod tests {
    use super::members;
    use crate::model::{Article, Story};

    fn article(outlet: &str, owner: Option<&str>) -> Article {
        Article { outlet: outlet.into(), owner: owner.map(str::to_owned), ..Article::default() }
    }

    fn voices(articles: &[Article], text: &[usize]) -> usize {
        let members = members(&articles.iter().collect::<Vec<_>>(), text);
        Story { members, ..Story::default() }.voices()
    }

    #[test]
    fn outlets_of_one_owner_and_copies_of_one_text_are_one_voice() {
        let owned = [article("Post", Some("Group")), article("Sun", Some("Group"))];
        assert_eq!(voices(&owned, &[0, 1]), 1);
        let copies = [article("Post", None), article("Sun", None), article("Echo", None)];
        assert_eq!(voices(&copies, &[7, 7, 2]), 2);
    }

    #[test]
    fn an_outlet_with_a_copy_and_its_own_report_leaves_the_copy_to_another() {
        let articles = [article("Post", None), article("Post", None), article("Sun", None)];
        assert_eq!(voices(&articles, &[7, 1, 7]), 2);
    }

    #[test]
    fn an_agencys_report_is_the_agencys_voice_wherever_it_is_carried() {
        let carried =
            |outlet: &str, agency: &str| Article { agency: Some(agency.into()), ..article(outlet, None) };
        let rewritten = [carried("Post", "AFP"), carried("Sun", "AFP"), article("Echo", None)];
        assert_eq!(voices(&rewritten, &[0, 1, 2]), 2);
        let its_own_feed = [carried("AFP", "AFP"), article("AFP", None), carried("Sun", "AFP")];
        assert_eq!(voices(&its_own_feed, &[0, 1, 2]), 1);
        let beside_a_report_of_its_own = [carried("Post", "AFP"), article("Post", None)];
        assert_eq!(voices(&beside_a_report_of_its_own, &[0, 1]), 2);
        let unnamed = [carried("Post", "AFP"), carried("Sun", crate::agency::WIRE)];
        assert_eq!(voices(&unnamed, &[0, 1]), 1);
        assert_eq!(voices(&unnamed[1..], &[0]), 1);
    }

    #[test]
    fn a_mark_that_one_outlet_alone_has_in_its_datelines_is_its_own() {
        let carried =
            |outlet: &str, agency: &str| Article { agency: Some(agency.into()), ..article(outlet, None) };
        let its_own = [carried("Post", "CRS"), article("Post", None)];
        assert_eq!(voices(&its_own, &[0, 1]), 1, "no agency, so both are the outlet's");
        let of_two = [carried("Post", "CRS"), article("Post", None), carried("Sun", "CRS")];
        assert_eq!(voices(&of_two, &[0, 1, 2]), 2, "an agency, whose report both carry, and the outlet");
        let likelier = [
            carried("Post", "AFP"),
            carried("Sun", "AFP"),
            carried("Echo", "Reuters"),
            carried("Herald", crate::agency::WIRE),
        ];
        let members = members(&likelier.iter().collect::<Vec<_>>(), &[0, 1, 2, 3]);
        assert_eq!(members[3].voice, members[0].voice, "an unnamed agency is the one most others carry");
    }

    #[test]
    fn one_copys_credit_goes_for_every_copy() {
        let credited = Article { agency: Some("Reuters".into()), ..article("Post", None) };
        let rewritten = Article { outlet: "Echo".into(), ..credited.clone() };
        assert_eq!(voices(&[credited, article("Sun", None), rewritten], &[7, 7, 3]), 1);
    }

    #[test]
    fn desks_of_one_site_are_one_voice_and_an_owner_overrules_the_site() {
        let at = |outlet: &str, owner: Option<&str>, url: &str| Article {
            url: url.into(),
            ..article(outlet, owner)
        };
        let desks = [
            at("Post News", None, "https://www.post.example/1"),
            at("Post Sport", None, "https://sport.post.example/2"),
        ];
        assert_eq!(voices(&desks, &[0, 1]), 1);
        let owned = [
            at("Post", Some("A"), "https://post.example/1"),
            at("Echo", Some("B"), "https://echo.post.example/2"),
        ];
        assert_eq!(voices(&owned, &[0, 1]), 2);
        let hosted = [
            at("Post", None, "https://post.substack.com/1"),
            at("Echo", None, "https://echo.substack.com/2"),
        ];
        assert_eq!(voices(&hosted, &[0, 1]), 2);
    }

    #[test]
    fn nameless_articles_go_by_their_site() {
        let at = |id: &str, url: &str| Article { id: id.into(), url: url.into(), ..Article::default() };
        assert_eq!(
            voices(
                &[at("a", "https://p.example/1"), at("b", "https://p.example/2"), at("c", "")],
                &[0, 1, 2]
            ),
            2
        );
    }
}
