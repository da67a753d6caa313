package armasm

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"strings"
)

// signature is a function's parameters and where they lie in its frame.
type signature struct {
	source string // without "func"
	at     map[string]int
	size   int
}

func (s *signature) text(name string) string { return "func " + name + s.source }

// sizes of the types that kernels take, in bytes, which are also their alignments but for slices.
var sizes = map[string]int{"int": 8, "float64": 8, "float32": 4, "bool": 1}

// parse lays out parameters and results as Go's calling convention for assembly does: one after the
// other, each aligned, the results beginning at a multiple of eight bytes. It panics if it does not
// know a type.
func parse(source string) *signature {
	e, err := parser.ParseExpr("func" + source)
	if err != nil {
		panic(fmt.Sprintf("armasm: signature %q: %v", source, err))
	}
	t := e.(*ast.FuncType)
	s := &signature{source: source, at: map[string]int{}}
	s.place(t.Params, "")
	if t.Results != nil {
		s.align(8)
		s.place(t.Results, "ret")
	}
	return s
}

func (s *signature) align(n int) { s.size = (s.size + n - 1) / n * n }

// place gives the fields their offsets; one without a name gets the one given.
func (s *signature) place(fields *ast.FieldList, unnamed string) {
	for _, f := range fields.List {
		names := []string{unnamed}
		if len(f.Names) > 0 {
			names = names[:0]
			for _, n := range f.Names {
				names = append(names, n.Name)
			}
		}
		kind := types.ExprString(f.Type)
		for _, n := range names {
			s.add(n, kind)
		}
	}
}

func (s *signature) add(name, kind string) {
	switch {
	case strings.HasPrefix(kind, "[]"):
		s.align(8)
		for i, part := range []string{"_base", "_len", "_cap"} {
			s.at[name+part] = s.size + 8*i
		}
		s.size += 24
		return
	case strings.HasPrefix(kind, "*"):
		kind = "int"
	}
	size, ok := sizes[kind]
	if !ok {
		panic("armasm: parameter " + name + " has unknown type " + kind)
	}
	s.align(size)
	s.at[name] = s.size
	s.size += size
}
