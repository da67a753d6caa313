package trials

import (
	"math"

	"ganvas/engine/metrics"
	"ganvas/engine/runs"
)

// A Mean is what one combination of values scores by a measure over its seeds: a value is as good as
// all of its runs are, not as its luckiest.
type Mean struct {
	Measure metrics.Measure // its StdErr is that of the mean over seeds, or of the only run
	First   int             // the number of the first result of the combination
	Judged  int             // how many of its runs are judged; 0: Measure says nothing
}

// Means returns what each combination of values of p scores by p.By, in the order of results.
func (p *Plan) Means(results []Result) (means []Mean) {
	seeds := max(1, p.Seeds)
	for first := 0; first+seeds <= len(results); first += seeds {
		mean := Mean{First: first}
		var values []float64
		for _, r := range results[first : first+seeds] {
			if m, ok := r.Value(p.By); ok {
				mean.Measure = m
				values = append(values, m.Value)
			}
		}
		if mean.Judged = len(values); mean.Judged > 1 {
			mean.Measure.Value, mean.Measure.StdErr = meanOf(values)
		}
		means = append(means, mean)
	}
	return means
}

// meanOf returns the mean of two or more values, and its standard error.
func meanOf(values []float64) (mean, stdErr float64) {
	n := float64(len(values))
	for _, v := range values {
		mean += v / n
	}
	for _, v := range values {
		stdErr += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(stdErr / (n - 1) / n)
}

// Best returns the number of the combination whose mean is best, and of the best result in it; −1
// while nothing is judged.
func (p *Plan) Best(results []Result) (combination, result int) {
	combination, result = -1, -1
	means := p.Means(results)
	for i, m := range means {
		if m.Judged > 0 && (combination < 0 || runs.Better(m.Measure, means[combination].Measure)) {
			combination = i
		}
	}
	if combination < 0 {
		return combination, result
	}
	first := means[combination].First
	var top metrics.Measure
	for i := first; i < first+max(1, p.Seeds); i++ {
		if m, ok := results[i].Value(p.By); ok && (result < 0 || runs.Better(m, top)) {
			result, top = i, m
		}
	}
	return combination, result
}
