package table

import (
	"math"
	"testing"
)

// Words are the numbers that they are with a decimal point and with a decimal comma.
func TestReadNumber(t *testing.T) {
	no := math.NaN()
	tests := []struct {
		word             string
		pointed, commaed float64 // no: none
	}{
		{"943", 943, 943},
		{"-0.5", -0.5, no},
		{"1,5", no, 1.5},
		{"1.059", 1.059, 1059},
		{"1,059", 1059, 1.059},
		{"0.059", 0.059, no},
		{"0,059", no, 0.059},
		{"1234.567", 1234.567, no},
		{"1,234.5", 1234.5, no},
		{"1.234,5", no, 1234.5},
		{"1,234,567", 1234567, no},
		{"1.234.567", no, 1234567},
		{"12,34,567", 1234567, no}, // India
		{"12,34,56", no, no},
		{"1,23,4", no, no},
		{"1'234.5", 1234.5, no}, // Switzerland
		{"1’234,5", no, 1234.5},
		{"23 596", 23596, 23596},
		{"23\u00a0596,5", no, 23596.5},
		{"-23\u202f596", -23596, -23596},
		{"1\u2009234\u2009567.25", 1234567.25, no},
		{"2 3596", no, no},
		{"23 59", no, no},
		{"1 234'567", no, no},
		{"−3.5", -3.5, no}, // a true minus
		{"(1,234)", -1234, -1.234},
		{"(x)", no, no},
		{"12 %", 12, 12},
		{"12.5%", 12.5, no},
		{"+4", 4, 4},
		{"1e3", 1000, 1000},
		{"1,5e3", no, 1500},
		{"-2E-3", -0.002, -0.002},
		{"1.5D+03", 1500, no}, // Fortran
		{"-0.25d-2", -0.0025, no},
		{"3d6", no, no}, // dice
		{".5", 0.5, no},
		{",5", no, 0.5},
		{"5.", 5, no},
		{"5,", no, 5},
		{".", no, no},
		{",", no, no},
		{"-", no, no},
		{"%", no, no},
		{"0x10", no, no},
		{"1_000", no, no},
		{"1p3", no, no},
		{"12:30", no, no},
		{"2020-01-02", no, no},
		{"192.168.1.1", no, no},
		{"€5", no, no},
	}
	same := func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
	for _, tt := range tests {
		n := readNumber(tt.word)
		got := [styles]float64{no, no}
		for s := range styles {
			if n.ok[s] {
				got[s] = n.value[s]
			}
		}
		if !same(got[pointed], tt.pointed) || !same(got[commaed], tt.commaed) {
			t.Errorf("%q is %v and %v, want %v and %v", tt.word, got[pointed], got[commaed], tt.pointed, tt.commaed)
		}
	}
}

func TestFormula(t *testing.T) {
	for offset, want := range map[float64]string{2: "(x − 2) / 3", -2: "(x + 2) / 3", 0: "(x − 0) / 3"} {
		if got := formula("x", offset, 3); got != want {
			t.Errorf("formula of %g: %q, want %q", offset, got, want)
		}
	}
}
