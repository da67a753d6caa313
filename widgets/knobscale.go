package widgets

import (
	"math"
	"strconv"
)

// A knobScale tells how values lie along a slider, from 0 at its left end to 1 at its right end.
type knobScale struct {
	min, max float64
	step     float64 // values are multiples of it; 0: any
	log      bool
}

const (
	// knobDecades is how far a logarithmic scale from 0 reaches down from its largest value.
	knobDecades = 4
	// knobZero is the part of such a scale between 0 and the smallest value above it.
	knobZero = 0.06
)

// least returns the smallest value above 0 of a logarithmic scale.
func (s knobScale) least() float64 {
	if s.min > 0 {
		return s.min
	}
	return s.max * math.Pow(10, -knobDecades)
}

// value returns what lies at a place of the slider. On a logarithmic scale it has two digits.
func (s knobScale) value(ratio float64) float64 {
	switch {
	case ratio <= 0:
		return s.min
	case ratio >= 1:
		return s.max
	case !s.log:
		return s.min + ratio*(s.max-s.min)
	}
	if s.min == 0 {
		if ratio < knobZero/2 {
			return 0
		}
		ratio = max(0, (ratio-knobZero)/(1-knobZero))
	}
	return twoDigits(s.least() * math.Pow(s.max/s.least(), ratio))
}

// ratio returns where on the slider a value lies.
func (s knobScale) ratio(v float64) float64 {
	switch {
	case s.max <= s.min || v <= s.min:
		return 0
	case !s.log:
		return (v - s.min) / (s.max - s.min)
	}
	ratio := max(0, math.Log(v/s.least())/math.Log(s.max/s.least()))
	if s.min == 0 {
		ratio = knobZero + (1-knobZero)*ratio
	}
	return ratio
}

// knobStops are the values within a decade at which the arrow keys stop.
var knobStops = []float64{1, 1.5, 2, 3, 5, 7}

// next returns the next value for one press of an arrow key: the next multiple of the step or of a
// round hundredth of the range, or the next stop of a logarithmic scale.
func (s knobScale) next(v float64, up bool) float64 {
	if s.log {
		return s.nextStop(v, up)
	}
	step := s.step
	if step == 0 {
		step = niceStep((s.max - s.min) / 100)
	}
	const near = 1e-6 // a value that is written with few digits counts as the multiple next to it
	if up {
		return tidy((math.Floor(v/step+near) + 1) * step)
	}
	return tidy((math.Ceil(v/step-near) - 1) * step)
}

// nextStop returns the stop of a logarithmic scale that is next to v.
func (s knobScale) nextStop(v float64, up bool) float64 {
	least := tidy(s.least())
	if v < least {
		if up {
			return least
		}
		return s.min
	}
	below := s.min
	decade := math.Floor(math.Log10(v))
	for d := decade - 1; d <= decade+1; d++ {
		for _, m := range knobStops {
			stop := tidy(m * math.Pow(10, d))
			switch {
			case up && stop > v:
				return stop
			case stop < v && stop >= least:
				below = stop
			}
		}
	}
	return below
}

// tidy drops the last digits, in which products of round numbers are not round.
func tidy(v float64) float64 {
	tidied, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 12, 64), 64)
	return tidied
}

// twoDigits rounds v to two significant digits.
func twoDigits(v float64) float64 {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'e', 1, 64), 64)
	return rounded
}
