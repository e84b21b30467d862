//! A day of a week to a message: template tags, Markdown to HTML and plain text, layout, pictures and attachments,
//! compiled once a broadcast and merged once a recipient.

mod template;
