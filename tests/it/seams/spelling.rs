//! Words in, the same words written otherwise out: in the ways that servers, addresses, headers and pages write them, drawn
//! from a seed. And back: what a person could make of a text.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};

/// Numbers that look drawn, the same for the same seed (Knuth's MMIX generator).
pub struct Draw(u64);

impl Draw {
    pub fn new(seed: u64) -> Draw {
        Draw(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Less than `most`.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % most
    }
}

/// A secret as a server may write it into an address or a sentence.
pub fn of_secret(secret: &str, draw: &mut Draw) -> String {
    let encoded = |byte: u8, draw: &mut Draw| match draw.below(5) {
        0 => format!("%{byte:02X}"),
        1 => format!("%{byte:02x}"),
        2 => format!("%25{byte:02x}"),
        3 => format!("%2525{byte:02X}"),
        _ => char::from(byte).to_string(),
    };
    match draw.below(6) {
        0 => BASE64_STANDARD.encode(secret),
        1 => BASE64_URL_SAFE_NO_PAD.encode(secret),
        2 => secret.to_owned(),
        _ => secret.bytes().map(|byte| encoded(byte, draw)).collect(),
    }
}

/// A mail address as a server may write it into its answer.
pub fn of_address(address: &str, draw: &mut Draw) -> String {
    let (name, domain) = address.split_once('@').expect("an address");
    match draw.below(12) {
        0 => address.to_owned(),
        1 => format!("<{address}>"),
        2 => format!("\"{name}\"@{domain}"),
        3 => format!("{name}%40{domain}"),
        4 => format!("{name}=40{domain}"),
        5 => format!("{name}&#64;{domain}"),
        6 => format!("'{address}'"),
        7 => format!("rfc822;{name}+40{domain}"),
        8 => format!("https://x.example/why?to={name}%2540{domain}&id=1"),
        9 => format!("=?utf-8?B?{}?=", BASE64_STANDARD.encode(address)),
        10 => format!("{}@{domain}", name.replace('.', "&#46;")),
        _ => format!("\"{}\"@{}", name.replace('.', "\\."), domain.to_uppercase()),
    }
}

/// The text in small letters with everything undone that [`of_secret`] and [`of_address`] do, until nothing changes.
pub fn undone(text: &str) -> String {
    let mut text = text.to_lowercase();
    loop {
        let mut plain = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(c) = rest.chars().next() {
            let escaped = (matches!(c, '%' | '=').then(|| rest.get(1..3)).flatten())
                .and_then(|hex| u8::from_str_radix(hex, 16).ok())
                .filter(u8::is_ascii_graphic)
                .map(|byte| (char::from(byte), 3));
            let reference = || {
                let (number, _) = rest.strip_prefix("&#")?.split_once(';')?;
                let byte = number.parse::<u8>().ok().filter(u8::is_ascii_graphic)?;
                Some((char::from(byte), number.len() + 3))
            };
            let (c, length) = escaped.or_else(reference).unwrap_or((c, c.len_utf8()));
            plain.extend(Some(c).filter(|c| !matches!(c, '\\' | '\u{200b}' | '\u{ad}' | '\u{200d}')));
            rest = &rest[length..];
        }
        let plain = plain.to_lowercase();
        if plain == text {
            return text;
        }
        text = plain;
    }
}

#[test]
fn whatever_is_written_otherwise_is_read_again() {
    for seed in 0..200 {
        let mut draw = Draw::new(seed);
        let secret = of_secret("Zebra/77+Quay", &mut draw);
        let is_base64 = secret.starts_with("WmVicmEv");
        assert!(is_base64 || undone(&secret).contains("zebra/77+quay"), "{secret}");
        let address = of_address("annabel.quayside@example.net", &mut draw);
        assert!(
            address.starts_with("=?utf-8?B?") || undone(&address).contains("annabel.quayside"),
            "{address}"
        );
    }
}
