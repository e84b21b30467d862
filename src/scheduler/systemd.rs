//! systemd: a service that is started once, a timer for the times at which days are due, and one that looks again.
//!
//! Two timers, because only the first may wake a computer and only the first catches up with what was missed. Two starts at
//! once do no harm: systemd starts one service once, and the ledger's lock keeps a sender alone.

use crate::scheduler::calendar_event::{again, due};
use crate::scheduler::quoted::{systemd_path, systemd_word};
use crate::scheduler::text_file::{MARK, TextFile};
use crate::scheduler::timetable;
use crate::scheduler::timetable::Timetable;

/// The names of a project's units: the service, the timer of the days, the timer that looks again.
#[must_use]
pub fn unit_files(name: &str) -> [String; 3] {
    [format!("{name}.service"), format!("{name}.timer"), format!("{name}-again.timer")]
}

/// The texts.
pub(in crate::scheduler) fn files(timetable: &Timetable) -> Vec<TextFile> {
    let [service, timer, again] = unit_files(&timetable.name);
    [(service, service_text(timetable)), (timer, due_text(timetable)), (again, again_text(timetable))]
        .map(|(name, text)| TextFile { name, bytes: text.into_bytes() })
        .into()
}

fn service_text(timetable: &Timetable) -> String {
    let mut command = systemd_word(&timetable.program, false);
    for argument in timetable.arguments() {
        command.push(' ');
        command.push_str(&systemd_word(argument, true));
    }
    let head = head(timetable);
    let description = format!("weekcast sends what is due of the week {}", timetable.week.replace('%', "%%"));
    let network = match timetable.account {
        // A user's systemd has no such target.
        None => "",
        Some(_) => "Wants=network-online.target\nAfter=network-online.target\n",
    };
    format!(
        "{head}[Unit]\nDescription={description}\n{network}\n[Service]\nType=oneshot\nExecStart={command}\n{STATUSES}{}",
        hardening(timetable)
    )
}

/// What the end of a run means to systemd, and how it is ended.
const STATUSES: &str = "\
# Refusals or doubts remain (1), some are to be tried again or another weekcast sends (75), a day is held (76): weekcast\n\
# tells a person, and the timer starts it again. Everything else but 0 is for IT, and makes the unit fail.\n\
SuccessExitStatus=1 75 76\n\
# Stopping waits for the answer to what is in flight: ten minutes at most (RFC 5321, 4.5.3.2.6). Killed, it would be in doubt.\n\
TimeoutStopSec=11min\n\
# What weekcast says is kept; that it was started and has ended, four times an hour, is not.\n\
SyslogLevel=notice\n\
LogLevelMax=notice\n";

/// What the service may not do. Each of these leaves a password from a file, a command or a keyring alone, in which programs
/// of the user's are started and files in the home folder are written; that is why the home folder is not closed.
fn hardening(timetable: &Timetable) -> String {
    let mut out = String::from("UMask=0077\nNoNewPrivileges=yes\n");
    let Some(account) = &timetable.account else { return out };
    // In a user's systemd most of these want user namespaces, which many systems forbid: then nothing would start.
    out.push_str(&format!("User={}\n", account.replace('%', "%%")));
    out.push_str(
        "PrivateTmp=yes\nProtectSystem=full\nProtectKernelTunables=yes\nProtectKernelModules=yes\n\
         ProtectControlGroups=yes\nProtectHostname=yes\nRestrictSUIDSGID=yes\nRestrictRealtime=yes\n\
         LockPersonality=yes\nRestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK\n",
    );
    if let Some(project) = systemd_path(&timetable.project) {
        out.push_str(&format!("ReadWritePaths={project}\n"));
    }
    out
}

fn due_text(timetable: &Timetable) -> String {
    let wakes = match timetable.account {
        Some(_) => "WakeSystem=yes\n",
        None => {
            "# A user's timer cannot wake a computer that sleeps; when it wakes, what was missed within grace is sent.\n"
        }
    };
    format!(
        "{}[Unit]\nDescription=The times of the week {}\n\n[Timer]\n{}AccuracySec=1s\n# Missed while the computer was off: \
         started when it is on again.\nPersistent=yes\n{wakes}\n[Install]\nWantedBy=timers.target\n",
        head(timetable),
        timetable.week.replace('%', "%%"),
        lines(&due(&timetable.slots)),
    )
}

fn again_text(timetable: &Timetable) -> String {
    let [service, ..] = unit_files(&timetable.name);
    format!(
        "{}[Unit]\nDescription=Every {} minutes in the week {}, for those who were put off\n\n[Timer]\n{}Unit={service}\n\n\
         [Install]\nWantedBy=timers.target\n",
        head(timetable),
        timetable::MINUTES_BETWEEN,
        timetable.week.replace('%', "%%"),
        lines(&again(&timetable.slots)),
    )
}

fn lines(events: &[String]) -> String {
    events.iter().map(|event| format!("OnCalendar={event}\n")).collect()
}

fn head(timetable: &Timetable) -> String {
    format!(
        "# {MARK} for the project {}.\n# Its next run replaces this file, and weekcast uninstall removes it. Changes of your \
         own belong into a drop-in:\n# systemctl edit.\n",
        timetable.project
    )
}

#[cfg(test)]
mod tests {
    use super::files;
    use crate::scheduler::timetable::Timetable;
    use crate::scheduler::timetable::sample::timetable;

    fn texts(timetable: &Timetable) -> Vec<String> {
        files(timetable).into_iter().map(|file| String::from_utf8(file.bytes).unwrap()).collect()
    }

    #[test]
    fn only_the_units_of_the_whole_computer_wake_it_and_have_an_account() {
        let of_user = texts(&timetable());
        assert!(of_user.iter().all(|text| !text.contains("WakeSystem=") && !text.contains("User=")), "{of_user:?}");
        let system = texts(&Timetable { account: Some("officer".into()), ..timetable() });
        assert!(
            system[0].contains("\nUser=officer\n")
                && system[0].contains("\nReadWritePaths=\"/srv/board/broadcasts\"\n")
        );
        assert!(system[1].contains("\nWakeSystem=yes\n") && !system[2].contains("WakeSystem"));
    }

    #[test]
    fn every_value_stands_on_a_line_of_its_own_whatever_is_in_it() {
        let odd = Timetable {
            program: "/opt/$x y%z/weekcast".into(),
            project: "/srv/a \"b\" $HOME %n c\\".into(),
            week: "50% week".into(),
            ..timetable()
        };
        let service = &texts(&odd)[0];
        let command = "ExecStart=\"/opt/$x y%%z/weekcast\" --project \"/srv/a \\\"b\\\" $$HOME %%n c\\\\\" --week \
                       \"50%% week\" run --once";
        assert!(service.lines().any(|line| line == command), "{service}");
        assert!(service.lines().any(|line| line.ends_with("of the week 50%% week")), "{service}");
        assert!(texts(&odd).iter().all(|text| text.lines().all(|line| !line.ends_with('\\'))), "{service}");
    }
}
