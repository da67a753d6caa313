package export

import "ganvas/engine/gallery"

// pictures is the gallery of pictures in rows and columns.
var pictures = kindView{
	numbers: []number{
		{"rows", "Rows", "Pictures from top to bottom", 8, 1, 100},
		{"columns", "Columns", "Pictures from left to right", 8, 1, 100},
		{"seed", "Seed", "The same seed gives the same pictures", 1, 0, 1<<63 - 1},
		{"scale", "Scale", "Pixels of the file for each pixel of a picture", 2, 1, 32},
		{"spacing", "Spacing", "Pixels between two pictures, before scaling", 2, 0, 64},
	},
	labels: true,
	options: func(values map[string]uint64) gallery.Options {
		return gallery.Options{
			Rows: int(values["rows"]), Columns: int(values["columns"]), Seed: values["seed"],
			Scale: int(values["scale"]), Spacing: int(values["spacing"]),
		}
	},
}
