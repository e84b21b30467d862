//! The pages, through templates that are in the binary.

use serde::Serialize;
use tera::{Context, Tera};

use crate::preview::context::{DayCard, DayView, WeekHead, WeekView};
use crate::preview::copy_view::CopyView;
use crate::preview::error::PreviewError;
use crate::preview::policy::PAGE_POLICY;

const INDEX: &str = "index.html";
const DAY: &str = "day.html";
/// Names ending in `.html` are escaped by themselves; `style.css` holds no value.
const TEMPLATES: [(&str, &str); 9] = [
    ("style.css", include_str!("pages/style.css")),
    ("head.html", include_str!("pages/head.html")),
    ("icons.html", include_str!("pages/icons.html")),
    ("chips.html", include_str!("pages/chips.html")),
    ("findings.html", include_str!("pages/findings.html")),
    ("reader.html", include_str!("pages/reader.html")),
    ("about.html", include_str!("pages/about.html")),
    (INDEX, include_str!("pages/index.html")),
    (DAY, include_str!("pages/day.html")),
];

/// The compiled pages.
pub(in crate::preview) struct Pages(Tera);

/// The week's page.
#[derive(Serialize)]
pub(in crate::preview) struct IndexContext<'a> {
    pub(in crate::preview) head: &'a WeekHead,
    pub(in crate::preview) week: &'a WeekView,
    pub(in crate::preview) days: &'a [DayCard],
}

/// A day's page with one of its copies.
#[derive(Serialize)]
pub(in crate::preview) struct DayContext<'a> {
    pub(in crate::preview) head: &'a WeekHead,
    pub(in crate::preview) days: &'a [DayCard],
    /// The pages of the days, from the week's folder: that of the same person where there is one.
    pub(in crate::preview) links: Vec<String>,
    /// Index of this day, from 0.
    pub(in crate::preview) index: usize,
    pub(in crate::preview) card: &'a DayCard,
    pub(in crate::preview) day: &'a DayView,
    pub(in crate::preview) copy: Option<CopyView<'a>>,
}

impl Pages {
    pub(in crate::preview) fn new() -> Result<Self, PreviewError> {
        let mut tera = Tera::default();
        tera.add_raw_templates(TEMPLATES).map_err(|cause| PreviewError::Page { page: INDEX, cause })?;
        Ok(Self(tera))
    }

    /// The week at a glance.
    pub(in crate::preview) fn index(&self, page: &IndexContext<'_>) -> Result<String, PreviewError> {
        self.page(INDEX, page)
    }

    /// One day.
    pub(in crate::preview) fn day(&self, page: &DayContext<'_>) -> Result<String, PreviewError> {
        self.page(DAY, page)
    }

    fn page(&self, page: &'static str, values: &impl Serialize) -> Result<String, PreviewError> {
        let fault = |cause| PreviewError::Page { page, cause };
        let mut context = Context::from_serialize(values).map_err(fault)?;
        context.insert("policy", PAGE_POLICY);
        self.0.render(page, &context).map_err(fault)
    }
}
