//! One paragraph in, a verdict out: whether it is furniture of a page in German, French, Spanish, Italian, Portuguese or
//! Dutch. The English rules are in the files beside this one.

use std::sync::LazyLock;

use regex::Regex;

use super::{Patterns, line::ends_a_sentence};

/// Words of the longest label, pointer and promotion.
const LABEL_WORDS: usize = 12;
const POINTER_WORDS: usize = 45;
const PROMOTION_WORDS: usize = 60;

/// A whole line that is a label of the site, end punctuation gone.
static LABELS: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::of(&[
        r"^(anzeige|werbung|publicité|publicidad|publicidade|pubblicità|advertentie|reclame)$",
        r"^((hier |jetzt )?(weiterlesen|mehr (lesen|erfahren|anzeigen))|lire (plus|la suite)|en savoir plus|voir plus|(leer|ver|saber) más|(seguir|sigue|continúa) leyendo|leggi (di più|tutto)|continua a leggere|(ler|ver|saiba|veja) mais|continue lendo|lees (meer|verder))$",
        r"^((diesen )?(artikel|beitrag) )?(teilen|drucken|merken|kommentieren|(ver)?senden)$",
        r"^(partager|imprimer|enregistrer|commenter|compartir|guardar|imprimir|comentar|condividi|salva|stampa|commenta|compartilh(e|ar)|partilhar|delen|deel|bewaren)( (cet |l.|este |questo |dit )?(article|artículo|articolo|artigo|artikel)| (sur|en|su|no|na|op|via) \w+)?$",
        r"^\d* ?(kommentare?|commentaires?|comentarios?|comment[io]|comentários?|reacties?)( \(?\d+\)?| (lesen|schreiben|anzeigen))?$",
        r"^((jetzt |zum |unseren )?newsletter )?(abonnieren|anmelden|registrieren)$|^(abonnez-vous|s.abonner|inscrivez-vous|se connecter|suscr[ií]b(ete|ase)|suscribirse|iscriviti|abbonati|accedi|assine( já)?|inscreva-se|abonneer( je| u)?|schrijf (je|u) in)$",
        r"^(fotos?|bild(er)?|video|vidéo|(foto|bilder)strecke|fotogalerie|galería|imagen(es)?|galleria( fotografica)?|immagin[ei]|imagens|galeria)( \d+( (von|sur|de|di|van) \d+)?)?$",
    ])
});

/// The heading of a box of links to other articles, end punctuation gone.
static RECOMMENDATIONS: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::of(&[
        r"^(mehr (zum thema|dazu|aus .{2,30})|(das könnte|könnte) (sie|dich|euch|ihnen) (auch )?(interessieren|gefallen)|lesen sie (auch|mehr)|auch interessant|verwandte (artikel|themen)|weitere (artikel|nachrichten|meldungen|themen)|meistgelesen.{0,20})$",
        r"^((à )?lire (aussi|également)|sur le même (sujet|thème)|vous aimerez( aussi)?|(nos )?articles (liés|associés|similaires|recommandés)|les plus lus|à ne pas manquer)$",
        r"^((también )?te (puede|podría|pueden) interesar|(noticias|artículos|contenidos?) relacionad[oa]s?|más (noticias|información)|lo más (leído|visto)|le[ea] también)$",
        r"^(leggi anche|(ti )?potrebbe(ro)? interessar(ti|vi)( anche)?|articoli correlati|i più letti|leia (também|mais)|veja também|(notícias|conteúdos?|artigos) relacionad[oa]s?|mais lidas|lees ook|meer over .{2,40}|meest gelezen)$",
    ])
});

/// A pointer to another page, a credit or a notice.
static POINTERS: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::of(&[
        r"^(lesen sie (auch|mehr|dazu|hier)|lies auch|mehr (zum thema|dazu)|siehe auch|(à )?lire( aussi| également)?|voir aussi|écouter aussi|le[ea] (también|además|más)|ver también|(también )?te puede interesar|más información|leggi anche|(vedi|guarda) anche|leia (também|mais)|veja também|(lees|kijk|bekijk) ook)\s*[:|»>–—-] ?\S",
        r"^(fotos?|bild(er|quelle|nachweis)?|grafik|quellen?|crédits?( photos?)?|fuentes?|imagen|créditos?|fotografía|font[ei]|immagine|crediti|bron(nen)?|beeld|(mit )?material)\s*: ?\S",
        r"\b(alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|tutti i diritti riservati|riproduzione riservata|todos os direitos reservados|alle rechten voorbehouden)\b",
        r"^(mit material (von|der|des)|avec (l.)?(afp|agences?|reuters)|con (información|informaciones) de|con agencias|com (informações|agências)|con fonti?) ?.{0,40}$",
    ])
});

