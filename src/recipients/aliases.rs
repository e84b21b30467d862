//! What headings mean, as Outlook, Excel, Google and the programs of schools write them.

/// Headings that say that an address of electronic mail stands below them.
const ADDRESS: [&str; 17] = [
    "email",
    "emailaddress",
    "email1",
    "email1value",
    "email1address",
    "emailaddress1",
    "workemail",
    "workemailaddress",
    "primaryemail",
    "primaryemailaddress",
    "contactemail",
    "contactemailaddress",
    "schoolemail",
    "schoolemailaddress",
    "smtpaddress",
    "primarysmtpaddress",
    "emailid",
];

/// Headings that may say so, or mean something else, such as the postal address.
const PERHAPS_ADDRESS: [&str; 4] = ["address", "mail", "userprincipalname", "upn"];

/// Headings of the whole name.
const NAME: [&str; 7] = ["name", "fullname", "displayname", "contactname", "staffname", "recipientname", "staffmember"];

/// Merge fields with the headings that give them; the first heading that is there counts.
pub(crate) const FIELDS: [(&str, &[&str]); 4] = [
    (
        "first_name",
        &[
            "preferredforename",
            "preferredfirstname",
            "chosenforename",
            "firstname",
            "givenname",
            "forename",
            "legalforename",
            "christianname",
        ],
    ),
    ("last_name", &["preferredsurname", "lastname", "surname", "familyname", "legalsurname"]),
    ("role", &["jobtitle", "role", "jobrole", "position", "organization1title", "organizationtitle"]),
    (
        "organisation",
        &[
            "organisation",
            "organization",
            "company",
            "companyname",
            "organisationname",
            "organizationname",
            "organization1name",
            "establishment",
            "establishmentname",
            "schoolname",
            "employer",
        ],
    ),
];

/// A heading by its letters and digits alone, in lower case: "E-mail 1 - Value" is `email1value`.
pub(crate) fn plain(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Columns that hold the address by their headings: the certain ones, or else the possible ones.
pub(crate) fn addresses<'a>(headings: impl Iterator<Item = &'a str> + Clone) -> Vec<usize> {
    let among = |known: &[&str]| -> Vec<usize> {
        let numbered = headings.clone().enumerate();
        numbered.filter(|(_, heading)| known.contains(&plain(heading).as_str())).map(|(column, _)| column).collect()
    };
    let certain = among(&ADDRESS);
    if certain.is_empty() { among(&PERHAPS_ADDRESS) } else { certain }
}

/// The column of the whole name.
pub(crate) fn name(headings: &[String]) -> Option<usize> {
    one_of(headings, &NAME)
}

/// The first column whose heading is one of `known`, in the order of `known`.
pub(crate) fn one_of(headings: &[String], known: &[&str]) -> Option<usize> {
    known.iter().find_map(|known| headings.iter().position(|heading| plain(heading) == *known))
}

#[cfg(test)]
mod tests {
    use super::{addresses, plain};

    #[test]
    fn headings_are_compared_by_letters_and_digits() {
        for (heading, expected) in
            [("E-mail 1 - Value", "email1value"), (" Full  name* ", "fullname"), ("Élève", "élève"), ("--", "")]
        {
            assert_eq!(plain(heading), expected);
        }
        for (headings, expected) in [
            (&["Name", "E-mail Address", "Address"][..], &[1][..]),
            (&["Address", "Postcode"], &[0]),
            (&["Email", "Work email"], &[0, 1]),
            (&["Name"], &[]),
        ] {
            assert_eq!(addresses(headings.iter().copied()), expected, "{headings:?}");
        }
    }
}
