#include <csignal>

#include "app/command_line.h"
#include "app/stop_signals.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  penstock::block_stop_signals();
  return penstock::run_command_line(argc, argv);
}
