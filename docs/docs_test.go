// Package docs holds what the pages say of the code to the code.
package docs

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ganvas/internal/imports"
)

const root = ".."

// program returns what main and what it needs import of this repository.
func program(t *testing.T) map[string][]string {
	t.Helper()
	all, err := imports.Below(root, ".")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string][]string{}
	var visit func(name string)
	visit = func(name string) {
		if _, seen := used[name]; seen {
			return
		}
		used[name] = slices.DeleteFunc(slices.Clone(all[name]), func(path string) bool { return !exists(all, path) })
		for _, path := range used[name] {
			visit(path)
		}
	}
	visit(".")
	used["main"] = used["."]
	delete(used, ".")
	return used
}

func exists(all map[string][]string, name string) bool { _, ok := all[name]; return ok }

// reaches tells whether from imports to by way of others.
func reaches(used map[string][]string, from, to string) bool {
	return slices.ContainsFunc(used[from], func(path string) bool { return path == to || reaches(used, path, to) })
}

// The drawing in architecture.md has an arrow for each import, without those that longer ways
// imply.
func TestDrawing(t *testing.T) {
	used := program(t)
	want := map[string]bool{}
	for from, paths := range used {
		for _, to := range paths {
			if !slices.ContainsFunc(paths, func(by string) bool { return by != to && reaches(used, by, to) }) {
				want[from+" --> "+to] = true
			}
		}
	}
	_, drawing, _ := strings.Cut(page(t, "docs/architecture.md"), "```mermaid\n")
	drawing, _, _ = strings.Cut(drawing, "```")
	got := map[string]bool{}
	for line := range strings.Lines(drawing) {
		if line = strings.TrimSpace(line); strings.Contains(line, "-->") {
			got[line] = true
		}
	}
	compare(t, "the drawing in docs/architecture.md", got, want)
}

// row is a line of a table: a name, words on it, and names that belong to it.
var row = regexp.MustCompile("(?m)^\\| `([^`|]+)` \\|.*\\| ([^|]*) \\|$")

// The table in CONTRIBUTING.md has a line for each package, with what it imports of this
// repository.
func TestPackages(t *testing.T) {
	used := program(t)
	got, want := map[string]bool{}, map[string]bool{}
	for name, paths := range used {
		want[fmt.Sprint(name, " imports ", slices.Sorted(slices.Values(paths)))] = true
	}
	for _, cells := range row.FindAllStringSubmatch(page(t, "CONTRIBUTING.md"), -1) {
		got[fmt.Sprint(cells[1], " imports ", slices.Sorted(slices.Values(quoted(cells[2]))))] = true
	}
	compare(t, "the table in CONTRIBUTING.md", got, want)
}

var named = regexp.MustCompile("`([^`]+)`")

// quoted returns what stands between backquotes.
func quoted(text string) (words []string) {
	for _, m := range named.FindAllStringSubmatch(text, -1) {
		words = append(words, m[1])
	}
	return words
}

// Each row of the tables of files names what its file declares.
func TestNames(t *testing.T) {
	for _, name := range []string{"docs/architecture.md", "docs/engine.md"} {
		files := 0
		for _, cells := range row.FindAllStringSubmatch(page(t, name), -1) {
			file := cells[1]
			if !strings.HasSuffix(file, ".go") {
				continue
			}
			files++
			there := declared(t, file)
			for _, want := range quoted(cells[2]) {
				if !there[want] {
					t.Errorf("%s: %s declares no %s", name, file, want)
				}
			}
		}
		if files == 0 {
			t.Errorf("%s has no table of files", name)
		}
	}
}

// declared returns the functions, methods (Type.Name) and types of a file.
func declared(t *testing.T, file string) map[string]bool {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, d := range parsed.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			if d.Recv != nil {
				name = receiver(d.Recv.List[0].Type) + "." + name
			}
			names[name] = true
		case *ast.GenDecl:
			for _, s := range d.Specs {
				if s, ok := s.(*ast.TypeSpec); ok {
					names[s.Name.Name] = true
				}
			}
		}
	}
	return names
}

// receiver returns the name of a method's type.
func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

var (
	link  = regexp.MustCompile(`\]\(([^)#]+)(?:#[^)]*)?\)`)
	quote = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`") // of a format: what is in it leads nowhere
)

// Files that the pages lead to are there.
func TestLinks(t *testing.T) {
	pages, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range pages {
		pages[i] = "docs/" + name
	}
	for _, name := range append(pages, "README.md", "CONTRIBUTING.md", "CHANGELOG.md") {
		for _, m := range link.FindAllStringSubmatch(quote.ReplaceAllString(page(t, name), ""), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(root, filepath.Dir(name), m[1])); err != nil {
				t.Errorf("%s leads to %s, which is not there", name, m[1])
			}
		}
	}
}

func page(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}

// compare reports what one of two sets has more.
func compare(t *testing.T, what string, got, want map[string]bool) {
	t.Helper()
	for _, s := range slices.Sorted(maps.Keys(got)) {
		if !want[s] {
			t.Errorf("%s says what is not so: %s", what, s)
		}
	}
	for _, s := range slices.Sorted(maps.Keys(want)) {
		if !got[s] {
			t.Errorf("%s does not say: %s", what, s)
		}
	}
}
