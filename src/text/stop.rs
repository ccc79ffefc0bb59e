//! A language in, its stop words out: articles, pronouns, auxiliaries and the words of the calendar, which tell
//! no event apart. Spelt as [`super::words::plain`] spells them, in byte order. Own short lists, nothing loaded.

/// The stop words of the language with this primary BCP 47 subtag, sorted; empty when there is no list.
pub(super) fn words(primary: &str) -> &'static [&'static str] {
    match primary {
        "de" => GERMAN,
        "en" => ENGLISH,
        "es" => SPANISH,
        "fr" => FRENCH,
        _ => &[],
    }
}

#[rustfmt::skip]
const GERMAN: &[&str] = &[
    "ab", "aber", "alle", "allem", "allen", "aller", "alles", "als", "also", "am", "an", "ander", "andere",
    "anderen", "april", "auch", "auf", "august", "aus", "bei", "beim", "bin", "bis", "bist", "da", "dabei",
    "dafür", "damit", "dann", "das", "dass", "dazu", "dein", "dem", "den", "denn", "der", "des", "dessen",
    "dezember", "die", "dienstag", "dies", "diese", "diesem", "diesen", "dieser", "dieses", "doch",
    "donnerstag", "dort", "du", "durch", "ein", "eine", "einem", "einen", "einer", "eines", "er", "es",
    "etwas", "euch", "februar", "freitag", "für", "gegen", "gegenüber", "gestern", "gibt", "hab", "habe",
    "haben", "hat", "hatte", "hatten", "heute", "hier", "hin", "hinter", "ich", "ihm", "ihn", "ihnen", "ihr",
    "ihre", "ihrem", "ihren", "ihrer", "im", "in", "indem", "ins", "ist", "jahr", "jahre", "jahren",
    "januar", "jede", "jedem", "jeden", "jeder", "jedes", "jetzt", "juli", "juni", "kann", "kein", "keine",
    "keinem", "keinen", "keiner", "können", "könnte", "machen", "mai", "man", "mehr", "mein", "mit",
    "mittwoch", "monat", "monate", "montag", "morgen", "muss", "märz", "müssen", "nach", "nicht", "nichts",
    "noch", "november", "nun", "nur", "ob", "oder", "ohne", "oktober", "samstag", "schon", "sehr", "sei",
    "sein", "seine", "seinem", "seinen", "seiner", "seit", "september", "sich", "sie", "sind", "so", "soll",
    "sollen", "sollte", "sonntag", "sowie", "tag", "tage", "tagen", "uhr", "um", "und", "uns", "unser",
    "unter", "viel", "vom", "von", "vor", "war", "waren", "warum", "was", "weil", "weiter", "wenn", "wer",
    "werden", "wie", "wieder", "will", "wir", "wird", "wo", "woche", "wochen", "wollen", "wurde", "wurden",
    "während", "zu", "zum", "zur", "zwei", "zwischen", "über",
];

#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "a", "about", "above", "after", "again", "against", "ago", "all", "also", "although", "am", "amid",
    "among", "an", "and", "another", "any", "apr", "april", "are", "arent", "around", "as", "at", "aug",
    "august", "away", "back", "be", "because", "been", "before", "being", "below", "between", "both", "but",
    "by", "can", "cannot", "could", "day", "days", "dec", "december", "did", "didnt", "do", "does", "doesnt",
    "doing", "dont", "down", "during", "each", "else", "even", "ever", "every", "feb", "february", "few",
    "first", "for", "friday", "from", "further", "get", "gets", "got", "had", "has", "hasnt", "have",
    "having", "he", "her", "here", "hers", "him", "himself", "his", "hour", "hours", "how", "however", "i",
    "if", "in", "into", "is", "isnt", "it", "its", "itself", "jan", "january", "jul", "july", "jun", "june",
    "just", "last", "least", "less", "like", "made", "make", "makes", "many", "mar", "march", "may", "me",
    "might", "monday", "month", "months", "more", "most", "mr", "mrs", "ms", "much", "must", "my", "new",
    "next", "no", "nor", "not", "nov", "november", "now", "oct", "october", "of", "off", "often", "on",
    "once", "one", "only", "onto", "or", "other", "our", "out", "over", "own", "per", "put", "said", "same",
    "saturday", "say", "says", "second", "see", "sep", "sept", "september", "set", "she", "should", "since",
    "so", "some", "still", "such", "sunday", "take", "takes", "than", "that", "the", "their", "them", "then",
    "there", "these", "they", "this", "those", "though", "three", "through", "thursday", "time", "times",
    "to", "today", "told", "tomorrow", "tonight", "too", "toward", "towards", "tuesday", "two", "under",
    "until", "up", "upon", "us", "use", "used", "very", "via", "was", "wasnt", "way", "we", "wednesday",
    "week", "weeks", "well", "went", "were", "what", "when", "where", "whether", "which", "while", "who",
    "whom", "whose", "why", "will", "with", "within", "without", "wont", "would", "year", "years", "yes",
    "yesterday", "yet", "you", "your",
];

