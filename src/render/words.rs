//! The words of a message that the officer does not write, in the language of the week: one table, English and Welsh.
//! Every other language gets the English ones, marked as English for screen readers.

use serde::Serialize;
use tera::{Context, Map, Value};

use crate::model::{Finding, Findings, Place, Week};
use crate::render::template::sentinel::html;

/// The words of one language; `{…}` is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Words {
    /// The tag of their language.
    #[serde(skip)]
    pub(crate) lang: &'static str,
    /// The day's place in the week.
    #[serde(skip)]
    pub(crate) place: &'static str,
    /// Before the name of an awareness day, on that day.
    pub(crate) today: &'static str,
    /// Heading of the links.
    pub(crate) links: &'static str,
    /// Heading of the attachments.
    pub(crate) attached: &'static str,
    /// First word of a callout.
    pub(crate) note: &'static str,
    /// First word of a callout.
    pub(crate) warning: &'static str,
    /// What stands for a picture in the text part.
    pub(crate) image: &'static str,
    /// Before tomorrow's theme.
    pub(crate) tomorrow: &'static str,
    /// Before the theme of the next day, where that is later.
    #[serde(skip)]
    pub(crate) next: &'static str,
    /// A number without a label of its own.
    pub(crate) telephone: &'static str,
    /// Before the signature's address.
    pub(crate) email: &'static str,
    /// Before the organisation's address on the web.
    pub(crate) website: &'static str,
    /// Before the organisation's name.
    pub(crate) because: &'static str,
    /// The same in a correction: it goes to those who had the message, on a list or not.
    #[serde(skip)]
    pub(crate) because_corrected: &'static str,
    /// The mark of a correction: before its subject, and above its banner.
    pub(crate) correction: &'static str,
    /// Which message it corrects.
    #[serde(skip)]
    corrects: &'static str,
    /// Above what was wrong.
    pub(crate) wrong: &'static str,
    /// Above what is right.
    pub(crate) right: &'static str,
    /// Above the broadcast as it now stands.
    pub(crate) repeated: &'static str,
    /// The mark of a copy for reading.
    #[serde(skip)]
    pub(crate) proof: &'static str,
    /// What such a copy is.
    #[serde(skip)]
    proof_of: &'static str,
    /// The link.
    pub(crate) unsubscribe: &'static str,
    /// Before the address.
    pub(crate) unsubscribe_to: &'static str,
    /// Sizes and kinds of files: English and its own.
    #[serde(skip)]
    files: &'static [(&'static str, &'static str)],
}

const ENGLISH: Words = Words {
    lang: "en",
    place: "Day {number} of {count}",
    today: "Today is",
    links: "Links",
    attached: "Attached to this message",
    note: "Note",
    warning: "Warning",
    image: "Image",
    tomorrow: "Look out for tomorrow's broadcast",
    next: "Look out for the next broadcast, on {date}",
    telephone: "Telephone",
    email: "E-mail",
    website: "Website",
    because: "You receive this because you are on a distribution list of",
    because_corrected: "You receive this because you were sent the message that it corrects, by",
    correction: "Correction",
    corrects: "This corrects our message of {date}.",
    wrong: "What was wrong",
    right: "What is right",
    repeated: "The message as it now stands",
    proof: "Proof",
    proof_of: "This is a proof of the message of {date}, for you to read. Nobody else got it.",
    unsubscribe: "Unsubscribe from these messages",
    unsubscribe_to: "Unsubscribe by writing to",
    files: &[],
};

const WELSH: Words = Words {
    lang: "cy",
    place: "Diwrnod {number} o {count}",
    today: "Heddiw:",
    links: "Dolenni",
    attached: "Ynghlwm wrth y neges hon",
    note: "Nodyn",
    warning: "Rhybudd",
    image: "Delwedd",
    tomorrow: "Cadwch lygad am neges yfory",
    next: "Cadwch lygad am y neges nesaf, {date}",
    telephone: "Ffôn",
    email: "E-bost",
    website: "Gwefan",
    because: "Rydych yn derbyn y neges hon am eich bod ar restr ddosbarthu",
    because_corrected: "Rydych yn derbyn y neges hon am eich bod wedi cael y neges y mae'n ei chywiro, gan",
    correction: "Cywiriad",
    corrects: "Mae hyn yn cywiro ein neges ar {date}.",
    wrong: "Beth oedd yn anghywir",
    right: "Beth sy'n gywir",
    repeated: "Y neges fel y mae nawr",
    proof: "Proflen",
    proof_of: "Proflen yw hon o'r neges ar {date}, i chi ei darllen. Ni chafodd neb arall hi.",
    unsubscribe: "Dad-danysgrifio o'r negeseuon hyn",
    unsubscribe_to: "I ddad-danysgrifio, ysgrifennwch at",
    files: &[
        ("PNG picture", "llun PNG"),
        ("JPEG picture", "llun JPEG"),
        ("GIF picture", "llun GIF"),
        ("WebP picture", "llun WebP"),
        ("Word document", "dogfen Word"),
        ("Excel workbook", "llyfr gwaith Excel"),
        ("PowerPoint slides", "sleidiau PowerPoint"),
        ("OpenDocument text", "testun OpenDocument"),
        ("OpenDocument spreadsheet", "taenlen OpenDocument"),
        ("OpenDocument slides", "sleidiau OpenDocument"),
        ("RTF document", "dogfen RTF"),
        ("text", "testun"),
        ("CSV table", "tabl CSV"),
        ("calendar entry", "cofnod calendr"),
        ("contact card", "cerdyn cyswllt"),
        ("MP3 recording", "recordiad MP3"),
        ("MP4 film", "ffilm MP4"),
        ("EPUB book", "llyfr EPUB"),
    ],
};

