//! The commonest slips, in the words of whoever makes them; and several faults at once.

use super::refusal;

/// What is wrong and what to write, without the drawing.
fn told(source: &str) -> String {
    let said = refusal(source);
    let is_word = |line: &&str| !line.contains(" | ") && !line.trim().is_empty() && line.trim() != "|";
    let lines = said.lines().filter(is_word).map(|line| line.trim().trim_start_matches("= help: "));
    lines.filter(|line| !line.starts_with("-->")).collect::<Vec<_>>().join("; ")
}

#[test]
fn slips_are_told_with_what_to_write() {
    for (source, expected) in [
        ("[newsletter]\ntitle = “News”\n", "write straight ones: \"News\""),
        ("[newsletter]\nfocus = ['sea', „land“]\n", "write straight ones"),
        ("[newsletter]\ntitle = «News»\n", "write straight ones: \"News\""),
        ("[fetch]\nallow_private = True\n", "`True` is not a value; write true, in small letters"),
        ("[fetch]\nallow_private = FALSE # for now\n", "write false, in small letters"),
        ("[fetch]\nallow_private = yes\n", "write true, in small letters"),
        ("[feeds]\nurl = 'a.xml'\n", "there may be many feeds; write [[feeds]], with two brackets"),
        (
            "[feeds]\nurl = 'a.xml'\n[feeds]\nurl = 'b.xml'\n",
            "write [[feeds]], with two brackets, for each of them",
        ),
        (
            "[mail]\nuser = 'a'\n[fetch]\n[mail]\n",
            "[mail] is there already; write all its lines below the first one",
        ),
        ("[newsletter]\ntemplates = \"C:\\news\\look\"\n", "put it between single ones: 'C:\\news\\look'"),
        ("[newsletter]\ntemplates = \"look\\words\"\n", "put it between single ones: 'look\\words'"),
        ("[newsletter]\ntimezone = 'GMT+2'\n", "by a city, which knows about summer time: \"Europe/Athens\""),
        (
            "[newsletter]\ntimezone = 'EST'\n",
            "by a city, which knows about summer time: \"America/New_York\"",
        ),
        ("[newsletter]\nlanguage = 'English'\n", "`English` is not a language tag; write its tag: \"en\""),
        ("[newsletter]\nlanguage = 'Klingon'\n", "write for example \"en\""),
        (
            "[newsletter]\nsubject = '{title}: {{first}}'\n",
            "`{title}` has single braces; did you mean {{title}}?",
        ),
        ("[newsletter]\neditor = 'Ann <ann@example.net>'\n", "write the address alone: \"ann@example.net\""),
        (
            "[[feeds]]\nurl = 'gazette.example'\n",
            "`gazette.example` lacks its scheme; put https:// before it",
        ),
        ("[[feeds]]\nurl = 'gazette.example/rss.xml'\n", "lacks its scheme"),
        (
            "[[feeds]]\nurl = 'https//bo:ab@gazette.example/rss'\n",
            "`https//bo:***@gazette.example/rss` lacks its scheme",
        ),
        ("[[feeds]]\nurl = 'feed://gazette.example/rss'\n", "write https:// in place of feed:"),
    ] {
        let said = told(source);
        assert!(said.contains(expected) && !said.contains("faults"), "{source}\n{said}");
    }
}

#[test]
fn what_is_written_well_is_none_of_them() {
    for source in [
        "[newsletter]\ntitle = \"The “News”\"\ntimezone = 'CET'\nsubject = '{{title}} {live}'\n",
        "[newsletter]\ntagline = \"up \\\\ down\"\n",
        "[[feeds]]\nurl = 'inland.xml'\n[[feeds]]\nurl = 'saved.d/sea.rss'\n[[feeds]]\nurl = '../land'\n",
        "[[recipients]]\nemail = 'Ann Vale <ann@example.net>'\n",
    ] {
        assert_eq!(refusal(source), "loads", "{source}");
    }
}

