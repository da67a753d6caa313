// Package liberationserifbold stands for a font that nothing is written with.
package liberationserifbold

import "codeberg.org/go-fonts/liberation/liberationserifregular"

// TTF is the one font that is there.
var TTF = liberationserifregular.TTF
