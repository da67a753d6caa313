package recipe

import (
	"fmt"

	"github.com/pelletier/go-toml/v2/unstable"
)

// lines maps the keys of a document, and the elements of lists as "g.layers[0]", to their lines, from 1.
type lines map[string]int

// linesOf reads a document that is known to be correct TOML.
func linesOf(data []byte) lines {
	w := lines{}
	var p unstable.Parser
	p.Reset(data)
	var table string
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = w.key(&p, "", e.Key())
		case unstable.KeyValue:
			w.keyValue(&p, table, e)
		}
	}
	return w
}

// key notes the line of a dotted key and of the tables it implies, and returns its full name.
func (w lines) key(p *unstable.Parser, prefix string, parts unstable.Iterator) string {
	for parts.Next() {
		n := parts.Node()
		if prefix != "" {
			prefix += "."
		}
		prefix += string(n.Data)
		w.note(p, prefix, n)
	}
	return prefix
}

func (w lines) note(p *unstable.Parser, name string, n *unstable.Node) {
	if _, seen := w[name]; !seen && n.Raw.Length > 0 {
		w[name] = p.Shape(n.Raw).Start.Line
	}
}

func (w lines) keyValue(p *unstable.Parser, prefix string, e *unstable.Node) {
	name := w.key(p, prefix, e.Key())
	switch v := e.Value(); v.Kind {
	case unstable.InlineTable:
		for it := v.Children(); it.Next(); {
			w.keyValue(p, name, it.Node())
		}
	case unstable.Array:
		i := 0
		for it := v.Children(); it.Next(); {
			w.note(p, fmt.Sprintf("%s[%d]", name, i), it.Node())
			i++
		}
	}
}

// place fills in the line of a problem: of the element of a list, else of the key.
func (w lines) place(p *Problem) {
	if p.Line > 0 {
		return
	}
	p.Line = w[fmt.Sprintf("%s[%d]", p.Key, p.element)]
	if p.Line == 0 {
		p.Line = w[p.Key]
	}
	p.absent = p.Line == 0 && keyOf(p.Key) != nil
}
