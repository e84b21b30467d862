//! The program: it hands over to the library and returns its status.

fn main() {}
