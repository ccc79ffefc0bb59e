//! A theme in, the inline styles of a mail and its small style sheet out. Inline is all that matters; the sheet
//! only adds dark colours and narrow screens.

use super::super::theme::{Colour, Font, Palette, Px, Theme};

/// One `style` attribute for each kind of text and cell.
pub(super) struct Styles {
    pub page: String,
    pub page_cell: String,
    pub card: String,
    pub teaser: String,
    pub masthead: String,
    pub title: String,
    pub tagline: String,
    pub date: String,
    pub section_cell: String,
    pub section: String,
    pub story_cell: String,
    pub top_headline: String,
    pub headline: String,
    pub headline_link: String,
    pub label: String,
    pub remark: String,
    pub picture: String,
    /// Pixels, for the programs that do not know `max-width`.
    pub picture_width: u16,
    pub body: String,
    pub meta: String,
    pub meta_strong: String,
    pub link: String,
    pub quote: [String; 2],
    pub top_quote: String,
    pub quote_text: String,
    pub speaker: String,
    pub list_item: String,
    pub more_link: String,
    pub offer_cell: String,
    pub offer_box: String,
    pub offer_title: String,
    pub offer_text: String,
    pub button_cell: String,
    pub button: String,
    pub footer_cell: String,
    pub footer: String,
    pub footer_link: String,
}

impl Styles {
    pub fn new(theme: &Theme) -> Self {
        let Palette { page, card, ink, meta, link, label, line, masthead, masthead_ink, masthead_meta } =
            &theme.light;
        let (serif, sans, size) = (&theme.fonts.headline, &theme.fonts.text, &theme.sizes);
        let side = size.side.get();
        let fill = |colour: &Colour| format!("background-color:{}", colour.as_str());
        // Small lines that hold links are 24 pixels tall (WCAG 2.2, 2.5.8).
        let tappable = [size.meta[0], size.meta[1].plus(3)];
        let hairline = format!("1px solid {}", line.as_str());
        let bare_link = format!("color:{};text-decoration:none", link.as_str());
        let quote = |edge: &str| {
            type_of(sans, size.body, ink)
                + &format!("padding:2px 0;padding-{edge}:16px;border-{edge}:3px solid {}", label.as_str())
        };
        Self {
            page: format!("margin:0;padding:0;width:100%;{}", fill(page)),
            page_cell: format!("padding:0 8px 32px;word-break:break-word;{}", fill(page)),
            card: format!("width:100%;max-width:{}px", size.width.get()),
            teaser: type_of(sans, size.meta, ink) + &format!("padding:12px {side}px"),
            masthead: format!("padding:30px {side}px 18px;{}", fill(masthead)),
            title: type_of(serif, size.title, masthead_ink)
                + "margin:0;font-weight:bold;letter-spacing:0.3px",
            tagline: type_of(serif, size.body, masthead_meta) + "margin:6px 0 0;font-style:italic",
            date: type_of(sans, size.meta, masthead_meta)
                + &format!(
                    "margin:18px 0 0;padding:12px 0 0;border-top:1px solid {}",
                    masthead_meta.as_str()
                ),
            section_cell: format!("padding:26px {side}px 0;{}", fill(card)),
            section: type_of(sans, size.meta, label)
                + &format!(
                    "margin:0;padding:10px 0 0;border-top:3px solid {};font-weight:bold;letter-spacing:1px;text-transform:uppercase",
                    ink.as_str()
                ),
            story_cell: type_of(sans, size.body, ink) + &format!("padding:18px {side}px 0;{}", fill(card)),
            top_headline: type_of(serif, size.top_story, ink) + "margin:0 0 12px;font-weight:bold",
            headline: type_of(serif, size.story, ink) + "margin:0 0 6px;font-weight:bold",
            headline_link: bare_link,
            label: type_of(sans, size.meta, label) + "font-weight:bold",
            remark: type_of(sans, size.meta, meta) + "font-weight:normal",
            picture: "display:block;width:100%;height:auto;border:0;margin:0 0 16px;".to_owned()
                + &type_of(sans, size.meta, meta),
            picture_width: size.width.get().saturating_sub(2 * side),
            body: "margin:0 0 12px".into(),
            meta: small(size.meta, meta) + "margin:0 0 4px",
            meta_strong: format!("color:{}", ink.as_str()),
            link: format!("color:{};text-decoration:underline", link.as_str()),
            quote: [quote("left"), quote("right")],
            top_quote: type_of(serif, size.story.map(|px| px.plus(2)), ink) + "margin:0;font-style:italic",
            quote_text: format!("margin:0;font-family:{};font-style:italic", serif.as_str()),
            speaker: small(tappable, meta) + "margin:4px 0 0",
            list_item: small(tappable, meta) + "margin:0 0 4px",
            more_link: format!("color:{};text-decoration:underline;display:inline-block", link.as_str()),
            offer_cell: format!("padding:32px {side}px;{}", fill(card)),
            offer_box: format!("padding:24px;border:{hairline};{}", fill(page)),
            offer_title: type_of(serif, size.story, ink) + "margin:0 0 8px;font-weight:bold",
            offer_text: type_of(sans, size.body, ink) + "margin:0 0 14px",
            button_cell: format!("border-radius:4px;mso-padding-alt:10px 22px;{}", fill(masthead)),
            button: type_of(sans, size.body, masthead_ink)
                + "display:inline-block;padding:10px 22px;font-weight:bold;text-decoration:none",
            footer_cell: format!("padding:24px {side}px 8px"),
            footer: type_of(sans, size.meta, ink) + "margin:0 0 10px",
            footer_link: format!(
                "color:{};text-decoration:underline;display:inline-block;padding:2px 0",
                link.as_str()
            ),
        }
    }
}

