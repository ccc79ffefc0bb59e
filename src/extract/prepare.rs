//! The tree of a page in, the same tree made easy for the extractor out: hidden text, promotions and pop-ups are
//! gone, bare text between line breaks stands in paragraphs, and inline markup no longer parts words.

use std::{collections::BTreeSet, sync::LazyLock};

use dom_query::{Document, NodeRef};
use regex::Regex;
use rustc_hash::FxHashMap;

use crate::text::space;

/// Elements that hold no text of an article.
const SILENT: &str = "script, style, noscript, template, iframe, svg, math, canvas, object, embed, audio, video, \
                      button, input, select, textarea, dialog";

/// Text for screen readers only, and text that is not shown.
const HIDDEN: &str = "[hidden], [style*='clip:rect(0'], [style*='clip: rect(0'], [style*='clip-path:inset(50%'], \
                      [style*='display:none'], [style*='display: none'], [style*='visibility:hidden'], .sr-only, \
                      .visually-hidden, .visuallyhidden, .screen-reader-text, .element-invisible";

/// Inline elements that are unwrapped inside prose.
const INLINE: [&str; 19] = [
    "a", "abbr", "b", "bdi", "big", "cite", "em", "font", "i", "ins", "mark", "small", "span", "strong",
    "time", "tt", "u", "nobr", "wbr",
];

/// Elements that end a run of bare text.
const BLOCKS: [&str; 25] = [
    "p",
    "div",
    "section",
    "article",
    "ul",
    "ol",
    "li",
    "table",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figure",
    "form",
    "pre",
    "aside",
    "header",
    "footer",
    "nav",
    "main",
    "dl",
    "hr",
];

/// A box that names itself one of these is no part of the article if it is small.
static PROMOTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)(?: ^ | [\s_-] )
        (?: promo(?:tion|box|s)? | newsletter(?:s|box)? | sign-?up | subscribe | subscription | recirc(?:ulation)?
          | related(?:-?(?:articles?|stories|content|links|posts|news|items|box))? | read-?(?:more|next|also)
          | most-?(?:read|popular|viewed) | trending | recommend(?:ed|ations?)? | story-?cards? | teasers?
          | outbrain | taboola | sponsored | advert(?:isement|orial)?s? | ad-?(?:slot|unit|wrapper|container)
          | share-?(?:bar|tools|buttons|links)? | social(?:-?(?:share|links|icons|media))? | click-?to-?tweet
          | author-?(?:bio|box|card|info) | about-?the-?author | byline | dateline | timestamp
          | captions? | wp-caption-text | photo-?credits? | image-?credits? | credits? | tags | tag-?(?:list|links|cloud)
          | breadcrumbs? | comments?-?(?:count|link)? | disclaimer | copyright | correction-?form
          | donat(?:e|ion) )
        (?: $ | [\s_-] )",
    )
    .expect("a constant pattern")
});

/// Share of a page's text that a box may hold and still be taken for a promotion.
const SMALL_SHARE: f64 = 0.15;
/// Words a box may hold in any case.
const SMALL_WORDS: usize = 60;

/// Bytes of a line of links, and of how it is written, white space and all.
const LONGEST_LINE: usize = 300;
const LONGEST_WRITTEN: usize = 10_000;

/// Fields that ask for a mail address, as sign-up boxes have them whatever they are called.
const MAIL_FIELDS: &str =
    "input[type=email], input[name*=email i], input[placeholder*=email i], input[placeholder*=e-mail i]";

/// Clears and straightens the page.
pub fn prepare(page: &Document) {
    remove_sign_ups(page);
    remove_unless_large(page, SILENT, usize::MAX);
    let words = words(&page.root());
    remove_unless_large(page, HIDDEN, words / 4);
    remove_promotions(page, words);
    remove_popups(page);
    wrap_bare_text(page);
    unwrap_inline(page);
}

/// The texts, folded, of the blocks of a page that are links and nothing else.
pub fn linked_lines(page: &Document) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for block in page.select("p, li, h2, h3, h4, h5, div").nodes() {
        let text = block.text();
        if text.len() > LONGEST_WRITTEN {
            continue;
        }
        let text = space::fold(&text);
        if text.is_empty() || text.len() > LONGEST_LINE {
            continue;
        }
        let links: usize = block.find(&["a"]).iter().map(|a| letters(&a.text())).sum();
        if links * 10 >= letters(&text) * 9 {
            lines.insert(text);
        }
    }
    lines
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

