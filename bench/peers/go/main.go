// A Kafka consumer that fills a ClickHouse table, as people write it by hand in Go: franz-go reads,
// encoding/json parses into a struct, clickhouse-go's columns become the body of an HTTP insert.
// (Its own HTTP connection needs a server that honours client_protocol_version in SELECTs, which
// the embedded one does not.)
//
//	usage: consumer BROKERS TOPIC GROUP CLICKHOUSE_ADDRESS TABLE {web|order}
//
// Offsets are committed behind each insert of up to 100,000 rows.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

const (
	mostRows = 100_000
	mostWait = 5 * time.Second
)

// event is a web event or an order.
type event interface {
	// values are those of the table's columns, in their order.
	values() []any
}

var newEvent = map[string]func() event{
	"web":   func() event { return new(webEvent) },
	"order": func() event { return new(order) },
}

func main() {
	if len(os.Args) != 7 || newEvent[os.Args[6]] == nil {
		log.Fatal("usage: consumer BROKERS TOPIC GROUP CLICKHOUSE_ADDRESS TABLE {web|order}")
	}
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer cancel()
	client, err := kgo.NewClient(
		kgo.SeedBrokers(os.Args[1]),
		kgo.ConsumeTopics(os.Args[2]),
		kgo.ConsumerGroup(os.Args[3]),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.DisableAutoCommit(),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	table, err := openTable(ctx, os.Args[4], os.Args[5])
	if err != nil {
		log.Fatal(err)
	}
	if err := run(ctx, client, table, newEvent[os.Args[6]]); !errors.Is(err, context.Canceled) {
		log.Fatal(err)
	}
}

func run(ctx context.Context, client *kgo.Client, table *table, newEvent func() event) error {
	since := time.Now()
	for ctx.Err() == nil {
		fetches := poll(ctx, client)
		for _, failure := range fetches.Errors() {
			if !errors.Is(failure.Err, context.DeadlineExceeded) {
				return failure.Err
			}
		}
		for records := fetches.RecordIter(); !records.Done(); {
			parsed := newEvent()
			if err := json.Unmarshal(records.Next().Value, parsed); err != nil {
				return err
			}
			if err := table.add(parsed.values()); err != nil {
				return err
			}
		}
		if table.rows() >= mostRows || (table.rows() > 0 && time.Since(since) >= mostWait) {
			if err := table.insert(ctx); err != nil {
				return err
			}
			if err := client.CommitUncommittedOffsets(ctx); err != nil {
				return err
			}
			since = time.Now()
		}
	}
	return ctx.Err()
}

// poll waits less than rows may stay unsent.
func poll(ctx context.Context, client *kgo.Client) kgo.Fetches {
	ctx, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	return client.PollRecords(ctx, 10_000)
}
