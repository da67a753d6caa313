package array

import (
	"math"
	"slices"
	"testing"
)

// What numbers mean is found from how far they reach, give or take what filters and rounding add.
func TestScale(t *testing.T) {
	many := func(most float64, rest ...float64) []float64 { // hundreds of values from 0 to most, and some others
		out := slices.Clone(rest)
		for i := range 401 {
			out = append(out, most*float64(i)/400)
		}
		return out
	}
	signed := many(1, -1, -0.5)
	tests := []struct {
		name   string
		whole  bool // integers
		exact  bool // bytes
		values []float64
		probe  float64
		want   uint8 // what it becomes
		note   string
	}{
		{"0 to 1", false, false, many(1), 0.5, 128, "values from 0 to 1"},
		{"rounded above 1", false, false, many(1, 1.0000002), 0.5, 128, "values from 0 to 1"},
		{"rounded below 0", false, false, many(1, -1e-7), 0, 0, "values from 0 to 1"},
		{"sharpened", false, false, many(1, 1.2, -0.2), 1, 255, "values from 0 to 1, 2 values beyond brought to its ends"},
		{"often beyond 1", false, false, many(1.2), 1.2, 255, "values from 0 to 1.2, brought to 0…255"},
		{"−1 to 1", false, false, signed, 0, 128, "values from −1 to 1"},
		{"rounded above 1, signed", false, false, append(signed, 1.0000001, -1.0000001), 0, 128, "values from −1 to 1"},
		{"0 to 255", false, false, many(255), 128, 128, "values from 0 to 255"},
		{"above 255", false, false, many(255, 255.00002, 270), 255, 255, "values from 0 to 255, 1 value beyond brought to its ends"},
		{"few in 0 to 1", false, false, many(0.01), 0.005, 128, "values from 0 to 0.01, brought to 0…255"},
		{"few in 0 to 255", false, false, many(4), 2, 128, "values from 0 to 4, brought to 0…255"},
		{"floats of 12 bits", false, false, many(4095), 2048, 128, "values from 0 to 4095, brought to 0…255"},
		{"NaN and infinity beside", false, false, many(1, math.NaN(), math.Inf(1)), 0.5, 128, "values from 0 to 1"},
		{"bytes", true, true, []float64{0, 30, 200}, 30, 30, ""},
		{"dark bytes", true, true, []float64{0, 30, 64}, 30, 30, ""},
		{"bytes of masks", true, true, []float64{0, 1, 0}, 1, 255, "values from 0 to 1"},
		{"bytes of classes", true, true, []float64{0, 1, 4}, 4, 255, "values from 0 to 4, brought to 0…255"},
		{"bytes of one class", true, true, []float64{3, 3}, 3, 255, "values from 3 to 3, brought to 0…255"},
		{"black bytes", true, true, []float64{0, 0}, 0, 0, ""},
		{"integers of 8 bits", true, false, []float64{0, 200}, 200, 200, "values from 0 to 255"},
		{"10 bits", true, false, []float64{0, 900}, 1023, 255, "values from 0 to 1,023"},
		{"12 bits", true, false, []float64{0, 4000}, 4095, 255, "values from 0 to 4,095"},
		{"14 bits", true, false, []float64{0, 16000}, 16383, 255, "values from 0 to 16,383"},
		{"16 bits", true, false, []float64{0, 65000}, 65535, 255, "values from 0 to 65,535"},
		{"more than 16 bits", true, false, []float64{100_000, 200_000}, 200_000, 255, "values from 1e+05 to 2e+05, brought to 0…255"},
		{"signed integers", true, false, []float64{-2048, 2047}, -2048, 0, "values from -2048 to 2047, brought to 0…255"},
		{"signs", true, false, []float64{-1, 0, 1}, 0, 128, "values from −1 to 1"},
		{"one negative value", false, false, []float64{-7, -7}, -7, 255, "values from -7 to -7, brought to 0…255"},
		{"nothing finite", false, false, []float64{math.NaN()}, 0, 0, ""},
	}
	for _, tt := range tests {
		a := &array{values: len(tt.values), whole: tt.whole, exact: tt.exact, at: func(i int) float64 { return tt.values[i] }}
		s := scaleOf(a)
		if got := s.byte(tt.probe); got != tt.want || s.note != tt.note {
			t.Errorf("%s: %v becomes %d, %q; want %d, %q", tt.name, tt.probe, got, s.note, tt.want, tt.note)
		}
	}
}