fn words(node: &NodeRef) -> usize {
    node.text().split_whitespace().count()
}

fn remove_unless_large(page: &Document, selector: &str, most_words: usize) {
    for node in page.select(selector).nodes() {
        if most_words == usize::MAX || words(node) <= most_words {
            node.remove_from_parent();
        }
    }
}

/// Boxes around a field for a mail address, with all they say, as far as they are small.
fn remove_sign_ups(page: &Document) {
    // Each element is read once, however many fields are in it.
    let mut known = FxHashMap::default();
    for field in page.select(MAIL_FIELDS).nodes() {
        let mut is_small = |node: &NodeRef| {
            *known.entry(node.id).or_insert_with(|| !is_body(node) && words(node) <= SMALL_WORDS)
        };
        let boxes = field.ancestors_it(None).take_while(|node| is_small(node));
        if let Some(outermost) = boxes.last() {
            outermost.remove_from_parent();
        }
    }
}

fn is_body(node: &NodeRef) -> bool {
    node.node_name().is_some_and(|name| matches!(name.as_ref(), "html" | "body" | "article" | "main"))
}

fn remove_promotions(page: &Document, page_words: usize) {
    let small = SMALL_WORDS.max((page_words as f64 * SMALL_SHARE) as usize);
    for node in page.select("body [class], body [id]").nodes() {
        let name = node.node_name().unwrap_or_default();
        if is_body(node) || INLINE.contains(&name.as_ref()) {
            continue;
        }
        let names = [node.class(), node.id_attr()].into_iter().flatten();
        let promotes = names.into_iter().any(|name| PROMOTION.is_match(&name));
        if promotes && words(node) <= small {
            node.remove_from_parent();
        }
    }
}

/// Cards that open over a name in a paragraph: a picture and links where prose is.
fn remove_popups(page: &Document) {
    let is_card = |node: &NodeRef| node.find(&["a"]).len() >= 2 && !node.find(&["img"]).is_empty();
    for node in page.select("p span").nodes() {
        if is_card(node) && !node.find(&["span"]).iter().any(is_card) {
            node.remove_from_parent();
        }
    }
}

/// Puts the text that stands bare in a block, parted by two line breaks, into paragraphs.
fn wrap_bare_text(page: &Document) {
    for block in page.select("div, section, article, td, center, main, body").nodes() {
        let children = block.children();
        let breaks = children.iter().filter(|c| c.has_name("br")).count();
        if breaks < 2 {
            continue;
        }
        let mut run: Vec<&NodeRef> = Vec::new();
        let mut since_break = 0;
        for child in &children {
            if child.has_name("br") {
                since_break += 1;
            } else if child.is_element() && (is_block(child) || holds_block(child)) {
                wrap(page, &run);
                run.clear();
                since_break = 0;
                continue;
            } else if child.is_element() || child.is_nonempty_text() {
                if since_break >= 2 {
                    wrap(page, &run);
                    run.clear();
                }
                since_break = 0;
            }
            run.push(child);
        }
        wrap(page, &run);
    }
}

fn holds_block(node: &NodeRef) -> bool {
    node.descendants_it().any(|inner| inner.is_element() && is_block(&inner))
}

fn is_block(node: &NodeRef) -> bool {
    node.node_name().is_some_and(|name| BLOCKS.contains(&name.as_ref()))
}

fn wrap(page: &Document, run: &[&NodeRef]) {
    let Some(first) = run.first() else { return };
    if run.iter().map(|node| letters(&node.text())).sum::<usize>() == 0 {
        return;
    }
    let paragraph = page.tree.new_element("p");
    first.insert_before(&paragraph.id);
    for node in run {
        paragraph.append_child(&node.id);
    }
}

/// Takes inline elements out of prose and leaves their text; lists of links keep their links, which tell them
/// from prose.
fn unwrap_inline(page: &Document) {
    for block in page.select("p, li, blockquote, h2, h3, h4, div").nodes() {
        let linked: usize = block.find(&["a"]).iter().map(|a| letters(&a.text())).sum();
        let prose = linked * 2 < letters(&block.text());
        if prose && !(block.has_name("div") && holds_block(block)) {
            block.strip_elements(&INLINE);
        }
    }
}
