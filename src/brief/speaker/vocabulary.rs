//! The closed word classes attribution looks at, in the languages the marks are read for. Lists only, no rules.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A word class; asked for membership, never walked, so its order cannot leak out.
pub struct Class(LazyLock<HashSet<&'static str>>);

impl Class {
    const fn new(build: fn() -> HashSet<&'static str>) -> Self {
        Self(LazyLock::new(build))
    }

    /// Whether the word belongs to it, whatever its case.
    pub fn has(&self, word: &str) -> bool {
        let plain = |c: char| c.is_lowercase() || !c.is_alphabetic();
        if word.chars().all(plain) {
            self.0.contains(word)
        } else {
            self.0.contains(word.to_lowercase().as_str())
        }
    }
}

macro_rules! class {
    ($(#[$doc:meta])* $name:ident = $words:literal) => {
        $(#[$doc])*
        pub static $name: Class = Class::new(|| $words.split_whitespace().collect());
    };
}

class! {
    /// Finite verbs of saying.
    CUES = "pointed points remembered remembers sings sang hoped hopes cracked reckoned figured said says say told tells tell wrote writes write added adds asked asks tweeted tweets retweeted continued
        continues declared declares recalled recalls replied replies responded responds admitted admits noted insisted
        insists argued argues explained explains announced announces acknowledged concluded concludes warned warns
        suggested suggests joked jokes quipped boasted complained lamented conceded concedes confirmed confirms
        emphasized emphasised stressed vowed vows pledged promised testified predicted predicts observed mused
        shouted shouts yelled chanted chants cried exclaimed screamed barked boomed thundered whispered muttered growled
        proclaimed proclaims urged urges advised commented remarked remarks contended contends maintained maintains
        claimed asserted asserts alleged posted posts reported stated countered counters interjected reads
        read sniffed snapped shot fired opined offered thought thinks wondered wonders began begins finished recounted
        reiterated repeated repeats blasted demanded pleaded implored cautioned cautions reasoned agreed agrees
        answered answers questioned inquired explaining described describes called calls cited cites sighed laughed
        beamed gushed crowed deadpanned fumed ranted railed roared scoffed sneered tells advises reveals revealed
        charged counseled bragged confided confessed elaborated enthused exhorted intoned marveled opened pressed
        protested quoted reflected rejoined retorted summed surmised swore teased touted volunteered went goes goes
        sagte sagt sagten gesagt erklärte erklärt erklärten betonte betont meinte meint fügte teilte mitgeteilt schrieb schreibt
        warnte warnt kündigte forderte fordert kritisierte kritisiert mahnte mahnt berichtete berichtet erzählte erzählt ergänzte
        ergänzt behauptete behauptet antwortete antwortet fragte fragt rief räumte versicherte versichert äußerte verkündete
        bekräftigte bekräftigt
        dit disait déclaré déclare expliqué explique affirmé affirme ajouté ajoute indiqué indique estimé estime assuré assure
        précisé précise souligné souligne lancé lance rappelé rappelle répondu répond confié confie regretté regrette martelé
        insisté insiste reconnu dénoncé dénonce annoncé commenté raconté raconte conclu conclut prévenu averti écrit écrivait
        poursuit poursuivi renchérit déploré salué témoigne témoigné note promis demandé demande
        dijo dice dicho afirmó afirma afirmado declaró declara declarado explicó explica explicado añadió añade añadido señaló
        señala señalado aseguró asegura asegurado indicó indica indicado agregó agrega sostuvo sostiene manifestó manifiesta
        apuntó apunta subrayó subraya comentó comenta preguntó pregunta respondió responde recordó advirtió advierte insistió
        destacó denunció anunció escribió relató reconoció admitió concluyó precisó
        detto disse dichiarato dichiara spiegato spiega affermato afferma aggiunto aggiunge sottolineato sottolinea scritto
        scrive commentato raccontato racconta assicurato ricordato ribadito
        diz afirmou declarou explicou acrescentou acrescenta ressaltou destacou escreveu respondeu perguntou garantiu lembrou
        zegt zei vertelt vertelde schrijft schreef verklaarde verklaart benadrukt aldus
        powiedział powiedziała mówi mówił mówiła oświadczył oświadczyła dodał dodała stwierdził stwierdziła podkreślił
        podkreśliła napisał napisała zapewnił zapewniła przyznał przyznała
        säger sade siger sagde sier"
}
class! {
    /// Verbs of saying that are plural nouns at least as often: only after a name or pronoun.
    NOUNS_TOO = "claims notes comments reports states calls remarks questions charges demands answers pledges promises
        counters posts tweets reads goes note lance assure demande"
}
class! {
    /// Words for "according to", directly before whoever it is.
    ACCORDING = "per selon d’après d'après laut según secondo volgens według enligt ifølge"
}
class! {
    /// Auxiliaries of the perfect tense that stand between a quotation and whoever said it. (The French "a" is an English article.)
    AUXILIARIES = "hat haben ont ha han heeft hebben har"
}
class! {
    /// Verb forms that take their subject from the sentence they hang on.
    PARTICIPLES = "yelling screaming tells pointing crying demanding saying adding telling writing asking noting arguing insisting declaring explaining tweeting claiming
        warning stating calling chanting shouting reading concluding boasting joking quoting replying responding
        emphasizing stressing suggesting complaining reporting vowing admitting posting predicting repeating titled"
}
class! {
    /// What may stand between a subject and its verb.
    BETWEEN = "also then later once has had have hath repeatedly recently previously first even still simply just often now
        would will could might may can did does do didn't not never ever always again to further finally quickly soon
        famously reportedly publicly both all is was are were be being has a since who that which himself herself
        themselves itself"
}
class! {
    /// Words no noun phrase runs across.
    STOPS = "in on at during after before when while as who whom whose which that because since until if though although
        but or so than by about into over under against without within through between among amid despite upon via
        per is was are were be been being has had have will would could should may might did does do not nor too also
        then there here where how why what when yes no said says told to with and just only still even once again
        today yesterday tonight tomorrow last next earlier later recently this week month year monday tuesday wednesday
        thursday friday saturday sunday january february march april june july august september october november
        december ago referring adding explaining speaking noting pointing citing calling following according
        mit nach bei während und aber dass am im avec dans lors après et mais que en con durante tras y pero à au aux alla
        montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
        lunes martes miércoles jueves viernes sábado domingo"
}
class! {
    /// Prepositions that can bind a further noun to a described speaker.
    BINDERS = "of for from at with in to on de der des du von vom del di"
}
class! {
    /// What a description of a speaker begins with.
    DETERMINERS = "the a an one another his her its their our my your some many several two three four five other both
        these those most few each every no der die das dem den ein eine einer seine ihre le la les un une l’ el los las una su sus
        il lo gli o os het een"
}
class! {
    /// Descriptions that do without a determiner.
    ROLES = "police officials prosecutors investigators authorities critics experts supporters opponents protesters people
        lawmakers republicans democrats analysts researchers scientists doctors witnesses residents activists lawyers attorneys
        spokesman spokeswoman spokesperson spokespeople campaign president senator representative governor
        mayor minister secretary director chairman chairwoman chief professor attorney host author analyst editor sources
        advisers aides advisor adviser strategist pollster former longtime co-host moderator reporter correspondent
        neighbors friends economists historians teachers parents voters organizers leaders members demonstrators
        everyone someone somebody others executive senior deputy vice justice judge sheriff officer lieutenant"
}
class! {
    /// Pronouns that can be the subject of a verb of saying.
    PRONOUNS = "he she they we i it er sie il elle ils elles él ella ellos ellas hij"
}
class! { HE = "he him his himself er il él hij" }
class! { SHE = "she her hers herself elle ella" }
class! {
    /// Forms of address and offices that stand before a name without being part of it.
    TITLES = "mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir dame lord lady baroness baron king queen prince
        princess pope cardinal archbishop bishop rev rev. reverend father sister rabbi imam president vice prime minister
        premier chancellor secretary sec. senator sen sen. rep rep. reps. sens. representative congressman congresswoman
        congressmen governor gov gov. lt lt. lieutenant mayor councilman councilwoman councillor alderman judge justice
        chief attorney general gen gen. col col. colonel capt capt. captain sgt sgt. sergeant maj. major adm. admiral cmdr.
        commander cpl. private pvt. officer sheriff detective inspector constable chairman chairwoman chair ceo cfo
        director deputy assistant speaker leader spokesman spokeswoman spokesperson ambassador envoy foreign defense
        defence interior finance treasury state acting former manager strategist adviser advisor counsel commissioner
        superintendent coach candidate nominee democrat democratic republican house senate majority minority whip coroner
        herr frau monsieur madame señor señora ministerin präsident kanzler bundeskanzler ministre président presidente
        ministro monsieur mme dña. sr. sra. srta. señorita signor signora burgemeester businessman mogul host author pollster actor actress singer author
        hon. brig. msgr. u.s. u.k. u.n. gop cllr pc mp"
}
/// What German offices end with, whatever is named before it ("Hafenmeisterin", "Regierungssprecher").
pub const OFFICES: [&str; 14] = [
    "meister",
    "minister",
    "präsident",
    "sprecher",
    "kanzler",
    "direktor",
    "leiter",
    "vorsitzende",
    "anwalt",
    "trainer",
    "chef",
    "experte",
    "forscher",
    "politiker",
];
class! {
    /// Forms of address and offices that tell a man.
    MEN = "mr mr. sir lord king prince father congressman councilman chairman spokesman businessman actor herr monsieur
        señor pope sr. signor"
}
class! {
    /// Forms of address and offices that tell a woman.
    WOMEN = "mrs mrs. ms ms. miss dame lady baroness queen princess sister congresswoman councilwoman chairwoman
        spokeswoman actress frau madame mme señora ministerin sra. srta. señorita signora"
}
class! {
    /// Given names mostly of men. They only ever keep a pronoun from meaning somebody, or tell two people apart.
    GIVEN_HE = "aaron adam ahmed al alan albert alejandro alex alexander ali andreas andrew angel anthony antonio arthur ban
        barack ben benjamin bernard bernie bill bob boris brad brandon brett brian bruce carl carlos charles chris christian
        christopher chuck craig daniel dave david dean dennis dick dmitry don donald doug douglas ed eduardo edward emmanuel
        eric ethan evan francis francisco frank fred friedrich gary gavin geoffrey george gerald giorgio glenn gordon greg
        gregory hans harold harry henry herbert howard hugo ian igor ivan jack jacob jake james jared jason javier jay jean
        jeb jeff jeffrey jeremy jerry jesus jim jimmy joe joel john johnny jon jonathan jorge jose josé joseph josh joshua juan
        justin karl keir keith ken kenneth kevin klaus kyle larry lawrence lee leo leonard louis luis luke manuel marc marco
        marcus mario mark markus martin matt matthew max michael michel miguel mike mitch mohammad mohammed muhammad nathan
        neil nicholas nick nicolas nigel noah norman oliver olaf omar oscar otto pablo patrick paul pedro pete peter phil
        philip philippe pierre rafael ralph ramon randy ray raymond reince rex ricardo richard rick rob robert roberto rodrigo
        roger ron ronald roy rudy rupert russell ryan sam samuel scott sean sergei seth simon stefan stephen steve steven
        stuart ted terrence thomas tim timothy todd tom tommy tony travis victor vincent vladimir volodymyr walter warren
        wayne william winston wolfgang yusuf"
}
class! {
    /// Given names mostly of women; see the names of men.
    GIVEN_SHE = "abigail ada alice alicia alison amanda amy ana andrea angela angelina anita ann anna anne annie barbara beatrice
        beth betty beverly brenda bridget camille carla carly carmen carol caroline catherine cathy charlotte cheryl christina
        christine cindy claire clara claudia cynthia daniela dawn deborah debbie denise diana diane donna dorothy elaine
        elena eleanor elisabeth elizabeth ellen emily emma erica erika erin esther eva evelyn fatima fiona florence frances
        gabriela gabrielle gloria grace hannah heather heidi helen hillary huma ilse ingrid irene isabel ivanka jacqueline
        jane janet janice jean-marie jennifer jenny jessica jill joan joanna jocelyn josephine joyce judith judy julia julie
        kamala karen kate katharine katherine kathleen kathy katie kellyanne kimberly kirsten kristen laura lauren leah linda
        lisa liz loretta lori louise lucy lynn madeleine margaret maria marie marilyn marina marine martha mary maureen
        megan melania melanie melissa mia michelle monica nadia nancy naomi natalie natasha nicola nicole nina olga olivia
        pamela patricia paula penny rachel rebecca renee rita roberta rosa rose rosemary ruth sally samantha sandra sara
        sarah sharon sheila shirley silvia simone sofia sonia sophia sophie stephanie susan susanne suzanne sylvia tammy
        teresa theresa tiffany tina tracy ursula valerie vanessa vera veronica victoria virginia wendy whitney yvette yvonne zoe"
}
class! {
    /// Words that make a capitalised name something other than a person's.
    BODIES = "university college school department ministry committee commission council institute center centre association
        party house senate court congress parliament street avenue road city county state states kingdom union nations
        agency bureau office news times post journal tribune herald press group company corporation inc inc. corp corp. co.
        ltd llc bank fund foundation church hospital police force army navy board league club team project act bill
        campaign white york carolina dakota hampshire jersey mexico kong america american americans republic
        convention america's central national international federal democrats republicans conservatives day show
        chamber facebook twitter google instagram youtube organization organisation computer systems technologies demonstrators initiative coalition alliance
        university's tower hotel airport park square war island islands south north east west super bowl media trust"
}
class! {
    /// Words that keep their dot inside a sentence.
    ABBREVIATIONS = "mr mrs ms dr prof sen rep gov gen col lt sgt capt maj adm cmdr st jr sr rev hon pres sens reps inc co
        corp ltd no vs jan feb aug sept oct nov dec ex u.s u.k d-n.y"
}
class! {
    /// Small words that titles of works leave in lower case.
    SMALL = "a an the of in on at to for and or nor but with by from as vs de la le der die das und et y el"
}
