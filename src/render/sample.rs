//! An invented edition to print: long titles, quotations, a picture, an opinion piece, an update, right-to-left
//! words.

use jiff::civil::date;

use crate::model::{
    Correction, Coverage, Edition, Excerpt, Masthead, Picture, PulledQuote, Read, Section, Slot, Update,
};

pub(super) fn edition() -> Edition {
    Edition {
        date: date(2026, 11, 20),
        composed_at: "2026-11-20T11:30:00Z".parse().expect("a timestamp"),
        masthead: Masthead {
            title: "Harbor Morning".into(),
            subject: None,
            outlet: "Harbor Times".into(),
            tagline: "today's top port and shipping stories from Harbor Times and top news outlets from around the world".into(),
            language: "en".into(),
            timezone: "America/New_York".into(),
            home: Some("https://harbor-times.example/morning".into()),
            signup: Some("https://harbor-times.example/morning/sign-up?from=friend&lang=en".into()),
            postal_address: "12 Quay Street, Port Ellery".into(),
        },
        read: Read { articles: 214, outlets: 9 },
        top: vec![bridge(), ferry(), pilots(), cranes(), lighthouse()],
        sections: vec![
            section("Port", vec![dredger(), arabic()]),
            section("Fleet", vec![tugs(), commentary()]),
            section("Weather", vec![storm()]),
            section("Abroad", vec![strait(), island()]),
        ],
        corrections: vec![buoys(), silent()],
    }
}

fn section(name: &str, stories: Vec<Slot>) -> Section {
    Section { name: name.into(), stories }
}

/// A story from one outlet, published this many minutes past 10 UTC.
fn slot(outlet: &str, minute: u8, headline: &str, lead: &[&str]) -> Slot {
    let host = outlet.to_lowercase().replace(" & ", "-and-").replace(' ', "-");
    let url = format!("https://www.{host}.example/2026/11/20/{minute}-story.html");
    let excerpt = |text: &&str| Excerpt { text: (*text).into(), outlet: outlet.into(), url: url.clone() };
    Slot {
        headline: headline.into(),
        outlet: outlet.into(),
        published: format!("2026-11-20T10:{minute:02}:00Z").parse().ok(),
        lead: lead.iter().map(excerpt).collect(),
        voices: 1,
        url,
        ..Slot::default()
    }
}

fn quote(slot: &Slot, text: &str, speaker: &str) -> PulledQuote {
    let speaker = (!speaker.is_empty()).then(|| speaker.to_owned());
    PulledQuote { text: text.into(), speaker, outlet: slot.outlet.clone(), url: slot.url.clone(), outlets: 1 }
}

fn also(outlet: &str, title: &str) -> Coverage {
    let host = outlet.to_lowercase().replace(" & ", "-and-").replace(' ', "-");
    Coverage {
        outlet: outlet.into(),
        agency: None,
        title: title.into(),
        url: format!("https://{host}.example/a?id=7&page=2"),
    }
}

fn bridge() -> Slot {
    let mut slot = slot(
        "Harbor Times",
        10,
        "Ellery bridge reopens to freight after eleven months, a week ahead of plan",
        &[
            "PORT ELLERY — The first loaded trucks crossed the Ellery bridge at dawn on Friday, eleven months after a barge struck its middle pier and cut the port off from the inland railway.",
            "Engineers replaced two spans and the bearings below them. The speed limit stays at 20 miles an hour until divers have inspected the new pier footings in January, the harbor authority said.",
        ],
    );
    slot.quotes = vec![
        quote(
            &slot,
            "“We promised Christmas and nobody believed us. I did not believe us.”",
            "Chief Engineer Dora Lindqvist",
        ),
        quote(&slot, "“Every day of this cost my members forty miles.”", "Tomas Abelard"),
    ];
    slot.quotes[0].outlets = 3;
    slot.quotes[1].outlet = "Coastal Wire".into();
    slot.quotes[1].url = "https://coastal-wire.example/a?id=7&page=2".into();
    slot.voices = 4;
    slot.more = vec![
        also("Coastal Wire", "Freight returns to Ellery span"),
        also("The Inland Courier", "Truckers cheer as bridge detour ends after eleven months"),
        also("Rail & Road", "What the “eleven-month detour” cost shippers"),
    ];
    slot.picture = Some(Picture {
        url: "https://www.harbor-times.example/pictures/bridge.jpg".into(),
        alt: "A line of trucks on a steel bridge at sunrise".into(),
    });
    slot
}

