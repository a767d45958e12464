#include "app/edit_program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <vector>

namespace penstock {
namespace {

constexpr std::size_t kLongestVariable = 32u << 10;  // the kernel takes four times as much

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// A file in memory: neither end of it ever waits, as those of a pipe do.
class MemoryFile {
 public:
  explicit MemoryFile(const char* name) : file_(memfd_create(name, MFD_CLOEXEC)) {
    if (file_ < 0) fail("memfd_create");
  }
  ~MemoryFile() { close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  int get() const { return file_; }

  void fill(std::string_view text) {
    while (!text.empty()) {
      const ssize_t count = write(file_, text.data(), text.size());
      if (count < 0 && errno != EINTR) fail("write");
      if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
    }
    if (lseek(file_, 0, SEEK_SET) < 0) fail("lseek");
  }

  std::string contents() const {
    const off_t size = lseek(file_, 0, SEEK_END);
    std::string text(static_cast<std::size_t>(std::max<off_t>(size, 0)), '\0');
    std::size_t at = 0;
    while (at < text.size()) {
      const ssize_t count =
          pread(file_, text.data() + at, text.size() - at, static_cast<off_t>(at));
      if (count == 0) break;
      if (count < 0 && errno != EINTR) fail("pread");
      if (count > 0) at += static_cast<std::size_t>(count);
    }
    return text;
  }

 private:
  const int file_;
};

std::vector<std::string> environment_for(const clickhouse::ErrorRow& row) {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable)
    variables.emplace_back(*variable);
  const auto add = [&](const char* name, const std::string& value) {
    const std::size_t end = std::min(value.find('\0'), kLongestVariable);
    variables.push_back(std::string(name) + "=" + value.substr(0, end));
  };
  add("PENSTOCK_TOPIC", row.position.topic);
  add("PENSTOCK_PARTITION", std::to_string(row.position.partition));
  add("PENSTOCK_OFFSET", std::to_string(row.position.offset));
  add("PENSTOCK_KEY", row.key);
  add("PENSTOCK_ERROR", row.error);
  return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

pid_t start(const std::string& command, const MemoryFile& in, const MemoryFile& out,
            const clickhouse::ErrorRow& row) {
  std::vector<std::string> arguments{"sh", "-c", command};
  std::vector<std::string> environment = environment_for(row);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.get(), STDOUT_FILENO);
  pid_t process = 0;
  errno = posix_spawn(&process, "/bin/sh", &actions, nullptr, pointers_to(arguments).data(),
                      pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (errno != 0) fail("cannot start /bin/sh");
  return process;
}

}  // namespace

std::optional<std::string> edit_message(const std::string& command,
                                        const clickhouse::ErrorRow& row) {
  MemoryFile in("message");
  const MemoryFile out("repaired");
  in.fill(row.message);
  const pid_t process = start(command, in, out, row);
  int status = 0;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) fail("waitpid");
  }
  const bool is_repaired = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  if (!is_repaired) return std::nullopt;
  return out.contents();
}

}  // namespace penstock
