package studio

import (
	"errors"
	"io/fs"
	"strings"

	"ganvas/engine/recipe"
)

// partKeys are the keys of a recipe that say what of the files of data is an item, and what its
// label. Data that are read again are read so again: nobody is asked twice for the cells of a
// sheet.
var partKeys = []string{"cell", "stride", "attribute"}

// setParts sets partKeys in r as partsOf wrote them, and others to what they usually are.
func setParts(r *recipe.Recipe, parts string) {
	usual := recipe.Default()
	r.Cell, r.Stride, r.Attribute = usual.Cell, usual.Stride, usual.Attribute
	for line := range strings.SplitSeq(parts, "\n") {
		if key, value, ok := strings.Cut(line, "="); ok {
			_ = r.Set(key, value) // what an earlier version could read and this one cannot is as usual
		}
	}
}

// partsOf writes partKeys as lines "cell=16"; "" where all are as usual.
func partsOf(r *recipe.Recipe) string {
	var lines []string
	for _, key := range partKeys {
		value, err := r.Get(key)
		if usual, _ := recipe.Default().Get(key); err == nil && value != usual {
			lines = append(lines, key+"="+value)
		}
	}
	return strings.Join(lines, "\n")
}

// forgetParts forgets how data were read that cannot be read so any more, and tells whether there
// was something to forget.
func (d *Data) forgetParts(name string, err error) bool {
	if d.s.Memory.Parts(name) == "" || errors.Is(err, fs.ErrNotExist) {
		return false
	}
	d.s.Memory.AddRecentData(name, "")
	return true
}
