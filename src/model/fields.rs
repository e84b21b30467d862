//! The merge fields of one person, kept small: a list may have a million people, who all have the same columns.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What a list tells of a recipient: the display name, and merge fields by name. Blank values are absent. People of one file
/// share the names of the fields.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Fields {
    /// Ascending.
    names: Arc<[String]>,
    /// The display name, then the values in the order of the names, each as its length in octets ([`push_length`]) and
    /// itself; in one piece, since each piece costs more than most values. Empty where there are none.
    packed: Box<str>,
}

/// Octets of a name and a few values.
const ORDINARY: usize = 64;

/// Six bits of a length stand in a character, the lowest first; in all but the last, 64 is added. Any of them is one octet
/// of UTF-8, and nothing has to be searched or parsed to read it.
pub(in crate::model) fn push_length(packed: &mut String, mut length: usize) {
    while length >= 64 {
        packed.push(char::from(64 | (length % 64) as u8));
        length /= 64;
    }
    packed.push(char::from(length as u8));
}

/// A length and what follows it.
pub(in crate::model) fn length(packed: &str) -> Option<(usize, &str)> {
    let mut length = 0_usize;
    for (at, octet) in packed.bytes().enumerate() {
        length |= usize::from(octet % 64).checked_shl(u32::try_from(6 * at).ok()?)?;
        if octet < 64 {
            return Some((length, packed.get(at + 1..)?));
        }
    }
    None
}

impl Fields {
    /// A display name, and values in the order of `names`, which ascend; a blank value is absent.
    #[must_use]
    pub fn new<'a>(name: Option<&'a str>, names: &Arc<[String]>, values: impl IntoIterator<Item = &'a str>) -> Self {
        let mut packed = String::with_capacity(ORDINARY);
        for value in std::iter::once(name.unwrap_or_default()).chain(values) {
            push_length(&mut packed, value.len());
            packed.push_str(value);
        }
        Self { names: Arc::clone(names), packed: packed.into_boxed_str() }
    }

    /// The names, and the display name with the values as one piece, which [`Self::from_packed`] takes back.
    pub(in crate::model) fn packed(&self) -> (&Arc<[String]>, &str) {
        (&self.names, &self.packed)
    }

    pub(in crate::model) fn from_packed(names: Arc<[String]>, packed: &str) -> Self {
        Self { names, packed: packed.into() }
    }

    /// The same fields with this display name.
    #[must_use]
    pub fn with_name(self, name: Option<&str>) -> Self {
        if self.display_name() == name {
            return self;
        }
        let names = Arc::clone(&self.names);
        Self::new(name, &names, self.pieces().skip(1))
    }

    /// The display name.
    #[must_use]
    pub fn display_name(&self) -> Option<&str> {
        self.pieces().next().filter(|name| !name.is_empty())
    }

    /// The value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let at = self.names.binary_search_by(|field| field.as_str().cmp(name)).ok()?;
        self.pieces().nth(at + 1).filter(|value| !value.is_empty())
    }

    /// The names and values, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(String::as_str).zip(self.pieces().skip(1)).filter(|(_, value)| !value.is_empty())
    }

    fn pieces(&self) -> impl Iterator<Item = &str> {
        let mut rest: &str = &self.packed;
        std::iter::from_fn(move || {
            let (length, after) = length(rest)?;
            let (value, others) = after.split_at_checked(length)?;
            rest = others;
            Some(value)
        })
    }

    /// The names that have a value.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }

    /// The values that are there.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(_, value)| value)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Takes over from `other` what is lacking.
    pub fn fill_from(&mut self, other: &Self) {
        let name = self.display_name().or(other.display_name()).map(str::to_owned);
        if name.as_deref() == self.display_name() && other.keys().all(|name| self.get(name).is_some()) {
            return;
        }
        let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let mut all: BTreeMap<String, String> = other.iter().map(own).collect();
        all.extend(self.iter().map(own));
        *self = all.into_iter().collect::<Self>().with_name(name.as_deref());
    }
}

impl FromIterator<(String, String)> for Fields {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(fields: I) -> Self {
        Self::from(fields.into_iter().collect::<BTreeMap<_, _>>())
    }
}

impl From<BTreeMap<String, String>> for Fields {
    fn from(fields: BTreeMap<String, String>) -> Self {
        if fields.is_empty() {
            return Self::default();
        }
        let (names, values): (Vec<String>, Vec<String>) = fields.into_iter().unzip();
        Self::new(None, &names.into(), values.iter().map(String::as_str))
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.display_name().map(|name| ("", name))).entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Fields;

    #[test]
    fn what_goes_in_comes_out() {
        let pairs = |fields: &[(&str, &str)]| -> Fields {
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let fields = pairs(&[("b", "12:é"), ("a", ""), ("c", "x\u{1f}\n")]);
        assert_eq!(fields.iter().collect::<Vec<_>>(), [("b", "12:é"), ("c", "x\u{1f}\n")]);
        assert_eq!((fields.get("a"), fields.get("b"), fields.get("d")), (None, Some("12:é"), None));
        let mut own = pairs(&[("b", "own")]);
        own.fill_from(&fields);
        assert_eq!(own.iter().collect::<Vec<_>>(), [("b", "own"), ("c", "x\u{1f}\n")]);
        for length in [1, 63, 64, 65, 4095, 4096, 300_000] {
            let long = pairs(&[("a", &"é".repeat(length)), ("b", "end")]);
            assert_eq!((long.get("a").map(str::len), long.get("b")), (Some(2 * length), Some("end")));
        }
        assert!(Fields::default().is_empty() && pairs(&[("a", "")]).is_empty());
    }

    #[test]
    fn the_name_is_no_field() {
        let role: Fields = [("role".to_owned(), "Nurse".to_owned())].into_iter().collect();
        let asha = Fields::default().with_name(Some("4:Asha"));
        assert!(asha.is_empty() && role.display_name().is_none());
        assert_eq!((asha.display_name(), asha.get("name")), (Some("4:Asha"), None));
        for (mut first, second) in [(asha.clone(), role.clone()), (role, asha)] {
            first.fill_from(&second);
            assert_eq!((first.display_name(), first.get("role")), (Some("4:Asha"), Some("Nurse")));
            first.fill_from(&Fields::default().with_name(Some("Other")));
            assert_eq!(first.display_name(), Some("4:Asha"));
        }
    }
}
