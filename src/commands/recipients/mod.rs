//! `recipients …`: the lists, one person's history, opt-outs, erasure.

mod acts;
mod command;
mod forget;
mod import;
mod list;
mod purge;
mod show;
mod suppress;

pub(crate) use command::{Args, run};