fn ferry() -> Slot {
    let mut slot = slot(
        "Coastal Wire",
        2,
        "Ferry operator ordered to refund 14,000 canceled crossings",
        &[
            "A court in Maren ordered Sound Lines on Thursday to repay passengers whose crossings were canceled in the summer strike, rejecting its claim that vouchers were enough.",
        ],
    );
    slot.quotes = vec![quote(&slot, "“A voucher is not money.”", "Judge Ines Okafor")];
    slot.voices = 2;
    slot.more = vec![also("Harbor Times", "Sound Lines loses voucher case")];
    slot.update = Some(Update { first: date(2026, 11, 18) });
    slot
}

fn pilots() -> Slot {
    slot(
        "The Inland Courier",
        3,
        "Harbor pilots vote to accept a four-year contract",
        &[
            "Members backed the contract by 212 votes to 40. It raises pay by 3% a year and adds a second pilot on ships longer than 1,100 feet.",
        ],
    )
}

fn cranes() -> Slot {
    let mut slot = slot(
        "Rail & Road",
        4,
        "Three second-hand cranes cross an ocean standing up",
        &[
            "The cranes, each as tall as a 20-story building, left Osmund on a heavy-lift ship on Wednesday and are due in Port Ellery before the new year.",
        ],
    );
    slot.published = "2026-11-19T23:40:00Z".parse().ok();
    slot
}

fn lighthouse() -> Slot {
    slot(
        "Harbor Times",
        5,
        "Gull Point light to go dark",
        &[
            "The light has burned since 1871. Satellite navigation has made it redundant, the coast guard said.",
        ],
    )
}

fn dredger() -> Slot {
    slot(
        "Harbor Times",
        6,
        "Dredging of the north channel, delayed by a rare eelgrass meadow, by two lawsuits and by a wreck that nobody had charted, is to begin on Monday",
        &["The contractor has until the end of March, when herring spawn in the channel."],
    )
}

fn arabic() -> Slot {
    let mut slot = slot(
        "الميناء",
        7,
        "الميناء يستقبل أول سفينة حاويات تعمل بالميثانول",
        &["رست السفينة في الرصيف الشمالي صباح الجمعة."],
    );
    slot.url = "https://al-mina.example/1".into();
    slot.lead[0].url = slot.url.clone();
    slot.quotes = vec![quote(&slot, "«هذه بداية فقط»", "ليلى حداد")];
    slot.lang = Some("ar".into());
    slot
}

fn tugs() -> Slot {
    let mut slot = slot(
        "Coastal Wire",
        8,
        "Electric tug tows its first tanker",
        &["The tug worked for four hours on one charge, its owner said."],
    );
    slot.lead.push(Excerpt {
        text: "Two more are on order.".into(),
        outlet: "Rail & Road".into(),
        url: "https://rail-and-road.example/tugs".into(),
    });
    slot
}

fn commentary() -> Slot {
    let mut slot = slot(
        "The Inland Courier",
        9,
        "A port is not a parking lot",
        &["The city owns half a mile of quay and rents it to cars."],
    );
    slot.commentary = true;
    slot
}

fn storm() -> Slot {
    let mut slot = slot(
        "Harbor Times",
        11,
        "Gale warning from Saturday noon",
        &["Gusts of 55 miles an hour are expected on the outer islands."],
    );
    slot.quotes = vec![quote(&slot, "“Double your lines tonight.”", "")];
    slot
}

fn strait() -> Slot {
    let mut slot = slot(
        "Meridian Dispatch",
        12,
        "Six nations agree on one-way lanes in the Taran strait",
        &["The lanes take effect in May. Ships of more than 300 tons will have to report to a joint center."],
    );
    slot.voices = 3;
    slot.more =
        vec![also("Coastal Wire", "Taran lanes agreed"), also("Harbor Times", "One way through Taran")];
    slot
}

fn island() -> Slot {
    slot(
        "Meridian Dispatch",
        13,
        "Island of Sarn builds a quay for one ship a year",
        &["The ship brings flour, fuel and the mail."],
    )
}

fn buoys() -> Correction {
    Correction {
        headline: "Nine new buoys mark the Osmund shoals".into(),
        edition: date(2026, 11, 19),
        outlet: "Coastal Wire".into(),
        url: "https://coastal-wire.example/buoys".into(),
        notice: "Correction: An earlier version of this article gave nine as the number of buoys. There are seven."
            .into(),
        gone: vec!["Nine buoys with solar lamps were laid on Tuesday.".into()],
    }
}

fn silent() -> Correction {
    Correction {
        headline: "Mayor wants the fish market moved".into(),
        edition: date(2026, 11, 18),
        outlet: "The Inland Courier".into(),
        url: "https://the-inland-courier.example/market".into(),
        notice: String::new(),
        gone: vec!["“The market smells of yesterday.”".into()],
    }
}
