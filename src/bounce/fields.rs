//! Header fields (RFC 5322 §2.2) as names and unfolded values, read from a bounded piece of any octets.

/// The most octets of a header that are looked at, and the most fields.
const LONGEST: usize = 64 * 1024;
const MOST: usize = 500;

/// Fields in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The fields up to the first empty line.
    pub(crate) fn read(octets: &[u8]) -> Self {
        Self::groups(octets, 1).pop().unwrap_or_default()
    }

    /// The groups of fields of a delivery status (RFC 3464 §2.1): apart by empty lines, at most `most`.
    pub(crate) fn groups(octets: &[u8], most: usize) -> Vec<Self> {
        let text = String::from_utf8_lossy(octets.get(..LONGEST).unwrap_or(octets));
        let mut groups = Vec::new();
        let mut group = Self::default();
        for line in text.lines() {
            if line.trim().is_empty() {
                if !group.0.is_empty() {
                    groups.push(std::mem::take(&mut group));
                }
                if groups.len() >= most {
                    return groups;
                }
            } else if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = group.0.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':').filter(|(name, _)| is_name(name))
                && group.0.len() < MOST
            {
                group.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        if !group.0.is_empty() {
            groups.push(group);
        }
        groups
    }

    /// The first value of a field; the name in lower case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// All values of a field.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Whether a field is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// What stands between angle brackets in fields of Message-IDs, in their order.
    pub(crate) fn ids(&self, name: &str) -> Vec<String> {
        self.all(name).flat_map(ids_in).collect()
    }
}

/// Message-IDs in a text, without their angle brackets.
pub(crate) fn ids_in(text: &str) -> Vec<String> {
    let inside = text.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(inside, _)| inside.trim());
    let fits = |id: &&str| id.contains('@') && id.len() <= 900 && !id.contains(char::is_whitespace);
    inside.filter(fits).take(20).map(str::to_owned).collect()
}

fn is_name(name: &str) -> bool {
    let name = name.trim_end();
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::{Fields, ids_in};

    #[test]
    fn fields_are_unfolded_and_groups_kept_apart() {
        let text =
            b"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822;\r\n a@b.example\r\nAction : failed\r\n\
                     no field\r\n\r\n\r\nX: y";
        let groups = Fields::groups(text, 9);
        assert_eq!(groups.len(), 3);
        assert_eq!(groups[1].get("final-recipient"), Some("rfc822; a@b.example"));
        assert_eq!(groups[1].get("action"), Some("failed"));
        assert_eq!(groups[2].get("x"), Some("y"));
        assert_eq!(Fields::read(text).get("action"), None);
        assert_eq!(Fields::groups(b"\n\n", 9), []);
    }

    #[test]
    fn ids_stand_in_angle_brackets() {
        assert_eq!(ids_in("<a@b> <c> x <d@e>, <f@g"), ["a@b", "d@e"]);
    }
}
