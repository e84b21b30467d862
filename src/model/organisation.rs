//! The public body in whose name the broadcasts go out: `[organisation]` of the settings.

/// Its name and look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Organisation {
    /// Its name.
    pub name: Option<String>,
    /// Its website.
    pub website: Option<String>,
    /// Header colour, `#rrggbb`.
    pub colour: Option<String>,
    /// Which bank holidays count.
    pub holidays: Option<String>,
}
