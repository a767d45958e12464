#include "embedded/input_pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace penstock::embedded {
namespace {

constexpr int kPipeBytes = 1 << 20;

void close_end(int& end) {
  if (end >= 0) close(std::exchange(end, -1));
}

}  // namespace

InputPipe::~InputPipe() {
  close_end(writer_);
  if (query_.joinable()) query_.join();
  close_end(reader_);
}

bool InputPipe::open() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  reader_ = ends[0];
  writer_ = ends[1];
  fcntl(writer_, F_SETPIPE_SZ, kPipeBytes);  // fewer switches; less works too
  return true;
}

std::string InputPipe::path() const { return "/dev/fd/" + std::to_string(reader_); }

void InputPipe::start(Connection& connection, std::string sql, QueryParameters parameters) {
  query_ =
      std::thread([this, &connection, sql = std::move(sql), parameters = std::move(parameters)] {
        result_.emplace(connection.query(sql, "Null", parameters));
        ended_ = true;
        close_end(reader_);  // wakes an append() that waits for a query that failed
      });
}

bool InputPipe::append(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t written = write(writer_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

QueryResult InputPipe::done() {
  close_end(writer_);
  query_.join();
  return std::move(*result_);
}

}  // namespace penstock::embedded
