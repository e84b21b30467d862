//! `recipients …`: the lists, one person's history, opt-outs, erasure.

mod command;
mod import;
mod list;
mod show;
mod suppress;

pub(crate) use command::{Args, run};
