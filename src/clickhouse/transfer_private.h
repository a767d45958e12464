#pragma once

// The only header that shows libcurl.
#include <curl/curl.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "clickhouse/body.h"
#include "clickhouse/client.h"

namespace penstock::clickhouse {

struct FreeHeaders {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, FreeHeaders>;

/// One libcurl handle, and what the request under way has sent and received.
/// Threads: one.
class Transfer {
 public:
  /// What came back: parts of the answer, as far as they came.
  struct Received {
    std::string text;
    std::string summary;  // X-ClickHouse-Summary, JSON
    int exception_code = 0;
    std::size_t sent_bytes = 0;
  };

  Transfer(const ClientSettings& settings, const std::atomic<bool>& abandoned);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  /// Sends `body` and waits for the answer. Any HTTP status counts as CURLE_OK.
  CURLcode run(const Request& request, Body& body);

  long status() const;
  Received& received() noexcept { return received_; }
  /// libcurl's own words about the last failure.
  std::string failure(CURLcode outcome) const;

 private:
  void set_for_all_requests();
  Headers set_for(const Request& request);
  std::string url_of(const Request& request) const;

  static std::size_t on_read(char* into, std::size_t size, std::size_t count, void* self);
  static int on_seek(void* self, curl_off_t offset, int origin);
  static std::size_t on_text(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

  const ClientSettings& settings_;
  const std::atomic<bool>& abandoned_;
  CURL* const handle_;
  char error_text_[CURL_ERROR_SIZE] = {};
  Body* body_ = nullptr;
  Received received_;
};

}  // namespace penstock::clickhouse