impl Words {
    /// The words for a language tag.
    pub(crate) fn of(lang: &str) -> &'static Self {
        if is(lang, "cy") { &WELSH } else { &ENGLISH }
    }

    /// `Day 2 of 5`.
    pub(crate) fn place(&self, number: usize, count: usize) -> String {
        self.place.replace("{number}", &number.to_string()).replace("{count}", &count.to_string())
    }

    /// What stands before the theme of the next day.
    pub(crate) fn next(&self, date: &str) -> String {
        self.next.replace("{date}", &self.when(date))
    }

    /// Which message a correction corrects.
    pub(crate) fn corrects(&self, date: &str) -> String {
        self.corrects.replace("{date}", &self.when(date))
    }

    /// What a proof is.
    pub(crate) fn proof_of(&self, date: &str) -> String {
        self.proof_of.replace("{date}", &self.when(date))
    }

    /// A day of the week that says when something happens is softened in Welsh: Dydd Iau, ddydd Iau.
    fn when(&self, date: &str) -> String {
        if self.lang == "cy" { date.replacen("Dydd", "ddydd", 1) } else { date.to_owned() }
    }

    /// `Word document, 14 kB` in this language.
    pub(crate) fn file(&self, english: &str) -> String {
        let Some((kind, size)) = english.split_once(", ") else { return self.size(english) };
        let own = self.files.iter().find(|(english, _)| *english == kind).map_or(kind, |(_, own)| own);
        format!("{own}, {}", self.size(size))
    }

    fn size(&self, size: &str) -> String {
        if self.lang == "cy" { size.replace("bytes", "beit").replace("byte", "beit") } else { size.to_owned() }
    }
}

/// Adds the words as `words`; in the HTML part those of another language than the week's say which they are of.
pub(crate) fn insert(context: &mut Context, words: &Words, lang: &str, is_html: bool) {
    let fields = Value::from_serializable(words);
    let Some(fields) = fields.as_map().filter(|_| is_html && !is(lang, words.lang)) else {
        context.insert("words", words);
        return;
    };
    let marked = |value: &Value| Value::safe_string(&in_language(value.as_str().unwrap_or_default(), lang, words));
    let fields: Map = fields.iter().map(|(name, value)| (name.clone(), marked(value))).collect();
    context.insert_value("words", Value::from(fields));
}

/// Fixed words as HTML, marked where they are not in the language of the week.
pub(crate) fn in_language(text: &str, lang: &str, words: &Words) -> String {
    let text = html(text);
    if is(lang, words.lang) { text } else { format!("<span lang=\"{}\">{text}</span>", words.lang) }
}

/// Says which words stay English in a week of another language.
pub(crate) fn check(week: &Week, findings: &mut Findings) {
    if is(&week.lang, "en") || is(&week.lang, "cy") {
        return;
    }
    let message = format!("the fixed words of a message stay English in a week in \"{}\"", week.lang);
    let help = format!(
        "\"{}\", \"{}\", \"{}\" and their like are known in English and Welsh; for others put your own \
         broadcast.html and broadcast.txt into templates/",
        ENGLISH.place(1, week.broadcasts.len()),
        ENGLISH.links,
        ENGLISH.attached
    );
    findings.push(Finding::warning("fixed-words", place(week), message).help(help));
}

/// The line of the week's file that names its language.
fn place(week: &Week) -> Place {
    let mut start = 0;
    for line in week.source.text.split_inclusive('\n') {
        let key = line.trim_start().strip_prefix("lang").map(str::trim_start);
        if key.is_some_and(|rest| rest.starts_with('=')) {
            return Place::new(&week.source, start..start + line.trim_end().len());
        }
        start += line.len();
    }
    Place::new(&week.source, 0..0)
}

/// Whether a tag is of a language.
fn is(tag: &str, language: &str) -> bool {
    tag.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(language))
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH, WELSH, Words, in_language};

    #[test]
    fn words_go_by_the_language_of_the_week() {
        assert_eq!(Words::of("cy-GB"), &WELSH);
        assert_eq!(Words::of("en-GB"), &ENGLISH);
        assert_eq!(Words::of("cyx"), &ENGLISH);
        assert_eq!(ENGLISH.place(2, 5), "Day 2 of 5");
        assert_eq!(WELSH.place(2, 5), "Diwrnod 2 o 5");
        assert_eq!(WELSH.next("Dydd Iau 18 Mawrth"), "Cadwch lygad am y neges nesaf, ddydd Iau 18 Mawrth");
        assert_eq!(WELSH.file("Word document, 14 kB"), "dogfen Word, 14 kB");
        assert_eq!(WELSH.file("PDF, 9 bytes"), "PDF, 9 beit");
        assert_eq!(WELSH.file("9 bytes"), "9 beit");
        assert_eq!(ENGLISH.file("Word document, 14 kB"), "Word document, 14 kB");
    }

    #[test]
    fn english_words_in_another_language_say_so() {
        assert_eq!(in_language("Links", "fr", &ENGLISH), "<span lang=\"en\">Links</span>");
        assert_eq!(in_language("Look out for tomorrow's", "en-GB", &ENGLISH), "Look out for tomorrow&#39;s");
    }
}
