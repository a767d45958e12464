#pragma once

namespace penstock {

/// Reads the command line and carries out its verb; the process's exit code.
/// 0 done, 1 wrong usage or no such thing, 2 problems in documents, 3 a pipe failed.
int run_command_line(int argc, const char* const* argv);

}  // namespace penstock
