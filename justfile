# The commands of a day: `just` lists them. CONTRIBUTING.md says when to use which.

_default:
    @just --list --unsorted

# format and lints, as CI has them; a minute
check:
    cargo fmt --check
    cargo clippy --all-targets --locked -- -D warnings
    cargo test --locked --test it tidy
    cargo test --locked --test it documents

# all tests, or those whose names hold a word: just test history
test *words:
    cargo test --locked {{words}}

# one file of tests/it: just it faults
it *words:
    cargo test --locked --test it {{words}}

# a digest of the bundled feeds, in target/demo
demo:
    cargo run --locked -- demo --output target/demo

# formats the code
fmt:
    cargo fmt

# times the grouping of articles; a cold preview of a hundred feeds; the delivery to thousands of readers
bench:
    cargo build --release --locked
    cargo bench --locked --bench cluster
    benches/pull.py
    benches/deliver.py

# fuzzes one target, a minute if not told otherwise: just fuzz feed 600
fuzz target seconds="60":
    fuzz/run {{target}} {{seconds}}

# which small changes of the modules of trust no unit test notices; hours, or just mutants --re '^src/token.rs'; needs cargo-mutants
mutants *options:
    cargo mutants --jobs 1 --output target {{options}}

# licences, bans and sources of all dependencies; needs cargo-deny
deny:
    cargo deny check bans licenses sources

# all that CI does; on Debian and Ubuntu it installs the programs that tests need
ci:
    .ci/run