#[rustfmt::skip]
const SPANISH: &[&str] = &[
    "a", "abril", "agosto", "al", "algo", "algunas", "algunos", "ante", "antes", "aquí", "así", "aunque",
    "ayer", "año", "años", "bajo", "bien", "cada", "como", "con", "contra", "cual", "cuando", "cómo", "de",
    "del", "desde", "después", "diciembre", "domingo", "donde", "dos", "durante", "día", "días", "e", "el",
    "ella", "ellas", "ellos", "en", "enero", "entre", "era", "eran", "es", "esa", "ese", "eso", "esta",
    "estaba", "estado", "estar", "estas", "este", "esto", "estos", "está", "están", "febrero", "fue",
    "fueron", "ha", "haber", "había", "han", "hasta", "hay", "hora", "horas", "hoy", "jueves", "julio",
    "junio", "la", "las", "le", "les", "lo", "los", "lunes", "martes", "marzo", "mayo", "mañana", "me",
    "mes", "meses", "mi", "mientras", "miércoles", "mucho", "muy", "más", "ni", "no", "nos", "nosotros",
    "noviembre", "o", "octubre", "otra", "otras", "otro", "otros", "para", "pero", "poco", "por", "porque",
    "pues", "que", "quien", "qué", "se", "sea", "según", "semana", "semanas", "septiembre", "ser", "si",
    "sido", "sin", "sobre", "solo", "son", "su", "sus", "sábado", "sí", "también", "tanto", "te", "tener",
    "tiene", "tienen", "toda", "todas", "todo", "todos", "tras", "tu", "un", "una", "uno", "unos", "viernes",
    "y", "ya", "yo",
];

#[rustfmt::skip]
const FRENCH: &[&str] = &[
    "ai", "alors", "an", "année", "années", "ans", "août", "après", "au", "aucun", "aussi", "autre",
    "autres", "aux", "avait", "avant", "avec", "avoir", "avril", "car", "ce", "cela", "ces", "cet", "cette",
    "ceux", "chez", "comme", "comment", "contre", "dans", "de", "demain", "depuis", "des", "deux",
    "dimanche", "dont", "du", "décembre", "elle", "elles", "en", "encore", "entre", "est", "et", "eu", "eux",
    "faire", "fait", "faut", "février", "heure", "heures", "hier", "il", "ils", "janvier", "je", "jeudi",
    "jour", "jours", "juillet", "juin", "jusqu", "la", "le", "les", "leur", "leurs", "lors", "lui", "lundi",
    "ma", "mai", "mais", "mardi", "mars", "me", "mercredi", "mes", "moi", "moins", "mois", "mon", "même",
    "ne", "ni", "non", "nos", "notre", "nous", "novembre", "octobre", "on", "ont", "ou", "où", "par",
    "parce", "pas", "pendant", "peu", "peut", "plus", "pour", "pourquoi", "qu", "quand", "que", "quel",
    "quelle", "quelles", "quels", "qui", "sa", "samedi", "sans", "se", "selon", "semaine", "semaines",
    "septembre", "sera", "ses", "si", "son", "sont", "sous", "sur", "ta", "te", "tes", "ton", "tous", "tout",
    "toute", "toutes", "très", "tu", "un", "une", "va", "vendredi", "vers", "vos", "votre", "vous", "y", "à",
    "ça", "étaient", "était", "été", "être",
];

#[cfg(test)]
mod tests {
    use super::super::words::plain;

    #[test]
    fn every_list_is_sorted_and_spelt_plainly() {
        for language in ["de", "en", "es", "fr"] {
            let list = super::words(language);
            assert!(list.is_sorted() && !list.is_empty(), "{language}");
            assert!(list.iter().all(|w| plain(w) == **w), "{language}");
        }
    }
}
