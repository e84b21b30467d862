//! The pages, through templates that are in the binary.

use serde::Serialize;
use tera::{Context, Tera};

use crate::preview::context::{DayView, WeekView};
use crate::preview::error::PreviewError;

const INDEX: &str = "index.html";
const DAY: &str = "day.html";
/// Names ending in `.html` are escaped by themselves; `style.css` holds no value.
const TEMPLATES: [(&str, &str); 4] = [
    ("style.css", include_str!("pages/style.css")),
    ("findings.html", include_str!("pages/findings.html")),
    (INDEX, include_str!("pages/index.html")),
    (DAY, include_str!("pages/day.html")),
];

/// The compiled pages.
pub(in crate::preview) struct Pages(Tera);

#[derive(Serialize)]
struct DayContext<'a> {
    week: &'a WeekView,
    day: &'a DayView,
    earlier: Option<&'a DayView>,
    later: Option<&'a DayView>,
}

impl Pages {
    pub(in crate::preview) fn new() -> Result<Self, PreviewError> {
        let mut tera = Tera::default();
        tera.add_raw_templates(TEMPLATES).map_err(|cause| PreviewError::Page { page: INDEX, cause })?;
        Ok(Self(tera))
    }

    /// The week at a glance.
    pub(in crate::preview) fn index(&self, week: &WeekView) -> Result<String, PreviewError> {
        let mut context = Context::new();
        context.insert("week", week);
        self.page(INDEX, &context)
    }

    /// One day; `index` is its place in the week, from 0.
    pub(in crate::preview) fn day(&self, week: &WeekView, index: usize) -> Result<String, PreviewError> {
        let days = week.days();
        let Some(day) = days.get(index) else { return Ok(String::new()) };
        let earlier = index.checked_sub(1).and_then(|before| days.get(before));
        let page = DayContext { week, day, earlier, later: days.get(index + 1) };
        let context = Context::from_serialize(&page).map_err(|cause| PreviewError::Page { page: DAY, cause })?;
        self.page(DAY, &context)
    }

    fn page(&self, page: &'static str, context: &Context) -> Result<String, PreviewError> {
        self.0.render(page, context).map_err(|cause| PreviewError::Page { page, cause })
    }
}
