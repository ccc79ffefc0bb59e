//! One paragraph in, a verdict out: whether it is a label, a byline, a date, a credit or a pointer to another page.

use std::sync::LazyLock;

use regex::Regex;

use super::Patterns;

/// Words of the longest pointer ("Read more: …") and caption.
const MOST_WORDS: usize = 45;
/// Words of the longest headline.
const HEADLINE_WORDS: usize = 25;

/// A whole line that is a label of the site, white space folded, end punctuation gone.
static LABELS: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::of(&[
        r"^(skip |end of )?(advertisements?|ads?|sponsored( content)?|promoted( content)?|paid content)$",
        r"^(advertisement\W+)?(story|article|post)? ?continues?( reading)?( below| after)?( this)?( the)?( advertisement| ad)?$",
        r"^(advertisement\W+)?(continue reading|keep reading|scroll( down)? (to continue|for more)|tap (here|to) .{0,30})( below)?$",
        r"^(read|see|view|show|load|find out|learn|watch|listen|hear|discover|explore|shop) (more|all|now|next|also|full (story|article))\b.{0,40}$",
        r"^(share|save|print|email|tweet|comment|like|copy|bookmark|gift|pin)( (this|it|the|link|via|on|to|with|article|story|page|post|email|facebook|twitter|x|whatsapp|linkedin|pinterest|reddit|your|friends?|a|as|an?))*$",
        r"^((facebook|twitter|x|whatsapp|linkedin|pinterest|reddit|email|e-mail|mail|print|share|copy|link|telegram|messenger|flipboard|pocket|tumblr|instagram|youtube|tiktok|threads|bluesky|sms|more|tweet|pin|save)[ ,|/·•]*)+$",
        r"^(leave|post|add|write|view|show|hide|read|see|join|load)?( (a|your|the|all|more))?( ?\d[\d,.]*k?)? ?(comments?|replies|reactions|shares?|likes?|views?|reads?|claps?|retweets?)( ?[(:]? ?\d+\)?)?$",
        r"^(comments (are|have been) (closed|disabled|turned off)|no comments( yet)?|be the first to comment).{0,60}$",
        r"^(subscribe|sign up|sign in|log ?in|register|join|become a member|donate|support us|follow us|follow|newsletters?|our newsletters?)( (now|today|here|free|up|us|for free|to (read|continue)))*$",
        r"^(click|tap)( here)?( to (tweet|enlarge|expand|zoom|play|view|share))?.{0,12}$",
        r"^(loading|please wait|buffering|play|pause|mute|unmute|close|open|menu|home|search|back to top|top|next|previous|up next|now playing|live)( (video|audio|now|article|story|post|up))?$",
        r"^(photos?|images?|videos?|gallery|galleries|slideshow|pictures?|caption|credits?|getty images?|file( photo)?|courtesy photo|video transcript|transcript)( \d+( of \d+)?| gallery)?$",
        r"^(tags?|topics?|topics in this (article|story)|categories|category|filed under|posted in|keywords|labels)\b.{0,200}$",
        r"^\d+ ?(min(ute)?s?|mins?|hours?|hrs?|days?|weeks?|months?)\.? (read|ago|listen|watch)$",
        r"^(more|also|related|recommended|trending) (on|from|in|at) .{2,50}$",
        r"^opens? in( a)? new (tab|window)$",
        r"^(the )?views? expressed .{10,200}$",
        r"^most (read|popular|viewed|shared|watched)\b.{0,40}$",
    ])
});

/// The heading of a box of links to other articles.
static RECOMMENDATIONS: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::of(&[
        r"^(you (may|might) (also )?(like|be interested in|enjoy|have missed)|recommended( for you| reading)?|don.?t miss( this)?|trending( now)?|in case you missed it|ICYMI)$",
        r"^(related|recommended|similar|popular|further|additional|suggested) ?(stories|story|articles?|content|coverage|news|posts?|links?|reading|topics?|videos?)?$",
        r"^(more|other|latest|top|best|great) .{0,30}\b(stories|news|articles|headlines|coverage|reading|posts|videos|reviews)$",
        r"^(more|more on this( story| topic)?|more coverage|more (from|on|about|in) .{2,40}|read (more|next|also|on)|see also|also read|also see|up next|what to read next|editor.?s.? picks?|most (read|popular|viewed)\b.{0,30}|around the web|from around the web)$",
    ])
});

