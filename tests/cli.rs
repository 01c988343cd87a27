//! Command lines with their output as files: `tests/cli/*.trycmd` and the README.

#[test]
fn command_lines_print_what_their_files_say() {
    trycmd::TestCases::new().case("tests/cli/*.trycmd").env("NO_COLOR", "1").run();
}
