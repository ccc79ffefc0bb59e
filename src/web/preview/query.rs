//! An address in, what the page is asked to show out, and back: the view, the colours and whose copy. Never
//! fails: what it does not know it ignores.

use url::form_urlencoded;

use crate::model::Reader;

/// A way of looking at a copy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    Desktop,
    Phone,
    Text,
    Markdown,
    Source,
}

impl View {
    /// In the order of their tabs.
    pub const ALL: [View; 5] = [View::Desktop, View::Phone, View::Text, View::Markdown, View::Source];

    pub fn name(self) -> &'static str {
        match self {
            View::Desktop => "desktop",
            View::Phone => "phone",
            View::Text => "text",
            View::Markdown => "markdown",
            View::Source => "source",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            View::Desktop => "Desktop",
            View::Phone => "Phone",
            View::Text => "Text",
            View::Markdown => "Markdown",
            View::Source => "Source",
        }
    }

    /// Whether it shows the HTML part.
    pub fn is_rendered(self) -> bool {
        matches!(self, View::Desktop | View::Phone)
    }
}

/// What is asked for. Anything unknown is ignored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pub view: View,
    pub dark: bool,
    /// The reader's address; empty for nobody.
    pub reader: String,
}

impl Query {
    /// A reader's copy.
    pub fn of(reader: Option<&Reader>) -> Query {
        Query { reader: reader.map(|reader| reader.email.clone()).unwrap_or_default(), ..Query::default() }
    }

    pub fn parse(text: &str) -> Query {
        let mut query = Query::default();
        for (key, value) in form_urlencoded::parse(text.as_bytes()) {
            match &*key {
                "view" => {
                    query.view = View::ALL.into_iter().find(|view| view.name() == value).unwrap_or_default()
                }
                "dark" => query.dark = value == "1",
                "as" => query.reader = value.into_owned(),
                _ => {}
            }
        }
        query
    }

    /// The same query in another view.
    pub fn in_view(&self, view: View) -> Query {
        Query { view, ..self.clone() }
    }

    /// The same query in the other colours.
    pub fn turned(&self) -> Query {
        Query { dark: !self.dark, ..self.clone() }
    }

    /// The page that shows it, seen from another.
    pub fn path(&self) -> String {
        self.below("./", &[("view", self.view.name(), View::default().name())])
    }

    /// The digest alone.
    pub fn digest(&self) -> String {
        self.below("digest", &[])
    }

    fn below(&self, path: &str, more: &[(&str, &str, &str)]) -> String {
        let mut written = form_urlencoded::Serializer::new(String::new());
        for (key, value, usual) in more {
            if value != usual {
                written.append_pair(key, value);
            }
        }
        if self.dark {
            written.append_pair("dark", "1");
        }
        if !self.reader.is_empty() {
            written.append_pair("as", &self.reader);
        }
        match written.finish() {
            empty if empty.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_into_an_address_is_read_from_it() {
        for view in View::ALL {
            for (dark, reader) in [(false, ""), (true, "a+b&c=d@example.net")] {
                let query = Query { view, dark, reader: reader.to_owned() };
                let path = query.path();
                assert_eq!(Query::parse(path.split_once('?').map_or("", |(_, query)| query)), query);
            }
        }
        assert_eq!(Query::default().path(), "./");
        assert_eq!(Query::parse("view=nothing&dark=yes&x=%zz"), Query::default());
    }
}
