//! XML as a tree, for tests that look at what was written with other eyes than those that wrote it.

use quick_xml::events::Event;
use quick_xml::{Reader, escape};

/// An element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// Names and values.
    pub attributes: Vec<(String, String)>,
    /// The elements in it.
    pub children: Vec<Element>,
    /// The text in it, entities resolved.
    pub text: String,
}

impl Element {
    /// The root of a document.
    #[track_caller]
    pub fn parse(text: &str) -> Self {
        let mut reader = Reader::from_str(text);
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("this is no XML: {error}\n{text}")) {
                Event::Start(start) => open.push(begun(&start)),
                Event::Empty(start) => open.last_mut().unwrap().children.push(begun(&start)),
                Event::End(_) => {
                    let mut done = open.pop().unwrap();
                    done.text = escape::unescape(&done.text).unwrap().into_owned();
                    open.last_mut().unwrap().children.push(done);
                }
                Event::Text(words) => open.last_mut().unwrap().text.push_str(&words.into_inner()),
                Event::GeneralRef(name) => {
                    let text = &mut open.last_mut().unwrap().text;
                    text.push_str(&format!("&{};", name.into_inner()));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(open.len(), 1, "an element is not closed\n{text}");
        assert_eq!(open[0].children.len(), 1, "there is one root\n{text}");
        open.remove(0).children.remove(0)
    }

    /// The names of the elements in it, in their order.
    pub fn names(&self) -> Vec<&str> {
        self.children.iter().map(|child| child.name.as_str()).collect()
    }

    /// The element at a path of names.
    #[track_caller]
    pub fn at(&self, path: &str) -> &Self {
        path.split('/').fold(self, |element, name| {
            let found = element.children.iter().find(|child| child.name == name);
            found.unwrap_or_else(|| panic!("{} has no {name}: {:?}", element.name, element.names()))
        })
    }
}

fn begun(start: &quick_xml::events::BytesStart<'_>) -> Element {
    let attribute = |attribute: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
        let attribute = attribute.unwrap();
        let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0).unwrap();
        (attribute.key.as_ref().to_owned(), value.into_owned())
    };
    let attributes = start.attributes().map(attribute).map(|(name, value)| (text_of(name), value)).collect();
    Element { name: text_of(start.name().as_ref()), attributes, ..Element::default() }
}

fn text_of(name: impl AsRef<str>) -> String {
    name.as_ref().to_owned()
}
