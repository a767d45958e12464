#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pipe.h"

namespace penstock {

/// Shows how pipes are doing: on a terminal one line per pipe that is drawn over
/// and over, with a bar while draining; otherwise a log line every ten seconds.
/// Log lines pass above the live lines.
///
/// Threads: one; only one display at a time.
class LiveDisplay {
 public:
  explicit LiveDisplay(const std::vector<const Pipe*>& pipes);
  ~LiveDisplay();

  /// Draws when it is time to. Cheap to call often.
  void refresh();

 private:
  using Clock = std::chrono::steady_clock;

  /// What was counted when the line was last drawn, for the rates.
  struct Seen {
    const Pipe* pipe;
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
    double rows_per_second = 0;
    double bytes_per_second = 0;
  };

  void measure(double seconds);
  void draw();
  void log_lines();

  const bool is_terminal_;
  std::vector<Seen> seen_;
  Clock::time_point measured_at_ = Clock::now();
  Clock::time_point logged_at_ = Clock::now();
};

/// "events  running  1,234,567 rows  81,000 rows/s  …": one pipe in one line.
std::string live_line(const Pipe& pipe, double rows_per_second, double bytes_per_second,
                      std::size_t columns);

/// "[#####     ]  52 %" of the given width in characters.
std::string progress_bar(std::int64_t done, std::int64_t total, std::size_t width);

}  // namespace penstock
