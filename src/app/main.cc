#include <csignal>

#include "app/command_line.h"
#include "app/memory.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  penstock::keep_little_memory();
  return penstock::run_command_line(argc, argv);
}
