//! Lists kept as Excel workbooks: checked for what a hostile file may hold, then brought into rows as a CSV file has
//! them, so that everything beyond is alike.

#[cfg(feature = "xlsx")]
mod inflated;
mod kind;
#[cfg(feature = "xlsx")]
mod sheet;
#[cfg(not(feature = "xlsx"))]
mod without;
#[cfg(feature = "xlsx")]
mod written;

pub(crate) use kind::is_one;
#[cfg(feature = "xlsx")]
pub(crate) use sheet::read;
#[cfg(not(feature = "xlsx"))]
pub(crate) use without::read;
