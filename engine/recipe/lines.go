package recipe

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// lines knows where a document's keys are, and the elements of its lists under names such as
// "g.layers[0]".
type lines struct {
	starts []int          // offset of each line
	at     map[string]int // name → line, from 1
}

// linesOf reads a document that is known to be correct TOML.
func linesOf(data []byte) lines {
	w := lines{[]int{0}, map[string]int{}}
	for i, c := range data {
		if c == '\n' {
			w.starts = append(w.starts, i+1)
		}
	}
	var p unstable.Parser
	p.Reset(data)
	var table string
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = w.key("", e.Key())
		case unstable.KeyValue:
			w.keyValue(table, e)
		}
	}
	return w
}

// maxDepth is more than the depth of any key of a recipe; deeper ones are reported at their
// beginning.
const maxDepth = 4

// key notes the line of a dotted key and of the tables it implies, and returns its full name.
func (w lines) key(prefix string, parts unstable.Iterator) string {
	for parts.Next() && strings.Count(prefix, ".") < maxDepth {
		n := parts.Node()
		if prefix != "" {
			prefix += "."
		}
		prefix += string(n.Data)
		w.note(prefix, n)
	}
	return prefix
}

func (w lines) note(name string, n *unstable.Node) {
	if _, seen := w.at[name]; !seen && n.Raw.Length > 0 {
		i, exact := slices.BinarySearch(w.starts, int(n.Raw.Offset))
		if exact {
			i++
		}
		w.at[name] = i
	}
}

func (w lines) keyValue(prefix string, e *unstable.Node) {
	name := w.key(prefix, e.Key())
	switch v := e.Value(); v.Kind {
	case unstable.InlineTable:
		for it := v.Children(); it.Next(); {
			w.keyValue(name, it.Node())
		}
	case unstable.Array:
		i := 0
		for it := v.Children(); it.Next(); {
			w.note(fmt.Sprintf("%s[%d]", name, i), it.Node())
			i++
		}
	}
}

// place fills in the line of a problem: of the element of a list, else of the key.
func (w lines) place(p *Problem) {
	if p.Line > 0 {
		return
	}
	p.Line = w.at[fmt.Sprintf("%s[%d]", p.Key, p.element)]
	if p.Line == 0 {
		p.Line = w.at[p.Key]
	}
	p.absent = p.Line == 0 && keyOf(p.Key) != nil
}
