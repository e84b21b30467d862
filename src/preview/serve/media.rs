//! The kinds of files in a preview: their media type, and whether a browser shows them or keeps them.

/// What a file is, by its place and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::preview) enum Media {
    /// A page of the preview; it gets the live part.
    Page,
    /// The HTML part of a message: a stranger's page, in a frame.
    Message,
    /// Shown as it is, with this media type.
    Shown(&'static str),
    /// Kept by the browser as a file, with this media type.
    Kept(&'static str),
}

/// Attachments and pictures of messages; whatever their names say, they are no pages of ours.
const FOREIGN: &str = "/files/";

const SHOWN: [(&str, &str); 8] = [
    ("txt", "text/plain; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("pdf", "application/pdf"),
];

impl Media {
    /// The kind of a file of the preview.
    pub(in crate::preview) fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        let foreign = path.contains(FOREIGN);
        match extension.as_deref() {
            Some("html") if !foreign && name.starts_with("message") => Self::Message,
            Some("html") if !foreign => Self::Page,
            Some("eml") => Self::Kept("message/rfc822"),
            Some("css" | "js") if foreign => Self::Kept("application/octet-stream"),
            Some(extension) => SHOWN
                .iter()
                .find(|(known, _)| *known == extension)
                .map_or(Self::Kept("application/octet-stream"), |(_, media_type)| Self::Shown(media_type)),
            None => Self::Kept("application/octet-stream"),
        }
    }

    /// For `Content-Type`.
    pub(in crate::preview) fn media_type(self) -> &'static str {
        match self {
            Self::Page | Self::Message => "text/html; charset=utf-8",
            Self::Shown(media_type) | Self::Kept(media_type) => media_type,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Media;

    #[test]
    fn an_attachment_is_never_a_page() {
        for (path, expected) in [
            ("index.html", Media::Page),
            ("1-monday/index.html", Media::Page),
            ("1-monday/message.html", Media::Message),
            ("1-monday/message.txt", Media::Shown("text/plain; charset=utf-8")),
            ("1-monday/message.eml", Media::Kept("message/rfc822")),
            ("1-monday/files/index.html", Media::Kept("application/octet-stream")),
            ("1-monday/files/a.JS", Media::Kept("application/octet-stream")),
            ("1-monday/files/a.svg", Media::Kept("application/octet-stream")),
            ("1-monday/files/a.PNG", Media::Shown("image/png")),
            ("1-monday/files/a", Media::Kept("application/octet-stream")),
        ] {
            assert_eq!(Media::of(path), expected, "{path}");
        }
    }
}
