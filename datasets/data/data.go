// Package data embeds the pictures that come with the program.
package data

import (
	_ "embed" // for what it is there for
	"fmt"
)

// MNIST, as gzipped IDX files: pictures and labels to train on, and those of the test.
var (
	//go:embed train-images-idx3-ubyte.gz
	TrainImages string
	//go:embed train-labels-idx1-ubyte.gz
	TrainLabels string
	//go:embed t10k-images-idx3-ubyte.gz
	TestImages string
	//go:embed t10k-labels-idx1-ubyte.gz
	TestLabels string
)

// Emoji is a zip of sheets of pictures and of the names that they have; pack writes it.
//
//go:embed noto-emoji-64.zip
var Emoji string

// What is in Emoji. A sheet has pictures under each other, in the order of their names.
const (
	EmojiNames = "names.txt" // a line for each picture
	EmojiSide  = 64          // pixels
	EmojiSheet = 16          // pictures; the last sheet may have fewer
)

// EmojiSheetName returns the name of a sheet, counted from 0.
func EmojiSheetName(i int) string { return fmt.Sprintf("%03d.webp", i) }
