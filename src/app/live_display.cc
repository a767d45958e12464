#include "app/live_display.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <mutex>

#include "base/clock.h"
#include "base/log.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;

constexpr auto kRedrawEvery = 500ms;
constexpr auto kLogEvery = 10s;
constexpr const char* kClearLine = "\r\x1b[2K";

// The lines on the screen, so that a log line can be put above them from any thread.
std::mutex screen_mutex;
std::vector<std::string> screen_lines;

void erase_lines() {
  for (std::size_t i = 0; i < screen_lines.size(); ++i) {
    std::fputs(i == 0 ? kClearLine : "\x1b[1A\r\x1b[2K", stderr);
  }
}

void print_lines() {
  for (std::size_t i = 0; i < screen_lines.size(); ++i) {
    fmt::print(stderr, "{}{}", i == 0 ? "" : "\n", screen_lines[i]);
  }
  std::fflush(stderr);
}

void write_above(std::string_view line) {
  const std::lock_guard lock(screen_mutex);
  erase_lines();
  std::fwrite(line.data(), 1, line.size(), stderr);
  print_lines();
}

std::size_t terminal_columns() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

// 1234567 -> "1,234,567"
std::string grouped(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string out;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at > 0 && (digits.size() - at) % 3 == 0) out += ',';
    out += digits[at];
  }
  return out;
}

std::string since_last_insert(std::int64_t last_insert_ms) {
  if (last_insert_ms == 0) return "none yet";
  const std::int64_t age = std::max<std::int64_t>(0, wall_clock_ms() - last_insert_ms);
  return fmt::format("{:.1f} s ago", static_cast<double>(age) / 1000);
}

}  // namespace

std::string progress_bar(std::int64_t done, std::int64_t total, std::size_t width) {
  const double share =
      total <= 0 ? 1.0
                 : std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
  const auto filled = static_cast<std::size_t>(share * static_cast<double>(width));
  return fmt::format("[{}{}] {:3.0f} %", std::string(filled, '#'), std::string(width - filled, ' '),
                     share * 100);
}

std::string live_line(const Pipe& pipe, double rows_per_second, double bytes_per_second,
                      std::size_t columns) {
  const PipeProgress progress = pipe.progress();
  std::string line = fmt::format("{}  {}  ", pipe.name(), name_of(pipe.events().state()));
  const std::int64_t to_drain = progress.to_drain;
  if (pipe.until_caught_up() && to_drain > 0) {
    line += progress_bar(to_drain - progress.to_go, to_drain, 20) + "  ";
  }
  line += fmt::format("{} rows  {} rows/s  {:.1f} MB/s  lag {}  {} rejected  last insert {}",
                      grouped(progress.rows), grouped(static_cast<std::uint64_t>(rows_per_second)),
                      bytes_per_second / 1e6, grouped(static_cast<std::uint64_t>(progress.lag)),
                      grouped(progress.rejects), since_last_insert(progress.last_insert_ms));
  if (const std::string problem = pipe.events().problem(); !problem.empty()) line += "  " + problem;
  if (line.size() >= columns) line.resize(columns - 1);
  return line;
}

LiveDisplay::LiveDisplay(const std::vector<const Pipe*>& pipes)
    : is_terminal_(isatty(STDERR_FILENO) == 1) {
  for (const Pipe* pipe : pipes) seen_.push_back({.pipe = pipe});
  if (is_terminal_) log::set_writer(write_above);
}

LiveDisplay::~LiveDisplay() {
  if (!is_terminal_) return;
  draw();
  log::set_writer(nullptr);
  const std::lock_guard lock(screen_mutex);
  if (!screen_lines.empty()) std::fputs("\n", stderr);
  screen_lines.clear();
}

void LiveDisplay::refresh() {
  const auto now = Clock::now();
  if (is_terminal_ && now - measured_at_ >= kRedrawEvery) {
    measure(std::chrono::duration<double>(now - measured_at_).count());
    measured_at_ = now;
    draw();
  } else if (!is_terminal_ && now - logged_at_ >= kLogEvery) {
    measure(std::chrono::duration<double>(now - logged_at_).count());
    logged_at_ = now;
    log_lines();
  }
}

void LiveDisplay::measure(double seconds) {
  for (Seen& seen : seen_) {
    const PipeProgress now = seen.pipe->progress();
    seen.rows_per_second = static_cast<double>(now.rows - seen.rows) / seconds;
    seen.bytes_per_second = static_cast<double>(now.bytes - seen.bytes) / seconds;
    seen.rows = now.rows;
    seen.bytes = now.bytes;
  }
}

void LiveDisplay::draw() {
  const std::size_t columns = terminal_columns();
  std::vector<std::string> lines;
  for (const Seen& seen : seen_) {
    lines.push_back(live_line(*seen.pipe, seen.rows_per_second, seen.bytes_per_second, columns));
  }
  const std::lock_guard lock(screen_mutex);
  erase_lines();
  screen_lines = std::move(lines);
  print_lines();
}

void LiveDisplay::log_lines() {
  for (const Seen& seen : seen_) {
    const PipeProgress progress = seen.pipe->progress();
    log::info("progress", {{"pipe", seen.pipe->name()},
                           {"state", name_of(seen.pipe->events().state())},
                           {"rows", progress.rows},
                           {"rows_per_second", static_cast<std::uint64_t>(seen.rows_per_second)},
                           {"bytes_per_second", static_cast<std::uint64_t>(seen.bytes_per_second)},
                           {"lag", progress.lag},
                           {"rejects", progress.rejects},
                           {"lost_offsets", progress.lost_offsets},
                           {"inserts", progress.inserts}});
  }
}

}  // namespace penstock
