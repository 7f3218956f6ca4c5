//! Where a rule comes from, for reading: the site's name in the sentence, its address apart.

/// A sentence about a source, and the addresses that stood in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// The sentence, with the name of the site in place of each address.
    pub words: String,
    /// The addresses, in order.
    pub addresses: Vec<String>,
}

/// Takes the addresses out of a sentence: `SCOPE workflow, https://github.com/uwscope/scope-web` reads
/// `SCOPE workflow, github.com`.
pub fn read_source(text: &str) -> SourceText {
    let (mut words, mut addresses) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find("https://").or_else(|| rest.find("http://")) {
        let (before, from) = rest.split_at(at);
        let end = from.find([' ', ')', '>', ';']).unwrap_or(from.len());
        let (address, after) = from.split_at(end);
        let bare = address.trim_end_matches(['.', ',']);
        words.push_str(before);
        words.push_str(site(bare));
        words.push_str(address.get(bare.len()..).unwrap_or_default());
        addresses.push(bare.to_owned());
        rest = after;
    }
    words.push_str(rest);
    SourceText { words, addresses }
}

/// The name of a site: its host, without what every host has.
fn site(address: &str) -> &str {
    let host = address.split("//").nth(1).unwrap_or(address);
    let host = host.split('/').next().unwrap_or(host);
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_is_named_in_the_sentence_and_the_address_stands_apart() {
        for (text, words, addresses) in [
            ("good practice", "good practice", vec![]),
            (
                "SCOPE workflow, https://github.com/uwscope/scope-web",
                "SCOPE workflow, github.com",
                vec!["https://github.com/uwscope/scope-web"],
            ),
            (
                "down 5 (https://www.example.org/a/b); GAD-7 down 4, http://example.com.",
                "down 5 (example.org); GAD-7 down 4, example.com.",
                vec!["https://www.example.org/a/b", "http://example.com"],
            ),
            ("https://example.org", "example.org", vec!["https://example.org"]),
        ] {
            let read = read_source(text);
            assert_eq!(read.words, words);
            assert_eq!(read.addresses, addresses);
        }
    }
}
