//! An SMTP server inside the program, on the loopback interface only: `rehearse` and `demo` send to it, over the same
//! road as to a real server, and it keeps what it is given as `.eml` files. It delivers nothing to anybody.

mod caught;
mod command;
mod dialogue;
mod input;
mod mail_data;
mod path;
mod server;
mod session;
mod store;

pub use caught::Caught;
pub use server::Catcher;
