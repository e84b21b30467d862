//! People go in and come out again, from the memory and from a shelf.

use std::io;
use std::sync::Arc;

use super::{People, PeopleBuilder, Shelf};
use crate::model::{Address, Fields, Kind, ListName, Place, Recipient, SourceFile};

fn person(number: usize, source: &Arc<SourceFile>) -> Recipient {
    let fields = (0..number % 3).map(|field| (format!("field_{field}"), format!("é{number}")));
    let name = number.is_multiple_of(2).then(|| format!("Person {number}"));
    let lists: Vec<ListName> = (0..number % 4).map(|list| ListName(format!("list-{list}"))).collect();
    Recipient {
        address: Address::parse(&format!("Person{number}@board.example")).unwrap(),
        lists: lists.into(),
        fields: fields.collect::<Fields>().with_name(name.as_deref()),
        kind: if number.is_multiple_of(5) { Kind::List } else { Kind::Individual },
        place: Place::new(source, number..number + 2),
    }
}

fn some(count: usize) -> (People, Vec<Recipient>) {
    let sources = ["a.csv", "b.csv"].map(|path| SourceFile::new(path, "x".repeat(count + 2)));
    let all: Vec<Recipient> = (0..count).map(|number| person(number, &sources[number % 2])).collect();
    (all.iter().cloned().collect(), all)
}

#[test]
fn people_come_out_as_they_went_in() {
    let (people, all) = some(100);
    assert!(people.iter().eq(all.iter().cloned()) && people.iter().rev().eq(all.iter().rev().cloned()));
    assert!(people.keys().eq(all.iter().map(|one| one.address.key())));
    assert_eq!((people.len(), people.first(), people.get(100)), (100, Some(all[0].clone()), None));
    assert!(!people.is_broken(), "nobody stands behind the end");
    assert!(People::default().is_empty() && People::default() != people);
}

#[test]
fn all_are_on_the_lists_that_are_named() {
    let (people, all) = some(9);
    let lists: Arc<[ListName]> = [ListName("everyone".into())].into();
    let copy = people.clone();
    for people in [people.on(&lists), copy.clone().on(&lists)] {
        assert!(people.iter().all(|one| one.lists == lists) && people.keys().eq(copy.keys()));
    }
    assert!(copy.iter().eq(all), "a copy keeps its own");
}

#[test]
fn what_the_first_entry_lacks_comes_from_the_next() {
    let source = SourceFile::new("a.csv", "0123456789");
    let mut builder = PeopleBuilder::default();
    (0..3).for_each(|number| builder.push(&person(number, &source)));
    let more: Fields = [("field_0".to_owned(), "new".to_owned())].into_iter().collect();
    let more = more.with_name(Some("Other"));
    let places = [0, 1].map(|position| builder.fill(position, &more).map(|place| place.range));
    assert_eq!(places, [Some(0..2), Some(1..3)]);
    let people = builder.finish();
    let found: Vec<_> = people
        .iter()
        .map(|one| (one.name().map(str::to_owned), one.fields.get("field_0").map(str::to_owned)))
        .collect();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(found, [(some("Person 0"), some("new")), (some("Other"), some("é1")), (some("Person 2"), some("é2"))]);
    assert_eq!(builder_keys(&people), ["person0@board.example", "person1@board.example", "person2@board.example"]);
}

fn builder_keys(people: &People) -> Vec<String> {
    people.keys().map(|key| key.as_str().to_owned()).collect()
}

/// A shelf in memory.
struct Board(Vec<u8>);

impl Shelf for Board {
    fn read(&mut self, at: u64, octets: &mut [u8]) -> io::Result<()> {
        let at = usize::try_from(at).unwrap();
        let there = self.0.get(at..at + octets.len()).ok_or(io::ErrorKind::UnexpectedEof)?;
        octets.copy_from_slice(there);
        Ok(())
    }
}

fn put(people: &People, cut: usize) {
    people.put(|text| Ok(Box::new(Board(text.as_bytes()[..text.len() - cut].to_vec())))).unwrap();
}

#[test]
fn on_a_shelf_they_are_the_same_in_any_order() {
    let (people, all) = some(1000);
    let copy = people.clone();
    assert!(people.put(|_| Err(io::ErrorKind::StorageFull.into())).is_err() && copy.iter().eq(all.iter().cloned()));
    put(&people, 0);
    people.put(|_| Err(io::ErrorKind::StorageFull.into())).unwrap();
    let without_place = |one: Recipient| Recipient { place: Place::file(one.place.source.path.clone()), ..one };
    let all: Vec<Recipient> = all.into_iter().map(without_place).collect();
    assert!(copy.iter().eq(all.iter().cloned()) && copy.iter().rev().eq(all.iter().rev().cloned()));
    for position in (0..1000).map(|step| step * 389 % 1000) {
        assert_eq!(people.get(position).as_ref(), all.get(position));
    }
    assert!(!people.is_broken());
}

#[test]
fn whoever_cannot_be_read_any_more_is_not_taken_for_somebody_who_is_not_there() {
    let (people, _) = some(1000);
    put(&people, 1);
    assert!(people.get(0).is_some() && people.get(1000).is_none() && !people.is_broken());
    assert!(people.get(999).is_none() && people.is_broken());
    assert!(people.get(1).is_some(), "the others are there");
}
