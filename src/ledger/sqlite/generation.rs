//! The generation of the ledger, in `meta`.

use rusqlite::{Connection, OptionalExtension as _, params};

/// As it stands; 0 before the first run.
pub(crate) fn stored(connection: &Connection) -> Result<u64, rusqlite::Error> {
    let sql = "SELECT value FROM meta WHERE name = 'generation'";
    let found = connection.query_row(sql, [], |row| row.get::<_, String>(0)).optional()?;
    Ok(found.and_then(|text| text.parse().ok()).unwrap_or_default())
}

/// Counts up.
pub(crate) fn advance(connection: &Connection) -> Result<u64, rusqlite::Error> {
    let next = stored(connection)?.saturating_add(1);
    let sql = "INSERT INTO meta (name, value) VALUES ('generation', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1";
    connection.execute(sql, params![next.to_string()])?;
    Ok(next)
}
