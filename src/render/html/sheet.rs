//! A theme in, the style sheet of a mail out: dark colours and narrow screens. Holds nothing that a mail cannot do
//! without.

use super::super::theme::{Colour, Palette, Theme};

/// Read by Outlook for Windows only: keeps line heights as given, and pixels as pixels on high-density screens.
pub(super) const FOR_WORD: &str = "<!--[if mso]><xml><o:OfficeDocumentSettings xmlns:o=\"urn:schemas-microsoft-com:office:office\">\
    <o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml>\
    <style>td,p,h1,h2,h3,a{mso-line-height-rule:exactly}</style><![endif]-->";

/// The style sheet: under 2 KB, while mail programs drop it above 16 KB.
pub(super) fn sheet(theme: &Theme) -> String {
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
        dark = colours(&theme.dark),
        width = size.width.get() + 16,
        side = size.side_small.get(),
    )
}

/// One rule for each class that has a colour.
fn colours(palette: &Palette) -> String {
    let fills = [
        ("page", &palette.page),
        ("card", &palette.card),
        ("mast", &palette.masthead),
        ("button", &palette.button),
    ];
    let inks = [
        ("ink", &palette.ink),
        ("meta", &palette.meta),
        ("head", &palette.headline),
        ("link", &palette.link),
        ("label", &palette.label),
        ("mast-ink", &palette.masthead_ink),
        ("mast-meta", &palette.masthead_meta),
        ("button-ink", &palette.button_ink),
    ];
    let edges = [("rule", &palette.rule), ("line", &palette.line), ("bar", &palette.label)];
    let rules = |property: &str, pairs: &[(&str, &Colour)]| -> String {
        pairs.iter().map(|(class, c)| format!(".{class}{{{property}:{}!important}}", c.as_str())).collect()
    };
    rules("background-color", &fills) + &rules("color", &inks) + &rules("border-color", &edges)
}
