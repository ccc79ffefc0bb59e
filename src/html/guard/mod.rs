//! HTML in, a verdict out: whether what parses it, and what walks its tree, may be let loose on it.
//!
//! Every HTML library we use stands on html5ever. It takes time quadratic in the depth of nesting and in the attributes of
//! a tag (servo/html5ever#788), looks through the rest of the text for every `&` it writes, and builds unclosed formatting
//! elements anew in every paragraph; and what walks its trees recurses, and reads the text of an element as often as it has
//! ancestors. So html5ever itself is let loose first, on a tree that only counts, and stopped where a limit is passed.

mod tree;

use std::{cell::Cell, rc::Rc};

use html5ever::{
    QualName, TokenizerResult,
    buffer_queue::BufferQueue,
    interface::create_element,
    local_name, ns,
    tendril::StrTendril,
    tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
    tree_builder::{TreeBuilder, TreeBuilderOpts},
};

use tree::{Node, Tree};

/// What HTML may come to. "Those pages" are 143 news pages that were counted.
struct Limits;

impl Limits {
    /// Nodes on the way to one. News pages seldom pass 50.
    const DEPTH: usize = 256;
    /// Tables in each other: what an extractor makes of them holds the innermost as often.
    const TABLES: usize = 16;
    /// Tags, start and end tags counted. Of those pages none has more than 3,312.
    const TAGS: usize = 20_000;
    /// Elements and comments, those built anew counted.
    const NODES: usize = 20_000;
    /// Mistakes, which some parsers write down. Of those pages none has more than 43.
    const ERRORS: usize = 100_000;
    /// Bytes without an end of the tag, or comment, that they are in.
    const TAG: usize = 512 * 1024;
    /// Attributes of one element.
    const ATTRIBUTES: usize = 512;
    /// Attributes of all elements. Of those pages none has more than 3,877.
    const ATTRIBUTES_IN_ALL: usize = 40_000;
    /// Bytes of all attributes, those of elements built anew counted, for each byte of the document; and of any document.
    const GROWTH: usize = 4;
    const GROWTH_OF_ANY: usize = 64 * 1024;
    /// Bytes of text outside of scripts and styles. Of those pages none has more than 77,097.
    const TEXT: usize = 1 << 20;
    /// Bytes of nodes and text, each times the depth it stands at: what it costs to read, or to copy, every element once.
    /// Of those pages none comes to more than six million.
    const WORK: usize = 20_000_000;
    /// Bytes that a node counts for by itself.
    const NODE: usize = 100;
    /// The same of scripts, styles and attributes, which are only carried along.
    const LUGGAGE: usize = 100_000_000;
    /// Characters that may have to be written as references, times the bytes of the text, or of the attribute, that they
    /// stand in: what it costs to write them.
    const WRITING: usize = 50_000_000;
}

/// Bytes, tags, and characters that may have to be escaped, of a fragment that is not measured: whatever they are, it
/// builds no more than some thousand elements, and is written at once.
const FEW_BYTES: usize = 16 * 1024;
const FEW_TAGS: usize = 128;
const FEW_ESCAPED: usize = 1024;

/// Bytes that the parser is given at once.
const PIECE: usize = 16 * 1024;

/// Why HTML is refused before it is parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("elements are nested deeper than {}, or tables deeper than {}", Limits::DEPTH, Limits::TABLES)]
    TooDeep,
    #[error("there are more than {} tags", Limits::TAGS)]
    TooManyTags,
    #[error("it makes more than {} elements and comments", Limits::NODES)]
    TooManyNodes,
    #[error("there are more than {} mistakes in it", Limits::ERRORS)]
    TooManyErrors,
    #[error("a tag or a comment is longer than {} bytes", Limits::TAG)]
    TagTooLong,
    #[error(
        "one element has more than {} attributes, or all of them have more than {}, or grow {}-fold",
        Limits::ATTRIBUTES,
        Limits::ATTRIBUTES_IN_ALL,
        Limits::GROWTH
    )]
    TooManyAttributes,
    #[error("there are more than {} bytes of text", Limits::TEXT)]
    TooMuchText,
    #[error("too many characters of a long text must be escaped, such as &")]
    TooManyEscaped,
    #[error("too much of it is nested too deep")]
    TooMuchWork,
}

