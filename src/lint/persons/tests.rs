//! What is found, and above all what is not: invented texts only, numbers that were never given to anybody.

use proptest::prelude::*;

use super::find;
use crate::lint::digits::runs;
use crate::lint::telephone::fault;

#[test]
fn persons_are_told_from_everything_else() {
    for (text, expected) in [
        ("NHS number 943 476 5919", vec!["943 476 5919"]),
        ("the number 9434765919 in the file", vec!["9434765919"]),
        ("9434765919 was found", vec!["9434765919"]),
        ("943 476 5918", vec![]),
        ("Call 943 476 5919", vec![]),
        ("See https://x.example/9434765919", vec![]),
        ("order 111 111 1111", vec![]),
        ("0800 555 111 and 01632 960123", vec![]),
        ("NI number AB 12 34 56 C.", vec!["AB 12 34 56 C"]),
        ("AB123456C", vec!["AB123456C"]),
        ("QQ 12 34 56 C and GB123456A", vec![]),
        ("Room AB 123456", vec![]),
        ("DOB: 04/03/2015", vec!["04/03/2015"]),
        ("born on 4th March 2015, and", vec!["4th March 2015"]),
        ("date of birth 4.3.15", vec!["4.3.15"]),
        ("children born on or after 1 September 2010", vec![]),
        ("Put the date of birth as DD/MM/YYYY", vec![]),
        ("Thomas Example was born on 4 July 1845", vec![]),
        ("stubborn 1/2/2015", vec![]),
        ("Child A lives at 1 Example Street, EX1 2AB.", vec!["EX1 2AB"]),
        ("J.S. is at EX12 2AB now", vec!["EX12 2AB"]),
        ("The training on child protection is at the Civic Hall, EX1 2AB.", vec![]),
        ("Our office: 1 Example Street, EX1 2AB. Every child lives in hope.", vec![]),
        ("Child B needs form AB1 of 2027", vec![]),
    ] {
        let found: Vec<&str> = find(text).into_iter().map(|(range, _)| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }
}

proptest! {
    /// Whatever stands in a text: nothing panics, and what is found lies in the text.
    #[test]
    fn any_text_can_be_searched(text in "([0-9Oo+() .:/–-]|AB|Child |born |dob |lives at |EX1 2AB|é|\u{a0}|\n|x){0,40}") {
        for (range, _) in find(&text) {
            prop_assert!(text.get(range).is_some_and(|found| !found.is_empty()));
        }
        for run in runs(&text) {
            prop_assert!(text.get(run.range.clone()).is_some());
            prop_assert_eq!(run.groups.iter().sum::<usize>(), run.digits.len());
            let _ = (fault(&run, true), fault(&run, false));
        }
    }
}
