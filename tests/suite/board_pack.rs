//! The board pack as files: a PDF where a browser is found, and no fault where there is none.

use std::fs;
use std::path::Path;

use crate::support::small_week::BEFORE_MONDAY;
use crate::support::workspace::Workspace;

/// A program of this name in a folder, from a script.
fn program(folder: &Path, name: &str, script: &str) {
    fs::create_dir_all(folder).unwrap();
    let place = folder.join(name);
    fs::write(&place, format!("#!/bin/sh\n{script}\n")).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&place, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
}

#[test]
fn without_a_browser_the_pack_is_written_and_the_officer_told() {
    let workspace = Workspace::small_week().at(BEFORE_MONDAY);
    let run = workspace.invoke(["report", "--pdf"]).env("PATH", "/nowhere").run().succeeds();
    run.complains("report.pdf was not made").complains("print it to a file").says("index.html");
    assert!(!workspace.names("report").contains(&"report.pdf".to_owned()));
    workspace.run(["verify"]).succeeds();
}

#[cfg(unix)]
#[test]
fn a_browser_prints_the_page_and_the_pdf_is_part_of_the_pack() {
    let workspace = Workspace::small_week().at(BEFORE_MONDAY);
    let tools = workspace.home().join("tools");
    // As Chromium does for root: nothing without the last option. The paper holds what the page said.
    let script = r#"
case "$*" in *--no-sandbox*) ;; *) exit 1 ;; esac
for one; do case "$one" in --print-to-pdf=*) out=${one#--print-to-pdf=} ;; *.html) page=$one ;; esac; done
{ echo "%PDF-1.4"; /bin/cat "$page"; } > "$out""#;
    program(&tools, "chromium", script);
    let path = tools.to_str().unwrap();
    let run = workspace.invoke(["report", "--pdf"]).env("PATH", path).run().succeeds();
    run.conceals("warning");
    let printed = workspace.read("report/report.pdf");
    assert!(printed.contains("Safeguarding Awareness Week") && !printed.contains("<a "), "the page for paper");
    workspace.run(["verify"]).succeeds().says("6 files");
    program(&tools, "chromium", "exit 7");
    let run = workspace.invoke(["report", "--pdf"]).env("PATH", path).run().succeeds();
    run.complains("report.pdf was not made: chromium ended with exit status: 7");
    // An earlier PDF would not be of this page.
    assert!(!workspace.names("report").contains(&"report.pdf".to_owned()));
    workspace.run(["verify"]).succeeds().says("5 files");
}
