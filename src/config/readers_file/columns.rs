//! The first rows of a list of readers in, what each of its columns holds out: told by the titles, in the words of
//! several languages, or else by where the addresses stand.

use super::{super::value::parse_recipient, sheet::Row};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Email,
    /// A whole name, or a part of one: parts are joined in the order of their columns.
    Name,
    Sections,
    /// Why somebody is mailed nothing, as `recipients export` writes it.
    State,
    /// The date of that.
    Since,
    /// Something the newsletter has no use for.
    Other,
}

/// Titles in lower case, letters alone.
const EMAIL: &[&str] = &[
    "email",
    "mail",
    "emailaddress",
    "mailaddress",
    "emailadresse",
    "mailadresse",
    "emailadres",
    "courriel",
    "adresseemail",
    "adressemail",
    "correo",
    "correoelectrónico",
    "epost",
    "epostadress",
    "epostadresse",
    "enderecodeemail",
    "indirizzoemail",
    "sähköposti",
    "почта",
    "электроннаяпочта",
];
const NAME: &[&str] = &[
    "name",
    "fullname",
    "displayname",
    "firstname",
    "lastname",
    "givenname",
    "surname",
    "familyname",
    "vorname",
    "nachname",
    "nom",
    "prénom",
    "prenom",
    "nombre",
    "apellido",
    "apellidos",
    "nome",
    "cognome",
    "sobrenome",
    "apelido",
    "naam",
    "voornaam",
    "achternaam",
    "namn",
    "förnamn",
    "efternamn",
    "navn",
    "fornavn",
    "etternavn",
    "nimi",
    "imię",
    "nazwisko",
    "имя",
    "фамилия",
];
const SECTIONS: &[&str] = &["sections", "section"];

/// Columns that may stand behind the address without a title.
const BEHIND: [Column; 4] = [Column::Name, Column::Sections, Column::State, Column::Since];
/// Those of them that need not be filled in the first row.
const USUAL: usize = 2;

/// The columns, and whether the first row holds their titles; none when no column holds mail addresses.
pub fn columns(rows: &[Row]) -> Option<(Vec<Column>, bool)> {
    let first = rows.iter().find_map(|row| row.cells.as_ref())?;
    let is_address = |cell: &String| parse_recipient(cell).is_ok();
    if let Some(email) = first.iter().position(is_address) {
        // Before the address stands a name.
        let others = if email == 0 { &BEHIND[..] } else { &[Column::Name][..] };
        let mut others = others.iter().copied().chain(std::iter::repeat(Column::Other));
        let columns = 0..first.len().max(email + USUAL + 1);
        let column =
            |place| if place == email { Column::Email } else { others.next().unwrap_or(Column::Other) };
        return Some((columns.map(column).collect(), false));
    }
    let mut columns: Vec<Column> = first.iter().map(|title| titled(title)).collect();
    let is_email = |column: &Column| *column == Column::Email;
    let email = columns.iter().position(is_email).or_else(|| {
        let cells = rows.iter().filter_map(|row| row.cells.as_ref());
        cells.into_iter().find_map(|cells| cells.iter().position(is_address))
    })?;
    for (place, column) in columns.iter_mut().enumerate() {
        match (place == email, is_email(column)) {
            (true, _) => *column = Column::Email,
            (false, true) => *column = Column::Other,
            (false, false) => {}
        }
    }
    columns.get(email).is_some().then_some((columns, true))
}

fn titled(title: &str) -> Column {
    let letters: String = title.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let is_in = |titles: &[&str]| titles.contains(&letters.as_str());
    match () {
        () if is_in(EMAIL) => Column::Email,
        () if is_in(NAME) => Column::Name,
        () if is_in(SECTIONS) => Column::Sections,
        () if is_in(&["state"]) => Column::State,
        () if is_in(&["since"]) => Column::Since,
        () => Column::Other,
    }
}
