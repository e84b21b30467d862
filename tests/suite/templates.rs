//! `templates`: what is built in is listed, shown and ejected, and what somebody wrote is never overwritten unasked.

use crate::support::golden::assert_golden;
use crate::support::workspace::Workspace;

#[test]
fn the_layouts_their_blocks_and_what_the_project_changes_are_listed() {
    let workspace = Workspace::small_week();
    assert_golden("templates/list.txt", &workspace.run(["templates", "list"]).succeeds().stdout);
    let footer = "{% extends \"builtin/broadcast.html\" %}{% block footer %}x{% endblock %}";
    workspace.write("templates/broadcast.html", footer);
    workspace.write("templates/broadcast.txt", "{{ body }}\n");
    assert_golden("templates/changed.txt", &workspace.run(["templates", "list"]).succeeds().stdout);
    let json = workspace.run(["templates", "list", "--format", "json"]).succeeds().json();
    let html = &json["layouts"][0];
    assert_eq!((&html["name"], &html["file"]), (&"broadcast.html".into(), &"templates/broadcast.html".into()));
    assert_eq!((&html["replaced"], &html["blocks"][12]["overridden"]), (&false.into(), &true.into()));
    assert_eq!((&html["blocks"][0]["overridden"], &json["layouts"][1]["replaced"]), (&false.into(), &true.into()));
}

#[test]
fn a_block_is_shown_and_ejected_and_the_message_stays_as_it_was() {
    let workspace = Workspace::small_week();
    let block = workspace.run(["templates", "show", "broadcast.html", "footer"]).succeeds().stdout;
    assert!(block.starts_with("{% block footer %}") && block.ends_with("{% endblock footer %}\n"), "{block}");
    let built_in = workspace.run(["plan", "--format", "json"]).succeeds().json();
    workspace.run(["templates", "eject", "broadcast.html", "--block", "footer"]).succeeds();
    let own = workspace.read("templates/broadcast.html");
    assert_eq!(own, format!("{{% extends \"builtin/broadcast.html\" %}}\n{block}"));
    assert_eq!(workspace.run(["plan", "--format", "json"]).succeeds().json(), built_in);
    let whole = workspace.run(["templates", "show", "broadcast.txt"]).succeeds().stdout;
    workspace.run(["templates", "eject", "broadcast.txt"]).succeeds();
    assert_eq!(workspace.read("templates/broadcast.txt"), whole);
}

#[test]
fn a_file_that_is_there_is_replaced_only_by_force() {
    let workspace = Workspace::small_week().file("templates/broadcast.html", "mine");
    let eject = ["templates", "eject", "broadcast.html", "--block", "header", "--block", "footer"];
    workspace.run(eject).exits(74).complains("templates/broadcast.html is there already and was left as it is");
    assert_eq!(workspace.read("templates/broadcast.html"), "mine");
    workspace.run(eject.into_iter().chain(["--force"])).succeeds();
    let own = workspace.read("templates/broadcast.html");
    assert!(own.find("{% block header %}") < own.find("{% block footer %}") && own.starts_with("{% extends"), "{own}");
    assert_eq!(workspace.names("templates"), ["broadcast.html"]);
}

#[test]
fn a_name_that_nothing_has_gets_the_nearest_one() {
    let workspace = Workspace::small_week();
    for (arguments, nearest) in [
        (["show", "broadcast.htm", "footer"], "did you mean broadcast.html?"),
        (["show", "broadcast.html", "fotter"], "did you mean footer?"),
        (["show", "broadcast.txt", "head"], "did you mean header?"),
    ] {
        workspace.run(["templates"].into_iter().chain(arguments)).exits(64).complains(nearest);
    }
    assert_eq!(workspace.names("templates"), Vec::<String>::new());
}
