//! `index.html`: one page without scripts or outside requests, through templates that are in the binary.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use tera::{Context, Tera};

use crate::report::error::ReportError;
use crate::report::pack::BoardPack;
use crate::report::view::PageView;

/// Its name.
pub(in crate::report) const INDEX: &str = "index.html";
const STYLE: &str = include_str!("page/style.css");
/// Names ending in `.html` are escaped by themselves; the style holds no value.
const TEMPLATES: [(&str, &str); 7] = [
    ("style.css", STYLE),
    ("table.html", include_str!("page/table.html")),
    ("fills.html", include_str!("page/fills.html")),
    ("chart.html", include_str!("page/chart.html")),
    ("times.html", include_str!("page/times.html")),
    ("notes.html", include_str!("page/notes.html")),
    (INDEX, include_str!("page/index.html")),
];

/// The page.
///
/// # Errors
/// [`ReportError::Page`]: a bug in the template.
pub(in crate::report) fn page(pack: &BoardPack) -> Result<String, ReportError> {
    render(pack, true)
}

/// The page for paper: the same without links to the files beside it, which would lead nowhere from there.
///
/// # Errors
/// [`ReportError::Page`]: a bug in the template.
pub fn printed_page(pack: &BoardPack) -> Result<String, ReportError> {
    render(pack, false)
}

fn render(pack: &BoardPack, links: bool) -> Result<String, ReportError> {
    let mut tera = Tera::default();
    tera.add_raw_templates(TEMPLATES).map_err(ReportError::Page)?;
    let mut context = Context::new();
    context.insert("page", &PageView::new(pack));
    context.insert("links", &links);
    // The one style that the page may have is named by its hash, so that nothing smuggled in could add another.
    context.insert("style_hash", &STANDARD.encode(Sha256::digest(STYLE)));
    tera.render(INDEX, &context).map_err(ReportError::Page)
}
