package judge

import "ganvas/engine/metrics"

// What judging pictures takes, in about nanoseconds of one processor. Only the ratios matter: they
// divide the progress, so that it goes on evenly and the time left can be told from it.
const (
	lookPixel      = 110  // of a lens, for all channels of a pixel
	distanceNumber = 0.28 // of a distance between two vectors, for each of their numbers
	kernelPair     = 7    // and what else is done with the pair: the kernel,
	manifoldPair   = 50   // putting its distance in order,
	copyPair       = 11   // comparing it with the smallest,
	widthPair      = 23   // a Gaussian
	rootNumber     = 24   // of the roots of matrices for the Fréchet distance, for each number of a vector, cubed
	similarValue   = 95   // of structural similarity, for each value of a sample
)

// gameWork is what finding the best discriminator of points takes, where every other number takes
// 1.
const gameWork = 40

// The shares of what comes before there are samples to look at.
const (
	splitShare = 0.06
	drawnShare = 0.03
)

// effort says how far the work on pictures is.
type effort struct {
	whole, done float64
	pair        float64 // what a pair of vectors takes at present
	what        string  // is done at present
}

// plan reckons what the work takes through a lens.
func (e *evaluation) plan(l lens) {
	n, real, size, d := float64(e.n), float64(e.realN), float64(e.size()), l.numbers
	subset := min(n, metrics.KernelSize)
	e.effort = effort{what: "features"}
	e.effort.whole = (2*n+real)*e.lookWork() +
		rootNumber*float64(d*d*d) +
		2*metrics.KernelSubsets*3*subset*subset*pairWork(d, kernelPair) +
		2*3*n*n*pairWork(d, manifoldPair) +
		2*n*real*pairWork(metrics.PictureFeatureCount, copyPair) +
		n*size*similarValue +
		n*(n+min(n, real))*pairWork(e.size(), parzenPair())
	if l.name != fixedFeatures {
		e.effort.whole += (2*n + real) * e.lookWork()
	}
}

// pairWork is what a pair of vectors of d numbers takes.
func pairWork(d int, more float64) float64 { return distanceNumber*float64(d) + more }

// parzenPair is what is done with a pair for a Parzen window: all widths for one half of the
// held-out items, one for the other.
func parzenPair() float64 { return widthPair * float64(len(metrics.ParzenWidths())+1) / 2 }

// lookWork is what looking at a picture takes, with the rest after it.
func (e *evaluation) lookWork() float64 {
	work := lookPixel * float64(e.shape[0]*e.shape[1])
	if e.resting() {
		work *= 1 + restTimes
	}
	return work
}

// begin says what is done from now on, and what a pair of vectors takes in it.
func (e *evaluation) begin(what string, pair float64) { e.effort.what, e.effort.pair = what, pair }

// compared is told of pairs of vectors, as features tell of them.
func (e *evaluation) compared(pairs int) { e.worked(float64(pairs) * e.effort.pair) }

// worked notes work that is done, and tells how far the evaluation is.
func (e *evaluation) worked(work float64) {
	e.effort.done += work
	share := splitShare + drawnShare + (1-splitShare-drawnShare)*min(1, e.effort.done/max(1, e.effort.whole))
	e.o.Progress(e.effort.what, min(0.999, share))
}
