#pragma once

#include <string>

namespace penstock::registry {

/// Whatever is given is used. An empty text means "not given". Never printed.
struct Login {
  std::string username;
  std::string password;
  std::string bearer_token;  // instead of a user
  std::string certificate;   // PEM, of the client
  std::string private_key;   // PEM
  std::string access_key_id;
  std::string secret_key;
  std::string session_token;
};

}  // namespace penstock::registry
