//! The `reveille` command: runs the command line and ends with its exit status.

fn main() -> std::process::ExitCode {
    reveille::inside::main()
}
