package datasets

import "ganvas/datasets/internal/toy"

// DrawnPoint is a point that somebody drew: its place on the square from −DrawnSpan to DrawnSpan, and
// its class.
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