/// What a promotion begins with, and what it offers, in one language after another.
static PROMOTIONS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?:^|[.!?:…|»>] )\W*(?:",
        r"(?:meld(?:en sie sich|e dich)|abonnieren? (?:sie|jetzt)|abonniere|jetzt (?:(?:für )?(?:den|unseren|zum) )?(?:kostenlos(?:en)? )?newsletter|erhalten sie|bestellen sie|testen sie|folgen? (?:sie )?uns|registrieren sie sich|unterstützen sie)\b.{0,120}\b(?:newsletters?|abo|abonnement|anmelden|abonnieren|push|whatsapp|telegram|facebook|instagram|app|probemonat|postfach|podcast)",
        r"|(?:inscrivez-vous|abonnez-vous|recevez|suivez|téléchargez|soutenez|rejoignez|profitez)\b.{0,120}\b(?:newsletters?|lettre d.information|infolettre|abonn\w+|appli\w*|whatsapp|facebook|instagram|twitter|chaîne|e-?mails?|alertes?|podcast)",
        r"|(?:suscr[ií]b[ea](?:te|se)|reg[ií]str[ae](?:te|se)|recib[ea] .{0,60}(?:tu|su) correo|s[ií]g[au]e?nos|ap[uú]nt[ae](?:te|se)|descarg(?:a|ue) (?:la|nuestra)|únete a)\b.{0,120}\b(?:bolet[ií]n\w*|newsletters?|suscri\w+|correo|canal|whatsapp|telegram|facebook|instagram|twitter|app|aplicación|alertas|soci[oa]|podcast)",
        r"|(?:iscriviti|abbonati|ricevi|segui(?:ci)?|scarica|sostieni|unisciti)\b.{0,120}\b(?:newsletter|canale|whatsapp|telegram|facebook|instagram|app|abbonament\w+|podcast)",
        r"|(?:inscreva-se|assine|receba|siga|baixe|cadastre-se|subscreva|participe|junte-se)\b.{0,120}\b(?:newsletter|boletim|canal|grupo|whatsapp|telegram|facebook|instagram|app|aplicativo|e-?mail)",
        r"|(?:schrijf (?:je|u) in|meld (?:je|u) aan|abonneer|ontvang|volg ons|download)\b.{0,120}\b(?:nieuwsbrief|abonne\w+|whatsapp|app|facebook|instagram|e-?mail)",
        r")\b"
    ))
    .expect("a constant pattern")
});

/// A line that is a date and a time and the words such lines are made of.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:(?:\d+(?:er|h\d*|e|º|ª)?|stand|aktualisiert|(?:zuletzt )?geändert|veröffentlicht|erstellt|uhr|um|am|den|vom|vor|stunden?|minuten?|tagen?",
        r"|publiée?|mise? à jour|modifiée?|le|à|il y a|heures?|minutes?|jours?",
        r"|publicad[oa]|actualizad[oa]|atualizad[oa]|modificad[oa]|el|a las?|hace|horas?|minutos?|días?|dias?|h|hs|hrs|às|em|de|há",
        r"|pubblicat[oa]|aggiornat[oa]|il|alle|ore|fa|gepubliceerd|bijgewerkt|laatst|op|om|uur|geleden",
        r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
        r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|(?:segunda|terça|quarta|quinta|sexta)-feira",
        r"|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag",
        r"|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|jan|feb|mrz|apr|jun|jul|aug|sept?|okt|nov|dez",
        r"|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|janv|févr|avr|juil|déc",
        r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|ene|abr|ago|oct|dic",
        r"|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|gen|mag|giu|lug|set|ott",
        r"|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|fev|mai|out",
        r"|januari|februari|maart|mei|augustus|cet|cest|mez|mesz|gmt|utc)(?:\W+|$))+$"
    ))
    .expect("a constant pattern")
});

/// Whether a paragraph is furniture wherever it stands.
pub fn is_furniture(paragraph: &str) -> bool {
    let words = paragraph.split_whitespace().count();
    let label = paragraph.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let quotes = paragraph.contains(['“', '"', '«', '„']);
    (words <= LABEL_WORDS && LABELS.is_match(label))
        || (words <= POINTER_WORDS && POINTERS.is_match(paragraph))
        || (words <= PROMOTION_WORDS && !quotes && PROMOTIONS.is_match(paragraph))
        || (words <= LABEL_WORDS + 4
            && label.contains(|c: char| c.is_ascii_digit())
            && words > 1
            && DATE.is_match(label))
}

/// Whether a paragraph is the heading of a box of links.
pub fn opens_recommendations(paragraph: &str) -> bool {
    let label = paragraph.trim_matches(|c: char| !c.is_alphanumeric());
    paragraph.split_whitespace().count() <= 8
        && !ends_a_sentence(paragraph)
        && RECOMMENDATIONS.is_match(label)
}
