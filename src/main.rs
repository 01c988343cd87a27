//! In: the command line. Out: an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    mtaudit::cli::main()
}
