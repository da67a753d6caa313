package judgepage

import (
	"math"
	"testing"

	"ganvas/app/words"
)

func TestValueText(t *testing.T) {
	for _, c := range []struct {
		value, stdErr float64
		want          string
	}{
		{4.0612, 0.43, "4.1 ± 0.4"},
		{4.35, 2.6, "4 ± 3"},
		{0.8405, 0.0082, "0.841 ± 0.008"},
		{0.8405, 0.0097, "0.84 ± 0.01"},
		{127.6, 5.2, "128 ± 5"},
		{12345.6, 96.1, "12,346 ± 96"},
		{3, 0, "3"},
		{-0.8213, 0.02, "−0.82 ± 0.02"},
		{-1.386, 0, "−1.39"},
		{0.33333, math.NaN(), "0.333"},
	} {
		if got := words.WithError(c.value, c.stdErr); got != c.want {
			t.Errorf("%g with an error of %g: %q, want %q", c.value, c.stdErr, got, c.want)
		}
	}
}
