package widgets

import "testing"

func TestParseNumber(t *testing.T) {
	for _, c := range []struct {
		text string
		want float64
		ok   bool
	}{
		{"0.3", 0.3, true},
		{"0,3", 0.3, true},
		{" ,5 ", 0.5, true},
		{"-0,25", -0.25, true},
		{"−2", -2, true},
		{"1e-4", 1e-4, true},
		{"2,5e-3", 2.5e-3, true},
		{"0,125", 0.125, true},
		{"1.000", 1, true},
		{"1234,5", 1234.5, true},
		{"1,234.5", 1234.5, true},
		{"1.234,5", 1234.5, true},
		{"1,000,000", 1e6, true},
		{"1.000.000", 1e6, true},
		{"1 000", 1000, true},
		{"1\u202f000,5", 1000.5, true},
		{"12'000", 12000, true},
		{"1,000", 0, false},
		{"12,345", 0, false}, // a thousand, or one?
		{"", 0, false},
		{"abc", 0, false},
		{"NaN", 0, false},
		{"inf", 0, false},
		{"1e999", 0, false},
		{"0x10", 0, false},
		{"1_000", 0, false},
		{"1,2,3", 0, false},
		{"1.2.3", 0, false},
		{"12,34.5", 0, false},
		{"1.5,000,1", 0, false},
		{"1e", 0, false},
		{"--1", 0, false},
		{"1 2", 0, false},
		{"10 00", 0, false},
		{"0,5,", 0, false},
		{"٣", 0, false},
	} {
		got, err := ParseNumber(c.text)
		if (err == nil) != c.ok || got != c.want {
			t.Errorf("%q: got %g, error %v, want %g", c.text, got, err, c.want)
		}
	}
}

func TestParseWhole(t *testing.T) {
	for _, c := range []struct {
		text string
		want uint64
		ok   bool
	}{
		{"0", 0, true},
		{" 6000 ", 6000, true},
		{"6,000", 6000, true},
		{"6 000", 6000, true},
		{"1'000'000", 1e6, true},
		{"9223372036854775807", 1<<63 - 1, true},
		{"6.000", 0, false},
		{"6,00", 0, false},
		{"0,5", 0, false},
		{"-1", 0, false},
		{"", 0, false},
		{"1e3", 0, false},
		{"9223372036854775808", 0, false},
	} {
		got, err := ParseWhole(c.text)
		if (err == nil) != c.ok || got != c.want {
			t.Errorf("%q: got %d, error %v, want %d", c.text, got, err, c.want)
		}
	}
}
