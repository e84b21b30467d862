//! What the parts that read the officer's files find by themselves, in one table: so that `[[allow]]` knows every rule and
//! each has its fixture pair.

use crate::model::Severity;

/// A rule that is checked while reading, rendering or scheduling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReaderRule {
    /// Kebab-case name, in findings and in `[[allow]]`.
    pub id: &'static str,
    /// What it finds: errors, warnings or both. `[[allow]]` drops the warnings only.
    pub severities: &'static [Severity],
    /// Why it is a rule.
    pub why: &'static str,
}

const ERROR: &[Severity] = &[Severity::Error];
const WARNING: &[Severity] = &[Severity::Warning];
const BOTH: &[Severity] = &[Severity::Error, Severity::Warning];

const fn rule(id: &'static str, severities: &'static [Severity], why: &'static str) -> ReaderRule {
    ReaderRule { id, severities, why }
}

/// All of them, by the part that finds them: document, settings of the week, files, render, recipients, calendar.
pub const READERS: &[ReaderRule] = &[
    rule("toml-syntax", ERROR, "a file that cannot be read as TOML cannot be sent from"),
    rule(
        "curly-quotes",
        ERROR,
        "word processors turn straight quotation marks into curly ones, which TOML does not know",
    ),
    rule("path-escape", ERROR, "in \"…\" a backslash begins an escape, so that a Windows path becomes another text"),
    rule("encoding", BOTH, "a file in another encoding shows wrong letters, or none"),
    rule("unknown-key", ERROR, "a misspelt key would be left out without a word"),
    rule("wrong-type", ERROR, "a value of the wrong kind means something else than was meant"),
    rule("missing-key", ERROR, "the broadcast cannot be made without it"),
    rule("blank", ERROR, "an empty text is a text that was forgotten"),
    rule("hidden-character", ERROR, "what nobody sees in an editor can forge a header or turn the words around"),
    rule("out-of-range", ERROR, "a number outside its limits is a slip"),
    rule("body-twice", ERROR, "with two texts nobody knows which one goes out"),
    rule("duplicate-list", WARNING, "a list named twice was perhaps meant to be another"),
    rule("unknown-timezone", ERROR, "without its zone a time of day is no instant"),
    rule("bad-language", ERROR, "screen readers choose their voice by the language tag"),
    rule("allow-unknown", ERROR, "a misspelt rule would allow nothing, or be thought to"),
    rule("allow-refused", ERROR, "some faults do harm whatever the reason"),
    rule("file-missing", ERROR, "a picture or document that is not there cannot be sent"),
    rule("file-outside", ERROR, "only files of the project folder are sent, so that nothing else can leak"),
    rule("file-not-regular", ERROR, "a folder or a device cannot be attached"),
    rule("file-unreadable", ERROR, "a file that the system does not give out cannot be sent"),
    rule("file-too-large", ERROR, "a file larger than any message is a slip"),
    rule("file-type", ERROR, "mail programs block programs and show only some kinds of pictures"),
    rule(
        "file-kind",
        WARNING,
        "a file whose ending says something else opens in the wrong program, and looks like a trick to mail filters",
    ),
    rule("file-endings", WARNING, "two endings hide what a file is, so that mail filters hold the message back"),
    rule(
        "picture-alt",
        ERROR,
        "screen readers, and mail programs that hide pictures, show the alternative text instead",
    ),
    rule("fixed-words", WARNING, "words that nobody types should be in the language of the rest"),
    rule("raw-html", ERROR, "HTML in a text is shown differently by each mail program, or not at all"),
    rule("leftover-mark", BOTH, "a mark that is left over shows to everyone as it is"),
    rule("link-scheme", ERROR, "only https and mailto links open safely everywhere"),
    rule("link-text", ERROR, "a link without words cannot be seen, or heard from a screen reader"),
    rule("fake-heading", WARNING, "bold words look like a heading, but screen readers do not find them as one"),
    rule("lettered-list", WARNING, "points with letters are no list to a screen reader"),
    rule("tab-columns", WARNING, "columns that are set with tabs run together"),
    rule("pasted-character", ERROR, "signs of symbol fonts, and what was lost in pasting, show as empty boxes"),
    rule("table-row", ERROR, "words in a cell that the table has no column for would be left out"),
    rule("code-block", WARNING, "words between ``` are shown as program code"),
    rule("nesting", ERROR, "marks that are repeated by mistake put lists and quotes into each other without end"),
    rule("template-syntax", ERROR, "an expression in {{ }} that cannot be read cannot be filled in"),
    rule("template-field", ERROR, "an expression with an unknown name cannot be filled in"),
    rule("template-block", ERROR, "a condition that begins and ends in different paragraphs tears the message apart"),
    rule("merge-field", ERROR, "a field that one recipient lacks would leave a gap in their message"),
    rule("bad-rows", ERROR, "a number that is no longer true would leave out people whom nobody has looked at"),
    rule("role-address", WARNING, "nobody reads what comes to a machine's address"),
    rule("bad-address", ERROR, "an address with a slip is a message lost, or one to a stranger"),
    rule("address-typo", WARNING, "a domain that looks like a well-known one is usually a typing error"),
    rule("name-control", ERROR, "control and direction characters in a name can forge a header or hide its meaning"),
    rule(
        "duplicate-member",
        WARNING,
        "a person who stands twice in a list gets one copy; the second entry is perhaps another's",
    ),
    rule("duplicate-column", ERROR, "with two columns of one name nobody knows which is used"),
    rule("missing-column", ERROR, "a list without its address column has no recipients"),
    rule("csv-delimiter", ERROR, "a list with another separator than commas reads as one column"),
    rule("csv-ragged", ERROR, "a row with too many or too few fields has its values under the wrong headings"),
    rule("empty-list", BOTH, "a list with nobody in it is usually a file that was not filled"),
    rule("list-cycle", ERROR, "a list that includes itself never ends"),
    rule("unknown-list", ERROR, "a misspelt list would leave out all its people"),
    rule("cron-fields", ERROR, "a schedule has five fields, or six or seven with seconds and year"),
    rule("cron-value", ERROR, "a value outside its field is a slip"),
    rule("cron-weekday", ERROR, "programs count the days of the week from Sunday or from Monday; names are clear"),
    rule("cron-range", ERROR, "a range that runs backwards is read differently by each program"),
    rule("cron-both-days", ERROR, "programs differ on whether both kinds of day must agree or either is enough"),
    rule("cron-extension", ERROR, "L, W, # and short forms are known to some programs only"),
    rule("cron-often", ERROR, "a day has one broadcast"),
    rule("cron-never", ERROR, "a schedule without a date sends nothing"),
    rule("starts-skipped", WARNING, "a first day that the schedule leaves out moves the whole week"),
    rule("day-order", WARNING, "days go out by date; another order in the file is often a slip in a date"),
    rule("same-morning", WARNING, "two broadcasts in one morning, of two weeks, are too many for those who get both"),
    rule("no-date", ERROR, "a day without a date never goes out"),
    rule("no-time", ERROR, "a day without a time never goes out"),
    rule("time-missing", ERROR, "the clocks go forward over this time, so that it never comes"),
    rule("time-ambiguous", ERROR, "the clocks go back over this time, so that it comes twice"),
];
