//! Which paragraphs of an article are furniture, and which only look like it.

use super::{clean, is_filler};
use crate::language::Lexicon;

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

const FIRST: &str =
    "Rescuers in Orvik pulled eleven people from the snow on Friday, the mountain police said.";
const LAST: &str = "The road over the pass stays closed until the slopes above it have been blasted free.";

/// Whether a line among an article's paragraphs is dropped, and the paragraphs kept.
fn drops(line: &str) -> bool {
    drops_in("en", line)
}

fn drops_in(tag: &str, line: &str) -> bool {
    let cleaned = clean(owned(&[FIRST, line, LAST]), Lexicon::of(tag));
    assert!(cleaned.iter().any(|p| p == FIRST) && cleaned.iter().any(|p| p == LAST), "{line}");
    cleaned.len() == 2
}

#[test]
fn promotions_are_dropped() {
    for line in [
        "Subscribe",
        "Subscribe now",
        "Sign Up for Evening Briefs",
        "Sign up to get a nightly email of the day's top mountain news from the Orvik Courier and other papers of the north.",
        "Sign Up Now",
        "Get the best of our reporting delivered to your inbox every morning.",
        "Like what you read? Sign up for our free newsletter.",
        "Follow us on Facebook and Instagram.",
        "Click here to join our channel",
        "Download our app for breaking news alerts.",
        "Already a subscriber? Log in",
        "Support our journalism: become a member today.",
        "Have a tip? Write to the newsroom.",
    ] {
        assert!(drops(line), "{line}");
    }
}

#[test]
fn labels_and_pointers_are_dropped() {
    for line in [
        "Advertisement",
        "ADVERTISEMENT - CONTINUE READING BELOW",
        "Story continues below advertisement",
        "Read more: How the slope came down",
        "READ ALSO | The winter of the long dark",
        "Related: Eleven winters, eleven slides",
        "Share this article",
        "Facebook Twitter WhatsApp",
        "12 comments",
        "Leave a comment",
        "5 min read",
        "More from Orvik",
        "* * *",
    ] {
        assert!(drops(line), "{line}");
    }
}

#[test]
fn credits_bylines_and_dates_are_dropped() {
    for line in [
        "By Tor Hamre",
        "By Tor Hamre and Liv Dahl, Courier staff",
        "March 4, 2026",
        "03/04/2026 by Tor Hamre",
        "Published: Wed 4 Mar 2026 at 10:15 a.m.",
        "Updated 3 hours ago",
        "Photo by Tor Hamre",
        "Photo: Orvik Courier",
        "A helicopter over the pass on Friday. (AP Photo/Tor Hamre)",
        "Rescuers with a dog near the village. REUTERS/Liv Dahl",
        "Skiers leave the valley on Friday, March 4. Tor Hamre/Getty Images",
        "© 2026 Orvik Courier. All rights reserved.",
        "This article was originally published in the Northern Review.",
        "The post Ferry sails again after three weeks appeared first on Sollund Herald.",
        "This story was supported by the Fund for Harbour Reporting.",
        "Warning: this story describes the last hours of the crew.",
        "Good morning! Here are the stories that Orvik talks of today.",
        "(Reporting by Tor Hamre; editing by Liv Dahl)",
    ] {
        assert!(drops(line), "{line}");
    }
}

#[test]
fn sentences_of_the_article_stay_though_they_speak_of_such_things() {
    for line in [
        "Some 40,000 readers subscribe to the paper's newsletter, and many of them wrote to the police.",
        "The mayor urged villagers to sign up for the warning service before the weekend.",
        "“Sign up for the alerts and do it today,” the chief of the mountain police told reporters.",
        "By Friday evening the wind had turned, and the helicopters stayed on the ground.",
        "By Monday, 4 March, nine of them were home.",
        "The video, watched two million times, shows the slope breaking apart.",
        "Read in full, the report blames no one.",
        "Photographs taken from the air show three separate slides.",
        "Follow the river for two miles and the hut comes into view.",
        "More snow is forecast.",
        "The slide came at 7:15 a.m., when most of the village was asleep.",
        "It was March 4, 2026.",
        "Will there be more?",
        "-12.99",
        "2:1",
        "The figures come from the Environmental Protection Agency (EPA).",
        "He had worked for years at Getty Images.",
    ] {
        assert!(!drops(line), "{line}");
    }
}

