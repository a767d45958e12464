#pragma once

#include <stdexcept>
#include <string>

namespace penstock {

/// A promise between our own parts was broken. The lane's catch-all turns it
/// into Error{Fault::bug}; the process lives, the pipe is `failed`.
class BrokenPromise : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] inline void broken_promise(const char* what, const char* file, int line) {
  throw BrokenPromise(std::string(what) + " at " + file + ":" + std::to_string(line));
}

}  // namespace penstock

#define PENSTOCK_CHECK(condition, what)                                     \
  do {                                                                      \
    if (!(condition)) ::penstock::broken_promise(what, __FILE__, __LINE__); \
  } while (false)
