//! The news agencies of the world: how bylines, datelines and copyright lines name them, and where they publish.
//! Names only; nothing is decided here.

/// One agency.
pub(super) struct Agency {
    /// As it is printed.
    pub name: &'static str,
    /// Its other names in bylines and credits, in lower case and without "the".
    pub names: &'static [&'static str],
    /// Its short names as it writes them, in datelines and after ©. Two letters can be a person's initials, so they count
    /// in datelines alone.
    pub marks: &'static [&'static str],
    /// The domains it publishes under itself.
    pub hosts: &'static [&'static str],
}

const fn agency(
    name: &'static str,
    names: &'static [&'static str],
    marks: &'static [&'static str],
    hosts: &'static [&'static str],
) -> Agency {
    Agency { name, names, marks, hosts }
}

/// Agencies whose reports other outlets print, sources: the members of the European Alliance of News Agencies
/// (newsalliance.org), of the Organization of Asia-Pacific News Agencies (oananews.org) and of MINDS International,
/// and the agencies' own pages.
pub(super) static AGENCIES: &[Agency] = &[
    agency("AAP", &["australian associated press"], &["AAP"], &["aap.com.au", "aapnews.com.au"]),
    agency("Adnkronos", &[], &["Adnkronos"], &["adnkronos.com"]),
    agency("AFP", &["agence france-presse", "agence france presse"], &["AFP"], &["afp.com"]),
    agency("Agência Brasil", &["agencia brasil"], &[], &["agenciabrasil.ebc.com.br"]),
    agency("Agência Lusa", &["lusa", "agencia lusa"], &["Lusa"], &["lusa.pt"]),
    agency("Agerpres", &[], &["AGERPRES"], &["agerpres.ro"]),
    agency("AGI", &["agenzia italia"], &["AGI"], &["agi.it"]),
    agency("Anadolu", &["anadolu agency", "anadolu ajansı", "anadolu ajansi"], &["AA"], &["aa.com.tr"]),
    agency("ANI", &["asian news international"], &["ANI"], &["aninews.in"]),
    agency("ANP", &["algemeen nederlands persbureau"], &["ANP"], &["anp.nl"]),
    agency("ANSA", &["agenzia ansa"], &["ANSA"], &["ansa.it"]),
    agency("Antara", &["antara news"], &["ANTARA"], &["antaranews.com"]),
    agency("APA", &["austria presse agentur"], &["APA"], &["apa.at"]),
    agency("Armenpress", &[], &["ARMENPRESS"], &["armenpress.am"]),
    agency("Associated Press", &["ap", "ap news"], &["AP"], &["apnews.com", "ap.org"]),
    agency("Associated Press of Pakistan", &[], &["APP"], &["app.com.pk"]),
    agency("Azertac", &[], &["AZERTAC"], &["azertag.az"]),
    agency("Belga", &[], &["Belga"], &["belga.be", "belganewsagency.eu"]),
    agency("Bernama", &[], &["BERNAMA"], &["bernama.com"]),
    agency("Bloomberg", &["bloomberg news"], &["Bloomberg"], &["bloomberg.com"]),
    agency("BNS", &["baltic news service"], &["BNS"], &["bns.lt", "bns.ee"]),
    agency("BTA", &["bulgarian news agency"], &["BTA"], &["bta.bg"]),
    agency("Canadian Press", &["la presse canadienne"], &["CP"], &["thecanadianpress.com"]),
    agency("Central News Agency", &[], &[], &["cna.com.tw", "focustaiwan.tw"]),
    agency("CNN Newsource", &["cnn wire", "cnn newswire"], &[], &[]),
    agency("ČTK", &["ctk", "česká tisková kancelář"], &["CTK"], &["ctk.cz", "ceskenoviny.cz"]),
    agency("Dow Jones", &["dow jones newswires"], &["Dow Jones"], &[]),
    agency(
        "dpa",
        &["deutsche presse-agentur", "dpa international", "dpa-afx"],
        &["dpa"],
        &["dpa.com", "dpa-international.com"],
    ),
    agency("EFE", &["agencia efe"], &["EFE"], &["efe.com"]),
    agency("ELTA", &[], &["ELTA"], &["elta.lt"]),
    agency("epd", &["evangelischer pressedienst"], &["epd"], &["epd.de"]),
    agency("Europa Press", &[], &["EUROPA PRESS"], &["europapress.es"]),
    agency("Hina", &[], &["HINA"], &["hina.hr"]),
    agency("IANS", &["indo-asian news service"], &["IANS"], &["ians.in"]),
    agency("Inter Press Service", &[], &["IPS"], &["ipsnews.net"]),
    agency("Interfax", &[], &["Interfax"], &["interfax.com", "interfax.ru"]),
    agency("IRNA", &["islamic republic news agency"], &["IRNA"], &["irna.ir"]),
    agency("Jiji Press", &["jiji"], &["Jiji"], &["jiji.com"]),
    agency("KCNA", &["korean central news agency"], &["KCNA"], &["kcna.kp"]),
    agency(
        "Keystone-SDA",
        &["keystone-ats", "schweizerische depeschenagentur"],
        &["SDA", "ATS", "Keystone-SDA"],
        &["keystone-sda.ch"],
    ),
    agency("KNA", &["katholische nachrichten-agentur"], &["KNA"], &["kna.de"]),
    agency("Kyodo", &["kyodo news"], &["Kyodo"], &["kyodonews.net", "kyodonews.jp"]),
    agency("MTI", &[], &["MTI"], &["mti.hu"]),
    agency("News Agency of Nigeria", &[], &["NAN"], &["nannews.ng"]),
    agency("NTB", &[], &["NTB"], &["ntb.no"]),
    agency("PA Media", &["press association", "pa", "pa news agency"], &["PA"], &["pa.media"]),
    agency("PAP", &["polska agencja prasowa"], &["PAP"], &["pap.pl"]),
    agency("Philippine News Agency", &[], &["PNA"], &["pna.gov.ph"]),
    agency("Prensa Latina", &[], &["Prensa Latina"], &["plenglish.com", "prensa-latina.cu"]),
    agency("PTI", &["press trust of india"], &["PTI"], &["ptinews.com"]),
    agency("Reuters", &["thomson reuters"], &["Reuters"], &["reuters.com"]),
    agency("RIA Novosti", &["ria"], &["RIA Novosti"], &["ria.ru"]),
    agency("Ritzau", &[], &["Ritzau"], &["ritzau.com", "ritzau.dk"]),
    agency("SAnews", &["south african government news agency"], &["SAnews"], &["sanews.gov.za"]),
    agency("SID", &["sport-informations-dienst"], &["SID"], &["sid.de"]),
    agency("STT", &["suomen tietotoimisto"], &["STT"], &["stt.fi"]),
    agency("TASR", &[], &["TASR"], &["tasr.sk"]),
    agency("TASS", &["itar-tass"], &["TASS"], &["tass.com", "tass.ru"]),
    agency("Tanjug", &[], &["Tanjug"], &["tanjug.rs"]),
    agency("Tribune News Service", &[], &["TNS"], &[]),
    agency("TT", &["tt nyhetsbyrån", "tidningarnas telegrambyrå"], &["TT"], &["tt.se"]),
    agency("Ukrinform", &[], &["Ukrinform"], &["ukrinform.net", "ukrinform.ua"]),
    agency("UNB", &["united news of bangladesh"], &["UNB"], &["unb.com.bd"]),
    agency("UPI", &["united press international"], &["UPI"], &["upi.com"]),
    agency("Vietnam News Agency", &[], &["VNA"], &["vnanet.vn"]),
    agency("WAFA", &["palestinian news and information agency"], &["WAFA"], &["wafa.ps"]),
    agency("Xinhua", &["xinhua news"], &["Xinhua"], &["news.cn", "xinhuanet.com"]),
    agency("Yonhap", &["yonhap news"], &["Yonhap"], &["yna.co.kr"]),
];
