package doctor

import (
	"math"
	"slices"
)

// A window is the checkups up to one of them, as a rule looks at them. Means of what was not
// measured are NaN, and nothing is over or under a limit then.
type window struct {
	checkups  []Checkup
	objective string
	items     int // of the data
	// ease makes limits looser for what is said already, so that nothing flickers: 1 to say
	// something, less to stay with it.
	ease float64
}

// A value is one number of a checkup.
type value func(c *Checkup) float64

func numberOf(f func(c *Checkup) float32) value {
	return func(c *Checkup) float64 { return float64(f(c)) }
}

var (
	accuracy   = numberOf(func(c *Checkup) float32 { return c.Accuracy })
	missed     = numberOf(func(c *Checkup) float32 { return c.Missed })
	duplicates = numberOf(func(c *Checkup) float32 { return c.Duplicates })
	diversity  = numberOf(func(c *Checkup) float32 { return c.Diversity })
	distanceV  = numberOf(func(c *Checkup) float32 { return c.Distance })
	move       = numberOf(func(c *Checkup) float32 { return c.Move })
	updateG    = numberOf(func(c *Checkup) float32 { return c.UpdateG })
	updateD    = numberOf(func(c *Checkup) float32 { return c.UpdateD })
	memory     = numberOf(func(c *Checkup) float32 { return c.Memory })
	peak       = numberOf(func(c *Checkup) float32 { return c.Peak })
	gradG      = numberOf(func(c *Checkup) float32 { return c.GradG })
	gradD      = numberOf(func(c *Checkup) float32 { return c.GradD })
	deadG      = numberOf(func(c *Checkup) float32 { return c.DeadG })
	deadD      = numberOf(func(c *Checkup) float32 { return c.DeadD })
	fidelity   = numberOf(func(c *Checkup) float32 {
		p, r := min(1, c.Precision), min(1, c.Coverage)
		if p+r == 0 {
			return 0
		}
		return 2 * p * r / (p + r)
	})
)

// length returns how many checkups there are.
func (w *window) length() int { return len(w.checkups) }

// last returns the median of the newest k checkups, NaN if there are not so many.
func (w *window) last(k int, v value) float64 { return w.before(0, k, v) }

// before returns the median of k checkups, the newest of which is skip before the newest of all.
func (w *window) before(skip, k int, v value) float64 {
	hi := len(w.checkups) - skip
	if hi < k {
		return math.NaN()
	}
	var all []float64
	for i := hi - k; i < hi; i++ {
		if x := v(&w.checkups[i]); !math.IsNaN(x) {
			all = append(all, x)
		}
	}
	if 2*len(all) < k {
		return math.NaN()
	}
	return median(all)
}

// least returns what three of four of the newest k checkups reach, NaN if there are not so many.
func (w *window) least(k int, v value) float64 {
	if len(w.checkups) < k {
		return math.NaN()
	}
	var all []float64
	for i := range k {
		if x := v(&w.checkups[len(w.checkups)-1-i]); !math.IsNaN(x) {
			all = append(all, x)
		}
	}
	if 2*len(all) < k {
		return math.NaN()
	}
	slices.Sort(all)
	return all[len(all)/4]
}

// most returns the largest value of all checkups, NaN if there is none.
func (w *window) most(v value) float64 {
	most := math.NaN()
	for i := range w.checkups {
		if x := v(&w.checkups[i]); !math.IsNaN(x) && !(x <= most) {
			most = x
		}
	}
	return most
}

// mean returns the mean of checkups lo to hi, and its standard error.
func (w *window) mean(lo, hi int, v value) (mean, stdErr float64) {
	n, sum, squares := 0.0, 0.0, 0.0
	for i := max(0, lo); i < hi; i++ {
		if x := v(&w.checkups[i]); !math.IsNaN(x) {
			n++
			sum += x
			squares += x * x
		}
	}
	mean = sum / n
	return mean, math.Sqrt(max(0, squares/n-mean*mean) / max(1, n-1))
}

// over reports whether x reaches a limit, under whether it stays below one.
func (w *window) over(x, limit float64) bool  { return x >= limit*w.ease }
func (w *window) under(x, limit float64) bool { return x <= limit/w.ease }

// stuck reports whether a value that should fall is no less than a share of what it was k checkups
// before.
func (w *window) stuck(v value, k int, share float64) bool {
	now, then := w.last(k/2, v), w.before(k, k/2, v)
	return now >= share*w.ease*then || w.ease < 1 && math.IsNaN(then)
}

// lasts is stuck with a share of 0.8 for what is not said yet; what is said may swing.
func (w *window) lasts(v value, k int) bool { return w.ease < 1 || w.stuck(v, k, 0.8) }

// swing returns how far the middle of the generated items strays, over the newest k checkups, from
// where it is on average, and how often it turns round, over how often it could.
func (w *window) swing(k int) (reach, turns float64) {
	if len(w.checkups) < k {
		return math.NaN(), math.NaN()
	}
	part := w.checkups[len(w.checkups)-k:]
	for axis := range 2 {
		var xs []float64
		for i := range part {
			if x := float64(part[i].Centre[axis]); !math.IsNaN(x) {
				xs = append(xs, x)
			}
		}
		if len(xs) < k/2 {
			return math.NaN(), math.NaN()
		}
		middle, sum, turned := 0.0, 0.0, 0
		for _, x := range xs {
			middle += x / float64(len(xs))
		}
		for i, x := range xs {
			sum += (x - middle) * (x - middle)
			if i > 1 && (xs[i]-xs[i-1])*(xs[i-1]-xs[i-2]) < 0 {
				turned++
			}
		}
		if r := math.Sqrt(sum / float64(len(xs))); r > reach || math.IsNaN(reach) {
			reach, turns = r, float64(turned)/float64(len(xs)-2)
		}
	}
	return reach, turns
}

// firstOf returns the step of the k-th newest checkup.
func (w *window) firstOf(k int) int64 { return w.checkups[max(0, len(w.checkups)-k)].Step }

// sinceSteps returns how many of the newest checkups lie within so many steps.
func (w *window) sinceSteps(steps int64) int {
	from := w.checkups[len(w.checkups)-1].Step - steps
	i, _ := slices.BinarySearchFunc(w.checkups, from, func(c Checkup, step int64) int {
		switch {
		case c.Step < step:
			return -1
		case c.Step > step:
			return 1
		}
		return 0
	})
	return len(w.checkups) - i
}
