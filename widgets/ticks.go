package widgets

import (
	"math"
	"strconv"

	"gonum.org/v1/plot"
)

// linearTicks returns marks at multiples of 1, 2 or 5 times a power of ten between low and high: at
// most count of them, but two at least, as one alone tells nothing. They are not closer than least.
func linearTicks(low, high float64, count int, least float64) []plot.Tick {
	if !(high > low) || count < 1 {
		return nil
	}
	step := niceStep((high - low) / float64(count))
	for math.Floor(high/step)-math.Ceil(low/step)+1 > float64(count) {
		step = niceStep(step * 1.01)
	}
	for math.Floor(high/step+1e-9)-math.Ceil(low/step-1e-9) < 1 {
		step = niceStep(step * 0.4) // the next smaller one
	}
	step = max(step, least)
	if step < 1e-14*max(math.Abs(low), math.Abs(high)) {
		return nil // marks would be closer than numbers are
	}
	var ticks []plot.Tick
	for i := math.Ceil(low/step - 1e-9); i*step <= high+step*1e-9; i++ {
		v := i * step
		ticks = append(ticks, plot.Tick{Value: v, Label: tickLabel(v, step)})
	}
	return ticks
}

// niceStep returns the smallest of 1, 2 and 5 times a power of ten that is at least v.
func niceStep(v float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= v*(1-1e-12) {
			return m * power
		}
	}
	return 10 * power
}

// logTicks returns marks at powers of ten, at most count of them; where there are fewer than two
// powers between low and high, also at 2 and 5 times them, or, where those are too few or too many,
// those of a linear axis.
func logTicks(low, high float64, count int) []plot.Tick {
	first, last := math.Ceil(math.Log10(low)-1e-9), math.Floor(math.Log10(high)+1e-9)
	if last-first < 1 {
		var ticks []plot.Tick
		for e := first - 1; e <= last+1; e++ {
			for _, m := range []float64{1, 2, 5} {
				if v := m * math.Pow(10, e); v >= low*(1-1e-9) && v <= high*(1+1e-9) {
					ticks = append(ticks, plot.Tick{Value: v, Label: tickLabel(v, v)})
				}
			}
		}
		if len(ticks) < 3 || len(ticks) > count {
			return linearTicks(low, high, count, 0)
		}
		return ticks
	}
	every := math.Max(1, math.Ceil((last-first+1)/float64(max(1, count))))
	var ticks []plot.Tick
	for e := first; e <= last; e += every {
		v := math.Pow(10, e)
		ticks = append(ticks, plot.Tick{Value: v, Label: tickLabel(v, v)})
	}
	return ticks
}

// tickLabel writes v as exactly as marks that lie step apart need it: 0.25, 12,000, 1.5M.
func tickLabel(v, step float64) string {
	if math.Abs(v) < step/2 {
		return "0"
	}
	a := math.Abs(v)
	switch {
	case a >= 1e15 || step < 1e-5:
		return formatNumber(v)
	case a >= 1e6 && step >= 1e4:
		s := strconv.FormatFloat(v/1e6, 'f', decimals(step/1e6), 64)
		return s + "M"
	case a >= 1000 && step >= 1:
		return formatCount(int64(math.Round(v)))
	}
	return strconv.FormatFloat(v, 'f', decimals(step), 64)
}

// decimals returns how many digits after the point tell multiples of step apart.
func decimals(step float64) int {
	return max(0, -int(math.Floor(math.Log10(step)+1e-9)))
}

// A tickList is a plot.Ticker that has made up its mind.
type tickList []plot.Tick

// Ticks is part of plot.Ticker.
func (t tickList) Ticks(_, _ float64) []plot.Tick { return t }
