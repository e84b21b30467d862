# One recipe a chore. What CI runs lies in .ci/ and tests/run, so that it needs no just, and the two cannot drift.

# Lists the recipes.
[private]
default:
    @{{ just_executable() }} --list --unsorted

# Formatting, and clippy without a warning.
check:
    .ci/check

# All tests, or those with a word in their names: `just test plan`.
test *WORDS:
    tests/run {{ WORDS }}

# The tests in Chromium alone: messages, pages, the served preview.
browser:
    tests/run browser

# The Debian package, tried in a clean Debian.
try-deb:
    tests/run deb

# The documentation, without a dead link.
doc:
    .ci/doc

# The dependencies against .deny.toml.
deny:
    .ci/deny

# Nothing unfinished in src.
forbid:
    .ci/forbid

# Runs the tests and rewrites the golden files; look at the difference before committing.
golden *WORDS:
    UPDATE_GOLDEN=1 tests/run {{ WORDS }}
    git status --short tests/golden

# What a message costs, and lists and plans; or those with a word in their names: `just bench merge`. Options go to criterion.
bench *WORDS:
    cargo bench --locked --bench benches -- {{ WORDS }}

# The shipped week, rehearsed; needs nothing set up.
demo:
    cargo run --locked --release -- demo

# The pictures of README, from the shipped week; needs Chromium.
pictures:
    .ci/pictures

# Throughput against smtp-source and nodemailer, in one sitting: `just bench --only near`.
bench *OPTIONS:
    tests/bench/run {{ OPTIONS }}

# The Debian package of the release, with manual, completions and units, in target/debian.
deb:
    .ci/package

# Whether it compiles for Windows.
windows:
    .ci/windows

# The container image; needs podman.
container:
    podman build -f .packaging/Containerfile -t weekcast .

# What the changelog says of a version, for its release: `just notes 0.1.0`.
notes *VERSION:
    .ci/release-notes {{ VERSION }}

# All that a change must pass.
ci:
    .ci/run
