//! A page in, its tree out, never beyond the limits: small and shallow enough for whoever walks it.
//!
//! html5ever takes time quadratic in the nesting depth, and rebuilds unclosed formatting elements in every paragraph;
//! extractors recurse, and read the text of an element as often as it has ancestors. So a page is first stripped of
//! what nobody reads (`slim`), then built once, into a tree that counts as it grows. Where a limit is passed the page
//! ends: its beginning is kept, along with the reason.

mod slim;
mod tree;

use dom_query::{Document, NodeId};
use html5ever::{
    TokenizerResult,
    buffer_queue::BufferQueue,
    interface::TreeSink,
    tendril::StrTendril,
    tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
    tree_builder::{TreeBuilder, TreeBuilderOpts},
};

pub use slim::Keep;
use slim::Slim;
use tree::Tree;

/// Limits for a page. "News pages" are 257 that were measured, without what `slim` drops.
struct Limits;

impl Limits {
    /// Nesting depth of elements. News pages seldom pass 50.
    const DEPTH: usize = 256;
    /// Tables nested in one another: what an extractor makes of them repeats the innermost as often.
    const TABLES: usize = 16;
    /// Elements, including rebuilt ones.
    const NODES: usize = 20_000;
    /// Bytes of all attributes, including those of rebuilt elements.
    const ATTRIBUTES: usize = 4 << 20;
    /// Bytes of text.
    const TEXT: usize = 1 << 20;
    /// Bytes of nodes and text, each multiplied by its depth: the cost of reading, or copying, every element once.
    const WORK: usize = 30_000_000;
    /// Bytes counted for a node itself.
    const NODE: usize = 100;
}

/// Why only part of a page was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Cut {
    #[error("elements are nested deeper than {}, or tables deeper than {}", Limits::DEPTH, Limits::TABLES)]
    Depth,
    #[error("it makes more than {} elements", Limits::NODES)]
    Elements,
    #[error("its attributes have more than {} bytes", Limits::ATTRIBUTES)]
    Attributes,
    #[error("there are more than {} bytes of text", Limits::TEXT)]
    Text,
    #[error("too much of it is nested too deep")]
    Work,
}

/// A parsed page.
pub struct Page {
    pub tree: Document,
    /// Its metadata in scripts (JSON-LD), as written.
    pub metadata: Vec<String>,
    /// Bytes kept of it.
    pub size: usize,
    /// Why it is not complete, if it is not.
    pub cut: Option<Cut>,
}

/// Bytes given to the parser at once: what may pass a limit before it is noticed.
const PIECE: usize = 16 * 1024;

/// Reads a page. Takes bounded time and memory, whatever the input.
pub fn page(html: &str, keep: Keep) -> Page {
    let mut slim = Slim::of(html.trim_start_matches('\u{feff}'), keep);
    let options = TreeBuilderOpts { scripting_enabled: false, ..Default::default() };
    let reader = Reader { builder: TreeBuilder::new(Tree::default(), options) };
    let tokenizer = Tokenizer::new(reader, TokenizerOpts { discard_bom: false, ..Default::default() });
    let (queue, mut size) = (BufferQueue::default(), 0);
    let is_cut = || tokenizer.sink.builder.sink.cut().is_some();
    'reading: for piece in slim.by_ref() {
        let mut rest = piece.as_str();
        while !rest.is_empty() {
            let (part, behind) = rest.split_at(rest.floor_char_boundary(PIECE));
            size += part.len();
            queue.push_back(StrTendril::from(part));
            while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
            if is_cut() {
                break 'reading;
            }
            rest = behind;
        }
    }
    tokenizer.end();
    let tree = tokenizer.sink.builder.sink;
    let cut = tree.cut();
    let tree = tree.finish();
    let deeper = tree::within_limits(&tree);
    Page { tree, metadata: slim.metadata, size, cut: cut.or(deeper) }
}

/// Passes tokens on to the tree until a limit is reached.
struct Reader {
    builder: TreeBuilder<NodeId, Tree>,
}

impl TokenSink for Reader {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        match (self.builder.sink.cut(), &token) {
            (Some(_), _) | (None, Token::ParseError(_)) => TokenSinkResult::Continue,
            _ => self.builder.process_token(token, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

#[cfg(test)]
mod tests;
