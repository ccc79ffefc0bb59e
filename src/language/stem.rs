//! A word in, its stem out, by the Snowball stemmer a language's file names (snowballstem.org).

use serde::{Deserialize, Deserializer, de::Error};
use snowball_stemmers_rs::{Algorithm, Stemmer};

/// A language's way to stem; one without keeps its words as they are.
#[derive(Default)]
pub(super) struct Stem(Option<Stemmer>);

impl Stem {
    pub(super) fn of(&self, plain: String) -> String {
        match &self.0 {
            Some(stemmer) => stemmer.stem(&plain).into_owned(),
            None => plain,
        }
    }
}

impl std::fmt::Debug for Stem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() { "Stem" } else { "no stem" })
    }
}

impl<'de> Deserialize<'de> for Stem {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        let algorithm = algorithm(&name)
            .ok_or_else(|| D::Error::custom(format!("`{name}` is no Snowball stemmer known here")))?;
        Ok(Stem(Some(Stemmer::create(algorithm))))
    }
}

fn algorithm(name: &str) -> Option<Algorithm> {
    Some(match name {
        "arabic" => Algorithm::Arabic,
        "armenian" => Algorithm::Armenian,
        "basque" => Algorithm::Basque,
        "catalan" => Algorithm::Catalan,
        "czech" => Algorithm::Czech,
        "danish" => Algorithm::Danish,
        "dutch" => Algorithm::Dutch,
        "english" => Algorithm::English,
        "estonian" => Algorithm::Estonian,
        "finnish" => Algorithm::Finnish,
        "french" => Algorithm::French,
        "german" => Algorithm::German,
        "greek" => Algorithm::Greek,
        "hindi" => Algorithm::Hindi,
        "hungarian" => Algorithm::Hungarian,
        "indonesian" => Algorithm::Indonesian,
        "irish" => Algorithm::Irish,
        "italian" => Algorithm::Italian,
        "lithuanian" => Algorithm::Lithuanian,
        "nepali" => Algorithm::Nepali,
        "norwegian" => Algorithm::Norwegian,
        "persian" => Algorithm::Persian,
        "polish" => Algorithm::Polish,
        "portuguese" => Algorithm::Portuguese,
        "romanian" => Algorithm::Romanian,
        "russian" => Algorithm::Russian,
        "serbian" => Algorithm::Serbian,
        "spanish" => Algorithm::Spanish,
        "swedish" => Algorithm::Swedish,
        "tamil" => Algorithm::Tamil,
        "turkish" => Algorithm::Turkish,
        "ukrainian" => Algorithm::Ukrainian,
        _ => return None,
    })
}
