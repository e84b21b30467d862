//! The rules of Task Scheduler's schema (MS-TSCH 2.5) for the elements that weekcast uses: which may stand where, in which
//! order where the schema is a sequence, and of which type their values are.

use chrono::{DateTime, Duration};

use crate::support::xml::Element;

/// The namespace of tasks.
const NAMESPACE: &str = "http://schemas.microsoft.com/windows/2004/02/mit/task";

/// How often a child may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// `xs:all`: each at most once, in any order.
    Any,
    /// `xs:sequence`: each at most once, in this order.
    Sequence,
    /// `xs:choice`, unbounded.
    Choice,
}

/// (element, order, children, those that must be there).
type Shape = (&'static str, Order, &'static [&'static str], &'static [&'static str]);

const SHAPES: [Shape; 9] = [
    ("Task", Order::Any, &["RegistrationInfo", "Triggers", "Settings", "Data", "Principals", "Actions"], &["Actions"]),
    (
        "RegistrationInfo",
        Order::Any,
        &["URI", "SecurityDescriptor", "Source", "Date", "Author", "Version", "Description", "Documentation"],
        &[],
    ),
    ("Triggers", Order::Choice, &["BootTrigger", "TimeTrigger", "CalendarTrigger", "LogonTrigger"], &[]),
    (
        "TimeTrigger",
        Order::Sequence,
        &["Enabled", "StartBoundary", "EndBoundary", "Repetition", "ExecutionTimeLimit", "RandomDelay"],
        &["StartBoundary"],
    ),
    ("Repetition", Order::Any, &["Interval", "Duration", "StopAtDurationEnd"], &["Interval"]),
    ("Principals", Order::Sequence, &["Principal"], &[]),
    ("Principal", Order::Any, &["UserId", "LogonType", "GroupId", "DisplayName", "RunLevel"], &[]),
    (
        "Settings",
        Order::Any,
        &[
            "AllowStartOnDemand",
            "RestartOnFailure",
            "MultipleInstancesPolicy",
            "DisallowStartIfOnBatteries",
            "StopIfGoingOnBatteries",
            "AllowHardTerminate",
            "StartWhenAvailable",
            "NetworkProfileName",
            "RunOnlyIfNetworkAvailable",
            "WakeToRun",
            "Enabled",
            "Hidden",
            "DeleteExpiredTaskAfter",
            "IdleSettings",
            "NetworkSettings",
            "ExecutionTimeLimit",
            "Priority",
            "RunOnlyIfIdle",
        ],
        &[],
    ),
    ("Exec", Order::Any, &["Command", "Arguments", "WorkingDirectory"], &["Command"]),
];

/// Values of an enumeration.
const WORDS: [(&str, &[&str]); 3] = [
    ("MultipleInstancesPolicy", &["Parallel", "Queue", "IgnoreNew", "StopExisting"]),
    ("LogonType", &["S4U", "Password", "InteractiveToken", "InteractiveTokenOrPassword", "Group"]),
    ("RunLevel", &["LeastPrivilege", "HighestAvailable"]),
];

const BOOLEANS: [&str; 9] = [
    "Enabled",
    "StopAtDurationEnd",
    "DisallowStartIfOnBatteries",
    "StopIfGoingOnBatteries",
    "StartWhenAvailable",
    "RunOnlyIfNetworkAvailable",
    "WakeToRun",
    "Hidden",
    "AllowHardTerminate",
];

/// Everything that the schema finds wrong with a task.
pub fn complaints(task: &Element) -> Vec<String> {
    let mut complaints = Vec::new();
    let attribute = |name: &str| task.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    if task.name != "Task" || attribute("xmlns") != Some(NAMESPACE) || attribute("version") != Some("1.2") {
        complaints.push(format!("the root is {} of {:?}", task.name, task.attributes));
    }
    look(task, &mut complaints);
    let id = |element: &Element, name: &str| {
        element.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone())
    };
    let context = id(task.at("Actions"), "Context");
    if context.is_none() || context != id(task.at("Principals/Principal"), "id") {
        complaints.push("the actions' context is no principal".to_owned());
    }
    complaints
}

fn look(element: &Element, complaints: &mut Vec<String>) {
    let name = element.name.as_str();
    let names = element.names();
    if name == "Actions" {
        if names.is_empty() || names.iter().any(|name| *name != "Exec") {
            complaints.push(format!("Actions holds {names:?}"));
        }
    } else if let Some((_, order, known, needed)) = SHAPES.iter().find(|(shape, ..)| *shape == name) {
        let places: Vec<Option<usize>> =
            names.iter().map(|name| known.iter().position(|known| known == name)).collect();
        if places.contains(&None) {
            complaints.push(format!("{name} holds {names:?}"));
        }
        let twice = (1..names.len()).any(|at| names[..at].contains(&names[at]));
        if *order != Order::Choice && twice {
            complaints.push(format!("{name} holds one twice: {names:?}"));
        }
        if *order == Order::Sequence && !places.is_sorted() {
            complaints.push(format!("{name} has another order: {names:?}"));
        }
        if let Some(lacking) = needed.iter().find(|needed| !names.contains(needed)) {
            complaints.push(format!("{name} lacks {lacking}"));
        }
    } else if !element.children.is_empty() {
        complaints.push(format!("{name} is not known"));
    } else if !value_is_good(name, &element.text) {
        complaints.push(format!("{name} is {:?}", element.text));
    }
    element.children.iter().for_each(|child| look(child, complaints));
}

fn value_is_good(name: &str, value: &str) -> bool {
    let minutes = || minutes(value);
    match name {
        "StartBoundary" | "EndBoundary" => DateTime::parse_from_rfc3339(value).is_ok(),
        "Interval" => minutes().is_some_and(|minutes| (1..=31 * 1440).contains(&minutes)),
        "Duration" => minutes().is_some_and(|minutes| minutes >= 1),
        "ExecutionTimeLimit" => minutes().is_some(),
        _ if BOOLEANS.contains(&name) => value == "true" || value == "false",
        _ => match WORDS.iter().find(|(word, _)| *word == name) {
            Some((_, words)) => words.contains(&value),
            None => !value.trim().is_empty(),
        },
    }
}

/// `xs:duration` of whole days or minutes.
fn minutes(value: &str) -> Option<i64> {
    let of = |text: &str, ending: char| text.strip_suffix(ending)?.parse::<i64>().ok();
    let rest = value.strip_prefix('P')?;
    match rest.strip_prefix('T') {
        Some(time) => of(time, 'M').map(|minutes| Duration::minutes(minutes).num_minutes()),
        None => of(rest, 'D').map(|days| Duration::days(days).num_minutes()),
    }
}
