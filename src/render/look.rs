//! The files of `templates/` in, a look to render with out. The shipped files are part of the program; reading
//! a folder of the editor's is the caller's business.

use std::{collections::BTreeMap, sync::LazyLock};

use super::{
    theme::Theme,
    words::{self, PLACEHOLDERS},
};

const THEME: &str = "theme.toml";
const SIGNUP: &str = "signup.md";
const FORWARD: &str = "forward.md";
const FOOTER: &str = "footer.md";

/// The shipped templates, by file name: what an editor starts from.
pub const TEMPLATES: [(&str, &str); 4] = [
    (THEME, include_str!("../../templates/themes/classic.toml")),
    (SIGNUP, include_str!("../../templates/signup.md")),
    (FORWARD, include_str!("../../templates/forward.md")),
    (FOOTER, include_str!("../../templates/footer.md")),
];

/// Colours, sizes and the newsletter's own words. The default is the shipped look.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    pub(super) theme: Theme,
    /// Offered to whoever was sent a digest by a friend, when there is a place to sign up.
    pub(super) signup: String,
    /// The same when there is none.
    pub(super) forward: String,
    pub(super) footer: String,
}

/// A template that cannot be used. The remedy is always to correct the named file.
#[derive(Debug, thiserror::Error)]
pub enum LookError {
    #[error("template theme.toml: {0}")]
    Theme(#[from] toml::de::Error),
    #[error("template {file}: unknown placeholder {{{{{name}}}}}; there are {}", PLACEHOLDERS.join(", "))]
    Placeholder { file: &'static str, name: String },
}

impl Look {
    /// A look of the given files, by the names in [`TEMPLATES`]; the shipped file stands in for each one missing.
    ///
    /// # Errors
    /// When the theme is not TOML of the shipped theme's keys, or a text holds an unknown placeholder.
    pub fn from_files(files: &BTreeMap<String, String>) -> Result<Self, LookError> {
        let text = |name| files.get(name).map_or_else(|| shipped(name), String::as_str);
        let words = |file| match words::unknown_placeholder(text(file)) {
            Some(name) => Err(LookError::Placeholder { file, name: name.to_owned() }),
            None => Ok(text(file).to_owned()),
        };
        Ok(Self {
            theme: toml::from_str(text(THEME))?,
            signup: words(SIGNUP)?,
            forward: words(FORWARD)?,
            footer: words(FOOTER)?,
        })
    }
}

fn shipped(name: &str) -> &'static str {
    TEMPLATES.iter().find(|(file, _)| *file == name).map_or("", |(_, text)| text)
}

impl Default for Look {
    fn default() -> Self {
        static SHIPPED: LazyLock<Look> =
            LazyLock::new(|| Look::from_files(&BTreeMap::new()).expect("a test reads the shipped templates"));
        SHIPPED.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(file: &str, text: &str) -> Result<Look, LookError> {
        Look::from_files(&BTreeMap::from([(file.to_owned(), text.to_owned())]))
    }

    #[test]
    fn an_editors_file_takes_the_place_of_the_shipped_one_and_the_others_stay() {
        let look = look("footer.md", "Bye, {{email}}.").expect("a sound look");
        assert_eq!(look.footer, "Bye, {{email}}.");
        assert_eq!(look.theme, Look::default().theme);
    }

    #[test]
    fn a_mistake_is_told_with_its_file() {
        let told = |file, text| look(file, text).expect_err("a mistake").to_string();
        assert!(
            told("footer.md", "{{emial}}")
                .contains("template footer.md: unknown placeholder {{emial}}; there are")
        );
        let colour = shipped(THEME).replace("#eef0f3", "grey");
        assert!(told("theme.toml", &colour).contains("`grey` is not a colour like #1b1f24"));
        let key = shipped(THEME).replace("[dark]", "[dark]\ncolour = 1");
        assert!(told("theme.toml", &key).contains("unknown field `colour`"));
    }
}
