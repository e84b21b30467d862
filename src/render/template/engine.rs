//! The template engine as every text of the officer's sees it.

use std::io::Write;

use tera::{Context, Kwargs, State, Tera, Value};

use crate::render::template::sentinel;

/// A Tera with our escaping, where nothing can declare a value to be HTML.
///
/// Escaping goes by a template's name: `.html` is escaped, everything else is not.
pub(crate) fn engine(context: Context) -> Tera {
    let mut tera = Tera::new();
    tera.set_escape_fn(escape);
    // A merge field must never become HTML, so `safe` leaves a value as it is: what is HTML already (the rendered body)
    // stays so, and what is text stays text.
    tera.register_filter("safe", |value: Value, _: Kwargs, _: &State| value);
    tera.register_filter("underline", underline);
    *tera.global_context() = context;
    tera
}

/// A heading of the text part: the words, and hyphens below them.
fn underline(words: &str, _: Kwargs, _: &State) -> String {
    format!("{words}\n{}", "-".repeat(words.chars().count().clamp(3, 72)))
}

fn escape(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    out.write_all(sentinel::html(text).as_bytes())
}

#[cfg(test)]
mod tests {
    use tera::Context;

    #[test]
    fn nothing_makes_a_value_html() {
        let mut context = Context::new();
        context.insert("x", "<b>'");
        let mut tera = super::engine(context);
        tera.add_raw_template("a.html", "{{ x | safe }}{{ x | safe | upper }}{{ x }}").unwrap();
        let rendered = tera.render("a.html", &Context::new()).unwrap();
        assert_eq!(rendered, "&lt;b&gt;&#39;&lt;B&gt;&#39;&lt;b&gt;&#39;");
    }
}
