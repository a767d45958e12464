#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "kafka/spec.h"
#include "registry/source.h"

namespace penstock {

/// Where the source's messages find their schemas: its registry, the schema it was given, or both.
/// Null where it names neither. Connects with the first question.
/// Errors: pipe.document for a registry's address that is none.
Result<std::shared_ptr<registry::RegistrySource>> make_schema_source(
    const kafka::SourceSettings& settings);

/// How the settings log in.
registry::Login login_of(const kafka::SchemaRegistrySettings& settings);

/// The latest schema the source's registry has for a topic's messages, for those that name none:
/// of the subject <topic>-value, in AWS Glue of the schema called like the topic. Null where the
/// source names no registry. Errors: as above.
Result<std::shared_ptr<SchemaSource>> make_topic_schema_source(kafka::SourceSettings settings,
                                                               const std::string& topic);

}  // namespace penstock
