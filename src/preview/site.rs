//! All files of a preview, made in memory: the same for the folder on disk and for the server.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::own_folder::File;
use crate::preview::context::{DayCard, DayView, WeekHead, WeekView};
use crate::preview::copy_view::CopyView;
use crate::preview::error::PreviewError;
use crate::preview::message_page::message_page;
use crate::preview::policy::{MESSAGE_POLICY, WITHOUT_PICTURES};
use crate::preview::render::{DayContext, IndexContext, Pages};
use crate::preview::week::{PreviewDay, PreviewWeek};

/// The files of a preview, the week's own page first.
pub struct Site<'a>(Vec<File<'a>>);

impl<'a> Site<'a> {
    /// Paths below the preview, with `/`, and their content, in the order in which they are written.
    #[must_use]
    pub fn files(&self) -> &[File<'a>] {
        &self.0
    }

    /// The files by path, free of the week that they were made from.
    #[must_use]
    pub fn into_map(self) -> BTreeMap<String, Vec<u8>> {
        self.0.into_iter().map(|(path, content)| (path, content.into_owned())).collect()
    }
}

/// Makes all files of a week's preview. Every page of the week and its days ends with `</body>` and `</html>`, each once,
/// and has an empty live region, `id="live"`, and the policy [`crate::preview::PAGE_POLICY`], once.
///
/// # Errors
/// [`PreviewError::Page`]: a bug.
pub fn site(week: &PreviewWeek) -> Result<Site<'_>, PreviewError> {
    let pages = Pages::new()?;
    let head = WeekHead::new(week);
    let views: Vec<DayView> = week.days.iter().map(|day| DayView::new(week, day)).collect();
    let cards: Vec<DayCard> = week.days.iter().zip(&views).map(|(day, view)| DayCard::new(week, day, view)).collect();
    let shown = Shown { head: &head, days: &cards, views: &views };
    let index = pages.index(&IndexContext { head: &head, week: &WeekView::new(week), days: &cards })?;
    let mut files: Vec<File<'_>> = vec![("index.html".to_owned(), Cow::from(index.into_bytes()))];
    for (index, day) in week.days.iter().enumerate() {
        push_pages(&mut files, &pages, &shown, index, day)?;
        push_files(&mut files, &shown, index, day);
    }
    Ok(Site(files))
}

/// What all pages are made from.
struct Shown<'a> {
    head: &'a WeekHead,
    days: &'a [DayCard],
    views: &'a [DayView],
}

impl Shown<'_> {
    /// The pages of the days for somebody, from the week's folder: their own where they have one, else the day's first.
    fn links(&self, address: Option<&str>) -> Vec<String> {
        let page = |view: &DayView| {
            let own = view.copies.iter().find(|copy| Some(copy.address.as_str()) == address);
            own.map_or("index.html".to_owned(), |copy| copy.files.page.clone())
        };
        self.days.iter().zip(self.views).map(|(day, view)| format!("{}/{}", day.folder, page(view))).collect()
    }
}

/// The pages of a day: one for each copy, and at least one.
fn push_pages(
    files: &mut Vec<File<'_>>,
    pages: &Pages,
    shown: &Shown<'_>,
    index: usize,
    day: &PreviewDay,
) -> Result<(), PreviewError> {
    let (Some(card), Some(view)) = (shown.days.get(index), shown.views.get(index)) else { return Ok(()) };
    let page = |copy, address| {
        let Shown { head, days, .. } = *shown;
        let context = DayContext { head, days, links: shown.links(address), index, card, day: view, copy };
        pages.day(&context)
    };
    if day.copies.is_empty() {
        files.push((format!("{}/index.html", card.folder), Cow::from(page(None, None)?.into_bytes())));
    }
    for (copy, about) in day.copies.iter().zip(&view.copies) {
        let html = page(Some(CopyView::new(copy, about)), Some(&about.address))?;
        files.push((format!("{}/{}", card.folder, about.files.page), Cow::from(html.into_bytes())));
    }
    Ok(())
}

/// The messages as pages, the first as text and as it is, and the pictures and attachments, each once.
fn push_files<'a>(files: &mut Vec<File<'a>>, shown: &Shown<'_>, index: usize, day: &'a PreviewDay) {
    let (Some(card), Some(view)) = (shown.days.get(index), shown.views.get(index)) else { return };
    let mut push = |name: &str, content: Cow<'a, [u8]>| files.push((format!("{}/{name}", card.folder), content));
    let pictures = day.pictures.iter().zip(&view.files.pictures);
    let links: Vec<(String, String)> =
        pictures.clone().map(|(picture, file)| (picture.content_id.clone(), file.link.clone())).collect();
    // An empty address shows the words for a picture, and asks for nothing.
    let nowhere: Vec<(String, String)> = links.iter().map(|(id, _)| (id.clone(), String::new())).collect();
    for (copy, about) in day.copies.iter().zip(&view.copies).filter(|(_, about)| about.files.is_own) {
        let with = message_page(&copy.html, &links, MESSAGE_POLICY);
        push(&about.files.message, Cow::from(with.into_bytes()));
        let without = message_page(&copy.html, &nowhere, WITHOUT_PICTURES);
        push(&about.files.without_pictures, Cow::from(without.into_bytes()));
    }
    if let Some(first) = day.copies.first() {
        push("message.txt", Cow::from(first.text.as_bytes()));
        push("message.eml", Cow::from(first.eml.as_deref().unwrap_or_default()));
    }
    let attachments = day.attachments.iter().map(|attachment| &attachment.bytes).zip(&view.files.attachments);
    for (bytes, file) in pictures.map(|(picture, file)| (&picture.bytes, file)).chain(attachments) {
        push(&format!("files/{}", file.file), Cow::from(&bytes[..]));
    }
}
