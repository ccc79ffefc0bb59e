//! A story's articles in, the number of independent voices out.

use std::collections::{BTreeMap, BTreeSet};

use super::title::host;
use crate::model::Article;

/// The most articles that can be chosen so that no two have one owner and no two are copies of one text: a wire report
/// in ten papers is one voice, and a paper that has its own report beside the wire's still counts. `text` names the
/// text of each article. An outlet without a name goes by its site, an article without either stands for itself.
pub(super) fn independent(articles: &[&Article], text: &[usize]) -> usize {
    let mut texts_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (article, &text) in articles.iter().zip(text) {
        texts_of.entry(voice(article)).or_default().push(text);
    }
    let voices: Vec<Vec<usize>> = texts_of.into_values().collect();
    let mut told_by: BTreeMap<usize, usize> = BTreeMap::new();
    (0..voices.len())
        .filter(|&voice| finds_a_text(voice, &voices, &mut told_by, &mut BTreeSet::new()))
        .count()
}

fn voice(article: &Article) -> &str {
    let named = [article.voice(), host(&article.url), &article.id];
    named.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
}

/// One step of bipartite matching: gives the voice a text of its own, if need be by moving other voices to another of
/// theirs. A text is tried once a step.
fn finds_a_text(
    voice: usize,
    voices: &[Vec<usize>],
    told_by: &mut BTreeMap<usize, usize>,
    tried: &mut BTreeSet<usize>,
) -> bool {
    for &text in voices.get(voice).into_iter().flatten() {
        if !tried.insert(text) {
            continue;
        }
        let taken = told_by.get(&text).copied();
        if taken.is_none_or(|other| finds_a_text(other, voices, told_by, tried)) {
            told_by.insert(text, voice);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::independent;
    use crate::model::Article;

    fn article(outlet: &str, owner: Option<&str>) -> Article {
        Article { outlet: outlet.into(), owner: owner.map(str::to_owned), ..Article::default() }
    }

    fn voices(articles: &[Article], text: &[usize]) -> usize {
        independent(&articles.iter().collect::<Vec<_>>(), text)
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
