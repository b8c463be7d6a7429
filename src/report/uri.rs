//! Paths as URIs. RFC 3986.

/// A path as a URI reference: relative where the path is, `file:` where it is not. Each byte that is not plainly allowed is
/// percent-encoded, so that a name can neither end the reference nor begin another.
pub(super) fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    // A first part with a colon would be a scheme; colons are encoded everywhere.
    for &byte in path.as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_names() {
        assert_eq!(uri("./seeds/a.txt"), "seeds/a.txt");
        assert_eq!(uri("/a b/é.txt"), "file:///a%20b/%C3%A9.txt");
        assert_eq!(uri("javascript:x?y#z"), "javascript%3Ax%3Fy%23z");
    }
}
