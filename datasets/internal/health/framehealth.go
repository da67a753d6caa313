package health

import (
	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
)

const (
	// A picture with fewer pixels than that share of the wanted size, on the side that counts, is
	// blurred by enlarging it.
	tooSmall = 0.75
	// A picture that is so many times as long as it is wide loses more than half of itself when
	// cropped, and most of a square when padded.
	extremeAspect = 2.5
)

// frameFindings says which pictures were too small for the size of a set, and which are far from
// square.
func frameFindings(set dataset.Set) []Finding {
	info := set.Info()
	if info.Kind != dataset.Pictures {
		return nil
	}
	var small, long []int
	for i := range set.Len() {
		o := dataset.OriginOf(set, i)
		if o.W == 0 {
			break // the source does not tell
		}
		if float64(min(o.W, o.H)) < tooSmall*float64(info.Shape[0]) {
			small = append(small, i)
		}
		if float64(max(o.W, o.H)) >= extremeAspect*float64(min(o.W, o.H)) {
			long = append(long, i)
		}
	}
	return []Finding{
		{
			Name: "too-small", Items: small, Count: len(small),
			Title:  wording.Counted(len(small), "picture was", "pictures were") + " smaller than the size that is asked for",
			Advice: "Choose a smaller size, or leave them out: what is enlarged is blurred, and the generator learns the blur.",
		},
		{
			Name: "extreme-aspect", Items: long, Count: len(long),
			Title:  wording.Counted(len(long), "picture is", "pictures are") + " far from square",
			Advice: "Look at what the crop leaves of them; pad them, or leave them out.",
		},
	}
}

// acrossSplit returns the items that Split holds out although similar ones are trained on.
func (l *signatures) acrossSplit() []int {
	if l.hash == nil {
		return nil
	}
	held := l.heldOut(heldOutShare)
	first := l.groups(true)
	trained := make([]bool, len(first))
	for i, g := range first {
		if !held[i] {
			trained[g] = true
		}
	}
	var out []int
	for i, g := range first {
		if held[i] && trained[g] {
			out = append(out, i)
		}
	}
	return out
}
