//! Paths as URIs. RFC 3986.

use crate::source::SourceFile;

/// The path of a file as a URI reference, byte for byte, even where the path is no Unicode.
pub(super) fn uri_of(file: &SourceFile) -> String {
    file.path_bytes().map_or_else(|| uri(&file.path), encode)
}

/// A path as a URI reference: relative where the path is, `file:` where it is not.
pub(super) fn uri(path: &str) -> String {
    encode(path.as_bytes())
}

/// The bytes of a path, percent-encoded where they are not plainly allowed, so that a name can neither end the reference nor begin
/// another. A first part with a colon would be a scheme: colons are encoded everywhere.
fn encode(path: &[u8]) -> String {
    let path = path.strip_prefix(b"./").unwrap_or(path);
    let mut uri = String::from(if path.starts_with(b"/") { "file://" } else { "" });
    for &byte in path {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// The path of a file as `path_bytes` has it: percent-encoded, and nothing where the path itself tells all.
pub(super) fn path_bytes(file: &SourceFile) -> Option<String> {
    file.path_bytes().map(encode)
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
