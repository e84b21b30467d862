//! Which file imports which, with names traced through the tables of contents to the files that define them.

use std::collections::BTreeMap;

use crate::support::rust_source::{expand, paths_from, product_code};

/// Modules by path, such as `["plan", "due"]`.
pub struct ModuleGraph {
    modules: BTreeMap<Vec<String>, Module>,
}

struct Module {
    path: String,
    code: String,
    /// What it hands on by `pub use`: name to path from the crate's root.
    handed_on: BTreeMap<String, Vec<String>>,
}

/// Tests that moved out of a file into one of their own.
pub fn is_test_file(path: &str) -> bool {
    path == "tests.rs" || path.ends_with("/tests.rs") || path.contains("/tests/")
}

impl ModuleGraph {
    /// Reads files given as (path below src, text).
    pub fn of(files: &[(String, String)]) -> Self {
        let product = files.iter().filter(|(path, _)| !is_test_file(path) && path != "lib.rs" && path != "main.rs");
        let modules = product.map(|(path, text)| {
            let name = module_name(path);
            let code = product_code(text);
            let handed_on = handed_on(&code, &name);
            (name, Module { path: path.clone(), code, handed_on })
        });
        Self { modules: modules.collect() }
    }

    /// Each cycle once, as a complaint.
    pub fn cycles(&self) -> Vec<String> {
        let mut done = Vec::new();
        let mut found = Vec::new();
        for name in self.modules.keys() {
            self.visit(name, &mut Vec::new(), &mut done, &mut found);
        }
        found
    }

    fn visit<'a>(
        &'a self,
        name: &'a Vec<String>,
        trail: &mut Vec<&'a Vec<String>>,
        done: &mut Vec<&'a Vec<String>>,
        found: &mut Vec<String>,
    ) {
        if let Some(start) = trail.iter().position(|passed| *passed == name) {
            let round = trail[start..].iter().copied().chain([name]);
            let round: Vec<&str> = round.map(|name| self.modules[name].path.as_str()).collect();
            found.push(format!("cycle: {}", round.join(" -> ")));
            return;
        }
        if done.contains(&name) {
            return;
        }
        trail.push(name);
        for target in self.imports(name) {
            self.visit(target, trail, done, found);
        }
        trail.pop();
        done.push(name);
    }

    /// The files that a file needs; a table of contents needs none, others are traced through it.
    fn imports(&self, name: &[String]) -> Vec<&Vec<String>> {
        let module = &self.modules[name];
        if module.path.ends_with("/mod.rs") {
            return Vec::new();
        }
        let mut targets: Vec<&Vec<String>> =
            paths_from(&module.code, "crate").iter().filter_map(|path| self.definer(path, 0)).collect();
        targets.sort();
        targets.dedup();
        targets.retain(|target| target.as_slice() != name);
        targets
    }

    /// The file that defines what a path names.
    fn definer(&self, path: &[String], depth: usize) -> Option<&Vec<String>> {
        let length = (1..=path.len()).rev().find(|length| self.modules.contains_key(&path[..*length]))?;
        let (name, module) = self.modules.get_key_value(&path[..length])?;
        let Some(handed_on) = path.get(length).and_then(|item| module.handed_on.get(item)) else {
            return Some(name);
        };
        // Deeper than any folder: two tables that hand on each other's names.
        if depth > 8 { None } else { self.definer(handed_on, depth + 1) }
    }
}

fn module_name(path: &str) -> Vec<String> {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').map(str::to_owned).collect()
}

fn handed_on(code: &str, module: &[String]) -> BTreeMap<String, Vec<String>> {
    let statements = code.match_indices("pub use ").map(|(at, mark)| &code[at + mark.len()..]);
    let absolute = |statement: &str| match statement.strip_prefix("crate::") {
        Some(rest) => expand(rest),
        None => {
            let relative = expand(statement.strip_prefix("self::").unwrap_or(statement));
            relative.into_iter().map(|path| [module.to_vec(), path].concat()).collect()
        }
    };
    statements.flat_map(absolute).filter_map(|path| Some((path.last()?.clone(), path))).collect()
}