#[test]
fn all_faults_are_told_at_once_each_once() {
    insta::assert_snapshot!(refusal("\
        title = 'News'\n\
        [newsletter]\n\
        timezone = 'EST'\n\
        max_stories = 'many'\n\
        [fetch]\n\
        allow_private = True\n\
        [mial]\n\
        from = 5\n\
        [[feeds]]\n\
        url = 'gazette.example'\n\
        [[feeds]]\n\
        outlet = 'Herald'\n\
        [[feeds]]\n\
        url = 'a.xml'\n\
        weight = 0\n\
        sektion = 'Sea'\n\
        [[recipients]]\n\
        email = 'bo'\n"), @r#"
        /news/feeds.toml has 10 faults:
          line 1: unknown key `title` at the top of the file; `title` belongs to [newsletter]
          line 3: unknown time zone `EST`; write the zone by a city, which knows about summer time: "America/New_York"
          line 4: invalid type: string "many", expected a whole number, 0 or more
          line 6: `True` is not a value; write true, in small letters
          line 7: unknown key `mial` at the top of the file; did you mean `mail`?
          line 10: `gazette.example` lacks its scheme; put https:// before it
          line 11: missing key `url`
          line 15: a weight must be more than 0; 1.0 is ordinary, 2.0 counts double; leave a feed out by deleting its table
          line 16: unknown key `sektion` in [[feeds]]; did you mean `section`?
          line 18: `bo` is not a mail address; write for example "reader@example.net"
        "#);
    insta::assert_snapshot!(refusal("[newsletter]\ntitle = “News”\nmax_stories = -1\n"), @r#"
    these quotation marks are typographic ones, as word processors write them
     --> /news/feeds.toml:2:9
      |
    2 | title = “News”
      |         ^^^^^^
      |
      = help: write straight ones: "News"

    invalid value: integer `-1`, expected a whole number, 0 or more
     --> /news/feeds.toml:3:15
      |
    3 | max_stories = -1
      |               ^^
    "#);
}

#[test]
fn behind_what_was_never_closed_the_search_goes_on() {
    insta::assert_snapshot!(refusal("\
        [newsletter]\n\
        timezone = 'EST'\n\
        focus = ['sea',\n\
        \x20 'land'\n\
        max_stories = 'x'\n\
        [mail\n\
        smtp = 5\n\
        [fetch]\n\
        host_delay = 3\n\
        timeout = \"20s\n\
        [[feeds]\n\
        url = 'a.xml'\n\
        [[feeds]]\n\
        url = 'b.xml'\n\
        wieght = 2\n\
        filter = [\"x\"\n"), @r#"
        /news/feeds.toml has 9 faults:
          line 2: unknown time zone `EST`; write the zone by a city, which knows about summer time: "America/New_York"
          line 3: this list is opened and never closed; write ] behind its last value
          line 5: invalid type: string "x", expected a whole number, 0 or more
          line 6: the brackets of this header do not pair; write [mail]
          line 9: invalid type: integer `3`, expected a text in quotes
          line 10: invalid basic string, expected `"`
          line 11: the brackets of this header do not pair; write [[feeds]]
          line 15: unknown key `wieght` in [[feeds]]; did you mean `weight`?
          line 16: this list is opened and never closed; write ] behind its last value
        "#);
    for (source, expected) in [
        (
            "[newsletter]\nfocus = ['sea'\n",
            "this list is opened and never closed; write ] behind its last value",
        ),
        ("[mail\nuser = 'a'\n", "the brackets of this header do not pair; write [mail]"),
        ("[newsletter]\nfocus = ['sea' 'land']\n", "comma"),
    ] {
        let said = told(source);
        assert!(said.contains(expected) && !said.contains("faults"), "{source}\n{said}");
    }
    let said = refusal("[newsletter]\ntagline = \"\"\"one\ntwo\n[fetch]\nhost_delay = 3\n");
    assert!(!said.contains("\n\n"), "behind an open text nothing is known: {said}");
}

#[test]
fn so_many_faults_are_told() {
    let many: String = (0..200).map(|number| format!("key{number} = 1\n")).collect();
    let said = refusal(&many);
    assert!(said.lines().count() < 40 && said.contains("30 faults"), "{said}");
}

#[test]
fn a_file_in_another_encoding_is_told_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("feeds.toml");
    let text = "# Readers of Zürich\n[newsletter]\ntitle = \"Zürich am Morgen\"\n";
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let narrow: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("latin")).collect();
    for bytes in [wide, narrow] {
        std::fs::write(&path, bytes).expect("written");
        let error = super::Config::load(&path).expect_err("not UTF-8").to_string();
        assert!(error.contains("line 1 shows (# Readers of Zürich)") && error.contains("UTF-8"), "{error}");
    }
    std::fs::write(&path, format!("\u{feff}{text}")).expect("written");
    assert_eq!(
        super::Config::load(&path).map(|config| config.newsletter.title).ok().as_deref(),
        Some("Zürich am Morgen")
    );
}

#[test]
fn up_to_four_faults_are_shown_where_they_stand_and_of_more_five_and_twenty_are_named() {
    let faults = |number: usize| refusal(&(0..number).map(|n| format!("[feed{n}]\n")).collect::<String>());
    assert_eq!(faults(4).matches("-->").count(), 4);
    for (number, named, end) in [(5, 5, "feed4"), (25, 25, "feed24"), (28, 25, "  and 3 more")] {
        let told = faults(number);
        assert!(told.contains(&format!("has {number} faults:")), "{told}");
        assert_eq!(told.matches("  line ").count(), named, "{told}");
        assert!(told.lines().last().is_some_and(|last| last.contains(end)), "{told}");
    }
}
