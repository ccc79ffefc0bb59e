//! A theme in, the inline styles of a mail out. Never pads paragraphs, only cells: Outlook's Word engine ignores
//! padding anywhere else.

use super::super::theme::{Colour, Font, Palette, Px, Theme};

/// One `style` attribute for each kind of text and cell.
pub struct Styles {
    pub page: String,
    pub page_cell: String,
    pub card: String,
    pub masthead: String,
    pub title: String,
    pub issue: String,
    /// Of what stands between the masthead and the first story.
    pub leading_cell: String,
    pub proof: String,
    pub leading: String,
    pub number: String,
    /// For the first section, and for the others.
    pub group: [String; 2],
    /// The section's name, at the head of the mail and below a rule.
    pub section_cell: [String; 2],
    pub section: String,
    /// For the first story below a section's name, for the others, and for one of a line below another of a line.
    pub story_cell: [String; 3],
    pub picture: String,
    /// In pixels, for programs that do not support `max-width`.
    pub picture_width: u16,
    pub top_headline: String,
    pub headline: String,
    /// The headline of a story that is no more than a line.
    pub line: String,
    pub headline_link: String,
    pub label: String,
    pub remark: String,
    pub body: String,
    pub link: String,
    /// With a bar on the left and on the right; for the top story's first quotation, and for the others.
    pub quote_cell: [[String; 2]; 2],
    /// Italic, and upright for scripts without italics, as for the next two.
    pub top_quote: [String; 2],
    pub quote: [String; 2],
    /// Inside a paragraph.
    pub quoted: [String; 2],
    pub speaker: String,
    pub strong: String,
    pub meta: String,
    pub top_meta: String,
    pub more_link: String,
    pub rest: String,
    pub offer_cell: String,
    pub offer_box: String,
    pub offer_row: String,
    pub offer_title: String,
    pub offer_text: String,
    pub button_cell: String,
    pub button: String,
    pub footer_cell: String,
    pub footer: String,
    pub footer_link: String,
}

/// Read before anything else by an inbox, and seen nowhere.
pub(super) const UNSEEN: &str = "display:none;max-height:0;overflow:hidden";

