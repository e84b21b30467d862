//! The cards of a file.

use std::ops::Range;

use crate::recipients::vcard::lines::lines;
use crate::recipients::vcard::property::Property;

/// One card.
#[derive(Debug, Default)]
pub(crate) struct Card {
    /// Where it stands in the file.
    pub(crate) range: Range<usize>,
    /// Its properties, each with its place.
    pub(crate) properties: Vec<(Property, Range<usize>)>,
    /// Whether its end is there.
    pub(crate) closed: bool,
}

impl Card {
    /// The first property of a name.
    pub(crate) fn first(&self, name: &str) -> Option<&(Property, Range<usize>)> {
        self.properties.iter().find(|(property, _)| property.name == name && !property.value.trim().is_empty())
    }

    /// The address that is preferred, or the first, and how many there are.
    pub(crate) fn email(&self) -> Option<(&(Property, Range<usize>), usize)> {
        let emails = || {
            self.properties.iter().filter(|(property, _)| property.name == "EMAIL" && !property.value.trim().is_empty())
        };
        // `min_by_key` keeps the first of equals.
        Some((emails().min_by_key(|(property, _)| property.preference())?, emails().count()))
    }
}

/// Takes a file apart; what stands outside of cards is left out, and cards inside of cards, such as a secretary's, too.
pub(crate) fn cards(text: &str) -> Vec<Card> {
    let mut cards: Vec<Card> = Vec::new();
    let mut depth = 0_usize;
    for line in lines(text) {
        let Some(property) = Property::read(&line) else { continue };
        let is_card = property.value.trim().eq_ignore_ascii_case("VCARD");
        match property.name.as_str() {
            // A card that was never closed ends where the next begins, unless that is the value of AGENT.
            "BEGIN" if is_card && (depth == 0 || !inside_agent(&cards)) => {
                depth = 1;
                cards.push(Card { range: line.range, ..Card::default() });
            }
            "BEGIN" if is_card => depth += 1,
            "END" if is_card => {
                depth = depth.saturating_sub(1);
                if let (0, Some(card)) = (depth, cards.last_mut()) {
                    card.range.end = line.range.end;
                    card.closed = true;
                }
            }
            _ => {
                if let (1, Some(card)) = (depth, cards.last_mut()) {
                    card.range.end = line.range.end;
                    card.properties.push((property, line.range));
                }
            }
        }
    }
    cards
}

fn inside_agent(cards: &[Card]) -> bool {
    cards.last().and_then(|card| card.properties.last()).is_some_and(|(property, _)| property.name == "AGENT")
}

#[cfg(test)]
mod tests {
    use super::cards;

    #[test]
    fn cards_are_found_closed_or_not() {
        let text = "x\nBEGIN:VCARD\nEMAIL:a@b.example\nEMAIL;PREF:c@b.example\nAGENT:\nBEGIN:VCARD\nEMAIL;PREF=1:d@b.example\nEND:VCARD\nEND:VCARD\nBEGIN:VCARD\nFN:Asha\nBEGIN:VCARD\nFN:Bo\nEND:VCARD\n";
        let found = cards(text);
        let email = |at: usize| found[at].email().map(|((property, _), count)| (property.text(), count));
        assert_eq!(found.len(), 3);
        assert_eq!(email(0), Some(("c@b.example".to_owned(), 2)));
        assert_eq!(email(1), None);
        assert_eq!([found[0].closed, found[1].closed, found[2].closed], [true, false, true]);
        assert!(text[found[0].range.clone()].ends_with("END:VCARD"));
    }
}
