//! Tests of the kit: a fault in it would let faults of the program pass.

mod golden;
mod program;
mod smtp_server;
mod smtp_sink;
