package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	chproto "github.com/ClickHouse/ch-go/proto"
	"github.com/ClickHouse/clickhouse-go/v2/lib/column"
	"github.com/ClickHouse/clickhouse-go/v2/lib/proto"
)

// table collects rows as columns until insert sends them.
type table struct {
	address, name string
	columns       [][2]string // name and type
	block         *proto.Block
}

func openTable(ctx context.Context, address, name string) (*table, error) {
	t := &table{address: address, name: name}
	answer, err := t.post(ctx, "SELECT name, type FROM system.columns WHERE table = '"+name+
		"' AND database = currentDatabase() ORDER BY position FORMAT TSVRaw", nil)
	if err != nil {
		return nil, err
	}
	for _, line := range strings.Split(strings.TrimSpace(answer), "\n") {
		column, kind, _ := strings.Cut(line, "\t")
		t.columns = append(t.columns, [2]string{column, kind})
	}
	return t, t.clear()
}

func (t *table) clear() error {
	t.block = proto.NewBlock()
	for _, named := range t.columns {
		if err := t.block.AddColumn(named[0], column.Type(named[1])); err != nil {
			return err
		}
	}
	return nil
}

func (t *table) rows() int { return t.block.Rows() }

func (t *table) add(values []any) error { return t.block.Append(values...) }

func (t *table) insert(ctx context.Context) error {
	var body chproto.Buffer
	if err := t.block.Encode(&body, 0); err != nil {
		return err
	}
	if _, err := t.post(ctx, "INSERT INTO "+t.name+" FORMAT Native", body.Buf); err != nil {
		return err
	}
	return t.clear()
}

func (t *table) post(ctx context.Context, query string, body []byte) (string, error) {
	address := "http://" + t.address + "/?query=" + url.QueryEscape(query)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", query, text)
	}
	return string(text), err
}
