package source

import (
	"cmp"
	"fmt"
	"slices"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/toy"
)

// Builtin describes a set that comes with the program.
type Builtin struct {
	Name, Title, About string
	Kind               dataset.Kind
	Size, Channels     int // natural; 0 for points
}

var builtins = []Builtin{
	{Name: "two-gaussians", Title: "Two Gaussians", About: "Two round clouds: the smallest test for a generator that finds only one of them."},
	{Name: "ring", Title: "Ring of 8", About: "Eight tight Gaussians on a circle: shows at a glance which modes were lost."},
	{Name: "grid", Title: "Grid of 25", About: "Twenty-five tight Gaussians, five by five: harder than the ring."},
	{Name: "moons", Title: "Two moons", About: "Two half circles that reach into each other."},
	{Name: "circles", Title: "Two circles", About: "A circle inside another: two pieces, one without an inside."},
	{Name: "spiral", Title: "Two spirals", About: "Two arms wound around each other: long, thin and curved."},
	{Name: "swissroll", Title: "Swiss roll", About: "One long curve, rolled up: one piece that must not be torn."},
	{Name: "checkerboard", Title: "Checkerboard", About: "Eight filled squares with sharp edges and touching corners."},
	{Name: "line", Title: "Line", About: "Points along a line: the first thing to try."},
	{Name: "digits", Title: "MNIST digits", About: "60,000 handwritten digits, 28×28, grey, labelled 0 to 9.", Kind: dataset.Pictures, Size: 28, Channels: 1},
	{Name: "emoji", Title: "Noto emoji", About: "3,786 emoji in ten groups, 64×64, colour with transparency.", Kind: dataset.Pictures, Size: 64, Channels: 4},
	{Name: "shapes", Title: "Shapes", About: "Circles, squares, triangles and stars in random colours and sizes, drawn at any size.", Kind: dataset.Pictures, Size: 32, Channels: 3},
}

// digitsTest is the test half of MNIST: for judging what was trained on digits, not for training,
// so no list names it.
const digitsTest = "digits-test"

// Builtins returns the sets that come with the program, points first, in the order to show them.
func Builtins() []Builtin { return slices.Clone(builtins) }

// IsBuiltin says whether a name is that of a set in Builtins, or "drawn", that of points which
// somebody drew.
func IsBuiltin(name string) bool {
	return name == toy.DrawnName || slices.ContainsFunc(builtins, func(b Builtin) bool { return b.Name == name })
}

// isSource says whether Open takes a name for a built-in set rather than a path.
func isSource(name string) bool { return name == digitsTest || IsBuiltin(name) }

func openBuiltin(name string, o dataset.Options) (dataset.Set, error) {
	if name == digitsTest {
		return openDigits("MNIST digits (test)", testImages, testLabels, o)
	}
	if name == toy.DrawnName {
		return toy.OpenDrawn(o)
	}
	b := builtins[slices.IndexFunc(builtins, func(b Builtin) bool { return b.Name == name })]
	switch b.Name {
	case "digits":
		return openDigits(b.Title, trainImages, trainLabels, o)
	case "emoji":
		return openEmoji(b, o)
	case "shapes":
		o.Size, o.Channels = cmp.Or(o.Size, b.Size), cmp.Or(o.Channels, b.Channels)
		return toy.OpenShapes(b.Name, b.Title, o), nil
	}
	return toy.OpenPoints(b.Name, b.Title, o), nil
}

// broken reports damage to what is embedded in the program, which only a damaged program has.
func broken(file string, err error) {
	panic(fmt.Sprintf("datasets: embedded %s: %v", file, err))
}
