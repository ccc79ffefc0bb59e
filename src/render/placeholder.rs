//! A template in, the first of its `{{placeholders}}` that cannot be filled out. Fills none.

/// What is wrong with a placeholder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceholderError {
    #[error("`{{{{` without its `}}}}`")]
    Open,
    #[error("unknown placeholder `{{{{{0}}}}}`")]
    Unknown(String),
    #[error("`{{{0}}}` has single braces")]
    Single(String),
}

/// Checks that every placeholder of `template` is one of those `known`, between double braces. Between single ones only what
/// is known is meant as a placeholder.
pub(super) fn check(template: &str, known: &[&str]) -> Result<(), PlaceholderError> {
    for rest in template.split("{{").skip(1) {
        let name = rest.split_once("}}").map(|(name, _)| name).filter(|name| !name.contains('\n'));
        let name = name.ok_or(PlaceholderError::Open)?.trim();
        if !known.contains(&name) {
            return Err(PlaceholderError::Unknown(name.to_owned()));
        }
    }
    let single = template.replace("{{", "").split('{').skip(1).find_map(|rest| {
        let (name, _) = rest.split_once('}')?;
        known.contains(&name.trim()).then(|| name.trim().to_owned())
    });
    single.map_or(Ok(()), |name| Err(PlaceholderError::Single(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_filled_is_told() {
        let told = |template| check(template, &["title", "email"]).map_err(|error| error.to_string());
        assert_eq!(told("{{title}} {{ email }} { } {breaking} }}"), Ok(()));
        for (template, expected) in [
            ("{{titel}}", "unknown placeholder `{{titel}}`"),
            ("{{title", "`{{` without its `}}`"),
            ("Dear {{email,\nyou {{title}}", "`{{` without its `}}`"),
            ("Dear {{email\n\n}}", "`{{` without its `}}`"),
            ("[Leave]({email})", "`{email}` has single braces"),
        ] {
            assert_eq!(told(template), Err(expected.to_owned()), "{template}");
        }
    }
}
