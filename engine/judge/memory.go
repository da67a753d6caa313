package judge

import (
	"fmt"

	"ganvas/engine/gan"
	"ganvas/engine/memory"
	"ganvas/engine/metrics"
	"ganvas/engine/nn"
)

// reckon reckons the memory of an evaluation of n samples of a shape beside realN training items,
// the generator not counted.
func reckon(n, realN int, shape nn.Shape) float64 {
	size, samples, real := float64(shape.Size()), float64(n), float64(realN)
	items := 4 * size * (real + 2*samples)
	features, windows := size, size // of points, their coordinates; Parzen windows look at whole items
	if shape.Picture() {
		features = 2 * metrics.PictureFeatureCount // the fixed ones and those of a classifier
		items += metrics.PictureBytes(shape[0], shape[1])
	}
	look := 8 * features * 2 * (real + 2*samples) // a list that grows is there twice
	parzen := 8 * windows * 3 * samples
	return items + look + parzen + metrics.PairBytes(max(realN, n))
}

// checkMemory refuses an evaluation that does not fit into the memory that it may take, and says
// how many samples would.
func (e *evaluation) checkMemory(g *gan.Generator) error {
	free, shape := e.o.Free, g.Out()
	if free == 0 {
		var err error
		if free, err = memory.Free(); err != nil {
			return err
		}
	}
	instead := "make the pictures smaller"
	for n := e.n / 2; n >= Fewest; n /= 2 {
		if b := reckon(n, e.realN, shape); b <= float64(free) {
			instead = fmt.Sprintf("with %d samples it takes %s", n, memory.Text(b))
			break
		}
	}
	return memory.Check(fmt.Sprintf("compare %d samples with %d items", e.n, e.realN), reckon(e.n, e.realN, shape), free, instead)
}
