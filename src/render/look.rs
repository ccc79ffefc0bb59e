//! The files of `templates/` in, a look to render with out. The shipped files are compiled in; never reads a folder
//! itself: the editor's files are the caller's business.

use std::{collections::BTreeMap, sync::LazyLock};

use super::{
    placeholder::{self, PlaceholderError},
    theme::Theme,
    words::PLACEHOLDERS,
};

const THEME: &str = "theme.toml";
const SIGNUP: &str = "signup.md";
const FORWARD: &str = "forward.md";
const FOOTER: &str = "footer.md";

/// A theme shipped with the program: it sets looks and density, never words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThemeName {
    /// A newspaper: a dark masthead, serifs, rules above the sections.
    #[default]
    Classic,
    /// Close to a letter: no fills, system fonts, hairlines.
    Plain,
    /// Small and dense: what could have a line of its own runs on.
    Compact,
}

impl ThemeName {
    /// All themes.
    pub const ALL: [Self; 3] = [Self::Classic, Self::Plain, Self::Compact];

    /// Its name in `feeds.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Classic => "classic",
            Self::Plain => "plain",
            Self::Compact => "compact",
        }
    }

    /// The shipped templates by file name: an editor's starting point.
    pub fn templates(self) -> [(&'static str, &'static str); 4] {
        let theme = match self {
            Self::Classic => include_str!("../../templates/themes/classic.toml"),
            Self::Plain => include_str!("../../templates/themes/plain.toml"),
            Self::Compact => include_str!("../../templates/themes/compact.toml"),
        };
        [
            (THEME, theme),
            (SIGNUP, include_str!("../../templates/signup.md")),
            (FORWARD, include_str!("../../templates/forward.md")),
            (FOOTER, include_str!("../../templates/footer.md")),
        ]
    }

    fn template(self, name: &str) -> &'static str {
        self.templates().into_iter().find(|(file, _)| *file == name).map_or("", |(_, text)| text)
    }
}

/// Colours, sizes and the newsletter's own words. The default is the shipped look.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    pub(super) theme: Theme,
    /// The text offered to someone who was forwarded a digest, if there is a sign-up page.
    pub(super) signup: String,
    /// The same if there is none.
    pub(super) forward: String,
    pub(super) footer: String,
}

/// A template that cannot be used. The remedy is always to correct the named file.
#[derive(Debug, thiserror::Error)]
pub enum LookError {
    #[error("template theme.toml: {0}")]
    Theme(#[from] toml::de::Error),
    /// Of each file the first one that is wrong.
    #[error("{}; placeholders are written as {{{{title}}}}, and there are {}", told(.wrong), PLACEHOLDERS.join(", "))]
    Placeholders { wrong: Vec<(&'static str, PlaceholderError)> },
}

impl Look {
    /// A look made from the given files, by the names in [`ThemeName::templates`]; a missing file is replaced by the
    /// shipped one, and a key missing from a theme file by that of the named theme.
    ///
    /// # Errors
    /// If the theme is not TOML with the shipped themes' keys, or a text holds a placeholder that cannot be filled.
    pub fn from_files(theme: ThemeName, files: &BTreeMap<String, String>) -> Result<Self, LookError> {
        let words = |file| files.get(file).map_or_else(|| theme.template(file), String::as_str).to_owned();
        let checked = |file| Some((file, placeholder::check(&words(file), &PLACEHOLDERS).err()?));
        let wrong: Vec<_> = [SIGNUP, FORWARD, FOOTER].into_iter().filter_map(checked).collect();
        if !wrong.is_empty() {
            return Err(LookError::Placeholders { wrong });
        }
        let own = files.get(THEME).map_or("", String::as_str);
        Ok(Self {
            theme: overlaid(theme.template(THEME), own)?,
            signup: words(SIGNUP),
            forward: words(FORWARD),
            footer: words(FOOTER),
        })
    }
}

fn told(wrong: &[(&'static str, PlaceholderError)]) -> String {
    let told: Vec<String> = wrong.iter().map(|(file, error)| format!("template {file}: {error}")).collect();
    told.join("; ")
}

/// The theme `shipped`, overridden by the keys of `own`.
fn overlaid(shipped: &str, own: &str) -> Result<Theme, toml::de::Error> {
    let (mut theme, own): (toml::Table, toml::Table) = (toml::from_str(shipped)?, toml::from_str(own)?);
    for (name, value) in own {
        match (theme.get_mut(&name).and_then(toml::Value::as_table_mut), value) {
            (Some(table), toml::Value::Table(keys)) => table.extend(keys),
            (_, value) => {
                theme.insert(name, value);
            }
        }
    }
    theme.try_into()
}

impl Default for Look {
    fn default() -> Self {
        static SHIPPED: LazyLock<Look> = LazyLock::new(|| {
            Look::from_files(ThemeName::default(), &BTreeMap::new())
                .expect("a test reads the shipped templates")
        });
        SHIPPED.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(file: &str, text: &str) -> Result<Look, LookError> {
        Look::from_files(ThemeName::Plain, &BTreeMap::from([(file.to_owned(), text.to_owned())]))
    }

    #[test]
    fn an_editors_file_takes_the_place_of_the_shipped_one_and_the_others_stay() {
        let look = look("footer.md", "Bye, {{email}}.").expect("a sound look");
        assert_eq!(look.footer, "Bye, {{email}}.");
        assert_eq!(look.signup, Look::default().signup);
        assert_ne!(look.theme, Look::default().theme);
    }

    #[test]
    fn a_theme_of_ones_own_needs_only_the_keys_it_changes() {
        let own = look("theme.toml", "[light]\nlabel = \"#006000\"").expect("a sound look").theme;
        let mut plain = look("theme.toml", "").expect("a sound look").theme;
        assert_ne!(own, plain);
        plain.light.label = own.light.label.clone();
        assert_eq!(own, plain);
    }

    #[test]
    fn a_mistake_is_told_with_its_file() {
        let told = |file, text| look(file, text).expect_err("a mistake").to_string();
        assert!(
            told("footer.md", "{{emial}}")
                .contains("template footer.md: unknown placeholder `{{emial}}`; placeholders are written as")
        );
        let both = [("footer.md", "[Leave]({unsubscribe})"), ("signup.md", "{{title")];
        let both = BTreeMap::from(both.map(|(file, text)| (file.to_owned(), text.to_owned())));
        let both = Look::from_files(ThemeName::Plain, &both).expect_err("mistakes").to_string();
        for expected in ["signup.md: `{{` without its `}}`", "footer.md: `{unsubscribe}` has single braces"] {
            assert!(both.contains(expected), "{both}");
        }
        let colour = told("theme.toml", "[light]\npage = \"grey\"");
        assert!(
            colour.contains("`grey` is not a colour like #1b1f24") && colour.contains("page"),
            "{colour}"
        );
        let key = told("theme.toml", "[dark]\ncolour = 1");
        assert!(key.contains("unknown field `colour`"), "{key}");
        assert!(told("theme.toml", "[dark").contains("line 1"));
        assert!(told("theme.toml", "dark = 1").contains("dark"));
    }
}
