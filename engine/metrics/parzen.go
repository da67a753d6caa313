package metrics

import (
	"fmt"
	"math"
)

// Parzen returns the mean log-likelihood in nats of test items under a mixture of Gaussians of one
// width around samples, its standard error, and the width, which is the one of widths that suits
// the validation items best (I. Goodfellow et al., NeurIPS 2014, section 5, after O. Breuleux et
// al. 2011). It says little where dimensions are many: a model can score high with ugly samples and
// low with good ones (L. Theis et al., "A Note on the Evaluation of Generative Models", ICLR 2016,
// section 3.2).
func Parzen(samples, validation, test Features, widths []float64) (mean, stdErr, width float64, err error) {
	if err := checkPair("Parzen window", samples, validation, 1); err != nil {
		return 0, 0, 0, err
	}
	if err := checkPair("Parzen window", samples, test, 2); err != nil {
		return 0, 0, 0, err
	}
	if len(widths) == 0 {
		return 0, 0, 0, fmt.Errorf("widths of a Parzen window: no widths to choose from")
	}
	best := math.Inf(-1)
	for i, m := range likelihoods(samples, validation, widths) {
		if v := average(m); v > best {
			best, width = v, widths[i]
		}
	}
	mean, stdErr = MeanAndError(likelihoods(samples, test, []float64{width})[0])
	return mean, stdErr, width, nil
}

// ParzenWidths returns the widths that Goodfellow et al. 2014 choose from, for values in [0, 1]:
// ten from 0.1 to 1, evenly on a scale of logarithms.
func ParzenWidths() []float64 {
	const n = 10
	out := make([]float64, n)
	for k := range out {
		out[k] = math.Pow(10, float64(k)/(n-1)-1)
	}
	return out
}

// likelihoods returns for each width the log-likelihood of every item.
func likelihoods(samples, items Features, widths []float64) [][]float64 {
	out := make([][]float64, len(widths))
	for i := range out {
		out[i] = make([]float64, items.N)
	}
	eachDistance(items, samples, func(i int, squared []float64) {
		for k, w := range widths {
			out[k][i] = logMeanExp(squared, -1/(2*w*w)) - float64(items.D)*math.Log(w*math.Sqrt(2*math.Pi))
		}
	})
	return out
}

// logMeanExp returns log(mean(exp(scale·x))) without overflow.
func logMeanExp(x []float64, scale float64) float64 {
	top := math.Inf(-1)
	for _, v := range x {
		top = max(top, v*scale)
	}
	sum := 0.0
	for _, v := range x {
		sum += math.Exp(v*scale - top)
	}
	return top + math.Log(sum/float64(len(x)))
}

func average(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}
