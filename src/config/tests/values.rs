//! What is printed when a value of the right kind cannot be used.

use super::refusal;

#[test]
fn a_value_that_cannot_be_used_is_told_what_is_allowed() {
    insta::assert_snapshot!(refusal("[newsletter]\nmax_stories = 0\n"), @r"
    must be 1 or more
     --> /news/feeds.toml:2:15
      |
    2 | max_stories = 0
      |               ^
    ");
    insta::assert_snapshot!(refusal("[newsletter]\nmax_stories = 5\nmin_stories = 6\n"), @r"
    `min_stories` is more than `max_stories`, which is 5
     --> /news/feeds.toml:3:15
      |
    3 | min_stories = 6
      |               ^
    ");
    insta::assert_snapshot!(refusal("[newsletter]\ntimezone = 'America/NewYork'\n"), @r#"
    unknown time zone `America/NewYork`
     --> /news/feeds.toml:2:12
      |
    2 | timezone = 'America/NewYork'
      |            ^^^^^^^^^^^^^^^^^
      |
      = help: did you mean "America/New_York"?
    "#);
    insta::assert_snapshot!(refusal("[newsletter]\nlanguage = 'English!'\n"), @r#"
    `English!` is not a language tag
     --> /news/feeds.toml:2:12
      |
    2 | language = 'English!'
      |            ^^^^^^^^^^
      |
      = help: write for example "en", "de" or "pt-BR"
    "#);
    insta::assert_snapshot!(refusal("[newsletter]\nwindow = '24'\n"), @r#"
    `24` is not a duration
     --> /news/feeds.toml:2:10
      |
    2 | window = '24'
      |          ^^^^
      |
      = help: write a number with its unit: "500ms", "20s", "30m", "24h", "1d"
    "#);
    insta::assert_snapshot!(refusal("[newsletter]\nhome = 'news.example.com'\n"), @r#"
    `news.example.com` is not the address of a page
     --> /news/feeds.toml:2:8
      |
    2 | home = 'news.example.com'
      |        ^^^^^^^^^^^^^^^^^^
      |
      = help: write it whole: "https://news.example.com/"
    "#);
    insta::assert_snapshot!(refusal("[fetch]\npages = 'sometimes'\n"), @r#"
    unknown choice `sometimes`
     --> /news/feeds.toml:2:9
      |
    2 | pages = 'sometimes'
      |         ^^^^^^^^^^^
      |
      = help: write "thin" (when an entry has only a summary), "always" or "never"
    "#);
    insta::assert_snapshot!(refusal("[fetch]\ntimeout = '0s'\n"), @r#"
    must be longer than nothing
     --> /news/feeds.toml:2:11
      |
    2 | timeout = '0s'
      |           ^^^^
      |
      = help: write for example "20s"
    "#);
}

#[test]
fn a_subject_with_a_placeholder_nobody_knows_is_refused() {
    insta::assert_snapshot!(refusal("[newsletter]\nsubject = '{{title}}: {{frist}}'\n"), @r"
    unknown placeholder `{{frist}}`
     --> /news/feeds.toml:2:11
      |
    2 | subject = '{{title}}: {{frist}}'
      |           ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean {{first}}? known here: {{title}} {{outlet}} {{date}} {{weekday}} {{day}} {{count}} {{first}} {{second}} {{third}}
    ");
    insta::assert_snapshot!(refusal("[newsletter]\nsubject = '{{email}}'\n"), @r#"
    unknown placeholder `{{email}}`
     --> /news/feeds.toml:2:11
      |
    2 | subject = '{{email}}'
      |           ^^^^^^^^^^^
      |
      = help: write for example "{{first}}"; known here: {{title}} {{outlet}} {{date}} {{weekday}} {{day}} {{count}} {{first}} {{second}} {{third}}
    "#);
    insta::assert_snapshot!(refusal("[newsletter]\nsubject = '{{title'\n"), @r#"
    `{{` without its `}}`
     --> /news/feeds.toml:2:11
      |
    2 | subject = '{{title'
      |           ^^^^^^^^^
      |
      = help: write for example "{{first}}"; known here: {{title}} {{outlet}} {{date}} {{weekday}} {{day}} {{count}} {{first}} {{second}} {{third}}
    "#);
    insta::assert_snapshot!(refusal("[newsletter]\nsubject = ' '\n"), @r#"
    a subject needs words
     --> /news/feeds.toml:2:11
      |
    2 | subject = ' '
      |           ^^^
      |
      = help: write for example "{{first}}"; known here: {{title}} {{outlet}} {{date}} {{weekday}} {{day}} {{count}} {{first}} {{second}} {{third}}
    "#);
}

#[test]
fn a_feed_that_cannot_be_read_is_refused() {
    insta::assert_snapshot!(refusal("[[feeds]]\nurl = 'ftp://a.example/feed'\n"), @r"
    feeds cannot be read from `ftp:` addresses
     --> /news/feeds.toml:2:7
      |
    2 | url = 'ftp://a.example/feed'
      |       ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write an http or https address, or a file relative to this one
    ");
    insta::assert_snapshot!(refusal("[[feeds]]\nurl = 'www.a.example/feed'\n"), @r"
    `www.a.example/feed` lacks its scheme
     --> /news/feeds.toml:2:7
      |
    2 | url = 'www.a.example/feed'
      |       ^^^^^^^^^^^^^^^^^^^^
      |
      = help: put https:// before it
    ");
    insta::assert_snapshot!(refusal("[[feeds]]\nurl = 'https://a.example/f'\n[[feeds]]\nurl = 'https://A.example:443/f'\n"), @r"
    the feed https://A.example:443/f is listed twice
     --> /news/feeds.toml:4:7
      |
    4 | url = 'https://A.example:443/f'
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^ already above
      |
      = help: remove one of the two
    ");
    insta::assert_snapshot!(refusal("[[feeds]]\nurl = 'a.xml'\nweight = 0\n"), @r"
    a weight must be more than 0
     --> /news/feeds.toml:3:10
      |
    3 | weight = 0
      |          ^
      |
      = help: 1.0 is ordinary, 2.0 counts double; leave a feed out by deleting its table
    ");
    insta::assert_snapshot!(
        refusal("[newsletter]\nsections = ['Military', 'World']\n[[feeds]]\nurl = 'a.xml'\nsection = 'Milatary'\n"), @r#"
        "Milatary" is not a section of this newsletter
         --> /news/feeds.toml:5:11
          |
        5 | section = 'Milatary'
          |           ^^^^^^^^^^ unknown section
          |
          = help: did you mean "Military"?
        "#);
}

#[test]
fn mail_that_could_not_be_sent_is_refused() {
    insta::assert_snapshot!(refusal("[mail]\nfrom = 'Daily Headlines'\n"), @r#"
    `Daily Headlines` is not a mail address
     --> /news/feeds.toml:2:8
      |
    2 | from = 'Daily Headlines'
      |        ^^^^^^^^^^^^^^^^^
      |
      = help: write for example "reader@example.net"
    "#);
    insta::assert_snapshot!(refusal("[mail]\nsmtp = 'smtp://mail.example.com'\n"), @r#"
    mail leaves this machine only encrypted
     --> /news/feeds.toml:2:8
      |
    2 | smtp = 'smtp://mail.example.com'
      |        ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write "smtps://mail.example.com" (TLS, port 465) or "smtp://mail.example.com?tls=required" (STARTTLS, port 587)
    "#);
    insta::assert_snapshot!(refusal("[mail]\nsmtp = 'mail.example.com:587'\n"), @r#"
    the mail server has no host
     --> /news/feeds.toml:2:8
      |
    2 | smtp = 'mail.example.com:587'
      |        ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write "smtps://mail.example.com" (TLS, port 465) or "smtp://mail.example.com?tls=required" (STARTTLS, port 587)
    "#);
    insta::assert_snapshot!(refusal("[mail]\nunsubscribe = 'here'\n"), @r"
    `here` is not a way to unsubscribe
     --> /news/feeds.toml:2:15
      |
    2 | unsubscribe = 'here'
      |               ^^^^^^
      |
      = help: write a mail address, or an https address that answers one-click requests
    ");
    insta::assert_snapshot!(refusal("[mail]\npassword = 'hunter2'\n"), @r"
    unknown key `password` in [mail]
     --> /news/feeds.toml:2:1
      |
    2 | password = *********
      | ^^^^^^^^ unknown key
      |
      = help: did you mean `password_file`?
    ");
}

#[test]
fn a_recipient_is_listed_once_with_a_sound_address() {
    insta::assert_snapshot!(refusal("[[recipients]]\nemail = 'bo at example.net'\n"), @r#"
    `bo at example.net` is not a mail address
     --> /news/feeds.toml:2:9
      |
    2 | email = 'bo at example.net'
      |         ^^^^^^^^^^^^^^^^^^^
      |
      = help: write for example "reader@example.net"
    "#);
    insta::assert_snapshot!(
        refusal("[[recipients]]\nemail = 'bo@example.net'\n[[recipients]]\nemail = 'Bo@Example.net'\n"), @r"
        the recipient Bo@Example.net is listed twice
         --> /news/feeds.toml:4:9
          |
        4 | email = 'Bo@Example.net'
          |         ^^^^^^^^^^^^^^^^ already above
          |
          = help: remove one of the two
        ");
    insta::assert_snapshot!(refusal("recipients_file = 'absent.csv'\n"), @r"
    cannot read the readers' file /news/absent.csv: No such file or directory (os error 2)
     --> /news/feeds.toml:1:19
      |
    1 | recipients_file = 'absent.csv'
      |                   ^^^^^^^^^^^^
    ");
}

#[test]
fn an_unknown_theme_is_marked_with_the_nearest_name() {
    insta::assert_snapshot!(refusal("[newsletter]\ntheme = 'compakt'\n"), @r#"
    unknown theme `compakt`
     --> /news/feeds.toml:2:9
      |
    2 | theme = 'compakt'
      |         ^^^^^^^^^
      |
      = help: did you mean "compact"?
    "#);
    assert!(
        refusal("[newsletter]\ntheme = 'zebra'\n").contains("there are \"classic\", \"plain\", \"compact\"")
    );
}

#[test]
fn a_state_is_kept_for_a_week_or_more() {
    insta::assert_snapshot!(refusal("[store]\nkeep_deliveries = '3d'\n"), @r#"
    must be a week or more
     --> /news/feeds.toml:2:19
      |
    2 | keep_deliveries = '3d'
      |                   ^^^^
      |
      = help: write for example "400d"
    "#);
}