/// The style sheet: below 2 KB, where mail programs cut at 16.
pub(super) fn sheet(theme: &Theme) -> String {
    let Palette { page, card, ink, meta, link, label, line, masthead, masthead_ink, masthead_meta } =
        &theme.dark;
    let fills = [("page", page), ("card", card), ("mast", masthead), ("button", link)];
    let inks = [
        ("ink", ink),
        ("meta", meta),
        ("link", link),
        ("label", label),
        ("mast-ink", masthead_ink),
        ("mast-meta", masthead_meta),
        ("button-ink", masthead),
    ];
    let edges = [("line", line), ("rule", ink), ("bar", label), ("mast-line", masthead_meta)];
    let rules = |property: &str, pairs: &[(&str, &Colour)]| -> String {
        pairs.iter().map(|(class, c)| format!(".{class}{{{property}:{}!important}}", c.as_str())).collect()
    };
    let dark = rules("background-color", &fills) + &rules("color", &inks) + &rules("border-color", &edges);
    let size = &theme.sizes;
    let [title, top] =
        [size.title, size.top_story].map(|[font, line]| [font, line].map(|px| px.get() * 7 / 8));
    format!(
        ":root{{color-scheme:light dark;supported-color-schemes:light dark}}\
         @media (max-width:{width}px){{.edge{{padding-left:0!important;padding-right:0!important}}\
         .side{{padding-left:{side}px!important;padding-right:{side}px!important}}\
         .title{{font-size:{}px!important;line-height:{}px!important}}\
         .top{{font-size:{}px!important;line-height:{}px!important}}}}\
         @media (prefers-color-scheme:dark){{{dark}}}",
        title[0],
        title[1],
        top[0],
        top[1],
        width = size.width.get() + 16,
        side = size.side_small.get(),
    )
}

/// Type in the font of the cell around it.
fn small([size, line]: [Px; 2], colour: &Colour) -> String {
    format!("font-size:{}px;line-height:{}px;color:{};", size.get(), line.get(), colour.as_str())
}

fn type_of(font: &Font, [size, line]: [Px; 2], colour: &Colour) -> String {
    let (font, colour) = (font.as_str(), colour.as_str());
    format!("font-family:{font};font-size:{}px;line-height:{}px;color:{colour};", size.get(), line.get())
}