/// Whether a page may be parsed into a tree: fit in size and depth for parsers that are neither linear nor shy of
/// recursion.
pub fn page(html: &str) -> Result<(), Refused> {
    check(html, TreeBuilder::new)
}

/// The same for what stands within the body of a page.
pub fn fragment(html: &str) -> Result<(), Refused> {
    if is_small(html) {
        return Ok(());
    }
    check(html, |tree, options| {
        let context = create_element(&tree, QualName::new(None, ns!(html), local_name!("div")), Vec::new());
        TreeBuilder::new_for_fragment(tree, context, None, options)
    })
}

fn is_small(html: &str) -> bool {
    let count = |marks: &[u8]| html.bytes().filter(|byte| marks.contains(byte)).count();
    // 0xC2 begins the no-break space, as UTF-8.
    html.len() <= FEW_BYTES && count(b"<") <= FEW_TAGS && count(b"&\xc2") <= FEW_ESCAPED
}

type Builder = TreeBuilder<Rc<Node>, Tree>;

fn check(html: &str, builder: impl Fn(Tree, TreeBuilderOpts) -> Builder) -> Result<(), Refused> {
    let measure = |scripting_enabled| {
        let tree = Tree::new(Limits::GROWTH * html.len() + Limits::GROWTH_OF_ANY);
        measure(html, builder(tree, TreeBuilderOpts { scripting_enabled, ..Default::default() }))
    };
    measure(false)?;
    // Parsers differ in whether the content of `noscript` is markup, and either reading can hide what follows.
    if holds(html, "<noscript") { measure(true) } else { Ok(()) }
}

fn holds(html: &str, name: &str) -> bool {
    memchr::memchr_iter(b'<', html.as_bytes())
        .filter_map(|at| html.as_bytes().get(at..at + name.len()))
        .any(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
}

fn measure(html: &str, builder: Builder) -> Result<(), Refused> {
    let reader = Reader { builder, tags: Cell::new(0), silent: Cell::new(0) };
    let tokenizer = Tokenizer::new(reader, TokenizerOpts::default());
    let reader = &tokenizer.sink;
    let tree = &reader.builder.sink;
    let queue = BufferQueue::default();
    let mut rest = html;
    while !rest.is_empty() && tree.refused().is_none() {
        let (piece, behind) = rest.split_at(end_of_piece(rest));
        rest = behind;
        reader.silent.set(reader.silent.get() + piece.len());
        queue.push_back(StrTendril::from(piece));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        if reader.silent.get() > Limits::TAG {
            tree.refuse(Refused::TagTooLong);
        }
    }
    if tree.refused().is_none() {
        tokenizer.end();
    }
    tree.verdict()
}

/// Where a piece ends: before no byte order mark, which the tokenizer would drop, as it does for nobody who gives it all at
/// once.
fn end_of_piece(html: &str) -> usize {
    let end = html.floor_char_boundary(PIECE);
    let behind = html.get(end..).unwrap_or_default();
    end + behind.len() - behind.trim_start_matches('\u{feff}').len()
}

/// Tokens on their way to the tree: none gets there once a limit is passed.
struct Reader {
    builder: Builder,
    tags: Cell<usize>,
    /// Bytes read since the last token.
    silent: Cell<usize>,
}

impl TokenSink for Reader {
    type Handle = Rc<Node>;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Self::Handle> {
        let tree = &self.builder.sink;
        if !matches!(token, Token::ParseError(_)) {
            self.silent.set(0);
        }
        if let Token::TagToken(tag) = &token {
            self.tags.set(self.tags.get() + 1);
            if self.tags.get() > Limits::TAGS {
                tree.refuse(Refused::TooManyTags);
            }
            if tag.attrs.len() > Limits::ATTRIBUTES {
                tree.refuse(Refused::TooManyAttributes);
            }
        }
        if tree.refused().is_some() {
            return TokenSinkResult::Continue;
        }
        self.builder.process_token(token, line)
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
