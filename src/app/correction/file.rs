//! Where the file of a correction lies: beside the officer, in the project, or where the record says.

use std::path::{Component, Path, PathBuf};

use crate::app::context::App;
use crate::definition::CorrectionFile;
use crate::document::ProjectFolder;

/// The file of a path that the officer gave: from where she is, or else from the project folder.
pub(crate) fn given(app: &App, path: &Path) -> std::io::Result<CorrectionFile> {
    let here = std::env::current_dir()?.join(path);
    let there = app.project.root().join(path);
    Ok(located(&app.project, if here.is_file() || !there.is_file() { &here } else { &there }))
}

/// The file that a correction in the record was made from.
pub(crate) fn recorded(project: &ProjectFolder, path: &str) -> CorrectionFile {
    located(project, &project.root().join(path))
}

/// In the project it may be reached through its folders only; elsewhere it is read alone.
fn located(project: &ProjectFolder, path: &Path) -> CorrectionFile {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let root = project.root().canonicalize().unwrap_or_else(|_| project.root().to_path_buf());
    if let Ok(inside) = whole.strip_prefix(&root) {
        let path = slashed(inside);
        return CorrectionFile { folder: project.clone(), shown: path.clone(), path };
    }
    let folder = whole.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    CorrectionFile { folder: ProjectFolder::at(folder), path: name, shown: whole.display().to_string() }
}

fn slashed(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::located;
    use crate::document::ProjectFolder;

    #[test]
    fn inside_the_project_paths_are_the_project_s_and_elsewhere_whole() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("project");
        std::fs::create_dir_all(root.join("broadcasts")).unwrap();
        std::fs::write(root.join("broadcasts/c.md"), "x").unwrap();
        std::fs::write(folder.path().join("d.md"), "x").unwrap();
        let project = ProjectFolder::at(&root);
        let inside = located(&project, &root.join("broadcasts/../broadcasts/c.md"));
        assert_eq!((inside.path.as_str(), inside.shown.as_str()), ("broadcasts/c.md", "broadcasts/c.md"));
        let outside = located(&project, &root.join("../d.md"));
        assert_eq!(outside.path, "d.md");
        assert!(outside.shown.ends_with("d.md") && outside.shown.len() > 4, "{}", outside.shown);
        assert_eq!(outside.folder.read("d.md", 9).unwrap(), b"x");
    }
}
