package export

import (
	"ganvas/datasets"
	"ganvas/engine/gallery"
)

// A kindView is what the dialog asks of a gallery of one kind of data.
type kindView struct {
	numbers []number
	labels  bool // whether it can have numbers under the items
	options func(values map[string]uint64) gallery.Options
}

var views = map[datasets.Kind]kindView{
	datasets.Pictures: pictures,
	datasets.Points:   points,
}
