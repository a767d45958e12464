#include "embedded/chdb_library.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

namespace penstock::embedded {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFile = "libchdb.so";

Error failure(std::string message) {
  return Error{.fault = Fault::user,
               .recovery = Recovery::stop,
               .code = "embedded.library",
               .message = std::move(message)};
}

std::vector<std::string> candidates(const std::string& path) {
  if (!path.empty()) return {path};
  if (const char* named = std::getenv("PENSTOCK_LIBCHDB"); named != nullptr && *named != '\0') {
    return {named};
  }
  std::vector<std::string> found;
  std::error_code ignored;
  const fs::path executable = fs::read_symlink("/proc/self/exe", ignored);
  for (fs::path folder = executable.parent_path(); folder != folder.root_path();
       folder = folder.parent_path()) {
    found.push_back(folder / ".cache/libchdb" / kFile);
  }
  found.push_back(executable.parent_path() / kFile);
  found.push_back(fs::path("/usr/lib") / kFile);
  found.push_back(fs::path("/usr/local/lib") / kFile);
  return found;
}

/// Resolves names one after the other; remembers the first that is missing.
class Symbols {
 public:
  explicit Symbols(void* library) : library_(library) {}

  template <class Function>
  void into(Function& function, const char* name) {
    void* const address = dlsym(library_, name);
    if (address == nullptr && missing_.empty()) missing_ = name;
    function = reinterpret_cast<Function>(address);
  }
  const std::string& missing() const { return missing_; }

 private:
  void* const library_;
  std::string missing_;
};

std::string resolve(void* library, ChdbApi& api) {
  Symbols symbols(library);
  symbols.into(api.connect, "chdb_connect");
  symbols.into(api.close, "chdb_close_conn");
  symbols.into(api.set_signal_handlers_enabled, "chdb_set_signal_handlers_enabled");
  symbols.into(api.shutdown, "chdb_shutdown");
  symbols.into(api.query, "chdb_query_with_params_n");
  symbols.into(api.stream_query, "chdb_stream_query_with_params_n");
  symbols.into(api.stream_fetch, "chdb_stream_fetch_result");
  symbols.into(api.stream_cancel, "chdb_stream_cancel_query");
  symbols.into(api.destroy_result, "chdb_destroy_query_result");
  symbols.into(api.stream_insert, "chdb_stream_insert_with_params_n");
  symbols.into(api.stream_append, "chdb_stream_append");
  symbols.into(api.stream_done, "chdb_stream_done");
  symbols.into(api.stream_cancel_insert, "chdb_stream_cancel_insert");
  symbols.into(api.stream_insert_error, "chdb_stream_insert_error");
  symbols.into(api.destroy_insert, "chdb_destroy_insert_stream");
  symbols.into(api.result_buffer, "chdb_result_buffer");
  symbols.into(api.result_length, "chdb_result_length");
  symbols.into(api.result_error, "chdb_result_error");
  symbols.into(api.result_elapsed, "chdb_result_elapsed");
  symbols.into(api.result_rows, "chdb_result_rows_read");
  symbols.into(api.result_bytes, "chdb_result_bytes_read");
  symbols.into(api.result_rows_read, "chdb_result_storage_rows_read");
  symbols.into(api.result_bytes_read, "chdb_result_storage_bytes_read");
  symbols.into(api.result_rows_written, "chdb_result_rows_written");
  symbols.into(api.result_bytes_written, "chdb_result_bytes_written");
  return symbols.missing();
}

}  // namespace

Result<ChdbApi> load_chdb(const std::string& path) {
  const std::vector<std::string> paths = candidates(path);
  std::error_code ignored;
  for (const std::string& candidate : paths) {
    if (!fs::exists(candidate, ignored)) continue;
    void* const library = dlopen(candidate.c_str(), RTLD_LAZY | RTLD_LOCAL);
    if (library == nullptr) {
      return failure(fmt::format("cannot load {}: {}", candidate, dlerror()));
    }
    ChdbApi api;
    const std::string missing = resolve(library, api);
    if (missing.empty()) return api;
    return failure(fmt::format(
        "{} has no function {}: a libchdb of version 26.7 or newer is needed", candidate, missing));
  }
  return failure(fmt::format(
      "libchdb.so was not found; run `make setup`, or name it with --library or the environment "
      "variable PENSTOCK_LIBCHDB (looked at {})",
      fmt::join(paths, ", ")));
}

}  // namespace penstock::embedded
