// Package liberationserifregular has the font Liberation Serif Regular.
package liberationserifregular

import _ "embed" // for what it is there for

// TTF is the font's file.
//
//go:embed LiberationSerif-Regular.ttf
var TTF []byte
