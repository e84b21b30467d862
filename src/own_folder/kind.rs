//! What a folder is for: the word for it, and the name of its manifest.

/// One kind of folder. A folder of one kind is foreign to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FolderKind {
    /// The word in messages, such as `preview`.
    pub noun: &'static str,
    /// The file that lists the others, such as `.weekcast-preview`.
    pub manifest: &'static str,
    /// Whether each file is on the disk for good before the next is written. What can be made again at any time need not
    /// be, and looking is quick; the manifest always is.
    pub is_record: bool,
}

impl FolderKind {
    /// Each file is written here and then put in its place, so that none is ever half there.
    pub(in crate::own_folder) fn part(self) -> String {
        format!("{}.part", self.manifest)
    }
}
