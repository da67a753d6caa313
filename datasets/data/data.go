// Package data embeds the pictures that come with the program.
package data

import _ "embed" // for what it is there for

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

// Emoji is a zip of pictures in folders.
//
//go:embed noto-emoji-64.zip
var Emoji string
