package widgets

import (
	"math"
	"strings"
	"testing"
)

func TestFormatNumber(t *testing.T) {
	for _, c := range []struct {
		v    float64
		want string
	}{
		{0, "0"},
		{1, "1.00"},
		{0.0002, "2e-4"},
		{0.00025, "2.5e-4"},
		{0.00123, "0.00123"},
		{-1.2345, "-1.23"},
		{12.34, "12.3"},
		{999.6, "1000"},
		{123456, "123456"},
		{1.5e7, "1.5e7"},
		{math.Inf(1), "+Inf"},
		{math.NaN(), "NaN"},
		{1e-10, "1e-10"},
	} {
		if got := formatNumber(c.v); got != c.want {
			t.Errorf("formatNumber(%g) = %q, want %q", c.v, got, c.want)
		}
	}
}

func TestFormatCount(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 7: "7", 999: "999", 1000: "1,000", -1234567: "-1,234,567"} {
		if got := formatCount(n); got != want {
			t.Errorf("formatCount(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestLinearTicks(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		count     int
		least     float64
		want      []string
	}{
		{0, 1, 5, 0, []string{"0", "0.5", "1.0"}},
		{0, 1, 6, 0, []string{"0", "0.2", "0.4", "0.6", "0.8", "1.0"}},
		{-1.05, 1.05, 5, 0, []string{"-1.0", "-0.5", "0", "0.5", "1.0"}},
		{1, 20000, 5, 0, []string{"5,000", "10,000", "15,000", "20,000"}},
		{0, 3e6, 4, 0, []string{"0", "1M", "2M", "3M"}},
		{0.0001, 0.0009, 4, 0, []string{"0.0002", "0.0004", "0.0006", "0.0008"}},
		{5, 5, 4, 0, nil},
		{0, 1, 5, 1, []string{"0", "1"}},                         // steps have no halves
		{0.12, 0.88, 2, 0, []string{"0.2", "0.4", "0.6", "0.8"}}, // 0.5 alone would say nothing
		{3, 9, 2, 0, []string{"4", "6", "8"}},
		{1, 1 + 1e-15, 2, 0, nil}, // the marks would be closer than numbers are
	} {
		ticks := linearTicks(c.low, c.high, c.count, c.least)
		var got []string
		for _, tick := range ticks {
			got = append(got, tick.Label)
			if tick.Value < c.low-1e-9 || tick.Value > c.high+1e-9 {
				t.Errorf("%g outside %g … %g", tick.Value, c.low, c.high)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%g … %g: %q, want %q", c.low, c.high, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%g … %g: %q, want %q", c.low, c.high, got, c.want)
			}
		}
	}
}

func TestLogTicks(t *testing.T) {
	var within []string
	for _, tick := range logTicks(2.6, 90, 8) {
		within = append(within, tick.Label)
	}
	if got, want := strings.Join(within, " "), "5 10 20 50"; got != want {
		t.Errorf("ticks %s, want %s", got, want)
	}
	ticks := logTicks(0.0005, 20, 10)
	want := []string{"0.001", "0.01", "0.1", "1", "10"}
	if len(ticks) != len(want) {
		t.Fatalf("%d ticks, want %d", len(ticks), len(want))
	}
	for i, tick := range ticks {
		if tick.Label != want[i] {
			t.Errorf("tick %d is %q, want %q", i, tick.Label, want[i])
		}
	}
	if got := len(logTicks(1e-12, 1e12, 6)); got > 6 {
		t.Errorf("%d ticks over 24 decades, want at most 6", got)
	}
	if got := len(logTicks(1.1, 1.9, 5)); got < 2 {
		t.Errorf("%d ticks within one decade, want those of a linear axis", got)
	}
}
