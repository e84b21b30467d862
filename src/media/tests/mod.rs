//! Real pictures and documents, and damaged ones.

mod documents;
mod pictures;
mod samples;
