package titles

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/dustin/go-humanize"

	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// Differences says what differs from one recipe to another, at most seven lines.
func Differences(from, to *recipe.Recipe) string {
	return changeLines(from, to, recipe.Diff(from, to))
}

func changeLines(from, to *recipe.Recipe, changes []recipe.Change) string {
	var lines []string
	for _, c := range changes {
		switch c.Key {
		case "g.layers":
			lines = append(lines, layersText("Generator", from.G.Layers, to.G.Layers))
		case "d.layers":
			lines = append(lines, layersText("Discriminator", from.D.Layers, to.D.Layers))
		case "data":
			lines = append(lines, fmt.Sprintf("Data: %s instead of %s", Data(c.To), Data(c.From)))
		case "name":
			lines = append(lines, fmt.Sprintf("Name: %s instead of %s", Preset(c.To), Preset(c.From)))
		case "drawn":
			lines = append(lines, fmt.Sprintf("Drawn points: %s instead of %s", Drawn(c.To), Drawn(c.From)))
		case "leave_out":
			lines = append(lines, fmt.Sprintf("Left out: %s instead of %s", LeftOut(c.To), LeftOut(c.From)))
		default:
			lines = append(lines, fmt.Sprintf("%s: %s instead of %s", Whose(c.Key), Value(c.To), Value(c.From)))
		}
	}
	if n := len(lines); n > 7 {
		lines = append(lines[:6], fmt.Sprintf("and %d more", n-6))
	}
	return strings.Join(lines, "\n")
}

// Data is what a source of data is called: a built-in's title, or a path's last element.
func Data(source string) string {
	if source == DrawnData {
		return "Your drawing"
	}
	for _, b := range datasets.Builtins() {
		if b.Name == source {
			return b.Title
		}
	}
	return filepath.Base(source)
}

// DrawnData is the name of the data that are drawn by hand, in a recipe.
const DrawnData = "drawn"

// Drawn says how many points a drawing has, whose text is not for people.
func Drawn(text string) string {
	points, err := datasets.DrawnPoints(text)
	switch {
	case err != nil:
		return "damaged ones"
	case len(points) == 0:
		return "none"
	}
	return humanize.Comma(int64(len(points)))
}

// LeftOut says how many items a text of datasets.LeaveOutText names.
func LeftOut(text string) string {
	n := 0
	for i, word := range strings.Fields(text) {
		first, last, ranged := strings.Cut(word, "-")
		from, err := strconv.Atoi(first)
		to := from
		if ranged && err == nil {
			to, err = strconv.Atoi(last)
		}
		if i > 0 && err == nil { // the first word says in what data
			n += max(0, to-from) + 1
		}
	}
	if n == 0 {
		return "none"
	}
	return words.Counted(n, "item")
}

// layersText says what became of the layers between those that two networks begin and end with
// alike.
func layersText(who string, from, to []string) string {
	first := 0
	for first < min(len(from), len(to)) && from[first] == to[first] {
		first++
	}
	rest := 0
	for rest < min(len(from), len(to))-first && from[len(from)-1-rest] == to[len(to)-1-rest] {
		rest++
	}
	gone, come := from[first:len(from)-rest], to[first:len(to)-rest]
	at := fmt.Sprintf("%s, layer %d", who, first+1)
	if n := max(len(gone), len(come)); n > 1 {
		at = fmt.Sprintf("%s, layers %d to %d", who, first+1, first+n)
	}
	switch {
	case len(come) == 0:
		return at + ": without " + layerNames(gone)
	case len(gone) == 0:
		return at + ": " + layerNames(come) + " added"
	}
	return at + ": " + layerNames(come) + " instead of " + layerNames(gone)
}

// layerNames lists layers by the names of their cards, with their numbers; many are cut.
func layerNames(layers []string) string {
	var names []string
	for i, layer := range layers {
		if i == 2 && len(layers) > 3 {
			names = append(names, fmt.Sprintf("%d more", len(layers)-i))
			break
		}
		if l, err := nn.ParseLayer(layer); err == nil {
			if k, ok := nn.KindOf(l.Kind); ok {
				layer = strings.Replace(layer, k.Name, k.Title, 1)
			}
		}
		names = append(names, layer)
	}
	return strings.Join(names, ", ")
}