impl Styles {
    pub fn new(theme: &Theme) -> Self {
        let Theme { light, fonts, sizes, space, lines, manner, .. } = theme;
        let Palette { page, card, ink, meta, link, label, line, masthead_ink, masthead_meta, .. } = light;
        let side = sizes.side.get();
        let [above, section, story, part] =
            [space.masthead, space.section, space.story, space.paragraph].map(Px::get);
        let tight = part / 3;
        // Small lines that hold links are 24 pixels tall (WCAG 2.2, 2.5.8).
        let tappable = [sizes.meta[0], sizes.meta[1].at_least(24)];
        let hairline = stroke(1, line);
        let heavy = format!("font-weight:{}", manner.headline.as_str());
        let cited = |before: String| {
            [manner.quote.as_str(), "normal"]
                .map(|slant| format!("{before}font-family:{};font-style:{slant}", fonts.quote.as_str()))
        };
        let linked = format!("color:{};text-decoration:underline", link.as_str());
        let story_cell =
            |top| type_of(&fonts.text, sizes.body, ink) + &format!("padding:{top}px 0 {story}px");
        let between = match lines.story.get() {
            0 => String::new(),
            thick => format!(";border-top:{}", stroke(thick, line)),
        };
        let bar = |colour: &Colour, edge| {
            type_of(&fonts.text, sizes.body, ink)
                + &format!("padding-{edge}:16px;border-{edge}:{}", stroke(lines.quote.get(), colour))
        };
        Self {
            page: format!("margin:0;padding:0;width:100%;{}", fill(page)),
            page_cell: format!("padding:0 8px 32px;word-break:break-word;{}", fill(page)),
            card: format!("width:100%;max-width:{}px", sizes.width.get()),
            masthead: format!("padding:{above}px {side}px;{}", fill(&light.masthead)),
            title: type_of(&fonts.headline, sizes.title, masthead_ink)
                + "margin:0;font-weight:bold;letter-spacing:0.3px",
            issue: type_of(&fonts.text, sizes.meta, masthead_meta) + "margin:0",
            leading_cell: type_of(&fonts.text, sizes.meta, ink)
                + &format!("padding:{}px {side}px {tight}px;{}", part - tight, fill(card)),
            proof: sized(sizes.meta, meta) + &format!("margin:0 0 {tight}px"),
            leading: format!("margin:0 0 {tight}px;line-height:{}px", sizes.meta[1].get().saturating_sub(2)),
            number: format!("color:{};font-weight:bold", label.as_str()),
            group: [part - tight, section.saturating_sub(story)]
                .map(|top| format!("padding:{top}px {side}px 0;{}", fill(card))),
            section_cell: [
                "padding:0".into(),
                format!("padding:8px 0 0;border-top:{}", stroke(lines.section.get(), &light.rule)),
            ],
            section: type_of(&fonts.text, sizes.label, label) + "margin:0;font-weight:bold",
            story_cell: [
                story_cell(part),
                story_cell(story) + &between,
                type_of(&fonts.text, sizes.body, ink) + &format!("padding:0 0 {part}px"),
            ],
            picture: type_of(&fonts.text, sizes.meta, meta)
                + &format!("display:block;width:100%;border:0;margin:0 0 {}px", part + 4),
            picture_width: sizes.width.get().saturating_sub(2 * side),
            top_headline: type_of(&fonts.headline, sizes.top_story, ink)
                + &format!("margin:0 0 {part}px;{heavy}"),
            headline: type_of(&fonts.headline, sizes.story, ink)
                + &format!("margin:0 0 {}px;{heavy}", part / 2),
            line: type_of(&fonts.text, sizes.body, ink) + &format!("margin:0;{heavy}"),
            headline_link: format!("color:{};text-decoration:none", light.headline.as_str()),
            label: sized(sizes.meta, label) + "margin:0;font-weight:bold",
            remark: type_of(&fonts.text, sizes.meta, meta) + "font-weight:normal",
            body: format!("margin:0 0 {part}px"),
            link: linked.clone(),
            quote_cell: [line, label].map(|colour| ["left", "right"].map(|edge| bar(colour, edge))),
            top_quote: cited(sized(sizes.top_quote, ink) + "margin:0;"),
            quote: cited("margin:0;".into()),
            quoted: cited(String::new()),
            speaker: sized(tappable, meta) + "margin:0",
            strong: format!("color:{}", ink.as_str()),
            meta: sized(tappable, meta) + "margin:0",
            top_meta: sized(tappable, meta) + &format!("margin:0 0 {part}px"),
            more_link: linked.clone() + if manner.run_on { "" } else { ";display:inline-block" },
            rest: type_of(&fonts.text, tappable, meta)
                + &format!("padding:0 {side}px {story}px;{}", fill(card)),
            offer_cell: format!("padding:12px {side}px {side}px;{}", fill(card)),
            offer_box: format!("padding:20px 0 8px;border:{hairline};{}", fill(page)),
            offer_row: type_of(&fonts.text, sizes.body, ink) + "padding:0 24px 12px",
            offer_title: type_of(&fonts.headline, sizes.story, ink) + "margin:0;font-weight:bold",
            offer_text: "margin:0".into(),
            button_cell: format!("mso-padding-alt:10px 22px;{}", fill(&light.button)),
            button: type_of(&fonts.text, sizes.body, &light.button_ink)
                + "display:inline-block;padding:10px 22px;font-weight:bold;text-decoration:none",
            footer_cell: format!("padding:24px {side}px 8px"),
            footer: type_of(&fonts.text, sizes.meta, ink) + "margin:0 0 10px",
            footer_link: linked + ";display:inline-block;padding:2px 0",
        }
    }

    /// The cell of a story at this place below its section's name.
    pub fn row(&self, place: usize, is_line: bool) -> &str {
        &self.story_cell[if is_line { 2 } else { place.min(1) }]
    }
}

/// Type in the font of the enclosing cell.
fn sized([size, line]: [Px; 2], colour: &Colour) -> String {
    format!("font-size:{}px;line-height:{}px;color:{};", size.get(), line.get(), colour.as_str())
}

fn type_of(font: &Font, pair: [Px; 2], colour: &Colour) -> String {
    format!("font-family:{};", font.as_str()) + &sized(pair, colour)
}

fn fill(colour: &Colour) -> String {
    format!("background-color:{}", colour.as_str())
}

fn stroke(pixels: u16, colour: &Colour) -> String {
    format!("{pixels}px solid {}", colour.as_str())
}
