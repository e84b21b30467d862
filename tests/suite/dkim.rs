//! DKIM signatures, verified by another implementation: Python's dkimpy, where `./tests/run` has installed it.
#![cfg(all(unix, feature = "dkim"))]

use std::path::Path;
use std::process::Command;

use crate::support::skipped::say_skipped;
use crate::support::small_week::smtp_settings;
use crate::support::smtp_server::SmtpServer;
use crate::support::workspace::Workspace;

/// Names the Python that has dkimpy; without it the tests that need it say "skipped".
const VARIABLE: &str = "WEEKCAST_DKIMPY";

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";
const RSA: &[&str] = &["genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];
const ED25519: &[&str] = &["genpkey", "-algorithm", "ED25519"];

/// Exits with 0 where the message in the file `argv[1]` has a good signature by the public key `argv[2]` (DNS record).
const VERIFY: &str = "import sys, time, dkim
# The week lies in 2027, and a signature from the future is no good one.
time.time = lambda: 1805200000
message = open(sys.argv[1], 'rb').read()
record = sys.argv[2].encode()
asked = []
def answer(name, timeout=5):
    asked.append(name)
    return record
good = dkim.verify(message, dnsfunc=answer)
assert asked == [b'week._domainkey.board.example.'], asked
sys.exit(0 if good else 1)
";

fn python() -> Option<String> {
    let python = std::env::var(VARIABLE).ok().filter(|name| !name.is_empty());
    if python.is_none() {
        say_skipped(VARIABLE, "dkimpy");
    }
    python
}

fn output(command: &mut Command) -> Vec<u8> {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Makes a key with OpenSSL, readable by its owner only, and gives the record that would stand in the DNS.
fn key(workspace: &Workspace, kind: &[&str]) -> String {
    use std::os::unix::fs::PermissionsExt as _;

    let file = workspace.path().join("dkim.pem");
    output(Command::new("openssl").args(kind).arg("-out").arg(&file));
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let der = output(Command::new("openssl").args(["pkey", "-pubout", "-outform", "DER", "-in"]).arg(&file));
    // RFC 8463 §4: an Ed25519 record holds the 32 octets of the key alone, which stand at the end of its DER form.
    let (word, public) = if kind == RSA { ("rsa", &der[..]) } else { ("ed25519", &der[der.len() - 32..]) };
    format!("v=DKIM1; k={word}; p={}", base64::Engine::encode(&base64::engine::general_purpose::STANDARD, public))
}

fn verifies(python: &str, message: &Path, record: &str) -> bool {
    Command::new(python).args(["-c", VERIFY]).arg(message).arg(record).status().unwrap().success()
}

#[test]
fn another_implementation_finds_the_signatures_good_and_a_changed_word_bad() {
    let Some(python) = python() else { return };
    for kind in [RSA, ED25519] {
        let server = SmtpServer::takes_all();
        let settings = smtp_settings(server.port(), "") + "[dkim]\nselector = \"week\"\nkey_file = \"dkim.pem\"\n";
        let workspace = Workspace::small_week().settings(&settings).at(MONDAY_MORNING);
        let record = key(&workspace, kind);
        workspace.run(["check"]).succeeds();
        workspace.run(["send", "monday", "--yes"]).succeeds().says("accepted 6 of 6");
        let accepted = server.accepted();
        assert_eq!(accepted.len(), 6);
        for message in accepted {
            let file = workspace.path().join("received.eml");
            std::fs::write(&file, &message.bytes).unwrap();
            assert!(verifies(&python, &file, &record), "{}", message.text());
            let changed = message.text().replacen("Subject: ", "Subject: Not ", 1);
            assert!(changed != message.text());
            std::fs::write(&file, changed).unwrap();
            assert!(!verifies(&python, &file, &record));
        }
        server.assert_no_violations();
    }
}

#[test]
fn a_key_that_cannot_sign_is_found_before_anything_is_sent() {
    let server = SmtpServer::takes_all();
    let settings = |more: &str| smtp_settings(server.port(), "") + "[dkim]\nselector = \"week\"\n" + more;
    let workspace = |more: &str| Workspace::small_week().settings(&settings(more)).at(MONDAY_MORNING);
    let missing = workspace("key_file = \"none.pem\"\n");
    missing.run(["send", "monday", "--yes"]).exits(78).complains("the secret file").complains("weekcast.toml");
    let others = workspace("key_file = \"dkim.pem\"\ndomain = \"other.example\"\n").file("dkim.pem", "no key\n");
    let run = others.run(["check"]).exits(78);
    run.says("can be read by others").says("signed for other.example, but come from board.example");
    assert!(server.accepted().is_empty());
}
