package array

import (
	"fmt"
	"math"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/prepare"
	"ganvas/datasets/internal/wording"
)

// scale maps an array's numbers to bytes.
type scale struct {
	factor, offset float64
	note           string
}

const (
	// Numbers beyond a range belong to it where at most one in rareBeyond is further away than
	// rounding goes, and none further than overshoot: filters that sharpen or resize do that. Both
	// are shares of the range's upper end.
	rareBeyond = 100
	overshoot  = 0.25
	rounding   = 0.5 / 255 // less changes no byte
)

// ranges are those that numbers of pictures usually have, the likeliest first.
var ranges = []struct {
	low, high float64
	note      string
}{{0, 1, "values from 0 to 1"}, {-1, 1, "values from −1 to 1"}, {0, 255, "values from 0 to 255"}}

// scaleOf finds what the numbers of an array mean from how far they reach.
func scaleOf(a *array) scale {
	if a.exact && a.reaches(dataset.Darkest) {
		return scale{1, 0, ""}
	}
	e := extentOf(a)
	switch {
	case e.n == 0, e.low == 0 && e.high == 0:
		return scale{1, 0, ""}
	case a.whole && e.low >= 0 && (e.high == 1 || e.high >= dataset.Darkest) && e.high <= math.MaxUint16:
		full := prepare.DepthOf(e.high)
		return scale{255 / full, 0, "values from 0 to " + wording.Thousands(int(full))}
	case a.whole && (e.low < -1 || e.high > 1):
		return e.stretched()
	}
	for _, r := range ranges {
		beyond, ok := e.within(a, r.low, r.high)
		if !ok {
			continue
		}
		if max(e.high, -e.low) < r.high*dataset.Darkest/256 {
			break
		}
		if beyond > 0 {
			r.note += fmt.Sprintf(", %s beyond brought to its ends", wording.Counted(beyond, "value", "values"))
		}
		f := 255 / (r.high - r.low)
		return scale{f, -r.low * f, r.note}
	}
	return e.stretched()
}

// reaches says whether a number is v or more.
func (a *array) reaches(v float64) bool {
	for i := range a.values {
		if a.at(i) >= v {
			return true
		}
	}
	return false
}

// extent is how far the finite numbers of an array reach, and how many they are.
type extent struct {
	low, high float64
	n         int
}

func extentOf(a *array) extent {
	e := extent{low: math.Inf(1), high: math.Inf(-1)}
	for i := range a.values {
		if v := a.at(i); !math.IsNaN(v) && !math.IsInf(v, 0) {
			e.low, e.high = min(e.low, v), max(e.high, v)
			e.n++
		}
	}
	return e
}

// within says whether the numbers are those of a range, and how many of them lie visibly beyond it.
func (e extent) within(a *array, low, high float64) (beyond int, ok bool) {
	if e.low < low-overshoot*high || e.high > high+overshoot*high {
		return 0, false
	}
	low, high = low-rounding*high, high+rounding*high
	if e.low >= low && e.high <= high {
		return 0, true
	}
	for i := range a.values {
		if v := a.at(i); v < low || v > high {
			beyond++
		}
	}
	return beyond, beyond <= e.n/rareBeyond
}

// stretched brings the numbers to all of 0…255.
func (e extent) stretched() scale {
	low := e.low
	if low == e.high {
		low = min(0, low-1)
	}
	f := 255 / (e.high - low)
	return scale{f, -low * f, fmt.Sprintf("values from %.4g to %.4g, brought to 0…255", e.low, e.high)}
}

// whiteOf is scaleOf for bytes.
func whiteOf(values []uint8) scale {
	return scaleOf(&array{values: len(values), exact: true, whole: true, at: func(i int) float64 { return float64(values[i]) }})
}

// apply maps bytes in their place.
func (s scale) apply(values []uint8) {
	var table [256]uint8
	for v := range table {
		table[v] = s.byte(float64(v))
	}
	for i, v := range values {
		values[i] = table[v]
	}
}

// byte is the byte nearest to a number.
func (s scale) byte(v float64) uint8 { return uint8(max(0, min(255, v*s.factor+s.offset+0.5))) }
