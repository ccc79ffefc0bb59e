//! What is printed when the file's shape is wrong: its syntax, its keys, the kinds of its values.

use super::refusal;

#[test]
fn an_unknown_key_is_refused_with_the_one_that_was_meant() {
    insta::assert_snapshot!(refusal("[newsletter]\ntitle = 'News'\nmax_storys = 12\n"), @r"
    unknown key `max_storys` in [newsletter]
     --> /news/feeds.toml:3:1
      |
    3 | max_storys = 12
      | ^^^^^^^^^^ unknown key
      |
      = help: did you mean `max_stories`?
    ");
    insta::assert_snapshot!(refusal("[newsleter]\ntitle = 'News'\n"), @r"
    unknown key `newsleter` at the top of the file
     --> /news/feeds.toml:1:2
      |
    1 | [newsleter]
      |  ^^^^^^^^^ unknown key
      |
      = help: did you mean `newsletter`?
    ");
    insta::assert_snapshot!(refusal("[[feeds]]\nurl = 'a.xml'\n\n[[feeds]]\nurl = 'b.xml'\noutlets = 'B'\n"), @r"
    unknown key `outlets` in [[feeds]]
     --> /news/feeds.toml:6:1
      |
    6 | outlets = 'B'
      | ^^^^^^^ unknown key
      |
      = help: did you mean `outlet`?
    ");
}

#[test]
fn a_key_in_the_wrong_table_is_told_where_it_belongs() {
    insta::assert_snapshot!(refusal("[mail]\nrecipients_file = 'readers.csv'\n"), @r"
    unknown key `recipients_file` in [mail]
     --> /news/feeds.toml:2:1
      |
    2 | recipients_file = 'readers.csv'
      | ^^^^^^^^^^^^^^^ unknown key
      |
      = help: `recipients_file` belongs to the top of the file, above the first table
    ");
    insta::assert_snapshot!(refusal("[newsletter]\nhost_delay = '2s'\n"), @r"
    unknown key `host_delay` in [newsletter]
     --> /news/feeds.toml:2:1
      |
    2 | host_delay = '2s'
      | ^^^^^^^^^^ unknown key
      |
      = help: `host_delay` belongs to [fetch]
    ");
    insta::assert_snapshot!(refusal("[store]\ncolour = 'red'\n"), @r"
    unknown key `colour` in [store]
     --> /news/feeds.toml:2:1
      |
    2 | colour = 'red'
      | ^^^^^^ unknown key
      |
      = help: known here: url, keep_editions, keep_deliveries
    ");
}

#[test]
fn broken_syntax_is_marked() {
    insta::assert_snapshot!(refusal("[newsletter]\ntitle = News\n"), @r#"
    a text must be in quotes
     --> /news/feeds.toml:2:9
      |
    2 | title = News
      |         ^^^^
      |
      = help: write "News"
    "#);
    insta::assert_snapshot!(refusal("[newsletter]\ntitle = 'a'\ntitle = 'b'\n"), @r"
    `title` is there already
     --> /news/feeds.toml:3:1
      |
    3 | title = 'b'
      | ^^^^^
      |
      = help: leave out one of the two lines
    ");
    insta::assert_snapshot!(refusal("[newsletter\n"), @r"
    the brackets of this header do not pair
     --> /news/feeds.toml:1:1
      |
    1 | [newsletter
      | ^^^^^^^^^^^
      |
      = help: write [newsletter]
    ");
}

#[test]
fn a_single_bracket_where_a_list_is_meant_is_told() {
    insta::assert_snapshot!(refusal("[feeds]\nurl = 'a.xml'\n"), @r"
    there may be many feeds
     --> /news/feeds.toml:1:1
      |
    1 | [feeds]
      | ^^^^^^^
      |
      = help: write [[feeds]], with two brackets
    ");
}

#[test]
fn a_value_of_the_wrong_kind_is_marked() {
    insta::assert_snapshot!(refusal("[newsletter]\nmax_stories = 'many'\n"), @r#"
    invalid type: string "many", expected a whole number, 0 or more
     --> /news/feeds.toml:2:15
      |
    2 | max_stories = 'many'
      |               ^^^^^^
    "#);
    insta::assert_snapshot!(refusal("[newsletter]\nfocus = 'navy'\n"), @r#"
    invalid type: string "navy", expected a list: ["…", "…"]
     --> /news/feeds.toml:2:9
      |
    2 | focus = 'navy'
      |         ^^^^^^
    "#);
    insta::assert_snapshot!(refusal("[newsletter]\nmax_stories = -3\n"), @r"
    invalid value: integer `-3`, expected a whole number, 0 or more
     --> /news/feeds.toml:2:15
      |
    2 | max_stories = -3
      |               ^^
    ");
    insta::assert_snapshot!(refusal("[fetch]\nallow_private = 'yes'\n"), @r#"
    invalid type: string "yes", expected true or false
     --> /news/feeds.toml:2:17
      |
    2 | allow_private = 'yes'
      |                 ^^^^^
    "#);
    insta::assert_snapshot!(refusal("newsletter = 'News'\n"), @r#"
    invalid type: string "News", expected a table
     --> /news/feeds.toml:1:14
      |
    1 | newsletter = 'News'
      |              ^^^^^^
    "#);
    insta::assert_snapshot!(refusal("[[feeds]]\noutlet = 'A'\n"), @r"
    missing key `url`
     --> /news/feeds.toml:1:1
      |
    1 | [[feeds]]
      | ^^^^^^^^^
    ");
}
