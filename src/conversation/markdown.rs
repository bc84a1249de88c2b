//! Markdown as people write it in comments, made into HTML that can do nothing.
//!
//! `CommonMark` without raw HTML and without pictures by address; a line break is kept and a bare address becomes a link.
//! The result goes through a second, independent filter that knows a short list of tags and nothing else.

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream, html};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// How deep quotes and lists may lie in each other; deeper ones are shown at this depth.
const DEEPEST: usize = 12;

const TAGS: [&str; 14] =
    ["p", "br", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr", "span"];

static FILTER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut filter = Builder::empty();
    filter
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("nofollow noopener ugc"));
    // Each block takes its own direction, so that Arabic and English can stand below each other.
    for block in ["p", "li", "blockquote"] {
        filter.set_tag_attribute_value(block, "dir", "auto");
    }
    filter
});

/// The comment as HTML, safe to be put into a page.
pub fn render(words: &str) -> String {
    let mut depth = Depth::default();
    let mut linked = 0_usize;
    let events = TextMergeStream::new(Parser::new_ext(words, Options::ENABLE_STRIKETHROUGH));
    let tame = events.filter_map(|event| depth.limit(tame(event))).flat_map(|event| {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::CodeBlock(_)) => linked += 1,
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => linked = linked.saturating_sub(1),
            Event::Text(text) if linked == 0 => return with_links(text),
            _ => {}
        }
        vec![event]
    });
    let mut drawn = String::new();
    html::push_html(&mut drawn, tame);
    FILTER.clean(&drawn).to_string()
}

/// Raw HTML becomes text, a picture a link to it, a heading a line of its own: the page has its headings already.
fn tame(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        Event::Start(Tag::Heading { .. }) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Paragraph),
        Event::SoftBreak => Event::HardBreak,
        other => other,
    }
}

/// Counts how deep blocks lie, and leaves out the ends and beginnings of those that lie too deep.
#[derive(Default)]
struct Depth(usize);

impl Depth {
    fn limit<'a>(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        match &event {
            Event::Start(
                Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::Emphasis | Tag::Strong | Tag::Strikethrough,
            ) => {
                self.0 += 1;
                (self.0 <= DEEPEST).then_some(event)
            }
            Event::End(
                TagEnd::BlockQuote(_)
                | TagEnd::List(_)
                | TagEnd::Item
                | TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough,
            ) => {
                self.0 = self.0.saturating_sub(1);
                (self.0 < DEEPEST).then_some(event)
            }
            _ => Some(event),
        }
    }
}

/// A text with its bare addresses as links.
fn with_links<'a>(text: &CowStr<'a>) -> Vec<Event<'a>> {
    let mut events = Vec::new();
    let mut plain = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let trimmed = word.trim_end();
        let address = trimmed.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'']);
        let is_address =
            ["http://", "https://"].iter().any(|start| address.len() > start.len() && address.starts_with(start));
        if !is_address {
            plain.push_str(word);
            continue;
        }
        if !plain.is_empty() {
            events.push(Event::Text(std::mem::take(&mut plain).into()));
        }
        let to: CowStr<'a> = address.to_owned().into();
        let link = Tag::Link { link_type: LinkType::Autolink, dest_url: to.clone(), title: "".into(), id: "".into() };
        events.extend([Event::Start(link), Event::Text(to), Event::End(TagEnd::Link)]);
        plain.push_str(&word[address.len()..]);
    }
    if !plain.is_empty() {
        events.push(Event::Text(plain.into()));
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lengths::COMMENT;
    use proptest::prelude::*;

    #[test]
    fn what_people_write_looks_as_they_mean_it() {
        assert_eq!(
            render("**Yes**, *soon*\nand `now`"),
            "<p dir=\"auto\"><strong>Yes</strong>, <em>soon</em><br>\nand <code>now</code></p>\n"
        );
        assert_eq!(render("# Big"), "<p dir=\"auto\">Big</p>\n");
        let list = render("3. a\n4. b");
        assert!(list.contains("<ol start=\"3\">") && list.contains("<li dir=\"auto\">a</li>"), "{list}");
        let link = render("See https://pumps.example/a_b?c=1&d=2. [Or](https://x.example)");
        assert!(
            link.contains("<a href=\"https://pumps.example/a_b?c=1&amp;d=2\" rel=\"nofollow noopener ugc\">"),
            "{link}"
        );
        assert!(link.contains("</a>. <a href=\"https://x.example\""), "{link}");
        assert_eq!(render("`https://x.example`"), "<p dir=\"auto\"><code>https://x.example</code></p>\n");
    }

    #[test]
    fn raw_html_is_text_and_a_picture_is_a_link() {
        assert_eq!(render("<b onclick=x>hi</b>"), "<p dir=\"auto\">&lt;b onclick=x&gt;hi&lt;/b&gt;</p>\n");
        let block = render("<script>\nalert(1)\n</script>");
        assert!(!block.contains("<script") && block.contains("alert(1)"), "{block}");
        let picture = render("![a](https://x.example/a.png)");
        assert!(!picture.contains("<img") && picture.contains("<a href=\"https://x.example/a.png\""), "{picture}");
        assert!(!render("[a](javascript:alert(1)) [b](/session/removal) [c](//x.example)").contains("href"));
    }

    #[test]
    fn a_thousand_quotes_in_each_other_are_no_tower() {
        let units = [
            "> ",
            "- ",
            "*a ",
            "[",
            "![",
            "**",
            "<b>",
            "`",
            "> - ",
            "[a](b",
            "*a_b",
            "~~a",
            "![[]()",
            "1) ",
            "\\[",
            "&amp;",
            "](",
            "<a ",
            "`` ` ",
            "a\n- ",
            "[a]: b\n",
            "https://a.example ",
            "_*_*",
            "\t>",
            "<!--",
            "@a ",
        ];
        for unit in units {
            let began = std::time::Instant::now();
            let drawn = render(&unit.repeat(COMMENT.characters / unit.len()));
            // A program without optimisation takes twenty times as long.
            assert!(began.elapsed().as_millis() < 2_000, "{unit:?} took {:?}", began.elapsed());
            assert!(drawn.matches("<blockquote").count() <= DEEPEST + 1, "{unit:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_the_known_tags_comes_out(words in "[\\x20-\\x7e\\n]{0,200}") {
            let drawn = render(&words);
            for rest in drawn.split('<').skip(1) {
                let name: String = rest.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
                prop_assert!(TAGS.contains(&name.as_str()), "{words:?} became {drawn:?}");
            }
        }
    }
}
