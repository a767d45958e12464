package main

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// moment is a time that JSON spells "2026-01-02 03:04:05.678", in UTC.
type moment struct{ time.Time }

func (m *moment) UnmarshalJSON(text []byte) (err error) {
	m.Time, err = time.Parse("2006-01-02 15:04:05.000", strings.Trim(string(text), `"`))
	return err
}

type webEvent struct {
	ID        uint64   `json:"id"`
	Time      moment   `json:"ts"`
	SessionID string   `json:"session_id"`
	User      string   `json:"user"`
	Event     string   `json:"event"`
	URL       string   `json:"url"`
	Amount    float64  `json:"amount"`
	Mobile    bool     `json:"mobile"`
	IP        string   `json:"ip"`
	Country   string   `json:"country"`
	Tags      []uint16 `json:"tags"` // encoding/json takes []uint8 for base64
}

func (w *webEvent) values() []any {
	tags := make([]uint8, len(w.Tags))
	for i, tag := range w.Tags {
		tags[i] = uint8(tag)
	}
	return []any{w.ID, w.Time.Time, w.SessionID, w.User, w.Event, w.URL, w.Amount, w.Mobile, w.IP,
		w.Country, tags}
}

type order struct {
	ID         uint64            `json:"id"`
	Time       moment            `json:"ts"`
	Status     string            `json:"status"`
	Channel    string            `json:"channel"`
	Currency   string            `json:"currency"`
	Customer   string            `json:"customer"`
	Total      decimal.Decimal   `json:"total"`
	Coupon     *string           `json:"coupon"`
	Address    string            `json:"address"`
	Note       string            `json:"note"`
	Agent      string            `json:"agent"`
	Device     device            `json:"device"`
	Attributes map[string]string `json:"attributes"`
	Readings   []float64         `json:"readings"`
}

type device struct {
	Name string `json:"name"`
	OS   struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	} `json:"os"`
	Screen struct {
		Width  uint16 `json:"width"`
		Height uint16 `json:"height"`
	} `json:"screen"`
}

func (o *order) values() []any {
	device := []any{o.Device.Name, []any{o.Device.OS.Name, o.Device.OS.Version},
		[]any{o.Device.Screen.Width, o.Device.Screen.Height}}
	return []any{o.ID, o.Time.Time, o.Status, o.Channel, o.Currency, o.Customer, o.Total, o.Coupon,
		o.Address, o.Note, o.Agent, device, o.Attributes, o.Readings}
}