#[test]
fn a_sentence_that_leaves_the_rest_to_a_colleague_is_filler() {
    for text in [
        "Ada Quill reports.",
        "Harbour News' Ada Quill reports from Sollund.",
        "Harbour TV legal analyst Ada Quill has more.",
        "Ada Quill, the Harbour Channel's correspondent in Velm, has more on the talks.",
        "Harbour TV royal contributor Ada Quill joins to discuss.",
        "Tor Hamre, national rowing and sailing reporter for the Oarsman, joins Harbour TV to discuss.",
        "HARBOUR 24’s Ada Quill brings us more with this report.",
        "Our journalist Ada Quill gives us the latest information.",
        "Chief Velm correspondent Ada Quill reports on the government's response.",
        "DOWNLOAD NOW!",
        "pic.post.example/x1",
        "All videos of the harbour are at https://post.example/videos today.",
        "The ferry is afloat #kestrel #sollund",
    ] {
        assert!(is_filler(text, Lexicon::of("en")), "{text}");
    }
    for text in [
        "Norway has more electric ferries than Velm.",
        "Ada Quill reports that the pier is closed.",
        "The ministry has received two reports.",
        "Ada Quill joined the strike on Monday to demand a longer pier.",
        "Minister Ada Quill looks at a list of 40 piers.",
        "“WE WILL KEEP IT.”",
        "The #kestrel movement has 40,000 members in Sollund.",
        "Four boats sank off Sollund.",
        "嵐で船が沈んだ。",
    ] {
        assert!(!is_filler(text, Lexicon::of("en")), "{text}");
    }
}

#[test]
fn who_goes_on_is_left_out_in_other_languages_and_what_somebody_reports_is_not() {
    for (tag, filler, told) in [
        (
            "de",
            "Unsere Korrespondentin Ida Brask berichtet aus Velm.",
            "Ida Brask berichtet, dass der Hafen schließt.",
        ),
        (
            "fr",
            "Notre correspondante Ida Brask fait le point.",
            "Ida Brask fait le tour du port en une heure.",
        ),
        ("es", "La corresponsal Ida Brask informa desde Velm.", "Ida Brask informa de que el puerto cierra."),
        (
            "pt",
            "A correspondente Ida Brask traz mais informações.",
            "Ida Brask traz mais dois barcos para Velm hoje à noite sem avisar os donos do cais e sem pagar nada.",
        ),
        ("it", "La corrispondente Ida Brask ci racconta come.", "Ida Brask racconta di aver visto la nave."),
        ("nl", "Correspondent Ida Brask doet verslag.", "Ida Brask meldt dat de haven sluit."),
    ] {
        assert!(is_filler(filler, Lexicon::of(tag)), "{filler}");
        assert!(!is_filler(told, Lexicon::of(tag)), "{told}");
    }
}

