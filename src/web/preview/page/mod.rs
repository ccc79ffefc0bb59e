//! What is shown and the query in, the HTML of the preview's own page out. Never runs the digest's own
//! markup: that is in a frame.

mod panel;

use maud::{DOCTYPE, Markup, html};

use super::{
    Shown,
    query::{Query, View},
    sheet::Sheet,
    workshop::Digest,
};
use crate::model::{Edition, Reader};

/// Most readers listed; any other can be typed into the address.
const LISTED: usize = 500;

/// The whole page.
pub fn page(shown: &Shown, query: &Query) -> String {
    let digest = &shown.digest;
    let title = &digest.config.newsletter.title;
    let reader = digest.config.reader(&query.reader).ok();
    let document = html! {
        (DOCTYPE)
        html lang="en" data-version=(shown.version) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Preview: " (title) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="style.css";
                script src="script.js" defer {}
            }
            body {
                (bar(digest, query, reader))
                div #notes { (notes(shown, query, reader)) }
                @match &digest.edition {
                    Some(edition) => (sheet(digest, edition, query, reader)),
                    None => main { section #stage { p.nothing { "Nothing new: there would be no edition now." } } },
                }
            }
        }
    };
    document.into_string()
}

fn bar(digest: &Digest, query: &Query, reader: Option<&Reader>) -> Markup {
    let here = |current: bool| current.then_some("page");
    html! {
        header #bar {
            h1 { (digest.config.newsletter.title) }
            nav aria-label="View" {
                @for view in View::ALL {
                    a href=(query.in_view(view).path()) aria-current=[here(view == query.view)] { (view.label()) }
                }
            }
            @if query.view.is_rendered() {
                a #dark href=(query.turned().path()) aria-current=[query.dark.then_some("true")] { "Dark" }
            }
            (readers(digest, query, reader))
            p #pulse role="status" { "Live" }
        }
    }
}

fn readers(digest: &Digest, query: &Query, reader: Option<&Reader>) -> Markup {
    let readers = &digest.config.readers;
    let listed = readers.iter().take(LISTED);
    let beyond = reader.filter(|reader| !listed.clone().any(|listed| listed == *reader));
    let option =
        |one: &Reader| html! { option value=(one.email) selected[reader == Some(one)] { (one.email) } };
    html! {
        form method="get" action="./" {
            input type="hidden" name="view" value=(query.view.name());
            @if query.dark { input type="hidden" name="dark" value="1"; }
            label for="as" { "Copy for" }
            select #as name="as" {
                option value="" { "nobody: all sections" }
                @for reader in listed.clone().chain(beyond) { (option(reader)) }
                @if readers.len() > LISTED { option disabled { "and " (readers.len() - LISTED) " more" } }
            }
            noscript { button { "Show" } }
        }
    }
}

/// What is wrong with the files, or with what was asked.
fn notes(shown: &Shown, query: &Query, reader: Option<&Reader>) -> Markup {
    html! {
        @if let Some(trouble) = &shown.trouble {
            div #trouble role="alert" {
                p { strong { "This cannot be used." } " The digest below is the last one that could be made." }
                pre { (trouble) }
            }
        }
        @if !query.reader.is_empty() && reader.is_none() {
            p.note { (query.reader) " is not a reader: this is nobody's copy." }
        }
    }
}

fn sheet(digest: &Digest, edition: &Edition, query: &Query, reader: Option<&Reader>) -> Markup {
    let sheet = Sheet::of(digest, edition, reader);
    html! {
        main {
            section #stage .(query.view.name()) aria-label="The digest" { (stage(&sheet, query)) }
            (panel::figures(&sheet))
            (panel::details(digest, edition, &sheet))
        }
    }
}

fn stage(sheet: &Sheet, query: &Query) -> Markup {
    let text = match query.view {
        View::Desktop | View::Phone => {
            return html! {
                iframe #digest title="The digest" src=(query.digest())
                    sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" {}
            };
        }
        View::Text => &sheet.text,
        View::Markdown => &sheet.markdown,
        View::Source => &sheet.message,
    };
    html! { pre #text tabindex="0" { (text) } }
}
