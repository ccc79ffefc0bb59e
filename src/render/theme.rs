//! `theme.toml` in, colours, fonts and sizes out. Never accepts anything that is not a colour, a font or a size.

use serde::Deserialize;

/// The look of the mail: the contents of a file in `templates/themes`. Every key is required; unknown ones are
/// refused.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Theme {
    pub light: Palette,
    pub dark: Palette,
    pub fonts: Fonts,
    pub sizes: Sizes,
    pub space: Space,
    pub lines: Lines,
    pub manner: Manner,
}

/// The colours of one scheme.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Palette {
    pub page: Colour,
    pub card: Colour,
    pub ink: Colour,
    pub meta: Colour,
    pub headline: Colour,
    pub link: Colour,
    pub label: Colour,
    pub rule: Colour,
    pub line: Colour,
    pub masthead: Colour,
    pub masthead_ink: Colour,
    pub masthead_meta: Colour,
    pub button: Colour,
    pub button_ink: Colour,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fonts {
    pub headline: Font,
    pub quote: Font,
    pub text: Font,
}

/// In pixels; pairs are font size and line height.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sizes {
    pub width: Px,
    pub side: Px,
    pub side_small: Px,
    pub title: [Px; 2],
    pub label: [Px; 2],
    pub top_story: [Px; 2],
    pub story: [Px; 2],
    pub top_quote: [Px; 2],
    pub body: [Px; 2],
    pub meta: [Px; 2],
}

/// Spacing, in pixels.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Space {
    pub masthead: Px,
    pub section: Px,
    pub story: Px,
    pub paragraph: Px,
}

/// Thickness, in pixels.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lines {
    pub section: Px,
    pub story: Px,
    pub quote: Px,
}

/// How elements are arranged.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manner {
    pub masthead: Place,
    pub headline: Weight,
    pub quote: Slant,
    pub run_on: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Place {
    Start,
    Center,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Weight {
    Normal,
    Bold,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Slant {
    Normal,
    Italic,
}

/// `#rrggbb`, the one notation every mail program reads.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Colour(String);

/// A CSS list of font names.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Font(String);

/// A length in pixels, at most 1,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub(super) struct Px(u16);

impl Colour {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Font {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Px {
    pub fn get(self) -> u16 {
        self.0
    }

    pub fn at_least(self, pixels: u16) -> Self {
        Self(self.0.max(pixels))
    }
}

impl Weight {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Bold => "bold",
        }
    }
}

impl Slant {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Italic => "italic",
        }
    }
}

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let hex = text.strip_prefix('#').unwrap_or_default();
        if hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            Ok(Self(text))
        } else {
            Err(format!("`{text}` is not a colour like #1b1f24"))
        }
    }
}

impl TryFrom<String> for Font {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let harmless = |c: char| c.is_ascii_alphanumeric() || " ,-'".contains(c);
        if !text.is_empty() && text.len() <= 200 && text.chars().all(harmless) {
            Ok(Self(text))
        } else {
            Err(format!("`{text}` is not a list of font names like Georgia, 'Times New Roman', serif"))
        }
    }
}

impl TryFrom<u16> for Px {
    type Error = String;

    fn try_from(pixels: u16) -> Result<Self, String> {
        if pixels <= 1000 { Ok(Self(pixels)) } else { Err(format!("{pixels} pixels are more than 1000")) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::render::{Look, ThemeName};

    /// WCAG 2.2, "relative luminance".
    fn luminance(colour: &Colour) -> f64 {
        let channel = |at: usize| {
            let value = u8::from_str_radix(&colour.0[at..at + 2], 16).expect("two hex digits");
            let part = f64::from(value) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    /// WCAG 2.2, "contrast ratio".
    fn contrast(one: &Colour, other: &Colour) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_text_of_the_shipped_themes_has_a_contrast_of_at_least_six_to_one() {
        for name in ThemeName::ALL {
            let theme = Look::from_files(name, &BTreeMap::new()).expect("a shipped theme").theme;
            for palette in [&theme.light, &theme.dark] {
                let Palette { page, card, ink, meta, headline, link, label, masthead, .. } = palette;
                let on_card = [ink, meta, headline, link, label].map(|text| (text, card));
                let on_page = [ink, link].map(|text| (text, page));
                let on_masthead =
                    [&palette.masthead_ink, &palette.masthead_meta].map(|text| (text, masthead));
                let on_button = [(&palette.button_ink, &palette.button)];
                for (text, behind) in [&on_card[..], &on_page, &on_masthead, &on_button].concat() {
                    assert!(contrast(text, behind) >= 6.0, "{name:?}: {text:?} on {behind:?}");
                }
            }
        }
    }

    #[test]
    fn what_could_break_out_of_a_style_attribute_is_refused() {
        for colour in ["red", "#12345", "#12345g", "#123456;x:y", "url(http://a.example)"] {
            assert!(Colour::try_from(colour.to_owned()).is_err(), "{colour}");
        }
        for font in ["", "Arial\"", "Arial;color:red", "a{b}", "url(x)"] {
            assert!(Font::try_from(font.to_owned()).is_err(), "{font}");
        }
    }
}
