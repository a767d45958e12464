#include <csignal>

#include "app/command_line.h"
#include "app/memory.h"
#include "app/stop_signals.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  penstock::keep_little_memory();
  penstock::block_stop_signals();
  return penstock::run_command_line(argc, argv);
}
