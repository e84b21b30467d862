//! `templates`: what is built in, for the authors of templates.

use serde_json::{Value, json};

use crate::app::{App, Fault, Format, put_template};
use crate::document::nearest;
use crate::exit::Exit;
use crate::output::table;
use crate::render::{Block, BuiltIn, LAYOUTS, Override};

/// Show the built-in templates, and copy them to change them
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Name the built-in layouts, their blocks, and what the project's templates/ changes of them
    List,
    /// Print a built-in layout, or one block of it
    Show {
        /// The layout: broadcast.html or broadcast.txt
        name: String,
        /// One of its blocks (else: the whole layout)
        block: Option<String>,
    },
    /// Copy a built-in layout, or blocks of it, into templates/, to be changed there
    Eject {
        /// The layout: broadcast.html or broadcast.txt
        name: String,
        /// Only this block; the rest stays as built in. May be given several times
        #[arg(long = "block", value_name = "BLOCK")]
        blocks: Vec<String>,
        /// Replace the file that is there
        #[arg(long)]
        force: bool,
    },
}

/// Shows or ejects.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    match &args.action {
        Action::List => list(app)?,
        Action::Show { name, block } => {
            let layout = layout(name)?;
            let source = match block {
                Some(name) => format!("{}\n", self::block(layout, name)?.source),
                None => layout.source.to_owned(),
            };
            match app.format {
                Format::Text => app.streams.out(&source)?,
                Format::Json => app.streams.json(&json!({ "name": layout.name, "block": block, "source": source }))?,
            }
        }
        Action::Eject { name, blocks, force } => eject(app, layout(name)?, blocks, *force)?,
    }
    Ok(Exit::Done)
}

fn layout(name: &str) -> Result<&'static BuiltIn, Fault> {
    BuiltIn::named(name).ok_or_else(|| {
        let names = LAYOUTS.map(|layout| layout.name);
        Fault::new(Exit::Usage, format!("no layout \"{name}\" is built in")).help(choice(name, &names))
    })
}

fn block(layout: &BuiltIn, name: &str) -> Result<Block, Fault> {
    let blocks = layout.blocks();
    blocks.iter().find(|block| block.name == name).copied().ok_or_else(|| {
        let names: Vec<&str> = blocks.iter().map(|block| block.name).collect();
        Fault::new(Exit::Usage, format!("{} has no block \"{name}\"", layout.name)).help(choice(name, &names))
    })
}

fn choice(name: &str, names: &[&str]) -> String {
    match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("there are {}", names.join(", ")),
    }
}

fn list(app: &mut App) -> anyhow::Result<()> {
    let layouts = LAYOUTS.iter().map(|layout| (layout, layout.overridden(&app.project)));
    match app.format {
        Format::Json => {
            let layouts: Vec<Value> = layouts.map(|(layout, own)| as_json(layout, &own)).collect();
            app.streams.json(&json!({ "layouts": layouts }))?;
        }
        Format::Text => {
            let layouts: Vec<String> = layouts.map(|(layout, own)| as_text(layout, &own)).collect();
            app.streams.out(&layouts.join("\n"))?;
        }
    }
    Ok(())
}

fn is_overridden(block: &Block, own: &Override) -> bool {
    match own {
        Override::Nothing => false,
        Override::Blocks(blocks) => blocks.contains(block.name),
        Override::Whole => true,
    }
}

fn as_text(layout: &BuiltIn, own: &Override) -> String {
    let what = match own {
        Override::Nothing => "as built in".to_owned(),
        Override::Blocks(_) => format!("with changes from templates/{}", layout.name),
        Override::Whole => format!("replaced by templates/{}", layout.name),
    };
    let row = |block: Block| {
        let changed = if matches!(own, Override::Blocks(_)) && is_overridden(&block, own) { "changed" } else { "" };
        vec![format!("  {}", block.name), block.purpose.to_owned(), changed.to_owned()]
    };
    let rows: Vec<Vec<String>> = layout.blocks().into_iter().map(row).collect();
    format!("{}: {}; {what}\n{}", layout.name, layout.purpose, table(&["  block", "holds", ""], &rows, None))
}

fn as_json(layout: &BuiltIn, own: &Override) -> Value {
    let blocks: Vec<Value> = layout
        .blocks()
        .iter()
        .map(|block| json!({ "name": block.name, "purpose": block.purpose, "overridden": is_overridden(block, own) }))
        .collect();
    let (file, replaced) = match own {
        Override::Nothing => (None, false),
        Override::Blocks(_) => (Some(format!("templates/{}", layout.name)), false),
        Override::Whole => (Some(format!("templates/{}", layout.name)), true),
    };
    json!({ "name": layout.name, "purpose": layout.purpose, "file": file, "replaced": replaced, "blocks": blocks })
}

fn eject(app: &mut App, layout: &BuiltIn, names: &[String], force: bool) -> anyhow::Result<()> {
    let mut blocks: Vec<Block> = Vec::new();
    for name in names {
        let block = block(layout, name)?;
        if !blocks.contains(&block) {
            blocks.push(block);
        }
    }
    let text = if blocks.is_empty() { layout.source.to_owned() } else { layout.with_blocks(&blocks) };
    put_template(&app.project, layout.name, &text, force)?;
    if app.format == Format::Json {
        let blocks: Vec<&str> = blocks.iter().map(|block| block.name).collect();
        let file = format!("templates/{}", layout.name);
        return Ok(app.streams.json(&json!({ "file": file, "whole": blocks.is_empty(), "blocks": blocks }))?);
    }
    let what = match blocks.as_slice() {
        [] => "the whole layout".to_owned(),
        [one] => format!("the block {}; the rest stays as built in", one.name),
        several => {
            let names: Vec<String> = several.iter().map(|block| block.name.to_owned()).collect();
            format!("the blocks {}; the rest stays as built in", crate::model::list_of(&names))
        }
    };
    app.streams.out(&format!(
        "templates/{} written: {what}. Change it, then: weekcast check, weekcast preview\n",
        layout.name
    ))?;
    Ok(())
}
