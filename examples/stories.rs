//! From the files of feeds to briefs: `cargo run --example stories -- a.xml b.xml`. Each file is taken for the feed of one outlet.

use std::{env, error::Error, fs};

use reveille::{briefs, feeds, stories};

fn main() -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    for name in env::args().skip(1) {
        files.push((name.clone(), fs::read(name)?));
    }
    print!("{}", told(&files)?);
    Ok(())
}

/// The stories that several outlets tell, with their leads and quotations.
pub fn told(files: &[(String, Vec<u8>)]) -> Result<String, Box<dyn Error>> {
    let mut articles = Vec::new();
    for (name, bytes) in files {
        let address = format!("https://feeds.example/{name}");
        let feed = feeds::feed(bytes, &feeds::Source { url: &address, content_type: None })?;
        for (place, entry) in feed.entries.into_iter().enumerate() {
            let text = text(&entry);
            articles.push(stories::Article {
                id: format!("{name} {place}"),
                outlet: feed.title.clone(),
                title: entry.title,
                url: entry.link.unwrap_or_default(),
                text,
                authors: entry.authors,
                published: entry.published,
                lang: entry.lang,
                ..stories::Article::default()
            });
        }
    }
    stories::settle_languages(articles.iter_mut(), |_| false);
    let mut said = String::new();
    for story in stories::stories(&articles, &stories::Options::default()) {
        if story.voices() < 2 {
            continue;
        }
        let members: Vec<&stories::Article> =
            articles.iter().filter(|article| story.holds(&article.id)).collect();
        let brief = briefs::brief(&story, &members, &briefs::Options::default());
        said += &format!("{} ({} outlets)\n", brief.headline, story.voices());
        for passage in &brief.lead {
            said += &format!("  {}\n", passage.text);
        }
        for quote in &brief.quotes {
            said +=
                &format!("  {} ({})\n", quote.text, quote.speaker.as_deref().unwrap_or("no speaker named"));
        }
    }
    Ok(said)
}

/// The paragraphs of an entry, or its summary when the feed gives no more.
fn text(entry: &feeds::Entry) -> String {
    let paragraphs = entry.blocks.iter().filter(|block| block.kind == feeds::Kind::Paragraph);
    let paragraphs: Vec<&str> = paragraphs.map(|block| block.text.as_str()).collect();
    if paragraphs.is_empty() { entry.summary.clone() } else { paragraphs.join("\n\n") }
}
