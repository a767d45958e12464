#pragma once

#include <cstddef>
#include <cstdint>

namespace penstock::embedded {

using ChdbConnection = void*;
using ChdbResult = void*;
using ChdbInsert = void*;

/// The part of libchdb's C interface that Penstock calls, resolved at run
/// time: the package ships no header. Results are opaque and freed by
/// destroy_result; texts are pointer and length, and may hold zero bytes.
struct ChdbApi {
  ChdbConnection* (*connect)(int, char**);
  void (*close)(ChdbConnection*);
  void (*set_signal_handlers_enabled)(int);
  int (*shutdown)();

  ChdbResult (*query)(ChdbConnection, const char* sql, std::size_t, const char* format, std::size_t,
                      const char* const* names, const std::size_t* name_sizes,
                      const char* const* values, const std::size_t* value_sizes, std::size_t count);
  ChdbResult (*stream_query)(ChdbConnection, const char* sql, std::size_t, const char* format,
                             std::size_t, const char* const* names, const std::size_t* name_sizes,
                             const char* const* values, const std::size_t* value_sizes,
                             std::size_t count);
  ChdbResult (*stream_fetch)(ChdbConnection, ChdbResult stream);
  void (*stream_cancel)(ChdbConnection, ChdbResult stream);
  void (*destroy_result)(ChdbResult);

  ChdbInsert (*stream_insert)(ChdbConnection, const char* sql, std::size_t, const char* format,
                              std::size_t, const char* const* names, const std::size_t* name_sizes,
                              const char* const* values, const std::size_t* value_sizes,
                              std::size_t count);
  int (*stream_append)(ChdbInsert, const void* data, std::size_t);
  ChdbResult (*stream_done)(ChdbInsert);
  void (*stream_cancel_insert)(ChdbInsert);
  const char* (*stream_insert_error)(ChdbInsert);
  void (*destroy_insert)(ChdbInsert);

  char* (*result_buffer)(ChdbResult);
  std::size_t (*result_length)(ChdbResult);
  const char* (*result_error)(ChdbResult);
  double (*result_elapsed)(ChdbResult);
  std::uint64_t (*result_rows)(ChdbResult);
  std::uint64_t (*result_bytes)(ChdbResult);
  std::uint64_t (*result_rows_read)(ChdbResult);
  std::uint64_t (*result_bytes_read)(ChdbResult);
  std::uint64_t (*result_rows_written)(ChdbResult);
  std::uint64_t (*result_bytes_written)(ChdbResult);
};

}  // namespace penstock::embedded