#[test]
fn furniture_of_other_languages_is_dropped() {
    for (tag, lines) in [
        (
            "de",
            &[
                "Von Tor Hamre",
                "Von Tor Hamre und Liv Dahl, Orvik",
                "Stand: 04.03.2026, 10:15 Uhr",
                "Veröffentlicht am 4. März 2026 um 10:15 Uhr",
                "Lesen Sie auch: Wie der Hang ins Rutschen kam",
                "Anzeige",
                "Melden Sie sich für unseren Newsletter an.",
                "Jetzt Newsletter abonnieren",
                "12 Kommentare",
                "Foto: Tor Hamre",
                "Diese Website verwendet Cookies.",
                "Share this article",
            ][..],
        ),
        (
            "fr-CH",
            &[
                "Par Tor Hamre et Liv Dahl",
                "Publié le 4 mars 2026 à 10h15, mis à jour à 11h02",
                "Lire aussi : Les secours arrivent",
                "Publicité",
                "Partager l’article",
                "Inscrivez-vous à notre newsletter pour tout savoir de la montagne.",
                "Partager cet article",
            ],
        ),
        (
            "es",
            &[
                "Por Tor Hamre",
                "Actualizado el 4 de marzo de 2026 a las 10:15 h",
                "Lea también: El invierno de las avalanchas",
                "Suscríbete a nuestro boletín",
                "Compartir en Facebook",
            ],
        ),
        (
            "it",
            &[
                "Leggi anche: L'inverno delle valanghe",
                "Riproduzione riservata",
                "Iscriviti al nostro canale WhatsApp",
            ],
        ),
        ("pt", &["Leia também: O inverno das avalanches"]),
        ("nl", &["Lees ook: De winter van de lawines"]),
    ] {
        for line in lines {
            assert!(drops_in(tag, line), "{tag}: {line}");
        }
    }
    assert!(!drops_in("fr", "Anzeige"), "a word of another language is none of the page's");
}

#[test]
fn sentences_of_other_languages_stay() {
    for (tag, line) in [
        ("de", "Von Orvik bis zum Pass ist die Straße gesperrt."),
        ("de", "Jetzt hat die Bergwacht eine App vorgestellt."),
        ("de", "Am 4. März 2026 um 10:15 Uhr brach der Hang."),
        ("de", "„Melden Sie sich für den Newsletter an“, riet der Chef der Bergwacht."),
        ("fr", "Par deux fois, la pente a cédé."),
        ("fr", "Publié en 1931, le récit raconte l'hiver."),
        ("es", "Sigue la búsqueda en el canal de Orvik."),
        ("es", "Por la noche cambió el viento."),
        ("es", "Recibe el premio la patrulla de Orvik."),
        ("it", "Di notte il vento è cambiato."),
        ("es", "El 4 de marzo de 2026 la ladera cedió."),
    ] {
        assert!(!drops_in(tag, line), "{line}");
    }
}

#[test]
fn notices_of_cookies_and_subscriptions_are_dropped_and_news_of_them_stays() {
    for line in [
        "We use cookies and similar technologies to improve your visit.",
        "Unlimited digital access for $1 a week. Cancel anytime.",
        "You have 2 free articles left this month.",
        "Your email address will not be published. Required fields are marked *",
    ] {
        assert!(drops(line), "{line}");
    }
    for line in [
        "The court found that the site had used cookies without asking.",
        "Under the law, customers can cancel at any time.",
        "“We use cookies,” the baker of Orvik said, and laughed.",
    ] {
        assert!(!drops(line), "{line}");
    }
}

#[test]
fn a_box_of_links_goes_with_its_heading_and_the_text_goes_on() {
    let text =
        [FIRST, "Related stories", "Storm cuts off three valleys", "Why the siren stayed silent", LAST];
    assert_eq!(clean(owned(&text), Lexicon::of("en")), [FIRST, LAST]);
}

#[test]
fn authors_who_introduce_themselves_at_the_end_are_dropped_and_the_same_words_above_stay() {
    let bio = "Tor Hamre is a reporter for the Courier. Write to him at tor@courier.example.";
    assert_eq!(clean(owned(&[FIRST, LAST, bio]), Lexicon::of("en")), [FIRST, LAST]);
    let witness = "Tor Hamre, who is a retired editor of the Courier, saw the slide from his window.";
    let text = [FIRST, witness, LAST, LAST, LAST, LAST];
    assert_eq!(clean(owned(&text), Lexicon::of("en")).len(), 6);
}

#[test]
fn nothing_is_left_of_furniture_alone_and_nothing_is_made_of_nothing() {
    let furniture = owned(&["Subscribe", "By Tor Hamre", "Share this article"]);
    assert!(clean(furniture, Lexicon::neutral()).is_empty());
    assert!(clean(Vec::new(), Lexicon::neutral()).is_empty());
}
