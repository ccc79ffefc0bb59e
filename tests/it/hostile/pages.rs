//! Pages in place of articles, each with its name. `size` is about how many bytes there are to be of the large ones.

/// A page.
pub struct Input {
    pub name: &'static str,
    pub make: fn(size: usize) -> Vec<u8>,
}

const fn input(name: &'static str, make: fn(usize) -> Vec<u8>) -> Input {
    Input { name, make }
}

/// A page that tells a little and holds `more`.
fn page(more: &str) -> Vec<u8> {
    headed("", more)
}

fn headed(head: &str, more: &str) -> Vec<u8> {
    format!(
        "<!doctype html><html><head><title>Kestrel dock flooded</title>{head}</head><body><article><h1>Kestrel dock flooded</h1>\
         <p>The old dock of Kestrel Island was under water on Sunday morning, its keeper wrote to the owners.</p>{more}</article></body></html>"
    )
    .into_bytes()
}

fn repeat(size: usize, piece: &str) -> String {
    piece.repeat(size / piece.len())
}

/// No more pieces than tags are read, nor more than come to `size`.
fn few(size: usize, most: usize, piece: &str) -> String {
    piece.repeat(most.min(size / piece.len()))
}

pub const PAGES: &[Input] = &[
    // Deep.
    input("elements a million deep", |n| page(&repeat(n, "<div>"))),
    input("inline elements a million deep", |n| page(&repeat(n, "<b>"))),
    input("as deep as is read", |n| page(&format!("{}{}", "<div>".repeat(240), repeat(n.min(60_000), "x")))),
    input("tables in tables", |n| {
        page(&format!("{}{}", "<table><tr><td>".repeat(15), few(n, 8_000, "x<p>y</p>")))
    }),
    input("lists in lists", |n| page(&format!("{}{}", "<ul><li>".repeat(110), few(n, 8_000, "<p>x</p>")))),
    input("inline elements in each other", |n| {
        page(&few(n, 200, &format!("{}<p>", "<b><i><u><s><a>".repeat(30))))
    }),
    input("spans in spans", |n| {
        page(&format!("<p>{}{}", "<span>x".repeat(240), few(n, 200, &"</span>y".repeat(2))))
    }),
    // Many.
    input("many paragraphs", |n| page(&few(n, 9_900, "<p>tide</p>"))),
    input("many paragraphs in boxes", |n| {
        page(&few(n, 4_900, "<div><p>The tide ran on, he said.</p></div>"))
    }),
    input("many paragraphs that are not closed", |n| page(&few(n, 19_000, "<p>"))),
    input("many list entries", |n| page(&few(n, 19_000, "<li>"))),
    input("many headings", |n| page(&few(n, 9_900, "<h2>x</h2>"))),
    input("many line breaks", |n| page(&format!("<div>{}</div>", few(n, 9_900, "a<br><br>")))),
    input("many spans", |n| page(&format!("<p>{}</p>", few(n, 9_900, "<span>x</span>")))),
    input("many links", |n| page(&few(n, 4_900, "<li><a href=x>tide tide</a></li>"))),
    input("many figures", |n| page(&few(n, 4_900, "<figure><figcaption>x</figcaption></figure>"))),
    input("many promotions", |n| page(&few(n, 9_900, "<div class=\"promo related newsletter\">x</div>"))),
    input("many sign-up fields in one box", |n| {
        page(&format!(
            "<div>{}{}</div>",
            few(n, 19_000, "<input type=email>"),
            repeat(n.min(1_000_000), "tide ")
        ))
    }),
    input("many sign-up fields in a small box", |n| {
        page(&format!("<div>{}</div>", few(n, 19_000, "<input type=email>")))
    }),
    input("many sign-up boxes", |n| page(&few(n, 6_500, "<div><input type=email></div>"))),
    input("many pop-ups", |n| {
        page(&format!("<p>{}</p>", few(n, 2_400, "<span><a>x</a><a>y</a><img></span>")))
    }),
    input("many authors", |n| headed(&few(n, 19_000, "<meta name=author content='Ida Holm'>"), "")),
    input("many scripts of metadata", |n| {
        headed(
            &few(
                n,
                12_000,
                "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"x\"}</script>",
            ),
            "",
        )
    }),
    input("many attributes", |n| {
        page(&few(
            n,
            1_000,
            &format!("<a {}>x</a>", (0..500).map(|i| format!("a{i}=1 ")).collect::<String>()),
        ))
    }),
    input("a million attributes", |n| page(&format!("<a {}>", repeat(n, "a=1 ")))),
    // Large.
    input("a paragraph of 4 MB", |n| {
        page(&format!("<p>{}</p>", repeat(n, "The tide ran on past the quay. ")))
    }),
    input("a word of 4 MB", |n| page(&format!("<p>{}</p>", repeat(n, "x")))),
    input("quotations of 4 MB", |n| {
        page(&format!("<p>{}</p>", repeat(n, "\u{201c}We go,\u{201d} said he. ")))
    }),
    input("open quotations of 4 MB", |n| page(&format!("<p>{}</p>", repeat(n, "\u{201c}said he ")))),
    input("a class of 4 MB", |n| {
        page(&few(n, 30, &format!("<div class=\"{}\">x</div>", "promo-".repeat(20_000))))
    }),
    input("metadata of 4 MB", |n| {
        headed(
            &format!(
                "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{}\"}}</script>",
                repeat(n, "tide ")
            ),
            "",
        )
    }),
    input("metadata a million deep", |n| {
        headed(&format!("<script type=application/ld+json>{}</script>", repeat(n, "[")), "")
    }),
    input("metadata of a million articles", |n| {
        headed(
            &format!(
                "<script type=application/ld+json>[{}{{}}]</script>",
                repeat(n, "{\"@type\":\"NewsArticle\",\"headline\":\"x\"},")
            ),
            "",
        )
    }),
    input("a comment that does not end", |n| page(&format!("<!--{}", repeat(n, "tide ")))),
    input("a script that does not end", |n| page(&format!("<script>{}", repeat(n, "tide ")))),
    // What the guard stops at, and what it only just lets through.
    input("as much as is escaped", |n| {
        page(&format!("<p>{}{}", few(n, 1_900, "&amp; <"), repeat(n.min(900_000), "tide ")))
    }),
    input("as much text as is read", |n| page(&few(n, 9_900, &format!("<p>{}", "tide ".repeat(21))))),
    input("as much code as is read", |n| {
        page(&format!("{}<script>{}</script>", "<h1><div>".repeat(12), repeat(n.min(3_800_000), "x ")))
    }),
    input("code in many headings", |n| {
        page(&format!("{}<script>{}", "<h1><div>".repeat(120), repeat(n, "x ")))
    }),
    input("formatting that is left open", |n| {
        let open: String = (0..200).map(|number| format!("<font color={number}>")).collect();
        page(&format!("<p>{open}{}", few(n, 9_500, "<p>x")))
    }),
    input("as much formatting as is built anew", |n| {
        let open: String = (0..90).map(|number| format!("<font color={number}>")).collect();
        page(&format!("<p>{open}{}", few(n, 210, "<p>x")))
    }),
    input("a long attribute that is built anew", |n| {
        page(&format!("<p><b title='{}'>{}", repeat(n.min(100_000), "x"), few(n, 9_000, "<p>x")))
    }),
    input("as long an attribute as is built anew", |n| {
        page(&format!("<p><b title='{}'>{}", repeat(n.min(7_000), "&"), few(n, 1_000, "<p>x")))
    }),
    input("formatting closed amiss", |n| {
        let nine = |number| format!("<font a={number}>{}</font>{}", "<div>".repeat(9), "</div>".repeat(9));
        page(&format!("{}{}", (0..480).map(nine).collect::<String>(), few(n, 9_500, "<p>x")))
    }),
    input("a style that hides the rest", |n| {
        page(&format!("<select><style><!--</style>{}", repeat(n, "<div>")))
    }),
    input("lists that are counted for nothing", |n| {
        page(&format!("{}{}", few(n, 9_900, "<li><dd>"), repeat(n.min(1_000_000), "tide ")))
    }),
    input("selects that keep boxes open", |n| {
        page(&format!(
            "{}{}",
            few(n, 4_990, "<div><select></div></select>"),
            repeat(n.min(1_000_000), "tide ")
        ))
    }),
    input("a style within a picture", |n| page(&format!("<svg><style>{}", repeat(n, "&")))),
    input("a script behind a byte order mark", |n| {
        let before = repeat((16 << 10) - 7, "x").into_bytes();
        [before, "<script\u{feff}>".into(), repeat(n, "<div>").into_bytes()].concat()
    }),
    input("links in boxes with much white space", |n| {
        let deep = format!("{}<svg>{}", "<div>".repeat(110), "<a>".repeat(110));
        page(&format!("{deep}<script>x{}", repeat(n.min(400_000), " ")))
    }),
    input("a body again and again", |n| page(&repeat(n, "<body a>"))),
    input("tables that give back their text", |n| page(&few(n, 9_900, "<table>x"))),
    input("boxes closed amiss", |n| page(&few(n, 9_900, "<a><div>"))),
    input("comments", |n| page(&repeat(n, "<!-->"))),
    input("brackets", |n| page(&repeat(n, "<"))),
    input("ampersands", |n| page(&repeat(n, "&"))),
    // No pages.
    input("a picture", |n| [b"\x89PNG\r\n\x1a\n".to_vec(), vec![0x9c; n]].concat()),
    input("NUL", |n| vec![0; n]),
    input("bytes of 255", |n| vec![255; n]),
    input("nothing", |_| Vec::new()),
    input("a wall", |_| {
        b"<html><body><h1>Are you a robot?</h1><form><input type=checkbox></form></body></html>".to_vec()
    }),
];
