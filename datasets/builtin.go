package datasets

import (
	"ganvas/datasets/internal/source"
	"ganvas/datasets/internal/toy"
)

// Builtin describes a set that comes with the program.
type Builtin = source.Builtin

// Builtins returns the sets that come with the program, points first, in the order to show them.
func Builtins() []Builtin { return source.Builtins() }

// IsBuiltin says whether a name is that of a set in Builtins, or "drawn", that of points which
// somebody drew.
func IsBuiltin(name string) bool { return source.IsBuiltin(name) }

// LateBytes reckons the memory that the items of built-in pictures take once all were read, which
// happens while training goes on: those of a size and channels, and what they were unpacked from.
// It is 0 for other data.
func LateBytes(name string, size, channels int) float64 {
	return source.LateBytes(name, size, channels)
}

// DrawnPoint is a point that somebody drew: its place on the square from −DrawnSpan to DrawnSpan,
// and its class.
type DrawnPoint = toy.DrawnPoint

// Bounds of what can be drawn.
const (
	DrawnSpan    = toy.DrawnSpan    // half the side of the square on which points are drawn
	DrawnClasses = toy.DrawnClasses // that points can have
	MostDrawn    = toy.MostDrawn    // points
)

// DrawnText writes points down in 4 bytes each, in base64: the class in the upper 8 bits, then x
// and y in 12 each, from the left and from the bottom of the square. It has room for MostDrawn
// points; further ones are left out.
func DrawnText(points []DrawnPoint) string { return toy.DrawnText(points) }

// DrawnPoints reads what DrawnText has written.
func DrawnPoints(text string) ([]DrawnPoint, error) { return toy.DrawnPoints(text) }
