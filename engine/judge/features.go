package judge

import (
	"fmt"
	"strconv"
	"time"

	"ganvas/datasets"
	"ganvas/engine/classifier"
	"ganvas/engine/metrics"
)

// Class is how often one class is among samples, as the classifier names them.
type Class struct {
	Label         string
	Share, StdErr float64
	Real          float64 // share among as many held-out items
}

// The feature maps, as reports name them.
const (
	digitFeatures = "Ganvas' digit features"
	fixedFeatures = "Ganvas' fixed features with sharpness"
)

// digitSharpness is the weight of sharpness beside the digit features, whose variances add up to
// about 660.
const digitSharpness = 15

// A lens makes of pictures the features that their distances are taken in, and the classes, if it
// knows any.
type lens struct {
	name      string
	look      func(x []float32, n int) (metrics.Features, []int)
	numbers   int     // of a picture
	sharpness float64 // weight of the pictures' sharpness among the features of neighbourhoods
}

// fixedLens returns the fixed map of pictures of a shape.
func fixedLens(shape []int) lens {
	h, w, c := shape[0], shape[1], shape[2]
	return lens{fixedFeatures, func(x []float32, n int) (metrics.Features, []int) {
		return metrics.PictureFeatures(x, n, h, w, c), nil
	}, metrics.PictureFeatureCount, metrics.SharpnessWeight}
}

// look looks through a lens at n pictures, part by part, and rests after each where it gives way.
func (e *evaluation) look(l lens, x []float32, n int) (metrics.Features, []int) {
	const most = 128 // at once
	var all metrics.Features
	var classes []int
	for lo := 0; lo < n; lo += most {
		hi, started := min(n, lo+most), time.Now()
		f, said := l.look(x[lo*e.size():hi*e.size()], hi-lo)
		all = metrics.Features{N: all.N + f.N, D: f.D, X: append(all.X, f.X...)}
		classes = append(classes, said...)
		e.rest(time.Since(started))
		e.worked(float64(hi-lo) * e.lookWork())
	}
	all.Told = e.compared
	return all, classes
}

// sharp returns features with the sharpness of their pictures among them, weighed as a lens does.
func (e *evaluation) sharp(l lens, f metrics.Features, x []float32) metrics.Features {
	started := time.Now()
	defer func() { e.rest(time.Since(started)) }()
	h, w, c := e.shape[0], e.shape[1], e.shape[2]
	return metrics.WithSharpness(f, metrics.Sharpness(x, f.N, h, w, c), l.sharpness)
}

// restTimes is how many times as long as the work it rests: networks go through the processors that
// training uses, whatever the thread's priority.
const restTimes = 8

// resting tells whether the evaluation rests.
func (e *evaluation) resting() bool { return e.o.GiveWay && (e.o.Alone == nil || !e.o.Alone()) }

// rest waits after work in tensors, where the evaluation gives way and something trains.
func (e *evaluation) rest(worked time.Duration) {
	if !e.resting() {
		return
	}
	select {
	case <-e.ctx.Done():
	case <-time.After(restTimes * worked):
	}
}

// lensFor returns the classifier of digits for digits, the fixed map for everything else.
func lensFor(info datasets.Info) lens {
	if isDigits(info) {
		eye := classifier.New()
		return lens{digitFeatures, func(x []float32, n int) (metrics.Features, []int) {
			f, classes := eye.Look(x, n)
			return metrics.Features{N: n, D: classifier.FeatureCount, X: f}, classes
		}, classifier.FeatureCount, digitSharpness}
	}
	return fixedLens(info.Shape)
}

// isDigits tells whether a set is the built-in digits, in the size that the classifier knows.
func isDigits(info datasets.Info) bool {
	if info.Shape[0] != classifier.Side || info.Shape[1] != classifier.Side || info.Shape[2] != 1 {
		return false
	}
	for _, b := range datasets.Builtins() {
		if b.Name == "digits" {
			return info.Name == b.Title || info.Name == b.Title+" (test)"
		}
	}
	return false
}

// note says what the lens is and what numbers in it compare with.
func (l lens) note(d int) string {
	if l.name == digitFeatures {
		return fmt.Sprintf("Fréchet and kernel distance are computed in %s: the %d numbers from which a small classifier, trained on MNIST's training half by this program and right for %.1f %% of its test half, decides which digit it sees; precision, recall, density and coverage in these and in how sharp a picture is, so that blurred digits are not as real ones; they compare with each other, not with FID",
			l.name, d, 100*classifier.Accuracy)
	}
	return fmt.Sprintf("Fréchet and kernel distance, precision, recall, density and coverage are computed in %s, %d means over random filters and how sharp a picture is, so that blurred pictures are not as real ones: they compare with each other, not with numbers from other programs", l.name, d)
}

// histogram counts the classes of samples beside those of held-out items.
func histogram(fake, real []int) []Class {
	if fake == nil {
		return nil
	}
	out := make([]Class, classifier.Classes)
	for i := range fake {
		out[fake[i]].Share += 1 / float64(len(fake))
	}
	for i := range real {
		out[real[i]].Real += 1 / float64(len(real))
	}
	for k := range out {
		out[k].Label = strconv.Itoa(k)
		out[k].StdErr = metrics.Binomial(out[k].Share, len(fake))
	}
	return out
}
