//! The nearest name to a misspelt one.

/// The candidate that the misspelt word most likely stands for, if one is near enough.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count().min(word.chars().count()) / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let keys = ["title", "attachments", "lists", "at"];
        assert_eq!(nearest("atachment", keys), Some("attachments"));
        assert_eq!(nearest("Titel", keys), Some("title"));
        assert_eq!(nearest("list", keys), Some("lists"));
        assert_eq!(nearest("colour", keys), None);
    }
}
