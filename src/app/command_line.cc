#include "app/command_line.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "app/audit_command.h"
#include "app/check_command.h"
#include "app/errors_command.h"
#include "app/explain_command.h"
#include "app/infer_command.h"
#include "app/run_command.h"
#include "app/sample_command.h"
#include "base/log.h"
#include "embedded/run.h"

namespace penstock {
namespace {

/// The options of every verb; a verb's callback reads its own.
struct Options {
  RunOptions run;
  std::vector<std::string> check_files;
  bool check_server = false;
  bool check_schema = false;
  bool check_reference = false;
  SampleOptions sample;
  InferOptions infer;
  ListErrorsOptions list_errors{.limit = 100};
  ListErrorsOptions show_errors{.limit = 10, .whole = true};
  ReplayErrorsOptions replay_errors;
  AuditCommandOptions audit;
  ExplainOptions explain;
  embedded::ServerOptions clickhouse;
  int exit_code = 0;
};

CLI::Option* add_files(CLI::App& verb, std::vector<std::string>& files) {
  return verb.add_option("-f,--file", files, "Pipe document (YAML or JSON); may be repeated");
}

void add_run(CLI::App& app, Options& options) {
  CLI::App* verb = app.add_subcommand("run", "Run the pipes of one or several documents");
  add_files(*verb, options.run.files)->required();
  verb->add_flag("--until-caught-up", options.run.until_caught_up,
                 "Drain every partition to the end it has now, then exit 0");
  verb->callback([&] { options.exit_code = run_command(options.run); });
}

void add_check(CLI::App& app, Options& options) {
  CLI::App* verb = app.add_subcommand("check", "Print every problem of pipe documents");
  add_files(*verb, options.check_files);
  verb->add_flag("--server", options.check_server,
                 "Ask ClickHouse as well how its tables differ from the documents");
  verb->add_flag("--schema", options.check_schema, "Print the JSON Schema of pipe documents");
  verb->add_flag("--reference", options.check_reference, "Print all settings as markdown");
  verb->callback([&] {
    if (options.check_schema) {
      std::cout << pipe_document_schema() << '\n';
    } else if (options.check_reference) {
      std::cout << pipe_document_reference();
    } else if (options.check_files.empty()) {
      throw CLI::RequiredError("--file");
    } else {
      options.exit_code = check_command(options.check_files, options.check_server,
                                        spec::process_environment(), std::cout);
    }
  });
}

void add_sample(CLI::App& app, Options& options) {
  CLI::App* verb =
      app.add_subcommand("sample", "Print rows as a pipe would decode them; commits nothing");
  verb->add_option("-f,--file", options.sample.file, "Pipe document (YAML or JSON)")->required();
  verb->add_option("--rows", options.sample.rows, "How many rows")->capture_default_str();
  verb->callback([&] { options.exit_code = sample_command(options.sample); });
}

void add_infer(CLI::App& app, Options& options) {
  CLI::App* verb = app.add_subcommand(
      "infer", "Propose a table for what is in the topics; prints a finished pipe document");
  verb->add_option("-f,--file", options.infer.file,
                   "Pipe document (YAML or JSON); only its source is needed")
      ->required();
  verb->add_option("--samples", options.infer.samples,
                   "Messages read at the beginning, middle and end of each partition")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  verb->add_option("--output", options.infer.output, "yaml, json (with reasons) or sql")
      ->check(CLI::IsMember({"yaml", "json", "sql"}))
      ->capture_default_str();
  verb->callback([&] { options.exit_code = infer_command(options.infer); });
}

void add_errors_options(CLI::App& verb, ErrorsOptions& options) {
  verb.add_option("-f,--file", options.file, "Pipe document (YAML or JSON)")->required();
  verb.add_option("--where", options.where, "SQL over columns of the error table");
  verb.add_option("--output", options.output, "table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
}

void add_errors_listing(CLI::App& verb, ListErrorsOptions& listing, Options& options) {
  add_errors_options(verb, listing);
  verb.add_option("--limit", listing.limit, "How many rows, the newest")->capture_default_str();
  verb.callback([&] { options.exit_code = list_errors_command(listing); });
}

void add_errors(CLI::App& app, Options& options) {
  CLI::App* verb = app.add_subcommand("errors", "Messages that were set aside, and their replay");
  verb->require_subcommand(1);
  add_errors_listing(*verb->add_subcommand("list", "One line for each message"),
                     options.list_errors, options);
  add_errors_listing(*verb->add_subcommand("show", "Everything that is kept of them"),
                     options.show_errors, options);
  CLI::App* replay = verb->add_subcommand(
      "replay", "Decode them again and store those that fit by now, each once");
  ReplayErrorsOptions& how = options.replay_errors;
  add_errors_options(*replay, how);
  replay->add_flag("--dry-run", how.dry_run, "Only say what would be stored");
  replay->add_option("--edit", how.edit,
                     "Shell command that repairs a message, from its stdin to its stdout; exits "
                     "other than 0 to leave it");
  replay->add_option("--batch", how.batch, "Messages in an insert")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  replay
      ->add_option("--unsure", how.unsure,
                   "When nobody can tell whether a batch of an earlier replay was stored: stop, "
                   "send it again, or mark it as replayed")
      ->check(CLI::IsMember({"stop", "send", "mark"}))
      ->capture_default_str();
  replay->callback([&] { options.exit_code = replay_errors_command(how); });
}

void add_audit(CLI::App& app, Options& options) {
  CLI::App* verb = app.add_subcommand(
      "audit", "Compare topics with tables: which messages are missing, double, unexpected");
  AuditCommandOptions& audit = options.audit;
  verb->add_option("-f,--file", audit.file, "Pipe document (YAML or JSON)")->required();
  verb->add_option("--from", audit.from,
                   "Offset or time (UTC) to begin with; default: where the pipe began");
  verb->add_option("--to", audit.to,
                   "Offset or time to end before, or `end`; default: what the pipe has committed");
  verb->add_option("--output", audit.output, "table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  verb->callback([&] { options.exit_code = audit_command(audit); });
}

void add_explain(CLI::App& app, Options& options) {
  CLI::App* verb = app.add_subcommand("explain", "Say what an error code means and what to do");
  verb->add_option("code", options.explain.code,
                   "For example clickhouse.missing_table; `types` prints the page of column types");
  verb->add_flag("--markdown", options.explain.markdown, "Print the reference page of all codes");
  verb->callback([&] { options.exit_code = explain_command(options.explain); });
}

void add_clickhouse(CLI::App& app, Options& options) {
  CLI::App* verb = app.add_subcommand(
      "clickhouse", "Embedded ClickHouse: the real engine behind its HTTP interface");
  embedded::ServerOptions& server = options.clickhouse;
  verb->add_option("--path", server.path, "Folder of the data")->required();
  verb->add_option("--port", server.port, "TCP port; 0 picks a free one")->capture_default_str();
  verb->add_option("--host", server.host, "Address to listen on")->capture_default_str();
  verb->add_option("--user", server.user, "The one user allowed; default: no check");
  verb->add_option("--password", server.password, "Its password");
  verb->add_option("--library", server.library, "Where libchdb.so is");
  verb->callback([&] { options.exit_code = embedded::run_clickhouse(server); });
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  CLI::App app("Penstock moves streams into ClickHouse and back.", "penstock");
  app.require_subcommand(1);
  app.set_version_flag("--version", PENSTOCK_VERSION);
  app.add_flag_callback(
      "--debug", [] { log::set_level(log::Level::debug); }, "Log what the parts do, too");
  Options options;
  add_run(app, options);
  add_check(app, options);
  add_sample(app, options);
  add_infer(app, options);
  add_errors(app, options);
  add_audit(app, options);
  add_explain(app, options);
  add_clickhouse(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 1;
  }
  return options.exit_code;
}

}  // namespace penstock
