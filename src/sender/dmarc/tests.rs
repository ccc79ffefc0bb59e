//! Policies as domains publish them, and what they mean for a newsletter.

use super::*;
use crate::sender::Verdict;

/// The finding for mail of `news.paper.example`, which signs for itself, with these records published.
fn judged(published: &[(&str, &str)]) -> Finding {
    let from = "news.paper.example";
    judged_as(Mail { from, envelope: from, signer: Some(from) }, published)
}

fn judged_as(mail: Mail, published: &[(&str, &str)]) -> Finding {
    let at = |domain: &str| {
        published.iter().filter(|(own, _)| *own == domain).map(|(_, text)| (*text).to_owned()).collect()
    };
    let found: Vec<(String, Vec<String>)> =
        walk(mail.from).into_iter().map(|domain| (domain.clone(), at(&domain))).collect();
    judge(mail, &found)
}

#[test]
fn the_walk_goes_up_to_the_top_in_eight_steps_at_most() {
    assert_eq!(walk("news.paper.example"), ["news.paper.example", "paper.example", "example"]);
    let long = walk("a.b.c.d.e.f.g.h.mail.example.com");
    assert_eq!(long.len(), 8);
    assert_eq!(long.get(1).map(String::as_str), Some("e.f.g.h.mail.example.com"));
    assert_eq!(long.last().map(String::as_str), Some("com"));
}

#[test]
fn the_domains_own_policy_counts_else_that_of_the_organisation_for_those_below() {
    for (published, word) in [
        (&[("news.paper.example", "v=DMARC1; p=reject")][..], "_dmarc.news.paper.example asks"),
        (&[("paper.example", "v=DMARC1;p=none; sp=quarantine")], "quarantine"),
        (&[("paper.example", "v=DMARC1;p=Reject"), ("news.paper.example", "v=DMARC1; p=none")], "(none)"),
        (&[("paper.example", "v=DMARC1; p=none"), ("example", "v=DMARC1; p=reject; psd=y")], "(none)"),
    ] {
        let finding = judged(published);
        assert_eq!(finding.verdict, Verdict::Good, "{published:?}: {}", finding.text);
        assert!(finding.text.contains(word), "{published:?}: {}", finding.text);
    }
}

#[test]
fn a_missing_policy_is_shown_as_it_should_be() {
    for published in
        [&[][..], &[("news.paper.example", "v=spf1 -all")], &[("news.paper.example", "p=none; v=DMARC1")]]
    {
        let finding = judged(published);
        assert_eq!(finding.verdict, Verdict::Bad);
        let record = finding.record.expect("a record to add");
        assert_eq!(record.to_string(), "_dmarc.news.paper.example TXT v=DMARC1; p=none");
    }
}

#[test]
fn policies_that_receivers_do_not_heed_are_told() {
    let twice = [("paper.example", "v=DMARC1; p=none"), ("paper.example", "v=DMARC1; p=reject")];
    assert!(judged(&twice).text.contains("2 DMARC records"));
    let idle = [("news.paper.example", "v=DMARC1; rua=mailto:dmarc@paper.example")];
    assert!(judged(&idle).text.contains("asks for nothing"));
    assert_eq!(judged(&idle).verdict, Verdict::Bad);
}

#[test]
fn mail_signed_or_bounced_elsewhere_passes_only_within_the_organisation() {
    let from = "news.paper.example";
    let open = [("paper.example", "v=DMARC1; p=reject")];
    let strict = [("paper.example", "v=DMARC1; p=reject; adkim=s; aspf=s")];
    let verdict = |signer, envelope, published: &[(&str, &str)]| {
        judged_as(Mail { from, envelope, signer }, published).verdict
    };
    assert_eq!(verdict(Some("paper.example"), "bounces.provider.example", &open), Verdict::Good);
    assert_eq!(verdict(Some("paper.example"), "bounces.provider.example", &strict), Verdict::Bad);
    assert_eq!(verdict(Some("provider.example"), "mail.paper.example", &open), Verdict::Good);
    assert_eq!(verdict(Some("provider.example"), "mail.paper.example", &strict), Verdict::Bad);
    assert_eq!(verdict(None, "provider.example", &open), Verdict::Unknown);
    assert_eq!(verdict(None, from, &strict), Verdict::Good);
    assert_eq!(verdict(Some("othernews.paper.example.evil.example"), "x.example", &open), Verdict::Bad);
}

#[test]
fn a_registrys_policy_does_not_make_its_customers_one_organisation() {
    let registry = [("example", "v=DMARC1; p=reject; psd=y")];
    let from = "news.paper.example";
    let mail = |signer| Mail { from, envelope: "x.test", signer: Some(signer) };
    assert_eq!(judged_as(mail("rival.example"), &registry).verdict, Verdict::Bad);
    assert!(ends_walk(&["v=DMARC1; psd=y".to_owned()]) && !ends_walk(&["v=DMARC1; p=none".to_owned()]));
    let own = [("news.paper.example", "v=DMARC1; p=none; psd=n"), ("example", "v=DMARC1; p=reject")];
    assert_eq!(judged_as(mail("paper.example"), &own).verdict, Verdict::Bad);
}
