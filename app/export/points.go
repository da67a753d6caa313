package export

import "ganvas/engine/gallery"

// points is the plot of points.
var points = kindView{
	numbers: []number{
		{"points", "Points", "How many points are plotted", 2000, 1, 100_000},
		{"seed", "Seed", "The same seed gives the same points", 1, 0, 1<<63 - 1},
		{"scale", "Scale", "The plot's side in steps of 640 pixels", 2, 1, 8},
	},
	options: func(values map[string]uint64) gallery.Options {
		return gallery.Options{Rows: 1, Columns: int(values["points"]), Seed: values["seed"], Scale: int(values["scale"])}
	},
}
