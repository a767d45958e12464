#pragma once

// The only header that shows libcurl.
#include <curl/curl.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "http/client.h"

namespace penstock::http {

struct FreeHeaders {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeHeaders>;

/// One libcurl handle and the request under way. Threads: one.
class Transfer {
 public:
  Transfer(const Settings& settings, const std::atomic<bool>& abandoned);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  /// Sends the request and fills `answer`, but for its outcome. Any HTTP status counts as CURLE_OK.
  CURLcode run(const Request& request, Answer& answer);

  /// libcurl's own words about the last failure.
  std::string failure(CURLcode code) const;

 private:
  void set_for_all_requests();
  void set_tls();
  HeaderList set_for(const Request& request);
  void set_body(const Request& request, HeaderList& headers);
  void set_login(const Request& request);

  static std::size_t on_read(char* into, std::size_t size, std::size_t count, void* self);
  static std::size_t on_text(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

  const Settings& settings_;
  const std::atomic<bool>& abandoned_;
  CURL* const handle_;
  char error_text_[CURL_ERROR_SIZE] = {};
  const Request* request_ = nullptr;
  Answer* answer_ = nullptr;
  bool headers_ended_ = false;  // libcurl takes an answer that ends before for an empty one
};

}  // namespace penstock::http