/// A pointer to another page or a notice of the site, as a sentence or not.
static POINTERS: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::of(&[
        r"^(read|see|watch|listen|hear|view|check out|find)( also| next| on| now| here| more)?( about| on| at| from)?( [\w’']+){0,3}: ?\S",
        r"^(read|see|find|get|view) (more|the (full|rest|whole|original|latest))\b.{0,120}\b(here|below|story|article|coverage|report|reviews?|stories|at \S+\.\S+)\W*$",
        r"^(click|tap) (here|through|below|on the)\b",
        r"^(also|more|read more|see more|watch more) (on|at|from) [\w-]+(\.[\w-]+)*\.[a-z]{2,}\b",
        r"^(image|photo|photograph|picture|cover|illustration|graphic|main image|featured image)s?( source| credits?| courtesy| by| via| of)?\s*[:©]",
        r"^(photo(graph)?s?|images?|pictures?|illustrations?|graphics?|video) (by|courtesy( of)?|via|provided by|supplied by|credit)\b",
        r"^(sources?|via|credits?|tags?|topics?|filed under|posted in|categories)\s*: ?\S",
        r"^our (editorial )?(standards|ethics|policy|policies|principles|guidelines|corrections)( policy)?\s*[:|] ?\S",
        r"^(copyright|©|ⓒ|\(c\) ?(19|20)\d\d)",
        r"\ball rights reserved\b",
        r"\bmay not be (published|reproduced|redistributed|rewritten)\b",
        r"^this (article|story|post|piece|report|column|essay|interview|video|content) (was|has been|is|first|originally|appears?|appeared)\b.{0,60}\b(published|appeared|produced|republished|updated|translated|reprinted|edited|sponsored|posted|written)\b",
        r"^(originally|first) (published|appeared|posted) (on|in|at|by)\b",
        r"^(a version of )?this (article|story|post) (first |originally )?(appears?|appeared|ran)\b",
        r"^\(?(additional |with )?(reporting|writing|editing)( and (writing|editing|reporting))? by\b",
        r"\bcontributed (reporting )?to this (report|article|story|piece|post)\b",
        r"^(note|please note): .{0,80}\b(comments?|moderat)",
    ])
});

/// A label and the headline of another page or of a film.
static TITLED: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::of(&[
        r"^(also (read|see)|see also|read (also|next)|more|related( (stories|story|articles?|coverage|content|links?|news|reading|video|topics))?|don.?t miss|must.?(read|see|watch)|up next|recommended|in case you missed it|trending|explore( more)?|go deeper|background|in pictures|in photos|photos|gallery|video|podcast)( \(?(video|photos|below)\)?)?\s*[:|»>–—-] ?\S",
    ])
});

/// How the caption of a picture ends. A sentence that ends in a name of an agency ends in a full stop.
static CREDIT: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::of(&[
        r"\(((file |stock |ap )?(photo|image|picture|illustration|screenshot|graphic|video)s?( (credit|by|courtesy|via|from|source)\b|[:/])|credits?:|courtesy( of)?[ :]|getty|shutterstock|via getty)[^)]{0,120}\)\W*$",
        r"[.!?][”’]? \((ap|afp|epa|reuters|pa|upi|getty|dpa)\)$",
        r"(/|via |© ?|- ?)(getty( images)?|shutterstock|reuters|afp|ap( photo)?|epa(-efe)?|alamy|pa wire|file photo|zuma|upi|bloomberg|istock|unsplash)[^\w.]*$",
        r"\b(getty images|shutterstock|ap photo|file photo|alamy stock photo)[^\w.]*$",
        r"\bphotos? © ?\w",
    ])
});

/// A wire agency's photographer, written as the agency writes them.
static AGENCY_PHOTO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:REUTERS|AFP|EPA|dpa|AAP|PTI|ANSA|EFE|XINHUA|AP Photo|Kyodo)/\p{Lu}")
        .expect("a constant pattern")
});

/// A line that is a date and a time, perhaps with a byline or a word before it.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:\W|published|updated|posted|created|modified|last|first|originally|on|at|date|filed",
        r"|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday",
        r"|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august",
        r"|september|october|november|december|\d+(?:st|nd|rd|th)?|am|pm|a\.m|p\.m|utc|gmt|est|edt|cst|cdt|pst|pdt|pt|et|bst|cet",
        r"|ago|hours?|minutes?|days?|mins?|updated)+(?:\s*by .{3,40})?$"
    ))
    .expect("a constant pattern")
});

/// What makes a line of numbers a date or a time.
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b.*\d|\d[/.-]\d{1,2}[/.-]\d{2}",
        r"|\d:\d\d|\d ?[ap]\.?m\b|\bago\b"
    ))
    .expect("a constant pattern")
});

/// Whether a paragraph is furniture wherever it stands.
pub fn is_furniture(paragraph: &str) -> bool {
    let words = paragraph.split_whitespace().count();
    if !paragraph.contains(char::is_alphanumeric) || AGENCY_PHOTO.is_match(paragraph) {
        return true;
    }
    let label = paragraph.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '©');
    (words <= 30 && LABELS.is_match(label))
        || (words <= MOST_WORDS && POINTERS.is_match(paragraph))
        || (words <= HEADLINE_WORDS && TITLED.is_match(paragraph))
        || (words <= 2 * MOST_WORDS && CREDIT.is_match(paragraph))
        || (words <= 14 && DATED.is_match(paragraph) && DATE.is_match(paragraph))
}

/// Whether a paragraph is the heading of a box of links.
pub fn opens_recommendations(paragraph: &str) -> bool {
    let label = paragraph.trim_matches(|c: char| !c.is_alphanumeric());
    paragraph.split_whitespace().count() <= 8
        && !ends_a_sentence(paragraph)
        && RECOMMENDATIONS.is_match(label)
}

/// Whether a paragraph reads as a headline, not as a sentence.
pub fn is_headline(paragraph: &str) -> bool {
    paragraph.split_whitespace().count() <= HEADLINE_WORDS && !paragraph.ends_with(['.', ':', '”', '"'])
}

/// Whether a paragraph ends as sentences end, closing marks aside.
pub fn ends_a_sentence(paragraph: &str) -> bool {
    paragraph
        .trim_end_matches(['"', '”', '’', '\'', ')', ']', '»'])
        .ends_with(['.', '!', '?', '…', '。', '।'])
        && !paragraph.ends_with("...")
}
